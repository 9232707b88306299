"""Formats that hold one table a file: the results in the file asked for, the other tables beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from structurer.exports.replacement import replacing
from structurer.tables.columns import RESULTS


def table_path(path: str | Path, table: str) -> Path:
    """Where `table` goes when the results go to `path`.

    >>> table_path("out/trials.csv", "studies").as_posix()
    'out/trials.studies.csv'
    """
    path = Path(path)
    return path if table == RESULTS else path.with_name(f"{path.stem}.{table}{path.suffix}")


def each_table_in_a_file(
    frames: Mapping[str, pd.DataFrame], path: str | Path, write: Callable[[pd.DataFrame, Path], None]
) -> None:
    """Write each frame to its file by `write`; no file is replaced before all could be written."""
    with ExitStack() as places:
        for table, frame in frames.items():
            write(frame, places.enter_context(replacing(table_path(path, table))))
