"""Frames -> Parquet files, one a table (extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from structurer.errors import ExportError
from structurer.exports.files import each_table_in_a_file


def write_parquet(batches: Iterable[Mapping[str, pd.DataFrame]], path: str | Path) -> None:
    """Write the results table to `path` and the others beside it (`OUT.parquet`, `OUT.studies.parquet`, ...).

    Each piece is a row group. Raises ExportError where pyarrow is not installed or a file cannot be written.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        reason = f"Parquet needs pyarrow: pip install '.[parquet]' in its folder ({error})"
        raise ExportError(reason, target=str(path)) from error

    def arrow(frame: pd.DataFrame) -> Any:
        return pyarrow.Table.from_pandas(frame, preserve_index=False)

    @contextmanager
    def opened(file: Path, frame: pd.DataFrame) -> Iterator[Any]:
        with pyarrow.parquet.ParquetWriter(file, arrow(frame).schema) as writer:
            yield writer

    def append(writer: Any, frame: pd.DataFrame) -> None:
        writer.write_table(arrow(frame).cast(writer.schema))

    each_table_in_a_file(batches, path, opened, append)
