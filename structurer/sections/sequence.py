"""A linear chain over the sentences of one abstract: the best sequence of labels, and how sure each label is.

Scores are natural logarithms. Two weights speak for a label: one wherever it stands, one where a stretch of it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import add, mul

IMPOSSIBLE = -1e6


@dataclass(frozen=True, slots=True)
class Chain:
    """How labels follow each other: `step[a][b]` for b after a, `first[a]` at the head, `last[a]` at the end."""

    step: tuple[tuple[float, ...], ...]
    first: tuple[float, ...]
    last: tuple[float, ...]

    def times(self, factor: float) -> Chain:
        """The chain with every score multiplied: under 1 it is less sure of everything."""
        return Chain(
            tuple(tuple(score * factor for score in row) for row in self.step),
            tuple(score * factor for score in self.first),
            tuple(score * factor for score in self.last),
        )

    def best(self, here: Sequence[Sequence[float]], begins: Sequence[Sequence[float]]) -> list[int]:
        """The most probable labels, one for each sentence.

        `here[i][a]` is the score of label a for sentence i, `begins[i][a]` is added where a stretch of a begins there.
        """
        if not here:
            return []
        labels = range(len(self.first))
        scores = [self.first[a] + here[0][a] + begins[0][a] for a in labels]
        back: list[list[int]] = []
        for own, begin in zip(here[1:], begins[1:], strict=True):
            came: list[int] = []
            new: list[float] = []
            for b in labels:
                origin, value = 0, IMPOSSIBLE * 1e6
                for a in labels:
                    reached = scores[a] + self.step[a][b] + (begin[b] if a != b else 0.0)
                    if reached > value:
                        origin, value = a, reached
                came.append(origin)
                new.append(value + own[b])
            back.append(came)
            scores = new
        ends = [scores[a] + self.last[a] for a in labels]
        path = [ends.index(max(ends))]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def probabilities(
        self, here: Sequence[Sequence[float]], begins: Sequence[Sequence[float]]
    ) -> list[tuple[float, ...]]:
        """The probability of each label for each sentence, all sequences considered."""
        if not here:
            return []
        # Shares instead of logarithms, each row brought back to a sum of 1, so that nothing becomes too small.
        step = [[exp(score) for score in row] for row in self.step]
        stay = [row[a] for a, row in enumerate(step)]
        leave = [[0.0 if a == b else share for b, share in enumerate(row)] for a, row in enumerate(step)]
        reach = list(zip(*leave, strict=True))
        own = [_shares_of(row) for row in here]
        # No sentence of sense comes near the bound; one of thousands of words must not overflow.
        opens = [[exp(min(score, 300.0)) for score in row] for row in begins]
        head = map(mul, map(exp, self.first), map(mul, own[0], opens[0]))
        forward = [_to_one(list(head))]
        for shares, begin in zip(own[1:], opens[1:], strict=True):
            before = forward[-1]
            stays = map(mul, before, stay)
            comes = [sum(map(mul, before, column)) for column in reach]
            forward.append(_to_one([s * (a + c * b) for s, a, c, b in zip(shares, stays, comes, begin, strict=True)]))
        backward = [[exp(score) for score in self.last]]
        for shares, begin in zip(reversed(own[1:]), reversed(opens[1:]), strict=True):
            stays_on = list(map(mul, shares, backward[-1]))
            goes_on = list(map(mul, stays_on, begin))
            left = [sum(map(mul, row, goes_on)) for row in leave]
            backward.append(_to_one(list(map(add, map(mul, stay, stays_on), left))))
        backward.reverse()
        return [tuple(_to_one(list(map(mul, ahead, behind)))) for ahead, behind in zip(forward, backward, strict=True)]


def _shares_of(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    return [exp(score - top) for score in scores]


def _to_one(shares: list[float]) -> list[float]:
    total = sum(shares)
    return [share / total for share in shares] if total else [1 / len(shares)] * len(shares)
