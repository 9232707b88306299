"""Rows and columns of a person's own in a table of an earlier run: they come along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from structurer.exports import write_tables
from structurer.review.merge import merged
from structurer.review.reviewed_table import read_reviewed

Frames = dict[str, pd.DataFrame]


def columns_of(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def edited(path: Path, edit: Callable[[Any, Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book, book["Results"])
    book.save(path)
    return path


def test_rows_typed_by_hand_stay_below_from_run_to_run(frames: Frames, reviewed: Path, tmp_path: Path) -> None:
    def add(_: Any, sheet: Any) -> None:
        places, last = columns_of(sheet), sheet.max_row
        new = {"record_id": "gout-1", "outcome": "tophi", "measure": "rr", "estimate": "0,5", "ci_level": 95}
        for name, value in (new | {"ci_low": 0.3, "ci_high": 0.8, "n": "about 50", "note": "missed"}).items():
            sheet.cell(last + 1, places[name]).value = value
        # A copy of a row, changed: a quick way to add one that is alike.
        for place in range(1, sheet.max_column + 1):
            sheet.cell(last + 2, place).value = sheet.cell(2, place).value
        sheet.cell(last + 2, places["estimate"]).value = 0.7
        sheet.cell(last + 3, places["record_id"]).value = "checked by KL"

    found = merged(frames, read_reviewed(edited(reviewed, add)))
    write_tables(found, tmp_path / "second.xlsx")
    for one in (found, merged(frames, read_reviewed(tmp_path / "second.xlsx"))):
        results = one["results"]
        assert (results["verdict"][0], results["reviewer"][0]) == ("correct", "KL")
        assert results["rule"].tolist()[4:] == ["by hand", "by hand"]
        first, second = results.iloc[4:].to_dict("records")
        assert (first["kind"], first["measure"], first["estimate"], first["pmid"]) == ("effect", "RR", 0.5, "91234567")
        assert (first["note"], round(first["yi"], 3)) == ("missed; n: about 50", -0.693)
        assert (second["estimate"], second["outcome"], round(second["yi"], 3)) == (0.7, "Flares", -0.357)
        assert one["problems"]["problem"].tolist()[len(frames["problems"]) :] == ["stray_row"]
        assert "checked by KL" in one["problems"]["message"].iloc[-1]


def test_columns_of_a_persons_own_stay(frames: Frames, reviewed: Path, tmp_path: Path) -> None:
    def add(book: Any, sheet: Any) -> None:
        sheet.insert_cols(5)
        sheet.cell(1, 5).value = "Risk of bias"
        sheet.cell(3, 5).value = "low"
        place = sheet.max_column + 1
        sheet.cell(1, place).value = "weight"
        sheet.cell(2, place).value = 1.5
        sheet.cell(4, place + 1).value = "a remark beside the table"
        book.create_sheet("My notes")["B2"] = "ask the authors"
        studies = book["Studies"]
        studies.cell(1, studies.max_column + 1).value = "country"

    found = merged(frames, read_reviewed(edited(reviewed, add)))
    write_tables(found, tmp_path / "second.xlsx")
    for one in (found, merged(frames, read_reviewed(tmp_path / "second.xlsx"))):
        results = one["results"].astype(object).where(one["results"].notna(), None)
        assert results["Risk of bias"].tolist() == [None, "low", None, None]
        assert results["weight"].tolist() == [1.5, None, None, None]
        assert "a remark beside the table" in results.iloc[2].tolist()
        messages = one["problems"]["message"].tolist()[len(frames["problems"]) :]
        assert [name in " ".join(messages) for name in ("column 'country'", "sheet My notes")] == [True, True]
        assert len(messages) == 2


def test_own_columns_whose_names_differ_in_case_are_two(frames: Frames, reviewed: Path, tmp_path: Path) -> None:
    def add(_: Any, sheet: Any) -> None:
        place = sheet.max_column
        for at, name in enumerate(("Weight", "weight", "=sum", "x" * 300), start=1):
            sheet.cell(1, place + at).value = name
            sheet.cell(2, place + at).value = f"of {at}"
        sheet.cell(1, place + 3).data_type = "s"

    found = merged(frames, read_reviewed(edited(reviewed, add)))
    write_tables(found, tmp_path / "second.xlsx")
    header = [cell.value for cell in openpyxl.load_workbook(tmp_path / "second.xlsx")["Results"][1]]
    assert header[-5:] == ["Weight", "weight (2)", "=sum", "x" * 255, "row_key"]
    again = read_reviewed(tmp_path / "second.xlsx")
    assert [list(row.own.values()) for row in again.rows] == [["of 1", "of 2", "of 3", "of 4"], [], [], []]
