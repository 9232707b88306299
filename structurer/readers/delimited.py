"""Records from CSV and TSV: the delimiter by which the header can be read, columns by their names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from structurer.readers.delimited_text import allow_long_cells
from structurer.readers.opening import Source
from structurer.readers.table import HEADER_WITHIN, Header, find_header, read_rows, refuse_findings
from structurer.schema import Record

_DELIMITERS = ",;\t|"


def is_delimited(source: Source) -> bool:
    """Whether one of the first rows names the columns of records."""
    return _layout(source) is not None


def read_delimited(source: Source) -> Iterator[Record]:
    """The records; a row with more cells than the header, or with a cell without end, is reported and passed over.

    Raises ReaderError where no row names a column that we know.
    """
    layout = _layout(source)
    if layout is None:
        wanted = ", ".join(f"{field}={column}" for field, column in source.columns.items())
        if wanted:
            raise source.refuse(f"no header row has the columns {wanted}: found {_found(source)}")
        raise source.refuse(
            f"no column for title or abstract among {_found(source)}: name it with --map abstract=COLUMN"
        )
    delimiter, header = layout
    refuse_findings(source, _first_rows(source, delimiter))
    yield from read_rows(source, header, _rows(source, delimiter, header.row + 1))


def looks_like_table(source: Source) -> bool:
    """Whether the first lines have the same number of one delimiter, as a table of unknown columns has."""
    for delimiter in _DELIMITERS:
        rows = _first_rows(source, delimiter)[:5]
        if len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 2:
            return True
    return False


def _found(source: Source) -> str:
    rows = max(
        (_first_rows(source, delimiter)[:1] for delimiter in _DELIMITERS), key=lambda rows: len(rows[0]) if rows else 0
    )
    return ", ".join(cell[:40] for cell in rows[0][:12]) if rows else "nothing"


def _layout(source: Source) -> tuple[str, Header] | None:
    best: tuple[int, str, Header] | None = None
    for delimiter in _DELIMITERS:
        header = find_header(_first_rows(source, delimiter), source.columns)
        if header and (best is None or len(header.places) > best[0]):
            best = len(header.places), delimiter, header
    return best[1:] if best else None


def _first_rows(source: Source, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader((f"{line}\n" for line in source.head.split("\n")), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) >= HEADER_WITHIN:
                break
    except csv.Error:
        pass
    return rows


def _rows(source: Source, delimiter: str, skip: int) -> Iterator[tuple[int, Sequence[str]]]:
    allow_long_cells()
    numbered = (row for row in _parsed(source, delimiter) if row[1])
    yield from islice(numbered, skip, None)


def _parsed(source: Source, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The (line, cells) of each row, empty ones too."""
    ended = False

    def to_the_end() -> Iterator[str]:
        nonlocal ended
        for text in source.lines():
            yield f"{text}\n"
        ended = True

    reader = csv.reader(to_the_end(), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            source.report(f"no row of a table, passed over ({exc})", line=line, lost=True)
            continue
        if ended and row and "\n" in row[-1]:
            # Only a cell that is still open makes the parser ask for more lines than there are.
            source.report("a quotation mark on this line is not closed", line=line)
            first, *rest = row[-1].split("\n")
            yield line, [*row[:-1], first]
            without_marks = csv.reader(rest, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield from ((line + number, cells) for number, cells in enumerate(without_marks, 1))
            return
        yield line, row
