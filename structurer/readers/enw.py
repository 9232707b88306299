"""Records from EndNote's and Refer's tagged text (.enw): lines that begin with `%` and a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import is_no_abstract, make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags, one_abstract
from structurer.schema import Record

_SNIFF = re.compile(r"\A\s{0,80}%[0A-Z] \S|^%(?:0|T|X) \S", re.MULTILINE)
_FIELD = re.compile(r"%([0-9A-Z~@!#$^&*()+=\[\]>])(?: (.*))?\Z")


def is_enw(source: Source) -> bool:
    """Whether the file begins with a tagged line, or has one for type, title or abstract."""
    return bool(_SNIFF.search(source.head))


def read_enw(source: Source) -> Iterator[Record]:
    """The records, told apart by blank lines before a tag, or by a second type."""
    for number, tags in enumerate(_records(source), 1):
        values = [value for value in tags.values("X") if not is_no_abstract(value)]
        abstract, sections = seen_with_sections(one_abstract(source, number, values, tags.line) or "")
        yield make_record(
            source,
            number,
            title=tags.first("T"),
            abstract=abstract,
            pmid=pmid_among(tags.values("Z", "M"), tags.values("U"), tags.values("M"), tags.values("~", "W")),
            doi=tags.first("R"),
            journal=tags.first("J", "B"),
            year=tags.first("D", "8"),
            sections=sections,
            publication_types=tags.values("9"),
        )


def _records(source: Source) -> Iterator[Tags]:
    tags = Tags(1)
    blank = False
    for line_number, line in enumerate(source.lines(), 1):
        if not line.strip():
            blank = True
            continue
        field = _FIELD.match(line.rstrip())
        if field:
            if tags and (blank or (field.group(1) == "0" and "0" in tags)):
                yield tags
                tags = Tags(line_number)
            elif not tags:
                tags = Tags(line_number)
            tags.add(field.group(1), field.group(2) or "")
        else:
            tags.extend(line)
        blank = False
    if tags:
        yield tags
