"""Leave out what stands between the values of a list and is no part of it: p-values, sizes of groups."""

from __future__ import annotations

from collections.abc import Sequence

from structurer.mentions.arm_values.fractions import agrees
from structurer.mentions.arm_values.shape import Shape
from structurer.text.notation import Kind, Token

# What stands between no count and its share
_ENDS = frozenset({Kind.NUMBER, Kind.SEPARATOR, Kind.STOP, Kind.VERSUS, Kind.CLOSE})


def without_asides(tokens: Sequence[Token], shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes without p-values, and without the size of the group whose value they stand behind.

    `-15.6 [n = 283] and -14.9 [n = 289]; p < 0.001` tells two values, not five.
    """
    kept: list[Shape] = []
    for shape in shapes:
        at = shape.at
        if shape.form == "number" and at > 1 and tokens[at - 1].kind is Kind.OPERATOR and tokens[at - 2].text == "p":
            continue
        if shape.form == "size" and kept and kept[-1].form != "size" and _is_beside(tokens, kept[-1].last + 1, at):
            continue
        if kept and _is_share_of(tokens, kept[-1], shape):
            kept[-1].percent = shape.number
            continue
        kept.append(shape)
    return kept


def _is_share_of(tokens: Sequence[Token], counted: Shape, shape: Shape) -> bool:
    """Whether a bracket behind a group's name prints the share that a fraction is: `226 of 12 927 given tea [1.7%]`."""
    if shape.form != "percent" or counted.form != "fraction" or counted.percent is not None:
        return False
    first = counted.last + 1
    opened, closed = shape.first - 1, shape.last + 1
    if not (first < opened < first + 8 and closed < len(tokens)) or tokens[closed].kind is not Kind.CLOSE:
        return False
    if tokens[opened].kind is not Kind.OPEN or any(token.kind in _ENDS for token in tokens[first:opened]):
        return False
    return counted.events is not None and counted.n is not None and agrees(counted.events, counted.n, shape.number)


def _is_beside(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether nothing but `[n =` or `, n =` stands from `first` to the number at `at`."""
    return at - first == 3 and tokens[first].kind in (Kind.OPEN, Kind.SEPARATOR)
