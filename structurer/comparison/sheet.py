"""A second reader's spreadsheet -> rows with our columns: the sheet and the header are found by the columns' names."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from structurer.comparison.cells import Typed, has_decimal_commas, is_empty, read_numbers, shown
from structurer.comparison.column_names import (
    HEADER_WITHIN,
    JOINT,
    NUMBERS,
    OF_ROW,
    RECORD_KEYS,
    Columns,
    Named,
    compared_in,
    find_columns,
)
from structurer.errors import ReaderError
from structurer.exports.formula_guard import without_apostrophe
from structurer.readers.delimited_text import delimited_rows
from structurer.readers.sheets import read_sheets

READ = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_DELIMITERS = ",;\t|"
_NUMERIC_OF_ROW = frozenset({*NUMBERS, *JOINT})
_NUMERIC = frozenset({*NUMBERS, *JOINT, "n_total"})
_LEVEL = re.compile(r"(\d{2}(?:\.\d)?) ?%")
# A share of one: `0.15` where others write `15%`.
_PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class TheirRow:
    """One row of the sheet: its line (from 1), what names its record, and its cells by our columns.

    `unread` are cells that hold something that is no number where one is expected, as they are written; `compared` our
    columns that its own columns cover. A line with the numbers of both groups makes a row for each group.
    """

    line: int
    keys: Mapping[str, str]
    cells: Mapping[str, Typed]
    unread: Mapping[str, str] = field(default_factory=dict)
    compared: frozenset[str] = frozenset()

    @property
    def has_results(self) -> bool:
        """Whether there is anything in it besides what names the record and its size."""
        return any(name in self.cells or name in self.unread for name in OF_ROW)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that could be compared: its name, columns and rows, and notes on how it was read."""

    name: str
    columns: Columns
    rows: Sequence[TheirRow]
    notes: Sequence[str]


def read_sheet(path: str | Path, mapping: Mapping[str, str] | None = None) -> Sheet:
    """The rows of the table at `path`, a workbook, CSV or TSV; `mapping` names their column for a field of ours.

    Of several sheets the one with the most known columns is read. A row without what names a record belongs to the
    record of the row above it, as in a sheet with merged cells. Raises ReaderError where no sheet can be compared.
    """
    path, mapping = Path(path), mapping or {}
    best: tuple[str, Columns, list[list[Any]]] | None = None
    for name, rows in _tables(path):
        texts = [["" if cell is None else str(cell) for cell in row] for row in rows[:HEADER_WITHIN]]
        columns = find_columns(texts, mapping)
        if columns and (best is None or len(columns.known) > len(best[1].known)):
            best = (name, columns, rows)
    if best is None:
        wanted = ", ".join(f"{ours}={theirs}" for ours, theirs in mapping.items())
        reason = f"no header row has the columns {wanted} and" if wanted else "no header row has"
        raise ReaderError(
            f"{reason} one that names the record (as PMID, DOI, title) and one to compare: name them with "
            "--map pmid=COLUMN",
            file=str(path),
        )
    return _sheet(*best)


def _sheet(name: str, columns: Columns, rows: list[list[Any]]) -> Sheet:
    body = rows[columns.row + 1 :]
    numeric = [column.place for part in columns.parts for column in part if column.field in _NUMERIC]
    commas = has_decimal_commas(row[place] for row in body for place in numeric if place < len(row))
    shares = _holds_shares(body, columns)
    notes = [f"column {column!r} is not compared" for column in columns.unknown]
    if commas:
        notes.append("numbers are read with decimal commas")
    if shares:
        notes.append("percentages are read as shares of one")
    found: list[TheirRow] = []
    keys: Mapping[str, str] = {}
    for line, cells in enumerate(body, columns.row + 2):
        if all(is_empty(cell) for cell in cells):
            continue
        of_line = [_row(line, cells, part, notes, commas=commas, shares=shares) for part in columns.parts]
        keys = of_line[0].keys or keys
        found += [row if row.keys else replace(row, keys=keys) for row in _filled(of_line)]
    return Sheet(name, columns, found, notes)


