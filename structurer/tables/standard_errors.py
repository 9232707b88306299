"""The two numbers that a meta-analysis takes of an estimate: the effect and its standard error.

Cochrane Handbook for Systematic Reviews of Interventions, version 6: section 6.3.1 for differences, 6.3.2 for ratios.
Only an estimate with a closed interval at a stated level has a standard error here; none is worked back from a
p-value, since a p-value may be one-sided, adjusted or of another test.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from math import inf, log
from statistics import NormalDist
from typing import NamedTuple

from structurer.schema import EffectEstimate, EffectMeasure

RATIOS = frozenset({EffectMeasure.HR, EffectMeasure.OR, EffectMeasure.RR, EffectMeasure.IRR, EffectMeasure.RATIO})
DIFFERENCES = frozenset({EffectMeasure.RD, EffectMeasure.MD, EffectMeasure.SMD})


class PooledInput(NamedTuple):
    """`yi`: natural log of a ratio, or a difference in its own unit; `sei`: its standard error."""

    yi: float | None
    sei: float | None


_NOTHING = PooledInput(None, None)


@cache
def normal_quantile(level: Decimal) -> float:
    """The z of a two-sided interval at `level` per cent.

    >>> round(normal_quantile(Decimal(95)), 4)
    1.96
    """
    return NormalDist().inv_cdf(0.5 + float(level) / 200)


def pooled_input(effect: EffectEstimate) -> PooledInput:
    """The effect and its standard error as meta-analysis packages take them.

    Both are None for a measure that is neither a ratio nor a difference, and for an estimate that lies outside its
    own interval (a misprint: either number may be the wrong one). The standard error alone is None where there is
    no interval, or it is open, has no level, or has limits of no width.
    """
    if effect.estimate is None:
        return _NOTHING
    estimate, interval = float(effect.estimate), effect.interval
    low = float(interval.lower) if interval and interval.lower is not None else None
    high = float(interval.upper) if interval and interval.upper is not None else None
    if (low is not None and low > estimate) or (high is not None and high < estimate):
        return _NOTHING
    if effect.measure in DIFFERENCES:
        yi = estimate
        width = high - low if low is not None and high is not None else 0.0
    elif effect.measure in RATIOS and effect.unit != "%" and 0 < estimate < inf:
        yi = log(estimate)
        # A lower limit rounded to 0 has no logarithm.
        width = log(high) - log(low) if low is not None and high is not None and 0 < low <= high < inf else 0.0
    else:
        return _NOTHING
    if interval is None or interval.level is None or not 0 < interval.level < 100 or not width > 0:
        return PooledInput(yi, None)
    return PooledInput(yi, width / (2 * normal_quantile(interval.level)))
