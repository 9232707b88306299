"""Frames -> one DuckDB database, a table each (extra `duckdb`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd

from structurer.errors import ExportError
from structurer.exports.replacement import replacing

_SQL_TYPES = {"str": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE"}
# Pieces of the tables to a connection.
_PIECES = 4
# A multiple of 2,048, as the database wants it.
_ROW_GROUP = 16_384
# Else the database keeps in memory what it has room for, which is most of the machine's.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "64MB", "threads": 1}


def write_duckdb(batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path) -> None:
    """Write all tables, piece by piece, to the database `path`, which is made anew.

    Raises ExportError where duckdb is not installed or the file cannot be written.
    """
    try:
        import duckdb
    except ImportError as error:
        reason = f"a .duckdb file needs duckdb: pip install '.[duckdb]' in its folder ({error})"
        raise ExportError(reason, target=str(path)) from error
    made: set[str] = set()
    pieces = iter(batches)
    try:
        with replacing(path) as file:
            for first in pieces:
                # A connection that is closed gives back what it holds, which is else the more the longer it lasts.
                with duckdb.connect(config=_CONFIG) as connection:
                    _attach(connection, file)
                    for frames in chain([first], islice(pieces, _PIECES - 1)):
                        for table, frame in frames.items():
                            _append(connection, table, frame, new=table not in made)
                            made.add(table)
    except duckdb.Error as error:
        raise ExportError(str(error), target=str(path)) from error


def _attach(connection: Any, file: Path) -> None:
    """Write to `file`, in groups of rows that are small: one that is not full yet is held in memory."""
    quoted = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS written (ROW_GROUP_SIZE {_ROW_GROUP})")
    connection.execute("USE written")


def _append(connection: Any, table: str, frame: pd.DataFrame, *, new: bool) -> None:
    if new:
        # Named here, because a text column without a single value would otherwise become a number.
        types = ", ".join(f'"{name}" {_SQL_TYPES[str(dtype)]}' for name, dtype in frame.dtypes.items())
        connection.execute(f'CREATE TABLE "{table}" ({types})')
    if len(frame):
        connection.register("frame", frame.astype(object).where(frame.notna(), None))
        connection.execute(f'INSERT INTO "{table}" SELECT * FROM frame')
        connection.unregister("frame")
