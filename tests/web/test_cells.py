"""What may be typed into a cell, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from structurer.report.rows import report_rows
from structurer.review.verdicts import CORRECTABLE
from structurer.schema import ArmValueKind, TrialReport
from structurer.web.cells import LABELS, cells_of, refusal, same_text, tidy

REFUSED = [
    ("estimate", "about 0.7", "must be a number"),
    ("ci_low", "0.5 to 0.7", "must be a number"),
    ("n", "1,200", "whole number"),
    ("estimate", "1,200", "must be a number"),
    ("events", "-3", "whole number"),
    ("n", "12.5", "whole number"),
    ("p_operator", "~", "one of"),
    ("measure", "hazard", "one of"),
    ("rule", "x", "no column"),
    ("outcome", "x" * 501, "longer than"),
    ("estimate", "1e999", "must be a number"),
    ("estimate", "nan", "must be a number"),
]


@pytest.mark.parametrize(("column", "value", "reason"), REFUSED)
def test_refused(column: str, value: str, reason: str) -> None:
    said = refusal(column, tidy(column, value))
    assert said is not None
    assert reason in said


TAKEN = [
    ("estimate", " 0.72 ", "0.72"),
    ("estimate", "0·72", "0.72"),
    ("estimate", "\u22121,4", "-1.4"),
    ("percent", ".5", ".5"),
    ("n", "120", "120"),
    ("p_operator", "\u2264", "<="),
    ("p_operator", "ns", "NS"),
    ("measure", "rr", "RR"),
    ("outcome", " all-cause\n death ", "all-cause death"),
    ("outcome", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("unit", "", ""),
    ("estimate", "", ""),
]


@pytest.mark.parametrize(("column", "value", "kept"), TAKEN)
def test_taken(column: str, value: str, kept: str) -> None:
    assert tidy(column, value) == kept
    assert refusal(column, kept) is None


@pytest.mark.parametrize(
    ("column", "first", "second", "same"),
    [
        ("estimate", "0.80", "0.8", True),
        ("estimate", "0.80", "0.81", False),
        ("estimate", "", "0.8", False),
        ("estimate", "", "", True),
        ("n", "120", "120.0", True),
        ("outcome", "death", "death ", True),
        ("unit", "1.0", "1", False),
    ],
)
def test_same_text(column: str, first: str, second: str, same: bool) -> None:
    assert same_text(column, first, second) is same


def test_every_printed_cell_and_every_correction_is_shown(report: TrialReport) -> None:
    for row in report_rows(report):
        corrected = {"unit": "mg", "comparator": "usual care", "sd": "1"}
        numbers, words = cells_of(row, corrected)
        shown = {cell.column: cell for cell in (*numbers, *words)}
        assert len(shown) == len(numbers) + len(words)
        printed = {name: text for name, text in row.cells.items() if name not in ("kind", "section")}
        assert {name: shown[name].machine for name in printed} == printed
        assert {name: shown[name].corrected for name in corrected} == corrected
        assert {shown[name].text for name in corrected} == set(corrected.values())


@pytest.mark.parametrize("kind", ArmValueKind)
def test_every_kind_of_arm_value_has_its_cells(kind: ArmValueKind, report: TrialReport) -> None:
    values = (replace(report.arm_values[0], kind=kind),)
    [row] = report_rows(replace(report, effects=(), arm_values=values))
    numbers, words = cells_of(row, {})
    assert numbers
    assert [cell.column for cell in words] == ["outcome", "arm", "timepoint"]


def test_every_column_that_can_be_corrected_has_a_name() -> None:
    assert set(CORRECTABLE) <= set(LABELS)
