"""What people wrote into a table of an earlier run is in the tables of the next, whatever they did to the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structurer.exports import write_tables
from structurer.exports.row_identity import cell_as_text
from structurer.review.merge import merged
from structurer.review.reviewed_table import read_reviewed
from structurer.tables.columns import VERDICTS

TYPED = ("verdict", "corrected", "reviewer", "note")
Frames = dict[str, pd.DataFrame]
Wrote = dict[int, tuple[str | None, ...]]


def typed(frame: pd.DataFrame) -> dict[int, tuple[Any, ...]]:
    return {
        place: tuple(None if pd.isna(frame[name][place]) else frame[name][place] for name in TYPED)
        for place in range(len(frame))
    }


def columns_of(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def edited(path: Path, edit: Callable[[Any, Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book, book["Results"])
    book.save(path)
    return path


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def reverse_rows(_: Any, sheet: Any) -> None:
    for row, cells in enumerate(reversed(values(sheet)), start=2):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column).value = value


def insert_columns(_: Any, sheet: Any) -> None:
    sheet.insert_cols(1)
    sheet.insert_cols(9, 2)


def hide_rows(_: Any, sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:AL5"
    for row in (2, 4):
        sheet.row_dimensions[row].hidden = True


def rename_and_reorder(book: Any, sheet: Any) -> None:
    sheet.title = "Extraction KL"
    book.move_sheet(sheet, 6)
    del book["Studies"]


def put_a_title_above(_: Any, sheet: Any) -> None:
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Gout review, second screening"


def other_cases(_: Any, sheet: Any) -> None:
    place = columns_of(sheet)["verdict"]
    for row in (2, 3, 5):
        sheet.cell(row, place).value = f" {str(sheet.cell(row, place).value).upper()} "


def headers_in_words(_: Any, sheet: Any) -> None:
    for cell in sheet[1]:
        cell.value = str(cell.value).replace("_", " ").title()


def without_key(_: Any, sheet: Any) -> None:
    sheet.delete_cols(columns_of(sheet)["row_key"])


def without_places(_: Any, sheet: Any) -> None:
    for name in ("start", "end", "kind", "sentence"):
        sheet.delete_cols(columns_of(sheet)[name])


def numbers_as_text(_: Any, sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, float):
                cell.value = str(cell.value)


def split_over_sheets(book: Any, sheet: Any) -> None:
    other = book.copy_worksheet(sheet)
    other.title = "Done"
    sheet.delete_rows(2, 2)
    other.delete_rows(4, 2)


@pytest.mark.parametrize(
    "edit",
    [
        lambda book, sheet: None,
        reverse_rows,
        insert_columns,
        hide_rows,
        rename_and_reorder,
        put_a_title_above,
        other_cases,
        headers_in_words,
        without_key,
        without_places,
        numbers_as_text,
        split_over_sheets,
    ],
    ids=lambda edit: edit.__name__,
)
def test_what_was_typed_is_in_its_row(
    frames: Frames, reviewed: Path, edit: Callable[[Any, Any], None], wrote: Wrote
) -> None:
    found = merged(frames, read_reviewed(edited(reviewed, edit)))
    assert typed(found["results"]) == wrote
    # Nothing that nobody changed is told as changed.
    codes = found["problems"]["problem"].tolist()[len(frames["problems"]) :]
    assert codes == (["not_carried_over"] if edit is put_a_title_above else [])
    assert found["results"]["flags"].tolist()[0] == "ci-asymmetric"


@pytest.mark.parametrize("extension", [".csv", ".tsv"])
def test_a_table_of_text_keeps_them_too(frames: Frames, tmp_path: Path, extension: str, wrote: Wrote) -> None:
    results = frames["results"].copy()
    for place, texts in wrote.items():
        results.loc[place, list(TYPED)] = list(texts)
    write_tables({**frames, "results": results}, tmp_path / f"old{extension}")
    found = merged(frames, read_reviewed(tmp_path / f"old{extension}"))
    assert typed(found["results"]) == wrote
    assert len(found["problems"]) == len(frames["problems"])


def test_a_csv_as_a_spreadsheet_of_another_language_saves_it(frames: Frames, tmp_path: Path) -> None:
    # Semicolons, decimal commas, another encoding, and an id that lost its zeros.
    for name in ("results", "studies"):
        frames[name]["record_id"] = "007"
    results = frames["results"].assign(record_id="7", verdict="Wrong", note="größer")
    results.to_csv(tmp_path / "old.csv", sep=";", decimal=",", index=False, encoding="cp1252")
    found = merged(frames, read_reviewed(tmp_path / "old.csv"))
    assert found["results"]["verdict"].tolist() == ["wrong"] * 4
    assert found["results"]["note"].tolist() == ["größer"] * 4
    assert len(found["problems"]) == len(frames["problems"])


def test_a_row_that_reads_otherwise_keeps_its_verdict_and_is_flagged(
    frames: Frames, reviewed: Path, wrote: Wrote
) -> None:
    frames["results"].loc[0, "estimate"] = 0.63
    found = merged(frames, read_reviewed(reviewed))
    assert typed(found["results"]) == wrote
    assert found["results"]["flags"][0] == "ci-asymmetric; changed_since_verdict"
    [row] = found["problems"].iloc[len(frames["problems"]) :].to_dict("records")
    assert (row["problem"], row["record_id"]) == ("changed_since_verdict", "gout-1")
    assert "estimate was 0.62, is 0.63 (verdict: correct; reviewer: KL)" in row["message"]


def test_the_flag_stays_until_a_person_takes_it_away(frames: Frames, reviewed: Path, tmp_path: Path) -> None:
    frames["results"].loc[0, "estimate"] = 0.63
    write_tables(merged(frames, read_reviewed(reviewed)), tmp_path / "second.xlsx")
    third = merged(frames, read_reviewed(tmp_path / "second.xlsx"))
    assert "changed_since_verdict" in third["results"]["flags"][0]

    def take_away(_: Any, sheet: Any) -> None:
        sheet.cell(2, columns_of(sheet)["flags"]).value = None

    fourth = merged(frames, read_reviewed(edited(tmp_path / "second.xlsx", take_away)))
    assert fourth["results"]["flags"][0] == "ci-asymmetric"
    assert fourth["results"]["verdict"][0] == "correct"


def test_a_row_that_is_gone_is_a_problem_with_all_that_was_typed_from_run_to_run(
    frames: Frames, reviewed: Path, tmp_path: Path
) -> None:
    fewer = {**frames, "results": frames["results"].drop(index=1).reset_index(drop=True)}
    found = merged(fewer, read_reviewed(reviewed))
    write_tables(found, tmp_path / "second.xlsx")
    again = merged(fewer, read_reviewed(tmp_path / "second.xlsx"))
    write_tables(found, tmp_path / "second.csv")
    from_text = merged(fewer, read_reviewed(tmp_path / "second.csv"))
    for one in (found, again, from_text):
        [row] = one["problems"].iloc[len(frames["problems"]) :].to_dict("records")
        assert (row["problem"], row["record_id"]) == ("verdict_without_row", "gout-1")
        for text in ("partly", "ci_low=-2.0", "KL", "see figure 2", "estimate=-1.4"):
            assert text in row["message"]


def test_a_word_that_is_no_verdict_is_kept_and_listed(frames: Frames, reviewed: Path) -> None:
    def say(_: Any, sheet: Any) -> None:
        sheet.cell(2, columns_of(sheet)["verdict"]).value = "rather not"

    found = merged(frames, read_reviewed(edited(reviewed, say)))
    assert found["results"]["verdict"][0] == "rather not"
    assert found["problems"]["problem"].iloc[-1] == "unknown_verdict"


def test_what_is_typed_over_our_own_cells_becomes_a_correction(frames: Frames, reviewed: Path) -> None:
    def type_over(_: Any, sheet: Any) -> None:
        places = columns_of(sheet)
        sheet.cell(2, places["estimate"]).value = 0.6
        sheet.cell(2, places["unit"]).value = "per year"
        sheet.cell(3, places["ci_low"]).value = -9

    found = merged(frames, read_reviewed(edited(reviewed, type_over)))
    results = found["results"]
    assert results["estimate"][0] == 0.62
    assert results["corrected"].tolist()[:2] == ["estimate=0.6; unit=per year", "ci_low=-2.0"]
    assert [("typed_over" in str(flags)) for flags in results["flags"]] == [True, True, False, False]
    assert found["problems"]["problem"].tolist()[len(frames["problems"]) :] == ["typed_over"] * 2


def test_two_copies_that_differ_are_told(frames: Frames, reviewed: Path, wrote: Wrote) -> None:
    def copy_sheet(book: Any, sheet: Any) -> None:
        other = book.copy_worksheet(sheet)
        other.cell(2, columns_of(other)["verdict"]).value = "wrong"

    found = merged(frames, read_reviewed(edited(reviewed, copy_sheet)))
    assert typed(found["results"]) == wrote
    assert found["problems"]["problem"].tolist()[len(frames["problems"]) :] == ["replaced_verdict"]
    assert "verdict: wrong" in found["problems"]["message"].iloc[-1]


def test_values_alike_in_place_are_told_apart_by_their_cells(frames: Frames, tmp_path: Path) -> None:
    # One printed value for two arms gives two rows at one place.
    results = pd.concat([frames["results"], frames["results"].iloc[[2]]], ignore_index=True)
    results.loc[4, "arm"] = "placebo"
    frames = {**frames, "results": results}
    judged = results.copy()
    judged.loc[2, "note"], judged.loc[4, "note"] = "of rovacept", "of placebo"
    write_tables({**frames, "results": judged.iloc[::-1].reset_index(drop=True)}, tmp_path / "old.csv")
    found = merged(frames, read_reviewed(tmp_path / "old.csv"))["results"]
    assert (found["note"][2], found["note"][4]) == ("of rovacept", "of placebo")


def test_a_copied_and_changed_row_of_a_csv_is_told_in_full(frames: Frames, tmp_path: Path) -> None:
    # A CSV keeps no key, so a copy may be a row that a person added, or one that the program read otherwise.
    copied = pd.concat([frames["results"], frames["results"].iloc[[0]]], ignore_index=True)
    copied.loc[4, "estimate"] = 0.71
    write_tables({**frames, "results": copied}, tmp_path / "old.csv")
    found = merged(frames, read_reviewed(tmp_path / "old.csv"))
    assert len(found["results"]) == 4
    assert found["problems"]["problem"].iloc[-1] == "stray_row"
    assert "estimate: 0.71" in found["problems"]["message"].iloc[-1]


# What a person may type; a workbook keeps no other control characters than these.
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.data())
def test_all_that_is_written_is_kept(frames: Frames, tmp_path: Path, data: st.DataObject) -> None:
    cells = st.one_of(st.none(), WORDS)
    wrote = {
        place: (data.draw(st.one_of(cells, st.sampled_from(VERDICTS))), *(data.draw(cells) for _ in range(3)))
        for place in range(4)
    }
    results = frames["results"].copy()
    for place, texts in wrote.items():
        results.loc[place, list(TYPED)] = list(texts)
    extension = data.draw(st.sampled_from([".xlsx", ".csv"]))
    write_tables({**frames, "results": results}, tmp_path / f"old{extension}")
    rows = data.draw(st.lists(st.sampled_from(range(4)), unique=True))
    fewer = {**frames, "results": frames["results"].iloc[rows].reset_index(drop=True)}
    found = merged(fewer, read_reviewed(tmp_path / f"old{extension}"))
    kept = typed(found["results"])
    messages = "\n".join(cell_as_text(message) for message in found["problems"]["message"])
    for place, texts in wrote.items():
        for at, text in enumerate(texts):
            if text is None or not text.strip():
                continue
            if place in rows:
                same = [cell_as_text(text), cell_as_text(kept[rows.index(place)][at])]
                assert same[0] == same[1] or (at == 0 and same[0].lower() == same[1])
            else:
                assert cell_as_text(text) in messages
