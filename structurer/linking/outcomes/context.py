"""What an abstract says of its outcomes outside the result sentences: its endpoints, its arms' words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from structurer.linking.outcomes.endpoint_sentences import EndpointSentence
from structurer.linking.outcomes.features import Context
from structurer.linking.word_classes import word_classes
from structurer.resources import load_vocabulary
from structurer.schema import Arm
from structurer.text.reading import Reading

_WORD = re.compile(r"[a-z][a-z0-9α-ω-]*")


@cache
def outcome_heads() -> frozenset[str]:
    """The head nouns of outcomes, in lower case, singular and plural."""
    rows = load_vocabulary("outcome_heads", ("head",))
    return frozenset(word for row in rows for word in row["head"].split("|"))


@cache
def _dull() -> frozenset[str]:
    classes = word_classes()
    return classes.breaks | classes.generic | classes.population


def outcome_context(reading: Reading, endpoints: Sequence[EndpointSentence], arms: Sequence[Arm]) -> Context:
    """The words by which this text names its endpoints and its arms."""
    heads = outcome_heads()
    named = frozenset[str]().union(*(sentence.words for sentence in endpoints)) - _dull()
    short_forms = set()
    for short, long in reading.definitions.items():
        words = long.lower().split()
        # "tumour response rate (RR)": what the rate is of
        if words and (words[-1] in heads or (words[-1] in ("rate", "rates") and words[-2:][0] in heads)):
            short_forms.add(short.lower())
    labels = {word for arm in arms for label in (arm.label, *arm.aliases) for word in _WORD.findall(label.lower())}
    return Context(named, frozenset(labels) - word_classes().breaks, heads, frozenset(short_forms))
