"""The workbook of the sample records in a real spreadsheet program, which opens it, shows it and saves it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from structurer.cli import app
from structurer.exports.excel_look import REVIEWER
from structurer.tables.columns import VERDICTS, columns

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"
# Where to put the picture of the README, when it is to be made anew.
PICTURES = os.environ.get("STRUCTURER_SCREENSHOTS")
NAMES = [column.name for column in columns("results")]
# What a person typed into the first rows.
WROTE = [
    {"verdict": "correct", "reviewer": "KL"},
    {"verdict": "Partly", "corrected": "10.20", "reviewer": "KL", "note": "rounded\nhere"},
    {"verdict": "wrong", "corrected": "ci_low=0.60; outcome=death", "reviewer": "MB"},
    {"verdict": "not an effect", "corrected": "10/12", "note": "a date?"},
]


def extract(*arguments: str | Path) -> None:
    done = CliRunner().invoke(app, ["extract", str(SAMPLE), "-q", *map(str, arguments)])
    assert (done.exit_code, done.output) == (0, "")


def convert(source: Path, extension: str, folder: Path, options: str = "") -> Path:
    """`source` as LibreOffice saves it in another format; `options` are those of the format."""
    assert OFFICE is not None
    profile = folder / "profile"
    done = subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            f"{extension}{options}",
            "--outdir",
            str(folder / "saved"),
            str(source),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    # Of a workbook that it has to repair, the program says so.
    complaints = [line for line in done.stderr.splitlines() if line.strip() and "javaldx" not in line]
    assert complaints == []
    return folder / "saved" / f"{source.stem}.{extension}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook of the sample records, in whose first rows a person wrote."""
    folder = tmp_path_factory.mktemp("office")
    extract("-o", folder / "trials.xlsx")
    book = openpyxl.load_workbook(folder / "trials.xlsx", rich_text=True)
    for row, cells in enumerate(WROTE, start=2):
        for name, value in cells.items():
            book["Results"].cell(row, NAMES.index(name) + 1).value = value
    book.save(folder / "reviewed.xlsx")
    return folder


@pytest.fixture(scope="module")
def saved(folder: Path) -> Path:
    """That workbook as LibreOffice saves it."""
    return convert(folder / "reviewed.xlsx", "xlsx", folder)


def rows_of(path: Path, sheet: str = "Results") -> list[list[Any]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()]


def test_every_value_of_every_sheet_is_there(folder: Path) -> None:
    made = folder / "trials.xlsx"
    opened = convert(made, "ods", folder)
    sheets = CalamineWorkbook.from_path(made).sheet_names
    assert sheets[:5] == ["Results", "Studies", "Sections", "Problems", "Read me"]
    assert CalamineWorkbook.from_path(opened).sheet_names == sheets
    for sheet in sheets:
        ours, theirs = rows_of(made, sheet), rows_of(opened, sheet)
        assert [[_rounded(cell) for cell in row] for row in theirs] == [
            [_rounded(cell) for cell in row] for row in ours
        ]


def _rounded(cell: Any) -> Any:
    return round(cell, 10) if isinstance(cell, float) else " ".join(str(cell).split())


def test_numbers_show_their_printed_decimals(folder: Path) -> None:
    # Comma, quotation mark, UTF-8.
    text = convert(folder / "trials.xlsx", "csv", folder, ":Text - txt - csv (StarCalc):44,34,76")
    with text.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # A CSV of a spreadsheet holds what the sheet shows.
    shown = {row["quote"]: (row["estimate"], row["ci_low"], row["ci_high"], row["p_value"]) for row in rows}
    found = next(numbers for quote, numbers in shown.items() if "0·58, 0·48–0·70" in quote)
    assert found == ("0.58", "0.48", "0.70", "0.0001")


def test_what_a_person_needs_survives_saving(saved: Path) -> None:
    book = openpyxl.load_workbook(saved, rich_text=True)
    for sheet in book.worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    results = book["Results"]
    [choice] = [rule for rule in results.data_validations.dataValidation if rule.type == "list"]
    assert all(verdict in choice.formula1 for verdict in VERDICTS)
    link = results.cell(2, NAMES.index("pmid") + 1).hyperlink
    assert link.target == "https://pubmed.ncbi.nlm.nih.gov/90000001/"
    assert "clinicaltrials.gov" in results.cell(2, NAMES.index("registry_ids") + 1).hyperlink.target
    evidence = results.cell(2, NAMES.index("sentence") + 1).value
    assert any(getattr(piece, "font", None) and piece.font.b for piece in evidence)
    assert len(results.conditional_formatting) > 0
    # Saved without a window, the file keeps no panes; its table keeps its filters.
    assert results.tables["results"].autoFilter is not None or results.auto_filter.ref


def test_verdicts_come_back_from_a_workbook_that_it_saved(folder: Path, saved: Path) -> None:
    extract("-o", folder / "again.xlsx", "--merge", saved)
    header, *rows = rows_of(folder / "again.xlsx")
    for row, wrote in zip(rows, WROTE, strict=False):
        cells = dict(zip(map(str, header), row, strict=True))
        expected = dict.fromkeys(REVIEWER, "") | wrote | {"verdict": wrote["verdict"].lower()}
        assert {name: cells[name] for name in REVIEWER} == expected
    # Nobody changed anything else, so nothing is told as changed.
    assert [row for row in rows_of(folder / "again.xlsx", "Problems") if "earlier file" in str(row)] == []


@pytest.mark.skipif(
    PICTURES is None, reason="makes a picture for the README where STRUCTURER_SCREENSHOTS names a folder"
)
def test_a_picture_of_the_workbook(folder: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="a page becomes a picture by pypdfium2")
    image = pytest.importorskip("PIL.Image")
    [page, *_] = pdfium.PdfDocument(convert(folder / "reviewed.xlsx", "pdf", folder))
    whole = page.render(scale=3600 / page.get_width()).to_pil().convert("RGB")
    left, top, half, height = 85, 85, 1745, 560
    # A row is wider than a page of text: its left half stands above its right half.
    picture = image.new("RGB", (half, 2 * height + 20), "white")
    for at, begin in enumerate((left, 3600 - left - half)):
        picture.paste(whole.crop((begin, top, begin + half, top + height)), (0, at * (height + 20)))
    target = Path(str(PICTURES)) / "workbook.png"
    picture.quantize(64).save(target, optimize=True)
    assert target.stat().st_size < 200_000
