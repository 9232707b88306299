"""Whether a workbook can be unpacked without filling the memory: its size is measured before anything opens it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from itertools import chain

# Sheets of text unpack to about 10 times their size.
_RATIO_CHECKED_FROM = 1 << 27
_LARGEST_RATIO = 200
_CHUNK_BYTES = 1 << 16
# A sheet is laid out with all cells from the first to the farthest, empty ones too.
_MOST_CELLS = 1 << 25
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_REPEATED = re.compile(rb"""number-(columns|rows)-repeated=["'](\d{1,18})["'][^<>]{0,300}value-type""")
_LONGEST_TAG = 400


def workbook_refusal(data: bytes) -> str | None:
    """Why the workbook is refused; None where it can be opened, or is in the old format, which holds little."""
    if not data.startswith(b"PK"):
        return None
    room = max(_RATIO_CHECKED_FROM, _LARGEST_RATIO * len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                columns = rows = repeated = 0
                is_cells = member.filename.endswith(".xml")
                with archive.open(member) as stream:
                    rest = b""
                    for piece in chain(iter(lambda: stream.read(_CHUNK_BYTES), b""), (b"",)):
                        room -= len(piece)
                        if room < 0:
                            return f"unpacks to more than {_LARGEST_RATIO} times its size: refused as a zip bomb"
                        if not is_cells:
                            continue
                        rest += piece
                        for column, row in _CELL.findall(rest):
                            columns, rows = max(columns, _number(column)), max(rows, int(row))
                        repeated = max([repeated, *(int(times) for _, times in _REPEATED.findall(rest))])
                        if max(columns * rows, repeated) > _MOST_CELLS:
                            return "has a cell so far from the others that the sheet cannot be laid out: refused"
                        rest = rest[-_LONGEST_TAG:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as exc:
        return f"is no workbook that can be opened: {exc}"
    return None


def _number(column: bytes) -> int:
    """The number of a column, counted from 1: `A` 1, `AB` 28."""
    number = 0
    for letter in column:
        number = 26 * number + letter - ord("A") + 1
    return number
