"""Records from Web of Science's tagged text (.ciw, .isi, "plain text file")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import is_no_abstract, make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags, one_abstract
from structurer.schema import Record

_SNIFF = re.compile(r"^(?:FN (?:ISI|Clarivate|Thomson)|VR 1\.\d|PT [A-Z]\s*$)", re.MULTILINE)
_FIELD = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?\Z")
_OF_THE_FILE = frozenset({"FN", "VR", "EF"})


def is_wos(source: Source) -> bool:
    """Whether a line names the export's maker or version, or begins a record by its type."""
    return bool(_SNIFF.search(source.head))


def read_wos(source: Source) -> Iterator[Record]:
    """The records; one without its end is read all the same, and reported."""
    for number, tags in enumerate(_records(source), 1):
        values = [value for value in tags.values("AB") if not is_no_abstract(value)]
        abstract, sections = seen_with_sections(one_abstract(source, number, values, tags.line) or "")
        yield make_record(
            source,
            number,
            title=tags.first("TI"),
            abstract=abstract,
            pmid=tags.first("PM") or pmid_among(tags.values("UT"), []),
            doi=tags.first("DI"),
            journal=tags.first("SO", "JI", "J9"),
            year=tags.first("PY", "PD"),
            sections=sections,
            publication_types=[kind for value in tags.values("DT") for kind in value.split(";")],
        )


def _records(source: Source) -> Iterator[Tags]:
    tags: Tags | None = None
    number = 0
    for line_number, line in enumerate(source.lines(), 1):
        field = _FIELD.match(line.rstrip())
        if not field:
            if tags is not None:
                tags.extend(line)
            continue
        tag, value = field.group(1), field.group(2) or ""
        if tag == "ER" or tag in _OF_THE_FILE or (tag == "PT" and tags):
            if tags:
                number += 1
                if tag != "ER":
                    source.report("no ER line before this one", record=number, line=line_number, field="ER")
                yield tags
            tags = None
        if tag == "ER" or tag in _OF_THE_FILE:
            continue
        if tags is None:
            tags = Tags(line_number)
        tags.add(tag, value)
    if tags:
        source.report("no ER line at the end of the file", record=number + 1, field="ER")
        yield tags
