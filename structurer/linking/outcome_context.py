"""What an abstract says of its outcomes outside the result sentences: its endpoints, its arms' words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.outcome_features import Context
from structurer.linking.word_classes import word_classes
from structurer.resources import load_vocabulary
from structurer.schema import Arm, Section, SectionLabel
from structurer.text.reading import Reading

_ENDPOINT = re.compile(
    r"end[ -]?points?\b|\boutcomes?\b|\bprimary (?:efficacy|measure|variable|objective|aim)\b|\bmeasured\b|\bassessed\b"
)
PRIMARY_ENDPOINT = re.compile(
    r"\b(?:co-?)?primary (?:[a-z-]{1,20} )?(?:study )?"
    r"(?:end[ -]?points?|outcomes?|(?:efficacy |outcome )?(?:variables?|measures?|parameters?))\b"
    r"|\bmain outcome (?:measures?|was)\b"
)
_WORD = re.compile(r"[a-z][a-z0-9α-ω-]*")


def outcome_heads() -> frozenset[str]:
    """The head nouns of outcomes, in lower case, singular and plural."""
    rows = load_vocabulary("outcome_heads", ("head",))
    return frozenset(word for row in rows for word in row["head"].split("|"))


def outcome_context(
    reading: Reading, sections: Sequence[Section], arms: Sequence[Arm], heads: frozenset[str]
) -> Context:
    """The words by which this text names its endpoints and its arms."""
    endpoints: set[str] = set()
    findings = min((s.start for s in sections if s.label is SectionLabel.FINDINGS), default=len(reading.text))
    for start, end in reading.sentences:
        if start >= findings:
            break
        if _ENDPOINT.search(reading.lower, start, end):
            endpoints.update(_WORD.findall(reading.lower, start, end))
    short_forms = set()
    for short, long in reading.definitions.items():
        words = long.lower().split()
        if words and words[-1] in heads:
            short_forms.add(short.lower())
    labels = {w for arm in arms for label in (arm.label, *arm.aliases) for w in _WORD.findall(label.lower())}
    classes = word_classes()
    dull = classes.breaks | classes.generic | classes.population
    return Context(frozenset(endpoints - dull), frozenset(labels - classes.breaks), heads, frozenset(short_forms))
