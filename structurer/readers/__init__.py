"""Read records from a file, whatever format it is in."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from structurer.errors import ReaderError
from structurer.readers.first_seen import FirstSeen, digest
from structurer.readers.formats import FORMATS, format_of
from structurer.readers.opening import Source
from structurer.readers.table import FIELDS
from structurer.schema import Record

__all__ = ["FORMATS", "read_records"]


def read_records(
    source: str | Path,
    *,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    problems: list[ReaderError] | None = None,
) -> Iterator[Record]:
    """The records of a file (`-`: standard input) one by one, in its order.

    The format is found from the content, not from the name; `format` is one of `FORMATS` and overrides it. `columns`
    maps a field of a record to the column (CSV, XLSX) or key (JSON) that holds it. What is wrong with single records
    is appended to `problems` while they are read, and never ends the reading; without a list it is issued as a
    warning. A record_id that was there before is reported too, and both records are given.

    Raises ReaderError, when the first record is asked for, where the whole file cannot be read.

    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile("w", suffix=".csv") as file:
    ...     print("id,title,abstract", "7,Heat for pain,Pain fell by 4 mm.", sep="\\n", file=file, flush=True)
    ...     [(record.record_id, record.abstract) for record in read_records(file.name)]
    [('7', 'Pain fell by 4 mm.')]
    """
    found: list[ReaderError] = [] if problems is None else problems
    for field in columns or ():
        if field not in FIELDS:
            raise ReaderError(f"no field is called {field!r}: choose one of {', '.join(FIELDS)}", file=str(source))
    with Source(source, found, columns) as opened:
        seen = FirstSeen(1)
        given = False
        before = len(found)
        last = 0
        chosen = format_of(opened, format)
        opened.begins = chosen.begins
        for record in chosen.read(opened):
            last = record.number or 0
            given = True
            key = digest(record.record_id)
            first = seen.get(key)
            if first is None:
                seen.put(key, (last,))
            elif first != (record.number,):
                opened.report(
                    f"the id {record.record_id!r} is that of record {first[0]} too",
                    record=record.number,
                    field="record_id",
                )
            if problems is None:
                _warn(found)
            yield record
        if not opened.truncated:
            last = max(last, *(problem.record or 0 for problem in found[before:]), 0)
            for number in range(last + 1, opened.begun + 1):
                opened.report("more records begin in the file than could be read", record=number, lost=True)
        if not given and len(found) == before:
            opened.report(f"no record in it, read as {chosen.name}")
        if problems is None:
            _warn(found)


def _warn(problems: list[ReaderError]) -> None:
    for problem in problems:
        warnings.warn(str(problem), UserWarning, stacklevel=3)
    problems.clear()
