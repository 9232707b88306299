"""What a sentence says of two values: that the one of a group is higher or lower than the other's."""

from __future__ import annotations

import re

from structurer.schema import ArmValue, ArmValueKind

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


# What is said of the number itself, not of how good it is or how it changed; "lower limb", "more than 5" say nothing.
_PLAINLY = re.compile(
    r"(?<![a-z-])(?<!no )(?<!not )(?<!or )"
    r"(?:(higher|more|greater|longer|larger)|(?:lower|fewer|less|shorter|smaller|rarer))"
    r"(?![a-z-]| than (?:or |an? |one |two )?(?:\d|one |two )| (?:doses?|limbs?|backs?|legs?|extremit|respiratory"
    r"|urinary|gastrointestinal|abdom|third|tract|effective|favou?rable|improve|invasive|severe|intens|education|change))"
)


def says_plainly_higher(lower: str, start: int, end: int) -> bool | None:
    """Whether `lower[start:end]` says in so many words that a number is higher or lower; None for neither or both."""
    said = {match.group(1) is not None for match in _PLAINLY.finditer(lower, start, end)}
    return said.pop() if len(said) == 1 and not _CHANGE.search(lower, start, end) else None


def differs(first: ArmValue, second: ArmValue) -> bool | None:
    """`is_higher` of two values that are no changes (none is negative), by their shares where these are counts."""
    if ArmValueKind.EVENTS in (first.kind, second.kind):
        if not (first.n and second.n and first.events is not None and second.events is not None):
            return is_higher(first, second) if first.kind is second.kind else None
        a, b = first.events * second.n, second.events * first.n
        return None if a == b else a > b
    if (first.value is not None and first.value < 0) or (second.value is not None and second.value < 0):
        return None
    return is_higher(first, second)
