"""The sheet "Read me" of a workbook: what made it, how much is in it, what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from importlib import metadata
from typing import Any

from structurer.tables.columns import TABLES, columns

_TYPES = {"str": "text", "Int64": "whole number", "Float64": "number"}
_NOTES = (
    "Each row of Results is one printed value; its quote, start and end say where in the abstract it was read.",
    "An empty cell means that the abstract does not say it (or that it was not found); it is never zero.",
    "The yellow columns are for the reviewer: a verdict from the list, the right value, a name and a note.",
)


def write_key(
    workbook: Any, frames: Mapping[str, Sized], sheets: Mapping[str, str], *, notes: Iterable[str] = ()
) -> None:
    """Add the sheet "Read me"; `sheets` names the sheet of each table, `frames` tell how many rows each has."""
    sheet = workbook.add_worksheet("Read me")
    heading = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((16, 18, 16, 110)):
        sheet.set_column(place, place, width)
    rows: list[tuple[tuple[str | int, ...], Any]] = [((_program(),), heading)]
    rows += [((note,), None) for note in (*_NOTES, *notes)]
    rows += [((), None), (("Sheet", "Rows", "", "One row is"), heading)]
    rows += [((sheets[table], len(frame), "", _row_of(table)), wrapped) for table, frame in frames.items()]
    rows += [((), None), (("Sheet", "Column", "Type", "Meaning"), heading)]
    rows += [
        ((sheets[table], column.name, _TYPES[column.dtype], column.meaning), wrapped)
        for table in frames
        for column in columns(table)
    ]
    for row, (cells, style) in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell, style)
            else:
                sheet.write_string(row, place, cell, style)


def _program() -> str:
    try:
        return f"structurer {metadata.version('structurer')}"
    except metadata.PackageNotFoundError:
        # Run from a source tree that was never installed.
        return "structurer (not installed)"


def _row_of(table: str) -> str:
    return (TABLES[table].__doc__ or "").strip().removesuffix(".")
