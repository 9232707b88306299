"""The cells of a worksheet: text that is never a formula, numbers, links, sentences with their quote in bold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd

from structurer.exports.visible import visible

# Excel's own limits: characters in a cell, links in a sheet, characters of a link.
LONGEST_TEXT = 32_767
MOST_LINKS = 65_530
LONGEST_LINK = 2_079
_CUT = " [cut]"
_REVIEWER = frozenset({"verdict", "corrected", "reviewer", "note"})
_DERIVED = frozenset({"yi", "sei"})
_LINKED = frozenset({"pmid", "doi", "registry_ids", "id", "url"})


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: cut at Excel's limit, never taken for XML, with nothing in it unseen.

    >>> cell_text("=1+1"), len(cell_text("x" * 40_000))
    ('=1+1', 32767)
    """
    text = visible(text)
    # XlsxWriter takes a text of this shape for ready-made XML and would write it as such.
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f" {text}"
    # Excel counts a character beyond the basic plane as two.
    room = LONGEST_TEXT - (0 if text.isascii() else sum(char > "\uffff" for char in text[:LONGEST_TEXT]))
    return text if len(text) <= room else text[: room - len(_CUT)] + _CUT


def link_of(column: str, text: str, urls: Mapping[str, str]) -> str | None:
    """The address that a cell of `column` points to; `urls` are those of registration numbers.

    >>> link_of("pmid", "123", {}), link_of("doi", "10.1000/a b", {}), link_of("outcome", "death", {})
    ('https://pubmed.ncbi.nlm.nih.gov/123/', 'https://doi.org/10.1000/a%20b', None)
    """
    if column == "pmid" and text.isascii() and text.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{text}/"
    if column == "doi" and text.startswith("10."):
        return "https://doi.org/" + quote(text, safe="/:;().,-_", errors="replace")
    if column in ("registry_ids", "id"):
        # A cell has room for one link: that of the first number with a page of its own.
        return next((urls[number] for number in text.split("; ") if number in urls), None)
    if column == "url" and text.startswith("https://"):
        return text
    return None


def quote_places(frame: pd.DataFrame) -> list[int | None]:
    """Where in its sentence each row's quote begins; None where that cannot be told.

    A short quote ("10%") may stand in its sentence more than once. The rows of one sentence agree on where the
    sentence begins in the abstract, and so tell each other's quotes apart.
    """
    keys = list(zip(frame["record_id"], frame["sentence"], strict=True))
    starts = frame["start"].tolist()
    sentence_starts: dict[tuple[str, str], set[int]] = {}
    for (record_id, sentence), passage, start in zip(keys, frame["quote"], starts, strict=True):
        possible = {start - at for at in _occurrences(passage, sentence)}
        known = sentence_starts.setdefault((record_id, sentence), possible)
        sentence_starts[record_id, sentence] = known & possible
    begins = [sentence_starts[key] for key in keys]
    return [start - min(begin) if len(begin) == 1 else None for start, begin in zip(starts, begins, strict=True)]


def _occurrences(passage: str, sentence: str) -> Iterator[int]:
    at = sentence.find(passage)
    while at >= 0:
        yield at
        at = sentence.find(passage, at + 1)


class CellWriter:
    """Writes the columns of one frame into one worksheet, below its header."""

    def __init__(self, workbook: Any, sheet: Any, urls: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._urls = urls
        self._links = 0
        self._top = workbook.add_format({"valign": "top"})
        self._wrapped = workbook.add_format({"valign": "top", "text_wrap": True})
        self._bold = workbook.add_format({"bold": True})
        self._derived = workbook.add_format({"valign": "top", "num_format": "0.0000"})
        self._input = workbook.add_format({"valign": "top", "text_wrap": True, "bg_color": "#FFF9E5"})
        self._link = workbook.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})

    def write_column(self, place: int, name: str, frame: pd.DataFrame) -> None:
        """Write column `name` of `frame` as the sheet's column number `place`."""
        values = frame[name]
        # Asked of the whole column: asked of each cell, it takes longer than the writing.
        cells = enumerate(zip(values, values.isna(), strict=True), start=1)
        if name == "sentence":
            for row, evidence in enumerate(zip(values, frame["quote"], quote_places(frame), strict=True), start=1):
                self._write_evidence(row, place, *evidence)
        elif name in _REVIEWER:
            for row, (text, missing) in cells:
                if missing:
                    self._sheet.write_blank(row, place, None, self._input)
                else:
                    self._sheet.write_string(row, place, cell_text(text), self._input)
        elif values.dtype == "str":
            write = self._write_linked if name in _LINKED else self._write_text
            for row, (text, missing) in cells:
                if not missing:
                    write(row, place, name, text)
        else:
            style = self._derived if name in _DERIVED else self._top
            for row, (number, missing) in cells:
                if not missing:
                    self._sheet.write_number(row, place, number, style)

    def _write_text(self, row: int, place: int, _name: str, text: str) -> None:
        self._sheet.write_string(row, place, cell_text(text), self._top)

    def _write_linked(self, row: int, place: int, name: str, text: str) -> None:
        link = link_of(name, text, self._urls)
        if link and len(link) <= LONGEST_LINK and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(row, place, link, self._link, cell_text(text))
        else:
            self._write_text(row, place, name, text)

    def _write_evidence(self, row: int, place: int, sentence: str, passage: str, begin: int | None) -> None:
        whole = cell_text(sentence)
        if begin is not None and whole == sentence:
            stop = begin + len(passage)
            before, found, after = whole[:begin], whole[begin:stop], whole[stop:]
            # The library joins pieces, of which none may be empty, and wants more than one.
            if found and (before or after):
                pieces = [*([before] if before else []), self._bold, found, *([after] if after else [])]
                self._sheet.write_rich_string(row, place, *pieces, self._wrapped)
                return
        self._sheet.write_string(row, place, whole, self._wrapped)
