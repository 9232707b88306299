"""How the time of the readers grows with the length of a file that was made to be slow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from structurer.errors import ReaderError
from structurer.evaluation.growth import UNITS, Part
from structurer.readers import read_records

# Each format around an abstract: what stands before it, and what stands behind.
_AROUND: Mapping[str, tuple[str, str]] = {
    "csv": ("title,abstract\na,", "\n"),
    "ris": ("TY  - JOUR\nAB  - ", "\nER  - \n"),
    "nbib": ("PMID- 1\nAB  - ", "\n"),
    "jsonl": ('{"abstract":"', '"}\n'),
    "json": ('[{"abstract":"', '"}]'),
    "bibtex": ("@article{k, abstract={", "}}\n"),
    "enw": ("%T t\n%X ", "\n"),
    "wos": ("PT J\nAB ", "\nER\n"),
    "central": ("Record #1 of 1\nID: CN-1\nAB: ", "\n"),
    "catalogue": ("title_full | a |\ndescription | ", " |\n"),
    "pubmed-text": ("1. J. 2001;1.\n\nTitle.\n\nAuthors.\n\n", "\n\nPMID: 1\n"),
    "text": ("", "\n"),
    "pubmed-xml": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><Abstract><AbstractText>",
        "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    ),
    "endnote-xml": ("<xml><records><record><abstract>", "</abstract></record></records></xml>"),
    "europepmc-xml": (
        "<responseWrapper><resultList><result><abstractText>",
        "</abstractText></result></resultList></responseWrapper>",
    ),
    "jats": (
        "<article><front><article-meta><abstract><p>",
        "</p></abstract></article-meta></front></article>",
    ),
}
# What begins a record, a field, a cell or an element, over and over.
READER_UNITS = (
    *UNITS,
    '"',
    '","',
    "'",
    "{",
    "}",
    "[",
    "]",
    "\\",
    "\\textsuperscript{",
    "\\'e",
    "$",
    "|",
    "<",
    "<b ",
    '<b x="',
    "<sup>",
    "</sup>",
    "&lt;sup&gt;",
    "&#1;",
    "TY  - JOUR\n",
    "ER  - \n",
    "AB  - x\n",
    "PMID- 1\n",
    "PMID: 1\n",
    "1. a. 2000\n\n",
    "2. a. 2000\n\n",
    "%T x\n",
    "%0 A\n",
    "PT J\n",
    "Record #1 of 9\n",
    "_version_ | 1 |\n",
    "@a{\n",
    "@a{b, c={d}}\n",
    "a = ,",
    'a="',
    "<PubmedArticle>",
    "</PubmedArticle>",
    "<record ",
    "<result>",
    "<article>",
    "<p>",
    "----\n",
    "DOI: ",
    "10.1000/",
    "Copyright ",
    "A. ",
    "- ",
    "-\n",
    "a\n\n",
    '{"title": 1}, ',
)


def readers(folder: Path) -> Mapping[str, Part]:
    """Each reader, over a text put in the place of an abstract; its file is written into `folder`."""

    def reader(name: str) -> Part:
        before, behind = _AROUND[name]
        path = folder / name

        def read(text: str) -> None:
            path.write_text(before + text + behind, encoding="utf-8", errors="replace", newline="")
            try:
                for _ in read_records(path, format=name, problems=[]):
                    pass
            except ReaderError:
                pass

        return read

    return {name: reader(name) for name in _AROUND}
