"""Every cell and row of two tables set side by side: what agrees, what does not, what only one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from structurer.comparison.agreement import ColumnAgreement, cohens_kappa, commonest_share, percent_agreement
from structurer.comparison.cells import Typed
from structurer.comparison.column_names import CATEGORIES, JOINT, NUMBERS, OF_ROW, OF_STUDY
from structurer.comparison.likeness import Likeness, category, of_lists, of_numbers
from structurer.comparison.lining_up import LinedUp, likeness_of, line_up
from structurer.comparison.ours import OurRecord, OurRow
from structurer.comparison.sheet import Sheet, TheirRow

# Kappa is given for these, and for the level of the interval, which has few values too.
_LISTS = frozenset({*CATEGORIES, "ci_level"})


class Found(StrEnum):
    """What the comparison says of one cell or row."""

    DISAGREE = "disagree"
    UNREAD = "unread"
    ONLY_OURS = "only ours"
    ONLY_THEIRS = "only theirs"
    SIMILAR = "similar"
    AGREE = "agree"


class CellFinding(NamedTuple):
    """One cell: ours, theirs as written, and the sentence that ours was read from."""

    found: Found
    record_id: str
    column: str
    ours: str | None
    theirs: str | None
    note: str | None
    our_row: int | None
    their_line: int
    outcome: str | None
    sentence: str | None


class RowFinding(NamedTuple):
    """One row that only one table has: its number in ours or its line in theirs, and what it says."""

    found: Found
    record_id: str | None
    our_row: int | None
    their_line: int | None
    content: str
    reason: str
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that comparing finds; `agreement` is in the order of our columns, `paired` counts the rows of both."""

    cells: Sequence[CellFinding]
    rows: Sequence[RowFinding]
    agreement: Sequence[ColumnAgreement]
    records: int
    paired: int


def compare(ours: Sequence[OurRecord], sheet: Sheet) -> Comparison:
    """Set our records beside the rows of a second reader's sheet."""
    alignment = line_up(ours, sheet.rows)
    columns = sheet.columns.compared
    cells: list[CellFinding] = []
    rows: list[RowFinding] = []
    agreeing: dict[str, list[tuple[str, str]]] = {}
    for record in alignment.records:
        for mine, other in record.pairs:
            for name in OF_ROW:
                if name in other.compared or name in other.cells:
                    cells += _cell(record.ours, mine, other, name, agreeing)
        cells += _of_study(record, columns)
        rows += [_only_ours(record.ours, row, "their file has no such row") for row in record.only_ours]
        rows += [_only_theirs(record.ours.record_id, row, "no such row in ours") for row in record.only_theirs]
    for missing in alignment.only_ours:
        rows += [_only_ours(missing, row, "their file has no row of this record") for row in missing.rows]
    rows += [_only_theirs(None, row, "no record of ours has its id, DOI or title") for row in alignment.only_theirs]
    order = list(Found)
    often = Counter((cell.column, cell.found) for cell in cells)
    seen = {cell.column for cell in cells}
    cells.sort(key=lambda found: order.index(found.found))
    return Comparison(
        cells=cells,
        rows=rows,
        agreement=[_agreement(name, often, agreeing) for name in (*OF_ROW, *OF_STUDY) if name in columns | seen],
        records=len(alignment.records),
        paired=sum(len(record.pairs) for record in alignment.records),
    )


def _cell(
    record: OurRecord, ours: OurRow, theirs: TheirRow, name: str, agreeing: dict[str, list[tuple[str, str]]]
) -> Iterator[CellFinding]:
    mine, other = ours.cells.get(name), theirs.cells.get(name)
    unread = theirs.unread.get(name) or next((text for text in _joint(theirs, name)), None)
    note: str | None = None
    if other is None and unread is not None:
        found, written = Found.UNREAD, unread
        note = "no number can be read in their cell"
    elif mine is None and other is None:
        return
    elif other is None:
        found, written = Found.ONLY_OURS, None
    elif mine is None:
        found, written = Found.ONLY_THEIRS, other.written
    else:
        likeness = likeness_of(name, mine, other, record.short_forms)
        found, written = Found(str(likeness)), other.written
        note = _note(name, ours, theirs, mine, other) if likeness is Likeness.OTHER else None
        if name in _LISTS:
            agreeing.setdefault(name, []).append((category(name, _text(mine)), category(name, str(_plain(other)))))
    yield CellFinding(
        found=found,
        record_id=record.record_id,
        column=name,
        ours=None if mine is None else _text(mine),
        theirs=written,
        note=note or None,
        our_row=ours.number,
        their_line=theirs.line,
        outcome=str(ours.cells["outcome"]) if "outcome" in ours.cells else None,
        sentence=ours.sentence or None,
    )


