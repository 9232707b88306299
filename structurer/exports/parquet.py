"""Frames -> Parquet files, one a table (extra `parquet`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from structurer.errors import ExportError
from structurer.exports.files import each_table_in_a_file


def write_parquet(frames: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write the results table to `path` and the others beside it (`OUT.parquet`, `OUT.studies.parquet`, ...).

    Raises ExportError where pyarrow is not installed or a file cannot be written.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        reason = f"Parquet needs pyarrow: install structurer[parquet] ({error})"
        raise ExportError(reason, target=str(path)) from error

    def write(frame: pd.DataFrame, file: Path) -> None:
        frame.to_parquet(file, engine="pyarrow", index=False)

    each_table_in_a_file(frames, path, write)