def _filled(rows: list[TheirRow]) -> list[TheirRow]:
    """Of a line that has columns of each group, the rows that hold a number; else the one row as it is."""
    if len(rows) == 1:
        return rows
    with_numbers = [row for row in rows if any(name in row.cells or name in row.unread for name in _NUMERIC_OF_ROW)]
    return with_numbers or rows[:1]


def _row(
    line: int, cells: Sequence[Any], part: Sequence[Named], notes: list[str], *, commas: bool, shares: bool
) -> TheirRow:
    keys: dict[str, str] = {}
    typed: dict[str, Typed] = {}
    unread: dict[str, str] = {}
    used: dict[str, Named] = {}
    own = {column.field for column in part}
    for column in part:
        cell = cells[column.place] if column.place < len(cells) else None
        if is_empty(cell):
            continue
        if column.field in RECORD_KEYS:
            keys.setdefault(column.field, shown(cell))
            continue
        if column.field == "registry_ids":
            keys[column.field] = shown(cell)
        if column.field in used:
            first = used[column.field].name
            notes.append(f"line {line}: {first!r} and {column.name!r} are both filled: only the first is compared")
            continue
        used[column.field] = column
        if column.field not in _NUMERIC:
            typed[column.field] = Typed(without_apostrophe(shown(cell)), shown(cell))
            continue
        numbers = read_numbers(column.field, cell, decimal_commas=commas)
        if numbers is None:
            unread[column.field] = shown(cell)
            continue
        for name, value in numbers.items():
            # A limit in a column of its own goes before the same limit in a joint cell.
            if name == column.field or (name not in typed and (name not in own or column.field in JOINT)):
                typed[name] = value
        level = _LEVEL.search(column.name)
        if level and {"ci_low", "ci_high"} & numbers.keys():
            typed.setdefault("ci_level", Typed(Decimal(level[1]), _of_heading(level[1], column)))
        if column.measure:
            typed.setdefault("measure", Typed(column.measure, _of_heading(column.measure, column)))
    if shares and _PERCENT in typed and not isinstance(typed[_PERCENT].value, str):
        share = typed[_PERCENT]
        typed[_PERCENT] = Typed(100 * share.value, share.written)
    return TheirRow(line, keys, typed, unread, compared_in(part))


def _of_heading(told: str, column: Named) -> str:
    return f"{told} (in the heading {column.name.strip()!r})"


def _holds_shares(body: Sequence[Sequence[Any]], columns: Columns) -> bool:
    """Whether the column of percentages holds numbers up to one only, as a sheet that shows 0.15 as 15% does."""
    found = [column.place for part in columns.parts for column in part if column.field == _PERCENT]
    cells = [row[place] for row in body for place in found if place < len(row)]
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    return len(numbers) >= 3 and any(numbers) and all(0 <= number <= 1 for number in numbers)


def _tables(path: Path) -> list[tuple[str, list[list[Any]]]]:
    extension = path.suffix.lower()
    if extension not in READ:
        raise ReaderError(f"is no spreadsheet: use {', '.join(READ)}", file=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(path)) from error
    if extension in _WORKBOOKS:
        return list(read_sheets(data, str(path)).items())
    return [(path.name, _delimited(data, path))]


def _delimited(data: bytes, path: Path) -> list[list[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252", "replace")
    best: list[list[Any]] = []
    widest = 0
    for delimiter in _DELIMITERS:
        try:
            rows: list[list[Any]] = list(delimited_rows(text, delimiter))
        except csv.Error:
            continue
        columns = find_columns(rows[:HEADER_WITHIN], {})
        width = len(columns.known) if columns else 0
        if not best or (width, max(map(len, rows[:HEADER_WITHIN]), default=0)) > (
            widest,
            max(map(len, best[:HEADER_WITHIN]), default=0),
        ):
            best, widest = rows, width
    return best
