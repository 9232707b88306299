"""Check a printed effect against the two arm values that it compares, over the rounding of all of them.

Formulas: Cochrane Handbook 6.4.1 (risk ratio, odds ratio, risk difference) and 6.5.1.1 (mean difference). A hazard
ratio or a rate ratio is no ratio of proportions, and an adjusted estimate is none of the crude values: neither is
compared. Most trials adjust their estimates without saying so, so only what no adjustment explains is a contradiction.
"""

from __future__ import annotations

import re
from enum import StrEnum
from math import log

from structurer.checks.rounding import Range, printed_range
from structurer.contrasts import Contrast
from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, EffectMeasure, Flag, TrialReport

_COUNTS = "Cochrane Handbook 6.4.1"
_COUNTED = frozenset({ArmValueKind.EVENTS, ArmValueKind.PERCENT})
_PERCENT = frozenset({"%", "percentage points", "percentage point", "percent", "per cent", "points", "pp"})


# Estimates that are no plain function of the two values, and values that are no counts.
_MODELLED = re.compile(
    r"adjust|(?<![a-z])a(?:or|rr|hr)(?![a-z])|regress|model|imput|propensity|weighted|stratif|mantel|bayes|posterior|multivari|least.squares?|kaplan"
    r"|surviv|-free|cumulative|actuarial|dfs|pfs|rfs|efs|hazard"
)
_WINDOW = 120
# How far beyond rounding the printed estimate may be from the computed one, in half-widths of its interval: models
# move an estimate by less, and models that are not named are common.
_APART = 1.0


class Agreement(StrEnum):
    """Whether a printed effect is what two arm values give."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


def check_contrasts(report: TrialReport) -> list[Flag]:
    """A flag for each printed effect that can't be the effect of the two values that it compares."""
    flags: list[Flag] = []
    for contrast in report.contrasts:
        for i in contrast.effects:
            effect = report.effects[i]
            if agreement(report, contrast, effect) is not Agreement.DISAGREES:
                continue
            first, second = (report.arm_values[k] for k in contrast.values)
            implied = _nearest(effect, first, second)
            if implied is not None:
                low, high = f"{implied.low:.3g}", f"{implied.high:.3g}"
                shown = low if low == high else f"{low} to {high}"
                message = f"{effect.measure} {effect.estimate}, but {first.text} against {second.text} gives {shown}"
                flags.append(Flag("computed_disagrees", message, effect.start, effect.end, _COUNTS))
    return flags


def agreement(report: TrialReport, contrast: Contrast, effect: EffectEstimate) -> Agreement | None:
    """Whether the printed effect is what the two values of `contrast` give; None where that can't be told.

    Of two values either may be the first: which group an estimate puts first is often untold.
    """
    if effect.estimate is None:
        return None
    first, second = (report.arm_values[k] for k in contrast.values)
    printed = printed_range(effect.estimate)
    implied = [
        found for found in (implied_estimate(effect, first, second), implied_estimate(effect, second, first)) if found
    ]
    # Without a unit, a difference of risks may be in per cent too.
    if effect.measure is EffectMeasure.RD and effect.unit not in _PERCENT:
        implied += [Range(100 * found.low, 100 * found.high) for found in implied]
    if not implied:
        return None
    if any(printed.meets(found) for found in implied):
        return Agreement.AGREES
    if effect.measure is EffectMeasure.MD or effect.adjusted or _modelled(report.record.abstract or "", effect):
        return None
    gaps = [_gap(effect, printed, found) for found in implied]
    return Agreement.DISAGREES if all(gap is not None and gap > _APART for gap in gaps) else None


def _nearest(effect: EffectEstimate, first: ArmValue, second: ArmValue) -> Range | None:
    """What the values give in the order in which it is nearer to the printed estimate."""
    found = (implied_estimate(effect, first, second), implied_estimate(effect, second, first))
    estimate = float(effect.estimate or 0)
    return min((one for one in found if one is not None), key=lambda one: abs(one.low - estimate), default=None)


def _modelled(abstract: str, effect: EffectEstimate) -> bool:
    around = abstract[max(0, effect.start - _WINDOW) : effect.end + _WINDOW]
    return _MODELLED.search(around.lower()) is not None


def _gap(effect: EffectEstimate, printed: Range, implied: Range) -> float | None:
    """How far the two ranges are apart, in half-widths of the printed interval; None without a closed one."""
    interval = effect.interval
    if interval is None or interval.lower is None or interval.upper is None:
        return None
    low, high = float(interval.lower), float(interval.upper)
    if low >= high:
        return None
    ranges = [printed, implied, Range(low, high)]
    if effect.measure is not EffectMeasure.RD:
        if min(found.low for found in ranges) <= 0:
            return None
        ranges = [Range(log(found.low), log(found.high)) for found in ranges]
    shown, computed, limits = ranges
    half = (limits.high - limits.low) / 2
    return max(shown.low - computed.high, computed.low - shown.high) / half if half > 0 else None


def implied_estimate(effect: EffectEstimate, first: ArmValue, second: ArmValue) -> Range | None:
    """The estimates of the effect's measure that the printed values of `first` versus `second` allow.

    On the printed estimate's scale, over the rounding of the values; None where they are not comparable.
    """
    if effect.measure is EffectMeasure.MD:
        if first.kind is not ArmValueKind.MEAN or first.value is None or second.value is None:
            return None
        a, b = printed_range(first.value), printed_range(second.value)
        return Range(a.low - b.high, a.high - b.low)
    risks = _risk(first), _risk(second)
    if risks[0] is None or risks[1] is None:
        return None
    a, b = risks[0], risks[1]
    if effect.measure is EffectMeasure.RD:
        scale = 100 if effect.unit in _PERCENT else 1
        return Range(scale * (a.low - b.high), scale * (a.high - b.low))
    if effect.measure is EffectMeasure.OR and max(a.high, b.high) < 1:
        a, b = (Range(r.low / (1 - r.low), r.high / (1 - r.high)) for r in (a, b))
    elif effect.measure is not EffectMeasure.RR:
        return None
    return Range(a.low / b.high, a.high / b.low) if a.low > 0 and b.low > 0 else None


def _risk(value: ArmValue) -> Range | None:
    if value.kind not in _COUNTED:
        return None
    if value.events is not None and value.n is not None and 0 <= value.events <= value.n and value.n:
        share = value.events / value.n
        return Range(share, share)
    if value.percent is None or not 0 <= value.percent <= 100:
        return None
    printed = printed_range(value.percent)
    return Range(max(printed.low, 0.0) / 100, min(printed.high, 100.0) / 100)
