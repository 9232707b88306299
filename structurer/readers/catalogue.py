"""Records from the page of a library catalogue (VuFind's staff view) saved as text: rows of `key | value |`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags
from structurer.schema import Record

_SNIFF = re.compile(r"^(?:description|record_format|title_full) \| ", re.MULTILINE)
_ROW = re.compile(r"([A-Za-z_][\w-]{1,40}) \| (.*)\Z")


def is_catalogue(source: Source) -> bool:
    """Whether there is a row with one of the catalogue's own keys."""
    return len(_SNIFF.findall(source.head)) > 1


def read_catalogue(source: Source) -> Iterator[Record]:
    """The records; the row `description` is the abstract."""
    for number, tags in enumerate(_records(source), 1):
        abstract, sections = seen_with_sections(tags.first("description") or "")
        addresses = " ".join(tags.values("url")).split()
        yield make_record(
            source,
            number,
            title=tags.first("title", "title_full", "title_short"),
            abstract=abstract,
            pmid=tags.first("pmid") or pmid_among([], addresses),
            doi=tags.first("doi_str_mv", "doi") or next((url for url in addresses if "doi.org/" in url), None),
            journal=tags.first("container_title", "journal"),
            year=tags.first("publishDate"),
            sections=sections,
        )


def _records(source: Source) -> Iterator[Tags]:
    tags = Tags(1)
    for line_number, line in enumerate(source.lines(), 1):
        row = _ROW.match(line)
        if row:
            if tags and row.group(1) == "_version_" and "description" in tags:
                yield tags
                tags = Tags(line_number)
            tags.add(row.group(1), row.group(2).rstrip().removesuffix("|"))
        elif line.startswith(" "):
            tags.extend(line.rstrip().removesuffix("|"))
    if tags:
        yield tags
