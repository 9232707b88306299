"""Check an estimate, its interval and its p-value against each other.

Formulas: standard error from an interval at its own level, Cochrane Handbook 6.3.1 (differences) and 6.3.2 (ratios,
on the log scale); p-value from an interval, Altman & Bland, BMJ 2011;343:d2304.
"""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import NormalDist

from structurer.checks.rounding import Range, printed_range
from structurer.schema import EffectEstimate, EffectMeasure, Flag

_NORMAL = NormalDist()
RATIOS = frozenset({EffectMeasure.HR, EffectMeasure.OR, EffectMeasure.RR, EffectMeasure.IRR, EffectMeasure.RATIO})
DIFFERENCES = frozenset({EffectMeasure.MD, EffectMeasure.RD, EffectMeasure.SMD, EffectMeasure.BETA})
_HANDBOOK_RATIO = "Cochrane Handbook 6.3.2"
_HANDBOOK_DIFFERENCE = "Cochrane Handbook 6.3.1"
_ALTMAN_BLAND = "Altman & Bland, BMJ 2011;343:d2304"
# How far from the middle, as a share of half the width, an estimate may lie: exact, bootstrap and profile intervals
# are never quite symmetric, and flagging those would teach the reader to overlook flags.
_LOPSIDED = 0.35
# How far, in standard errors, a p-value may be from what the interval implies: tests and intervals of one estimate
# are often of different kinds (log-rank and Cox, say).
_APART = 1.1
# And what share of their distance from no effect: exact tests of strong effects give far larger p-values.
_SHARE_APART = 0.4
_CURRENCIES = ("£", "€", "$", "¥")
_WHOLE = Decimal(100)
# The smallest p-values that programs and journals print as if they were exact
_SMALLEST = Decimal("0.001")


def check_effect(effect: EffectEstimate) -> list[Flag]:
    """The flags of one effect; none where it has no interval."""
    interval = effect.interval
    if interval is None or effect.estimate is None:
        return []
    flags: list[Flag] = []
    low, high, estimate = interval.lower, interval.upper, effect.estimate
    outside = _outside(effect, estimate, low, high)
    if outside is not None:
        return [outside]
    if low is None or high is None:
        return flags
    if effect.measure in RATIOS and (low < 0 or estimate <= 0):
        limits = f"{low} to {high}"
        message = f"a {effect.measure} can't be negative: {estimate} ({limits})"
        return [Flag("ratio_not_positive", message, effect.start, effect.end, _HANDBOOK_RATIO)]
    flags.extend(_lopsided(effect, estimate, low, high))
    flags.extend(_p_value(effect))
    return flags


def _outside(effect: EffectEstimate, estimate: Decimal, low: Decimal | None, high: Decimal | None) -> Flag | None:
    """A flag where the estimate can't lie inside its interval even by rounding."""
    printed = printed_range(estimate)
    below = low is not None and printed.high < printed_range(low).low
    above = high is not None and printed.low > printed_range(high).high
    if not (below or above):
        return None
    limits = f"up to {high}" if low is None else f"{low} up" if high is None else f"{low} to {high}"
    small = all(x is None or abs(x) <= 1 for x in (low, high))
    if (
        effect.unit == "%"
        and small
        and (low is None or low * 100 <= estimate)
        and (high is None or estimate <= high * 100)
    ):
        message = f"estimate in per cent ({estimate}), interval in fractions of one ({limits})"
        return Flag("units_differ", message, effect.start, effect.end)
    if low is not None and high is not None and -high <= estimate <= -low:
        message = f"estimate {estimate} would lie inside {limits} with the opposite sign"
        return Flag("sign_differs", message, effect.start, effect.end)
    message = f"estimate {estimate} lies outside its interval ({limits})"
    return Flag("estimate_outside_interval", message, effect.start, effect.end)


def _scaled(effect: EffectEstimate, value: Range) -> Range | None:
    """A range on the scale on which the interval is symmetric: the log of a ratio, else as printed."""
    if effect.measure not in RATIOS:
        return value
    return Range(math.log(value.low), math.log(value.high)) if value.low > 0 else None


