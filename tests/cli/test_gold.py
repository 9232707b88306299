"""A review of the sample records becomes gold, on which the program scores what the review says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from structurer.cli import app
from structurer.exports.report_lines import read_reports
from structurer.review.apply import row_keys
from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, Verdict
from structurer.tables.frames import to_tables

SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample records, as lines and as a workbook."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("out.jsonl", "out.xlsx"):
        assert run("extract", SAMPLE, "-o", folder / name, "-q").exit_code == 0
    return folder


def judge_all(path: Path, target: Path, changes: dict[int, dict[str, Any]], added: dict[str, Any] | None) -> int:
    """Judge every row correct, then change some; returns how many effects there are."""
    book = openpyxl.load_workbook(path)
    sheet = book["Results"]
    places = {cell.value: cell.column for cell in sheet[1]}
    last = sheet.max_row
    for row in range(2, last + 1):
        for name, value in ({"verdict": "correct"} | changes.get(row - 2, {})).items():
            sheet.cell(row, places[name]).value = value
    for name, value in (added or {}).items():
        sheet.cell(last + 1, places[name]).value = value
    book.save(target)
    return [sheet.cell(row, places["kind"]).value for row in range(2, last + 1)].count("effect")


def figures(folder: Path) -> dict[str, dict[str, float]]:
    done = run("evaluate", folder / "mine.gold.jsonl", folder / "mine.corpus.jsonl", "--json")
    assert done.exit_code == 0
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def test_a_review_without_a_complaint_scores_one(extracted: Path, tmp_path: Path) -> None:
    effects = judge_all(extracted / "out.xlsx", tmp_path / "reviewed.xlsx", {}, None)
    done = run("gold", extracted / "out.jsonl", tmp_path / "reviewed.xlsx", "-o", tmp_path / "mine")
    assert done.exit_code == 0
    assert "the recall of this gold says nothing" in done.stderr
    found = figures(tmp_path)
    assert found["whole effect rows"] == {"precision": 1, "recall": 1, "f1": 1, "gold": effects, "found": effects}
    assert found["arm values, whole rows"]["f1"] == found["outcome"]["accuracy"] == 1
    assert "p_values" not in found


def test_two_damaged_rows_and_a_missed_one_show_in_the_score(extracted: Path, tmp_path: Path) -> None:
    # The first three rows of the sample are effects of one record.
    changes = {0: {"verdict": "not an effect"}, 1: {"verdict": "Partly", "corrected": "ci_low=8.7"}}
    missed = {"record_id": "90000001", "kind": "effect", "outcome": "quality of life", "measure": "MD", "estimate": 2.5}
    effects = judge_all(extracted / "out.xlsx", tmp_path / "reviewed.xlsx", changes, missed)
    done = run("gold", extracted / "out.jsonl", tmp_path / "reviewed.xlsx", "-o", tmp_path / "mine")
    assert "1 of them added by hand" in done.stderr
    whole = figures(tmp_path)["whole effect rows"]
    # Found: all but the rejected and the corrected one right. Gold: without the rejected, with the missed one.
    assert (whole["found"], whole["gold"]) == (effects, effects)
    assert whole["precision"] == whole["recall"] == pytest.approx((effects - 2) / effects)


def test_verdicts_of_the_review_page(extracted: Path, tmp_path: Path) -> None:
    keys = row_keys(to_tables(read_reports(extracted / "out.jsonl"))["results"])
    first = [key for key in keys if key.record_id == "90000001"]
    with VerdictStore(tmp_path / "out.review.sqlite") as store:
        for key in first:
            store.save(Verdict(key, Judgement.WRONG if key == first[0] else Judgement.CORRECT), 0)
    done = run("gold", extracted / "out.jsonl", tmp_path / "out.review.sqlite", "-o", tmp_path / "mine")
    assert "1 records (1 judged for effects, 1 for arm values)" in done.stderr
    whole = figures(tmp_path)["whole effect rows"]
    assert (whole["found"] - whole["gold"], whole["recall"]) == (1, 1)


def test_from_the_records_themselves(extracted: Path, tmp_path: Path) -> None:
    judge_all(extracted / "out.xlsx", tmp_path / "reviewed.xlsx", {}, None)
    for source, name in ((extracted / "out.jsonl", "lines"), (SAMPLE, "records")):
        assert run("gold", source, tmp_path / "reviewed.xlsx", "-o", tmp_path / name).exit_code == 0
    for kind in ("gold", "corpus"):
        made = [(tmp_path / f"{name}.{kind}.jsonl").read_bytes() for name in ("lines", "records")]
        assert made[0] == made[1] != b""


def test_nothing_judged_is_no_gold(extracted: Path, tmp_path: Path) -> None:
    done = run("gold", extracted / "out.jsonl", extracted / "out.xlsx", "-o", tmp_path / "mine")
    assert done.exit_code == 1
    assert "has a verdict on each of its effects" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_call(tmp_path: Path, extracted: Path) -> None:
    assert run("gold", tmp_path / "none.jsonl", extracted / "out.xlsx").exit_code == 2
    assert run("gold", extracted / "out.jsonl", tmp_path).exit_code == 2
