"""Hostile text in every output: formulas, control characters and marks of direction."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from structurer.exports import write_tables
from structurer.exports.formula_guard import neutralised
from structurer.exports.jsonl import write_jsonl
from structurer.exports.visible import DIRECTION_MARKS, visible
from structurer.schema import TrialReport
from structurer.tables.frames import to_tables

HOSTILE = "=cmd|' /C calc'!A0 \u202eesrever\x07"
SHOWN = "=cmd|' /C calc'!A0 <U+202E>esrever<U+0007>"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        (" =1+1", "' =1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("-2.3", "-2.3"),
        ("+4", "+4"),
        (" -2.3", " -2.3"),
        ("=", "="),
        ("p = 0.05", "p = 0.05"),
    ],
)
def test_a_formula_is_text_and_a_negative_number_a_number(text: str, written: str) -> None:
    assert neutralised(text) == written


def test_a_hostile_title_in_each_output(report: TrialReport, tmp_path: Path) -> None:
    hostile = replace(report, record=replace(report.record, title=HOSTILE))
    write_tables(to_tables([hostile]), tmp_path / "out.csv")
    with (tmp_path / "out.studies.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [f"'{SHOWN}"]
    write_tables(to_tables([hostile]), tmp_path / "out.xlsx")
    head, row, *_ = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name("Studies").to_python()
    assert row[head.index("title")] == SHOWN
    write_jsonl([hostile], tmp_path / "out.jsonl")
    line = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert (json.loads(line)["title"], "\u202e" in line, "\\u202e" in line) == (HOSTILE, False, True)


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & {*DIRECTION_MARKS, "\x00", "\x07", "\x1b"}
    if "<U+" not in shown:
        assert shown == text
