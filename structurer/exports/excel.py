"""Frames -> one workbook: a sheet a table, and a sheet that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from structurer.errors import ExportError
from structurer.exports.excel_cells import CellWriter
from structurer.exports.excel_key import write_key
from structurer.exports.replacement import replacing
from structurer.tables.columns import VERDICTS

# Excel's own limits.
MOST_ROWS = 1_048_576
# The name of each table's sheet, where it is not the table's own with a capital.
_SHEETS = {
    "sample_sizes": "Sample sizes",
    "p_values": "P-values",
    "registry_ids": "Registry IDs",
    "arm_values": "Arm values",
}
# Columns wider or narrower than the rest, in characters.
WIDTHS = {
    **dict.fromkeys(("sentence",), 90),
    **dict.fromkeys(("message",), 70),
    **dict.fromkeys(("title", "text"), 60),
    **dict.fromkeys(("quote", "arms", "sections", "url"), 40),
    **dict.fromkeys(("study", "outcome", "note"), 30),
    **dict.fromkeys(("intervention", "comparator", "arm", "registry_ids"), 22),
    **dict.fromkeys(("record_id", "section", "label", "heading", "flags", "corrected"), 16),
}
WIDTH = 11
# The same tables make the same bytes.
CREATED = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def write_excel(frames: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write `frames` (as `to_tables` makes them) to the workbook `path`.

    Each table is a sheet and a named Excel table with filters, under a header that stays in sight. A text is never
    a formula. PMIDs, DOIs and registration numbers are links; the evidence sentence shows its quote in bold; the
    reviewer's columns are open for input. Raises ExportError where the file cannot be written.

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
    urls = _registry_urls(frames)
    for table, frame in frames.items():
        _write_sheet(workbook, table, frame, urls)
    write_key(workbook, frames, {table: sheet_name(table) for table in frames})
    workbook.close()
    with replacing(path) as file:
        # A copy, not a view: collecting a view that a failure left behind brings Python 3.12.1 down.
        file.write_bytes(packed.getvalue())


def sheet_name(table: str) -> str:
    """The name of the sheet that holds `table`.

    >>> sheet_name("results"), sheet_name("p_values")
    ('Results', 'P-values')
    """
    return _SHEETS.get(table, table.capitalize())


def _registry_urls(frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    found = frames.get("registry_ids")
    if found is None:
        return {}
    return {number: url for number, url in zip(found["id"], found["url"], strict=True) if not pd.isna(url)}


def _write_sheet(workbook: Any, table: str, frame: pd.DataFrame, urls: Mapping[str, str]) -> None:
    sheet = workbook.add_worksheet(sheet_name(table))
    cells = CellWriter(workbook, sheet, urls)
    last_row, last_column = max(1, len(frame)), len(frame.columns) - 1
    sheet.freeze_panes(1, 1)
    for place, name in enumerate(frame.columns):
        sheet.set_column(place, place, WIDTHS.get(name, WIDTH))
        cells.write_column(place, name, frame)
        if name == "verdict":
            sheet.data_validation(1, place, last_row, place, {"validate": "list", "source": list(VERDICTS)})
        elif name == "flags":
            warning = workbook.add_format({"bg_color": "#FCE4D6", "font_color": "#9C0006"})
            sheet.conditional_format(1, place, last_row, place, {"type": "no_blanks", "format": warning})
    header = [{"header": name} for name in frame.columns]
    sheet.add_table(0, 0, last_row, last_column, {"name": table, "columns": header, "style": "Table Style Light 1"})
