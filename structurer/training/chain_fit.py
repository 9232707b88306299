"""Fit a linear-chain conditional random field to sentences of which some may have more than one label.

The likelihood of an example is that of all label sequences it allows together (a partially labelled field). All
abstracts are computed side by side, padded to the longest, in dense arrays of shape (abstracts, sentences, labels).
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
    iterations: int,
    importance: Array | None = None,
) -> FittedChain:
    """The weights that make the allowed labels most likely, held small by `penalty` (half its sum of squares).

    `rows` has a row for each sentence and a column for each feature, `lengths` the sentences of each abstract,
    `allowed` a column for each label; `importance` counts an abstract more or less than once.
    """
    problem = _Problem(rows, lengths, allowed, penalty, importance)
    start = np.zeros(problem.size)
    result = minimize(
        problem.loss_and_slope, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6}
    )
    weights, step, first, last = problem.split(result.x)
    return FittedChain(weights, step, first, last, float(result.fun))


class _Problem:
    def __init__(
        self,
        rows: csr_matrix,
        lengths: Sequence[int],
        allowed: NDArray[np.bool_],
        penalty: float,
        importance: Array | None,
    ) -> None:
        self.rows = rows
        self.columns = rows.T.tocsr()
        self.penalty = penalty
        self.labels = allowed.shape[1]
        self.features = rows.shape[1]
        self.lanes = 6 * self.labels
        self.size = self.features * self.lanes + self.labels * (self.labels + 2)
        count = np.asarray(lengths)
        self.inside = np.arange(count.max())[None, :] < count[:, None]
        ends = np.cumsum(count)
        self.follows = np.ones(rows.shape[0], bool)
        self.follows[ends - count] = False
        self.forbidden = np.zeros((*self.inside.shape, self.labels))
        self.forbidden[self.inside] = np.where(allowed, 0.0, _FORBIDDEN)
        self.importance = np.ones(len(count)) if importance is None else importance

    def split(self, flat: Array) -> tuple[Array, Array, Array, Array]:
        n, cut = self.labels, self.features * self.lanes
        return (
            flat[:cut].reshape(self.features, self.lanes),
            flat[cut : cut + n * n].reshape(n, n),
            flat[cut + n * n : cut + n * n + n],
            flat[cut + n * n + n :],
        )

    def loss_and_slope(self, flat: Array) -> tuple[float, Array]:
        weights, step, first, last = self.split(flat)
        double = 2 * self.labels
        every = self.rows @ weights
        own = every[:, :double].copy()
        own[1:] += every[:-1, double : 2 * double] * self.follows[1:, None]
        own[:-1] += every[1:, 2 * double :] * self.follows[1:, None]
        scores = np.zeros((*self.inside.shape, double))
        scores[self.inside] = own
        free = self._expect(scores, step, first, last)
        scores[..., : self.labels] += self.forbidden
        bound = self._expect(scores, step, first, last)
        difference = [a - b for a, b in zip(free[1:], bound[1:], strict=True)]
        pull = np.zeros((self.rows.shape[0], self.lanes))
        pull[:, :double] = difference[0][self.inside]
        pull[:-1, double : 2 * double] = pull[1:, :double] * self.follows[1:, None]
        pull[1:, 2 * double :] = pull[:-1, :double] * self.follows[1:, None]
        slope = self.columns @ pull + self.penalty * weights
        loss = free[0] - bound[0] + 0.5 * self.penalty * float((weights * weights).sum())
        return loss, np.concatenate([slope.ravel(), *(part.ravel() for part in difference[1:])])

    def _expect(
        self, scores: Array, step: Array, first: Array, last: Array
    ) -> tuple[float, Array, Array, Array, Array]:
        """The log of the sum over all sequences, and how often each score is counted in it."""
        n = self.labels
        docs, length = self.inside.shape
        change = 1.0 - np.eye(n)
        here, begins = scores[..., :n], scores[..., n:]
        moves = step + begins[:, 1:, None, :] * change + here[:, 1:, None, :]
        forward = np.empty((docs, length, n))
        forward[:, 0] = first + here[:, 0] + begins[:, 0]
        for t in range(1, length):
            reached = _log_sum(forward[:, t - 1, :, None] + moves[:, t - 1], 1)
            forward[:, t] = np.where(self.inside[:, t, None], reached, forward[:, t - 1])
        ended = forward[:, -1] + last
        whole = _log_sum(ended, 1)
        expected = np.zeros_like(scores)
        steps = np.zeros((n, n))
        behind = np.broadcast_to(last, (docs, n))
        share = self.importance[:, None]
        for t in range(length - 1, 0, -1):
            onward = moves[:, t - 1] + behind[:, None, :]
            pairs = np.exp(forward[:, t - 1, :, None] + onward - whole[:, None, None])
            pairs *= (self.inside[:, t] * self.importance)[:, None, None]
            expected[:, t, :n] = pairs.sum(1)
            expected[:, t, n:] = (pairs * change).sum(1)
            steps += pairs.sum(0)
            behind = np.where(self.inside[:, t, None], _log_sum(onward, 2), behind)
        head = np.exp(forward[:, 0] + behind - whole[:, None]) * share
        expected[:, 0, :n] = head
        expected[:, 0, n:] = head
        tail = np.exp(ended - whole[:, None]) * share
        return float((whole * self.importance).sum()), expected, steps, head.sum(0), tail.sum(0)


def _log_sum(values: Array, axis: int) -> Array:
    top = values.max(axis, keepdims=True)
    summed: Array = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return summed
