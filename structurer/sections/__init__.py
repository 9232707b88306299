"""The sections of an abstract: by its headings where it prints any, by a trained model where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from structurer.schema import Section, SectionLabel, SectionSource, SourceSection
from structurer.sections.closing import closing_labels, concludes, is_copyright_line
from structurer.sections.headings import split_at_headings
from structurer.sections.role_weights import ROLES
from structurer.sections.roles import SentenceRole, label_sentences
from structurer.text.reading import Reading

__all__ = ["find_sections"]

# Registration and funding sentences are told by rule: a judgement, not a measurement.
_RULE_CONFIDENCE = 0.97


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the section it stands in and, where it closes the abstract, what it names."""

    start: int
    end: int
    section: int
    closing: SectionLabel | None


def find_sections(text: str | Reading, source: Sequence[SourceSection] = ()) -> tuple[Section, ...]:
    """The sections of an abstract, in order and without overlaps.

    Printed headings decide, or those labelled in the input file (`source`). Sentences under none, or under a heading
    of unknown meaning, are labelled by the model (`by` is `model`, `confidence` the mean probability): the whole
    section where it has a heading, sentence by sentence where it has not, neighbours of one label together. Lines that
    only name a copyright or a database belong to no section.
    Raises ModelNotFoundError where the model is needed and not installed.
    """
    reading = Reading.of(text)
    sections = split_at_headings(reading, source)
    if not sections:
        sections = [Section(None, "", 0, len(reading.norm), 0, SectionSource.MODEL)]
    sections = _without_copyright(reading, sections)
    if all(section.label is not None for section in sections):
        return tuple(sections)
    sentences = _sentences(reading, sections)
    chained = [sentence for sentence in sentences if sentence.closing is None]
    roles = label_sentences(
        [reading.norm[sentence.start : sentence.end] for sentence in chained],
        [_known(reading, sections[sentence.section], sentence) for sentence in chained],
    )
    role_of = {sentence.start: role for sentence, role in zip(chained, roles, strict=True)}
    labelled: list[Section] = []
    for i, section in enumerate(sections):
        own = [sentence for sentence in sentences if sentence.section == i]
        if section.label is not None:
            labelled.append(section)
        elif section.heading:
            labelled.append(_guess_headed(section, [role_of[each.start] for each in own if each.start in role_of]))
        else:
            labelled += _merge(own, role_of)
    return tuple(labelled)


def _known(reading: Reading, section: Section, sentence: _Sentence) -> tuple[SectionLabel, ...] | None:
    """The labels that a sentence can have where they are known: its heading's, or the one that it names itself."""
    if section.label is not None:
        return (section.label,)
    if 2 * sentence.start > len(reading.norm) and concludes(reading.norm[sentence.start : sentence.end]):
        return (SectionLabel.INTERPRETATION,)
    return None


def _sentences(reading: Reading, sections: Sequence[Section]) -> list[_Sentence]:
    """The sentences under the sections that take part in the chain, in order."""
    found: list[_Sentence] = []
    for i, section in enumerate(sections):
        if section.label is not None and section.label not in ROLES:
            continue
        spans = [
            (max(start, section.body), min(end, section.end))
            for start, end in reading.sentences
            if max(start, section.body) < min(end, section.end)
        ]
        closing: Sequence[SectionLabel | None] = [None] * len(spans)
        if section.label is None and not section.heading:
            closing = closing_labels([reading.norm[start:end] for start, end in spans])
        found += [_Sentence(*span, i, label) for span, label in zip(spans, closing, strict=True)]
    return found


def _guess_headed(section: Section, roles: Sequence[SentenceRole]) -> Section:
    """A section whose heading says nothing known, with the label that its sentences have on the whole."""
    if not roles:
        return section
    shares = [sum(role.probabilities[i] for role in roles) / len(roles) for i in range(len(ROLES))]
    best = max(shares)
    return replace(section, label=ROLES[shares.index(best)], by=SectionSource.MODEL, confidence=round(best, 3))


def _merge(sentences: Sequence[_Sentence], role_of: dict[int, SentenceRole]) -> list[Section]:
    """Sections without headings: neighbouring sentences of one label together."""
    labelled: list[tuple[SectionLabel | None, float, _Sentence]] = []
    for sentence in sentences:
        role = role_of.get(sentence.start)
        label, confidence = (role.label, role.confidence) if role else (sentence.closing, _RULE_CONFIDENCE)
        labelled.append((label, confidence, sentence))
    merged: list[Section] = []
    for label, stretch in groupby(labelled, key=itemgetter(0)):
        own = list(stretch)
        start, end = own[0][2].start, own[-1][2].end
        sure = sum(confidence for _, confidence, _ in own) / len(own)
        merged.append(Section(label, "", start, end, start, SectionSource.MODEL, round(sure, 3)))
    return merged


def _without_copyright(reading: Reading, sections: Sequence[Section]) -> list[Section]:
    """The sections without the copyright and database lines at the end of the last one."""
    last = sections[-1]
    end = last.end
    for start, stop in reversed(reading.sentences):
        if start <= last.body or not is_copyright_line(reading.norm[start : min(stop, end)]):
            break
        end = start
    if end == last.end:
        return list(sections)
    while end > last.body and reading.norm[end - 1].isspace():
        end -= 1
    return [*sections[:-1], replace(last, end=end)]
