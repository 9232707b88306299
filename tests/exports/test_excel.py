"""The workbook, read back with openpyxl (formats) and calamine (values)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from python_calamine import CalamineWorkbook

from structurer.errors import ExportError
from structurer.exports import excel
from structurer.exports.excel import write_excel
from structurer.exports.excel_cells import LONGEST_TEXT, MOST_LINKS, quote_places
from structurer.exports.excel_look import FOLDED, REVIEWER, WIDTHS
from structurer.exports.row_identity import key_cells
from structurer.schema import TrialReport
from structurer.tables.columns import TABLES, VERDICTS, columns
from structurer.tables.frames import to_tables

SHEETS = {
    "Results": "results",
    "Studies": "studies",
    "Sections": "sections",
    "Problems": "problems",
    "Read me": None,
    "Sample sizes": "sample_sizes",
    "P-values": "p_values",
    "Registry IDs": "registry_ids",
    "Arm values": "arm_values",
    "Contrasts": "contrasts",
}
WORDED = "ci-asymmetric: the estimate should be 0.618"


@pytest.fixture
def workbook(frames: dict[str, pd.DataFrame], tmp_path: Path) -> openpyxl.Workbook:
    write_excel(frames, tmp_path / "out.xlsx")
    return openpyxl.load_workbook(tmp_path / "out.xlsx", rich_text=True)


def column_of(table: str, name: str) -> int:
    return [column.name for column in columns(table)].index(name) + 1


def test_every_value_is_there(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_excel(frames, tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    assert book.sheet_names == list(SHEETS)
    for name, table in SHEETS.items():
        if table is None:
            continue
        header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert header == [*frames[table].columns, *(["row_key"] if table == "results" else [])]
        # A workbook keeps 16 digits of a number; flags are in words.
        expected = [[_cell(value) for value in row] for row in frames[table].astype(object).to_numpy().tolist()]
        width = len(frames[table].columns)
        found = [[_cell(value) for value in row[:width]] for row in rows]
        if table == "results":
            place = column_of("results", "flags") - 1
            assert [row[place] for row in found] == [WORDED, "", "", ""]
            assert [row[-1] for row in rows] == key_cells(frames[table])
            found[0][place] = "ci-asymmetric"
        assert found == expected


def _cell(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) and not pd.isna(value) else "" if pd.isna(value) else value


def test_header_stays_and_tables_are_named(workbook: openpyxl.Workbook) -> None:
    for name, table in SHEETS.items():
        sheet = workbook[name]
        if table is not None:
            # Of the results, the outcome stays in sight too.
            assert sheet.freeze_panes == ("H2" if table == "results" else "B2")
            assert list(sheet.tables) == [table]
            assert sheet.tables[table].autoFilter is not None


def test_numbers_show_the_decimals_they_were_printed_with(report: TrialReport, tmp_path: Path) -> None:
    hazard = report.effects[0]
    assert hazard.interval is not None
    text = "hazard ratio 0.60, 95% CI 0.5-0.80; P=0.0030"
    limits = replace(hazard.interval, lower=Decimal("0.5"), upper=Decimal("0.80"))
    printed = replace(hazard, text=text, estimate=Decimal("0.60"), interval=limits)
    write_excel(to_tables([replace(report, effects=(printed,))]), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Results"]
    cells = {name: sheet.cell(2, column_of("results", name)) for name in ("estimate", "ci_low", "ci_high", "p_value")}
    assert {name: (cell.value, cell.number_format) for name, cell in cells.items()} == {
        "estimate": (0.6, "0.00"),
        "ci_low": (0.5, "0.0"),
        "ci_high": (0.8, "0.00"),
        "p_value": (0.003, "0.0000"),
    }


def test_rare_columns_are_folded_and_the_key_is_hidden(workbook: openpyxl.Workbook) -> None:
    sheet = workbook["Results"]
    hidden = {
        name
        for name, place in ((name, column_of("results", name)) for name in (c.name for c in columns("results")))
        if sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].hidden
    }
    # A run of folded columns is kept as one entry of the file, under its first column.
    assert {"doi", "yi", "quote", "start"} <= hidden <= FOLDED
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(len(columns("results")) + 1)].hidden
    assert not hidden & {"outcome", "estimate", "sentence", "verdict"}


def test_what_a_reviewer_types_stays_text(workbook: openpyxl.Workbook) -> None:
    sheet = workbook["Results"]
    assert {sheet.cell(2, column_of("results", name)).number_format for name in REVIEWER} == {"@"}


def test_a_column_of_the_reviewers_own_stands_before_the_key(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    frames["results"]["risk of bias"] = pd.array(["low", None, "high", None], dtype="str")
    frames["results"]["weight"] = [1.5, 2.0, None, 4.0]
    write_excel(frames, tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    header, *rows = book.get_sheet_by_name("Results").to_python(skip_empty_area=False)
    assert header[-4:] == ["note", "risk of bias", "weight", "row_key"]
    assert [row[-3:-1] for row in rows] == [["low", 1.5], ["", 2.0], ["high", ""], ["", 4.0]]
    explained = [row[1] for row in book.get_sheet_by_name("Read me").to_python()]
    assert {"risk of bias", "weight"} <= set(explained)


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
        ("list", f'"{",".join(VERDICTS)}"', "AI2:AI505"),
        # A hint of what may be typed; any text is taken.
        (None, None, "AJ2:AJ505"),
    ]
    assert openpyxl.utils.get_column_letter(column_of("results", "verdict")) == "AI"


def test_read_me_explains_every_column(workbook: openpyxl.Workbook) -> None:
    rows = [tuple(row) for row in workbook["Read me"].iter_rows(values_only=True)]
    assert str(rows[0][0]).startswith("structurer ")
    assert ("Results", 4, "", "One estimate: every effect, and every arm value") in [
        (row[0], row[1], row[2] or "", row[3]) for row in rows
    ]
    explained = {(row[0], row[1]) for row in rows}
    for name, table in SHEETS.items():
        if table is not None:
            assert {(name, column.name) for column in columns(table)} <= explained


def test_read_me_counts_and_tells_the_date(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    frames["results"].loc[0, "verdict"] = "wrong"
    write_excel(frames, tmp_path / "out.xlsx", made_on=date(2026, 3, 1))
    rows = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name("Read me").to_python()
    assert rows[1][0] == "made on 2026-03-01"
    begin = next(place for place, row in enumerate(rows) if row[0] == "Count")
    counts = {row[3]: row[0] for row in rows[begin + 1 : begin + 8]}
    assert counts == {
        "records": 1,
        "records with results": 1,
        "effects": 2,
        "values of one arm": 2,
        "results with a flag": 1,
        "results with a verdict": 1,
        "judged wrong": 1,
    }


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


def test_the_same_tables_on_the_same_day_make_the_same_bytes(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    for name, day in (("a", 1), ("b", 1), ("c", 2)):
        write_excel(frames, tmp_path / f"{name}.xlsx", made_on=date(2026, 3, day))
    first, same, other = ((tmp_path / f"{name}.xlsx").read_bytes() for name in "abc")
    assert first == same != other


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
    assert known > FOLDED
    assert set(WIDTHS) | {"verdict", "flags", "sentence", "quote", "url", "pmid", "doi", "registry_ids"} <= known
