"""Records from PubMed XML: efetch, the web page's download, and the baseline files.

Fields as in https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from structurer.readers.bibliographic import make_record
from structurer.readers.databanks import is_registry
from structurer.readers.labelled import compose
from structurer.readers.opening import Source
from structurer.readers.xml_stream import elements, root_of, text_of
from structurer.schema import Record, SourceSection

_RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation"})
# Half of a record's characters or more, and nothing that a Record holds.
_UNREAD = (
    "ReferenceList",
    "AuthorList",
    "MeshHeadingList",
    "CommentsCorrectionsList",
    "ChemicalList",
    "GrantList",
    "KeywordList",
    "History",
)
_ROOTS = _RECORDS | {"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet"}


def is_pubmed_xml(source: Source) -> bool:
    """Whether the root is one of PubMed's sets of records."""
    root = root_of(source.head)
    return root is not None and root.name in _ROOTS


def read_pubmed_xml(source: Source) -> Iterator[Record]:
    """The articles and book chapters; DeleteCitation lists are passed over.

    Raises ReaderError for XML that is damaged before its first record.
    """
    for number, element in elements(source, _RECORDS, _UNREAD):
        if element.tag == "PubmedBookArticle":
            yield _book_record(source, number, element)
        else:
            yield _article_record(source, number, element)


def _article_record(source: Source, number: int, element: Element) -> Record:
    citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
    if citation is None:
        source.report("no MedlineCitation in this article", record=number, field="MedlineCitation")
        citation = Element("MedlineCitation")
    article = citation.find("Article")
    if article is None:
        article = Element("Article")
    abstract, sections = _abstract(article.findall("Abstract/AbstractText"))
    if abstract is None:
        abstract, sections = _other_abstract(citation)
    return make_record(
        source,
        number,
        title=text_of(article.find("ArticleTitle")) or text_of(article.find("VernacularTitle")),
        abstract=abstract,
        pmid=citation.findtext("PMID") or _article_id(element, "PubmedData/ArticleIdList/ArticleId", "pubmed"),
        doi=_location_doi(article) or _article_id(element, "PubmedData/ArticleIdList/ArticleId", "doi"),
        journal=article.findtext("Journal/Title")
        or article.findtext("Journal/ISOAbbreviation")
        or citation.findtext("MedlineJournalInfo/MedlineTA"),
        year=_year(article, "Journal/JournalIssue/PubDate") or article.findtext("ArticleDate/Year"),
        sections=sections,
        registry_ids=_registry_ids(article),
        publication_types=map(text_of, article.findall("PublicationTypeList/PublicationType")),
    )


def _book_record(source: Source, number: int, element: Element) -> Record:
    document = element.find("BookDocument")
    if document is None:
        source.report("no BookDocument in this book article", record=number, field="BookDocument")
        document = Element("BookDocument")
    abstract, sections = _abstract(document.findall("Abstract/AbstractText"))
    return make_record(
        source,
        number,
        title=text_of(document.find("ArticleTitle")) or text_of(document.find("Book/BookTitle")),
        abstract=abstract,
        pmid=document.findtext("PMID"),
        doi=_article_id(document, "ArticleIdList/ArticleId", "doi") or _location_doi(document.find("Book")),
        journal=text_of(document.find("Book/BookTitle")),
        year=_year(document, "Book/PubDate") or document.findtext("ContributionDate/Year"),
        sections=sections,
        publication_types=map(text_of, document.findall("PublicationType")),
    )


def _abstract(parts: Iterable[Element]) -> tuple[str | None, tuple[SourceSection, ...]]:
    return compose((part.get("Label"), text_of(part)) for part in parts)


def _other_abstract(citation: Element) -> tuple[str | None, tuple[SourceSection, ...]]:
    """The English one of the abstracts in other languages or by other parties, else the first."""
    others = citation.findall("OtherAbstract")
    for other in sorted(others, key=lambda other: other.get("Language", "eng") != "eng"):
        abstract, sections = _abstract(other.findall("AbstractText"))
        if abstract:
            return abstract, sections
    return None, ()


def _location_doi(article: Element | None) -> str | None:
    """The DOI among the electronic locations; one marked invalid does not count."""
    for location in article.findall("ELocationID") if article is not None else ():
        if location.get("EIdType") == "doi" and location.get("ValidYN") != "N":
            return location.text
    return None


def _article_id(element: Element, path: str, kind: str) -> str | None:
    return next((identifier.text for identifier in element.findall(path) if identifier.get("IdType") == kind), None)


def _year(element: Element, path: str) -> str | None:
    return element.findtext(f"{path}/Year") or element.findtext(f"{path}/MedlineDate")


def _registry_ids(article: Element) -> list[str]:
    return [
        number.text or ""
        for bank in article.findall("DataBankList/DataBank")
        if is_registry(bank.findtext("DataBankName"))
        for number in bank.findall("AccessionNumberList/AccessionNumber")
    ]
