"""The printed shape of one value: its numbers and the tokens that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.text.notation import Kind, Token


@dataclass(slots=True)
class Shape:
    """One printed value: the tokens `first` to `last` that it takes, and its numbers.

    `number` is the main number as signed; `form` is `fraction` (x/n, x of n), `share` (x (p%)), `percent`,
    `spread` (with SD or SE), `quartiles`, `rate`, `size` (n = x) or `number`.
    """

    form: str
    first: int
    last: int
    at: int
    number: Decimal
    events: int | None = None
    n: int | None = None
    percent: Decimal | None = None
    unit: str | None = None
    sd: Decimal | None = None
    se: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    range_named: str = ""
    signed: int = 0
    interval: bool = False


def set_spread(shape: Shape, value: Decimal | None, spread: str) -> None:
    """Make `shape` an average with `value` as its standard error (`spread` "se") or deviation."""
    shape.form, shape.percent = "spread", None
    if spread == "se":
        shape.se = value
    else:
        shape.sd = value


def has_own_interval(tokens: Sequence[Token], opening: int, close: int) -> bool:
    """Whether a bracket holds the interval of the value before it, and not one of a difference."""
    for k in range(opening, close):
        if tokens[k].kind is Kind.INTERVAL:
            return not any(token.text in ("difference", "differences") for token in tokens[opening:close])
    return False
