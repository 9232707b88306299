"""Pool the estimates of several studies: fixed effect, and random effects by DerSimonian-Laird or REML.

Cochrane Handbook for Systematic Reviews of Interventions, version 6: 10.3 (inverse variance), 10.4.4 (random effects),
10.10.2 (Q, I2), 10.10.4.3 (prediction interval). DerSimonian and Laird, Control Clin Trials 1986;7:177. REML by Fisher
scoring as in Viechtbauer, J Educ Behav Stat 2005;30:261. Hartung and Knapp, Stat Med 2001;20:3875. With random effects
I2 and H2 are those of Higgins and Thompson, Stat Med 2002;21:1539: tau2 against the typical variance of the studies, as
R's metafor has them; with the fixed effect they come from Q alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from structurer.errors import StructurerError
from structurer.meta.distributions import chi_squared_tail, normal_quantile, normal_tails, t_quantile, t_tails

_Array = NDArray[np.float64]
_PRECISION = 1e-12
_MOST_STEPS = 1000
# By how much the likelihood without heterogeneity must be the better one, before a solution beside it is dropped.
_BETTER = float(np.finfo(float).eps ** 0.25)


class Method(StrEnum):
    """How the variance between studies is estimated; FIXED has none."""

    FIXED = "FE"
    DERSIMONIAN_LAIRD = "DL"
    REML = "REML"


class PoolingError(StructurerError, ValueError):
    """Estimates that cannot be pooled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """One pooled estimate, on the scale of the estimates (the natural log for ratios).

    `low` and `high` are its confidence limits, `p` its two-sided p-value; `predicted` the prediction interval, None
    without random effects or with fewer than three studies. `weights` are in per cent, in the order of the studies.
    `i2` is in per cent.
    """

    method: Method
    k: int
    estimate: float
    se: float
    low: float
    high: float
    p: float
    tau2: float
    i2: float
    h2: float
    q: float
    q_df: int
    q_p: float
    weights: tuple[float, ...]
    predicted: tuple[float, float] | None = None
    hartung_knapp: bool = False
    level: float = 95.0


def pool(
    yi: Sequence[float],
    sei: Sequence[float],
    method: Method = Method.REML,
    *,
    hartung_knapp: bool = False,
    level: float = 95.0,
) -> Pooled:
    """Pool the estimates `yi` with standard errors `sei`, at least one of them.

    `hartung_knapp` widens (or, where the studies agree by chance, narrows) the interval of random effects by the
    spread of the studies and takes it from Student's t. One study alone is its own pooled estimate, with tau2 0.
    Raises PoolingError for no study, for a standard error that is not positive, and where REML does not converge.

    >>> found = pool([-0.2, -0.5, 0.1], [0.1, 0.2, 0.15], Method.DERSIMONIAN_LAIRD)
    >>> round(found.estimate, 4), round(found.tau2, 4), round(found.i2, 1)
    (-0.179, 0.0426, 66.9)
    """
    y, s = np.asarray(yi, dtype=np.float64), np.asarray(sei, dtype=np.float64)
    if y.size == 0 or y.shape != s.shape:
        raise PoolingError(f"{y.size} estimates with {s.size} standard errors cannot be pooled")
    if not (np.isfinite(y).all() and np.isfinite(s).all() and (s > 0).all()):
        raise PoolingError("an estimate or standard error is not finite, or no standard error is above 0")
    v: _Array = np.square(s)
    k, df = int(y.size), int(y.size) - 1
    fixed = 1 / v
    q = _spread(y, fixed) if df else 0.0
    tau2 = _tau2(y, v, q, method)
    w = 1 / (v + tau2)
    mean = float((w * y).sum() / w.sum())
    se = float(w.sum() ** -0.5)
    adjusted = hartung_knapp and method is not Method.FIXED and df > 0
    if adjusted:
        se *= (_spread(y, w) / df) ** 0.5
    quantile = t_quantile(level, df) if adjusted else normal_quantile(level)
    ratio = abs(mean) / se if se else float("inf")
    i2, h2 = _heterogeneity(fixed, tau2, q, df, method)
    return Pooled(
        method=method,
        k=k,
        estimate=mean,
        se=se,
        low=mean - quantile * se,
        high=mean + quantile * se,
        p=t_tails(ratio, df) if adjusted else normal_tails(ratio),
        tau2=tau2,
        i2=i2,
        h2=h2,
        q=q,
        q_df=df,
        q_p=chi_squared_tail(q, df),
        weights=tuple(float(share) for share in 100 * w / w.sum()),
        predicted=_prediction(mean, se, tau2, k, level) if method is not Method.FIXED else None,
        hartung_knapp=adjusted,
        level=level,
    )


