"""Numbers of arm values that are not printed but that arithmetic forces: no guess, never mixed with printed numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

from structurer.contrasts import Derived
from structurer.schema import Arm, ArmValue, ArmValueKind
from structurer.text.numerals import places
from structurer.text.reading import Reading

_HUNDREDTH = Decimal("0.01")
_HALF = Decimal("0.5")
# A whole number fits a rounded percentage by chance the more often, the larger the group and the coarser the rounding.
_MOST_BY_CHANCE = Decimal("0.35")
# Percentages that are estimated over time or per something, and so are no count over a size.
_NO_COUNT = re.compile(
    r"kaplan|surviv|-free|cumulative|estimate|actuarial|incidence|rates?(?![a-z])|risk|median|adjusted|mean"
)


def derive_cells(values: Sequence[ArmValue], arms: Sequence[Arm], text: str | Reading) -> tuple[Derived, ...]:
    """The missing `percent`, `n` or `events` of counted `values` that their other numbers and the arms' sizes force.

    `percent` from events of n; `n` where one whole number alone gives the printed percentage and it is the arm's size;
    `events` where one whole number alone gives the printed percentage of the group.

    >>> value = ArmValue(
    ...     start=0, end=5, text="34/51", rule="x_of_n", kind=ArmValueKind.EVENTS, events=34, n=51, arm="placebo"
    ... )
    >>> [(cell.field, str(cell.value), cell.origin) for cell in derive_cells([value], (), "34/51")]
    [('percent', '66.67', '34 of 51')]
    """
    sizes = sizes_of(arms)
    reading = Reading.of(text)
    found = (_cell(i, value, sizes, reading) for i, value in enumerate(values))
    return tuple(cell for cell in found if cell is not None)


def sizes_of(arms: Sequence[Arm]) -> dict[str, int]:
    """The known sizes of arms by label; none for a label that two arms of different sizes have."""
    sizes: dict[str, int] = {}
    for arm in arms:
        if arm.n is not None and sizes.setdefault(arm.label, arm.n) != arm.n:
            sizes[arm.label] = 0
    return {label: n for label, n in sizes.items() if n > 0}


def _cell(i: int, value: ArmValue, sizes: Mapping[str, int], reading: Reading) -> Derived | None:
    size = sizes.get(value.arm or "")
    events, n, percent = value.events, value.n, value.percent
    if value.kind is ArmValueKind.EVENTS and events is not None:
        if n is not None and percent is None and 0 <= events <= n and n:
            share = (Decimal(100 * events) / n).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
            return Derived(i, "percent", share, f"{events} of {n}")
        if n is None and percent is not None and size is not None and _only_size(events, percent) == size:
            return Derived(i, "n", Decimal(size), f"{events} is {percent}% of no other number; the size of the arm")
    elif value.kind is ArmValueKind.PERCENT and percent is not None and (n or size) and _is_share(value, reading):
        whole = n if n is not None else size
        count = only_count(percent, whole) if whole else None
        if count is not None:
            of = f"{whole}" if n is not None else f"{whole}, the size of the arm"
            return Derived(i, "events", Decimal(count), f"{percent}% of {of}")
    return None


def _bounds(percent: Decimal) -> tuple[Decimal, Decimal]:
    half = _HALF.scaleb(-places(percent))
    return percent - half, percent + half


def _only_size(events: int, percent: Decimal) -> int | None:
    """The one number of which `events` are `percent`, rounded; None where several are, or none is."""
    low, high = _bounds(percent)
    if low <= 0 or events <= 0:
        return None
    first, last = ceil(100 * events / high), floor(100 * events / low)
    return first if first == last else None


def only_count(percent: Decimal, n: int) -> int | None:
    """The one count that is `percent` of `n`, rounded; None where several are, none is, or one would be by chance.

    >>> only_count(Decimal("17.9"), 56), only_count(Decimal("18.5"), 56), only_count(Decimal("18"), 560)
    (10, None, None)
    """
    low, high = _bounds(percent)
    if not 0 <= percent <= 100 or n * (high - low) / 100 > _MOST_BY_CHANCE:
        return None
    first, last = ceil(n * low / 100), floor(n * high / 100)
    return first if first == last and 0 <= first <= n else None


def _is_share(value: ArmValue, reading: Reading) -> bool:
    """Whether a percentage can be a count of the whole arm, at one time, and no estimate."""
    start, end = reading.sentence_at(value.start)
    return not _NO_COUNT.search(reading.lower, start, end)
