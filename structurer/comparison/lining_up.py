"""Which record of theirs is which of ours, and which row which: by ids first, then by what the rows say.

Rows of one record are paired so that the sum of their likenesses is the largest (`assignment`): a cell that agrees
counts for a pair, one that differs against it, and what tells rows apart (the estimate, the counts, the outcome, the
place in the abstract) counts most. Rows that have nothing in common are no pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from structurer.comparison.assignment import best_pairs
from structurer.comparison.cells import Typed
from structurer.comparison.column_names import CATEGORIES, NUMBERS, TEXTS
from structurer.comparison.likeness import Likeness, numbers_of, of_categories, of_names, of_numbers, shared, words
from structurer.comparison.ours import OurRecord, OurRow
from structurer.comparison.sheet import TheirRow

# How much an agreeing cell says for two rows being the same; a differing one counts AGAINST times that to the contrary.
_WEIGHTS = {
    "estimate": 4.0,
    "events": 4.0,
    "percent": 3.0,
    "outcome": 3.0,
    "arm": 2.5,
    "ci_low": 2.0,
    "ci_high": 2.0,
    "sd": 2.0,
    "timepoint": 1.5,
    "p_value": 1.5,
    "n": 1.0,
    "yi": 1.0,
    "sei": 1.0,
    "measure": 1.0,
    "intervention": 0.7,
    "comparator": 0.7,
    "kind": 0.5,
    "unit": 0.5,
    "section": 0.2,
    "ci_level": 0.2,
    "p_operator": 0.2,
}
_AGAINST = 0.6
# The same words of the abstract at the same place.
_SAME_PLACE, _SAME_QUOTE = 12.0, 6.0
# Without one of these in common two rows are no pair.
_TELLING = frozenset({"estimate", "events", "percent", "ci_low", "ci_high", "outcome", "yi"})
_LIKE_TITLE = 0.85
_YEAR = re.compile(r" ?\(?(?:19|20)\d\d\)?\Z")


class LinedUp(NamedTuple):
    """One record of both tables, with the pairs of rows, and the rows of one only."""

    ours: OurRecord
    theirs: list[TheirRow]
    pairs: list[tuple[OurRow, TheirRow]]
    only_ours: list[OurRow]
    only_theirs: list[TheirRow]


class Alignment(NamedTuple):
    """Records of both, records of ours that they do not have, rows of theirs whose record we do not have."""

    records: list[LinedUp]
    only_ours: list[OurRecord]
    only_theirs: list[TheirRow]


def line_up(ours: Sequence[OurRecord], theirs: Iterable[TheirRow]) -> Alignment:
    """Pair the records, and in each record the rows."""
    finder = _RecordFinder(ours)
    rows: dict[str, list[TheirRow]] = {}
    strangers: list[TheirRow] = []
    for row in theirs:
        key = finder.find(row.keys)
        if key is None:
            strangers.append(row)
        else:
            rows.setdefault(key, []).append(row)
    both = [_pair_rows(record, rows[record.record_id]) for record in ours if record.record_id in rows]
    return Alignment(both, [record for record in ours if record.record_id not in rows], strangers)


class _RecordFinder:
    def __init__(self, records: Sequence[OurRecord]) -> None:
        self._by: dict[str, dict[str, set[str]]] = {"record_id": {}, "pmid": {}, "doi": {}, "registry": {}, "title": {}}
        self._words: list[tuple[str, frozenset[str]]] = []
        for record in records:
            self._add("record_id", _id(record.record_id), record)
            self._add("pmid", _id(record.keys.get("pmid", "")), record)
            self._add("doi", _doi(record.keys.get("doi", "")), record)
            for number in numbers_of(str(record.study.get("registry_ids", ""))):
                self._add("registry", number, record)
            title = _title(record.keys.get("title", ""))
            self._add("title", title, record)
            if title:
                self._words.append((record.record_id, words(title)))
        self._likely: dict[str, str | None] = {}

    def _add(self, name: str, key: str, record: OurRecord) -> None:
        if key:
            self._by[name].setdefault(key, set()).add(record.record_id)

    def find(self, keys: Mapping[str, str]) -> str | None:
        """The id of the one record that `keys` name, the surest key first; None where none or several fit."""
        own = keys.get("record_id", "")
        doi = _doi(keys.get("doi", "")) or _doi(own)
        for name, key in (
            ("record_id", _id(own)),
            ("pmid", _id(keys.get("pmid", ""))),
            ("doi", doi),
            ("pmid", _id(own)),
            ("record_id", _id(keys.get("pmid", ""))),
        ):
            found = self._by[name].get(key, set()) if key else set()
            if len(found) == 1:
                return next(iter(found))
        registered = {
            record
            for number in numbers_of(keys.get("registry_ids", ""))
            for record in self._by["registry"].get(number, ())
        }
        if len(registered) == 1:
            return registered.pop()
        for text in (keys.get("title"), keys.get("study")):
            if text:
                found = self._by["title"].get(_title(text), set())
                if len(found) == 1:
                    return next(iter(found))
                likely = self._like(_title(text))
                if likely:
                    return likely
        return None

    def _like(self, title: str) -> str | None:
        if title not in self._likely:
            wanted = words(title)
            found = [key for key, known in self._words if shared(known, wanted) >= _LIKE_TITLE]
            self._likely[title] = found[0] if len(found) == 1 else None
        return self._likely[title]


def _pair_rows(record: OurRecord, theirs: list[TheirRow]) -> LinedUp:
    with_results = [row for row in theirs if row.has_results]
    scores = [[score(ours, row, record.short_forms) for row in with_results] for ours in record.rows]
    pairs = best_pairs(scores)
    paired_ours, paired_theirs = {row for row, _ in pairs}, {row for _, row in pairs}
    return LinedUp(
        ours=record,
        theirs=theirs,
        pairs=[(record.rows[one], with_results[other]) for one, other in pairs],
        only_ours=[row for place, row in enumerate(record.rows) if place not in paired_ours],
        only_theirs=[row for place, row in enumerate(with_results) if place not in paired_theirs],
    )


def score(ours: OurRow, theirs: TheirRow, short_forms: Mapping[str, str]) -> float:
    """How much two rows of one record look like the same; 0 or less where they do not."""
    total = 0.0
    telling = False
    places = {name: theirs.cells[name].written for name in ("start", "end") if name in theirs.cells}
    if len(places) == 2 and all(ours.places.get(name) == written for name, written in places.items()):
        total, telling = _SAME_PLACE, True
    if "quote" in theirs.cells and words(theirs.cells["quote"].written) == words(ours.places.get("quote", "")):
        total, telling = total + _SAME_QUOTE, True
    for name, weight in _WEIGHTS.items():
        mine, other = ours.cells.get(name), theirs.cells.get(name)
        if mine is None or other is None:
            continue
        likeness = likeness_of(name, mine, other, short_forms)
        if likeness is Likeness.OTHER:
            total -= _AGAINST * weight
        else:
            total += weight if likeness is Likeness.SAME else 0.8 * weight
            telling = telling or name in _TELLING
    return total if telling else 0.0


def likeness_of(name: str, ours: Decimal | str, theirs: Typed, short_forms: Mapping[str, str]) -> Likeness:
    """What the comparison of one cell of column `name` finds."""
    if name in NUMBERS:
        numbers = isinstance(ours, Decimal) and isinstance(theirs.value, Decimal)
        return of_numbers(ours, theirs.value)[0] if numbers else Likeness.OTHER  # type: ignore[arg-type]
    if name in CATEGORIES:
        return of_categories(name, str(ours), str(theirs.value))
    assert name in TEXTS
    return of_names(str(ours), str(theirs.value), short_forms)


def _id(text: str) -> str:
    return re.sub(r"(?i)\A(?:pmid[: ]*)", "", text.strip()).strip().casefold()


def _doi(text: str) -> str:
    match = re.search(r"10\.\d{4,9}/\S{1,300}", text.casefold())
    return match.group().rstrip(".,;)") if match else ""


def _title(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _YEAR.sub("", text.strip()).casefold()))