def _joint(theirs: TheirRow, name: str) -> Iterator[str]:
    """The cell of theirs that would hold `name` with others, where it could not be read."""
    for field, names in JOINT.items():
        if name in names and field in theirs.unread:
            yield theirs.unread[field]


def _note(name: str, ours: OurRow, theirs: TheirRow, mine: Decimal | str, other: Typed) -> str:
    if name not in NUMBERS or not isinstance(mine, Decimal) or not isinstance(other.value, Decimal):
        return ""
    opposite = {"ci_low": "ci_high", "ci_high": "ci_low"}.get(name)
    if opposite and opposite in theirs.cells and opposite in ours.cells:
        values = ours.cells[opposite], theirs.cells[opposite].value
        if all(isinstance(value, Decimal) for value in values) and (
            of_numbers(mine, values[1])[0] is Likeness.SAME and of_numbers(values[0], other.value)[0] is Likeness.SAME  # type: ignore[arg-type]
        ):
            return "the limits are exchanged"
    return of_numbers(mine, other.value)[1]


def _of_study(record: LinedUp, columns: frozenset[str]) -> Iterator[CellFinding]:
    """What is said of the whole study: each of their cells that holds something else than those above it."""
    for name in OF_STUDY:
        if name not in columns:
            continue
        mine = record.ours.study.get(name)
        seen: set[str] = set()
        for row in record.theirs:
            other, unread = row.cells.get(name), row.unread.get(name)
            written = other.written if other else unread
            if written is None or written in seen:
                continue
            seen.add(written)
            yield _study_cell(record.ours, name, mine, other, written, row.line)
        if not seen and mine is not None:
            yield _study_cell(record.ours, name, mine, None, None, record.theirs[0].line)


def _study_cell(
    record: OurRecord, name: str, mine: Decimal | str | None, other: Typed | None, written: str | None, line: int
) -> CellFinding:
    note = None
    if other is None:
        found = Found.ONLY_OURS if written is None else Found.UNREAD
    elif mine is None:
        found = Found.ONLY_THEIRS
    elif isinstance(mine, Decimal) and isinstance(other.value, Decimal):
        likeness, told = of_numbers(mine, other.value)
        found, note = Found(str(likeness)), told or None
    else:
        found = Found(str(of_lists(str(mine), str(other.value))))
    return CellFinding(
        found=found,
        record_id=record.record_id,
        column=name,
        ours=None if mine is None else _text(mine),
        theirs=written,
        note=note,
        our_row=None,
        their_line=line,
        outcome=None,
        sentence=None,
    )


def _agreement(
    name: str, cells: Counter[tuple[str, Found]], agreeing: Mapping[str, Sequence[tuple[str, str]]]
) -> ColumnAgreement:
    often = {found: cells[name, found] for found in Found}
    pairs = agreeing.get(name, ())
    agree = often[Found.AGREE] + often[Found.SIMILAR]
    return ColumnAgreement(
        column=name,
        agree=often[Found.AGREE],
        similar=often[Found.SIMILAR],
        disagree=often[Found.DISAGREE],
        only_ours=often[Found.ONLY_OURS],
        only_theirs=often[Found.ONLY_THEIRS],
        unread=often[Found.UNREAD],
        percent=percent_agreement(agree, often[Found.DISAGREE]),
        kappa=cohens_kappa(pairs) if name in _LISTS else None,
        commonest=commonest_share(pairs) if name in _LISTS else None,
    )


def _only_ours(record: OurRecord, row: OurRow, reason: str) -> RowFinding:
    content = _content({name: _text(value) for name, value in row.cells.items()})
    return RowFinding(Found.ONLY_OURS, record.record_id, row.number, None, content, reason, row.sentence or None)


def _only_theirs(record_id: str | None, row: TheirRow, reason: str) -> RowFinding:
    content = _content({**row.keys, **{name: cell.written for name, cell in row.cells.items()}, **row.unread})
    return RowFinding(Found.ONLY_THEIRS, record_id, None, row.line, content, reason, None)


def _content(cells: Mapping[str, str]) -> str:
    shown = [f"{name} {text}" for name, text in cells.items() if name not in ("section", "start", "end", "yi", "sei")]
    return "; ".join(shown)


def _plain(typed: Typed) -> Decimal | str:
    return typed.value if isinstance(typed.value, str) else _text(typed.value)


def _text(value: Decimal | str) -> str:
    """A number as the table shows it: 95 and not 95.0."""
    if isinstance(value, str):
        return value
    return str(int(value)) if value == value.to_integral_value() and abs(value) < 10**15 else f"{value:f}"
