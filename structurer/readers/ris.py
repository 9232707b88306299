"""Records from RIS, as Ovid, Embase, CENTRAL, Scopus, EndNote, Zotero, Rayyan, Covidence and ASReview write it.

The format itself is read by rispy. Exports break its rules, and rispy then drops records without a word: one without
its end takes the next one with it, a byte-order mark or a tag with one space empties the file. So the file is first cut
into records here, each is mended into what the format says, and rispy reads them one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rispy

from structurer.readers.bibliographic import is_no_abstract, make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags, one_abstract
from structurer.schema import Record

_BEGIN = re.compile(r"\s{0,8}TY( {0,2})-(?:\s(.*)|(\S.*)|)\Z")
_FIELD = re.compile(r"([A-Z][A-Z0-9])( {1,2}|\t)-(?:\s(.*)|(\S.*)|)\Z")
_SNIFF = re.compile(r"^\s{0,8}(?:TY {0,2}- ?[A-Z]|ER  -)", re.MULTILINE)
_NOTES = (
    "N1",
    "M1",
    "M2",
    "AN",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "U1",
    "U2",
    "U3",
    "U4",
    "U5",
    "ID",
    "UT",
)
# Without its first line, a record is one only where it has a title, an abstract or a DOI.
_TELLING = ("TI", "T1", "AB", "N2", "DO")
_ADDRESSES = ("UR", "LK", "L1", "L2", "L3")
_REGISTRY = re.compile(r"(?:NCT\d{8}|ISRCTN\d{8})\Z")


def is_ris(source: Source) -> bool:
    """Whether a line begins or ends a RIS record."""
    return bool(_SNIFF.search(source.head))


def read_ris(source: Source) -> Iterator[Record]:
    """The records; one without TY or ER is read all the same, and reported."""
    for number, cut in enumerate(_records(source), 1):
        tags = _parsed(cut)
        values = [v for v in tags.values("AB") or tags.values("N2") if not is_no_abstract(v)]
        abstract, sections = seen_with_sections(one_abstract(source, number, values, tags.line) or "")
        yield make_record(
            source,
            number,
            title=tags.first("TI", "T1", "CT", "BT"),
            abstract=abstract,
            pmid=pmid_among(
                tags.values(*_NOTES), tags.values(*_ADDRESSES), tags.values("AN", "C2"), tags.values("DB", "DP")
            ),
            doi=_doi(tags),
            journal=tags.first("JF", "JO", "T2", "JA", "J2", "J1"),
            year=" ".join(tags.values("PY", "Y1", "DA", "YR")),
            sections=sections,
            registry_ids=[v for v in tags.values("AN", "ID") if _REGISTRY.match(v)],
            publication_types=[kind for kind in tags.values("M3", "PT") if "10." not in kind],
        )


def _parsed(cut: Tags) -> Tags:
    """The record as rispy reads it, every tag as a list of values, none passed over as unknown."""
    names = {tag: tag for tag, _ in cut.fields()} | {"TY": "TY", "ER": "ER"}
    parser = rispy.RisParser(mapping=names, list_tags=list(names), delimiter_tags_mapping={})
    lines = ["TY  - "] + [f"{tag}  - {value}" for tag, value in cut.fields()] + ["ER  - ", ""]
    parsed = Tags(cut.line)
    for record in parser.parse("\n".join(lines)):
        for tag, values in record.items():
            for value in values if isinstance(values, list) else [values]:
                parsed.add(tag, value)
    return parsed or cut


def _records(source: Source) -> Iterator[Tags]:
    """Each record cut from the file, its continued lines joined to the fields that they continue."""
    tags: Tags | None = None
    begun = False
    number = 0
    spacings = {"  ", "\t"}
    for line_number, line in enumerate(source.lines(), 1):
        if begin := _BEGIN.match(line):
            spacings.add(begin.group(1))
            if tags:
                number += 1
                source.report("no ER line before the next TY", record=number, line=line_number, field="ER")
                yield tags
            elif begun:
                source.report("a record without fields, passed over", line=line_number)
                source.begun -= 1
            tags, begun = Tags(line_number), True
            continue
        field = _FIELD.match(line)
        if field and field.group(2) not in spacings:
            field = None
        if field:
            tag, value = field.group(1), field.group(3) or field.group(4) or ""
            if tag == "ER":
                if begun and not tags:
                    source.report("a record without fields, passed over", line=line_number)
                    source.begun -= 1
                elif tags is not None and (begun or tags.values(*_TELLING)):
                    if not begun:
                        source.report("no TY line before this record", record=number + 1, line=tags.line, field="TY")
                    number += 1
                    yield tags
                elif tags is not None:
                    source.report("fields outside of any record, passed over", line=tags.line)
                tags, begun = None, False
                continue
            if tags is None:
                tags = Tags(line_number)
            tags.add(tag, value)
        elif tags is not None:
            tags.extend(line)
    if tags and (begun or tags.values(*_TELLING)):
        source.report("no ER line at the end of the file", record=number + 1, field="ER")
        yield tags


def _doi(tags: Tags) -> str | None:
    if found := tags.first("DO", "DI"):
        return found
    for value in tags.values("M3", "N1", "C7", "AN", "ID", *_ADDRESSES):
        if "doi" in value.lower() and (at := value.find("10.")) >= 0:
            # A database's own address goes on with `&partnerID=...` after the DOI.
            return value[at:].partition("&")[0]
    return None
