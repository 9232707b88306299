"""Read the name of a trial arm where it stands: beside a count, before `group`, after `randomised to`, around `versus`.

Every function returns offsets into the text; a name is trimmed to the words that tell one arm from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Words before a name that are no part of it.
_LEAD = re.compile(
    r"(?:[\s,;:.)\]-]+|(?:the|a(?!\s?[+&])|an|either|or|and|to|receive|received|receiving|undergo|of|in|into|"
    r"with|for|from|on|vs\.?|versus|both|were|was|"
    r"randomly|assigned|allocated|randomi[sz]ed|treated|given|patients|participants|subjects|women|"
    r"men|children|adults|infants|eyes|people|individuals|be|as|by|one|two|three|group:|arms?:|"
    r"active|only|compared|who|took|take|taking|"
    r"group(?= (?:taking|receiving|given|treated|that|who))|using|use|treatment with|therapy with|either:|"
    r"started|start|(?:either|or) after|"
    r"that|whom|their|them|then|while|whereas|other|our|administered|oral|subcutaneous|intravenous|"
    r"i\.?v\.?|s\.?c\.?|intramuscular|daily|once-daily|"
    r"standard of care with|twice-daily|twice daily|once daily|weekly|topical|concurrent|"
    r"a single infusion of|a single dose of|doses of|interventions?(?= the )|\(?\d\)|\(?[a-di]+\)|[1-4]\.|\d[\d,]* to|"
    r"\d[\d,]* (?:patients|participants|subjects)|same|\d+ (?:weeks?|days|months) of|"
    r"open-label|double-blind|double-masked|single-blind|equal|"
    r"(?:the )?addition of|(?:\d+-(?:minute|min|hour|h) )?(?:injections?|infusions?) of|"
    r"one of|addition|(?:additional )?treatments? (?:of|with)|"
    r"(?:nights?|days?|sessions?|cycles|courses) of|single(?= (?:\d|night|day|session|infusion|injection))|"
    r"initially|annual|match(?:ed|ing)|single-administration|(?:once )?every \d+ (?:weeks|days|months)|"
    r"\d[\d.]*[- ]mg (?:\w+ )?(?:injections?|infusions?|doses?) of|"
    r"\d{1,4}(?= (?!mg|g|ml|iu|gy|kg|ug|mcg|mmol|"
    r"week|month|day|hour|minute|min|year|session|cycle|unit|dose|fraction|x |to )"
    r"[a-z]{4}))(?=\s|$))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,;:.(\[/-]+|\s+(?:groups?|arms?|cohorts?|conditions?|respectively|only group|alone group|"
    r"treatment groups?|group only|and|or|the|in|with|to|of|for|at|"
    r"recipients|patients|participants|subjects|study|daily|once|twice|therapy|treatment|alone therapy|was|"
    r"were|had|is|are|from|on|by|as|each|per|than|also|orally|every day|(?-i:an?)|modes|combined with))\Z",
    re.IGNORECASE,
)
# Where a name ends for good: a dose, a schedule, a purpose.
_CUT = re.compile(
    r": |,(?= \d)| (?:\d[\d.,/x×*-]* ?(?:mg|g|µg|μg|mcg|ug|microg|micrograms?|ml|iu|u|units?|gy|%|mmol|mci|kg)"
    r"(?![a-z])| (?:once|twice|thrice)|once|twice|thrice|(?:three|four|two) times|every \d|every other|"
    r"for (?:\d|a |the |up|one|two|three|four|six|eight|nine|ten|twelve|\w+ (?:days|weeks|months|"
    r"years|cycles))|according to|until|over \d|during|before|after|prior|within|at (?:a |the |\d|week|month|day|"
    r"baseline)|"
    r"in (?:a |the |addition|combination with usual|patients|women|men|children|adults|two|three|four|"
    r"\d)|on days?|per (?:day|week)|daily|weekly|monthly|administered|given|as (?:a|an|second|first|"
    r"add|main|monotherapy|adjunct)|"
    r"(?:who|which|that|were|was|had|if|when|where|from|via|as)(?![a-z])|using a|starting|beginning|\(|\[|by (?:a|the|"
    r"means)|,? respectively|and (?:were|was|followed|evaluated|received|then|continued)|did|"
    r"showed|received|with a (?:median|mean)|on (?:a|the)|between (?:the ages?|\d)|"
    r"to (?:be|prevent|reduce|determine|treat|"
    r"evaluate)|[<>=≤≥]|(?:designed|consisting|comprising|compris\w+|titrated|retained|continued|switched|reported|"
    r"experienced|achieved|completed|underwent|developed|succeeded|totalling|crossed|compared)(?![a-z])|"
    r"of an? (?:planned|total)"
    r"|(?:group|arm)s? and|and (?:the )?controls?(?= |\Z)"
    r"|and [a-z]+ (?:was |were )?(?:monitored|measured|assessed|recorded)(?![a-z])"
    r"|and (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])"
    r"|(?:group|arm)s? (?:who|that|receiving|received|of|in|with|at|did|showed|underwent))"
    r"|,(?= (?:both|an?|which|based|with all)(?![a-z]))| both(?= |\Z)",
    re.IGNORECASE,
)
# Two letters first, which `re` looks for at once, and only then what stands before them.
LETTERED = re.compile(
    r"(?:gr|Gr|GR|ar|Ar|AR|co|Co|re|Re)(?<![A-Za-z-]..)"
    r"(?:(?<=[Gg]r)oup|(?<=[Aa]r)m|(?<=[Cc]o)hort|(?<=[Rr]e)gimen|(?<=GR)OUP|(?<=AR)M)(?:s? |- ?)"
    r"(?:[A-Z]\d?|[1-9]|I{1,3}V?|IV|V|[A-Z]{2})"
    r"(?![\w-]| (?:Study|Trial))"
)
LETTERED_AT_END = re.compile(rf"({LETTERED.pattern}) ?\Z")
_GROUP_WORD = re.compile(r"(?:gr|ar)(?<![a-z-]..)(?:(?<=gr)oups?|(?<=ar)ms?)(?![a-z-])")
_STOP = frozenset(
    """the a an in of to or for with from than versus vs was were each both between two three four five six all
    other this that these those per by every any either neither within across among same one only at on had
    received receiving into their our no not compared after during as whereas while which who whom is are
    first second third most per-protocol more less few many respective respectively similar patients
    participants subjects women men children group groups arm arms but also there randomized randomised
    assigned allocated parallel, showed versus. vs. favoring favouring against respective remaining age
    different matched eligible mixed individual parallel-group independent cooperative working n years one-""".split()
)
_GENERIC = frozenset(
    """study treatment trial randomization randomisation age patient parallel subgroup risk support focus study's
    research oncology comparison diagnostic control-group treated sub small large multi whole total entire
    blood peer ethnic racial bmi weight population analysis assessed allocation allocated dose high low sex
    gender test prognostic steering cancer collaborative cooperative multiple several initial upper right
    left non-dominant dominant disease baseline younger older therapeutic active-treatment randomised
    randomized intervention-and experimental-and dosing dosage investigator interest stratification
    disease-free survival affected responder responders non-responder functional genotype mutation stage
    biomarker positive negative symptomatic heterogeneous homogeneous""".split()
)


_LEVELS = frozenset({"high", "low", "medium", "middle", "intermediate"})


_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|"
    r"Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d"
)
_COUNT = re.compile(
    r"(?<![a-z])(?:randomi[sz]ed|assigned|allocated) (?:in)?to|"
    r"(?<![\w.-])\d{3,}(?![\w.-]| ?(?:mg|g|µg|μg|mcg|microg|IU|ml|million|units?|mL|kcal|cc|mm|U|ppm|nm))"
)
_NO_NAMES = frozenset(
    """those them they it results treatment patients study life group groups arm arms this that these each
    respectively receiving total data analysis following who women men randomization baseline end follow-up
    study drug the study time two groups treating which more less uk usa us brazil china japan india europe canada
    australia germany france italy spain either treatments therapy interventions any one some all both
    others""".split()
)


# "no treatment", "usual therapy": the second word belongs to the name.
_UNFINISHED = frozenset({"no", "standard", "usual", "conventional", "no active", "no further", "medical", "delayed"})
_TREATMENT = re.compile(r" (?:treatment|therapy)(?![a-z])")


# "the weekly arm": a schedule is a name where nothing else is.
_SCHEDULE = re.compile(r"(?<![\w-])((?:once[- ]|twice[- ])?(?:daily|weekly|monthly))\Z", re.IGNORECASE)


_LETTER = re.compile(r"[A-Za-z]")


def trimmed(text: str, start: int, end: int) -> Span | None:
    """`text[start:end]` without what belongs to no name; None where nothing is left."""
    begin, whole = start, end
    while lead := _LEAD.match(text, start, end):
        if lead.end() == start:
            break
        start = lead.end()
    cut = _CUT.search(text, start + 1, end)
    if cut is not None:
        end = cut.start()
    while True:
        tail = _TAIL.search(text, max(start, end - 24), end)
        if tail is None or tail.start() <= start:
            break
        end = tail.start()
    while start < end and text[start] in " ([{,;:\"'":
        start += 1
    while end > start and text[end - 1] in " ,;:.\"'([{":
        end -= 1
    if text[start:end].count("(") < text[start:end].count(")") and text[end - 1] == ")":
        end -= 1
    if text[start:end].lower() in _UNFINISHED and (rest := _TREATMENT.match(text, end, whole)):
        end = rest.end()
    if start == end and text[whole - 1] != " " and (schedule := _SCHEDULE.search(text, begin, whole)):
        start, end = schedule.span(1)
    if text[start:end].lower() in _NO_NAMES or _DATE.match(text, start, end) or _COUNT.search(text, start, end):
        return None
    return (start, end) if end - start > 1 and _LETTER.search(text, start, end) and end - start <= 90 else None


# "the group given tamoxifen alone", "the arm that received a vaccine"
_GROUP_GIVEN = re.compile(
    r"(?<![a-z-])(?:group|arm)(?: that| who| which)? (?:was |were )?(?:given|receiving|received|treated with|taking"
    r"|underwent|undergoing)(?: the| a| an| only)? ([a-z0-9][^,;()\[\]:]{2,60}?)"
    r"(?=[,;()\[\]:]|\.(?:\s|\Z)| (?:and|compared|than|versus|vs|was|were|had|have|showed|in|at|for|after|during|did"
    r"|as|with \d)(?![a-z])|\Z)"
)


def group_mentions(text: str, lower: str) -> Iterator[Span]:
    """The names that stand before `group` or `arm` (`the letrozole group`, `the A and B groups`), and `arm A`."""
    enumerated = [match.span() for match in LETTERED.finditer(text)]
    spans: list[Span] = list(enumerated)
    known = {start for start, _ in enumerated}
    for match in _GROUP_WORD.finditer(lower):
        if match.start() in known:
            continue
        plural = match.group().endswith("s")
        joined = None if plural else _joined_name(text, lower, match.start())
        before = [joined] if joined else list(_names_before(text, lower, match.start(), plural=plural))
        spans.extend(before)
        given = None if before else _GROUP_GIVEN.match(lower, match.start())
        if given is not None and (span := trimmed(text, *given.span(1))) is not None:
            spans.append(span)
    yield from sorted(set(spans))


_JOINED = re.compile(r"(?:and|or|versus|vs\.?|,) \Z")
_JOINT = re.compile(r",? (?:and|or|versus|vs\.?) (?:the )?\Z")
# A short form right before the word: "the control (CG) group".
_ASIDE_BEFORE = re.compile(r" \([a-z][a-z0-9/+-]{0,7}\) \Z")
_PLAIN_END = re.compile(r" [a-z]{4,}\Z")
_DOSE_UNIT = re.compile(r"(?:mg|[µ\u03bc]g|mcg|ug|iu|ml)(?:/[a-z]+)? ")
_LAST_WORD = re.compile(r"[^\s()\[\];:]+\Z")


_AND_INSIDE = re.compile(
    r"(?<![a-z])(?:the|a|an) ((?:[a-z0-9/-]{2,20} ){1,3}and (?:[a-z0-9/-]{2,20} ){0,2}[a-z0-9/-]{2,20}) \Z"
)


def _joined_name(text: str, lower: str, head: int) -> Span | None:
    """The one name with "and" before a single `group`, where the text has it more than once: "the diet and gym arm"."""
    if " and " not in lower[max(0, head - 60) : head]:
        return None
    match = _AND_INSIDE.search(lower, max(0, head - 90), head)
    if match is None or lower.count(match.group(1)) < 2:
        return None
    first, _, second = match.group(1).partition(" and ")
    if min(lower.count(first), lower.count(second)) > lower.count(
        match.group(1)
    ) and f"{first} and " not in lower.replace(match.group(1), ""):
        return None
    return trimmed(text, *match.span(1))


def _names_before(text: str, lower: str, head: int, *, plural: bool) -> Iterator[Span]:
    """The name, or for a plural the two joined by `and`, right before the word `group` at `head`."""
    end = head
    for part in range(2 if plural else 1):
        span = _name_ending_at(text, lower, end)
        if span is None or (plural and part == 0 and not _JOINED.search(lower, max(0, span[0] - 7), span[0])):
            return
        words = lower[span[0] : span[1]].split()
        if not all(word in _GENERIC for word in words) or (
            len(words) == 2 and words[0] in _LEVELS and words[1] == "dose"
        ):
            yield span
        joint = _JOINT.search(lower, max(0, span[0] - 14), span[0])
        if joint is None:
            return
        end = span[0] - (joint.end() - joint.start()) + 1


def _name_ending_at(text: str, lower: str, end: int) -> Span | None:
    """The run of words of a name that ends right before `end` (with one space between)."""
    aside = _ASIDE_BEFORE.search(lower, max(0, end - 14), end)
    if aside is not None and _PLAIN_END.search(text, max(0, aside.start() - 20), aside.start()):
        end = aside.start() + 1
    at = end
    start = end
    for _ in range(6):
        word = _LAST_WORD.search(lower, max(0, at - 32), at - 1) if at else None
        if word is None or at < 2 or not lower[at - 1].isspace():
            break
        token = word.group()
        unit = _DOSE_UNIT.match(lower, at, end) if token.isdigit() else None
        dose = unit is not None and unit.end() < end
        if token in _STOP or token == "and" or token.endswith((",", ".", "%")) or (token.isdigit() and not dose):
            break
        at = at - 1 - len(token)
        start = at
        if dose or token.startswith(("(", "[")):
            break
    return trimmed(text, start, end - 1) if start < end - 1 else None
