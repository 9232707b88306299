"""Time points in days."""

from __future__ import annotations

import pytest

from structurer.meta.follow_up import days_of

CASES = [
    ("24 months", 730.5),
    ("at twelve months", 365.25),
    ("week 24", 168.0),
    ("a 2.5-year follow-up", 913.125),
    ("6 and 12 months", 365.25),
    ("within 48 h", 2.0),
    ("day 30 and day 90", 90.0),
    ("after one year", 365.25),
    ("90 d", 90.0),
    ("end of treatment", None),
    ("12 mg", None),
    ("month", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "days"), CASES)
def test_days_of(words: str, days: float | None) -> None:
    assert days_of(words) == (None if days is None else pytest.approx(days))
