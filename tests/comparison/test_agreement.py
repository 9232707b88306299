"""Kappa and per cent, against figures worked out by hand."""

from __future__ import annotations

import pytest

from structurer.comparison.agreement import cohens_kappa, commonest_share, percent_agreement

SAME, OTHER, TURNED = ("HR", "HR"), ("HR", "OR"), ("OR", "HR")


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # Observed 0.7; expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        ([SAME] * 20 + [OTHER] * 5 + [TURNED] * 10 + [("OR", "OR")] * 15, 0.4),
        ([SAME] * 3 + [("OR", "OR")], 1.0),
        # Never the same, both half and half.
        ([OTHER, TURNED], -1.0),
        # 98 of 100 agree, yet both say OR once, of different cells: observed 0.98, expected 0.9802.
        ([SAME] * 98 + [OTHER, TURNED], (0.98 - 0.9802) / (1 - 0.9802)),
        ([SAME] * 5, None),
        ([], None),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    assert cohens_kappa(pairs) == (None if kappa is None else pytest.approx(kappa))


def test_shares() -> None:
    assert percent_agreement(3, 1) == 75.0
    assert percent_agreement(0, 0) is None
    assert commonest_share([SAME, OTHER]) == 75.0
    assert commonest_share([]) is None
