"""Make a Record of what a reader found, with every identifier in its plain form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from structurer.readers.markup import seen
from structurer.readers.opening import Source
from structurer.schema import Record, SourceSection

_PMID = re.compile(
    r"(?:PMID|PubMed(?:\s?ID)?|MEDLINE)?\s{0,3}[:=]?\s{0,3}0{0,7}([1-9]\d{0,7})(?:\.0)?(?!\d)", re.IGNORECASE
)
_NAMED_PMID = re.compile(r"(?:PMID|PubMed(?: ID)?|MEDLINE)\s{0,2}[:=]?\s{0,2}(\d{4,8})(?!\d)", re.IGNORECASE)
_PMID_ADDRESS = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|europepmc\.org/(?:article|abstract)/MED/)"
    r"(\d{4,8})(?!\d)",
    re.IGNORECASE,
)
_BARE_PMID = re.compile(r"\d{5,8}\Z")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}(?:/|%2[fF])[^\s\"<>]{1,400}")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
# What databases write into the field where there is no abstract.
_NO_ABSTRACT = frozenset(
    {
        "no abstract available",
        "abstract not available",
        "abstract available from the publisher",
        "no abstract",
        "not available",
        "n/a",
        "na",
        "nan",
        "none",
        "null",
        "-",
    }
)


def make_record(
    source: Source,
    number: int,
    *,
    own_id: str | None = None,
    title: str | None = None,
    abstract: str | None = None,
    pmid: str | None = None,
    doi: str | None = None,
    journal: str | None = None,
    year: str | None = None,
    sections: tuple[SourceSection, ...] = (),
    registry_ids: Iterable[str] = (),
    publication_types: Iterable[str] = (),
) -> Record:
    """The record number `number` (from 1) of `source`.

    `record_id` is its own id, else its PMID, else its DOI, else `FILE NAME#NUMBER`. `abstract` must be as a reader
    sees it: `sections` point into it.
    """
    pmid, doi = plain_pmid(pmid), plain_doi(doi)
    return Record(
        record_id=_one_line(own_id) or pmid or doi or f"{source.name}#{number}",
        abstract=None if is_no_abstract(abstract) else abstract,
        title=_one_line(seen(title) if title else None),
        pmid=pmid,
        doi=doi,
        journal=_one_line(seen(journal) if journal else None),
        year=plain_year(year),
        sections=sections,
        registry_ids=_distinct(registry_ids),
        publication_types=_distinct(publication_types),
        source=source.file,
        number=number,
    )


def is_no_abstract(text: str | None) -> bool:
    """Whether the field holds no abstract, or only words that say so.

    >>> is_no_abstract("[No abstract available]"), is_no_abstract("No abstract was blinded.")
    (True, False)
    """
    return not text or text.isspace() or (len(text) < 40 and text.strip(" []().").casefold() in _NO_ABSTRACT)


def plain_pmid(text: str | None) -> str | None:
    """The digits of a PMID; None where there is none.

    >>> plain_pmid("PMID: 01234567"), plain_pmid("1234567.0"), plain_pmid("PMC1234567"), plain_pmid("0")
    ('1234567', '1234567', None, None)
    """
    match = _PMID.match(text.strip()) if text else None
    return match.group(1) if match else None


def pmid_among(
    notes: Iterable[str], addresses: Iterable[str], accessions: Iterable[str] = (), databases: Iterable[str] = ()
) -> str | None:
    """The PMID named in a note, else in an address, else given as accession number by a database that has PMIDs.

    Bare digits count only with such a database, for Embase's accession numbers look alike.

    >>> pmid_among(["Cited by 7"], ["https://pubmed.ncbi.nlm.nih.gov/1234567/"])
    '1234567'
    >>> pmid_among([], [], ["1234567"], ["Embase"])
    """
    for pattern, values in ((_NAMED_PMID, notes), (_PMID_ADDRESS, addresses)):
        for value in values:
            if match := pattern.search(value):
                return match.group(1)
    names = " ".join(databases).lower()
    if "pubmed" in names or "medline" in names or "nlm" in names.split():
        return next((value for value in accessions if _BARE_PMID.match(value)), None)
    return None


def plain_doi(text: str | None) -> str | None:
    """The DOI without address, label or closing punctuation; None where there is none.

    >>> plain_doi("https://doi.org/10.1000/xyz.12."), plain_doi("10.1000%2Fabc [doi]")
    ('10.1000/xyz.12', '10.1000/abc')
    """
    match = _DOI.search(text) if text else None
    if not match:
        return None
    doi = match.group().replace("%2F", "/", 1).replace("%2f", "/", 1).rstrip(".,;:'")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:'")
    return doi or None


def plain_year(text: str | None) -> int | None:
    """The first four-digit year from 1500 to 2099.

    >>> plain_year("2019/07//"), plain_year("July 12")
    (2019, None)
    """
    match = _YEAR.search(text) if text else None
    return int(match.group()) if match else None


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in map(_one_line, values) if value))
