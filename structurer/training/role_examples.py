"""Abstracts whose authors printed headings become training examples for the sentence-role model.

The headings are taken off, the texts cut into sentences, and each sentence may have the labels that its heading
allows: one for most headings, two for a joined one (`Methods and results`), any for an unknown one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from structurer.errors import ReaderError
from structurer.schema import SectionLabel
from structurer.sections.closing import closing_label, is_copyright_line
from structurer.sections.heading_labels import label_heading
from structurer.sections.headings import split_at_headings
from structurer.sections.role_weights import ROLES
from structurer.text.normalise import normalise
from structurer.text.sentences import sentence_spans

_METHODS = re.compile(r"(?i)method|design|material")
_RESULTS = re.compile(r"(?i)result|finding")
_NO_LETTER = re.compile(r"[^a-z]+")
_ANY: frozenset[SectionLabel] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class RoleExample:
    """One abstract: its sentences, and the labels that each of them may have."""

    record_id: str
    sentences: tuple[str, ...]
    allowed: tuple[frozenset[SectionLabel], ...]


def read_role_examples(
    paths: Sequence[Path], sources: Collection[str] = (), held_out: Sequence[Path] = ()
) -> tuple[list[RoleExample], list[RoleExample]]:
    """The examples in JSON Lines files, those with headings and those without.

    A record has `id` and either `labels` ([[heading, text], ...]) or `abstract` (or `text`), whose printed headings
    are then read. One without headings may teach too: each of its sentences may have any label. With `sources`, of
    records that have a `source` only those whose source is one of them count. Records that share a long sentence
    with an abstract of `held_out` are left out, so that these can measure.
    Raises ReaderError for a file that cannot be read or a line that is no JSON object.
    """
    headed: list[RoleExample] = []
    bare: list[RoleExample] = []
    closed = {
        words
        for path in held_out
        for record in _records(path)
        for words in _long_sentences(str(record.get("abstract") or ""))
    }
    for path in paths:
        for number, record in enumerate(_records(path), 1):
            if sources and record.get("source", None) not in (None, *sources):
                continue
            text = str(record.get("abstract") or record.get("text") or "")
            parts = record.get("labels") or [
                (section.heading, text[section.body : section.end])
                for section in split_at_headings(text)
                if section.heading
            ]
            record_id = str(record.get("id") or record.get("pmid") or number)
            example = role_example(record_id, parts) if parts else _without_headings(record_id, text)
            if example is None or any(not closed.isdisjoint(_long_sentences(each)) for each in example.sentences):
                continue
            (headed if parts else bare).append(example)
    return headed, bare


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(path)) from error
    except UnicodeDecodeError as error:
        raise ReaderError(f"is no text in UTF-8: {error}", file=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise ReaderError(f"no JSON: {error}", file=str(path), line=number) from error
        if not isinstance(record, dict):
            raise ReaderError("not a JSON object", file=str(path), line=number)
        yield record


def _long_sentences(text: str) -> list[str]:
    """The sentences by which two copies of one abstract are known: the letters of the last of each."""
    norm = normalise(text)
    return [
        letters[-60:]
        for start, end in sentence_spans(norm)
        if len(letters := _NO_LETTER.sub("", norm[start:end].lower())) >= 80
    ]


def _without_headings(record_id: str, text: str) -> RoleExample | None:
    norm = normalise(text)
    sentences = [norm[start:end] for start, end in sentence_spans(norm)]
    while sentences and (closing_label(sentences[-1]) or is_copyright_line(sentences[-1])):
        sentences.pop()
    return RoleExample(record_id, tuple(sentences), (_ANY,) * len(sentences)) if len(sentences) > 2 else None


def role_example(record_id: str, parts: Sequence[Sequence[str]]) -> RoleExample | None:
    """The example made of an abstract's labelled parts; None where fewer than two headings say what they hold."""
    sentences: list[str] = []
    allowed: list[frozenset[SectionLabel]] = []
    told = 0
    for heading, text in parts:
        labels = labels_under(heading)
        if not labels:
            continue
        told += len(labels) == 1
        norm = normalise(text)
        for start, end in sentence_spans(norm):
            sentences.append(norm[start:end])
            allowed.append(labels)
    while sentences and closing_label(sentences[-1]) is not None:
        sentences.pop()
        allowed.pop()
    return RoleExample(record_id, tuple(sentences), tuple(allowed)) if told >= 2 and len(sentences) >= 2 else None


def labels_under(heading: str) -> frozenset[SectionLabel]:
    """The labels that a sentence under `heading` may have; none where it is no part of the chain (a registration).

    >>> sorted(labels_under("Methods and Findings"))
    [<SectionLabel.FINDINGS: 'FINDINGS'>, <SectionLabel.METHODS: 'METHODS'>]
    """
    known = label_heading(heading)
    if known is None or known.label is None:
        return _ANY
    label = known.label
    if label not in ROLES:
        return frozenset()
    joined = {label}
    if label in (SectionLabel.FINDINGS, SectionLabel.BACKGROUND) and _METHODS.search(heading):
        joined.add(SectionLabel.METHODS)
    if label is SectionLabel.INTERPRETATION and _RESULTS.search(heading):
        joined.add(SectionLabel.FINDINGS)
    return frozenset(joined)
