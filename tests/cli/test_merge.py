"""structurer extract --merge: a second run keeps what reviewers wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "good.jsonl"
    path.write_text('{"id": "1", "abstract": "Words."}\n')
    return path


def judge(path: Path, **cells: Any) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Results"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for name, value in cells.items():
        sheet.cell(2, places[name]).value = value
    book.save(path)


def first_row(path: Path) -> dict[str, Any]:
    header, row, *_ = CalamineWorkbook.from_path(path).get_sheet_by_name("Results").to_python()
    return dict(zip(map(str, header), row, strict=True))


def test_the_new_workbook_has_the_verdicts_of_the_old(run: Any, records: Path, tmp_path: Path) -> None:
    run("extract", records, "-o", tmp_path / "old.xlsx")
    judge(tmp_path / "old.xlsx", verdict="Partly", corrected="0.60", reviewer="KL", note="see figure 2")
    done = run("extract", records, "-o", tmp_path / "new.xlsx", "--merge", tmp_path / "old.xlsx")
    assert done.exit_code == 0
    assert "1 results with a verdict, 0 added by hand; to look at again: 0" in done.stderr
    row = first_row(tmp_path / "new.xlsx")
    assert [row[name] for name in ("verdict", "corrected", "reviewer", "note")] == [
        "partly",
        "0.60",
        "KL",
        "see figure 2",
    ]


def test_the_old_workbook_may_be_the_new_one_and_stays_beside_it(run: Any, records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("extract", records, "-o", out)
    judge(out, verdict="wrong", note="ä")
    before = out.read_bytes()
    for number in (1, 2):
        done = run("extract", records, "-o", out, "--merge", out)
        assert f"{out} as it was is kept as {tmp_path / f'out.before-{number}.xlsx'}" in done.stderr
    assert (tmp_path / "out.before-1.xlsx").read_bytes() == before
    assert (first_row(out)["verdict"], first_row(out)["note"]) == ("wrong", "ä")


def test_from_a_workbook_to_a_csv_and_back(run: Any, records: Path, tmp_path: Path) -> None:
    run("extract", records, "-o", tmp_path / "a.xlsx")
    judge(tmp_path / "a.xlsx", verdict="correct", corrected="-0.4 (SD 1)")
    run("extract", records, "-o", tmp_path / "b.csv", "--merge", tmp_path / "a.xlsx")
    done = run("extract", records, "-o", tmp_path / "c.xlsx", "--merge", tmp_path / "b.csv", "-q")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (first_row(tmp_path / "c.xlsx")["verdict"], first_row(tmp_path / "c.xlsx")["corrected"]) == (
        "correct",
        "-0.4 (SD 1)",
    )


@pytest.mark.parametrize(
    ("output", "old", "told"),
    [
        ("out.jsonl", "old.xlsx", "verdicts stand in tables"),
        ("-", "old.xlsx", "verdicts stand in tables"),
        ("out.xlsx", "none.xlsx", "no such file"),
        ("out.xlsx", ".", "is a folder"),
    ],
)
def test_a_wrong_call(run: Any, records: Path, tmp_path: Path, output: str, old: str, told: str) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"")
    target = output if output == "-" else tmp_path / output
    done = run("extract", records, "-o", target, "--merge", tmp_path / old)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no workbook"])
def test_a_file_that_holds_no_review_is_refused_before_anything_is_written(
    run: Any, records: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "old.csv").write_bytes(content)
    done = run("extract", records, "-o", tmp_path / "out.xlsx", "--merge", tmp_path / "old.csv")
    assert done.exit_code == 1
    assert str(tmp_path / "old.csv") in done.stderr
    assert not (tmp_path / "out.xlsx").exists()
