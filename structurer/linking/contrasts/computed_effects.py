"""Effects and standard errors from two groups' numbers, as a meta-analyst computes them.

Formulas: Cochrane Handbook for Systematic Reviews of Interventions, version 6, sections 6.4.1 (risk ratio, odds
ratio, risk difference), 6.5.1.1 (mean difference), 6.5.1.2 (standardised mean difference: Hedges' adjusted g, with
RevMan's standard error), 10.4.4 (0.5 added to each cell where a zero stops the computation).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

from structurer.contrasts import ComputedEffect
from structurer.schema import EffectMeasure

# No trial counts or measures more.
_LARGEST = 10**9
_TWO_BY_TWO = "6.4.1"
_ZERO_CELLS = "6.4.1, 10.4.4"
_MEANS = "6.5.1.1"
_STANDARDISED = "6.5.1.2"


@dataclass(frozen=True, slots=True)
class Counted:
    """People with the event, of all in the group."""

    events: int
    n: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A group's mean, standard deviation and size."""

    mean: float
    sd: float
    n: int


def effects_of_counts(first: Counted, second: Counted, inputs: str) -> tuple[ComputedEffect, ...]:
    """The log risk ratio, log odds ratio and risk difference of `first` versus `second`, with standard errors.

    Empty for impossible counts, and where no one or everyone in both groups had the event, which says nothing of a
    ratio.

    >>> found = effects_of_counts(Counted(12, 100), Counted(20, 100), "12/100 v 20/100")
    >>> [(effect.measure.value, round(effect.yi, 4), round(effect.sei, 4)) for effect in found]
    [('RR', -0.5108, 0.3367), ('OR', -0.6061, 0.3965), ('RD', -0.08, 0.0515)]
    """
    a, c = first.events, second.events
    b, d = first.n - a, second.n - c
    if (
        max(first.n, second.n) > _LARGEST
        or min(a, b, c, d) < 0
        or not first.n
        or not second.n
        or a + c == 0
        or b + d == 0
    ):
        return ()
    return (
        _risk_ratio(a, b, c, d, inputs),
        _odds_ratio(a, b, c, d, inputs),
        _risk_difference(a, b, c, d, inputs),
    )


def _risk_ratio(a: float, b: float, c: float, d: float, inputs: str) -> ComputedEffect:
    corrected = a == 0 or c == 0
    if corrected:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    yi = log(a / (a + b)) - log(c / (c + d))
    sei = sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return _computed(EffectMeasure.RR, yi, sei, inputs, corrected)


def _odds_ratio(a: float, b: float, c: float, d: float, inputs: str) -> ComputedEffect:
    corrected = 0 in (a, b, c, d)
    if corrected:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    yi = log(a) - log(b) - log(c) + log(d)
    return _computed(EffectMeasure.OR, yi, sqrt(1 / a + 1 / b + 1 / c + 1 / d), inputs, corrected)


def _risk_difference(a: float, b: float, c: float, d: float, inputs: str) -> ComputedEffect:
    yi = a / (a + b) - c / (c + d)
    # Everyone in one group and no one in the other: only then has the difference no spread.
    corrected = a * b == 0 and c * d == 0
    if corrected:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    sei = sqrt(a * b / (a + b) ** 3 + c * d / (c + d) ** 3)
    return _computed(EffectMeasure.RD, yi, sei, inputs, corrected)


def _computed(measure: EffectMeasure, yi: float, sei: float, inputs: str, corrected: bool) -> ComputedEffect:
    handbook = _ZERO_CELLS if corrected else _TWO_BY_TWO
    return ComputedEffect(measure=measure, yi=yi, sei=sei, handbook=handbook, inputs=inputs, corrected=corrected)


def effects_of_means(first: Measured, second: Measured, inputs: str) -> tuple[ComputedEffect, ...]:
    """The mean difference and Hedges' g of `first` versus `second`, with standard errors.

    Empty where a group has fewer than two people or no spread.

    >>> found = effects_of_means(Measured(9.0, 2.0, 40), Measured(8.0, 2.0, 50), "9 (2), n 40 v 8 (2), n 50")
    >>> [(effect.measure.value, round(effect.yi, 4), round(effect.sei, 4)) for effect in found]
    [('MD', 1.0, 0.4243), ('SMD', 0.4957, 0.2155)]
    """
    if min(first.n, second.n) < 2 or not (0 < first.sd < _LARGEST and 0 < second.sd < _LARGEST):
        return ()
    if max(first.n, second.n, abs(first.mean), abs(second.mean)) > _LARGEST:
        return ()
    difference = first.mean - second.mean
    spread = sqrt(first.sd**2 / first.n + second.sd**2 / second.n)
    total = first.n + second.n
    pooled = sqrt(((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / (total - 2))
    g = difference / pooled * (1 - 3 / (4 * total - 9))
    g_spread = sqrt(total / (first.n * second.n) + g**2 / (2 * (total - 3.94)))
    return (
        ComputedEffect(measure=EffectMeasure.MD, yi=difference, sei=spread, handbook=_MEANS, inputs=inputs),
        ComputedEffect(measure=EffectMeasure.SMD, yi=g, sei=g_spread, handbook=_STANDARDISED, inputs=inputs),
    )
