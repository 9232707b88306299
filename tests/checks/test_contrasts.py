"""A printed effect against the two values that it compares: what agrees, what contradicts, what can't be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.checks.contrasts import Agreement, agreement, check_contrasts, implied_estimate
from structurer.checks.flags import find_flags
from structurer.checks.rounding import printed_range
from structurer.contrasts import Contrast
from structurer.schema import (
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Flag,
    Record,
    TrialReport,
)

AGREES, DISAGREES = Agreement.AGREES, Agreement.DISAGREES


def counted(events: int, n: int) -> ArmValue:
    return ArmValue(
        start=0, end=1, text=f"{events}/{n}", rule="t", kind=ArmValueKind.EVENTS, events=events, n=n, arm="A"
    )


def share(percent: str) -> ArmValue:
    return ArmValue(
        start=0, end=1, text=f"{percent}%", rule="t", kind=ArmValueKind.PERCENT, percent=Decimal(percent), arm="A"
    )


def mean(value: str) -> ArmValue:
    return ArmValue(start=0, end=1, text=value, rule="t", kind=ArmValueKind.MEAN, value=Decimal(value), arm="A")


def effect(
    measure: str, estimate: str, limits: tuple[str, str] | None = None, unit: str | None = None, **more: bool
) -> EffectEstimate:
    interval = None
    if limits is not None:
        low, high = map(Decimal, limits)
        interval = ConfidenceInterval(start=3, end=9, text="x", rule="t", level=Decimal(95), lower=low, upper=high)
    return EffectEstimate(
        start=2, end=9, text="x", rule="t", measure=EffectMeasure(measure), estimate=Decimal(estimate),
        interval=interval, unit=unit, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def report(first: ArmValue, second: ArmValue, printed: EffectEstimate, abstract: str = "Relapse.") -> TrialReport:
    return TrialReport(
        record=Record(record_id="1", abstract=abstract),
        effects=(printed,),
        arm_values=(first, second),
        contrasts=(Contrast((0, 1), (0,)),),
    )


@dataclass(frozen=True)
class Case:
    first: ArmValue
    second: ArmValue
    printed: EffectEstimate
    expected: Agreement | None
    abstract: str = "Relapse."


TEN, TWENTY = counted(12, 100), counted(20, 100)

CASES = [
    Case(TEN, TWENTY, effect("RR", "0.60"), AGREES),
    Case(TEN, TWENTY, effect("RR", "0.6", ("0.3", "1.2")), AGREES),
    Case(TEN, TWENTY, effect("RR", "1.67"), AGREES),  # the other way round
    Case(TEN, TWENTY, effect("OR", "0.55"), AGREES),
    Case(TEN, TWENTY, effect("RD", "-8", unit="%"), AGREES),
    Case(TEN, TWENTY, effect("RD", "8", unit="percentage points"), AGREES),
    Case(TEN, TWENTY, effect("RD", "-0.08"), AGREES),
    Case(TEN, TWENTY, effect("RD", "-8.0"), AGREES),  # per cent without saying so
    Case(share("12"), share("20"), effect("RR", "0.62"), AGREES),  # 12.4 / 19.5
    Case(mean("5.1"), mean("7.4"), effect("MD", "-2.3"), AGREES),
    # contradictions: beyond the printed interval
    Case(TEN, TWENTY, effect("RR", "0.90", ("0.70", "1.16")), DISAGREES),
    Case(TEN, TWENTY, effect("RD", "-18", ("-27", "-9"), "%"), DISAGREES),
    Case(TEN, TWENTY, effect("OR", "0.25", ("0.12", "0.52")), DISAGREES),
    Case(TEN, TWENTY, effect("OR", "0.30", ("0.14", "0.64")), None),
    Case(share("12"), share("20"), effect("RR", "0.90", ("0.80", "1.01")), DISAGREES),
    Case(share("12"), share("20"), effect("RR", "0.80", ("0.60", "1.07")), None),
    # near, as an estimate that is adjusted without saying so
    Case(TEN, TWENTY, effect("RR", "0.66", ("0.35", "1.24")), None),
    # no interval: no saying how far is far
    Case(TEN, TWENTY, effect("RR", "0.90"), None),
    # not comparable
    Case(TEN, TWENTY, effect("HR", "0.90", ("0.70", "1.16")), None),
    Case(TEN, TWENTY, effect("IRR", "0.90", ("0.70", "1.16")), None),
    Case(TEN, TWENTY, effect("RR", "0.90", ("0.70", "1.16"), adjusted=True), None),
    Case(TEN, TWENTY, effect("RR", "0.90", ("0.70", "1.16")), None, "By logistic regression, relapse."),
    Case(TEN, TWENTY, effect("RR", "0.90", ("0.70", "1.16")), None, "Relapse-free survival."),
    Case(TEN, TWENTY, effect("OR", "0.90", ("0.80", "1.02")), None, "Relapse (aOR 0.90)."),
    Case(mean("5.1"), mean("7.4"), effect("MD", "-9.9", ("-10.2", "-9.6")), None),
    Case(mean("5.1"), mean("7.4"), effect("RR", "0.9", ("0.8", "1.0")), None),
    Case(counted(0, 50), TWENTY, effect("RR", "0.9", ("0.8", "1.0")), None),
    Case(counted(51, 50), TWENTY, effect("RR", "0.9", ("0.8", "1.0")), None),
]


@pytest.mark.parametrize("case", CASES)
def test_agreement(case: Case) -> None:
    made = report(case.first, case.second, case.printed, case.abstract)
    assert agreement(made, made.contrasts[0], case.printed) is case.expected
    assert bool(check_contrasts(made)) is (case.expected is DISAGREES)


def test_the_flag_says_what_the_effect_would_have_to_be() -> None:
    made = report(TEN, TWENTY, effect("RR", "0.90", ("0.70", "1.16")))
    expected = Flag(
        "computed_disagrees", "RR 0.90, but 12/100 against 20/100 gives 0.6", 2, 9, "Cochrane Handbook 6.4.1"
    )
    assert check_contrasts(made) == [expected]
    assert find_flags(made) == (expected,)


def test_the_flag_gives_the_range_that_rounding_leaves_open() -> None:
    [flag] = check_contrasts(report(share("12"), share("20"), effect("RR", "0.90", ("0.80", "1.01"))))
    assert flag.message == "RR 0.90, but 12% against 20% gives 0.561 to 0.641"


def test_a_difference_without_a_unit_is_told_as_it_was_computed() -> None:
    implied = implied_estimate(effect("RD", "0.1"), TEN, TWENTY)
    assert implied is not None
    assert implied._asdict() == {"low": pytest.approx(-0.08), "high": pytest.approx(-0.08)}


def test_an_estimate_that_is_missing_is_not_compared() -> None:
    missing = EffectEstimate(start=2, end=9, text="x", rule="t", measure=EffectMeasure.RR, estimate=None)
    made = report(TEN, TWENTY, missing)
    assert agreement(made, made.contrasts[0], missing) is None


sizes = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


@given(sizes, sizes, st.sampled_from(["RR", "OR", "RD"]), st.integers(1, 3))
def test_rounding_alone_never_contradicts(
    first: tuple[int, int], second: tuple[int, int], measure: str, digits: int
) -> None:
    a, b = counted(*first), counted(*second)
    exact = implied_estimate(effect(measure, "1"), a, b)
    if exact is None:
        return
    printed = effect(measure, str(round(Decimal(exact.low), digits)))
    assert printed_range(printed.estimate or Decimal(0)).meets(exact)
    made = report(a, b, printed)
    assert agreement(made, made.contrasts[0], printed) is AGREES
    assert check_contrasts(made) == []


numbers = st.decimals(-(10**6), 10**6, places=2)


@given(
    st.one_of(st.builds(counted, st.integers(), st.integers()), st.builds(share, numbers.map(str))),
    st.builds(share, numbers.map(str)),
    st.sampled_from([measure.value for measure in EffectMeasure]),
    numbers.map(str),
    st.tuples(numbers.map(str), numbers.map(str)),
)
def test_never_raises(first: ArmValue, second: ArmValue, measure: str, estimate: str, limits: tuple[str, str]) -> None:
    assert len(check_contrasts(report(first, second, effect(measure, estimate, limits)))) <= 1
