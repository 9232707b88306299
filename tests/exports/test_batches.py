"""Tables that come in pieces make the files that whole tables make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook

from structurer.errors import ReaderError
from structurer.exports import database, large_workbook, write_batches, write_tables
from structurer.exports.excel import write_excel
from structurer.schema import TrialReport
from structurer.tables.columns import TABLES, VERDICTS
from structurer.tables.frames import tables_in_batches, to_tables

PROBLEMS = [ReaderError("it is cut short", file="a.ris", record=9)]


@pytest.fixture
def reports(report: TrialReport, hostile: TrialReport) -> list[TrialReport]:
    """Seven reports, of which the third says nothing."""
    made = [report, hostile, TrialReport(record=report.record), report, report, hostile, report]
    return [replace(one, record=replace(one.record, record_id=str(at))) for at, one in enumerate(made)]


@pytest.fixture
def small_pieces(reports: list[TrialReport]) -> Iterator[dict[str, pd.DataFrame]]:
    return tables_in_batches(reports, PROBLEMS, size=2)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pieces_joined_are_the_whole_tables(reports: list[TrialReport], size: int) -> None:
    pieces = list(tables_in_batches(reports, PROBLEMS, size=size))
    assert len(pieces) == -(-7 // size)
    for table, whole in to_tables(reports, PROBLEMS).items():
        pd.testing.assert_frame_equal(pd.concat([piece[table] for piece in pieces], ignore_index=True), whole)


def test_no_reports_are_one_piece_of_empty_tables() -> None:
    [piece] = tables_in_batches([])
    assert {table: len(frame) for table, frame in piece.items()} == dict.fromkeys(TABLES, 0)


@pytest.mark.parametrize("extension", [".csv", ".tsv", ".xlsx"])
def test_the_same_bytes(
    reports: list[TrialReport], small_pieces: Iterator[dict[str, pd.DataFrame]], tmp_path: Path, extension: str
) -> None:
    for folder, batches in (("whole", [to_tables(reports, PROBLEMS)]), ("pieces", small_pieces)):
        (tmp_path / folder).mkdir()
        write_batches(batches, tmp_path / folder / f"out{extension}")
    made = {file.name: file.read_bytes() for file in (tmp_path / "pieces").iterdir()}
    assert made == {file.name: file.read_bytes() for file in (tmp_path / "whole").iterdir()}


def test_parquet_has_a_row_group_a_piece_and_the_same_values(
    reports: list[TrialReport], small_pieces: Iterator[dict[str, pd.DataFrame]], tmp_path: Path
) -> None:
    write_batches(small_pieces, tmp_path / "out.parquet")
    assert pyarrow.parquet.ParquetFile(tmp_path / "out.studies.parquet").num_row_groups == 4
    for table, whole in to_tables(reports, PROBLEMS).items():
        name = "out.parquet" if table == "results" else f"out.{table}.parquet"
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / name), whole)


def test_a_whole_table_makes_the_parquet_file_that_pandas_makes(reports: list[TrialReport], tmp_path: Path) -> None:
    frames = to_tables(reports)
    write_tables(frames, tmp_path / "ours.parquet")
    frames["results"].to_parquet(tmp_path / "theirs.parquet", engine="pyarrow", index=False)
    assert (tmp_path / "ours.parquet").read_bytes() == (tmp_path / "theirs.parquet").read_bytes()


def test_duckdb_holds_the_same_rows_in_order(
    reports: list[TrialReport],
    small_pieces: Iterator[dict[str, pd.DataFrame]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # More pieces than one connection takes, and a name that SQL would end early.
    monkeypatch.setattr(database, "_PIECES", 3)
    write_batches(small_pieces, tmp_path / "it's pieces.duckdb")
    write_tables(to_tables(reports, PROBLEMS), tmp_path / "whole.duckdb")
    found = []
    for name in ("it's pieces", "whole"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as connection:
            found.append({table: connection.execute(f'FROM "{table}"').fetchall() for table in TABLES})
    assert found[0] == found[1]


@pytest.fixture
def plain(small_pieces: Iterator[dict[str, pd.DataFrame]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook that was too large, with room for ten rows in a sheet and one link."""
    monkeypatch.setattr(large_workbook, "MOST_HELD", 5)
    monkeypatch.setattr(large_workbook, "MOST_ROWS", 11)
    monkeypatch.setattr(large_workbook, "MOST_LINKS", 1)
    write_batches(small_pieces, tmp_path / "large.xlsx")
    return tmp_path / "large.xlsx"


def test_a_large_workbook_holds_every_value(reports: list[TrialReport], plain: Path, tmp_path: Path) -> None:
    write_excel(to_tables(reports, PROBLEMS), tmp_path / "full.xlsx")
    book, full = CalamineWorkbook.from_path(plain), CalamineWorkbook.from_path(tmp_path / "full.xlsx")
    tables = full.sheet_names
    assert book.sheet_names[: len(tables)] == tables
    further = [*(f"{name} ({n})" for name in ("Results", "Arm values") for n in (2, 3, 4)), "Sections (2)"]
    assert sorted(book.sheet_names[len(tables) :]) == sorted(further)
    for name in set(tables) - {"Read me"}:
        head, *rows = full.get_sheet_by_name(name).to_python()
        parts = [book.get_sheet_by_name(part).to_python() for part in book.sheet_names if part.split(" (")[0] == name]
        assert [part[0] for part in parts] == [head] * len(parts)
        assert all(len(part) == 11 for part in parts[:-1])
        assert [row for part in parts for row in part[1:]] == rows


def test_a_large_workbook_keeps_what_a_reviewer_needs(plain: Path) -> None:
    book = openpyxl.load_workbook(plain)
    sheet = book["Results"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AM11")
    [rule] = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == (f'"{",".join(VERDICTS)}"', "AI2:AI11")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    studies = book["Studies"]
    links = [studies.cell(row, 2).hyperlink for row in (2, 3, 4)]
    assert [link.target if link else None for link in links] == [
        "https://pubmed.ncbi.nlm.nih.gov/91234567/",
        None,
        None,
    ]
    notes = [str(row[0]) for row in book["Read me"].iter_rows(max_row=12, values_only=True)]
    assert large_workbook.NOTE in notes
    assert ("Studies", 7) in [row[:2] for row in book["Read me"].iter_rows(values_only=True)]
