"""Write what was found: JSON Lines, workbook, CSV, Parquet, DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from structurer.errors import ExportError

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

# The extensions of files that hold tables.
TABLE_EXTENSIONS = (".xlsx", ".csv", ".tsv", ".parquet", ".duckdb")


def write_tables(frames: Mapping[str, pd.DataFrame], path: str | Path, *, made_on: date | None = None) -> None:
    """Write `frames` in the format that the extension of `path` names: .xlsx, .csv, .tsv, .parquet or .duckdb.

    Raises ExportError for another extension, for a missing extra, and where the file cannot be written.
    """
    write_batches([frames], path, made_on=made_on)


def write_batches(
    batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path, *, made_on: date | None = None
) -> None:
    """Write tables that come in pieces, one piece in memory at a time, as `write_tables` writes whole ones.

    Every piece holds the same tables with the same columns, and there is one at least. A workbook tells
    `made_on` in its sheet "Read me". Raises as `write_tables`.
    """
    extension = Path(path).suffix.lower()
    # Each format brings its own library, so only the one asked for is imported.
    if extension == ".xlsx":
        from structurer.exports.large_workbook import write_workbook

        write_workbook(batches, path, made_on=made_on)
    elif extension in (".csv", ".tsv"):
        from structurer.exports.delimited import write_delimited

        write_delimited(batches, path, delimiter="\t" if extension == ".tsv" else ",")
    elif extension == ".parquet":
        from structurer.exports.parquet import write_parquet

        write_parquet(batches, path)
    elif extension == ".duckdb":
        from structurer.exports.database import write_duckdb

        write_duckdb(batches, path)
    else:
        raise ExportError(
            f"no format has the extension {extension!r}; use {', '.join(TABLE_EXTENSIONS)}", target=str(path)
        )
