"""How often two readers agree: per cent in every column, and Cohen's kappa where the column is a closed list.

Percent agreement is the share of cells that agree among those that both readers filled. Kappa (Cohen, Educ Psychol Meas
1960;20:37) sets that against the agreement that two readers would reach by chance with the categories that each of
them uses: (observed - expected) / (1 - expected), expected being the sum over categories of the product of the two
readers' shares. For numbers and free words it says nothing, since two readers hardly agree on 0.72 by chance, so it is
given for categories only. With one category taken up by nearly all cells kappa is low however well readers agree
(Feinstein and Cicchetti, J Clin Epidemiol 1990;43:543): `commonest` is that category's share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnAgreement:
    """The cells of one column in rows of both readers, by what the comparison found.

    `percent` and `commonest` (the share of the commonest category among both readers' cells) are in per cent; `percent`
    is None where no cell is filled by both. `kappa` is None for a column that is no closed list, and where chance alone
    would make readers agree (one category only).
    """

    column: str
    agree: int
    similar: int
    disagree: int
    only_ours: int
    only_theirs: int
    unread: int
    percent: float | None
    kappa: float | None = None
    commonest: float | None = None


def percent_agreement(agree: int, disagree: int) -> float | None:
    """The share of agreeing cells in per cent; None without any cell.

    >>> percent_agreement(9, 1), percent_agreement(0, 0)
    (90.0, None)
    """
    return 100 * agree / (agree + disagree) if agree + disagree else None


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of the categories that two readers gave the same items; None where chance alone would agree.

    >>> round(cohens_kappa([("HR", "HR")] * 20 + [("HR", "OR")] * 5 + [("OR", "HR")] * 10 + [("OR", "OR")] * 15), 4)
    0.4
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[name] * second[name] for name in first) / total**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def commonest_share(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The share, in per cent, of the commonest category among the cells of both readers.

    >>> commonest_share([("HR", "HR"), ("HR", "OR")])
    75.0
    """
    cells = Counter(name for pair in pairs for name in pair)
    return 100 * cells.most_common(1)[0][1] / cells.total() if cells else None
