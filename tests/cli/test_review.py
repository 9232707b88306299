"""structurer review: what is served and written, what is refused, and how little it loads."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from structurer.cli.review import is_table_of_ours
from structurer.exports import write_tables
from structurer.exports.jsonl import write_jsonl
from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, RowKey, Verdict
from structurer.schema import TrialReport
from structurer.tables.frames import to_tables

COMMAND = "import sys; from structurer.cli import main; sys.argv = ['structurer', *sys.argv[1:]]; main()"


@pytest.fixture
def out(tmp_path: Path, report: TrialReport) -> Path:
    path = tmp_path / "out.jsonl"
    write_jsonl([report], path)
    return path


@dataclass(frozen=True)
class Wrong:
    arguments: tuple[str, ...]
    said: str


WRONG = [
    Wrong(("nowhere.jsonl",), "no such file"),
    Wrong((".",), "is a folder"),
    Wrong(("out.jsonl", "--export", "out.doc"), "no format has the extension"),
    Wrong(("out.jsonl", "--export", "no/folder/out.csv"), "no such folder"),
    Wrong(("out.jsonl", "--export", "out.jsonl"), "would replace"),
    Wrong(("out.jsonl", "--port", "70000"), "65535"),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.said)
def test_wrong_calls(case: Wrong, run: Any, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out.parent)
    done = run("review", *case.arguments)
    assert done.exit_code == 2
    assert case.said in " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_a_table_of_ours_is_not_taken_for_records(name: str, run: Any, report: TrialReport, tmp_path: Path) -> None:
    write_tables(to_tables([report]), tmp_path / name)
    done = run("review", tmp_path / name, "--no-browser")
    assert (done.exit_code, "the page needs the .jsonl" in " ".join(done.stderr.replace("│", " ").split())) == (2, True)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_sheet_of_records_is_no_table_of_ours(tmp_path: Path) -> None:
    sheet = tmp_path / "search.csv"
    sheet.write_text("title,abstract,start\nGout,We enrolled 40 women.,\n", encoding="utf-8")
    assert not is_table_of_ours(sheet)


def test_the_reviewed_table_is_written_without_serving(run: Any, out: Path, report: TrialReport) -> None:
    first = report.effects[0]
    with VerdictStore(out.with_name("out.jsonl.review.sqlite")) as store:
        key = RowKey(report.record.record_id, "effect", first.start, first.end)
        store.save(Verdict(key, Judgement.CORRECT, reviewer="Ann"), 0)
    target = out.with_name("reviewed.csv")
    done = run("review", out, "--export", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 of 4 rows decided, 0 of 1 records done" in done.stderr
    table = pd.read_csv(target, dtype=str, encoding="utf-8-sig")
    assert table[["verdict", "reviewer"]].dropna().to_numpy().tolist() == [["correct", "Ann"]]


def test_a_line_that_cannot_be_read_is_told_and_the_rest_written(run: Any, out: Path) -> None:
    out.write_text(out.read_text() + "{broken\n")
    target = out.with_name("reviewed.jsonl")
    done = run("review", out, "--export", target)
    assert done.exit_code == 1
    assert "record 2: not a report" in done.stderr
    assert len(target.read_text().splitlines()) == 4


def test_records_are_extracted_first_and_once(run: Any, search: Path) -> None:
    target = search.with_name("reviewed.csv")
    done = run("review", search, "--export", target, "--reviewer", " Ann  Lee ")
    project = search.with_name("search.extracted.jsonl")
    assert f"extracting {search} to {project}" in done.stderr
    assert "broken" not in done.stderr
    assert (len(project.read_text().splitlines()), target.exists()) == (4, True)
    with VerdictStore(project.with_name("search.extracted.jsonl.review.sqlite")) as store:
        assert store.reviewer == "Ann Lee"
    again = run("review", search, "--export", target)
    assert "was extracted before" in again.stderr


def test_what_stands_in_the_place_of_the_extraction_is_not_replaced(run: Any, search: Path) -> None:
    other = search.with_name("search.extracted.jsonl")
    other.write_text("mine\n")
    done = run("review", search, "--export", search.with_name("reviewed.csv"))
    assert done.exit_code == 2
    assert other.read_text() == "mine\n"


def test_a_store_that_is_none_is_told(run: Any, out: Path) -> None:
    out.with_name("out.jsonl.review.sqlite").write_text("no database" * 100)
    done = run("review", out, "--export", out.with_name("reviewed.csv"))
    assert done.exit_code == 1
    assert "cannot be used as a review's database" in done.stderr


def test_the_missing_library_is_named_with_its_command(run: Any, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = run("review", out)
    assert done.exit_code == 1
    assert 'pip install "structurer[web]"' in done.stderr


SERVE = """
import sys, threading
from structurer.cli import app
app(["review", sys.argv[1], "--export", sys.argv[2]], standalone_mode=False) if len(sys.argv) > 2 else None
import structurer.web.serving, structurer.web.app
print(*sorted(set(sys.modules) & {"spacy", "scispacy", "pandas", "numpy", "xlsxwriter"}))
"""


def test_the_page_needs_neither_spacy_nor_pandas(out: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SERVE, str(out)], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_it_listens_on_this_machine_alone_and_ends_when_interrupted(out: Path) -> None:
    arguments = [sys.executable, "-W", "ignore", "-c", COMMAND, "review", str(out), "--no-browser"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split(" at ")[1].strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as answer:
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(address.split("?")[0])
        refused.value.close()
        process.send_signal(2)
        said = process.communicate()[1]
    assert process.returncode == 0
    assert "Traceback" not in said


def test_an_extraction_is_known_by_its_first_line(out: Path, tmp_path: Path) -> None:
    from structurer.cli.review import is_extraction

    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps({"id": "1", "abstract": "Words."}) + "\n")
    blank = tmp_path / "blank.jsonl"
    blank.write_text("\n\n" + out.read_text())
    files = {out: True, blank: True, records: False, tmp_path / "list.jsonl": False, tmp_path / "deep.jsonl": False}
    (tmp_path / "list.jsonl").write_text("[1]\n")
    (tmp_path / "deep.jsonl").write_text("[" * 100_000)
    assert {file: is_extraction(file) for file in files} == files
