"""Records from JATS XML, as PubMed Central and publishers write it: the abstract only, never the body."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from structurer.readers.bibliographic import make_record
from structurer.readers.labelled import compose
from structurer.readers.opening import Source
from structurer.readers.xml_stream import elements, local_name, root_of, text_of
from structurer.schema import Record

# Sets of articles: PMC's efetch, its OAI service, and what publishers send.
_ROOTS = frozenset({"article", "pmc-articleset", "articles", "article-set", "OAI-PMH"})
# The abstracts of these types speak for the article to other readers.
_ASIDE = frozenset(
    {
        "author-highlights",
        "editor",
        "executive-summary",
        "graphical",
        "highlights",
        "key-points",
        "lay",
        "plain-language-summary",
        "precis",
        "short",
        "synopsis",
        "teaser",
        "toc",
        "video",
        "web-summary",
    }
)


def is_jats(source: Source) -> bool:
    """Whether the root is a JATS article or a set of them."""
    root = root_of(source.head)
    if root is None or root.name not in _ROOTS:
        return False
    return bool(root.inner & {"front", "article-meta", "article"})


def read_jats(source: Source) -> Iterator[Record]:
    """The articles; titled sections of the abstract become labelled sections.

    Raises ReaderError for XML from which no article can be read.
    """
    for number, article in elements(source, frozenset({"article"}), ("body", "back", "contrib-group", "floats-group")):
        for element in article.iter():
            element.tag = local_name(element)
        meta = article.find("front/article-meta")
        if meta is None:
            source.report("no article-meta in this article", record=number, field="article-meta")
            meta = Element("article-meta")
        abstract, sections = compose(_parts(_abstract(meta)))
        ids = {element.get("pub-id-type", ""): text_of(element) for element in meta.findall("article-id")}
        yield make_record(
            source,
            number,
            title=text_of(meta.find("title-group/article-title")),
            abstract=abstract,
            pmid=ids.get("pmid"),
            doi=ids.get("doi"),
            journal=text_of(article.find("front/journal-meta//journal-title")),
            year=next((text_of(year) for year in meta.findall("pub-date/year")), None),
            sections=sections,
            publication_types=[article.get("article-type", "")],
        )


def _abstract(meta: Element) -> Element:
    abstracts = [found for found in meta.findall("abstract") if found.get("abstract-type", "") not in _ASIDE]
    return abstracts[0] if abstracts else Element("abstract")


def _parts(element: Element, heading: str = "") -> Iterator[tuple[str, str]]:
    """The (heading, text) parts; what stands in an untitled section or beside the sections keeps the heading above."""
    body: list[str] = []
    title = heading
    for child in element:
        if child.tag == "title":
            title = text_of(child)
        elif child.tag == "sec":
            if body:
                yield title, " ".join(body)
                body = []
                title = ""
            yield from _parts(child)
        elif text := text_of(child):
            body.append(text)
    if body:
        yield title, " ".join(body)
    elif not len(element) and (text := text_of(element)):
        yield title, text
