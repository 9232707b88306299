"""Verdicts and corrections of a review -> a gold file with its abstracts, for `structurer evaluate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from structurer.evaluation.gold import Object
from structurer.exports.row_identity import BY_HAND, CORRECTABLE, RowKey, digest, is_missing, judged_text
from structurer.review.missing import MissingResult
from structurer.review.pairing import is_changed_by_hand, pair
from structurer.review.reviewed_table import ReviewedRow, as_text
from structurer.review.settled import UnreadableCorrectionError, cell_of, corrected_cells
from structurer.review.verdicts import Judgement, Verdict, format_corrected
from structurer.schema import TrialReport
from structurer.tables.results import result_rows

_EFFECT = "effect"
EFFECTS, ARM_VALUES = "effects", "arm_values"
# What an arm value has beside the columns of the results.
_SPREADS = ("se", "q1", "q3", "low", "high")
_NUMBERS_OF_KIND = {
    "events": ("events", "n", "percent"),
    "percent": ("percent",),
    "mean": ("value", "unit", "sd", "se"),
    "median": ("value", "unit", "q1", "q3", "low", "high"),
    "rate": ("value", "unit"),
}
_Cells = dict[str, Any]


@dataclass(slots=True)
class ReviewedGold:
    """What a review says of the abstracts that it covers.

    `gold` and `corpus` are objects for JSON Lines, a record each, in the order of the reports. `left_out` tells of each
    record's part that is no gold why not; `rows` counts the entries, `added` those that the program had missed.
    """

    gold: list[Object] = field(default_factory=list)
    corpus: list[Object] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    rows: int = 0
    added: int = 0


def gold_of_review(reports: Iterable[TrialReport], reviewed: Sequence[ReviewedRow]) -> ReviewedGold:
    """The gold that people's verdicts on `reports` make.

    A record's effects (or arm values) are gold where every one of them was judged: correct as it is, corrected, or
    no result at all. A result that a person added counts as missed by the program. A row that is only partly right,
    and not corrected, leaves the truth open: such a part, and one that is not judged to its end, is left out. The
    gold tells which parts it speaks of (`judged`).
    """
    found = ReviewedGold()
    by_record: dict[str, list[ReviewedRow]] = {}
    for row in reviewed:
        by_record.setdefault(_record_of(row), []).append(row)
    for report in reports:
        record_id = report.record.record_id
        # A spreadsheet makes 7 of 007.
        rows = by_record.get(record_id) or by_record.get(record_id.lstrip("0"))
        if rows and report.record.abstract is not None:
            _add(found, report, rows)
    return found


def rows_of_verdicts(
    reports: Iterable[TrialReport], verdicts: Iterable[Verdict], missing: Iterable[MissingResult]
) -> list[ReviewedRow]:
    """Verdicts that are kept in a database as rows of a table that people worked in.

    A verdict on a row that `reports` do not hold, or that was read otherwise when it was judged, is none of theirs.
    """
    said = {verdict.key: verdict for verdict in verdicts}
    rows = []
    for report in reports:
        results = [row._asdict() for row in result_rows(report)]
        for key, cells in zip(_keys(results), results, strict=True):
            verdict, now = said.get(key), digest(cells)
            if verdict is None or verdict.judged not in ("", now):
                continue
            typed = {"verdict": verdict.judgement, "corrected": format_corrected(verdict.corrected) or None}
            rows.append(ReviewedRow(key.text(), {**cells, **typed}, {}, key, now))
    for result in missing:
        cells = {name: text for name, text in result.cells.items() if text}
        place = {"record_id": result.record_id, "kind": result.kind, "quote": result.quote, "rule": BY_HAND}
        rows.append(ReviewedRow(f"added {result.entry}", {**cells, **place}, {}, None, None))
    return rows


def _add(found: ReviewedGold, report: TrialReport, rows: Sequence[ReviewedRow]) -> None:
    record_id = report.record.record_id
    entries: dict[str, list[Object]] = {EFFECTS: [], ARM_VALUES: []}
    against: dict[str, str] = {}
    touched: set[str] = set()
    added = 0
    for kind, row, cells in _paired(report, rows):
        part = EFFECTS if kind == _EFFECT else ARM_VALUES
        if row is not None and not is_missing(row.cells.get("verdict")):
            touched.add(part)
        try:
            truth = _truth(row, cells)
        except UnreadableCorrectionError as reason:
            against.setdefault(part, str(reason))
            continue
        if truth is not None:
            by_hand = truth.get("rule") == BY_HAND
            entries[part].append(_entry(truth))
            added += by_hand
            touched |= {part} if by_hand else set()
    judged = [part for part in entries if part in touched and part not in against]
    found.left_out.extend(f"{record_id}: {part}: {reason}" for part, reason in against.items() if part in touched)
    if judged:
        found.gold.append({"id": record_id, "judged": judged, **{part: entries[part] for part in judged}})
        found.corpus.append(_abstract(report))
        found.rows += sum(len(entries[part]) for part in judged)
        found.added += added


def _paired(report: TrialReport, rows: Sequence[ReviewedRow]) -> Iterator[tuple[str, ReviewedRow | None, _Cells]]:
    """Each result that the program or a person found: its kind, what a person says, and its cells."""
    results = [_cells_of(report, row._asdict()) for row in result_rows(report)]
    keys = _keys(results)
    pairing = pair(rows, keys, results)
    told = {place: row for row, place in pairing.pairs}
    for place, cells in enumerate(results):
        row = told.get(place)
        if row is not None and not _is_same(row, cells):
            # What was judged is what stood in the table, not what is read now.
            yield cells["kind"], row, {**cells, **dict.fromkeys(CORRECTABLE), **row.cells}
        else:
            yield cells["kind"], row, cells
    for row, key in pairing.gone:
        yield key.kind, row, {**row.cells}
    for row in (*pairing.by_hand, *pairing.surplus):
        cells = {**row.cells, "rule": BY_HAND}
        kind = as_text(cells.get("kind") or ("events" if "events" in cells else _EFFECT))
        if any(name in cells for name in CORRECTABLE):
            yield kind, row, {**cells, "kind": kind}


def _keys(results: Sequence[_Cells]) -> list[RowKey]:
    keys: list[RowKey] = []
    for cells in results:
        place = (cells["record_id"], str(cells["kind"]), cells["start"], cells["end"])
        keys.append(RowKey(*place, sum(key[:4] == place for key in keys)))
    return keys


def _cells_of(report: TrialReport, cells: _Cells) -> _Cells:
    """The cells of a row of results, with what an arm value has beside them."""
    if cells["kind"] != _EFFECT:
        numbers = [
            value
            for value in report.arm_values
            if (value.start, value.end, value.kind, value.arm)
            == (cells["start"], cells["end"], cells["kind"], cells["arm"])
        ]
        cells |= {name: getattr(numbers[0], name) for name in _SPREADS} if numbers else {}
    return cells


def _is_same(row: ReviewedRow, cells: _Cells) -> bool:
    if row.digest is not None and not is_changed_by_hand(row):
        return row.digest == digest(cells)
    return all(judged_text(name, row.cells.get(name)) == judged_text(name, cells[name]) for name in CORRECTABLE)


def _truth(row: ReviewedRow | None, cells: _Cells) -> _Cells | None:
    """The cells as they should be; None for what is no result.

    Raises UnreadableCorrectionError, with the reason, where that is not known.
    """
    if row is None:
        raise UnreadableCorrectionError("not every row has a verdict")
    typed = {name: row.cells.get(name) for name in ("verdict", "corrected")}
    by_hand = cells.get("rule") == BY_HAND
    judgement = None if is_missing(typed["verdict"]) else Judgement.read(as_text(typed["verdict"]))
    if judgement is None and not is_missing(typed["verdict"]):
        raise UnreadableCorrectionError(f"the verdict is not one of the list: {as_text(typed['verdict'])}")
    corrected = not is_missing(typed["corrected"]) or is_changed_by_hand(row)
    if judgement is None and not corrected and not by_hand:
        raise UnreadableCorrectionError("not every row has a verdict")
    if judgement is Judgement.NOT_AN_EFFECT:
        return None
    if judgement is Judgement.WRONG and not corrected:
        return None
    if judgement is Judgement.PARTLY and not corrected:
        raise UnreadableCorrectionError("a row that is partly right is not corrected")
    text = None if is_missing(typed["corrected"]) else as_text(typed["corrected"])
    return {**_readable(cells), **corrected_cells({"kind": cells["kind"], "corrected": text})}


def _readable(cells: _Cells) -> _Cells:
    """The cells with numbers as numbers, of a table in which they may be texts."""
    return {
        name: cell_of(name, as_text(cell)) if name in CORRECTABLE and isinstance(cell, str) else cell
        for name, cell in cells.items()
    }


def _entry(cells: _Cells) -> Object:
    """One entry of a gold file."""
    kind = str(cells["kind"])

    def of(name: str) -> Any:
        return _plain(cells.get(name))

    shared = {"quote": of("quote"), "outcome": of("outcome"), "timepoint": of("timepoint")}
    if kind == _EFFECT:
        groups = [of("intervention"), of("comparator")]
        if groups == [None, None]:
            groups = [of("arm"), None]
        return {
            **shared,
            **{name: of(name) for name in ("measure", "estimate", "unit", "ci_level", "ci_low", "ci_high")},
            "p": [of("p_operator"), of("p_value")] if of("p_operator") else None,
            "comparison": groups if any(groups) else None,
        }
    cells = {**cells, "value": cells.get("estimate")}
    return {**shared, "kind": kind, "arm": of("arm"), **{name: of(name) for name in _NUMBERS_OF_KIND.get(kind, ())}}


def _abstract(report: TrialReport) -> Object:
    """The record as a line of a corpus, which reads as the same abstract."""
    record = report.record
    abstract = record.abstract or ""
    fields: Object = {
        "id": record.record_id,
        "pmid": record.pmid,
        "doi": record.doi,
        "title": record.title,
        "journal": record.journal,
        "year": record.year,
        "abstract": abstract,
    }
    if record.sections:
        fields["labels"] = [[part.heading, abstract[part.body : part.end]] for part in record.sections]
    return fields


def _record_of(row: ReviewedRow) -> str:
    return row.key.record_id if row.key else as_text(row.cells.get("record_id", "")).strip()


def _plain(value: Any) -> Any:
    if is_missing(value):
        return None
    if isinstance(value, (float, Decimal)):
        return int(value) if value == int(value) else float(value)
    return value if isinstance(value, int) else str(value)
