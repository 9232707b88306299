"""Which records are the same publication, as exports of several databases hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from structurer.readers.first_seen import FirstSeen, digest
from structurer.schema import Record

# Databases differ in how a title ends: a subtitle, "[Erratum]", a full stop.
_TITLE_BEGINS = 25
# What is no letter and no digit: beyond the first 128 characters, and among these, which bytes are freed of faster.
_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
_PLAIN_SIGNS = bytes(sign for sign in range(128) if not chr(sign).isalnum())


class Kept(NamedTuple):
    """The record that was kept: its place, what tells it from others, and whether it has an abstract.

    `own_id` is the id that the file itself gives the record, None where PMID, DOI or place stands in for one.
    `title` is the beginning of the title, its letters alone.
    """

    source: str | None
    number: int | None
    own_id: str | None
    pmid: str | None
    doi: str | None
    title: str
    has_abstract: bool


_CELLS = len(Kept._fields)


class Duplicates:
    """The records seen so far, by PMID, DOI and text.

    Two records are the same where they share a PMID; or a DOI, unless their PMIDs or the beginnings of their titles
    differ (all abstracts of a conference may bear the DOI of its supplement); or title and abstract, letter by letter
    but for case, spaces and signs, unless their PMIDs or DOIs differ. Never where the first has no abstract and the
    second has one. Records to which one file gives ids of its own are as many as there are ids: whoever numbered them
    expects each number back.
    """

    def __init__(self) -> None:
        self._kept = FirstSeen(_CELLS)

    def first_of(self, record: Record) -> tuple[Kept, str] | None:
        """The record that `record` repeats, and by which field; None, and remembered, where it is the first.

        >>> seen = Duplicates()
        >>> seen.first_of(Record(record_id="a.ris#1", abstract="Pain fell.", doi="10.1000/A", number=1))
        >>> kept, field = seen.first_of(Record(record_id="a.ris#2", abstract="Pain fell.", doi="10.1000/a", number=2))
        >>> kept.number, field
        (1, 'doi')
        """
        title = _letters(record.title or "")
        this = Kept(
            source=record.source,
            number=record.number,
            own_id=_own_id(record),
            pmid=record.pmid,
            doi=record.doi.casefold() if record.doi else None,
            title=title[:_TITLE_BEGINS],
            has_abstract=record.abstract is not None,
        )
        keys = [(field, digest(field, *key)) for field, key in _keys(this, title, record.abstract)]
        known = {key: self._known(key) for _, key in keys}
        for field, key in keys:
            first = known[key]
            if first is not None and _same(first, this, field) and (first.has_abstract or not this.has_abstract):
                return first, field
        for _, key in keys:
            if known[key] is None or this.has_abstract:
                self._kept.put(key, this)
        return None

    def _known(self, key: bytes) -> Kept | None:
        cells: Any = self._kept.get(key)
        return cells and Kept(*cells)


def _keys(this: Kept, title: str, abstract: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if this.pmid:
        yield "pmid", (this.pmid,)
    if this.doi:
        yield "doi", (this.doi,)
    if abstract and (letters := _letters(abstract)):
        yield "abstract", (title, letters)


def _own_id(record: Record) -> str | None:
    stands_in = record.record_id in (record.pmid, record.doi) or record.record_id.endswith(f"#{record.number}")
    return None if stands_in else record.record_id


def _same(first: Kept, second: Kept, field: str) -> bool:
    if first.own_id and second.own_id and first.own_id != second.own_id and first.source == second.source:
        return False
    if field == "pmid":
        return True
    if first.pmid and second.pmid and first.pmid != second.pmid:
        return False
    if field == "doi":
        a, b = first.title, second.title
        return not a or not b or a.startswith(b) or b.startswith(a)
    return not (first.doi and second.doi and first.doi != second.doi)


def _letters(text: str) -> str:
    plain = text.casefold().encode("utf-8", "surrogatepass").translate(None, _PLAIN_SIGNS)
    letters = plain.decode("utf-8", "surrogatepass")
    return letters if plain.isascii() else _SIGNS.sub("", letters)
