"""Leave out what stands between the values of a list and is no part of it: p-values, sizes of groups."""

from __future__ import annotations

from collections.abc import Sequence

from structurer.mentions.arm_values.shape import Shape
from structurer.text.notation import Kind, Token


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
        kept.append(shape)
    return kept


def _is_beside(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether nothing but `[n =` or `, n =` stands from `first` to the number at `at`."""
    return at - first == 3 and tokens[first].kind in (Kind.OPEN, Kind.SEPARATOR)
