"""Find relative differences that stand before their name: "a 15% reduction in mortality", "a 47% relative increase"."""

from __future__ import annotations

import re

from structurer.text.reading import Reading

_NUMBER = r"(?<![\d.,<>≤≥±/-])(?P<number>\d{1,3}(?:\.\d+)?) ?(?P<percent>%|percent(?![a-z])|per cent(?![a-z]))"
# A share called relative: "a 47% relative improvement"
_CALLED_RELATIVE = re.compile(
    _NUMBER + r",? relative (?:risk |rate )?(?:reduction|decrease|increase|improvement|difference)(?! of \d)"
)
# "a 15% reduction in breast cancer mortality": of what is counted
_OF_EVENTS = re.compile(
    _NUMBER + r" (?:reduction|decrease|increase) (?:in|of) (?:the )?(?:overall |adjusted )?(?:[a-z-]{2,20} ){0,4}?"
    r"(?P<what>mortality|deaths?|incidence|rates?|risks?|odds|hazards?|likelihood|recurrences?|events|episodes"
    r"|hospitali[sz]ations?|admissions|exacerbations|fractures|infections|falls)(?![a-z])"
)
# What the pattern above has behind its number.
_CHANGES = tuple(
    f"{share} {change} " for share in ("%", "percent", "per cent") for change in ("reduction", "decrease", "increase")
)
# A word of the sentence that sets one group against another.
_AGAINST = re.compile(
    r"(?<![a-z])(?:groups?|arms?|compared|comparison|versus|vs|relative to|than|placebo|controls?|usual care|associated"
    r"|resulted in|led to|representing|reflecting|corresponding to)(?![a-z])"
)
_NO_RESULT = re.compile(
    r"(?<![a-z])(?:absolute|detect\w*|power\w*|assum\w+|hypothes\w+|expected|sample size|margin|alpha|would|target"
    r"|anticipat\w+|at least|more than|less than|over|up to) (?:a |an )?\Z|(?<![a-z])(?:from|to|versus|vs\.?) \Z"
)
_PLANNED = re.compile(
    r"(?<![a-z])(?:detect\w*|power\w*|assum\w+|hypothes\w+|expected|sample size|margin|would|target\w*|anticipat\w+"
    r"|clinically (?:important|relevant|meaningful)|defined as|criteri\w+|baseline)(?![a-z])"
)


def find_relative_changes(reading: Reading) -> list[re.Match[str]]:
    """The matches of relative differences between groups; each has the groups `number` and `percent`."""
    lower = reading.lower
    if "%" not in lower and "per" not in lower:
        return []
    found: list[re.Match[str]] = []
    if " relative " in lower:
        found += [match for match in _CALLED_RELATIVE.finditer(lower) if _is_result(lower, match, reading)]
    for match in _OF_EVENTS.finditer(lower) if any(map(lower.__contains__, _CHANGES)) else ():
        start, end = reading.sentence_at(match.start())
        if _is_result(lower, match, reading) and _AGAINST.search(lower, start, end):
            found.append(match)
    return found


def _is_result(lower: str, match: re.Match[str], reading: Reading) -> bool:
    """Whether a share is found and not planned, a bound or one of two."""
    start, end = reading.sentence_at(match.start())
    before = max(start, match.start() - 24)
    if _NO_RESULT.search(lower, before, match.start()) or _PLANNED.search(lower, start, match.start()):
        return False
    return "from baseline" not in lower[match.end() : min(end, match.end() + 40)]
