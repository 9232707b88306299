"""The list of records that were left out as hardly reports of trials."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from structurer.exports.formula_guard import neutralised
from structurer.exports.replacement import replacing
from structurer.readers.likely_trials import LeftOut

COLUMNS = ("file", "record", "record_id", "why")


@contextmanager
def listing_left_out(path: str | Path) -> Iterator[Callable[[LeftOut], None]]:
    """What adds a record to the tab-separated list `path`, which is there, whole, at the end.

    Raises ExportError where it cannot be written.
    """
    with replacing(path) as file, file.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.writer(stream, delimiter="\t", lineterminator="\r\n")
        rows.writerow(COLUMNS)

        def add(left: LeftOut) -> None:
            rows.writerow((neutralised(left.source or ""), left.number, neutralised(left.record_id), left.why))

        yield add
