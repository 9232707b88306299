"""Accuracy of the surest effects."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.evaluation.coverage import Kept, coverage, wilson
from structurer.evaluation.gold import read_gold, read_predictions


def test_the_surest_come_first_and_rows_without_confidence_last(files: Any) -> None:
    kept = coverage(read_gold(files.gold), read_predictions(files.predictions), steps=4)
    assert [(row.share, row.rows, row.right, row.confidence) for row in kept] == [
        (0.25, 1, 1, 0.9),
        (0.5, 2, 2, 0.8),
        (0.75, 3, 2, 0.4),
        (1.0, 4, 2, None),
    ]
    assert kept[2] == Kept(0.75, 3, 2, 0.4, *wilson(2, 3))
    assert kept[2].as_dict()["accuracy"] == pytest.approx(2 / 3)


def test_nothing_found_has_no_coverage(files: Any) -> None:
    assert coverage(read_gold(files.gold), {}) == []


# 81 of 263: the worked example of Newcombe 1998, method 3.
def test_wilson_as_published() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of))
    low, high = wilson(right, of)
    assert 0 <= low <= right / of + 1e-12
    assert right / of - 1e-12 <= high <= 1
