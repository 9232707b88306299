"""Load a vocabulary that ships with the package, refusing a malformed row by file, line and column."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from structurer.errors import ResourceError

# Columns that every vocabulary has, so that its rows can be reviewed and tested as a table.
COMMON_COLUMNS = ("id", "example", "counter_example", "source")


@cache
def load_vocabulary(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """The rows of `resources/NAME.csv`, each a dict of column to text.

    `columns` are those that must be there besides `id`, `example`, `counter_example` and `source`.
    Raises ResourceError for a missing column, an empty or repeated id, or a row of the wrong length.
    """
    file = f"{name}.csv"
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    for column in (*COMMON_COLUMNS, *columns):
        if column not in header:
            raise ResourceError("column missing", file=file, line=1, column=column)
    rows: list[dict[str, str]] = []
    seen: set[str] = set()
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(header):
            raise ResourceError(f"{len(cells)} cells under {len(header)} columns", file=file, line=line)
        row = dict(zip(header, cells, strict=True))
        if not row["id"] or row["id"] in seen:
            raise ResourceError(f"id empty or repeated: {row['id']!r}", file=file, line=line, column="id")
        seen.add(row["id"])
        rows.append(row)
    return tuple(rows)
