"""Records from Excel and OpenDocument workbooks: the first sheet whose rows name the columns of records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from structurer.errors import ReaderError
from structurer.readers.opening import Source
from structurer.readers.sheets import read_sheets
from structurer.readers.table import HEADER_WITHIN, find_header, read_rows, refuse_findings
from structurer.schema import Record

_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_INSIDE = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet", b"_rels/")


def is_workbook(source: Source) -> bool:
    """Whether these are the bytes of a workbook, of whatever age."""
    return source.magic.startswith(_OLD) or (
        source.magic.startswith(_ZIP) and any(name in source.magic[:4096] for name in _INSIDE)
    )


def read_workbook(source: Source) -> Iterator[Record]:
    """The records of all sheets that have them.

    Raises ReaderError for a workbook that cannot be opened, or without a sheet of records.
    """
    try:
        sheets = read_sheets(source.whole(), source.file)
    except ReaderError as error:
        raise source.refuse(error.reason) from None
    found = 0
    for values in sheets.values():
        rows = [[_text(value) for value in row] for row in values]
        refuse_findings(source, rows)
        header = find_header(rows[:HEADER_WITHIN], source.columns)
        if header:
            width = max(place for place, cell in enumerate(rows[header.row]) if cell) + 1
            numbered = enumerate(rows[header.row + 1 :], header.row + 2)
            for record in read_rows(
                source, header, ((line, row[: max(width, header.width)]) for line, row in numbered)
            ):
                found += 1
                yield record
    if not found:
        raise source.refuse(
            "no sheet has a row that names a title or abstract column: name it with --map abstract=COLUMN"
        )


def _text(value: object) -> str:
    """A cell as it shows: whole numbers without a decimal point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)
