"""`structurer compare` with the sheet of a second reader, as people keep such sheets."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from structurer.cli import app
from structurer.comparison.findings import Found, compare
from structurer.comparison.ours import OurRecord, our_records
from structurer.comparison.sheet import read_sheet
from structurer.exports.reading_back import read_output

SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"
# A German spreadsheet program's CSV: semicolons, decimal commas, one record over two rows, a title above.
MINE = """Extraction by A. Reader;;;;;;;
PMID;Endpoint;HR (95% CI);p;Treatment;Control;N randomised;Remark
90000001;OS;0,76 (0,63-0,92);0,0045;corvatinib;placebo;612;
;PFS;0,85 (0,48-0,70);<0,0001;corvatinib;placebo;;check
90000002;Death;0,91 (0,74-1,11);n/a;orvaglutide;placebo;4 817;
90000002;Amputation;1,20 (0,90-1,60);0,2;orvaglutide;placebo;;
12345678;Death;0,50 (0,20-0,90);0,2;other drug;placebo;;
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("extracted") / "trials.jsonl"
    assert CliRunner().invoke(app, ["extract", str(SAMPLE), "-o", str(file), "-q"]).exit_code == 0
    return file


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    file.write_text(MINE, encoding="windows-1252")
    return file


@pytest.fixture(scope="module")
def records(out: Path) -> list[OurRecord]:
    return our_records(read_output(out))


def test_what_differs_and_what_only_one_has(records: list[OurRecord], mine: Path) -> None:
    sheet = read_sheet(mine)
    found = compare(records, sheet)
    assert (found.records, found.paired) == (2, 3)
    (differing,) = [cell for cell in found.cells if cell.found is Found.DISAGREE]
    assert (differing.record_id, differing.column, differing.ours, differing.theirs, differing.their_line) == (
        "90000001",
        "estimate",
        "0.58",
        "0,85 (0,48-0,70)",
        4,
    )
    assert differing.sentence is not None
    assert "HR 0·58" in differing.sentence
    theirs_only = [(row.their_line, row.reason) for row in found.rows if row.found is Found.ONLY_THEIRS]
    assert theirs_only == [(6, "no such row in ours"), (7, "no record of ours has its id, DOI or title")]
    assert {cell.ours: cell.theirs for cell in found.cells if cell.found is Found.SIMILAR} == {
        "overall survival": "OS",
        "progression-free survival": "PFS",
        "Death from any cause": "Death",
    }
    assert "column 'Remark' is not compared" in sheet.notes
    levels = [cell for cell in found.cells if cell.column == "ci_level"]
    assert {(cell.found, cell.ours) for cell in levels} == {(Found.AGREE, "95")}


