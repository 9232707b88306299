"""The vocabulary of columns tests itself by its own examples; a header is found by it."""

from __future__ import annotations

import pytest

from structurer.comparison.column_names import FIELDS, alias_of, find_columns, key_of
from structurer.resources import load_vocabulary
from structurer.schema import EffectMeasure

ROWS = load_vocabulary("comparison_columns", ("field", "column", "measure"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_row(row: dict[str, str]) -> None:
    assert row["field"] in FIELDS
    assert row["measure"] in ("", *EffectMeasure)
    alias = alias_of(row["example"])
    assert alias is not None
    assert alias[:2] == (row["field"], row["measure"] or None)
    counter = alias_of(row["counter_example"])
    assert counter is None or counter[0] != row["field"]
    assert row["source"]


def test_no_two_rows_say_the_same() -> None:
    keys = [key_of(row["column"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_the_header_may_stand_below_a_title_and_in_any_order() -> None:
    rows = [["My review", "", ""], [], ["HR (95% CI)", "Remark", "PMID"], ["0.8 (0.7-0.9)", "", "1"]]
    found = find_columns(rows, {})
    assert found is not None
    assert found.row == 2
    assert [(column.place, column.field, column.measure) for column in found.known] == [
        (2, "pmid", None),
        (0, "estimate_ci", "HR"),
    ]
    assert found.unknown == ("Remark",)
    assert found.compared == {"measure", "estimate", "ci_low", "ci_high"}


def test_the_users_own_choice_decides() -> None:
    rows = [["Nummer", "Effekt", "Effect"], ["1", "0.8", "x"]]
    assert find_columns(rows, {}) is None
    found = find_columns(rows, {"pmid": "Nummer", "estimate": "Effekt"})
    assert found is not None
    assert [(column.name, column.field) for column in found.known] == [("Nummer", "pmid"), ("Effekt", "estimate")]
    assert found.unknown == ("Effect",)
    assert find_columns(rows, {"pmid": "Missing"}) is None


def test_no_header_without_a_record_or_without_anything_to_compare() -> None:
    assert find_columns([["estimate", "n"]], {}) is None
    assert find_columns([["PMID", "remark"]], {}) is None
    assert find_columns([], {}) is None
