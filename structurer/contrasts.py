"""Which values of a report are set against each other, and what arithmetic makes of them: nothing here is printed.

A part of the schema in a file of its own: values and effects are named by their places in the report's tuples.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structurer.schema import EffectMeasure


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that is not printed but that arithmetic forces on an arm value, beside its printed numbers.

    `value_index` is the arm value's place among the report's; `field` is `events`, `n` or `percent`; `origin` says
    in words what forces it. Rounded to two places where it is a percentage.
    """

    value_index: int
    field: str
    value: Decimal
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedEffect:
    """An effect that two arms' values give by a formula, never one that the text prints.

    `yi` is the natural log of a ratio, else the difference itself (a risk difference in fractions of one), and `sei`
    its standard error; both suppose two parallel groups of people randomised one by one. `handbook` are the sections
    of the Cochrane Handbook (version 6) with the formula, `inputs` the numbers that went in, in words; `corrected` is
    True where 0.5 was added to each cell.
    """

    measure: EffectMeasure
    yi: float
    sei: float
    handbook: str
    inputs: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arm values that the text sets against each other, and the effects that compare the two.

    `values` are the places of the values among the report's arm values, the tested group's first where the text tells
    which that is; `effects` the places of the printed estimates among the report's effects.
    """

    values: tuple[int, int]
    effects: tuple[int, ...] = ()
    computed: tuple[ComputedEffect, ...] = ()
