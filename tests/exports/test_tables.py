"""Each table format, read back by another program than the one that wrote it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet
import pytest

from structurer.errors import ExportError
from structurer.exports import TABLE_EXTENSIONS, write_tables
from structurer.schema import TrialReport
from structurer.tables.columns import TABLES, columns
from structurer.tables.frames import to_tables

ONE_TABLE_A_FILE = (".csv", ".tsv", ".parquet")


@pytest.mark.parametrize("extension", TABLE_EXTENSIONS)
def test_files_that_each_format_makes(frames: dict[str, pd.DataFrame], tmp_path: Path, extension: str) -> None:
    write_tables(frames, tmp_path / f"out{extension.upper()}")
    others = [table for table in TABLES if table != "results"] if extension in ONE_TABLE_A_FILE else []
    made = {file.name for file in tmp_path.iterdir()}
    assert made == {f"out{extension.upper()}", *(f"out.{table}{extension.upper()}" for table in others)}


@pytest.mark.parametrize(("extension", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_delimited(frames: dict[str, pd.DataFrame], tmp_path: Path, extension: str, delimiter: str) -> None:
    target = tmp_path / f"out{extension}"
    write_tables(frames, target)
    written = target.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfrecord_id")
    assert written.count(b"\r\n") == 5
    assert written.count(b"\n") == 5
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    assert list(rows[0]) == [column.name for column in columns("results")]
    shown = ("p_operator", "p_value", "ci_level", "ci_low", "n_total", "quote", "study", "verdict")
    assert [rows[0][name] for name in shown] == [
        "=",
        "0.003",
        "95",
        "0.45",
        "240",
        "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003",
        "'=Rovacept in gout (2020)",
        "",
    ]
    assert [rows[1][name] for name in ("estimate", "quote")] == ["-1.4", "'-1.4 points more (90% CI -2.1 to -0.7)"]


def test_no_cell_of_a_csv_file_is_a_formula(hostile: TrialReport, tmp_path: Path) -> None:
    write_tables(to_tables([hostile]), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["outcome"] for row in csv.DictReader(file)]
    assert found[:7] == [
        "'=cmd|' /C calc'!A0",
        "'+1+1",
        "'-2.3 (SD 1)",
        "'@SUM(A1)",
        "'\t=1+1",
        "=",
        "-2.3",
    ]
    assert len(found) == len(hostile.arm_values)


def test_parquet_keeps_types_and_cells(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_tables(frames, tmp_path / "out.parquet")
    for table, frame in frames.items():
        name = "out.parquet" if table == "results" else f"out.{table}.parquet"
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / name), frame)
    schema = pyarrow.parquet.read_schema(tmp_path / "out.parquet")
    found = [str(schema.field(name).type).removeprefix("large_") for name in ("n", "sei", "verdict")]
    assert found == ["int64", "double", "string"]


def test_duckdb_holds_every_table_with_its_types(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    target = tmp_path / "out.duckdb"
    write_tables(frames, target)
    with duckdb.connect(str(target), read_only=True) as connection:
        assert {row[0] for row in connection.execute("SHOW TABLES").fetchall()} == set(TABLES)
        wanted = "SELECT measure, estimate, n, verdict, typeof(n), typeof(sei), typeof(verdict) FROM results"
        assert connection.execute(wanted).fetchall() == [
            ("HR", 0.62, None, None, "BIGINT", "DOUBLE", "VARCHAR"),
            ("MD", -1.4, None, None, "BIGINT", "DOUBLE", "VARCHAR"),
            ("PROPORTION", None, 120, None, "BIGINT", "DOUBLE", "VARCHAR"),
            ("MEAN", 5.1, None, None, "BIGINT", "DOUBLE", "VARCHAR"),
        ]


@pytest.mark.parametrize(("extension", "library"), [(".parquet", "pyarrow"), (".duckdb", "duckdb")])
def test_a_missing_extra_is_named(
    frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExportError, match=rf"pip install '\.\[{extension[1:]}\]'"):
        write_tables(frames, tmp_path / f"out{extension}")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_extension_is_refused(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"extension '\.docx'; use \.xlsx"):
        write_tables(frames, tmp_path / "out.docx")


@pytest.mark.parametrize("extension", TABLE_EXTENSIONS)
def test_a_folder_that_is_not_there(frames: dict[str, pd.DataFrame], tmp_path: Path, extension: str) -> None:
    with pytest.raises(ExportError):
        write_tables(frames, tmp_path / "none" / f"out{extension}")


@pytest.mark.parametrize("extension", TABLE_EXTENSIONS)
def test_empty_tables_can_be_written(tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out{extension}"
    write_tables(to_tables([]), target)
    assert target.stat().st_size > 0


@pytest.mark.parametrize("extension", TABLE_EXTENSIONS)
def test_hostile_text_is_written_by_every_format(hostile: TrialReport, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out{extension}"
    write_tables(to_tables([hostile]), target)
    assert target.stat().st_size > 0
