"""Records from BibTeX and BibLaTeX: entries cut by counting braces, a damaged one passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import make_record, pmid_among
from structurer.readers.latex import plain_latex
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.schema import Record

_SNIFF = re.compile(r"^\s{0,8}@[A-Za-z]{2,30}\s{0,3}[{(]", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]{0,8}@([A-Za-z]{2,30})\s{0,3}([{(])", re.MULTILINE)
_NO_RECORDS = frozenset({"comment", "preamble", "string"})
_KEY = re.compile(r"\s{0,80}([^\s,={}\"]{0,200})\s{0,80}(?:,|\Z)")
_NAME = re.compile(r"[\s,]{0,200}([A-Za-z][\w:.+/-]{0,60})\s{0,80}=\s{0,80}")
_BARE = re.compile(r"[^\s,#{}\"]{1,200}")
_JOIN = re.compile(r"\s{0,80}#\s{0,80}")
_MONTHS: dict[str, str] = {month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()}


def is_bibtex(source: Source) -> bool:
    """Whether a line begins an entry."""
    return bool(_SNIFF.search(source.head))


def read_bibtex(source: Source) -> Iterator[Record]:
    """The entries; `@string` names are resolved, and LaTeX is made into what it prints.

    An entry whose braces do not close is reported, and read as far as it goes.
    """
    strings = dict(_MONTHS)
    number = 0
    for line, kind, body, closed in _entries(source.text()):
        if kind == "string":
            strings.update({name.lower(): value for name, value in _fields(f",{body}", strings)})
        if kind in _NO_RECORDS:
            continue
        number += 1
        if not closed:
            source.report("the entry's braces do not close", record=number, line=line)
        key = _KEY.match(body)
        fields: dict[str, str] = {}
        for name, value in _fields(body[key.end() :] if key else body, strings):
            fields.setdefault(name.lower(), value)
        yield _record(source, number, fields)


def _record(source: Source, number: int, fields: dict[str, str]) -> Record:
    def first(*names: str) -> str | None:
        return next((text for name in names if (text := plain_latex(fields.get(name, "")))), None)

    abstract, sections = seen_with_sections(first("abstract", "abstractnote", "annote") or "")
    notes = [
        text for name in ("pmid", "note", "annote", "keywords-pubmed") if (text := fields.get(name)) and name != "pmid"
    ]
    return make_record(
        source,
        number,
        title=first("title", "booktitle"),
        abstract=abstract,
        pmid=first("pmid", "pubmed_id", "pubmedid", "pubmed") or pmid_among(notes, [fields.get("url", "")]),
        doi=fields.get("doi", "").replace("\\_", "_")
        or (first("url") if "doi.org/" in fields.get("url", "") else None),
        journal=first("journal", "journaltitle", "booktitle"),
        year=first("year", "date"),
        sections=sections,
        publication_types=[text] if (text := first("document_type", "type")) else [],
    )


def _entries(text: str) -> Iterator[tuple[int, str, str, bool]]:
    """The (line, type, body, whether it closes) of each entry; an open one ends where the next begins a line."""
    at = counted = 0
    line = 1
    while start := _ENTRY.search(text, at):
        line += text.count("\n", counted, start.start())
        counted = start.start()
        following = _ENTRY.search(text, start.end())
        limit = following.start() if following else len(text)
        end = _end(text, start.end(), limit, "}" if start.group(2) == "{" else ")")
        body_end = limit if end is None else end
        yield line, start.group(1).lower(), text[start.end() : body_end], end is not None
        at = body_end if end is None else end + 1


def _end(text: str, start: int, limit: int, close: str) -> int | None:
    """Where the bracket that was opened before `start` closes."""
    depth = 0
    for match in _BRACKET.finditer(text, start, limit):
        bracket = match.group()
        if depth == 0 and bracket == close:
            return match.start()
        if bracket == "{":
            depth += 1
        elif bracket == "}":
            depth -= 1
            if depth < 0:
                return None
    return None


_BRACKET = re.compile(r"\\.|[{})]", re.DOTALL)


def _fields(body: str, strings: dict[str, str]) -> Iterator[tuple[str, str]]:
    at = 0
    while True:
        name = _NAME.match(body, at)
        if not name:
            # What is no field is passed over up to the next comma.
            comma = body.find(",", at)
            if comma < 0:
                return
            at = comma + 1
            continue
        value, at = _value(body, name.end(), strings)
        yield name.group(1), value


def _value(body: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        if body[at : at + 1] == "{":
            end = _end(body, at + 1, len(body), "}")
            parts.append(body[at + 1 : len(body) if end is None else end])
            at = len(body) if end is None else end + 1
        elif body[at : at + 1] == '"':
            end = _closing_quote(body, at + 1)
            parts.append(body[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(body, at):
            parts.append(strings.get(bare.group().lower(), bare.group()))
            at = bare.end()
        else:
            return "".join(parts), at + 1
        join = _JOIN.match(body, at)
        if not join:
            return "".join(parts), at
        at = join.end()


def _closing_quote(body: str, at: int) -> int:
    depth = 0
    for match in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(body, at):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
        elif match.group() == '"' and depth <= 0:
            return match.start()
    return len(body)
