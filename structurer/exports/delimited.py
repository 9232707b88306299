"""Frames -> CSV or TSV files, one a table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from structurer.exports.files import each_table_in_a_file
from structurer.exports.formula_guard import neutralised


def write_delimited(batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path, *, delimiter: str = ",") -> None:
    """Write the results table to `path` and the others beside it (`OUT.csv`, `OUT.studies.csv`, ...), piece by piece.

    UTF-8 with a byte-order mark and CRLF line ends, as spreadsheets want it; an empty cell is empty. A text that a
    spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are.
    Raises ExportError where a file cannot be written.
    """

    @contextmanager
    def opened(file: Path, frame: pd.DataFrame) -> Iterator[Any]:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            rows = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
            rows.writerow(frame.columns)
            yield rows

    def append(rows: Any, frame: pd.DataFrame) -> None:
        rows.writerows(zip(*(_cells(frame[name]) for name in frame), strict=True))

    each_table_in_a_file(batches, path, opened, append)


def _cells(values: pd.Series[Any]) -> list[str]:
    text_of: Callable[[Any], str] = neutralised if values.dtype == "str" else number_text
    return ["" if pd.isna(value) else text_of(value) for value in values]


def number_text(number: float) -> str:
    """The shortest text that reads back as `number`, without ".0".

    >>> number_text(95.0), number_text(0.03)
    ('95', '0.03')
    """
    return str(int(number)) if float(number).is_integer() else repr(float(number))
