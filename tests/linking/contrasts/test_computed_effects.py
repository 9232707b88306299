"""Effects and standard errors from two groups' numbers, against textbook formulas and worked figures."""

from __future__ import annotations

from math import exp, isfinite, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.contrasts import ComputedEffect
from structurer.linking.contrasts.computed_effects import Counted, Measured, effects_of_counts, effects_of_means
from structurer.schema import EffectMeasure

# Logs and standard errors worked by hand from the formulas; measure, yi, sei, corrected, section.
WORKED_COUNTS = [
    (
        (12, 100, 20, 100),
        [("RR", -0.5108, 0.3367, False), ("OR", -0.6061, 0.3965, False), ("RD", -0.08, 0.0515, False)],
    ),
    # the first trial of BCG vaccine in the field's standard worked example: 4 of 123 against 11 of 139
    (
        (4, 123, 11, 139),
        [("RR", -0.8893, 0.5706, False), ("OR", -0.9387, 0.5976, False), ("RD", -0.0466, 0.0279, False)],
    ),
    # a zero cell: 0.5 added to each cell of the ratios
    (
        (0, 40, 5, 40),
        [("RR", -2.3979, 1.4605, True), ("OR", -2.5297, 1.4949, True), ("RD", -0.125, 0.0523, False)],
    ),
]


@pytest.mark.parametrize(("cells", "expected"), WORKED_COUNTS)
def test_worked_counts(cells: tuple[int, int, int, int], expected: list[tuple[str, float, float, bool]]) -> None:
    a, n, c, m = cells
    found = effects_of_counts(Counted(a, n), Counted(c, m), "as given")
    assert [(e.measure.value, round(e.yi, 4), round(e.sei, 4), e.corrected) for e in found] == expected
    assert [e.handbook for e in found] == ["6.4.1, 10.4.4" if e.corrected else "6.4.1" for e in found]
    assert {e.inputs for e in found} == {"as given"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Counted(0, 50), Counted(0, 48)),  # no one in either group
        (Counted(50, 50), Counted(48, 48)),  # everyone in both
        (Counted(0, 0), Counted(1, 48)),
        (Counted(51, 50), Counted(1, 48)),
        (Counted(-1, 50), Counted(1, 48)),
        (Counted(1, 10**400), Counted(1, 10**400)),
    ],
)
def test_counts_that_say_nothing(first: Counted, second: Counted) -> None:
    assert effects_of_counts(first, second, "") == ()


def test_everyone_against_no_one_has_a_spread() -> None:
    *_, difference = effects_of_counts(Counted(9, 9), Counted(0, 9), "")
    assert (difference.yi, difference.corrected) == (1.0, True)
    assert difference.sei == pytest.approx(sqrt(2 * 9.5 * 0.5 / 1000))


counts = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
inner = st.integers(2, 10**6).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


@given(inner, inner)
def test_counts_equal_the_textbook(first: tuple[int, int], second: tuple[int, int]) -> None:
    (a, n), (c, m) = first, second
    ratio, odds, difference = effects_of_counts(Counted(a, n), Counted(c, m), "")
    assert exp(ratio.yi) == pytest.approx((a / n) / (c / m))
    assert ratio.sei**2 == pytest.approx((n - a) / (a * n) + (m - c) / (c * m))
    assert odds.yi == pytest.approx(log(a * (m - c)) - log(c * (n - a)), abs=1e-9)
    assert odds.sei**2 == pytest.approx(1 / a + 1 / (n - a) + 1 / c + 1 / (m - c))
    assert difference.yi == pytest.approx(a / n - c / m)
    assert difference.sei**2 == pytest.approx(a / n * (1 - a / n) / n + c / m * (1 - c / m) / m)


@given(counts, counts)
def test_turned_round_the_sign_turns_and_the_error_stays(first: tuple[int, int], second: tuple[int, int]) -> None:
    there = effects_of_counts(Counted(*first), Counted(*second), "")
    back = effects_of_counts(Counted(*second), Counted(*first), "")
    assert [e.measure for e in there] == [e.measure for e in back]
    for one, other in zip(there, back, strict=True):
        assert one.yi == pytest.approx(-other.yi, abs=1e-9)
        assert one.sei == pytest.approx(other.sei)
        assert isfinite(one.yi)
        assert one.sei > 0


def test_worked_means() -> None:
    found = effects_of_means(Measured(5.1, 2.0, 30), Measured(6.4, 2.5, 32), "as given")
    assert [(e.measure, round(e.yi, 4), round(e.sei, 4), e.handbook) for e in found] == [
        (EffectMeasure.MD, -1.3, 0.5733, "6.5.1.1"),
        (EffectMeasure.SMD, -0.565, 0.2595, "6.5.1.2"),
    ]
    assert isinstance(found[0], ComputedEffect)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Measured(1, 0.0, 20), Measured(2, 1.0, 20)),
        (Measured(1, 1.0, 1), Measured(2, 1.0, 20)),
        (Measured(1, float("inf"), 20), Measured(2, 1.0, 20)),
        (Measured(1e300, 1.0, 20), Measured(2, 1.0, 20)),
    ],
)
def test_means_that_say_nothing(first: Measured, second: Measured) -> None:
    assert effects_of_means(first, second, "") == ()


means = st.builds(
    Measured, st.floats(-1e4, 1e4, allow_nan=False), st.floats(0.01, 1e4, allow_nan=False), st.integers(2, 10**5)
)


@given(means, means)
def test_means_equal_the_textbook(first: Measured, second: Measured) -> None:
    difference, standardised = effects_of_means(first, second, "")
    assert difference.yi == first.mean - second.mean
    assert difference.sei**2 == pytest.approx(first.sd**2 / first.n + second.sd**2 / second.n)
    freedom = first.n + second.n - 2
    pooled = ((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / freedom
    assert standardised.yi == pytest.approx((1 - 3 / (4 * freedom - 1)) * difference.yi / sqrt(pooled))
    assert standardised.sei >= sqrt(1 / first.n + 1 / second.n) * (1 - 1e-9)
