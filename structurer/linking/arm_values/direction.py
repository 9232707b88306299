"""What a sentence says of two values: that the one of a group is higher or lower than the other's."""

from __future__ import annotations

import re

from structurer.schema import ArmValue

_MORE = re.compile(r"(?<![a-z])(?:higher|more|greater|longer|better|increased|larger|improved|superior)(?![a-z])")
_LESS = re.compile(r"(?<![a-z])(?:lower|fewer|less|shorter|reduced|decreased|smaller|rarer)(?![a-z])")
# With these "more" may be further down: "a greater reduction".
_CHANGE = re.compile(r"(?<![a-z])(?:reductions?|decreases?|declines?|losses|loss|improvements?|falls?|drops?)(?![a-z])")


def says_higher(lower: str, start: int, end: int) -> bool | None:
    """Whether `lower[start:end]` says that a value is higher (True) or lower (False); None for neither or both."""
    more, less = _MORE.search(lower, start, end), _LESS.search(lower, start, end)
    if (more is None) == (less is None) or _CHANGE.search(lower, start, end):
        return None
    return more is not None


def is_higher(first: ArmValue, second: ArmValue) -> bool | None:
    """Whether the main number of `first` is above that of `second`; None where they are equal or of other kinds."""
    a = first.percent if first.percent is not None else first.value
    b = second.percent if second.percent is not None else second.value
    if a is None or b is None or a == b:
        return None
    return a > b
