"""Events told before a count: those who had them are no sample, those among whom they were counted are."""

from __future__ import annotations

import re

_OCCURRED = re.compile(
    r"(?:occurred|occurring|observed|seen|reported|detected|noted|found|achieved|developed|recorded|"
    r"present|identified|documented|"
    r"diagnosed|discontinu\w+|positive|increased|decreased|failed|confirmed|performed|required|"
    r"experienced|led to [a-z ]{0,40}|obtained|response[s]?|event[s]?|toxicity|"
    r"death[s]?) (?:\w+ )?(?:in|by|for|with) (?:\d+ [^.;()]{3,45} and in )?(?:a total of )?\Z"
)
# "36 events in 155 men in the tea group": fewer events than men
_EVENTS_IN = re.compile(r"(?<![\d.])(\d[\d,]{0,6}) (?:[a-z-]+ ){0,3}(?:events|deaths|relapses|recurrences) in \Z")
_DEATHS_OCCURRED = re.compile(
    r"(?:deaths|events|complications|infections) (?:occurred|were [a-z]{3,10}): [^.;]{0,90}\Z"
)


def had_events(before: str, *, findings: bool) -> bool:
    """Whether the count that `before` leads to is of those who had an event (`response was seen in 12 men`)."""
    return bool(_OCCURRED.search(before) or (findings and _DEATHS_OCCURRED.search(before)))


def holds_events(before: str, value: int) -> bool:
    """Whether `before` counts fewer events than the `value` people among whom they were counted."""
    match = _EVENTS_IN.search(before) if before.endswith(" in ") else None
    return match is not None and int(match.group(1).replace(",", "")) < value
