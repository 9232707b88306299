"""The workbook, read back with openpyxl (formats) and calamine (values)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from python_calamine import CalamineWorkbook

from structurer.errors import ExportError
from structurer.exports import excel
from structurer.exports.excel import WIDTHS, write_excel
from structurer.exports.excel_cells import LONGEST_TEXT, MOST_LINKS, quote_places
from structurer.schema import TrialReport
from structurer.tables.columns import TABLES, VERDICTS, columns
from structurer.tables.frames import to_tables

SHEETS = [
    "Results",
    "Studies",
    "Sections",
    "Sample sizes",
    "P-values",
    "Registry IDs",
    "Arm values",
    "Contrasts",
    "Problems",
    "Read me",
]


@pytest.fixture
def workbook(frames: dict[str, pd.DataFrame], tmp_path: Path) -> openpyxl.Workbook:
    write_excel(frames, tmp_path / "out.xlsx")
    return openpyxl.load_workbook(tmp_path / "out.xlsx", rich_text=True)


def column_of(table: str, name: str) -> int:
    return [column.name for column in columns(table)].index(name) + 1


def test_every_value_is_there(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_excel(frames, tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    assert book.sheet_names == SHEETS
    for name, frame in zip(SHEETS, frames.values(), strict=False):
        header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert header == list(frame.columns)
        # A workbook keeps 16 digits of a number.
        expected = [[_cell(value) for value in row] for row in frame.astype(object).to_numpy().tolist()]
        assert [[_cell(value) for value in row] for row in rows] == expected


def _cell(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) and not pd.isna(value) else "" if pd.isna(value) else value


def test_header_stays_and_tables_are_named(workbook: openpyxl.Workbook) -> None:
    for name, table in zip(SHEETS, TABLES, strict=False):
        sheet = workbook[name]
        assert sheet.freeze_panes == "B2"
        assert list(sheet.tables) == [table]
        assert sheet.tables[table].autoFilter is not None


def test_links(workbook: openpyxl.Workbook) -> None:
    results = workbook["Results"]
    links = {name: results.cell(2, column_of("results", name)).hyperlink for name in ("pmid", "doi", "registry_ids")}
    assert {name: link.target if link else None for name, link in links.items()} == {
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/91234567/",
        "doi": "https://doi.org/10.1234/gout.1",
        "registry_ids": "https://clinicaltrials.gov/study/NCT09876543",
    }
    assert results.cell(2, column_of("results", "pmid")).value == "91234567"


def test_the_quote_is_bold_in_its_sentence(workbook: openpyxl.Workbook) -> None:
    cell = workbook["Results"].cell(2, column_of("results", "sentence")).value
    assert isinstance(cell, CellRichText)
    bold = [piece.text for piece in cell if isinstance(piece, TextBlock) and piece.font.b]
    assert bold == ["hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003"]


def test_verdict_is_a_list(workbook: openpyxl.Workbook) -> None:
    rules = workbook["Results"].data_validations.dataValidation
    assert [(rule.type, rule.formula1, str(rule.sqref)) for rule in rules] == [
        ("list", f'"{",".join(VERDICTS)}"', "AI2:AI5")
    ]
    assert openpyxl.utils.get_column_letter(column_of("results", "verdict")) == "AI"


def test_read_me_explains_every_column(workbook: openpyxl.Workbook) -> None:
    rows = [tuple(row) for row in workbook["Read me"].iter_rows(values_only=True)]
    assert str(rows[0][0]).startswith("structurer ")
    assert ("Results", 4, "", "One estimate: every effect, and every arm value") in [
        (row[0], row[1], row[2] or "", row[3]) for row in rows
    ]
    explained = {(row[0], row[1]) for row in rows}
    for name, table in zip(SHEETS, TABLES, strict=False):
        assert {(name, column.name) for column in columns(table)} <= explained


def test_no_cell_is_a_formula_whatever_its_text(hostile: TrialReport, tmp_path: Path) -> None:
    write_excel(to_tables([hostile]), tmp_path / "out.xlsx")
    for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Results"].iter_rows():
        assert {cell.data_type for cell in row} <= {"s", "n"}
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name("Results")
    found = [str(row[column_of("results", "outcome") - 1]) for row in sheet.to_python()[1:]]
    printed = [value.arm for value in hostile.arm_values]
    assert found[:8] == printed[:8]
    assert found[8] == " <r>not ready-made</r>"
    assert (len(found[9]), found[9][-6:]) == (LONGEST_TEXT, " [cut]")
    assert found[11] == printed[11]


def test_the_same_tables_make_the_same_bytes(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_excel(frames, tmp_path / "a.xlsx")
    write_excel(frames, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_more_rows_than_a_sheet_holds(
    frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 4)
    with pytest.raises(ExportError, match="4 rows of results are more than a sheet holds"):
        write_excel(frames, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_past_the_limit_of_links_the_text_stands_alone(
    frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_LINKS == 65_530
    monkeypatch.setattr("structurer.exports.excel_cells.MOST_LINKS", 2)
    write_excel(frames, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Results"]
    pmids = [sheet.cell(row, column_of("results", "pmid")) for row in (2, 3, 4, 5)]
    assert [cell.hyperlink is not None for cell in pmids] == [True, True, False, False]
    assert [cell.value for cell in pmids] == ["91234567"] * 4


def test_quotes_that_stand_twice_in_a_sentence_are_told_apart_by_their_neighbours() -> None:
    sentence = "It was 10% with A and 10% with B (P=0.9)."

    def frame(rows: list[tuple[str, int]]) -> pd.DataFrame:
        return pd.DataFrame(
            [{"record_id": "1", "sentence": sentence, "quote": quote, "start": 100 + start} for quote, start in rows]
        )

    assert quote_places(frame([("10%", 7), ("10%", 22)])) == [7, 22]
    assert quote_places(frame([("10%", 22), ("P=0.9", 34)])) == [22, 34]
    assert quote_places(frame([("10%", 22)])) == [None]
    assert quote_places(frame([("11%", 22)])) == [None]


def test_names_that_the_sheets_treat_apart_are_columns() -> None:
    known = {column.name for table in TABLES for column in columns(table)}
    assert set(WIDTHS) | {"verdict", "flags", "sentence", "quote", "url", "pmid", "doi", "registry_ids"} <= known
