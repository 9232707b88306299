"""Labelled parts of an abstract: composed into one text, or found again in the text that they came with."""

from __future__ import annotations

from collections.abc import Iterable

from structurer.schema import SourceSection

# What a source prints where it has no label to print.
_NO_LABEL = frozenset({"", "unlabelled", "unassigned", "abstract", "summary"})


def compose(parts: Iterable[tuple[str | None, str]]) -> tuple[str | None, tuple[SourceSection, ...]]:
    """The abstract and its sections, from (heading, text) parts; the text of no part is None.

    Each labelled part reads `HEADING: text`, parts are joined by one space. A part without a label has heading "".
    Without any label there are no sections.

    >>> compose([("AIM", "To see."), (None, "We saw.")])[0]
    'AIM: To see. We saw.'
    """
    text: list[str] = []
    sections: list[SourceSection] = []
    at = 0
    for heading, part in parts:
        label = (heading or "").strip().rstrip(":").rstrip()
        if label.casefold() in _NO_LABEL:
            label = ""
        body = part.strip()
        if not body:
            continue
        printed = f"{label}: " if label else ""
        start = at + (1 if text else 0)
        text.append(printed + body)
        at = start + len(printed) + len(body)
        sections.append(SourceSection(label, start, at, start + len(printed)))
    if not any(section.heading for section in sections):
        sections = []
    return " ".join(text) or None, tuple(sections)


def locate(abstract: str, parts: Iterable[tuple[str, str]]) -> tuple[SourceSection, ...] | None:
    """Where the (heading, text) parts stand in `abstract`, in order; None where one of them is not there.

    >>> locate("Aim: To see.", [("AIM", "To see.")])
    (SourceSection(heading='AIM', start=0, end=12, body=5),)
    """
    sections: list[SourceSection] = []
    at = 0
    for heading, part in parts:
        text, label = part.strip(), heading.strip()
        if not text:
            continue
        body = abstract.find(text, at)
        if body < 0:
            return None
        before = abstract[at:body]
        offset = before.lower().rfind(label.lower()) if label and len(before.lower()) == len(before) else -1
        start = at + offset if offset >= 0 else body
        at = body + len(text)
        sections.append(SourceSection(label, start, at, body))
    return tuple(sections)
