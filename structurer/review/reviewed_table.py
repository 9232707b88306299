"""A results table that people worked in, read back from a workbook or a CSV file, whatever they did to its layout."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from structurer.errors import ReaderError
from structurer.exports.files import table_path
from structurer.exports.formula_guard import without_apostrophe
from structurer.exports.row_identity import RowKey
from structurer.readers.delimited_text import delimited_rows
from structurer.readers.opening import Source
from structurer.readers.sheets import read_sheets
from structurer.review.problem_codes import LASTING
from structurer.tables.columns import RESULTS, TABLES, ProblemRow, columns

KEY_COLUMN = "row_key"
_KNOWN = frozenset(column.name for column in columns(RESULTS))
_IDENTITY = frozenset({"record_id", "kind", "start", "end"})
_PROBLEM_COLUMNS = frozenset(column.name for column in columns("problems"))
_REVIEWER = frozenset({"verdict", "corrected", "reviewer", "note"})
# A header may stand below a title and some remarks.
_HEADER_WITHIN = 20
_DELIMITERS = ",;\t|"
# A workbook is a zip file (.xlsx, .ods), or a compound file of old (.xls).
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """One row as it stands in the file, by the names of its columns; empty cells are left out.

    `cells` are those of the results, `own` those of columns that a person added. `key` and `digest` are what the file
    keeps to know the row again; None where they are not there. `place` names sheet and row for a message.
    """

    place: str
    cells: dict[str, Any]
    own: dict[str, Any]
    key: RowKey | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class ReviewedTable:
    """The rows of all sheets that hold results; `own_columns` in their order.

    `elsewhere` names what else people wrote into the file that is no row of the results: sheets and columns.
    `lasting` are problems that hold what people wrote before the last run. `quotes_kept` is False for a file in which
    a spreadsheet may have turned quotes into dates.
    """

    rows: list[ReviewedRow]
    own_columns: list[str]
    elsewhere: list[str] = field(default_factory=list)
    lasting: list[ProblemRow] = field(default_factory=list)
    quotes_kept: bool = True


def read_reviewed(path: str | Path) -> ReviewedTable:
    """Read the results of a workbook (.xlsx, .ods, .xls) or a CSV or TSV file that `extract` wrote and people edited.

    Columns are found by their names, in any order and behind a title; rows may be sorted, hidden, copied or new.
    Raises ReaderError where the file cannot be read, or holds no table of results with a reviewer's columns.
    """
    with Source(path, []) as source:
        data = source.whole()
    is_workbook = data.startswith(_WORKBOOK)
    sheets = read_sheets(data, str(path)) if is_workbook else {"": _delimited_rows(data, path)}
    beside = table_path(path, "problems")
    if not is_workbook and beside.is_file():
        with Source(beside, []) as source:
            sheets["problems"] = _delimited_rows(source.whole(), beside)
    found = ReviewedTable([], [], quotes_kept=is_workbook)
    named = False
    for name, rows in sheets.items():
        header = next((at for at, row in enumerate(rows[:_HEADER_WITHIN]) if _is_results_header(row)), None)
        if header is None:
            found.elsewhere.extend(_strange(name, rows))
            found.lasting.extend(_lasting(rows))
            continue
        named = True
        places = _places(rows[header])
        found.own_columns.extend(own for own in _own_of(places, rows[header + 1 :]) if own not in found.own_columns)
        found.rows.extend(_rows(name, rows, header, places))
        found.elsewhere.extend(
            f"{_place(name, at + 1)}: {text}" for at, row in enumerate(rows[:header]) if (text := _joined(row))
        )
    if not named:
        raise ReaderError(
            "holds no table of results with the columns record_id and verdict: is it a file that extract wrote?",
            file=str(path),
        )
    return found


def as_text(value: Any) -> str:
    """What a person sees in a cell: whole numbers without a decimal point, dates in ISO form."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def _rows(name: str, rows: Sequence[Sequence[Any]], header: int, places: dict[int, str]) -> Iterator[ReviewedRow]:
    for at, row in enumerate(rows[header + 1 :], start=header + 2):
        filled = {places.get(place, f"column {place + 1}"): cell for place, cell in enumerate(row) if not _empty(cell)}
        if not filled:
            continue
        key, digest = _key(filled.pop(KEY_COLUMN, None))
        yield ReviewedRow(
            place=_place(name, at),
            cells={column: cell for column, cell in filled.items() if column in _KNOWN},
            own={column: cell for column, cell in filled.items() if column not in _KNOWN},
            key=key,
            digest=digest,
        )


