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

from structurer.errors import ReaderError
from structurer.schema import SectionLabel
from structurer.sections.closing import closing_label
from structurer.sections.heading_labels import label_heading
from structurer.sections.role_weights import ROLES
from structurer.text.normalise import normalise
from structurer.text.sentences import sentence_spans

_METHODS = re.compile(r"(?i)method|design|material")
_RESULTS = re.compile(r"(?i)result|finding")
_ANY: frozenset[SectionLabel] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class RoleExample:
    """One abstract: its sentences, and the labels that each of them may have."""

    record_id: str
    sentences: tuple[str, ...]
    allowed: tuple[frozenset[SectionLabel], ...]


def read_role_examples(paths: Sequence[Path], sources: Collection[str] = ()) -> Iterator[RoleExample]:
    """The examples in JSON Lines files whose records have `id` and `labels` ([[heading, text], ...]).

    With `sources`, only records whose `source` is one of them. Records without labelled sections are passed over.
    Raises ReaderError for a file that cannot be read or a line that is no JSON object.
    """
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ReaderError(str(error), file=str(path)) from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ReaderError(f"no JSON: {error}", file=str(path), line=number) from error
            if not isinstance(record, dict):
                raise ReaderError("not a JSON object", file=str(path), line=number)
            if sources and record.get("source") not in sources:
                continue
            example = role_example(str(record.get("id", number)), record.get("labels") or ())
            if example is not None:
                yield example


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
