"""Records from the Cochrane Library's plain-text export: `Record #1 of 9`, then lines of `TI: value`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import is_no_abstract, make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags, one_abstract
from structurer.schema import Record

_BEGIN = re.compile(r"Record #\d{1,7} of \d{1,7}\s{0,9}\Z")
_SNIFF = re.compile(r"^Record #\d{1,7} of \d{1,7}\s{0,9}\n(?:ID|AU|TI): ", re.MULTILINE)
_FIELD = re.compile(r"([A-Z]{2,3}): ?(.*)\Z")
_TAGS = frozenset(
    [
        "ID",
        "AU",
        "TI",
        "SO",
        "YR",
        "VL",
        "NO",
        "PG",
        "PM",
        "XR",
        "PT",
        "KY",
        "DOI",
        "AB",
        "US",
        "CC",
        "SN",
        "CY",
        "PB",
        "NT",
    ]
)


def is_central(source: Source) -> bool:
    """Whether a line counts the records and a tagged line follows it."""
    return bool(_SNIFF.search(source.head))


def read_central(source: Source) -> Iterator[Record]:
    """The records; lines before the first are passed over."""
    for number, tags in enumerate(_records(source), 1):
        values = [value for value in tags.values("AB") if not is_no_abstract(value)]
        abstract, sections = seen_with_sections(one_abstract(source, number, values, tags.line) or "")
        yield make_record(
            source,
            number,
            title=tags.first("TI"),
            abstract=abstract,
            pmid=pmid_among(tags.values("PM", "XR"), []),
            doi=tags.first("DOI"),
            journal=tags.first("SO"),
            year=tags.first("YR"),
            sections=sections,
            publication_types=[kind for value in tags.values("PT") for kind in value.split(";")],
        )


def _records(source: Source) -> Iterator[Tags]:
    tags: Tags | None = None
    for number, line in enumerate(source.lines(), 1):
        if _BEGIN.match(line):
            if tags is not None:
                yield tags
            tags = Tags(number)
        elif tags is not None:
            field = _FIELD.match(line)
            # "RR: 0.8" within an abstract looks like a field: only the export's own tags are.
            if field and field.group(1) in _TAGS:
                tags.add(field.group(1), field.group(2))
            else:
                tags.extend(line)
    if tags is not None:
        yield tags
