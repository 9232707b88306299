"""The chain's answers against those of trying every sequence."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, isclose

from hypothesis import given
from hypothesis import strategies as st

from structurer.sections.sequence import Chain

SCORE = st.integers(-3, 3).map(float)
ROW = st.tuples(SCORE, SCORE)
CHAIN = st.builds(Chain, st.tuples(ROW, ROW), ROW, ROW)
SENTENCES = st.lists(st.tuples(ROW, ROW), min_size=1, max_size=4)


def score(chain: Chain, path: tuple[int, ...], here: list[tuple[float, ...]], begins: list[tuple[float, ...]]) -> float:
    total = chain.first[path[0]] + begins[0][path[0]] + chain.last[path[-1]]
    total += sum(own[label] for own, label in zip(here, path, strict=True))
    for i, (a, b) in enumerate(pairwise(path), 1):
        total += chain.step[a][b] + (begins[i][b] if a != b else 0.0)
    return total


@given(CHAIN, SENTENCES)
def test_best_is_the_best_of_all_sequences(chain: Chain, sentences: list[tuple[tuple[float, ...], ...]]) -> None:
    here, begins = [own for own, _ in sentences], [begin for _, begin in sentences]
    every = [score(chain, path, here, begins) for path in product(range(2), repeat=len(here))]
    assert isclose(score(chain, tuple(chain.best(here, begins)), here, begins), max(every))


@given(CHAIN, SENTENCES)
def test_probabilities_are_shares_of_all_sequences(
    chain: Chain, sentences: list[tuple[tuple[float, ...], ...]]
) -> None:
    here, begins = [own for own, _ in sentences], [begin for _, begin in sentences]
    weights = {path: exp(score(chain, path, here, begins)) for path in product(range(2), repeat=len(here))}
    for i, shares in enumerate(chain.probabilities(here, begins)):
        for label, share in enumerate(shares):
            expected = sum(weight for path, weight in weights.items() if path[i] == label) / sum(weights.values())
            assert isclose(share, expected, rel_tol=1e-6, abs_tol=1e-9)


def test_no_sentences() -> None:
    chain = Chain(((0.0, 0.0), (0.0, 0.0)), (0.0, 0.0), (0.0, 0.0))
    assert (chain.best([], []), chain.probabilities([], [])) == ([], [])
