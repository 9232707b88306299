"""The columns as OUTPUT.md promises them, and what each says of itself."""

from __future__ import annotations

import pytest

from structurer.errors import ReaderError
from structurer.tables.columns import TABLES, Column, ProblemRow, columns

RESULTS = (
    "record_id, pmid, doi, study, section, kind, outcome, timepoint, intervention, comparator, arm, measure, estimate, "
    "unit, ci_level, ci_low, ci_high, p_operator, p_value, events, n, percent, sd, yi, sei, n_total, registry_ids, "
    "confidence, flags, quote, sentence, start, end, rule, verdict, corrected, reviewer, note"
)


def test_results_columns_stand_in_the_promised_order() -> None:
    assert ", ".join(column.name for column in columns("results")) == RESULTS


def test_the_promised_tables_are_there() -> None:
    promised = {"results", "studies", "sections", "sample_sizes", "p_values", "registry_ids", "problems"}
    assert promised <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_each_column_has_a_type_and_a_meaning(table: str) -> None:
    assert [column.name for column in columns(table)] == list(TABLES[table]._fields)
    assert {column.dtype for column in columns(table)} <= {"str", "Int64", "Float64"}
    assert all(column.meaning.strip() for column in columns(table))
    assert (TABLES[table].__doc__ or "").endswith(".")


def test_a_column_reads_its_annotation() -> None:
    assert columns("sample_sizes")[2] == Column(name="value", dtype="Int64", meaning="the count")


def test_problem_row_of_a_reader_error() -> None:
    error = ReaderError("no such column", file="a.csv", record=2, line=5, field="abstract")
    assert ProblemRow.of_reader_error(error)._asdict() == {
        "record_id": None,
        "file": "a.csv",
        "record": 2,
        "line": 5,
        "field": "abstract",
        "problem": "reading",
        "message": "no such column",
        "source": None,
        "text": None,
        "start": None,
        "end": None,
    }