def test_the_command_says_it_and_writes_it(out: Path, mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "compared.xlsx"
    done = CliRunner().invoke(app, ["compare", str(out), str(mine), "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert "2 records and 3 rows in both" in done.stdout
    assert "90000001, line 4, estimate: ours 0.58, theirs 0,85 (0,48-0,70)" in done.stdout
    assert "numbers are read with decimal commas" in done.stderr
    sheets = pd.read_excel(file, sheet_name=None, engine="calamine", dtype=str)
    assert list(sheets) == ["Cells", "Rows", "Agreement", "Columns"]
    assert sheets["Cells"]["found"].iloc[0] == "disagree"
    estimate = sheets["Agreement"].set_index("column").loc["estimate"]
    assert (estimate["agree"], estimate["disagree"]) == ("2", "1")


def test_tables_as_text_are_no_formulas(out: Path, mine: Path, tmp_path: Path) -> None:
    mine.write_text(MINE.replace("OS;0,76", "=1+1;0,76"), encoding="utf-8")
    file = tmp_path / "compared.csv"
    done = CliRunner().invoke(app, ["compare", str(out), str(mine), "-o", str(file), "-q"])
    assert done.exit_code == 0, done.output
    assert {found.name for found in tmp_path.iterdir()} == {
        "mine.csv",
        "compared.csv",
        "compared.rows.csv",
        "compared.agreement.csv",
        "compared.columns.csv",
    }
    text = file.read_text(encoding="utf-8-sig")
    assert ",'=1+1," in text
    assert ",=1+1," not in text


def test_columns_of_any_name_by_the_users_choice(records: list[OurRecord], tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("Nummer\tWas\tZahl\n90000001\toverall survival\t0.77\n", encoding="utf-8")
    sheet = read_sheet(file, {"pmid": "Nummer", "outcome": "Was", "estimate": "Zahl"})
    found = compare(records, sheet)
    assert [(cell.column, cell.theirs) for cell in found.cells if cell.found is Found.DISAGREE] == [
        ("estimate", "0.77")
    ]


def test_both_groups_in_one_line(records: list[OurRecord], tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "PMID,Outcome,Intervention,Control,Events intervention,N intervention,Events control,N control,RR (95% CI)\n"
        "90000004,Delirium,noctelteon,placebo,47,313,73,315,0.66 (0.47-0.92)\n",
        encoding="utf-8",
    )
    found = compare(records, read_sheet(file))
    assert found.paired == 3
    assert [(cell.column, cell.ours, cell.theirs) for cell in found.cells if cell.found is not Found.AGREE] == [
        ("events", "72", "73")
    ]
    assert sum(cell.found is Found.AGREE for cell in found.cells) == 5 + 3 + 7


@pytest.mark.parametrize(
    "keys",
    [
        "PMID,90000001",
        "PMID,PMID: 90000001",
        "DOI,https://doi.org/10.5555/STRUCTURER.0001",
        "Study ID,90000001",
        "Trial registration,NCT 09900001",
        "Title,Corvatinib versus placebo for previously treated advanced hepatocellular carcinoma (HELICON): a "
        "randomised double-blind phase 3 trial",
        "Study,Corvatinib versus placebo for previously treated advanced hepatocellular carcinoma: a randomised "
        "double-blind phase 3 trial (2020)",
    ],
)
def test_records_are_found_by_any_key(keys: str, records: list[OurRecord], tmp_path: Path) -> None:
    name, _, value = keys.partition(",")
    file = tmp_path / "mine.csv"
    file.write_text(f'{name},HR\n"{value}",0.58\n', encoding="utf-8")
    found = compare(records, read_sheet(file))
    cells = [(cell.found, cell.column) for cell in found.cells if cell.column != "registry_ids"]
    assert cells == [(Found.AGREE, "measure"), (Found.AGREE, "estimate")]


def test_a_heading_that_is_wrong_for_a_row(records: list[OurRecord], tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("PMID,Outcome,HR (90% CI)\n90000001,overall survival,0.76 (0.63-0.92)\n", encoding="utf-8")
    found = compare(records, read_sheet(file))
    assert [(cell.column, cell.ours, cell.theirs) for cell in found.cells if cell.found is Found.DISAGREE] == [
        ("ci_level", "95", "90 (in the heading 'HR (90% CI)')")
    ]


def test_shares_of_one_are_percentages(records: list[OurRecord], tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    rows = [(90000001, "hypertension", 61, 0.2), (90000001, "hypertension", 9, 0.03), (90000004, "Delirium", 47, 0.15)]
    pd.DataFrame(rows, columns=["PMID", "Outcome", "Events", "%"]).to_excel(file, index=False, engine="xlsxwriter")
    found = compare(records, read_sheet(file))
    assert {cell.found for cell in found.cells} == {Found.AGREE}
    assert found.paired == 3


def test_a_cell_that_cannot_be_read_is_told(records: list[OurRecord], tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("PMID,Outcome,Estimate,95% CI\n90000001,overall survival,0.76,see text\n", encoding="utf-8")
    found = compare(records, read_sheet(file))
    unread = [(cell.column, cell.theirs) for cell in found.cells if cell.found is Found.UNREAD]
    assert unread == [("ci_low", "see text"), ("ci_high", "see text")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("mine.csv", "a,b\n1,2\n", 1),
        ("mine.csv", "", 1),
        ("mine.xlsx", "no workbook", 1),
        ("mine.pdf", "x", 1),
        ("mine.csv", "PMID,HR\n5,0.8\n", 1),
        ("missing.csv", None, 2),
    ],
)
def test_what_cannot_be_compared(name: str, content: str | None, code: int, out: Path, tmp_path: Path) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(app, ["compare", str(out), str(file)])
    assert done.exit_code == code, done.output


@pytest.mark.parametrize(
    "option", [["--map", "effect"], ["--map", "nothing=X"], ["-o", "out.docx"], ["-o", "no/out.csv"]]
)
def test_wrong_calls(option: list[str], out: Path, mine: Path) -> None:
    assert CliRunner().invoke(app, ["compare", str(out), str(mine), *option]).exit_code == 2
