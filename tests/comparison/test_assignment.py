"""The best pairs are the best of all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from structurer.comparison.assignment import best_pairs

_TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-5, 9).map(float), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def best_sum(scores: list[list[float]]) -> float:
    """The largest sum by trying all ways."""
    height, width = len(scores), len(scores[0])
    if height > width:
        return best_sum([list(column) for column in zip(*scores, strict=True)])
    return max(
        sum(max(scores[row][column], 0.0) for row, column in enumerate(columns))
        for columns in permutations(range(width), height)
    )


@given(_TABLES)
def test_no_way_of_pairing_scores_more(scores: list[list[float]]) -> None:
    pairs = best_pairs(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(scores[row][column] > 0 for row, column in pairs)
    assert sum(scores[row][column] for row, column in pairs) == best_sum(scores)


def test_one_greedy_pair_is_given_up_for_two_good_ones() -> None:
    assert best_pairs([[9.0, 8.0], [8.0, 0.0]]) == [(0, 1), (1, 0)]


def test_equals_stay_in_their_order() -> None:
    assert best_pairs([[1.0, 1.0, 1.0]] * 3) == [(0, 0), (1, 1), (2, 2)]


def test_nothing() -> None:
    assert best_pairs([]) == []
    assert best_pairs([[]]) == []
