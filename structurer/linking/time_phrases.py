"""Find the words of a text that say when something was measured ("week 24", "5-year", "at 12 months", "baseline")."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNIT = r"(?:days?|weeks?|months?|years?|hours?|minutes?|wks?|mos?|yrs?|hrs?|mins?|h|d)"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety"
    "|first|second|third|fourth|fifth|sixth|final|last"
)
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d)?|{_WORDS})"
_AND = r"(?:\ ?,\ ?(?:and\ )?|\ and\ |\ or\ |\ to\ |\ through\ |\ ?-\ ?|/)"
# What a time is counted from: "4 weeks after treatment", "48 h postoperatively"
_EVENT = (
    "treatment|surgery|randomi[sz]ation|operation|intervention|birth|baseline|enrol?lment|discharge|delivery|therapy"
    "|injection|vaccination|transplantation|procedure|injection|dosing|infusion|diagnosis|stroke|admission|inclusion|intake"
    r"|study\ entry|implantation|insertion|start\ of\ treatment"
)
_SINCE = rf"""(?:\ (?:after|before|following|post|of|from|since|into)\ (?:the\ )?(?:last\ |first\ |end\ of\ )?
        (?:{_EVENT})
    |\ ?-?\ ?post-?\ ?[a-z]{{2,14}}|\ follow-?\ ?up)?"""
# "week 24", "weeks 22, 23, and 24", "Day 30/45", "day-28", "month four postpartum"
_ORDERED = rf"""(?:days?|weeks?|months?|years?|hours?|wks?|yrs?|visits?)[ -]\ ?
    (?:\d{{1,3}}|{_WORDS})(?:{_AND}(?:\d{{1,3}}|{_WORDS})\b){{0,4}}
    (?![\w%]|\.\d|\ {_UNIT}\b|\ ?%){_SINCE}"""
# "5-year", "24-hour", "1- and 3-year", "five year survival"
_ADJECTIVE = rf"""{_NUMBER}-\ ?(?:and\ {_NUMBER}-)?(?:day|week|month|year|hour|minute|wk|yr|mo|h|min)\b{_SINCE}
    |{_NUMBER}\ (?:year|month|week|day)(?=\ [a-z])
        (?!\ (?:after|ago|and|at|before|by|for|from|in|later|of|on|or|post|prior|than|to|vs|was|were|with)\b)"""
# "12 weeks", "6 and 12 months", "4 weeks after treatment"
_COUNTED = rf"(?:{_NUMBER}{_AND}){{0,4}}{_NUMBER}\ ?{_UNIT}\b'?{_SINCE}"
_LAST = rf"last\ {_NUMBER}\ {_UNIT}\ of\ (?:the\ )?(?:treatment|study|follow-?up)|(?<=\bin\ )(?:19|20)\d\d(?=,)"
_NAMED = r"""baseline|post-?(?:treatment|intervention|operative(?:ly)?|test|procedure|discharge|partum)
    |(?:hospital\ )?discharge|follow-?up
    |(?:final|last|first|initial)\ (?:[a-z]{1,12}\ )?(?:visit|assessment|follow-?up)
    |(?:the\ )?end[ -]of[ -](?:the\ |each\ )?(?:treatment|study|trial|intervention|therapy|follow-?up)
        (?:\ (?:treatment|study))?(?:\ (?:period|phase|visit))?
    |(?:study|treatment)\ end|completion\ of\ (?:treatment|therapy|the\ study)
    |birth|delivery|term|(?:study\ )?(?:inclusion|entry|enrol?lment|admission|screening)"""
# "at T1", "(T2: ...": a visit's code, where the text counts its visits so
_CODED = r"t[0-9](?=[:=,;)]|\ (?:and|or|to|vs|versus|was|were|in|compared)\b|\ ?\()"
_TIME = re.compile(
    rf"""(?<![\w./])(?:(?P<last>{_LAST})|(?P<coded>{_CODED})|(?P<ordered>{_ORDERED})|(?P<adjective>{_ADJECTIVE})|(?P<counted>{_COUNTED})
    |(?P<named>{_NAMED}))(?!\w)""",
    re.VERBOSE,
)
# What a sentence has that names a time; plain pieces are found ten times faster than by a pattern of them.
_HINTS = (
    *"week month day year hour baseline follow end post minute wk yr discharge final last birth deliver".split(),
    *("in 20", "in 19", "inclusion", "entry", "enrol", "admission", "screening"),
)
_HINT = re.compile(r"(?:mo|hrs?|mins?)\b|\b[hd]\b|\bt[0-9]\b")

# Before a counted time: what makes it a time point rather than a value, a dose or a length.
_AT = re.compile(
    r"\b(?:at|after|within|by|in|through|throughout|until|baseline to|baseline and|baseline through|past|over|during"
    r"|up to|between|from|previous)(?: (?:the|a|about|approximately|around|least|its|their|just|only|end of|at))?"
    r"(?: (?:following|first|last|initial|previous|subsequent|next))? ?\Z"
)
_NO_TIME_BEFORE = re.compile(
    r"\b(?:for|for (?:up to|at least|a|the)|every|per|or"
    r"|follow-?up (?:period |time |duration )?(?:was|of)(?: at least)?"
    r"|aged?|ages|each|median|mean|median of|mean of|duration of|durations? (?:was|were)|minimum|maximum) ?\Z"
)
_CHANGED_BY = re.compile(
    r"(?:reduced|increased|decreased|shortened|prolonged|extended|improved|delayed|lower|higher|longer"
    r"|shorter|greater) "
    r"(?:[a-z]{1,15} ){0,3}?by ?\Z"
)
# "fell from 25.7 to 10.8 days": values
_CHANGED_FROM = re.compile(
    r"(?:reduc|increas|decreas|prolong|fell|rose|declin|improv|chang|shorten|prolong)[^.;]{0,40}(?:from|and from) \Z"
)
# Two times with one unit: "rose at 3 (6.8 units) and 12 months"
_FIRST_OF_TWO = re.compile(r"(?<![a-z])(?:at|after) \d{1,3} ?[(\[]")
# "from 9 months in one group to 12 months"
_SECOND_END = re.compile(r"[^.;:]{0,50}? to \d+(?:\.\d+)? (?:days|weeks|months|years|hours|minutes)(?![a-z])")
# "the area under the curve from 0 h"
_NOUGHT = re.compile(r"0 ?(?:h|min|hours?|minutes?)(?![a-z])")
# "1 month after the last injection", which needs no preposition before it
_COUNTED_SINCE = re.compile(r" (?:after|following) ")
_NO_TIME_AFTER = re.compile(
    r"'? (?:of )?(?:median|mean) follow| of age| age\b|-old| old|,? range|\)? ?\(?iqr| \(range| vs\.?\b| versus| longer"
    r"| shorter| earlier| later\b| compared"
    r"| of (?:treatment|therapy|follow)|-long"
)
# After an adjective: it then speaks of the trial or the course, not of when.
_COURSE = re.compile(
    r"[ -](?:[a-z-]{1,20} ){0,2}?(?:trial|study|course|regimen|period|programme|program|intervention|treatment|old"
    r"|run-in|open-label|double-blind|washout|cycles?|extension|phase|intervals?|therapy|administration|infusion|dose|dosing"
    r"|schedules?|group|arm|groups|arms|session|sessions|exercise|walk)\b"
    r"(?: (?:period|phase|course|programme|program)\b)?"
)
_THROUGHOUT = re.compile(r"\b(?:throughout|during|over) (?:the |a )?\Z")
_WITHIN = re.compile(r"\b(?:within|last|first) \Z")
_AT_BASELINE = re.compile(r"\bat (?:study )?\Z|\A[ .:]*\Z|: \Z|\(\Z")
_WHO_HAD = re.compile(r"\b(?:patients|those|participants|subjects|women|men|children) (?:with|who)\b[^,]{0,40}at \Z")
_OF_ALL_AT_BASELINE = re.compile(r" (?:characteristics|demographics)\b")
_AT_FOLLOW_UP = re.compile(r"\b(?:at|during) (?:the |final |last |long-term )?\Z")
# Of a list of times, each with its value: "at baseline (26.9 IU/L), 8 weeks (30.2 IU/L) and 16 weeks (28.8 IU/L)"
_LISTED = re.compile(r" ?[(\[][^()\[\]]{1,70}[)\]](?:,|;)?(?: and)? ")
_VALUE_AFTER = re.compile(r" ?[(\[][^()\[\]a-z]{0,12}\d")
_AT_EVENT = re.compile(r"\b(?:at|by|after|until|from|to) (?:the |hospital |each )?\Z")


class TimePhrase(NamedTuple):
    """A stretch of text that says when: its offsets, whether it is the baseline, or says no more than "follow-up"."""

    start: int
    end: int
    baseline: bool
    vague: bool = False


def find_time_phrases(lower: str, start: int, end: int) -> list[TimePhrase]:
    """The time points named in `lower[start:end]`, in order; lengths, ages, doses and values in months are none.

    `lower` is the normalised text in lower case.

    >>> text = "at week 24, the 5-year survival of women aged 50 years treated for 12 weeks was 4.5 months"
    >>> [text[t.start : t.end] for t in find_time_phrases(text, 0, len(text))]
    ['week 24', '5-year']
    """
    if not any(map(lower[start:end].__contains__, _HINTS)) and not _HINT.search(lower, start, end):
        return []
    found: list[TimePhrase] = []
    for match in _TIME.finditer(lower, start, end):
        begin, stop = match.span()
        before = lower[max(start, begin - 60) : begin]
        after = lower[stop : stop + 40]
        if match.lastgroup == "last":
            found.append(TimePhrase(begin, stop, False))
            continue
        if match.lastgroup == "coded":
            if _counts_visits(lower) and not _TUMOUR.search(lower, start, end):
                found.append(TimePhrase(begin, stop, False))
            continue
        if match.lastgroup == "named":
            if _accepts_named(match.group(), before, after):
                name = match.group()
                found.append(TimePhrase(begin, stop, name == "baseline", name.startswith("follow")))
            continue
        length = _NO_TIME_AFTER.match(after)
        barred = match.lastgroup != "ordered" and _NO_TIME_BEFORE.search(before)
        if barred or (length and not (length.group() == " of follow" and before.endswith(" at "))):
            continue
        if match.lastgroup == "adjective" and (course := _COURSE.match(after)):
            # a course is a time only where it is looked at as a whole: "throughout the 6-month treatment period"
            if _THROUGHOUT.search(before):
                found.append(TimePhrase(begin, stop + course.end(), False))
            continue
        ends = " to " in match.group() or _SECOND_END.match(lower, stop, end)
        if match.lastgroup == "counted" and ends and _CHANGED_FROM.search(before):
            continue
        if match.lastgroup == "counted" and _NOUGHT.match(match.group()):
            continue
        second = before.endswith("and ") and _FIRST_OF_TWO.search(lower, start, begin) is not None
        since = second or (_COUNTED_SINCE.search(match.group()) is not None and not _CHANGED_BY.search(before))
        if match.lastgroup == "counted" and not since and (not _AT.search(before) or _CHANGED_BY.search(before)):
            if found and _LISTED.fullmatch(lower, found[-1].end, begin) and _VALUE_AFTER.match(after):
                found.append(TimePhrase(begin, stop, False))
                continue
            # a number explains the name before it, as in the post-test (26 wk)
            if found and lower[found[-1].end : begin] == " (" and after.startswith(")"):
                found[-1] = TimePhrase(begin, stop, False)
            continue
        lead = _WITHIN.search(before)
        found.append(TimePhrase(begin - len(lead.group()) if lead else begin, stop, False))
    return found


# With these "T1" is a stage, a picture or a nerve.
_TUMOUR = re.compile(r"tumou?r|cancer|carcinoma|stage|weighted|mri|imag|dermatome|sensory|block|vertebra|level")


def _counts_visits(lower: str) -> bool:
    return "t1" in lower and ("t0" in lower or "t2" in lower)


def _accepts_named(name: str, before: str, after: str) -> bool:
    """Whether a named event stands where a time does ("at discharge", "Baseline: ...")."""
    if name == "baseline" and before.endswith("after "):
        return False
    if name == "baseline":
        if _WHO_HAD.search(before) and after.startswith(","):
            return False  # "in patients with measurable disease at baseline, ..."
        return bool(_AT_BASELINE.search(before) or _OF_ALL_AT_BASELINE.match(after))
    if name.endswith(("inclusion", "entry", "enrolment", "enrollment", "admission", "screening")):
        return before.endswith(" at ") or before == "at "
    if name.startswith("post"):
        return True
    if name in ("follow-up", "followup"):
        return bool(_AT_FOLLOW_UP.search(before)) and not after.startswith(" of")
    return bool(_AT_EVENT.search(before))
