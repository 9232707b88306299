"""Find the denominator that governs a sentence: `Of 160 patients, seven relapsed`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from structurer.mentions.arm_values.cues import PEOPLE
from structurer.mentions.arm_values.fractions import agrees
from structurer.schema import ArmValue, ArmValueKind

_GOVERNING = re.compile(
    rf"\s*(?:results?: ?)?(?:of|among) (?:the |these |all )?"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}}) (?:[a-z-]+ ){{0,3}}{PEOPLE}"
    r"(?![a-z])[^,;:()]{0,60}, "
)
# A share of a group of theirs: "seven in the tea group"
_OF_A_GROUP = re.compile(r"[^,;.]{0,60}(?<![a-z])(?:groups?|arms?)(?![a-z])| (?:assigned|allocated|receiving|given)")


def governed(values: Sequence[ArmValue], lower: str, begin: int, stop: int) -> list[ArmValue]:
    """The values of the sentence `lower[begin:stop]`, its counts with the denominator that the sentence opens with.

    A count of one group keeps none: the number at the head counts the people of all.
    """
    match = _GOVERNING.match(lower, begin, stop) if lower.startswith(("of ", "among ", "result"), begin) else None
    if match is None:
        return list(values)
    n = int(match.group("n").replace(",", ""))
    return [
        replace(value, n=n) if value.start >= match.end() and _may_have(value, n, lower, stop) else value
        for value in values
    ]


def _may_have(value: ArmValue, n: int, lower: str, stop: int) -> bool:
    if value.kind is not ArmValueKind.EVENTS or value.n is not None or not value.events or value.events > n:
        return False
    if value.percent is not None and not agrees(value.events, n, Decimal(value.percent)):
        return False
    return _OF_A_GROUP.match(lower, value.end, stop) is None
