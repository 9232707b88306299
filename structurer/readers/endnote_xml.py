"""Records from EndNote XML, as EndNote, Bookends and Zotero write it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from structurer.readers.bibliographic import make_record, pmid_among
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.xml_stream import elements, root_of, text_of
from structurer.schema import Record

_RECORDS = frozenset({"record"})


def is_endnote_xml(source: Source) -> bool:
    """Whether the root is EndNote's, with `records` inside or as its own root."""
    root = root_of(source.head)
    return root is not None and (
        (root.name == "xml" and "records" in root.inner) or (root.name == "records" and "record" in root.inner)
    )


def read_endnote_xml(source: Source) -> Iterator[Record]:
    """The records, with the text inside `<style>` elements joined.

    Raises ReaderError for XML from which no record can be read.
    """
    for number, element in elements(source, _RECORDS, ("contributors", "keywords")):
        abstract, sections = seen_with_sections(text_of(element.find("abstract")))
        yield make_record(
            source,
            number,
            title=_first(element, "titles/title"),
            abstract=abstract,
            pmid=pmid_among(
                [*_all(element, "notes"), *_all(element, "accession-num"), *_all(element, "custom2")],
                _all(element, "urls/related-urls/url"),
                [*_all(element, "accession-num"), *_all(element, "custom2")],
                [*_all(element, "remote-database-name"), *_all(element, "remote-database-provider")],
            ),
            doi=_first(element, "electronic-resource-num"),
            journal=_first(element, "periodical/full-title", "titles/secondary-title", "periodical/abbr-1"),
            year=_first(element, "dates/year", "dates/pub-dates/date"),
            sections=sections,
            publication_types=_all(element, "work-type"),
        )


def _all(element: Element, path: str) -> list[str]:
    return [text for found in element.findall(path) if (text := text_of(found))]


def _first(element: Element, *paths: str) -> str | None:
    return next((text for path in paths for text in _all(element, path)), None)
