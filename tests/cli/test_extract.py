"""structurer extract: what comes out, what is said, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

EXTENSIONS = (".xlsx", ".csv", ".tsv", ".parquet", ".duckdb", ".jsonl")


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_lines_on_standard_output_one_for_each_record_in_order(run: Any, search: Path) -> None:
    done = run("extract", search)
    found = objects(done.stdout)
    assert [(item["record_id"], item.get("error"), len(item["effects"])) for item in found] == [
        ("one", None, 2),
        ("search.jsonl#2", "not JSON: Expecting property name enclosed in double quotes", 0),
        ("three", "it went off", 0),
        ("four", None, 0),
    ]
    assert done.exit_code == 1


def test_each_problem_is_one_line_and_the_summary_is_the_last(run: Any, search: Path) -> None:
    assert run("extract", search).stderr.splitlines() == [
        f"structurer: {search}, record 2, line 2: not JSON: Expecting property name enclosed in double quotes",
        f"structurer: {search}, record 3: it went off",
        "structurer: 4 records seen = 1 extracted + 1 without an abstract + 0 duplicates + 2 problems; "
        "4 results (2 effects, 2 arm values); 1 note on reading, 1 of something lost",
    ]


@pytest.mark.parametrize("name", ["found.xlsx", "found.studies.csv"])
def test_what_was_found_is_no_list_of_abstracts(run: Any, search: Path, tmp_path: Path, name: str) -> None:
    run("extract", search, "-o", tmp_path / "found.xlsx")
    run("extract", search, "-o", tmp_path / "found.csv")
    done = run("extract", tmp_path / name)
    assert (done.exit_code, objects(done.stdout)) == (1, [])
    assert "holds what was found in abstracts, not the abstracts" in done.stderr


def test_quiet_says_only_what_failed(run: Any, search: Path) -> None:
    assert len(run("extract", search, "--quiet").stderr.splitlines()) == 2


def test_all_is_well(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "good.jsonl"
    source.write_text('{"id": "1", "abstract": "Words."}\n')
    done = run("extract", source, "-q")
    assert (done.exit_code, done.stderr, len(objects(done.stdout))) == (0, "", 1)


def test_a_note_on_reading_is_no_failure(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "twice.jsonl"
    source.write_text('{"id": "1", "abstract": "Words."}\n{"id": "1", "abstract": "More."}\n')
    done = run("extract", source)
    assert (done.exit_code, len(objects(done.stdout))) == (0, 2)
    assert done.stderr.endswith("; 1 note on reading, none of something lost\n")


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_format_is_that_of_the_extension(run: Any, search: Path, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out{extension}"
    done = run("extract", search, "-o", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert target.stat().st_size > 0


def test_a_workbook_lists_results_and_problems(run: Any, search: Path, tmp_path: Path) -> None:
    run("extract", search, "-o", tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    results = book.get_sheet_by_name("Results").to_python()
    assert [row[0] for row in results] == ["record_id", "one", "one", "one", "one"]
    problems = book.get_sheet_by_name("Problems").to_python()
    assert [(row[0], row[2], row[5]) for row in problems[1:]] == [
        ("one", 1.0, "ci-asymmetric"),
        ("three", 3.0, "failed"),
        ("", 2.0, "reading"),
    ]


def test_several_inputs_of_which_one_cannot_be_read(run: Any, search: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "good.jsonl").write_text('{"id": "5", "abstract": "Words."}\n')
    done = run("extract", tmp_path / "paper.pdf", tmp_path / "good.jsonl")
    assert (done.exit_code, [item["record_id"] for item in objects(done.stdout)]) == (1, ["5"])
    assert done.stderr.startswith(f"structurer: {tmp_path / 'paper.pdf'}: ")


def test_standard_input(run: Any) -> None:
    done = run("extract", "-", "--format", "jsonl", stdin='{"abstract": "Words."}\n[1]\n')
    assert [item["record_id"] for item in objects(done.stdout)] == ["stdin#1", "stdin#2"]
    assert done.exit_code == 1


def test_a_column_named_by_the_user(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "sheet.csv"
    source.write_text("id,Summary text\n7,Some words.\n")
    done = run("extract", source, "--map", "abstract=Summary text")
    assert [(item["record_id"], len(item["effects"])) for item in objects(done.stdout)] == [("7", 2)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{search}", "-o", "{tmp}/out.docx"], "no format has the extension '.docx'"),
        (["{search}", "-o", "{tmp}/none/out.csv"], "no such folder"),
        (["{tmp}/none.ris"], "no such file"),
        (["{tmp}"], "is a folder"),
        (["-", "-"], "standard input can be read once"),
        (["{search}", "-o", "{search}"], "would replace an input"),
        (["{search}", "--map", "abstract"], "not FIELD=COLUMN: abstract"),
        (["{search}", "--map", "summary=Text"], "no such field: summary"),
        (["{search}", "--format", "docx"], "no such format: docx"),
        ([], "Missing argument"),
        (["{search}", "--no-such-option"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_status_2(
    run: Any, search: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = run("extract", *(argument.format(search=search, tmp=tmp_path) for argument in arguments))
    said = " ".join(done.stderr.replace("│", " ").split())
    assert (done.exit_code, done.stdout) == (2, "")
    # The message is wrapped to the terminal's width.
    assert message.replace(" ", "") in said.replace(" ", "")


def test_an_output_that_cannot_be_written_is_one_line(run: Any, search: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    done = run("extract", search, "-o", tmp_path / "out.csv")
    assert (done.exit_code, done.stderr) == (1, f"structurer: {tmp_path / 'out.csv'}: is a folder\n")
