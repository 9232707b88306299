"""Where the axis of a forest plot is marked."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log, log10

_MARKS = (
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.3,
    0.5,
    0.7,
    0.8,
    0.9,
    1.0,
    1.1,
    1.25,
    1.5,
    2.0,
    3.0,
    5.0,
    10.0,
    20.0,
    50.0,
    100.0,
)
# Marks nearer than this part of the axis would be written over one another.
_NEAREST = 0.11


def ratio_ticks(low: float, high: float) -> list[float]:
    """Round ratios from one at or below `low` to one at or above `high`, 1 among them, far enough apart on a log axis.

    >>> ratio_ticks(0.31, 1.42), ratio_ticks(0.04, 30)
    ([0.3, 0.5, 0.8, 1.0, 1.25, 1.5], [0.02, 0.1, 0.3, 1.0, 3.0, 10.0, 50.0])
    """
    below = [mark for mark in _MARKS if mark <= min(low, 0.9)]
    above = [mark for mark in _MARKS if mark >= max(high, 1.1)]
    first, last = (below or [_MARKS[0]])[-1], (above or [_MARKS[-1]])[0]
    inside = [mark for mark in _MARKS if first <= mark <= last]
    nearest = _NEAREST * log(last / first)
    kept = {1.0, first, last}
    for mark in sorted(inside, key=lambda mark: abs(log(mark))):
        if all(abs(log(mark / other)) >= nearest for other in kept):
            kept.add(mark)
    return sorted(kept)


def linear_ticks(low: float, high: float) -> list[float]:
    """Four to nine round numbers from one at or below `low` to one at or above `high`, 0 among them.

    >>> linear_ticks(-1.7, 0.4)
    [-2.0, -1.5, -1.0, -0.5, 0.0, 0.5]
    """
    low, high = min(low, 0.0), max(high, 0.0)
    width = (high - low) or 1.0
    power = 10.0 ** floor(log10(width / 4))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if width / (power * times) <= 6)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    last = max(last, first + 1)
    marks = [round(number * step, 12) for number in range(first, last + 1)]
    assert all(before < after for before, after in pairwise(marks))
    return marks
