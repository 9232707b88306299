"""Records from MEDLINE text: PubMed's .nbib and "PubMed format", and what ERIC and PMC write like it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import is_no_abstract, make_record
from structurer.readers.databanks import is_registry
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.tagged import Tags, one_abstract
from structurer.schema import Record

# "PMID- 123", "TI  - Title", "PMC -123", "ISSN - 1234": a tag padded to four characters, more or less.
_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,2}-(?: {1,2}(.*)|(\S.*)|)\Z")
_TELLING = re.compile(
    r"^(?:PMID- ?\d|PMCR?- ?\d|PMC -|(?:OWN|DCOM|STAT|FAU|EDAT|MHDA|CRDT|PHST|AID|LID|PST|FED|BTI|DEP|SO)\s{0,2}- )",
    re.MULTILINE,
)
_RIS = re.compile(r"^\s{0,3}TY {1,2}- ?", re.MULTILINE)
# Who wrote the other abstract: "PIP: ", "Publisher: ".
_BY = re.compile(r"\A(?:AAMC|AIDS/HIV|KIE|NASA|PIP|Publisher|plain-language-summary): ")
_DOI = re.compile(r"(10\.\S{3,400})\s\[doi\]")


def is_nbib(source: Source) -> bool:
    """Whether a line carries a tag that only MEDLINE text has, and none begins a RIS record."""
    return bool(_TELLING.search(source.head)) and not _RIS.search(source.head)


def read_nbib(source: Source) -> Iterator[Record]:
    """The records, told apart by blank lines or by a second PMID."""
    for number, tags in enumerate(_records(source), 1):
        values = tags.values("AB") or [_BY.sub("", value) for value in tags.values("OAB")]
        values = [value for value in values if not is_no_abstract(value)]
        abstract, sections = seen_with_sections(one_abstract(source, number, values, tags.line) or "")
        yield make_record(
            source,
            number,
            title=" ".join(tags.values("TI")) or tags.first("BTI", "TT"),
            abstract=abstract,
            pmid=tags.first("PMID", "PMCR"),
            doi=_doi(tags),
            journal=tags.first("JT", "TA"),
            year=tags.first("DP", "DEP"),
            sections=sections,
            registry_ids=_registry_ids(tags),
            publication_types=tags.values("PT"),
        )


def _records(source: Source) -> Iterator[Tags]:
    tags = Tags(1)
    blank = False
    for number, line in enumerate(source.lines(), 1):
        field = _FIELD.match(line)
        if not line.strip():
            blank = True
            continue
        if field:
            tag, value = field.group(1), field.group(2) or field.group(3) or ""
            if tags and (blank or (tag == "PMID" and "PMID" in tags)):
                yield tags
                tags = Tags(number)
            elif not tags:
                tags = Tags(number)
            tags.add(tag, value)
        elif line[0] in " \t":
            tags.extend(line)
        elif tags:
            source.report(f"not a field, passed over: {line[:60]!r}", line=number, lost=True)
        blank = False
    if tags:
        yield tags


def _doi(tags: Tags) -> str | None:
    for value in tags.values("LID", "AID"):
        if match := _DOI.match(value):
            return match.group(1)
    return next(
        (value for value in tags.values("DO", "AID", "LID", "SO") if "doi" in value.lower() and "10." in value), None
    )


def _registry_ids(tags: Tags) -> list[str]:
    """`ClinicalTrials.gov/NCT00000001` in the secondary source, without the data bank's name."""
    pairs = [value.partition("/") for value in tags.values("SI")]
    return [number for bank, _, number in pairs if is_registry(bank)]
