"""Workbooks made to fill the memory are refused before they are opened."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from structurer.errors import ReaderError
from structurer.readers import read_records, workbook_size


def workbook(far: tuple[int, int] | None = None) -> bytes:
    """Two columns and a record; with another cell at (row, column), counted from 0."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["title", "abstract"])
        sheet.write_row(1, 0, ["Heat", "Pain fell."])
        if far:
            sheet.write_string(*far, "x")
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_plain_workbook_and_one_with_a_stray_cell_are_read(tmp_path: Path) -> None:
    for far in (None, (5000, 50)):
        (tmp_path / "book.xlsx").write_bytes(workbook(far))
        assert [record.abstract for record in read_records(tmp_path / "book.xlsx")][:1] == ["Pain fell."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook((1_048_575, 16_383)), "has a cell so far from the others"),
        (
            zipped({"_rels/a": b"", "content.xml": b'<c number-columns-repeated="999999999" value-type="x"/>'}),
            "has a cell so far from the others",
        ),
        (workbook()[:-30], "is no workbook that can be opened"),
        (b"PK\x03\x04[Content_Types].xml", "is no workbook that can be opened"),
    ],
    ids=["far cell", "repeated cell", "cut short", "no archive"],
)
def test_what_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(ReaderError) as caught:
        list(read_records(tmp_path / "book.xlsx", format="xlsx"))
    assert caught.value.reason.startswith(reason)


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_size, "_RATIO_CHECKED_FROM", 1 << 20)
    (tmp_path / "book.xlsx").write_bytes(zipped({"_rels/a": b"", "xl/sheet1.xml": b" " * (1 << 23)}))
    with pytest.raises(ReaderError, match="refused as a zip bomb"):
        list(read_records(tmp_path / "book.xlsx"))


@pytest.mark.parametrize(("column", "number"), [(b"A", 1), (b"Z", 26), (b"AB", 28), (b"XFD", 16_384)])
def test_the_number_of_a_column(column: bytes, number: int) -> None:
    assert workbook_size._number(column) == number
