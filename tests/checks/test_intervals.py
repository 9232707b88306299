"""Flags on an estimate, its interval and its p-value; and what rounding excuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.checks.intervals import check_effect, implied_p
from structurer.checks.rounding import printed_range
from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure, PValue


def effect(
    measure: str,
    estimate: str | None,
    low: str | None,
    high: str | None,
    *,
    p: str = "",
    unit: str | None = None,
    level: str = "95",
) -> EffectEstimate:
    def number(printed: str | None) -> Decimal | None:
        return None if printed is None else Decimal(printed)

    interval = ConfidenceInterval(
        start=4, end=9, text="x", rule="t", level=Decimal(level), lower=number(low), upper=number(high)
    )
    made = EffectEstimate(
        start=0,
        end=9,
        text="x",
        rule="t",
        measure=EffectMeasure(measure),
        estimate=number(estimate),
        unit=unit,
        interval=interval,
    )
    if p:
        operator, value = p.split()
        made = replace(made, p=PValue(start=8, end=9, text="x", rule="t", operator=operator, value=Decimal(value)))
    return made


@dataclass(frozen=True)
class Case:
    effect: EffectEstimate
    codes: tuple[str, ...]


CASES = [
    Case(effect("HR", "0.72", "0.60", "0.85"), ()),
    Case(effect("HR", "0.72", "0.60", "0.85", p="< 0.001"), ()),
    Case(effect("HR", "0.72", "0.60", "0.85", p="= 0.6"), ("p_disagrees_with_interval",)),
    Case(effect("HR", "0.97", "0.80", "1.18", p="< 0.001"), ("p_disagrees_with_interval",)),
    Case(effect("HR", "0.72", "0.60", "0.85", p="> 0.5"), ("p_disagrees_with_interval",)),
    # a log-rank p beside a Cox interval may differ a little
    Case(effect("HR", "0.80", "0.65", "0.99", p="= 0.06"), ()),
    # rounding of three two-digit numbers leaves p open from 0.001 to 0.015
    Case(effect("RR", "0.91", "0.85", "0.97", p="= 0.0035"), ()),
    Case(effect("HR", "1.72", "0.60", "0.85"), ("estimate_outside_interval",)),
    Case(effect("MD", "2.4", "-3.1", "-1.7"), ("sign_differs",)),
    Case(effect("PROPORTION", "56.6", "0.45", "0.70", unit="%"), ("units_differ",)),
    Case(effect("OR", "0.72", "-0.60", "0.85"), ("ratio_not_positive",)),
    Case(effect("HR", "0.61", "0.60", "1.85"), ("interval_lopsided",)),
    Case(effect("MD", "1.1", "1.0", "9.0"), ("interval_lopsided",)),
    Case(effect("MEDIAN", "6.1", "6.0", "12.0"), ()),
    Case(effect("HR", "0.60", "0.60", "0.60"), ()),
    Case(effect("MEDIAN", "15.9", "13.2", None), ()),
    Case(effect("HR", None, "0.60", "0.85"), ()),
    Case(effect("HR", "0.72", "0.63", "0.82", level="90", p="< 0.001"), ()),
]


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row.effect.measure} {row.effect.estimate} {row.codes}")
def test_check_effect(row: Case) -> None:
    flags = check_effect(row.effect)
    assert tuple(flag.code for flag in flags) == row.codes
    assert all((flag.start, flag.end) == (0, 9) and flag.message for flag in flags)


def test_the_message_says_what_the_number_would_have_to_be() -> None:
    (flag,) = check_effect(effect("HR", "0.97", "0.80", "1.18", p="< 0.001"))
    assert flag.message == "p < 0.001, but 0.97 (0.80 to 1.18) would have p from 0.71 to 0.8"
    assert flag.source == "Altman & Bland, BMJ 2011;343:d2304"


def test_an_effect_without_interval_has_nothing_to_check() -> None:
    assert check_effect(replace(effect("HR", "0.7", "0.6", "0.8"), interval=None)) == []


def test_implied_p_covers_the_p_of_the_exact_interval() -> None:
    # RR 0.91 (0.85-0.97): p is 0.0051 from the printed numbers, 0.0012 to 0.0150 over their rounding.
    allowed = implied_p(effect("RR", "0.91", "0.85", "0.97"))
    assert allowed is not None
    assert allowed.low == pytest.approx(0.0012, abs=0.0003)
    assert allowed.high == pytest.approx(0.0150, abs=0.0015)


@given(st.decimals(min_value="-99", max_value="99", places=2))
def test_a_printed_number_lies_in_its_range(value: Decimal) -> None:
    low, high = printed_range(value)
    assert low <= float(value) <= high
    assert high - low == pytest.approx(0.01)


@given(
    st.floats(min_value=-1.5, max_value=1.5),
    st.floats(min_value=0.05, max_value=0.6),
    st.sampled_from([90.0, 95.0, 99.0]),
)
def test_what_is_rounded_from_one_truth_is_never_flagged(log_ratio: float, error: float, level: float) -> None:
    """Whatever a true estimate and error are, their rounded printing adds up."""
    import math
    from statistics import NormalDist

    z = NormalDist().inv_cdf(0.5 + level / 200)
    three = [round(math.exp(log_ratio + k * z * error), 2) for k in (0, -1, 1)]
    if three[1] <= 0.02:
        return
    p = 2 * (1 - NormalDist().cdf(abs(log_ratio / error)))
    printed = effect("OR", *(f"{x:.2f}" for x in three), level=f"{level:.0f}", p=f"= {max(p, 0.001):.3f}")
    flags = [flag.code for flag in check_effect(printed) if not (p < 0.001 and flag.code.startswith("p_"))]
    assert flags == []
