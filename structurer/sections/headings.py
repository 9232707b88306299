"""Split an abstract at its printed headings.

A heading stands where a sentence can begin, and is set off by a colon (`METHODS: We`), a line of its own, capitals
(`PURPOSE To compare`), a stop or a dash (`Methods. We`, `Methods - We`) or brackets (`[Methods] We`). The weaker the
sign, the more the text's other headings have to agree before it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from structurer.schema import Section, SectionLabel, SectionSource, SourceSection
from structurer.sections.heading_labels import label_heading
from structurer.sections.heading_signs import OPENING, PrintedHeading, Sign, find_printed_headings
from structurer.text.reading import Reading

# What stands before the first heading and is no text: signs, or the word "Abstract"
_NO_LEAD = re.compile(rf"(?:{OPENING}|\W+)\Z")
_CORE = (SectionLabel.BACKGROUND, SectionLabel.METHODS, SectionLabel.FINDINGS, SectionLabel.INTERPRETATION)
# Headings that one alone, in small letters before a colon, is enough to tell a text with headings by.
_PLAIN = re.compile(
    r"(?:conclusions?|results?|methods?|background|objectives?|purpose|aims?|introduction|discussion|interpretation|findings)\Z",
    re.IGNORECASE,
)


def split_at_headings(text: str | Reading, source: Sequence[SourceSection] = ()) -> list[Section]:
    """The sections of an abstract that has headings, in order; [] for one that has none.

    `source` are the sections as labelled in the input file: where there are any with a heading they decide, and the
    printed text is looked at only inside those without one. Text before the first heading is a section with label
    None and an empty heading. A heading of unknown meaning has label None.

    >>> for section in split_at_headings("PURPOSE: To test X. RESULTS: X failed."):
    ...     print(section.label, section.heading, section.start, section.body, section.end)
    BACKGROUND PURPOSE 0 9 19
    FINDINGS RESULTS 20 29 38
    """
    reading = Reading.of(text)
    if any(label_heading(part.heading) is not None for part in source):
        return _from_source(reading, source)
    return _sections(reading, _headings(_lined(reading), 0), 0, len(reading.text))


def _lined(reading: Reading) -> str:
    """The normalised text with its line ends left in: a heading may have a line of its own."""
    if "\n" not in reading.text:
        return reading.norm
    return "".join("\n" if read == "\n" else sign for read, sign in zip(reading.text, reading.norm, strict=True))


def _from_source(reading: Reading, source: Sequence[SourceSection]) -> list[Section]:
    sections: list[Section] = []
    lined = _lined(reading)
    for part in source:
        known = label_heading(part.heading)
        within = [] if known is not None else _headings(lined[part.body : part.end], part.body)
        if within:
            sections += _sections(reading, within, part.start, part.end)
            continue
        label = known.label if known else None
        sections.append(Section(label, part.heading, part.start, part.end, part.body, SectionSource.SOURCE))
    return sections


def _sections(reading: Reading, headings: list[PrintedHeading], begin: int, stop: int) -> list[Section]:
    if not headings:
        return []
    text = reading.text
    sections: list[Section] = []
    lead = _trim(text, begin, headings[0].start)
    if lead[0] < lead[1] and not _NO_LEAD.match(text[lead[0] : lead[1]]):
        sections.append(Section(None, "", lead[0], lead[1], lead[0], SectionSource.HEADING))
    for i, heading in enumerate(headings):
        end = _trim(text, heading.start, headings[i + 1].start if i + 1 < len(headings) else stop)[1]
        body = min(heading.body, end)
        at = reading.norm.find(heading.printed, heading.start)
        printed = text[at : at + len(heading.printed)]
        sections.append(Section(heading.label, printed, heading.start, end, body, SectionSource.HEADING))
    return sections


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _headings(norm: str, offset: int) -> list[PrintedHeading]:
    """The headings of a normalised text, their offsets counted from `offset` before it."""
    kept = _in_context(_agreeing(find_printed_headings(norm)))
    return (
        [replace(heading, start=heading.start + offset, body=heading.body + offset) for heading in kept]
        if offset
        else kept
    )


def _agreeing(found: list[PrintedHeading]) -> list[PrintedHeading]:
    """Those of the headings found that the others bear out."""
    strong = [heading for heading in found if heading.known and heading.capitals and heading.sign <= Sign.BRACKETS]
    labels = {heading.label for heading in strong}
    many_capitals = len([heading for heading in strong if heading.label in _CORE]) >= 2
    firm = {heading.label for heading in found if heading.known and heading.sign <= Sign.BRACKETS}
    alike: dict[tuple[Sign, bool], list[SectionLabel | None]] = {}
    for heading in found:
        if heading.known:
            alike.setdefault((heading.sign, heading.capitals), []).append(heading.label)
    # Among headings set off by colons, one that is not is a sentence's first word.
    agreed = {
        kind
        for kind, others in alike.items()
        if len(others) >= (3 if kind == (Sign.NONE, False) else 2) and len(set(others)) >= 2 and not many_capitals
    }

    def stands(heading: PrintedHeading) -> bool:
        if heading.known is None:
            return many_capitals
        if heading.sign in (Sign.NONE, Sign.STOP, Sign.DASH):
            if (heading.sign, heading.capitals) in agreed:
                return True
            # One whose colon was forgotten, among others that have theirs: its section would else be without a heading.
            return len(firm) >= 2 and heading.label not in firm and bool(_PLAIN.match(heading.printed))
        if heading.capitals or not many_capitals:
            return True
        # A small heading inside a text whose sections are headed in capitals opens no section that one of them opens.
        return heading.label not in labels and (
            heading.label is not SectionLabel.METHODS or bool(_PLAIN.match(heading.printed))
        )

    kept = [heading for heading in found if stands(heading)]
    core = [heading for heading in kept if heading.label in _CORE]
    if not core:
        return [heading for heading in kept if heading.capitals and heading.sign is Sign.COLON]
    if (
        len(core) == 1
        and not (core[0].capitals and core[0].sign <= Sign.BRACKETS)
        and not _PLAIN.match(core[0].printed)
    ):
        return []
    return kept


_REPORTS_OUTCOMES = re.compile(r"(?:outcome|end ?-?point|measurement|clinical outcome)s?(?: results)?\Z", re.IGNORECASE)
# What ends an abstract says what it means; the same words at its head say why it was done.
_BY_PLACE = frozenset(
    {"heading.significance", "heading.summary", "heading.clinical-relevance", "heading.problem", "heading.relevance"}
)


def _in_context(headings: list[PrintedHeading]) -> list[PrintedHeading]:
    """The headings with the labels that their place among the others gives them."""
    reported = any(heading.label is SectionLabel.FINDINGS for heading in headings)
    methods = False
    placed: list[PrintedHeading] = []
    for i, heading in enumerate(headings):
        label = heading.label
        before = placed[-1].label if placed else None
        if label is SectionLabel.METHODS and _REPORTS_OUTCOMES.search(heading.printed):
            concludes = i + 1 < len(headings) and headings[i + 1].label is SectionLabel.INTERPRETATION
            if before is SectionLabel.FINDINGS or (methods and not reported and concludes):
                label = SectionLabel.FINDINGS
        elif label is SectionLabel.INTERPRETATION and i == 0 and heading.known and heading.known.rule in _BY_PLACE:
            label = SectionLabel.BACKGROUND
        methods = methods or label is SectionLabel.METHODS
        placed.append(heading if label is heading.label else replace(heading, label=label))
    return placed
