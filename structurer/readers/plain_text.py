"""Records from plain text: a file is one abstract, or several between lines of dashes or with `PMID:` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.readers.bibliographic import make_record
from structurer.readers.delimited import looks_like_table
from structurer.readers.opening import Source
from structurer.schema import Record

_RULE = re.compile(r"\s{0,8}(?:-{3,200}|={3,200}|\*{3,200}|_{3,200})\s{0,8}\Z")
_PMID = re.compile(r"\s{0,8}PMID\s?[:=]?\s{0,3}(\d{1,8})(?:\s.{0,200}|[.;,].{0,200})?\Z", re.IGNORECASE)
_TITLE = re.compile(r"\s{0,8}Title\s?:\s{0,4}(\S.*)\Z", re.IGNORECASE)
_LONGEST_TITLE = 300
_LONGEST_ABSTRACT = 20_000


def is_plain_text(source: Source) -> bool:
    """Whether the file holds readable text that is no table."""
    head = source.head
    if not head.strip():
        return False
    if source.guessed_head and sum(c < "\x80" for c in head) < 0.7 * len(head):
        return False
    odd = sum(1 for c in head if not (c.isprintable() or c in "\n\t\xad\u200b\ufeff"))
    return (odd + head.count("\ufffd")) * 20 <= len(head) and not looks_like_table(source)


def read_plain_text(source: Source) -> Iterator[Record]:
    """The records. A `PMID:` line closes its record, or opens it where the text begins with one."""
    number = 0
    lines: list[str] = []
    pmid: str | None = None
    opens: bool | None = None

    def record() -> Record | None:
        nonlocal number
        if not any(line.strip() for line in lines):
            return None
        number += 1
        title, abstract = _title_and_abstract(lines)
        if len(abstract) > _LONGEST_ABSTRACT:
            reason = f"a text of {len(abstract):,} characters, longer than an abstract: is it in another format?"
            source.report(reason, record=number)
        return make_record(source, number, title=title, abstract=abstract, pmid=pmid)

    for line in source.lines():
        match = _PMID.match(line)
        if _RULE.match(line):
            if made := record():
                yield made
            lines, pmid = [], None
            continue
        if match:
            if opens is None:
                opens = not any(text.strip() for text in lines)
            if opens and (made := record()):
                yield made
            pmid = match.group(1)
            if not opens and (made := record()):
                yield made
                pmid = None
            lines = []
            continue
        lines.append(line)
    if made := record():
        yield made


def _title_and_abstract(lines: list[str]) -> tuple[str | None, str]:
    """A title only where it is marked, or stands alone above longer text without a full stop.

    What is wrongly taken for a title is lost to every finder; a title left in the abstract costs little.
    """
    text = "\n".join(line.rstrip() for line in lines).strip()
    first, _, rest = text.partition("\n")
    if match := _TITLE.match(first):
        return match.group(1), re.sub(r"\A\s{0,80}Abstract\s?:\s{0,8}", "", rest, flags=re.IGNORECASE).strip()
    stands_alone = rest.startswith("\n") and 20 <= len(first) <= _LONGEST_TITLE and len(rest) > 2 * len(first)
    if stands_alone and not first.endswith((".", ":", ";", ",")) and ". " not in first:
        return first, rest.strip()
    return None, text
