"""Records from PubMed's "Abstract (text)" download: numbered citations, each ending in its identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import make_record
from structurer.readers.opening import Source
from structurer.schema import Record

_CITATION = re.compile(r"(\d{1,6})\. (?=\S)(.{3,300}?\. (?:1[89]|20)\d\d\b.{0,400})\Z")
_NUMBERED = re.compile(r"(\d{1,6})\. \S")
_SNIFF = re.compile(r"^\d{1,6}\. \S.{2,300}?\. (?:1[89]|20)\d\d\b", re.MULTILINE)
_PMID = re.compile(r"PMID: (\d{1,8})\b")
_SNIFF_PMID = re.compile(r"^PMID: \d{1,8}\b", re.MULTILINE)
_DOI = re.compile(r"(?:^|\s)(?:DOI|doi): ?(10\.\S{3,400})")
_NO_ABSTRACT = re.compile(
    r"""Author\ information:|Collaborators?(?:\ \(\d+\))?:|(?:Comment|Erratum|Update)\ (?:in|for|on|of)\b
    |Republished\b
    |Conflict\ of\ interest|DOI:|PMCID:|PMID:|Copyright\b|\u00a9|Published\ by\b|\[(?:Indexed|Article\ in)\b
    |Retract(?:ion|ed)\b|Summary\ for\ patients\b|Plain\ Language\ Summary""",
    re.VERBOSE,
)


def is_pubmed_text(source: Source) -> bool:
    """Whether there are both a numbered citation and a `PMID:` line."""
    return bool(_SNIFF.search(source.head)) and bool(_SNIFF_PMID.search(source.head))


def read_pubmed_text(source: Source) -> Iterator[Record]:
    """The records; the abstract is the paragraphs between the authors and the closing notes."""
    for number, lines in enumerate(_citations(source), 1):
        yield _record(source, number, lines)


def _citations(source: Source) -> Iterator[list[str]]:
    """The lines of one citation at a time: each begins with the next number, after a blank line or at the top.

    Two blank lines part the citations, and after them the year may stand on the next line; after one blank line a
    number may as well be that of a paragraph.
    """
    lines: list[str] = []
    expected: int | None = None
    blanks = 2
    for line in source.lines():
        match = (_CITATION.match(line.rstrip()) or (blanks > 1 and _NUMBERED.match(line))) if blanks else None
        if match and (expected is None or int(match.group(1)) == expected):
            if expected is not None:
                yield lines
            lines = []
            expected = int(match.group(1)) + 1
        blanks = 0 if line.strip() else blanks + 1
        if expected is not None:
            lines.append(line.rstrip())
    if lines:
        yield lines


def _record(source: Source, number: int, lines: list[str]) -> Record:
    paragraphs = [" ".join(paragraph) for paragraph in _paragraphs(lines)]
    citation, *rest = paragraphs
    whole = "\n".join(paragraphs)
    pmid, doi = _PMID.search(whole), _DOI.search(whole)
    title = rest[0] if rest else None
    # Authors, then their affiliations; what is left before the identifiers is the abstract, one paragraph a section.
    body = [paragraph for paragraph in rest[2:] if not _NO_ABSTRACT.match(paragraph)]
    if len(rest) > 1 and len(rest[1]) > 200 and ". " in rest[1] and not body:
        body = [rest[1]]
    journal = citation.partition(". ")[2]
    return make_record(
        source,
        number,
        title=title if title and not _NO_ABSTRACT.match(title) else None,
        abstract=" ".join(body) or None,
        pmid=pmid.group(1) if pmid else None,
        doi=doi.group(1) if doi else None,
        journal=re.split(r"\. (?:1[89]|20)\d\d\b", journal, maxsplit=1)[0],
        year=" ".join(re.findall(r"\. ((?:1[89]|20)\d\d)\b", citation)[:1]),
    )


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in lines:
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph
