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
# Events of one group, set against those of another: gout developed in 12 men given tea compared to 6 men given milk
_EVENTS_AGAINST = re.compile(
    r"(?:occurred|developed|seen|observed|found|noted|reported|detected|recorded) in "
    r"(?:\d|[a-z]+ (?:of|patients)|[a-z]+ \()[^;]{0,90} (?:compared (?:to|with)|versus|vs\.?|against|and) (?:only )?\Z"
)


def had_events(before: str, *, findings: bool) -> bool:
    """Whether the count that `before` leads to is of those who had an event (`response was seen in 12 men`)."""
    if _OCCURRED.search(before):
        return True
    return findings and bool(_DEATHS_OCCURRED.search(before) or _EVENTS_AGAINST.search(before))


def holds_events(before: str, value: int) -> bool:
    """Whether `before` counts fewer events than the `value` people among whom they were counted."""
    match = _EVENTS_IN.search(before) if before.endswith(" in ") else None
    return match is not None and int(match.group(1).replace(",", "")) < value
