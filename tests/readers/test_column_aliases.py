"""The vocabulary of column names tests itself by its own examples."""

from __future__ import annotations

import pytest

from structurer.readers.table import FIELDS, alias_of, key_of
from structurer.resources import load_vocabulary

ROWS = load_vocabulary("column_aliases", ("field", "column"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_row(row: dict[str, str]) -> None:
    assert row["field"] in FIELDS
    assert row["id"] == f"{row['field']}-{key_of(row['column'])}"
    alias = alias_of(row["example"])
    assert alias is not None
    assert alias[0] == row["field"]
    counter = alias_of(row["counter_example"])
    assert counter is None or counter[0] != row["field"]
    assert row["source"]


def test_no_two_rows_say_the_same() -> None:
    keys = [key_of(row["column"]) for row in ROWS]
    assert len(keys) == len(set(keys))
