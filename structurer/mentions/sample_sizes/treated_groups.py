"""Groups told by what they were given, in no sentence of allocation, that add up to a total told before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from structurer.mentions.sample_sizes.count_context import Role
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole

_PEOPLE = r"(?: (?:other )?(?:patients|participants|subjects|women|men|children|infants|adults|volunteers|others))?"
_TREATED = re.compile(
    rf"(?: [(\[][^()\[\]]{{0,20}}[)\]])?{_PEOPLE}(?: [(\[][^()\[\]]{{0,20}}[)\]])? (?:only )?"
    r"(?:received|underwent|took|chose|opted for|"
    r"were (?:given|treated (?:with|by)|applied|managed (?:with|by)))(?![a-z])"
)
# "33 received tea and 31 milk"
_AND = re.compile(r"[^.;]{3,80}?,? (?:and|while|whereas) ")
_ELIDED = re.compile(r" [a-z]{3}")
_TOTALS = frozenset({Role.RANDOMIZED, Role.ENROLLED, Role.ANALYZED})
_MOST_GROUPS = 4
_NEAR = 300  # characters between two groups


def treated_groups(
    lower: str, numbers: Sequence[WholeNumber], sizes: Mapping[WholeNumber, SampleSizeRole]
) -> list[tuple[WholeNumber, SampleSizeRole]]:
    """Those of `numbers` that count groups given something and add up to a total of `sizes` told before them.

    `numbers` stand in text order. The groups are arms, or analysed where the total was; none where `sizes` has arms.

    >>> text = "of 64 men enrolled, 33 received tea and 31 milk"
    >>> numbers = [WholeNumber(3, 5, 64), WholeNumber(20, 22, 33), WholeNumber(40, 42, 31)]
    >>> [n.value for n, _ in treated_groups(text, numbers[1:], {numbers[0]: Role.ENROLLED})]
    [33, 31]
    """
    if Role.ARM in sizes.values() or _TOTALS.isdisjoint(sizes.values()):
        return []
    treated: list[WholeNumber] = []
    for number in numbers:
        elided = treated and _AND.fullmatch(lower, treated[-1].end, number.start) and _ELIDED.match(lower, number.end)
        if elided or _TREATED.match(lower, number.end):
            treated.append(number)
    for first in range(len(treated) - 1):
        running = treated[first].value
        for last in range(first + 1, min(len(treated), first + _MOST_GROUPS)):
            if treated[last].start - treated[last - 1].end > _NEAR:
                break
            running += treated[last].value
            for total, role in sizes.items():
                if role in _TOTALS and total.value == running and total.end < treated[first].start:
                    given = Role.ANALYZED if role is Role.ANALYZED else Role.ARM
                    return [(group, given) for group in treated[first : last + 1]]
    return []