def _lopsided(effect: EffectEstimate, estimate: Decimal, low: Decimal, high: Decimal) -> list[Flag]:
    if effect.measure not in RATIOS | DIFFERENCES or (effect.interval and effect.interval.credible):
        return []
    # Intervals of costs are bootstrapped, those of shares end at 100%, and those of medians at an observed value.
    if (
        (effect.unit or "").startswith(_CURRENCIES)
        or estimate in {low, high}
        or (effect.unit == "%" and high >= _WHOLE)
    ):
        return []
    parts = [_scaled(effect, printed_range(x)) for x in (estimate, low, high)]
    if any(part is None for part in parts):
        return []
    e, a, b = (part for part in parts if part is not None)
    middle = Range((a.low + b.low) / 2, (a.high + b.high) / 2)
    half = (b.high - a.low) / 2
    gap = max(middle.low - e.high, e.low - middle.high)
    if half <= 0 or gap / half <= _LOPSIDED:
        return []
    ratio = effect.measure in RATIOS
    centre = (math.exp if ratio else float)((middle.low + middle.high) / 2)
    scale = "log scale" if ratio else "scale of the difference"
    message = f"{estimate} is far from the middle of {low} to {high} on the {scale}; the middle is {centre:.3g}"
    return [
        Flag("interval_lopsided", message, effect.start, effect.end, _HANDBOOK_RATIO if ratio else _HANDBOOK_DIFFERENCE)
    ]


def implied_p(effect: EffectEstimate) -> Range | None:
    """The two-sided p-values that an estimate and its interval allow, over the rounding of all three numbers.

    None where the measure has no null value, a limit is open or the interval is no confidence interval.
    """
    z = _implied_z(effect)
    return Range(_p_of(z.high), _p_of(z.low)) if z else None


def _p_of(z: float) -> float:
    return 2 * (1 - _NORMAL.cdf(abs(z)))


def _implied_z(effect: EffectEstimate) -> Range | None:
    interval = effect.interval
    if interval is None or interval.credible or effect.estimate is None or effect.measure not in RATIOS | DIFFERENCES:
        return None
    if interval.lower is None or interval.upper is None:
        return None
    parts = [_scaled(effect, printed_range(x)) for x in (effect.estimate, interval.lower, interval.upper)]
    if any(part is None for part in parts):
        return None
    e, a, b = (part for part in parts if part is not None)
    level = float(interval.level) if interval.level is not None else 95.0
    if not 0 < level < 100:
        return None
    width_in_errors = 2 * _NORMAL.inv_cdf(0.5 + level / 200)
    widest, narrowest = (b.high - a.low) / width_in_errors, (b.low - a.high) / width_in_errors
    if narrowest <= 0 or widest <= 0:
        return None
    nearest = 0.0 if e.low <= 0 <= e.high else min(abs(e.low), abs(e.high))
    return Range(nearest / widest, max(abs(e.low), abs(e.high)) / narrowest)


def _compatible(z: Range, p: Range, operator: str) -> bool:
    """Whether a two-sided p-value could come from an estimate that is `z` standard errors from no effect."""
    top = _NORMAL.inv_cdf(1 - max(p.low, 1e-15) / 2) if p.low < 1 else 0.0
    bottom = _NORMAL.inv_cdf(1 - min(max(p.high, 1e-15), 1.0) / 2)
    too_small = z.high + max(_APART, _SHARE_APART * z.high) < bottom
    too_large = z.low - max(_APART, _SHARE_APART * z.low) > top
    if operator in {"<", "<="}:
        return not too_small
    if operator in {">", ">="}:
        return not too_large
    return not (too_small or too_large)


def _p_value(effect: EffectEstimate) -> list[Flag]:
    """A flag where the printed p-value is far from any that the interval allows."""
    p = effect.p
    if p is None or p.value is None or p.role.value != "result":
        return []
    z = _implied_z(effect)
    if z is None:
        return []
    # A p-value may be one-sided without saying so, on either side.
    sides = [printed_range(p.value)]
    operator = "<=" if p.operator == "=" and p.value <= _SMALLEST else p.operator
    if operator == "=":
        low, high = sides[0]
        sides += [Range(2 * low, 2 * high), Range(2 * (1 - high), 2 * (1 - low))]
    if any(_compatible(z, side, operator) for side in sides):
        return []
    allowed = f"{_p_of(z.high):.2g} to {_p_of(z.low):.2g}"
    interval = effect.interval
    limits = f"{interval.lower} to {interval.upper}" if interval else ""
    message = f"p {p.operator} {p.value}, but {effect.estimate} ({limits}) would have p from {allowed}"
    return [Flag("p_disagrees_with_interval", message, effect.start, effect.end, _ALTMAN_BLAND)]
