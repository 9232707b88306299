"""Delimited text, whole, -> rows of cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

# Tables hold whole reference lists in one cell; the module's own limit is 128 Ki characters.
_LONGEST_CELL = 1 << 20


def allow_long_cells() -> None:
    """Let `csv` read cells of up to 1 Mi characters; the limit is the whole process's, and is only ever raised."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))


def delimited_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    r"""The rows of `text`, which end at a line feed, a carriage return or both, and at no other sign in a cell.

    Raises csv.Error for a cell without end.

    >>> list(delimited_rows("arm,note\r\nA,first\x85second\u2028third\r\n", ","))
    [['arm', 'note'], ['A', 'first\x85second\u2028third']]
    """
    allow_long_cells()
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
