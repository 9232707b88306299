"""A linear chain over the sentences of one abstract: the best sequence of labels, and how sure each label is.

Scores are natural logarithms. Two weights speak for a label: one wherever it stands, one where a stretch of it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

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
        labels = range(len(self.first))
        forward = [[self.first[a] + here[0][a] + begins[0][a] for a in labels]]
        for own, begin in zip(here[1:], begins[1:], strict=True):
            before = forward[-1]
            forward.append(
                [
                    own[b] + _log_sum([before[a] + self.step[a][b] + (begin[b] if a != b else 0.0) for a in labels])
                    for b in labels
                ]
            )
        backward = [list(self.last)]
        for own, begin in zip(reversed(here[1:]), reversed(begins[1:]), strict=True):
            after = backward[-1]
            backward.append(
                [
                    _log_sum([own[b] + after[b] + self.step[a][b] + (begin[b] if a != b else 0.0) for b in labels])
                    for a in labels
                ]
            )
        backward.reverse()
        whole = _log_sum([forward[-1][a] + self.last[a] for a in labels])
        return [
            tuple(exp(min(0.0, ahead + behind - whole)) for ahead, behind in zip(f, b, strict=True))
            for f, b in zip(forward, backward, strict=True)
        ]


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + log(sum([exp(value - top) for value in values]))
