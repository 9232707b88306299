"""Tails and quantiles of the distributions that a meta-analysis of whole degrees of freedom asks for.

For whole degrees of freedom both the chi-squared and Student's distribution are finite sums, exact to the precision of
a float: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5 (chi-squared), 26.7.3 and 26.7.4
(Student's t).
"""

from __future__ import annotations

from math import atan, cos, erfc, exp, pi, sin, sqrt
from statistics import NormalDist

_STEPS = 200


def normal_quantile(level: float) -> float:
    """The z of a two-sided interval at `level` per cent, 0 < level < 100.

    >>> round(normal_quantile(95), 6)
    1.959964
    """
    return NormalDist().inv_cdf(0.5 + level / 200)


def normal_tails(z: float) -> float:
    """The probability of both tails beyond `z` and `-z`.

    >>> round(normal_tails(1.959964), 6)
    0.05
    """
    return erfc(abs(z) / sqrt(2))


def chi_squared_tail(x: float, df: int) -> float:
    """The probability that chi-squared with `df` degrees of freedom is larger than `x`; 1 where df is 0.

    >>> round(chi_squared_tail(3.841459, 1), 6), round(chi_squared_tail(9.487729, 4), 6)
    (0.05, 0.05)
    """
    if df < 1 or x <= 0:
        return 1.0
    half = x / 2
    odd = df % 2
    total = erfc(sqrt(half)) if odd else exp(-half)
    term = exp(-half) * (2 * sqrt(half / pi) if odd else half)
    for j in range(3 if odd else 4, df + 1, 2):
        total += term
        term *= x / j
    return min(1.0, total)


def t_between(t: float, df: int) -> float:
    """The probability that Student's t with `df` degrees of freedom lies between `-t` and `t` (t >= 0).

    >>> round(t_between(12.7062047, 1), 6), round(t_between(2.2281389, 10), 6)
    (0.95, 0.95)
    """
    angle = atan(t / sqrt(df))
    odd = df % 2
    term = cos(angle) if odd else 1.0
    total = 0.0
    for j in range(3 if odd else 2, df + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (j - 1) / j
    inside = sin(angle) * total
    return 2 / pi * (angle + inside) if odd else inside


def t_tails(t: float, df: int) -> float:
    """The probability of both tails of Student's t beyond `t` and `-t`.

    >>> round(t_tails(-2.2281389, 10), 6)
    0.05
    """
    return max(0.0, 1 - t_between(abs(t), df))


def t_quantile(level: float, df: int) -> float:
    """The t of a two-sided interval at `level` per cent with `df` degrees of freedom (at least 1).

    >>> round(t_quantile(95, 1), 6), round(t_quantile(95, 4), 6), round(t_quantile(90, 30), 6)
    (12.706205, 2.776445, 1.697261)
    """
    low, high = 0.0, 1.0
    while t_between(high, df) < level / 100:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if t_between(middle, df) < level / 100:
            low = middle
        else:
            high = middle
    return (low + high) / 2
