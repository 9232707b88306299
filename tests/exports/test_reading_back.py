"""Each format read back holds what was written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from structurer.errors import ReaderError
from structurer.exports import write_tables
from structurer.exports.jsonl import write_jsonl
from structurer.exports.reading_back import read_output
from structurer.pipeline import extract
from structurer.schema import Record, TrialReport
from structurer.tables.frames import to_tables


@pytest.mark.parametrize("extension", ["xlsx", "csv", "tsv", "parquet"])
def test_tables(extension: str, report: TrialReport, tmp_path: Path) -> None:
    frames = to_tables([report])
    write_tables(frames, tmp_path / f"out.{extension}")
    found = read_output(tmp_path / f"out.{extension}")
    assert (found.reports, list(found.problems)) == (None, [])
    for table, frame in frames.items():
        # A workbook says in words what the codes mean.
        worded = ["flags"] if extension == "xlsx" and "flags" in frame else []
        pd.testing.assert_frame_equal(found.frames[table].drop(columns=worded), frame.drop(columns=worded), obj=table)


def test_lines(report: TrialReport, tmp_path: Path) -> None:
    write_jsonl([report], tmp_path / "out.jsonl")
    found = read_output(tmp_path / "out.jsonl")
    assert found.reports == [report]
    pd.testing.assert_frame_equal(found.frames["results"], to_tables([report])["results"])


def test_a_cell_that_is_no_number_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("record_id,estimate,n\n7,high,2.5\n8,0.8,40\n", encoding="utf-8")
    found = read_output(tmp_path / "out.csv")
    assert found.frames["results"][["record_id", "n"]].fillna(-1).to_dict("records") == [
        {"record_id": "7", "n": -1},
        {"record_id": "8", "n": 40},
    ]
    assert [(problem.record, problem.field, problem.lost) for problem in found.problems] == [
        (1, "estimate", True),
        (1, "n", True),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("out.doc", b""), ("out.xlsx", b"PK no zip"), ("out.csv", b"\xff\xfe\x00"), ("missing.csv", None)],
)
def test_what_cannot_be_read_is_an_error(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ReaderError):
        read_output(tmp_path / name)


@pytest.mark.parametrize("extension", ["csv", "tsv", "parquet"])
@pytest.mark.parametrize(
    "title",
    [
        "A title\u2028of two lines",
        "Next line\x85in it",
        "A paragraph\u2029ends",
        'Quotes "inside", a comma and\ta tab',
        "Two\nlines",
        "=1+1",
        "'tis the season for influenza",
        "-2 kg in a year",
        "word " * 40_000,
    ],
    ids=lambda title: title[:12],
)
def test_no_sign_in_a_cell_ends_its_row(title: str, extension: str, tmp_path: Path) -> None:
    record = Record("1", "Flares were rarer with A (HR 0.62, 95% CI 0.45-0.85).", title=title)
    frames = to_tables(extract([record]))
    write_tables(frames, tmp_path / f"out.{extension}")
    found = read_output(tmp_path / f"out.{extension}")
    assert {table: len(frame) for table, frame in found.frames.items()} == {
        table: len(frame) for table, frame in frames.items()
    }
    assert found.frames["studies"]["title"].tolist() == frames["studies"]["title"].tolist()
