"""Fit a linear-chain conditional random field to sentences of which some may have more than one label.

The likelihood of an example is that of all label sequences it allows together (a partially labelled field). All
abstracts are computed side by side, one sentence of each at a time.
Source: Lafferty, McCallum and Pereira 2001; Tsuboi et al. 2008 for partial labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = NDArray[np.float64]
_FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class FittedChain:
    """`weights` has a row for each feature and six blocks of labels: own, before, after, each here and begins."""

    weights: Array
    step: Array
    first: Array
    last: Array
    loss: float


def fit_chain(
    rows: csr_matrix,
    lengths: Sequence[int],
    allowed: NDArray[np.bool_],
    *,
    penalty: float,
    beside: float,
    iterations: int,
    importance: Array | None = None,
) -> FittedChain:
    """The weights that make the allowed labels most likely, held small by `penalty` (half its sum of squares).

    Weights of the sentences beside are held smaller by the factor `beside`.

    `rows` has a row for each sentence and a column for each feature, `lengths` the sentences of each abstract,
    `allowed` a column for each label; `importance` counts an abstract more or less than once.
    """
    problem = _Problem(rows, lengths, allowed, importance, penalty, beside)
    start = np.zeros(problem.size)
    result = minimize(
        problem.loss_and_slope, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6}
    )
    weights, step, first, last = problem.split(result.x)
    return FittedChain(weights, step, first, last, float(result.fun))


class _Problem:
    """The loss and its slope. Sentences are stored place by place: all first sentences, all second ones, and so on.

    The abstracts stand in order of length, so those that have a sentence at place t are always the first `width[t]`.
    """

    def __init__(
        self,
        rows: csr_matrix,
        lengths: Sequence[int],
        allowed: NDArray[np.bool_],
        importance: Array | None,
        penalty: float,
        beside: float,
    ) -> None:
        self.labels = allowed.shape[1]
        self.penalty = np.repeat([penalty, penalty * beside, penalty * beside], 2 * self.labels)
        self.features = rows.shape[1]
        self.lanes = 6 * self.labels
        self.size = self.features * self.lanes + self.labels * (self.labels + 2)
        count = np.asarray(lengths)
        order = np.argsort(-count, kind="stable")
        begins = (np.cumsum(count) - count)[order]
        self.width = [int((count > t).sum()) for t in range(int(count.max()))]
        places = np.concatenate([begins[:width] + t for t, width in enumerate(self.width)])
        self.rows = rows[places]
        self.columns = self.rows.T.tocsr()
        self.forbidden = np.where(allowed[places], 0.0, _FORBIDDEN)
        self.ends = np.cumsum(self.width)
        self.importance = np.ones(len(count)) if importance is None else importance[order]

    def split(self, flat: Array) -> tuple[Array, Array, Array, Array]:
        n, cut = self.labels, self.features * self.lanes
        return (
            flat[:cut].reshape(self.features, self.lanes),
            flat[cut : cut + n * n].reshape(n, n),
            flat[cut + n * n : cut + n * n + n],
            flat[cut + n * n + n :],
        )

    def _place(self, t: int, many: int | None = None) -> slice:
        """The rows of the sentences at place t, of the first `many` abstracts."""
        begin = int(self.ends[t]) - self.width[t]
        return slice(begin, begin + (self.width[t] if many is None else many))

    def loss_and_slope(self, flat: Array) -> tuple[float, Array]:
        weights, step, first, last = self.split(flat)
        double = 2 * self.labels
        every = self.rows @ weights
        scores = every[:, :double].copy()
        for t in range(1, len(self.width)):
            here, before = self._place(t), self._place(t - 1, self.width[t])
            scores[here] += every[before, double : 2 * double]
            scores[before] += every[here, 2 * double :]
        free = self._expect(scores, step, first, last)
        scores[:, : self.labels] += self.forbidden
        bound = self._expect(scores, step, first, last)
        difference = [a - b for a, b in zip(free[1:], bound[1:], strict=True)]
        pull = np.zeros((self.rows.shape[0], self.lanes))
        pull[:, :double] = difference[0]
        for t in range(1, len(self.width)):
            here, before = self._place(t), self._place(t - 1, self.width[t])
            pull[before, double : 2 * double] = difference[0][here]
            pull[here, 2 * double :] = difference[0][before]
        slope = self.columns @ pull + self.penalty * weights
        loss = free[0] - bound[0] + 0.5 * float((self.penalty * weights * weights).sum())
        return loss, np.concatenate([slope.ravel(), *(part.ravel() for part in difference[1:])])

    def _expect(
        self, scores: Array, step: Array, first: Array, last: Array
    ) -> tuple[float, Array, Array, Array, Array]:
        """The log of the sum over all sequences, and how often each score is counted in it."""
        n = self.labels
        change = 1.0 - np.eye(n)
        forward = np.empty((scores.shape[0], n))
        head = self._place(0)
        forward[head] = first + scores[head, :n] + scores[head, n:]
        moves: list[Array] = [np.empty(0)]
        for t in range(1, len(self.width)):
            here, before = self._place(t), self._place(t - 1, self.width[t])
            moves.append(step + scores[here, None, n:] * change + scores[here, None, :n])
            forward[here] = _log_sum(forward[before, :, None] + moves[t], 1)
        whole = np.empty(self.width[0])
        steps = np.zeros((n, n))
        tail = np.zeros(n)
        expected = np.zeros_like(scores)
        behind = np.empty((0, n))
        for t in range(len(self.width) - 1, -1, -1):
            here = self._place(t)
            # Those whose last sentence this is join the abstracts that go on.
            ending = slice(len(behind), self.width[t])
            ended = forward[here][ending] + last
            whole[ending] = _log_sum(ended, 1)
            tail += (np.exp(ended - whole[ending, None]) * self.importance[ending, None]).sum(0)
            behind = np.concatenate([behind, np.broadcast_to(last, ended.shape)])
            if t == 0:
                break
            before = self._place(t - 1, self.width[t])
            onward = moves[t] + behind[:, None, :]
            pairs = np.exp(forward[before, :, None] + onward - whole[: self.width[t], None, None])
            pairs *= self.importance[: self.width[t], None, None]
            expected[here, :n] = pairs.sum(1)
            expected[here, n:] = (pairs * change).sum(1)
            steps += pairs.sum(0)
            behind = _log_sum(onward, 2)
        begun = np.exp(forward[head] + behind - whole[:, None]) * self.importance[:, None]
        expected[head, :n] = begun
        expected[head, n:] = begun
        return float((whole * self.importance).sum()), expected, steps, begun.sum(0), tail


def _log_sum(values: Array, axis: int) -> Array:
    top = values.max(axis, keepdims=True)
    summed: Array = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return summed
