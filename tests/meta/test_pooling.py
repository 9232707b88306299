"""Pooled estimates: by hand, by their laws, and as R's metafor has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.meta.pooling import Method, Pooled, PoolingError, pool


@dataclass(frozen=True)
class Studies:
    """The estimates and standard errors of some studies."""

    name: str
    yi: tuple[float, ...]
    sei: tuple[float, ...]


ALIKE = Studies("alike", (-0.21, -0.19, -0.25, -0.20), (0.10, 0.12, 0.20, 0.09))
APART = Studies("apart", (-0.62, 0.11, -0.35, 0.48, -0.05, -0.90), (0.12, 0.15, 0.31, 0.22, 0.08, 0.40))
TWO = Studies("two", (0.4, -0.1), (0.2, 0.25))
ONE = Studies("one", (0.4,), (0.2,))
LARGE_UNITS = Studies("large units", (812.0, 1033.0, 640.0, 1200.0), (95.0, 120.0, 70.0, 210.0))
SMALL_UNITS = Studies("small units", (0.00081, 0.00103, 0.00064, 0.0012), (0.000095, 0.00012, 0.00007, 0.00021))
ALL = (ALIKE, APART, TWO, LARGE_UNITS, SMALL_UNITS)


def test_two_studies_of_equal_weight_by_hand() -> None:
    # Weights 1/0.04 = 25 each: mean 0.3, Q = 25 * (0.3**2 + 0.3**2) = 4.5, tau2 = (4.5 - 1) / (50 - 1250 / 50) = 0.14.
    found = pool([0.0, 0.6], [0.2, 0.2], Method.DERSIMONIAN_LAIRD)
    assert isclose(found.estimate, 0.3)
    assert isclose(found.q, 4.5)
    assert isclose(found.tau2, 0.14)
    assert isclose(found.se, (0.18 / 2) ** 0.5)
    # The typical variance is 0.04, so that I2 = 0.14 / 0.18.
    assert isclose(found.i2, 100 * 0.14 / 0.18)
    assert found.weights == (50.0, 50.0)
    assert found.predicted is None


def test_three_studies_against_figures_typed_in_from_metafor() -> None:
    # rma(c(-0.2, -0.5, 0.1), sei = c(0.1, 0.2, 0.15), method = "DL"), printed to four digits.
    found = pool([-0.2, -0.5, 0.1], [0.1, 0.2, 0.15], Method.DERSIMONIAN_LAIRD)
    assert (round(found.tau2, 4), round(found.i2, 2), round(found.h2, 2)) == (0.0426, 66.94, 3.02)
    assert (round(found.q, 4), found.q_df, round(found.q_p, 4)) == (6.0492, 2, 0.0486)


@dataclass(frozen=True)
class Fit:
    """One way to pool one set of studies."""

    studies: Studies
    method: Method
    hartung_knapp: bool

    @property
    def commands(self) -> str:
        """What prints the same in R: two lines, the figures and the weights."""
        yi, sei = (f"c{numbers}" for numbers in (self.studies.yi, self.studies.sei))
        test = "knha" if self.hartung_knapp else "z"
        return f"""fit <- rma(yi = {yi}, sei = {sei}, method = "{self.method}", test = "{test}",
            control = list(threshold = 1e-14 * mean({sei}^2), maxiter = 10000))
            new <- predict(fit, pi.type = "riley")
            range <- if ("{self.method}" == "FE" || fit$k < 3) c(NA, NA) else c(new$pi.lb, new$pi.ub)
            cat(fit$b, fit$se, fit$ci.lb, fit$ci.ub, fit$pval, fit$tau2, fit$I2, fit$H2, fit$QE, fit$QEp, range)
            cat("\\n")
            cat(weights(fit), "\\n")"""


# Hartung and Knapp adjust random effects; metafor would do so with the fixed effect too.
FITS = [
    Fit(studies, method, hartung_knapp)
    for studies in ALL
    for method in Method
    for hartung_knapp in (False, True)
    if not (hartung_knapp and method is Method.FIXED)
]


def test_it_is_what_metafor_finds(run_r: Callable[[str], list[list[float]]]) -> None:
    # All in one run of R, which takes seconds to start.
    lines = iter(run_r("\n".join(fit.commands for fit in FITS)))
    for fit in FITS:
        figures, weights = next(lines), next(lines)
        found = pool(fit.studies.yi, fit.studies.sei, fit.method, hartung_knapp=fit.hartung_knapp)
        ours = [found.estimate, found.se, found.low, found.high, found.p]
        ours += [found.tau2, found.i2, found.h2, found.q, found.q_p, *(found.predicted or (float("nan"),) * 2)]
        # To six digits, and zero to a millionth of the variances.
        nought = 1e-6 * min(fit.studies.sei) ** 2
        assert ours == pytest.approx(figures, rel=1e-6, abs=nought, nan_ok=True), fit
        assert found.weights == pytest.approx(weights, rel=1e-6), fit
    assert next(lines, None) is None


def test_reml_comes_to_rest_where_undamped_steps_would_go_to_and_fro() -> None:
    found = pool([0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0, 0.25])
    # The score is 0.946 at tau2 = 0.1 and -0.772 at 0.2: the only place where it is nought lies between.
    assert 0.1 < found.tau2 < 0.2


def test_one_study_is_its_own_pooled_estimate() -> None:
    for method in Method:
        found = pool(ONE.yi, ONE.sei, method)
        assert (found.estimate, found.se) == pytest.approx((0.4, 0.2))
        assert (found.tau2, found.i2, found.q_df, found.q_p) == (0, 0, 0, 1)
        assert found.weights == (100.0,)


@pytest.mark.parametrize(
    ("yi", "sei"),
    [((), ()), ((1.0,), (0.1, 0.2)), ((1.0,), (0.0,)), ((1.0,), (-0.1,)), ((float("nan"),), (0.1,))],
)
def test_what_cannot_be_pooled_is_refused(yi: tuple[float, ...], sei: tuple[float, ...]) -> None:
    with pytest.raises(PoolingError):
        pool(yi, sei)


_STUDIES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=2, max_size=12)


def _pooled(pairs: list[tuple[float, float]], method: Method) -> Pooled:
    return pool([y for y, _ in pairs], [s for _, s in pairs], method)


@given(_STUDIES, st.sampled_from(Method))
def test_the_order_of_studies_does_not_matter(pairs: list[tuple[float, float]], method: Method) -> None:
    turned = pairs[::-1]
    one, other = _pooled(pairs, method), _pooled(turned, method)
    assert isclose(one.estimate, other.estimate, abs_tol=1e-9)
    assert isclose(one.tau2, other.tau2, abs_tol=1e-9)


@given(_STUDIES, st.sampled_from(Method), st.floats(-2, 2))
def test_adding_to_each_estimate_adds_to_the_pooled_one(
    pairs: list[tuple[float, float]], method: Method, more: float
) -> None:
    one, other = _pooled(pairs, method), _pooled([(y + more, s) for y, s in pairs], method)
    assert isclose(one.estimate + more, other.estimate, abs_tol=1e-6)
    assert isclose(one.se, other.se, abs_tol=1e-6)


@given(_STUDIES)
def test_random_effects_are_never_surer_than_the_fixed_effect(pairs: list[tuple[float, float]]) -> None:
    fixed, random = _pooled(pairs, Method.FIXED), _pooled(pairs, Method.REML)
    assert random.se >= fixed.se - 1e-12
    assert isclose(sum(random.weights), 100)
    assert all(0 <= share <= 100 for share in random.weights)
    assert 0 <= random.i2 <= 100
    assert all(value == value for value in astuple(random)[2:5])
