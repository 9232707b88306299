"""One record of a tagged format (MEDLINE, RIS, Web of Science, EndNote): tag -> values, lines joined."""

from __future__ import annotations

import re

from structurer.readers.opening import Source

_PART = re.compile(r"[A-Z][A-Za-z/&, -]{2,60}:\s")
_COPYRIGHT = re.compile(r"(?:Copyright|\u00a9|\(C\))\s", re.IGNORECASE)


class Tags:
    """The fields of one record in the order of the file; `line` is where it begins, counted from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        self._fields: list[tuple[str, list[str]]] = []
        self._tags: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __contains__(self, tag: str) -> bool:
        return tag in self._tags

    def add(self, tag: str, value: str) -> None:
        """A new field."""
        self._fields.append((tag, [value.strip()]))
        self._tags.add(tag)

    def extend(self, text: str) -> None:
        """A further line of the last field; nothing where there is none yet."""
        if self._fields and (text := text.strip()):
            self._fields[-1][1].append(text)

    def values(self, *tags: str) -> list[str]:
        """What the fields of these tags hold, empty ones left out: all of the first tag, then of the next."""
        return [
            value
            for tag in tags
            for held, lines in self._fields
            if held == tag and (value := " ".join(line for line in lines if line))
        ]

    def fields(self) -> list[tuple[str, str]]:
        """Every field in the order of the file, its lines joined by a space."""
        return [(tag, " ".join(line for line in lines if line)) for tag, lines in self._fields]

    def first(self, *tags: str) -> str | None:
        """The first value of the first of these tags that has one."""
        return next(iter(self.values(*tags)), None)


def one_abstract(source: Source, number: int, values: list[str], line: int) -> str | None:
    """The abstract of a record with several fields for it: labelled parts are joined, else the first is taken.

    What is left out is reported. A publisher's copyright note is no abstract.
    """
    distinct = [value for value in dict.fromkeys(values) if not _COPYRIGHT.match(value)]
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    if all(_PART.match(value) for value in distinct):
        return " ".join(distinct)
    source.report(f"{len(distinct)} abstracts: the first is read", record=number, line=line, field="abstract")
    return distinct[0]