def _spread(y: _Array, w: _Array) -> float:
    mean = (w * y).sum() / w.sum()
    return float((w * (y - mean) ** 2).sum())


def _prediction(mean: float, se: float, tau2: float, k: int, level: float) -> tuple[float, float] | None:
    """Where the effect of a new study is expected (Handbook 10.10.4.3): Student's t with k - 2 degrees of freedom."""
    if k < 3:
        return None
    half = t_quantile(level, k - 2) * (tau2 + se**2) ** 0.5
    return mean - half, mean + half


def _heterogeneity(fixed: _Array, tau2: float, q: float, df: int, method: Method) -> tuple[float, float]:
    """I2 in per cent, and H2."""
    if df < 1:
        return 0.0, 1.0
    if method is Method.FIXED:
        return (max(0.0, 100 * (q - df) / q) if q else 0.0), q / df
    typical = df / float(fixed.sum() - (fixed**2).sum() / fixed.sum())
    return 100 * tau2 / (tau2 + typical), tau2 / typical + 1


def _tau2(y: _Array, v: _Array, q: float, method: Method) -> float:
    if method is Method.FIXED or y.size < 2:
        return 0.0
    if method is Method.DERSIMONIAN_LAIRD:
        w = 1 / v
        return max(0.0, (q - (y.size - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    return _reml(y, v)


def _reml(y: _Array, v: _Array) -> float:
    """The tau2 that maximises the restricted likelihood, by Fisher scoring from the estimate of Hedges."""
    tau2 = max(0.0, float(y.var(ddof=1) - v.mean()))
    # Steps are compared with the size of the variances, so that the unit of the outcome does not matter.
    close = _PRECISION * float(v.mean() + y.var())
    damping, before = 1.0, 0.0
    for _ in range(_MOST_STEPS):
        w = 1 / (v + tau2)
        total, second = w.sum(), (w**2).sum()
        mean = (w * y).sum() / total
        trace = total - second / total
        squares = second - 2 * (w**3).sum() / total + (second / total) ** 2
        step = float((((w * (y - mean)) ** 2).sum() - trace) / squares)
        if tau2 == 0 and step < 0:
            break
        # Steps that go to and fro over the solution and do not shrink would do so for ever.
        if step * before < 0 and abs(step) > 0.5 * abs(before):
            damping /= 2
        before = step
        step *= damping
        moved = tau2 + step if tau2 + step >= 0 else tau2 / 2
        if moved < close and step < 0:
            moved = 0.0
        change, tau2 = abs(moved - tau2), moved
        if change <= close:
            break
    else:
        raise PoolingError("REML did not converge: use the method of DerSimonian and Laird")
    return tau2 if _likelihood(y, v, tau2) >= _likelihood(y, v, 0.0) - _BETTER else 0.0


def _likelihood(y: _Array, v: _Array, tau2: float) -> float:
    """The restricted log likelihood of `tau2`, but for what does not depend on it."""
    w = 1 / (v + tau2)
    return float(0.5 * np.log(w).sum() - 0.5 * np.log(w.sum()) - 0.5 * _spread(y, w))
