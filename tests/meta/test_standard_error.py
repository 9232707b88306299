"""Where a standard error comes from, and where there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log
from typing import Any

import pytest

from structurer.meta.estimates import ErrorSource
from structurer.meta.standard_error import StandardError, standard_error

ROW: dict[str, Any] = {
    "measure": "HR",
    "estimate": 0.8,
    "unit": None,
    "ci_level": 95.0,
    "ci_low": 0.65,
    "ci_high": 0.98,
    "p_operator": None,
    "p_value": None,
    "sentence": "The hazard ratio was 0.80.",
}
NO_INTERVAL = {"ci_low": None, "ci_high": None, "ci_level": None}


@dataclass(frozen=True)
class Case:
    """What differs from ROW, and yi, sei, source, section of the Handbook, unit and notes; or the reason for none."""

    name: str
    cells: dict[str, Any] = field(hash=False)
    expected: tuple[float, float, ErrorSource, str, str | None, tuple[str, ...]] | str


INTERVAL, P = ErrorSource.INTERVAL, ErrorSource.P_VALUE
CASES = [
    Case("a ratio at 95%", {}, (log(0.8), (log(0.98) - log(0.65)) / (2 * 1.959964), INTERVAL, "6.3.2", None, ())),
    Case(
        "a ratio at 90%",
        {"ci_level": 90.0},
        (log(0.8), (log(0.98) - log(0.65)) / (2 * 1.644854), INTERVAL, "6.3.2", None, ()),
    ),
    Case(
        "a difference at 99%",
        {"measure": "MD", "estimate": -2.0, "ci_low": -4.5, "ci_high": 0.5, "ci_level": 99.0, "unit": "mm Hg"},
        (-2.0, 5 / (2 * 2.575829), INTERVAL, "6.3.1", "mm Hg", ()),
    ),
    Case(
        "percentage points by their unit",
        {"measure": "RD", "estimate": -7.8, "ci_low": -13.9, "ci_high": -1.7, "unit": "%"},
        (-0.078, 0.122 / (2 * 1.959964), INTERVAL, "6.3.1", "fraction", ("percentage points divided by 100",)),
    ),
    Case(
        "percentage points by their size",
        {"measure": "RD", "estimate": -0.8, "ci_low": -1.9, "ci_high": 0.3},
        (-0.008, 0.022 / (2 * 1.959964), INTERVAL, "6.3.1", "fraction", ("percentage points divided by 100",)),
    ),
    Case(
        "a risk difference in fractions",
        {"measure": "RD", "estimate": -0.09, "ci_low": -0.16, "ci_high": -0.02},
        (-0.09, 0.14 / (2 * 1.959964), INTERVAL, "6.3.1", "fraction", ()),
    ),
    Case(
        "from an exact p-value",
        {**NO_INTERVAL, "p_operator": "=", "p_value": 0.05},
        (log(0.8), -log(0.8) / 1.959964, P, "6.3.2", None, ("standard error from p = 0.05, taken as two-sided",)),
    ),
    Case("p below a limit", {**NO_INTERVAL, "p_operator": "<", "p_value": 0.001}, "no interval, and no exact p-value"),
    Case("p not significant", {**NO_INTERVAL, "p_operator": "NS"}, "no interval and no p-value"),
    Case("neither", NO_INTERVAL, "no interval and no p-value"),
    Case(
        "p of no effect at all",
        {**NO_INTERVAL, "estimate": 1.0, "p_operator": "=", "p_value": 0.99},
        "no interval, and a p-value from which none can be worked out",
    ),
    Case(
        "p of noninferiority",
        {**NO_INTERVAL, "p_operator": "=", "p_value": 0.03, "sentence": "HR 0.8; p for noninferiority 0.03."},
        "no interval, and a p-value that may not be a two-sided test of no effect",
    ),
    Case("no level", {"ci_level": None}, "the interval has no level"),
    Case("an open interval", {"ci_high": None}, "the interval is open, or has no width"),
    Case(
        "outside its interval", {"estimate": 1.8}, "the estimate is outside its interval, or no number for this measure"
    ),
    Case("a ratio of nought", {"estimate": 0.0}, "the estimate is outside its interval, or no number for this measure"),
    Case("no estimate", {"estimate": None}, "no estimate"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_standard_error(case: Case) -> None:
    found = standard_error(ROW | case.cells)
    if isinstance(case.expected, str):
        assert found == case.expected
        return
    assert isinstance(found, StandardError)
    assert tuple(found)[2:] == case.expected[2:]
    assert (found.yi, found.sei) == pytest.approx(case.expected[:2], rel=1e-6)
