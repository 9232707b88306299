"""The groups that a sentence of allocation lists (`randomised to A or B`), and those around `versus`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.linking.arms.dosed_names import ROUTE_ALONE, dosed_groups
from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.names import Span, trimmed
from structurer.text.reading import Reading

_ALLOCATED = re.compile(
    # Two letters first, which `re` looks for at once, and only then what stands before them.
    r"(?:ra|as|al|di|re|gi)(?<![a-z]..)(?:(?<=ra)ndom(?:i[sz]ed|ly|i[sz]ation)|(?<=as)sign(?:ed|ment)"
    r"|(?<=al)l(?:ocated|otted|ocation)|"
    r"(?<=di)vided|(?:(?<=re)ceiv(?:ed|e|ing)|(?<=gi)ven)(?= either ))(?![a-z])"
)
_TO = re.compile(
    r"[^.;]{0,90}?(?<![a-z])(?:to (?:receive|undergo|take|use|have|a|an|the|either|"
    r"one of)(?: (?:either|one of(?: \w+){0,4}:?))?|to|into|between|received|receive|receiving|"
    r"either)(?![a-z])"
    r"(?: (?:one of )?(?:two|three|four|five|six|2|3|4|5|6) (?:\w+ ){0,3}(?:groups|arms|conditions|"
    r"treatments|regimens|doses|interventions|sequences)(?: of)?(?: \([^()]{0,30}\))?(?:[:,]|"
    r" to receive| receiving| that received)?(?: either)?)? ?"
)
_END = re.compile(
    r"(?:;|(?<!\.[a-z])\.\s|\.\Z|,? in which|where|in a (?:\d|double|randomi|cross|1)|in an? \w+-?\w* (?:ratio|"
    r"fashion|manner)|who|were|was|had|with stratification|stratified|(?P<detail>until|using|at (?:\d|a|"
    r"baseline)|after|before|during|over|within|by (?:a|means)|through|on day)|by computer|according|on a 1|"
    r"\(?\d ?: ?\d|then|followed for|as (?:first|second|adjuvant|an|a|add)"
    r"|,? and (?:also |then |further |again |were |subsequently )*(?:randomi[sz]ed|assigned|allocated))(?![a-z])"
)
# "a randomised trial in ... to determine": the word is no act of allocation, unless what was received follows.
_TRIAL = re.compile(r"(?<![a-z])(?:trials?|stud(?:y|ies))(?![a-z])")
_RECEIVE = re.compile(r"(?<![a-z])receiv(?:ed?|ing)(?![a-z])")
_COLON = re.compile(
    r"(?:one of |the |following |two |three |four |five |six |\d ){0,4}(?:\w+ ){0,2}(?:groups|arms|program(?:me)?s|"
    r"strategies|schedules|conditions|treatments|regimens|interventions|modalities|occasions|sessions|diets"
    r"|visits|periods|meals|drinks|trials|modes|positions|techniques|formulations|solutions)[^.;:()]{0,60}: (?:after )?"
)
_LISTED = re.compile(
    r"(?<![a-z])(?:two|three|four|five|six|[2-6]|between|into|both|groups|arms|conditions|treatments|regimens)(?![a-z])"
)
_FACTORIAL = re.compile(r"(?<![a-z-])factorial(?![a-z])")
_ASSIGNED = re.compile(r"(?:randomi[sz]ed|assigned|allocated)(?= (?:to|between|into))")
_AGAIN = re.compile(r"(?<![a-z])(?:also|and|in addition|additionally|further)(?: were| was)?(?: randomly)? \Z")
# "assigned ramipril or placebo": what was assigned right behind the word.
_DIRECT = re.compile(
    r"(?:(?<=assigned)|(?<=allocated)) (?!(?:to|in|into|by|at|on|with|using|from|between|and|or|treatments?|therapy"
    r"|groups?|patients|participants|subjects|women|men|people|children|\(?\d) )(?=[a-z][^.;]{2,60}? or )"
)
_GROUPS_AFTER = re.compile(r"[^.;]{0,40}?(?<![a-z])(?:groups|arms|respectively)(?![a-z])")
# "letrozole with or without a vaccine": the two differ by what stands last.
WITHOUT = re.compile(
    r"(?<![a-z])with(?:,)? (?:or|and|versus|vs\.?) (without)(?:,)? ([^;.,()]{3,60}?)"
    r"(?=[;.,()]| (?:in|for|until|as|after|at) |\Z)"
)
# Numbered members of a list: usual care is 1), usual care and a call is 2).
_ENUMERATOR = re.compile(r"(?<![\w)])\(?(?:[1-6]|i{1,3}|iv|[a-d])\)[.:]? ")
# ", which shows fewer tests,": told of the name before it.
_RELATIVE = re.compile(
    r", (?:which|who|whose|where|consisting|comprising|both|each|titrated|administered|starting|started"
    r"|increasing) [^,.;]{1,120}(?:,(?= )|\Z)"
)
# "a regimen consisting of this, that and the other or": parts of the first group.
_PARTS = re.compile(r" (?:consisting of|comprising|composed of|including) [^;.]{1,160}?(?= (?:or|versus|vs) )")
_ADJECTIVE = re.compile(
    r"\s*(?:open-label|double-blind|double-masked|single-blind|i\.?v\.?,?|oral|once-daily|twice-daily|weekly)\s*"
)
# How far behind the details of the first group the second may be named.
_FAR = 130
_SEPARATOR = re.compile(r",? (?:or|versus|vs\.?|v) (?:to |the |a |an )?|; (?:and |or )?|, (?:and |or )?|,? and ")
_OR = re.compile(r",? (?:or|versus|vs\.?) ")


def allocated_groups(reading: Reading) -> list[Span]:
    """The groups of the first sentence that lists at least two to which participants were allocated."""
    return next(_allocations(reading), [])


def factors(reading: Reading) -> list[Span]:
    """The groups of all the randomisations of a factorial trial; empty where the text tells of none or of one only."""
    if not _is_factorial(reading.lower):
        return []
    lists = list(_allocations(reading))
    return [span for spans in lists for span in spans] if len(lists) > 1 else []


def _is_factorial(lower: str) -> bool:
    """Whether a text is called factorial, or says that people were assigned once more."""
    if "factorial" in lower and _FACTORIAL.search(lower):
        return True
    return any(_AGAIN.search(lower, max(0, m.start() - 40), m.start()) for m in _ASSIGNED.finditer(lower))


def _allocations(reading: Reading) -> Iterator[list[Span]]:
    text, lower = reading.norm, reading.lower
    for begin, stop in reading.sentences:
        for match in _ALLOCATED.finditer(lower, begin, stop):
            lead = _TO.match(lower, match.end(), stop) or _DIRECT.match(lower, match.end(), stop)
            if lead is None or (
                _TRIAL.search(lower, match.end(), lead.end()) and not _RECEIVE.search(lower, match.end(), lead.end())
            ):
                continue
            colon = _COLON.match(lower, lead.end(), stop)
            if colon is None and ": " in lower[match.end() : lead.end()]:
                colon = _COLON.search(lower, match.end(), lead.end())
            start = colon.end() if colon else lead.end()
            listed = colon is not None or _LISTED.search(lower, match.start(), start) is not None
            spans = coordinated(text, lower, start, stop, listed=listed)
            if len(spans) >= 2:
                yield spans


# "continued their tablets and received bedtime insulin or": what the ones and the others were given.
_RECEIVED = re.compile(
    r"(?:received|receiving|receive|given|treated with|administered)(?![a-z])"
    r"(?: (?:either|orally administered|single|doses? of|once|daily|oral))* (?=[^.;]{2,200}? or )"
)


def received_either(reading: Reading) -> list[Span]:
    """The groups of the first sentence that says that people received this or that."""
    text, lower = reading.norm, reading.lower
    for begin, stop in reading.sentences if "random" in lower else ():
        for match in _RECEIVED.finditer(lower, begin, stop):
            spans = coordinated(text, lower, match.end(), stop, listed=False)
            if len(spans) >= 2 and _EITHER.search(lower, spans[-2][1], spans[-1][0]):
                return spans
    return []


_EITHER = re.compile(r"(?<![a-z])or (?:[a-z-]+ ){0,3}\Z")


def listed_after_colon(lower: str, begin: int, stop: int) -> int | None:
    """Where the list begins that a sentence announces: "three conditions for 8 weeks each: no games, ..."."""
    colon = _COLON.search(lower, begin, stop) if ": " in lower[begin:stop] else None
    return colon.end() if colon else None


def coordinated(text: str, lower: str, start: int, stop: int, *, listed: bool) -> list[Span]:
    """The members of the list that begins at `start`; where only "and" joins them, `listed` must say it is one."""
    stop = min(stop, start + 420)
    if _ENUMERATOR.match(lower, start, stop):
        return _enumerated(text, lower, start, stop)
    without = WITHOUT.search(lower, start, stop)
    if without is not None:
        second = trimmed(text, without.start(2), min(stop, without.end()))
        return [(second[0], second[1]), (without.start(1), second[1])] if second else []
    end = _END.search(lower, start, stop)
    close = end.start() if end else stop
    flat = _without_asides(lower, start, close)
    if end is not None and end.group("detail") and not _OR.search(flat) and not re.search(r" and |;", flat):
        # "either warm air over three hours or room air": details of the first group, before the second is named
        again = _OR.search(lower, close, min(stop, close + _FAR))
        if again is not None and "," not in lower[close : again.start()] and ". " not in lower[close : again.start()]:
            end = _END.search(lower, again.end(), stop)
            close = end.start() if end else stop
            flat = _without_asides(lower, start, close)
    parts: list[Span] = []
    at = start
    has_or = bool(_OR.search(flat))
    for match in _SEPARATOR.finditer(flat):
        printed = match.group()
        if has_or and printed.strip() in {"and", ", and", ","} and not _is_list(flat, match.start()):
            continue
        parts.append((at, start + match.start()))
        at = start + match.end()
    parts.append((at, close))
    if has_or and len(parts) == 2 and (route := ROUTE_ALONE.fullmatch(lower, *parts[0])) is not None:
        # "oral or intravenous drug"
        second = trimmed(text, *parts[1])
        return [route.span(1), (parts[1][0], second[1])] if second else []
    parts = [part for part in parts if not _ADJECTIVE.fullmatch(lower, *part)]
    joined = listed or has_or or ";" in flat or _GROUPS_AFTER.match(lower, close, stop) is not None
    if len(parts) > 8 or not joined:
        return []
    spans = dosed_groups(text, lower, parts)
    named = all(is_arm_label(text[first:last]) for first, last in spans)
    return spans if named else []


def _enumerated(text: str, lower: str, start: int, stop: int) -> list[Span]:
    """The members of "1) usual care; 2) usual care and a call"."""
    numbered = list(_ENUMERATOR.finditer(lower, start, stop))
    ends = [*(match.start() for match in numbered[1:]), stop]
    spans = [trimmed(text, match.end(), end) for match, end in zip(numbered, ends, strict=True)]
    named = [span for span in spans if span is not None and is_arm_label(text[span[0] : span[1]])]
    return named if len(named) == len(numbered) else []


def _is_list(flat: str, comma: int) -> bool:
    """Whether a comma before `or` separates members: `A, B, or C`."""
    return (flat[comma] == "," and bool(re.search(r", or |, versus ", flat[comma + 1 :]))) or (
        flat[comma] == ","
        and bool(
            re.search(
                r"\A, (?!(?:with|using|via|by|plus|followed|where|then|for|at|in|on|as) )[^,]{2,110} or ", flat[comma:]
            )
        )
    )


def _without_asides(lower: str, start: int, close: int) -> str:
    """`lower[start:close]` with every bracket and relative clause blanked, offsets kept."""
    out: list[str] = []
    depth = 0
    for sign in lower[start:close]:
        if sign in "([":
            depth += 1
        out.append("\u0001" if depth else sign)
        if sign in ")]" and depth:
            depth -= 1
    flat = _RELATIVE.sub(_blanked, "".join(out))
    return _PARTS.sub(_blanked, flat)


def _blanked(match: re.Match[str]) -> str:
    return "\u0001" * len(match.group())
