"""The sheet "Read me" of a workbook: what made it and when, how much is in it, what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from datetime import date
from importlib import metadata
from typing import Any

import pandas as pd

from structurer.tables.columns import RESULTS, TABLES, columns

_TYPES = {"str": "text", "Int64": "whole number", "Float64": "number"}
_NOTES = (
    "Each row of Results is one printed value; its quote, start and end say where in the abstract it was read.",
    "An empty cell means that the abstract does not say it (or that it was not found); it is never zero.",
    "The columns with a brown header are for the reviewer: a verdict from the list, what is right, a name and a note.",
    "What is right: the number alone (0.72), with its interval (0.72 (0.60 to 0.86)), or by column (ci_low=0.60; "
    "outcome=death); a name with nothing after its sign (unit=) for a cell that should be empty.",
    "A result that the program missed: a row of your own below the last, with its record_id and what you read.",
    "Some columns of Results are folded away: a click on the + above the sheet shows them.",
    "structurer extract ... -o NEW.xlsx --merge THIS.xlsx makes the tables anew and keeps all that reviewers wrote.",
)
_HEADING, _BODY, _TITLE = "heading", "body", "title"
_Row = tuple[tuple[str | int, ...], str]


def write_key(
    workbook: Any,
    sheet: Any,
    frames: Mapping[str, Sized],
    sheets: Mapping[str, str],
    *,
    made_on: date | None = None,
    notes: Iterable[str] = (),
) -> None:
    """Fill `sheet`; `sheets` names the sheet of each table, `frames` tell how many rows each has."""
    looks = {
        _TITLE: workbook.add_format({"bold": True, "font_size": 14}),
        _HEADING: workbook.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864"}),
        _BODY: workbook.add_format({"text_wrap": True, "valign": "top"}),
    }
    for place, width in enumerate((16, 18, 16, 110)):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    for row, (cells, look) in enumerate(_rows(frames, sheets, made_on, notes)):
        for place, cell in enumerate(cells):
            # A sentence of its own runs on over the cells beside it.
            style = None if len(cells) == 1 and look == _BODY else looks[look]
            if isinstance(cell, int):
                sheet.write_number(row, place, cell, style)
            else:
                sheet.write_string(row, place, cell, style)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _rows(
    frames: Mapping[str, Sized], sheets: Mapping[str, str], made_on: date | None, notes: Iterable[str]
) -> list[_Row]:
    rows: list[_Row] = [((_program(),), _TITLE)]
    rows += [((f"made on {made_on.isoformat()}",), _BODY)] if made_on else []
    rows += [((note,), _BODY) for note in (*_NOTES, *notes)]
    counts = _counts(frames)
    if counts:
        rows += [((), _BODY), (("Count", "", "", "of"), _HEADING)]
        rows += [((count, "", "", meaning), _BODY) for count, meaning in counts]
    rows += [((), _BODY), (("Sheet", "Rows", "", "One row is"), _HEADING)]
    rows += [((sheets[table], len(frame), "", _row_of(table)), _BODY) for table, frame in frames.items()]
    rows += [((), _BODY), (("Sheet", "Column", "Type", "Meaning"), _HEADING)]
    for table, frame in frames.items():
        rows += [
            ((sheets[table], column.name, _TYPES[column.dtype], column.meaning), _BODY) for column in columns(table)
        ]
        if table == RESULTS:
            rows.append(((sheets[table], "row_key", "text", "hidden; by it --merge knows the row again"), _BODY))
        known = {column.name for column in columns(table)}
        rows += [
            ((sheets[table], str(name), "", "a column of the reviewer's own"), _BODY)
            for name in getattr(frame, "columns", ())
            if name not in known
        ]
    return rows


def _counts(frames: Mapping[str, Any]) -> list[tuple[int, str]]:
    """What a person wants to know of the whole; nothing where the tables are not at hand as frames."""
    results, studies = frames.get(RESULTS), frames.get("studies")
    if not isinstance(results, pd.DataFrame) or not isinstance(studies, pd.DataFrame):
        return []
    effects = int((results["kind"] == "effect").sum())
    with_results = int(studies["record_id"].isin(results["record_id"]).sum())
    found = [
        (len(studies), "records"),
        (with_results, "records with results"),
        (effects, "effects"),
        (len(results) - effects, "values of one arm"),
        (int(results["flags"].notna().sum()), "results with a flag"),
    ]
    verdicts = results["verdict"].dropna()
    found.append((len(verdicts), "results with a verdict"))
    found += [(int(count), f"judged {verdict}") for verdict, count in verdicts.value_counts(sort=True).items()]
    return found


def _program() -> str:
    try:
        return f"structurer {metadata.version('structurer')}"
    except metadata.PackageNotFoundError:
        # Run from a source tree that was never installed.
        return "structurer (not installed)"


def _row_of(table: str) -> str:
    return (TABLES[table].__doc__ or "").strip().removesuffix(".")
