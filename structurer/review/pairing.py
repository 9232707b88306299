"""Which row of the results each row of a reviewed table is, whatever people did to the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from structurer.exports.row_identity import BY_HAND, JUDGED, RowKey, digest, judged_text
from structurer.review.reviewed_table import ReviewedRow, as_text

_Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Each reviewed row in one of five lists.

    `pairs`: with the place of its row among the results; `again`: a further copy of a row that is paired (with that
    place); `gone`: of rows that are not among the results any more; `by_hand`: of no row of ours;
    `surplus`: rows that lost their key, at the place of a row of ours and unlike it.
    """

    pairs: list[tuple[ReviewedRow, int]] = field(default_factory=list)
    again: list[tuple[ReviewedRow, int]] = field(default_factory=list)
    gone: list[tuple[ReviewedRow, RowKey]] = field(default_factory=list)
    by_hand: list[ReviewedRow] = field(default_factory=list)
    surplus: list[ReviewedRow] = field(default_factory=list)


def pair(rows: Sequence[ReviewedRow], keys: Sequence[RowKey], results: Sequence[Mapping[str, Any]]) -> Pairing:
    """Pair `rows` with `results` (their cells by name), whose keys are `keys`.

    A row that keeps its key is the row of that key; of copies, the one that nobody changed, and a changed one is a
    row by hand. A row that lost its key is known by its record, kind and place, and among rows that are alike in
    these, by the cells that agree.
    """
    found = Pairing()
    place_of = {key: place for place, key in enumerate(keys)}
    at_place: dict[_Place, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        at_place[key[:4]].append(place)
    records = _by_shown_id(keys)
    taken: set[int] = set()
    keyed: dict[RowKey, list[ReviewedRow]] = defaultdict(list)
    unkeyed: dict[_Place, list[ReviewedRow]] = defaultdict(list)
    for row in rows:
        if row.key is not None:
            keyed[row.key].append(row)
            continue
        where = None if row.cells.get("rule") == BY_HAND else _where(row, records)
        if where is None:
            found.by_hand.append(row)
        else:
            unkeyed[where].append(row)
    for key, copies in keyed.items():
        # The sort is stable: among equals, the first in the table is the row itself.
        first, *others = sorted(copies, key=is_changed_by_hand)
        own = place_of.get(key)
        if own is None:
            found.gone.append((first, key))
        else:
            taken.add(own)
            found.pairs.append((first, own))
        for other in others:
            if is_changed_by_hand(other):
                found.by_hand.append(other)
            elif own is None:
                found.gone.append((other, key))
            else:
                found.again.append((other, own))
    for where, alike in unkeyed.items():
        _pair_alike(found, alike, where, [place for place in at_place[where] if place not in taken], results, at_place)
    return found


def is_changed_by_hand(row: ReviewedRow) -> bool:
    """Whether somebody typed over a cell that the program had filled; False where that cannot be told."""
    return row.digest is not None and digest(row.cells) != row.digest


def _pair_alike(
    found: Pairing,
    rows: list[ReviewedRow],
    where: _Place,
    free: list[int],
    results: Sequence[Mapping[str, Any]],
    at_place: Mapping[_Place, list[int]],
) -> None:
    """Pair rows that stand at one place, the pair that agrees in most cells first."""
    ranked = sorted(
        (-_agreement(row.cells, results[place]), at, place) for at, row in enumerate(rows) for place in free
    )
    done: set[int] = set()
    used: set[int] = set()
    for _, at, place in ranked:
        if at not in done and place not in used:
            done.add(at)
            used.add(place)
            found.pairs.append((rows[at], place))
    for at, row in enumerate(rows):
        if at in done:
            continue
        twin = next((place for place in at_place[where] if _agreement(row.cells, results[place]) == len(JUDGED)), None)
        if twin is not None:
            found.again.append((row, twin))
        elif at_place[where]:
            found.surplus.append(row)
        else:
            found.gone.append((row, RowKey(*where)))


def _agreement(cells: Mapping[str, Any], result: Mapping[str, Any]) -> int:
    return sum(judged_text(name, cells.get(name)) == judged_text(name, result[name]) for name in JUDGED)


def _by_shown_id(keys: Iterable[RowKey]) -> dict[str, str]:
    """Each record's id by what a spreadsheet leaves of it: 007 is 7. None where two records would be one."""
    shown: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        shown[_without_zeros(key.record_id)].add(key.record_id)
    return {bare: ids.pop() for bare, ids in shown.items() if len(ids) == 1}


def _without_zeros(record_id: str) -> str:
    return record_id.strip().lstrip("0")


def _where(row: ReviewedRow, records: Mapping[str, str]) -> _Place | None:
    cells = row.cells
    if not {"record_id", "kind", "start", "end"} <= cells.keys():
        return None
    typed = as_text(cells["record_id"])
    try:
        start, end = (int(float(as_text(cells[name]))) for name in ("start", "end"))
    except (ValueError, OverflowError):
        return None
    record_id = typed if typed in records.values() else records.get(_without_zeros(typed), typed)
    return record_id, as_text(cells["kind"]), start, end
