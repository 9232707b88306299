"""Formats that hold one table a file: the results in the file asked for, the other tables beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TypeVar

import pandas as pd

from structurer.exports.replacement import replacing
from structurer.tables.columns import RESULTS

_Open = TypeVar("_Open")


def table_path(path: str | Path, table: str) -> Path:
    """Where `table` goes when the results go to `path`.

    >>> table_path("out/trials.csv", "studies").as_posix()
    'out/trials.studies.csv'
    """
    path = Path(path)
    return path if table == RESULTS else path.with_name(f"{path.stem}.{table}{path.suffix}")


def each_table_in_a_file(
    batches: Iterable[Mapping[str, pd.DataFrame]],
    path: str | Path,
    opened: Callable[[Path, pd.DataFrame], AbstractContextManager[_Open]],
    append: Callable[[_Open, pd.DataFrame], None],
) -> None:
    """Write each table, piece by piece, to its file; no file is replaced before all are written whole.

    `opened` opens a table's file, given its first piece, and closes it at its end; `append` adds each piece.
    """
    with ExitStack() as places, ExitStack() as streams:
        files: dict[str, _Open] = {}
        for batch in batches:
            for table, frame in batch.items():
                if table not in files:
                    file = places.enter_context(replacing(table_path(path, table)))
                    files[table] = streams.enter_context(opened(file, frame))
                append(files[table], frame)
