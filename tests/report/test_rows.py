"""The rows of one report: the texts of their cells, the places that these were read from, flags in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from structurer.report.places import places
from structurer.report.rows import FlagText, Row, report_rows
from structurer.review.verdicts import RowKey
from structurer.schema import ArmValue, ArmValueKind, Phrase, Record, TrialReport
from structurer.tables.results import result_rows


def words(report: TrialReport, row: Row) -> dict[str, str]:
    """The words that each marked cell points to."""
    by_id = {place.id: place for place in places(report).values()}
    abstract = report.record.abstract or ""
    return {name: abstract[by_id[mark].start : by_id[mark].end] for name, mark in row.marks.items()}


def test_an_effect_with_its_interval_and_p_value(report: TrialReport) -> None:
    row, *_ = report_rows(report)
    start = (report.record.abstract or "").index("hazard ratio 0.62")
    key = RowKey("gout-1", "effect", start, start + len(row.quote), 0)
    quote = "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003"
    assert (row.key, row.row_key, row.quote, row.section) == (key.text(), key, quote, "FINDINGS")
    assert row.cells == {
        "kind": "effect",
        "section": "FINDINGS",
        "outcome": "Flares",
        "timepoint": "week 24",
        "intervention": "rovacept",
        "comparator": "placebo",
        "measure": "HR",
        "estimate": "0.62",
        "ci_level": "95",
        "ci_low": "0.45",
        "ci_high": "0.85",
        "p_operator": "=",
        "p_value": "0.003",
    }
    assert words(report, row) == {
        **dict.fromkeys(row.cells, quote),
        "outcome": "Flares",
        "timepoint": "week 24",
        "intervention": "rovacept",
        "comparator": "placebo",
        **dict.fromkeys(("ci_level", "ci_low", "ci_high"), "95% CI 0.45-0.85"),
        **dict.fromkeys(("p_operator", "p_value"), "P=0.003"),
    }


def test_what_is_printed_of_one_arm(report: TrialReport) -> None:
    *_, events, mean = report_rows(report)
    assert events.cells == {
        "kind": "events",
        "section": "FINDINGS",
        "outcome": "Serious events",
        "arm": "rovacept",
        "events": "12",
        "n": "120",
        "percent": "10",
    }
    assert mean.cells == {"kind": "mean", "section": "FINDINGS", "unit": "mg/dl", "estimate": "5.1", "sd": "1.2"}


def test_flags_are_worded(report: TrialReport) -> None:
    flagged = [row.flags for row in report_rows(report) if row.flags]
    assert flagged == [
        (FlagText("ci-asymmetric", "ci asymmetric", "the estimate should be 0.618", "Handbook 6.3.2"),),
    ]


def test_the_rows_are_those_of_the_table_in_its_order(report: TrialReport) -> None:
    table = [(row.kind, row.start, row.end, row.confidence) for row in result_rows(report)]
    assert [(row.kind, row.start, row.end, row.confidence) for row in report_rows(report)] == table


def test_one_value_that_is_printed_for_two_arms_is_two_rows_on_one_mark(report: TrialReport) -> None:
    [first, _] = report.arm_values
    twice = replace(report, arm_values=(first, replace(first, arm="placebo")))
    *_, one, two = report_rows(twice)
    assert [one.row_key.number, two.row_key.number] == [0, 1]
    assert one.mark == two.mark
    [place] = [place for place in places(twice).values() if place.id == one.mark]
    assert place.rows == [one.key, two.key]


def test_what_lies_outside_the_abstract_has_a_row_and_no_mark() -> None:
    value = ArmValue(
        start=90,
        end=95,
        text="7 \u202e(2)",
        rule="r",
        kind=ArmValueKind.MEAN,
        value=Decimal("7.00"),
        outcome=Phrase("pain", 5, 5),
    )
    [row] = report_rows(TrialReport(Record("1", "Short."), arm_values=(value,)))
    assert (row.mark, row.marks, row.quote) == (None, {}, "7 <U+202E>(2)")
    assert row.cells == {"kind": "mean", "outcome": "pain", "estimate": "7.00"}
