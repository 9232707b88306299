"""What was written -> the tables again, and the reports where the format holds them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from structurer.errors import ReaderError
from structurer.exports.files import table_path
from structurer.exports.formula_guard import without_apostrophe
from structurer.readers.delimited_text import delimited_rows
from structurer.readers.sheets import read_sheets
from structurer.tables.columns import RESULTS, TABLES, Column, columns

if TYPE_CHECKING:
    import pandas as pd

    from structurer.schema import TrialReport

LINES = (".jsonl", ".ndjson")
READ_BACK = (*LINES, ".xlsx", ".csv", ".tsv", ".parquet")
_Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Output:
    """An earlier output: every table by name (without rows where the file does not hold it), its reports, problems.

    `reports` is None for a format that holds tables only; `problems` are cells that are not of their column's type,
    read as empty.
    """

    frames: Mapping[str, pd.DataFrame]
    reports: Sequence[TrialReport] | None = None
    problems: Sequence[ReaderError] = field(default=())


def read_output(path: str | Path) -> Output:
    """Read what `structurer extract` wrote to `path`: .jsonl, .xlsx, .csv or .tsv (with those beside it), .parquet.

    Raises ReaderError for another extension, and for a file that cannot be opened or holds no results.
    """
    path = Path(path)
    extension = path.suffix.lower()
    if extension in LINES:
        from structurer.exports.report_lines import read_reports
        from structurer.tables.frames import to_tables

        reports = list(read_reports(path))
        return Output(to_tables(reports), reports)
    if extension not in READ_BACK:
        raise ReaderError(f"cannot be read back: use {', '.join(READ_BACK)}", file=str(path))
    problems: list[ReaderError] = []
    try:
        if extension == ".parquet":
            found = {table: _parquet_rows(table_path(path, table)) for table in TABLES}
        elif extension == ".xlsx":
            found = _workbook_rows(path)
        else:
            found = {table: _delimited_rows(table_path(path, table), extension) for table in TABLES}
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(path)) from error
    if found.get(RESULTS) is None:
        raise ReaderError("holds no table of results", file=str(path))
    frames = {table: _frame(table, found.get(table) or [], str(path), problems) for table in TABLES}
    return Output(frames, None, problems)


def _workbook_rows(path: Path) -> dict[str, _Rows | None]:
    from structurer.exports.excel_look import sheet_name

    sheets = read_sheets(path.read_bytes(), str(path))
    found: dict[str, _Rows | None] = {}
    for table in TABLES:
        name = sheet_name(table)
        found[table] = _rows(sheets[name]) if name in sheets else None
    return found


def _delimited_rows(path: Path, extension: str) -> _Rows | None:
    if not path.exists():
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _rows(delimited_rows(text, "\t" if extension == ".tsv" else ","))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReaderError(f"is no table in UTF-8: {error}", file=str(path)) from error


def _parquet_rows(path: Path) -> _Rows | None:
    if not path.exists():
        return None
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ReaderError("reading Parquet needs pyarrow: pip install '.[parquet]'", file=str(path)) from error
    rows: _Rows = parquet.read_table(path).to_pylist()
    return rows


def _rows(lines: Iterable[Sequence[Any]]) -> _Rows:
    """Rows as dicts by the first line's names, without rows that hold nothing."""
    lines = iter(lines)
    header = [str(name) for name in next(lines, ())]
    return [dict(zip(header, line, strict=False)) for line in lines if any(cell not in ("", None) for cell in line)]


def _frame(table: str, rows: _Rows, file: str, problems: list[ReaderError]) -> pd.DataFrame:
    import pandas as pd

    data: dict[str, Any] = {}
    for column in columns(table):
        dtype: Any = column.dtype
        data[column.name] = pd.array(list(_cells(table, column, rows, file, problems)), dtype=dtype)
    return pd.DataFrame(data)


def _cells(
    table: str, column: Column, rows: _Rows, file: str, problems: list[ReaderError]
) -> Iterator[str | float | None]:
    for number, row in enumerate(rows, 1):
        cell = row.get(column.name)
        if cell is None or cell == "":
            yield None
        elif column.dtype == "str":
            yield _text(cell)
        else:
            try:
                value = float(cell)
                if not value.is_integer() and column.dtype == "Int64":
                    raise ValueError
                yield int(value) if column.dtype == "Int64" else value
            except (TypeError, ValueError, OverflowError):
                reason = f"no number in the table {table}: {cell!r}"
                problems.append(ReaderError(reason, file=file, record=number, field=column.name, lost=True))
                yield None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return without_apostrophe(str(cell))
