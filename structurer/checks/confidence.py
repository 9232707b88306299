"""Say how sure each row is: a number from 0 to 1, from how it was read and whether it adds up.

The figures below are shares of right rows of each kind among hand-annotated abstracts, rounded; what lowers them
multiplies. A row is right where measure, estimate, limits and p-value all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from structurer.schema import ArmValue, EffectEstimate, EffectMeasure, Flag

_ANNOUNCED = 0.98
_CARRIED = 0.94
_BARE = 0.75
# Rules by which a measure was inferred from unit or neighbours instead of named.
_INFERRED = {
    "percent": 0.985,
    "median": 0.99,
    "mean": 0.93,
    "carried-over": 0.97,
    "unit": 0.85,
    "compared": 0.85,
    "change": 0.75,
    "change-of-a-group": 0.80,
    "reduction": 0.80,
    "negative": 0.85,
    "around-nothing": 0.95,
    "odds": 0.85,
    "hazard": 0.85,
    "rate-named": 0.85,
    "rate-unit": 0.90,
    "times-more": 0.90,
    "difference-behind": 0.92,
    "time-to-event": 0.60,
    "no-estimate": 0.50,
    "unnamed": 0.40,
    "interval-for-difference": 0.93,
}
_LOOSE_NAMES = frozenset({EffectMeasure.RATIO, EffectMeasure.OTHER, EffectMeasure.BETA})
_FLAG_COST = {"estimate_outside_interval": 0.5, "sign_differs": 0.6, "ratio_not_positive": 0.4, "units_differ": 0.7}
_FLAGGED = 0.9
_PASSED_ON = 0.97


def rate_effects(effects: Sequence[EffectEstimate], flags: Sequence[Flag]) -> tuple[EffectEstimate, ...]:
    """The effects with their confidence."""
    rated: list[EffectEstimate] = []
    for effect in effects:
        sure = _effect_confidence(effect, flags)
        if effect.rule == "carried-over" and rated and rated[-1].confidence is not None:
            # What was carried over from a doubtful row is no surer than that row.
            sure = round(min(sure, rated[-1].confidence) * _PASSED_ON, 3)
        rated.append(replace(effect, confidence=sure))
    return tuple(rated)


def _effect_confidence(effect: EffectEstimate, flags: Sequence[Flag]) -> float:
    if effect.interval is None:
        sure = _BARE
    else:
        sure = _CARRIED if effect.interval.rule.endswith("carried") else _ANNOUNCED
    sure *= _INFERRED.get(effect.rule, 0.9 if effect.measure in _LOOSE_NAMES else 1.0)
    if effect.interval is not None and effect.estimate is None and effect.measure is not EffectMeasure.MEDIAN:
        sure *= 0.8
    return round(sure * _flag_factor(effect.start, effect.end, flags), 3)


def _flag_factor(start: int, end: int, flags: Sequence[Flag]) -> float:
    factor = 1.0
    for flag in flags:
        if flag.start < end and start < flag.end:
            factor *= _FLAG_COST.get(flag.code, _FLAGGED)
    return factor


def _lowered(confidence: float, value: ArmValue, flags: Sequence[Flag]) -> float:
    return round(confidence * _flag_factor(value.start, value.end, flags), 3)


def rate_arm_values(values: Sequence[ArmValue], flags: Sequence[Flag]) -> tuple[ArmValue, ...]:
    """The arm values with their confidence, lowered where counts and percentages don't agree."""
    return tuple(
        value
        if value.confidence is None or (sure := _lowered(value.confidence, value, flags)) == value.confidence
        else replace(value, confidence=sure)
        for value in values
    )
