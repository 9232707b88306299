"""What a printed number can stand for: the range that its rounding leaves open.

"0.80" stands for anything from 0.795 to 0.805. Every check here is an interval computation over such ranges, never
an equality of points: what can be explained by rounding is no contradiction.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from structurer.text.numerals import places


class Range(NamedTuple):
    """A closed range of real numbers."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether the two ranges have a point in common."""
        return self.low <= other.high and other.low <= self.high


def printed_range(value: Decimal) -> Range:
    """The range that a printed number can stand for: half a unit of its last place on each side.

    >>> printed_range(Decimal("0.80"))
    Range(low=0.795, high=0.805)
    """
    half = 0.5 * 10 ** -places(value)
    centre = float(value)
    return Range(round(centre - half, 12), round(centre + half, 12))
