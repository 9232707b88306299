"""Frames -> one workbook: a sheet a table, and a sheet that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from structurer.errors import ExportError
from structurer.exports.excel_cells import CellWriter
from structurer.exports.excel_key import write_key
from structurer.exports.excel_look import (
    FOLDED,
    REVIEWER,
    WRAPPED,
    Look,
    columns_in_sight,
    row_height,
    sheet_name,
    sheet_order,
    width_of,
)
from structurer.exports.flag_words import flag_words
from structurer.exports.replacement import replacing
from structurer.exports.row_identity import JUDGED, key_cells
from structurer.exports.visible import visible
from structurer.tables.columns import RESULTS, VERDICTS, columns

# Excel's own limits.
MOST_ROWS = 1_048_576
LONGEST_TITLE = 255
# Rows below the last in which a person may add results, with the list of verdicts at hand.
_ROOM_BELOW = 500
# The last column of the results, hidden: by it `--merge` knows a row again.
KEY_COLUMN = "row_key"
# The same tables make the same bytes.
CREATED = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_VALIDATED = {
    "validate": "list",
    "source": list(VERDICTS),
    "error_type": "warning",
    "error_title": "Not one of the verdicts",
    "error_message": "The verdicts are: " + ", ".join(VERDICTS) + ".",
}
_HINT = {
    "validate": "any",
    "input_title": "What is right",
    "input_message": "The number alone, as 0.72, or 0.72 (0.60 to 0.86), or by column: ci_low=0.60; outcome=death",
}


def write_excel(frames: Mapping[str, pd.DataFrame], path: str | Path, *, made_on: date | None = None) -> None:
    """Write `frames` (as `to_tables` makes them) to the workbook `path`.

    Each table is a sheet and a named Excel table with filters, under a header that stays in sight. A text is never
    a formula; a number shows the decimals that it was printed with. PMIDs, DOIs and registration numbers are links;
    the evidence sentence shows its quote in bold; flags are in words; the reviewer's columns are open for input.
    The sheet "Read me" tells `made_on`; the same frames and date make the same bytes. Raises ExportError where the
    file cannot be written.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from structurer import Record, TrialReport, to_tables, write_excel
    >>> frames = to_tables([TrialReport(record=Record(record_id="1", abstract=None))])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_excel(frames, Path(folder) / "trials.xlsx")
    ...     [file.name for file in Path(folder).iterdir()]
    ['trials.xlsx']
    """
    for table, frame in frames.items():
        if len(frame) >= MOST_ROWS:
            raise ExportError(f"{len(frame)} rows of {table} are more than a sheet holds", target=str(path))
    # Packed in memory: the zip writer does not take a full disk quietly.
    packed = BytesIO()
    workbook = xlsxwriter.Workbook(packed, _OPTIONS)
    workbook.set_properties({"title": "Trial results", "created": CREATED})
    workbook.set_size(2400, 1500)
    look, urls = Look(workbook), _registry_urls(frames)
    for name in sheet_order(frames):
        sheet = workbook.add_worksheet(sheet_name(name) if name in frames else name)
        if name in frames:
            _write_sheet(look, sheet, name, shown(name, frames), urls)
        else:
            write_key(workbook, sheet, frames, {table: sheet_name(table) for table in frames}, made_on=made_on)
    workbook.close()
    with replacing(path) as file:
        # A copy, not a view: collecting a view that a failure left behind brings Python 3.12.1 down.
        file.write_bytes(packed.getvalue())


def _registry_urls(frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    found = frames.get("registry_ids")
    if found is None:
        return {}
    return {number: url for number, url in zip(found["id"], found["url"], strict=True) if not pd.isna(url)}


def shown(table: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The frame as its sheet shows it: the results have their flags in words, and a key to know each row by."""
    frame = frames[table]
    if table != RESULTS or not {"flags", "rule", *JUDGED, "record_id", "kind", "start", "end"} <= set(frame.columns):
        return frame
    words, keys = flag_words(frames), key_cells(frame)
    return frame.assign(flags=pd.array(words, dtype="str"), **{KEY_COLUMN: pd.array(keys, dtype="str")})


def _write_sheet(look: Look, sheet: Any, table: str, frame: pd.DataFrame, urls: Mapping[str, str]) -> None:
    names = [str(name) for name in frame.columns]
    known = {column.name for column in columns(table)} | {KEY_COLUMN}
    cells = CellWriter(look, sheet, urls, frame)
    last_row, last_column = max(1, len(frame)), len(names) - 1
    last_open = min(last_row + _ROOM_BELOW, MOST_ROWS - 1)
    sheet.freeze_panes(1, columns_in_sight(table, names))
    # Record ids and PMIDs are texts on purpose.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last_column)}{last_row + 1}"})
    folding = False
    for place, name in enumerate(names):
        folded = table == RESULTS and name in FOLDED
        options = {"level": 1, "hidden": True} if folded else {"collapsed": True} if folding else {}
        folding = folded
        if name == KEY_COLUMN:
            options = {"hidden": True}
        sheet.set_column(place, place, width_of(table, name), None, options)
        if name in known:
            cells.write_column(place, name)
        else:
            cells.write_own_column(place, name)
        if name == "verdict":
            sheet.data_validation(1, place, last_open, place, _VALIDATED)
            look.mark_verdicts(sheet, last_open, place)
        elif name == "corrected" and table == RESULTS:
            sheet.data_validation(1, place, last_open, place, _HINT)
        elif name in ("flags", "error"):
            look.mark_flags(sheet, last_row, place)
    header = [
        {"header": title, "header_format": look.headers[_whose(table, name, known)]}
        for name, title in zip(names, _titles(names), strict=True)
    ]
    sheet.add_table(0, 0, last_row, last_column, {"name": table, "columns": header, "style": None})
    sheet.set_row(0, 30)
    wrapped = [(name, frame[name].tolist()) for name in names if name in WRAPPED]
    for row in range(len(frame)):
        sheet.set_row(row + 1, row_height(table, ((name, texts[row]) for name, texts in wrapped)))
    if names[0] == "record_id":
        look.mark_records(sheet, last_row, last_column)
    _set_page(sheet)


def _titles(names: list[str]) -> list[str]:
    """The names as the header of a table holds them: no longer than 255 characters, no two alike but for their case.

    >>> _titles(["note", "Note", "note (2)"])
    ['note', 'Note (2)', 'note (2) (2)']
    """
    titles: list[str] = []
    taken: set[str] = set()
    for name in names:
        title, number = visible(name)[:LONGEST_TITLE], 2
        while title.lower() in taken:
            title, number = f"{visible(name)[: LONGEST_TITLE - 9]} ({number})", number + 1
        taken.add(title.lower())
        titles.append(title)
    return titles


def _whose(table: str, name: str, known: set[str]) -> str:
    if name not in known:
        return "own"
    return "reviewer" if table == RESULTS and name in REVIEWER else "ours"


def _set_page(sheet: Any) -> None:
    sheet.set_landscape()
    # A3: a row of results is wide.
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.set_zoom(85)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
