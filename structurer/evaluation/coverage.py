"""How right the surest effects are: accuracy of whole effect rows at each share kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import ceil, sqrt

from structurer.evaluation.agreement import effect_keys
from structurer.evaluation.gold import Gold, Object

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Kept:
    """The surest `share` of the rows: how many, the lowest confidence among them, how many are right.

    `low` and `high` are the 95% limits (Wilson) of the accuracy.
    """

    share: float
    rows: int
    right: int
    confidence: float | None
    low: float
    high: float

    @property
    def accuracy(self) -> float:
        """The share of the kept rows that is right."""
        return self.right / self.rows

    def as_dict(self) -> dict[str, float | int | None]:
        """The fields and the accuracy, for JSON."""
        return asdict(self) | {"accuracy": self.accuracy}


def coverage(golds: Iterable[Gold], found: Mapping[str, Object], steps: int = 10) -> list[Kept]:
    """Accuracy of the surest 1/steps, 2/steps, ... of all effect rows; nothing where no effect was found.

    A row is right when the gold has one of the same measure, estimate, limits and p-value. Rows without a
    confidence come last.
    """
    rows: list[tuple[float | None, bool]] = []
    for gold in golds:
        if "effects" not in gold.judged:
            continue
        spare = Counter(effect_keys(effect).whole for effect in gold.effects)
        for effect in found.get(gold.record_id, {}).get("effects") or []:
            key = effect_keys(effect).whole
            known = spare[key] > 0
            spare[key] -= known
            rows.append((effect.get("confidence"), known))
    rows.sort(key=lambda row: -1.0 if row[0] is None else row[0], reverse=True)
    kept = []
    for step in range(1, steps + 1) if rows else ():
        size = ceil(len(rows) * step / steps)
        right = sum(is_right for _, is_right in rows[:size])
        low, high = wilson(right, size)
        kept.append(Kept(step / steps, size, right, rows[size - 1][0], low, high))
    return kept


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95% interval of a proportion (Wilson 1927, without continuity correction); `of` is at least 1.

    >>> [round(limit, 3) for limit in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, z2 = right / of, _Z_95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z_95 / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)
