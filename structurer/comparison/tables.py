"""What a comparison found -> tables, and those -> a workbook or CSV files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from structurer.comparison.agreement import ColumnAgreement
from structurer.comparison.findings import CellFinding, Comparison, Found, RowFinding
from structurer.comparison.sheet import Sheet
from structurer.errors import ExportError

if TYPE_CHECKING:
    import pandas as pd

WRITTEN = (".xlsx", ".csv", ".tsv")
_WIDTHS = {
    "sentence": 90,
    "content": 70,
    "reason": 40,
    "note": 40,
    "outcome": 30,
    "ours": 22,
    "theirs": 22,
    "their column": 40,
}
_COLOURS = {
    Found.DISAGREE: "#FCE4D6",
    Found.UNREAD: "#FFF2CC",
    Found.ONLY_OURS: "#DDEBF7",
    Found.ONLY_THEIRS: "#E2EFDA",
}


def comparison_frames(comparison: Comparison, sheet: Sheet) -> dict[str, pd.DataFrame]:
    """The tables `cells` (what differs first), `rows` (those of one only), `agreement` and `columns`, by name."""
    import pandas as pd

    known: list[tuple[str | None, str, str | None]] = []
    known += [(column.field, column.name, column.measure) for column in sheet.columns.known]
    known += [(None, name, None) for name in sheet.columns.unknown]
    return {
        "cells": _frame(comparison.cells, CellFinding._fields),
        "rows": _frame(comparison.rows, RowFinding._fields),
        "agreement": _frame(
            [astuple(column) for column in comparison.agreement], [field.name for field in fields(ColumnAgreement)]
        ),
        "columns": pd.DataFrame(known, columns=["our column", "their column", "measure"], dtype=object),
    }


def write_comparison(frames: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write `frames` to a workbook (.xlsx), or the cells to `path` (.csv, .tsv) and the others beside it.

    Raises ExportError for another extension, and where the file cannot be written.
    """
    extension = Path(path).suffix.lower()
    if extension == ".xlsx":
        _write_workbook(frames, path)
    elif extension in (".csv", ".tsv"):
        from structurer.exports.delimited import write_delimited
        from structurer.tables.columns import RESULTS

        # The main table of a set of files is the one that has their name.
        main = {RESULTS if name == "cells" else name: _typed(frame) for name, frame in frames.items()}
        write_delimited([main], path, delimiter="\t" if extension == ".tsv" else ",")
    else:
        raise ExportError(f"no format has the extension {extension!r}; use {', '.join(WRITTEN)}", target=str(path))


def _write_workbook(frames: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    import pandas as pd
    import xlsxwriter

    from structurer.exports.excel_cells import cell_text
    from structurer.exports.replacement import replacing

    packed = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(packed, options)
    for name, frame in frames.items():
        sheet = workbook.add_worksheet(name.capitalize())
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(frame.columns):
            sheet.set_column(place, place, _WIDTHS.get(column, 13))
            for row, cell in enumerate(frame[column].tolist(), 1):
                if isinstance(cell, str):
                    sheet.write_string(row, place, cell_text(cell))
                elif not pd.isna(cell):
                    sheet.write_number(row, place, cell)
        last = max(1, len(frame))
        header = [{"header": str(column)} for column in frame.columns]
        style = {"name": f"compared_{name}", "columns": header, "style": "Table Style Light 1"}
        sheet.add_table(0, 0, last, len(frame.columns) - 1, style)
        if "found" in frame:
            place = list(frame.columns).index("found")
            for found, colour in _COLOURS.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{found}"'}
                sheet.conditional_format(
                    1, place, last, place, {**rule, "format": workbook.add_format({"bg_color": colour})}
                )
    workbook.close()
    with replacing(path) as file:
        file.write_bytes(packed.getvalue())


def _frame(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    plain = [[str(cell) if isinstance(cell, Found) else cell for cell in row] for row in rows]
    return pd.DataFrame(plain, columns=list(names), dtype=object)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with text columns as text, which a writer keeps from being a formula."""
    typed = frame.copy()
    for name in typed:
        if any(isinstance(cell, str) for cell in typed[name]):
            typed[name] = typed[name].astype("str")
    return typed


def summary_lines(comparison: Comparison) -> list[str]:
    """The figures of a comparison as lines of a table for the terminal."""
    count = {found: sum(1 for cell in comparison.cells if cell.found is found) for found in Found}
    only = {found: sum(1 for row in comparison.rows if row.found is found) for found in Found}
    lines = [
        f"{comparison.records} records and {comparison.paired} rows in both; "
        f"{only[Found.ONLY_OURS]} rows only in ours, {only[Found.ONLY_THEIRS]} only in theirs",
        "cells: " + ", ".join(f"{often} {found}" for found, often in count.items() if often),
        "",
        f"{'column':<14}{'both':>6}{'agree':>7}{'differ':>8}{'%':>7}{'kappa':>8}{'commonest':>11}"
        f"{'only ours':>11}{'only theirs':>13}{'unread':>8}",
    ]
    for column in comparison.agreement:
        agree = column.agree + column.similar
        lines.append(
            f"{column.column:<14}{agree + column.disagree:>6}{agree:>7}{column.disagree:>8}"
            f"{_shown(column.percent, 1):>7}{_shown(column.kappa, 2):>8}{_shown(column.commonest, 0, '%'):>11}"
            f"{column.only_ours:>11}{column.only_theirs:>13}{column.unread:>8}"
        )
    return lines


def _shown(number: float | None, digits: int, sign: str = "") -> str:
    return "-" if number is None else f"{number:.{digits}f}{sign}"
