"""Headed abstracts made to read like unheaded ones, so that a model taught by headings knows both.

Under headings, authors leave out what the heading says already: aims begin with a bare `To assess`, conclusions without
`In conclusion`. Abstracts without headings say it, and some have no background or no conclusion at all.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from structurer.schema import SectionLabel
from structurer.sections.role_weights import ROLES
from structurer.training.role_examples import RoleExample

_BACKGROUND, _METHODS, _FINDINGS, _INTERPRETATION = ROLES
_AIMS = (
    "We aimed",
    "The aim of this study was",
    "The purpose of this study was",
    "The objective of the present study was",
    "This study aimed",
    "In this study, we sought",
    "The aim of this trial was",
    "The present study was undertaken",
    "Our objective was",
    "This study was designed",
)
_OPENERS = {
    _FINDINGS: (
        "We found that",
        "The results showed that",
        "Results indicated that",
        "We observed that",
        "Results revealed that",
        "Our results show that",
        "Analyses revealed that",
    ),
    _INTERPRETATION: (
        "In conclusion,",
        "We conclude that",
        "These results suggest that",
        "Our findings indicate that",
        "In summary,",
        "Thus,",
        "It is concluded that",
        "These findings suggest that",
        "The results of this study indicate that",
        "These data support that",
        "Our data show that",
        "Taken together,",
        "Overall,",
        "The present study demonstrates that",
    ),
}
# The share of abstracts that lose a part, by part, cumulated; the rest keeps a single sentence.
_CUTS = ((0.40, _BACKGROUND), (0.60, None), (0.75, _INTERPRETATION), (0.85, _METHODS), (0.95, _FINDINGS))


def spoken_variant(example: RoleExample, chance: Random) -> RoleExample:
    """The abstract with the words that headings made needless put back where a section begins."""
    sentences = list(example.sentences)
    before: frozenset[SectionLabel] = frozenset()
    for i, (sentence, labels) in enumerate(zip(example.sentences, example.allowed, strict=True)):
        if sentence.startswith("To ") and labels == {_BACKGROUND}:
            sentences[i] = f"{chance.choice(_AIMS)} to {sentence[3:]}"
        elif labels != before and len(labels) == 1:
            openers = _OPENERS.get(next(iter(labels)))
            if openers and not sentence[:2].isupper() and chance.random() < 0.8:
                sentences[i] = f"{chance.choice(openers)} {sentence[:1].lower()}{sentence[1:]}"
        before = labels
    return RoleExample(example.record_id, tuple(sentences), example.allowed)


def cut_variant(example: RoleExample, chance: Random) -> RoleExample | None:
    """The abstract without one of its parts, or one sentence of it alone; None where nothing would be left."""
    drawn = chance.random()
    only = [next(iter(labels)) if len(labels) == 1 else None for labels in example.allowed]
    lead = sum(label is _BACKGROUND for label in only)
    for share, part in _CUTS:
        if drawn < share:
            cut = chance.randrange(lead) if part is None and lead else 0
            return _keep(example, lambda i: (i >= cut) if part is None else only[i] is not part)  # noqa: B023
    alone = chance.randrange(len(example.sentences))
    return _keep(example, lambda i: i == alone)


def _keep(example: RoleExample, wanted: Callable[[int], bool]) -> RoleExample | None:
    kept = [i for i in range(len(example.sentences)) if wanted(i)]
    if not kept:
        return None
    return RoleExample(
        example.record_id,
        tuple(example.sentences[i] for i in kept),
        tuple(example.allowed[i] for i in kept),
    )
