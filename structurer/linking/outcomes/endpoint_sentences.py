"""The sentences before the results in which an abstract says what was measured, and which of it is primary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from structurer.schema import Section, SectionLabel
from structurer.text.reading import Reading

# Any of these letters stand in every cue below; most sentences have none and are passed over.
_HINTS = ("point", "outcome", "primary", "measured", "assessed", "change")
_ENDPOINT = re.compile(
    r"end[ -]?points?\b|\boutcomes?\b|\bprimary (?:efficacy|measure|variable|objective|aim)\b|\bmeasured\b|\bassessed\b"
    r"|\bchanges? (?:from|in)\b"
)
_PRIMARY = re.compile(
    r"\b(?:co-?)?primary (?:[a-z-]{1,20} )?(?:study )?"
    r"(?:end[ -]?points?|outcomes?|(?:efficacy |outcome )?(?:variables?|measures?|parameters?))\b"
    r"|\bmain outcome (?:measures?|was)\b"
)
_SECONDARY = re.compile(r"\bsecondary\b")
_WORD = re.compile(r"[a-z][a-z0-9α-ω-]*")


class EndpointSentence(NamedTuple):
    """A sentence that names endpoints: its number, its words, and those of them that are named primary."""

    number: int
    words: frozenset[str]
    primary: frozenset[str]


def endpoint_sentences(reading: Reading, sections: Sequence[Section]) -> tuple[EndpointSentence, ...]:
    """The sentences before the findings that say what was measured, in order."""
    given = tuple(sections)
    # Outcomes and time points ask for them, of effects and of arm values.
    return reading.once("endpoint sentences", given, lambda: _endpoint_sentences(reading, given))


def _endpoint_sentences(reading: Reading, sections: tuple[Section, ...]) -> tuple[EndpointSentence, ...]:
    stop = min((s.start for s in sections if s.label is SectionLabel.FINDINGS), default=len(reading.text))
    lower = reading.lower
    found: list[EndpointSentence] = []
    for index, (start, end) in enumerate(reading.sentences):
        if start >= stop:
            break
        if any(lower.find(hint, start, end) >= 0 for hint in _HINTS) and _ENDPOINT.search(lower, start, end):
            words = frozenset(_WORD.findall(lower, start, end))
            found.append(EndpointSentence(index, words, _primary_words(lower, start, end)))
    return tuple(found)


def _primary_words(lower: str, start: int, end: int) -> frozenset[str]:
    """The words of the part of a sentence that names what is primary, up to what it calls secondary."""
    cue = _PRIMARY.search(lower, start, end)
    if cue is None:
        return frozenset()
    other = _SECONDARY.search(lower, cue.end(), end)
    # "Overall survival was the primary endpoint": the name stands before the cue
    begin = start if not _SECONDARY.search(lower, start, cue.start()) else cue.end()
    return frozenset(_WORD.findall(lower, begin, other.start() if other else end))


def says_primary(lower: str, start: int, end: int) -> bool:
    """Whether `lower[start:end]` speaks of the primary endpoint."""
    return lower.find("primary", start, end) >= 0 and _PRIMARY.search(lower, start, end) is not None
