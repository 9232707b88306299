"""The standard error of one printed estimate: from its interval, else from its exact p-value.

Cochrane Handbook for Systematic Reviews of Interventions, version 6: 6.3.1 (differences), 6.3.2 (ratios): the width of
the interval over twice the z of its own level; or the estimate over the z of its p-value.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from statistics import NormalDist
from typing import Any, NamedTuple

from structurer.meta.estimates import ErrorSource
from structurer.meta.wording import tests_no_effect
from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure
from structurer.tables.standard_errors import DIFFERENCES, pooled_input

_POINTS = ("%", "percentage point", "per cent", "percent", "pp")
_FRACTIONS = "fraction"


class StandardError(NamedTuple):
    """The estimate on the scale of pooling, its standard error and where that is from, the unit, and notes."""

    yi: float
    sei: float
    source: ErrorSource
    handbook: str
    unit: str | None
    notes: tuple[str, ...] = ()


def standard_error(row: Mapping[str, Any]) -> StandardError | str:
    """The standard error of a row of the results that compares two groups, or the reason why there is none.

    A risk difference in percentage points (told by its unit, or by a number beyond 1) becomes one in fractions of one.
    """
    effect = _effect(row)
    if effect is None:
        return "no estimate"
    yi, sei = pooled_input(effect)
    if yi is None:
        return "the estimate is outside its interval, or no number for this measure"
    handbook = "6.3.1" if effect.measure in DIFFERENCES else "6.3.2"
    source, notes = ErrorSource.INTERVAL, []
    if effect.interval is not None:
        if effect.interval.level is None:
            return "the interval has no level"
        if sei is None:
            return "the interval is open, or has no width"
    else:
        from_p = _from_p(yi, row)
        if isinstance(from_p, str):
            return from_p
        sei, source = from_p, ErrorSource.P_VALUE
        notes.append(f"standard error from p = {row['p_value']:g}, taken as two-sided")
    assert sei is not None
    unit = row["unit"]
    if effect.measure is EffectMeasure.RD:
        numbers = [abs(row[name]) for name in ("estimate", "ci_low", "ci_high") if row[name] is not None]
        if (unit or "").casefold().startswith(_POINTS) or max(numbers) > 1:
            yi, sei = yi / 100, sei / 100
            notes.append("percentage points divided by 100")
        unit = _FRACTIONS
    if not (isfinite(yi) and isfinite(sei) and sei > 0):
        return "the numbers give no standard error"
    return StandardError(yi, sei, source, handbook, unit, tuple(notes))


def _from_p(yi: float, row: Mapping[str, Any]) -> float | str:
    p = row["p_value"]
    if p is None:
        return "no interval and no p-value"
    if row["p_operator"] != "=":
        return "no interval, and no exact p-value"
    if not 0 < p < 1 or yi == 0:
        return "no interval, and a p-value from which none can be worked out"
    if not tests_no_effect(row["sentence"] or ""):
        return "no interval, and a p-value that may not be a two-sided test of no effect"
    return abs(yi) / -NormalDist().inv_cdf(p / 2)


def _effect(row: Mapping[str, Any]) -> EffectEstimate | None:
    """The row's numbers as the schema has them, for the one formula of the tables; None without an estimate."""
    if row["estimate"] is None:
        return None
    interval = None
    place: dict[str, Any] = {"start": 0, "end": 0, "text": "", "rule": ""}
    if row["ci_low"] is not None or row["ci_high"] is not None:
        interval = ConfidenceInterval(
            **place, level=_decimal(row["ci_level"]), lower=_decimal(row["ci_low"]), upper=_decimal(row["ci_high"])
        )
    return EffectEstimate(
        **place,
        measure=EffectMeasure(row["measure"]),
        estimate=_decimal(row["estimate"]),
        unit=row["unit"],
        interval=interval,
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(float(value)))
