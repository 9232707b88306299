"""Scores, misses, gains and losses as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from structurer.evaluation.coverage import Kept
from structurer.evaluation.scores import Miss


def score_lines(rows: Mapping[str, Mapping[str, float | int]]) -> list[str]:
    """One line a field: its name and its figures.

    >>> score_lines({"p_values": {"f1": 0.5, "gold": 2}})
    ['p_values                  f1 0.5000  gold 2']
    """
    return [
        f"{name:26}"
        + "  ".join(
            f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
        )
        for name, row in rows.items()
    ]


def miss_lines(misses: Iterable[Miss]) -> list[str]:
    """One line a miss: record, field, kind and item, with tabs between."""
    return ["\t".join(" ".join(cell.split()) for cell in miss) for miss in misses]


def change_lines(before: Sequence[Miss], now: Sequence[Miss]) -> list[str]:
    """What was gained (a miss of before that is none now) and lost since an earlier run: counts by field, then each."""
    gained, lost = Counter(before) - Counter(now), Counter(now) - Counter(before)
    fields = dict.fromkeys(miss.field for miss in (*before, *now))
    lines = []
    for name in fields:
        better = sum(count for miss, count in gained.items() if miss.field == name)
        worse = sum(count for miss, count in lost.items() if miss.field == name)
        if better or worse:
            lines.append(f"{name:26}gained {better}  lost {worse}")
    for sign, misses in (("gained", gained), ("lost", lost)):
        lines += [f"{sign}\t{line}" for line in miss_lines(misses.elements())]
    return lines or ["nothing gained, nothing lost"]


def coverage_lines(kept: Iterable[Kept]) -> list[str]:
    """A small table of accuracy at each share kept."""
    lines = ["effects kept   rows  right  accuracy  95% interval   confidence from"]
    for row in kept:
        confidence = "-" if row.confidence is None else f"{row.confidence:.3f}"
        lines.append(
            f"{row.share:12.0%}  {row.rows:5}  {row.right:5}  {row.accuracy:8.4f}  "
            f"{row.low:.4f}-{row.high:.4f}  {confidence}"
        )
    return lines
