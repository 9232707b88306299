"""The yi and sei of single estimates; worked cases by the Cochrane Handbook's formulas, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure
from structurer.tables.standard_errors import pooled_input


def effect(
    measure: str, estimate: str | None, low: str | None, high: str | None, level: str | None, unit: str | None = None
) -> EffectEstimate:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    interval = ConfidenceInterval(
        start=0, end=0, text="", rule="", level=number(level), lower=number(low), upper=number(high)
    )
    has_interval = (low, high, level) != (None, None, None)
    return EffectEstimate(
        start=0,
        end=0,
        text="",
        rule="",
        measure=EffectMeasure(measure),
        estimate=number(estimate),
        unit=unit,
        interval=interval if has_interval else None,
    )


@dataclass(frozen=True)
class Case:
    name: str
    effect: EffectEstimate
    yi: float | None
    sei: float | None


BY_HAND = [
    # (ln 0.97 - ln 0.85) / (2 * 1.959964)
    Case("ratio at 95", effect("RR", "0.91", "0.85", "0.97", "95"), -0.094311, 0.033691),
    # (ln 1.5 - ln 1.1) / (2 * 1.644854)
    Case("ratio at 90", effect("OR", "1.3", "1.1", "1.5", "90"), 0.262364, 0.094281),
    # (ln 2 - ln 1) / (2 * 2.575829)
    Case("ratio at 99", effect("HR", "1.4", "1", "2", "99"), 0.336472, 0.134548),
    Case("difference at 95", effect("MD", "-2", "-3.96", "-0.04", "95", "mm Hg"), -2.0, 1.00002),
    Case("difference of risks keeps its unit", effect("RD", "5", "1.08", "8.92", "95", "%"), 5.0, 2.00004),
]
NO_STANDARD_ERROR = [
    Case("no interval", effect("HR", "0.5", None, None, None), -0.693147, None),
    Case("open above", effect("MD", "3", "1", None, "95"), 3.0, None),
    Case("no level printed", effect("MD", "3", "1", "5", None), 3.0, None),
    Case("a lower limit of zero has no logarithm", effect("OR", "0.2", "0", "0.9", "95"), -1.609438, None),
    Case("no width", effect("SMD", "0.2", "0.2", "0.2", "95"), 0.2, None),
    Case("level out of range", effect("MD", "3", "1", "5", "100"), 3.0, None),
]
NOTHING = [
    Case("no estimate", effect("HR", None, "0.5", "0.9", "95"), None, None),
    Case("outside its own interval", effect("HR", "0.4", "0.5", "0.9", "95"), None, None),
    Case("ratio of zero", effect("RR", "0", None, None, None), None, None),
    Case("ratio in per cent", effect("RATIO", "95", "90", "101", "90", "%"), None, None),
    Case("proportion of one group", effect("PROPORTION", "40", "30", "50", "95", "%"), None, None),
    Case("correlation", effect("CORR", "0.4", "0.3", "0.5", "95"), None, None),
    Case("relative reduction", effect("RRR", "40", "30", "50", "95", "%"), None, None),
    Case("logarithm out of reach", effect("RR", "1E+400", None, None, None), None, None),
]


@pytest.mark.parametrize("case", [*BY_HAND, *NO_STANDARD_ERROR, *NOTHING], ids=lambda case: case.name)
def test_pooled_input(case: Case) -> None:
    expected = [None if number is None else pytest.approx(number, abs=1e-4) for number in (case.yi, case.sei)]
    assert list(pooled_input(case.effect)) == expected


numbers = st.decimals(allow_nan=False, allow_infinity=False) | st.none()


@given(st.sampled_from(EffectMeasure), numbers, numbers, numbers, numbers)
def test_never_raises_and_no_standard_error_without_an_effect(
    measure: EffectMeasure, estimate: Decimal | None, low: Decimal | None, high: Decimal | None, level: Decimal | None
) -> None:
    interval = ConfidenceInterval(start=0, end=0, text="", rule="", level=level, lower=low, upper=high)
    found = pooled_input(
        EffectEstimate(start=0, end=0, text="", rule="", measure=measure, estimate=estimate, interval=interval)
    )
    assert found.sei is None or (found.yi is not None and found.sei > 0)
