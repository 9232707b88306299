"""The best way to pair the rows of two tables: those pairs whose scores sum up to the most.

Kuhn's Hungarian method with potentials (Kuhn, Nav Res Logist Q 1955;2:83; the shortest augmenting paths of Jonker and
Volgenant, Computing 1987;38:325), in time n squared times m.
"""

from __future__ import annotations

from collections.abc import Sequence

_FAR = float("inf")


def best_pairs(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) with the largest sum of scores; a pair that scores nothing or less is none.

    `scores` has one row for each item of one side, all of one length. Equal sums go to the earlier rows and columns.

    >>> best_pairs([[5.0, 4.0], [4.5, 0.0]])
    [(0, 1), (1, 0)]
    >>> best_pairs([[1.0, -2.0], [3.0, -1.0]])
    [(1, 0)]
    """
    if not scores or not scores[0]:
        return []
    if len(scores) > len(scores[0]):
        turned = [list(column) for column in zip(*scores, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned))
    costs = [[-max(score, 0.0) for score in row] for row in scores]
    column_of = _assign(costs)
    return [(row, column) for row, column in enumerate(column_of) if scores[row][column] > 0]


def _assign(costs: list[list[float]]) -> list[int]:
    """The column of each row, at the least total cost; there are at least as many columns as rows."""
    height, width = len(costs), len(costs[0])
    of_row, of_column = [0.0] * (height + 1), [0.0] * (width + 1)
    # Which row, counted from 1, has each column, counted from 1; 0 is none.
    holder = [0] * (width + 1)
    for row in range(1, height + 1):
        holder[0] = row
        column = 0
        least, before, seen = [_FAR] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while holder[column]:
            seen[column] = True
            held = holder[column]
            step, following = _FAR, 0
            for other in range(1, width + 1):
                if seen[other]:
                    continue
                reduced = costs[held - 1][other - 1] - of_row[held] - of_column[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(width + 1):
                if seen[other]:
                    of_row[holder[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            holder[column] = holder[before[column]]
            column = before[column]
    found = [0] * height
    for column in range(1, width + 1):
        if holder[column]:
            found[holder[column] - 1] = column - 1
    return found
