"""The formats, in the order in which they are tried: how each is recognised by its content, and read.

A new format is a file with two functions and a row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from structurer.readers.bibtex import is_bibtex, read_bibtex
from structurer.readers.catalogue import is_catalogue, read_catalogue
from structurer.readers.central import is_central, read_central
from structurer.readers.delimited import is_delimited, looks_like_table, read_delimited
from structurer.readers.endnote_xml import is_endnote_xml, read_endnote_xml
from structurer.readers.enw import is_enw, read_enw
from structurer.readers.europepmc_xml import is_europepmc_xml, read_europepmc_xml
from structurer.readers.jats import is_jats, read_jats
from structurer.readers.json_array import is_json, read_json
from structurer.readers.jsonl import is_jsonl, read_jsonl
from structurer.readers.nbib import is_nbib, read_nbib
from structurer.readers.opening import Source
from structurer.readers.plain_text import is_plain_text, read_plain_text
from structurer.readers.pubmed_text import is_pubmed_text, read_pubmed_text
from structurer.readers.pubmed_xml import is_pubmed_xml, read_pubmed_xml
from structurer.readers.ris import is_ris, read_ris
from structurer.readers.workbook import is_workbook, read_workbook
from structurer.readers.wos import is_wos, read_wos
from structurer.readers.xml_stream import root_of
from structurer.schema import Record


@dataclass(frozen=True, slots=True)
class Format:
    """One input format: `recognises` looks at the source's beginning, `read` gives its records."""

    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Record]]
    # Where a record begins, for a second count beside the reader's own.
    begins: re.Pattern[str] | None = None


_FORMATS = (
    Format("pubmed-xml", is_pubmed_xml, read_pubmed_xml, re.compile(r"<Pubmed(?:Book)?Article(?=[\s>])")),
    Format(
        "europepmc-xml", is_europepmc_xml, read_europepmc_xml, re.compile(r"<(?:result|(?:rdf:)?Description)(?=[\s>])")
    ),
    Format("endnote-xml", is_endnote_xml, read_endnote_xml, re.compile(r"<record(?=[\s>])")),
    Format("jats", is_jats, read_jats),
    Format("xlsx", is_workbook, read_workbook),
    Format("jsonl", is_jsonl, read_jsonl),
    Format("json", is_json, read_json),
    Format("ris", is_ris, read_ris, re.compile(r"^\s{0,8}TY {0,2}-(?:\s|$)", re.MULTILINE)),
    Format("nbib", is_nbib, read_nbib, re.compile(r"^PMID {0,2}- {0,2}\d", re.MULTILINE)),
    Format("central", is_central, read_central, re.compile(r"^Record #\d{1,7} of \d{1,7}\s{0,9}$", re.MULTILINE)),
    Format("wos", is_wos, read_wos, re.compile(r"^PT (?=\S)", re.MULTILINE)),
    Format("bibtex", is_bibtex, read_bibtex),
    Format("enw", is_enw, read_enw, re.compile(r"^%0 ", re.MULTILINE)),
    Format("catalogue", is_catalogue, read_catalogue),
    Format("pubmed-text", is_pubmed_text, read_pubmed_text),
    Format("csv", is_delimited, read_delimited),
    Format("text", is_plain_text, read_plain_text),
)
FORMATS = tuple(entry.name for entry in _FORMATS)

# What is met in place of an export: the first bytes, what it is, and what to do.
_REFUSED_BYTES = (
    (b"%PDF", "a PDF", "export the records from the database or reference manager instead"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .xlsx or CSV"),
    (b"PK\x03\x04", "a zip archive", "unpack it and name the files in it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"\x89PNG", "a picture", "name a file of records"),
    (b"SQLite format 3", "a database", "export its records"),
)
_REFUSED_ROOTS = {
    "eSummaryResult": "an esummary answer, which holds no abstracts: fetch the records with efetch, retmode=xml",
    "eSearchResult": "a search answer, which holds no records: fetch them with efetch, retmode=xml",
    "eLinkResult": "a link answer, which holds no records: fetch them with efetch, retmode=xml",
    "ePostResult": "an epost answer, which holds no records: fetch them with efetch, retmode=xml",
    "eInfoResult": "a database description, which holds no records",
    "html": "a web page: download the records in a format of the site's export menu",
}


def format_of(source: Source, name: str | None = None) -> Format:
    """The format called `name`, or the one that the content shows.

    Raises ReaderError for an unknown name or content, saying what to do.
    """
    if name is not None:
        for entry in _FORMATS:
            if entry.name == name:
                return entry
        raise source.refuse(f"no format is called {name!r}: choose one of {', '.join(FORMATS)}")
    if not source.head.strip() and not source.magic.strip(b"\0\t\n\r "):
        raise source.refuse("is empty")
    for entry in _FORMATS:
        if entry.read is read_plain_text and (reason := _refusal(source)):
            raise source.refuse(reason)
        if entry.recognises(source):
            return entry
    raise source.refuse(f"is in no format that we know: name one of {', '.join(FORMATS)} with --format")


def _refusal(source: Source) -> str | None:
    """Why this is no plain text either; None where it may be."""
    for start, what, advice in _REFUSED_BYTES:
        if source.magic.startswith(start):
            return f"is {what}: {advice}"
    head = source.head.lstrip()
    if head[:200].lower().startswith(("<!doctype html", "<html")):
        return f"is {_REFUSED_ROOTS['html']}"
    root = root_of(source.head)
    if root is not None:
        if root.declares_entities:
            return "declares its own XML entities, which no export does: refused"
        if root.name in _REFUSED_ROOTS:
            return f"is {_REFUSED_ROOTS[root.name]}"
        return f"is XML of an unknown kind (<{root.name}>)"
    if looks_like_table(source):
        return "is a table without a known column: name its columns with --map title=COLUMN --map abstract=COLUMN"
    return None
