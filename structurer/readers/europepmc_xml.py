"""Records from Europe PMC's search results as XML, plain or as Dublin Core."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from structurer.readers.bibliographic import make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.xml_stream import elements, root_of, text_of
from structurer.schema import Record

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def is_europepmc_xml(source: Source) -> bool:
    """Whether the root is that of an answer of Europe PMC."""
    root = root_of(source.head)
    return root is not None and root.name == "responseWrapper"


def read_europepmc_xml(source: Source) -> Iterator[Record]:
    """The results; their `<h4>` headings become labelled sections.

    Raises ReaderError for XML from which no record can be read.
    """
    for number, element in elements(source, frozenset({"result", "Description"}), ("authorList", "meshHeadingList")):
        if element.tag == "result":
            yield _result(source, number, element)
        else:
            yield _description(source, number, element)


def _result(source: Source, number: int, element: Element) -> Record:
    abstract, sections = seen_with_sections(text_of(element.find("abstractText")))
    return make_record(
        source,
        number,
        title=text_of(element.find("title")),
        abstract=abstract,
        pmid=element.findtext("pmid"),
        doi=element.findtext("doi"),
        journal=element.findtext("journalInfo/journal/title") or element.findtext("journalTitle"),
        year=element.findtext("pubYear") or element.findtext("firstPublicationDate"),
        sections=sections,
        publication_types=[text_of(kind) for kind in element.findall("pubTypeList/pubType")]
        or (element.findtext("pubType") or "").split(";"),
    )


def _description(source: Source, number: int, element: Element) -> Record:
    abstract, sections = seen_with_sections(text_of(element.find(f"{_TERMS}abstract")))
    identifiers = [text_of(found) for found in element.findall(f"{_DC}identifier")]
    return make_record(
        source,
        number,
        title=text_of(element.find(f"{_DC}title")),
        abstract=abstract,
        pmid=pmid_among([], identifiers),
        doi=next((identifier for identifier in identifiers if "doi.org/" in identifier), None),
        year=element.findtext(f"{_DC}date"),
        sections=sections,
        # Dublin Core has no place for the type: the service puts it into the description.
        publication_types=[
            kind for found in element.findall(f"{_DC}description") for kind in text_of(found).split(";")
        ],
    )
