"""Tables in pieces -> one workbook: a full one as long as it fits into memory, else a plain one, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from structurer.errors import ExportError
from structurer.exports.excel import CREATED, KEY_COLUMN, MOST_ROWS, shown, write_excel
from structurer.exports.excel_cells import cell_text, link_of
from structurer.exports.excel_key import write_key
from structurer.exports.excel_look import READ_ME, sheet_name, sheet_order, width_of
from structurer.exports.replacement import replacing
from structurer.tables.columns import RESULTS, VERDICTS

# A workbook with links, bold quotes and named tables is made in memory: some 25 KB for each row of results.
MOST_HELD = 20_000
# A link is held in memory until the end.
MOST_LINKS = 20_000
_LINKED_TABLE, _LINKED_COLUMN = "studies", "pmid"
_OPTIONS = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
NOTE = (
    "This is a plain workbook, because it is large: filters, but no named tables, links on the first "
    f"{MOST_LINKS:,} studies only, and no bold quotes. A sheet that is full goes on in the next of its name."
)
_INPUT = frozenset({"verdict", "corrected", "reviewer", "note"})
# What writes a cell: called with row, column and value.
_Write = Callable[[int, int, Any], None]


def write_workbook(
    batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path, *, made_on: date | None = None
) -> None:
    """Write tables that come in pieces to the workbook `path`, which tells `made_on`.

    Up to 20,000 rows of results it is the workbook of `write_excel`. Beyond, it is written row by row in the memory of
    one piece: the same sheets, values and columns for the reviewer, but neither named tables nor bold quotes, and links
    from the sheet of studies alone. Rows that a sheet has no room for go to another of its name, "Results (2)".
    Raises ExportError where the file cannot be written.
    """
    pieces = iter(batches)
    held: list[Mapping[str, pd.DataFrame]] = []
    rows = 0
    for piece in pieces:
        held.append(piece)
        rows += len(piece.get(RESULTS, ()))
        if rows > MOST_HELD:
            write_plainly(_released(held, pieces), path, made_on=made_on)
            return
    joined = {table: _joined([piece[table] for piece in held]) for table in held[0]}
    write_excel(joined, path, made_on=made_on)


def _joined(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


def _released(
    held: list[Mapping[str, pd.DataFrame]], more: Iterator[Mapping[str, pd.DataFrame]]
) -> Iterator[Mapping[str, pd.DataFrame]]:
    held.reverse()
    while held:
        yield held.pop()
    yield from more


def write_plainly(
    batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path, *, made_on: date | None = None
) -> None:
    """Write the plain workbook, whatever its size. Raises ExportError where the file cannot be written."""
    # The library leaves its files of rows behind where it is stopped.
    with TemporaryDirectory(prefix="structurer-") as folder, replacing(path) as file:
        try:
            workbook = xlsxwriter.Workbook(str(file), {**_OPTIONS, "tmpdir": folder})
            workbook.set_properties({"title": "Trial results", "created": CREATED})
            sheets: dict[str, _Sheets] = {}
            for batch in batches:
                pieces = {table: shown(table, batch) for table in batch}
                # All sheets first, in their order: one that goes on stands behind them.
                for table in sheet_order(batch) if not sheets else ():
                    if table == READ_ME:
                        read_me = workbook.add_worksheet(READ_ME)
                    else:
                        sheets[table] = _Sheets(workbook, table, list(pieces[table].columns))
                for table, frame in pieces.items():
                    sheets[table].append(frame)
            for sheet in sheets.values():
                sheet.finish()
            # In the order of the tables, as in the full workbook.
            counts = {table: range(sheets[table].rows) for table in batch}
            names = {table: sheet_name(table) for table in sheets}
            write_key(workbook, read_me, counts, names, made_on=made_on, notes=[NOTE])
            workbook.close()
        except XlsxWriterException as error:
            raise ExportError(str(error), target=str(path)) from error


class _Sheets:
    """The sheet of one table, and those in which it goes on; `rows` counts the rows of all."""

    def __init__(self, workbook: Any, table: str, columns: list[str]) -> None:
        self.rows = 0
        self._workbook = workbook
        self._table = table
        self._columns = columns
        self._heading = workbook.add_format({"bold": True, "bottom": 1})
        self._derived = workbook.add_format({"num_format": "0.0000"})
        self._input = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF9E5"})
        self._link = workbook.add_format({"font_color": "#0563C1", "underline": 1})
        self._warning = workbook.add_format({"bg_color": "#FCE4D6", "font_color": "#9C0006"})
        self._links = 0
        self._sheets = 0
        self._begin()

    def append(self, frame: pd.DataFrame) -> None:
        """Write the rows of `frame` below those that are there."""
        columns = [
            (place, self._writer(name, frame[name]), frame[name].isna().tolist(), frame[name].tolist())
            for place, name in enumerate(self._columns)
        ]
        for at in range(len(frame)):
            if self._row == MOST_ROWS:
                self.finish()
                self._begin()
            for place, write, missing, values in columns:
                if not missing[at]:
                    write(self._row, place, values[at])
            self._row += 1
            self.rows += 1

    def finish(self) -> None:
        """Set what holds for all rows of the sheet at hand."""
        last = max(1, self._row - 1)
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        for place, name in enumerate(self._columns):
            if name == "verdict":
                choices = {"validate": "list", "source": list(VERDICTS)}
                self._sheet.data_validation(1, place, last, place, choices)
            elif name == "flags":
                look = {"type": "no_blanks", "format": self._warning}
                self._sheet.conditional_format(1, place, last, place, look)

    def _begin(self) -> None:
        self._sheets += 1
        name = sheet_name(self._table)
        self._sheet = self._workbook.add_worksheet(f"{name} ({self._sheets})" if self._sheets > 1 else name)
        self._sheet.freeze_panes(1, 1)
        for place, column in enumerate(self._columns):
            # A column's look, so that an empty cell costs nothing.
            look = self._input if column in _INPUT else None
            hidden = {"hidden": True} if column == KEY_COLUMN else {}
            self._sheet.set_column(place, place, width_of(self._table, column), look, hidden)
            self._sheet.write_string(0, place, column, self._heading)
        self._row = 1

    def _writer(self, name: str, values: pd.Series[Any]) -> _Write:
        if values.dtype != "str":
            look = self._derived if name in ("yi", "sei") else None
            return lambda row, place, number: self._sheet.write_number(row, place, number, look)
        if (self._table, name) == (_LINKED_TABLE, _LINKED_COLUMN):
            return self._write_linked
        look = self._input if name in _INPUT else None
        return lambda row, place, text: self._sheet.write_string(row, place, cell_text(text), look)

    def _write_linked(self, row: int, place: int, text: str) -> None:
        link = link_of(_LINKED_COLUMN, text, {})
        if link and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(row, place, link, self._link, cell_text(text))
        else:
            self._sheet.write_string(row, place, cell_text(text))