def _key(cell: Any) -> tuple[RowKey | None, str | None]:
    text, _, digest = str(cell or "").strip().partition(" ")
    try:
        return RowKey.parse(text), digest or None
    except ReaderError:
        return None, None


def _is_results_header(row: Sequence[Any]) -> bool:
    names = {_name(cell) for cell in row}
    return bool(names & _REVIEWER) and (KEY_COLUMN in names or names >= _IDENTITY)


def _is_problems_header(row: Sequence[Any]) -> bool:
    return {_name(cell) for cell in row} >= _PROBLEM_COLUMNS


def _places(header: Sequence[Any]) -> dict[int, str]:
    """The name of each column: ours as we spell it, a person's own as printed, each once."""
    places: dict[int, str] = {}
    for place, cell in enumerate(header):
        printed = as_text(cell).strip()
        name = _name(cell)
        if name not in _KNOWN and name != KEY_COLUMN:
            name = printed
        if not name:
            continue
        number = 2
        # A spreadsheet takes two names that differ in their case for one.
        while name.lower() in {given.lower() for given in places.values()}:
            name, number = f"{printed} ({number})", number + 1
        places[place] = name
    return places


def _own_of(places: dict[int, str], rows: Sequence[Sequence[Any]]) -> list[str]:
    width = max((len(row) for row in rows), default=0)
    unnamed = [
        place
        for place in range(width)
        if place not in places and any(place < len(row) and not _empty(row[place]) for row in rows)
    ]
    named = [name for name in places.values() if name not in _KNOWN and name != KEY_COLUMN]
    return [*named, *(f"column {place + 1}" for place in unnamed)]


def _name(cell: Any) -> str:
    return "_".join(as_text(cell).strip().lower().replace("_", " ").split())


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _place(sheet: str, row: int) -> str:
    return f"sheet {sheet}, row {row}" if sheet else f"row {row}"


def _joined(row: Sequence[Any]) -> str:
    return "; ".join(as_text(cell) for cell in row if not _empty(cell))


def _strange(name: str, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """What a sheet without results holds that we did not write."""
    if not any(_joined(row) for row in rows):
        return
    header = {_name(cell) for cell in rows[0]} if rows else set()
    for table in TABLES:
        ours = {column.name for column in columns(table)}
        if ours <= header:
            added = [as_text(cell) for cell in rows[0] if not _empty(cell) and _name(cell) not in ours]
            yield from (f"sheet {name}: the column {column!r}" for column in added)
            return
    if not as_text(rows[0][0]).startswith("structurer "):
        yield f"sheet {name}"


def _lasting(rows: Sequence[Sequence[Any]]) -> Iterator[ProblemRow]:
    """The problems that hold what people wrote, of a sheet of problems."""
    if not rows or not _is_problems_header(rows[0]):
        return
    places = {_name(cell): place for place, cell in reversed(list(enumerate(rows[0])))}
    for row in rows[1:]:
        cells = {name: row[places[name]] for name in _PROBLEM_COLUMNS if places[name] < len(row)}
        texts = {name: as_text(cell) for name, cell in cells.items() if not _empty(cell)}
        if texts.get("problem") in LASTING:
            numbers = {name: _whole(texts.get(name)) for name in ("record", "line", "start", "end")}
            yield ProblemRow(**{**dict.fromkeys(_PROBLEM_COLUMNS), "message": "", **texts, **numbers})  # type: ignore[arg-type]


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _delimited_rows(data: bytes, path: str | Path) -> list[list[str]]:
    with Source(path, []) as source:
        text = source.text()
    for delimiter in _DELIMITERS:
        try:
            rows = list(delimited_rows(text, delimiter))
        except csv.Error:
            continue
        if any(_is_results_header(row) or _is_problems_header(row) for row in rows[:_HEADER_WITHIN]):
            return [[without_apostrophe(cell) for cell in row] for row in rows]
    return []
