"""The cells of a worksheet: text that is never a formula, numbers, links, sentences with their quote in bold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd

from structurer.exports.excel_look import REVIEWER, Look
from structurer.exports.printed_places import printed_places
from structurer.exports.visible import visible

# Excel's own limits: characters in a cell, links in a sheet, characters of a link.
LONGEST_TEXT = 32_767
MOST_LINKS = 65_530
LONGEST_LINK = 2_079
_CUT = " [cut]"
# Numbers that a text prints, in the order in which it mostly prints them; the decimals of the others are set.
_PRINTED = (
    "estimate",
    "value",
    "percent",
    "sd",
    "se",
    "q1",
    "q3",
    "low",
    "high",
    "ci_low",
    "ci_high",
    "ci_level",
    "p_value",
)
_FIXED = {"yi": 4, "sei": 4, "confidence": 2, "percent_derived": 1}
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
        if pd.isna(sentence) or pd.isna(passage) or pd.isna(start):
            continue
        possible = {start - at for at in _occurrences(passage, sentence)}
        known = sentence_starts.setdefault((record_id, sentence), possible)
        sentence_starts[record_id, sentence] = known & possible
    begins = [sentence_starts.get(key, set()) for key in keys]
    return [
        start - min(begin) if len(begin) == 1 and not pd.isna(start) else None
        for start, begin in zip(starts, begins, strict=True)
    ]


def _occurrences(passage: str, sentence: str) -> Iterator[int]:
    at = sentence.find(passage)
    while at >= 0:
        yield at
        at = sentence.find(passage, at + 1)


class CellWriter:
    """Writes the columns of one frame into one worksheet, below its header."""

    def __init__(self, look: Look, sheet: Any, urls: Mapping[str, str], frame: pd.DataFrame) -> None:
        self._look = look
        self._sheet = sheet
        self._urls = urls
        self._frame = frame
        self._links = 0
        self._places = column_places(frame)

    def write_column(self, place: int, name: str) -> None:
        """Write column `name` of the frame as the sheet's column number `place`."""
        values = self._frame[name]
        # Asked of the whole column: asked of each cell, it takes longer than the writing.
        cells = enumerate(zip(values, values.isna(), strict=True), start=1)
        if name == "sentence" and "quote" in self._frame:
            places = quote_places(self._frame)
            for row, evidence in enumerate(zip(values, self._frame["quote"], places, strict=True), start=1):
                self._write_evidence(row, place, *evidence)
        elif name in REVIEWER and values.dtype == "str" and "verdict" in self._frame:
            self.write_own_column(place, name)
        elif values.dtype == "str":
            write = self._write_linked if name in _LINKED else self._write_text
            for row, (text, missing) in cells:
                if not missing:
                    write(row, place, name, text)
        else:
            decimals = self._places.get(name) or [_FIXED.get(name)] * len(values)
            for (row, (number, missing)), shown in zip(cells, decimals, strict=True):
                if not missing:
                    self._sheet.write_number(row, place, number, self._look.number(shown))

    def write_own_column(self, place: int, name: str) -> None:
        """Write column `name`, which a person fills, as cells for input."""
        values = self._frame[name]
        for row, (value, missing) in enumerate(zip(values, values.isna(), strict=True), start=1):
            if missing:
                self._sheet.write_blank(row, place, None, self._look.input)
            elif isinstance(value, str):
                self._sheet.write_string(row, place, cell_text(value), self._look.input)
            else:
                self._sheet.write_number(row, place, value, self._look.number(None))

    def _write_text(self, row: int, place: int, name: str, text: str) -> None:
        self._sheet.write_string(row, place, cell_text(text), self._look.of_text(name))

    def _write_linked(self, row: int, place: int, name: str, text: str) -> None:
        link = link_of(name, text, self._urls)
        if link and len(link) <= LONGEST_LINK and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(row, place, link, self._look.link, cell_text(text))
        else:
            self._write_text(row, place, name, text)

    def _write_evidence(self, row: int, place: int, sentence: Any, passage: Any, begin: int | None) -> None:
        if pd.isna(sentence):
            return
        whole = cell_text(sentence)
        if begin is not None and whole == sentence:
            stop = begin + len(passage)
            before, found, after = whole[:begin], whole[begin:stop], whole[stop:]
            # The library joins pieces, of which none may be empty, and wants more than one.
            if found and (before or after):
                pieces = [*([before] if before else []), self._look.bold, found, *([after] if after else [])]
                self._sheet.write_rich_string(row, place, *pieces, self._look.text)
                return
        self._sheet.write_string(row, place, whole, self._look.text)


def column_places(frame: pd.DataFrame) -> dict[str, list[int | None]]:
    """The decimals of each cell, by column, of a frame whose rows hold the words that they were read from."""
    words = [name for name in ("quote", "text", "sentence") if name in frame]
    names = [name for name in _PRINTED if name in frame and str(frame[name].dtype) == "Float64"]
    if not words or not names:
        return {}
    rows = zip(*(frame[name].tolist() for name in names), strict=True)
    passages = zip(*(frame[name].tolist() for name in words), strict=True)
    found = [
        printed_places(
            [None if pd.isna(number) else number for number in row], [text for text in texts if not pd.isna(text)]
        )
        for row, texts in zip(rows, passages, strict=True)
    ]
    return {name: [row[at] for row in found] for at, name in enumerate(names)}
