"""The closed classes of words that cut result sentences into phrases."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from structurer.resources import load_vocabulary


class WordClasses(NamedTuple):
    """Words by what they do to a phrase; the fields are the rows of `resources/phrase_words.csv`.

    `breaks` end a phrase (determiners, prepositions, conjunctions, verbs of reporting); `generic` words measure or
    compare and name nothing; `population` words are people, groups and treatments; `leading` and `trailing` words are
    trimmed from the ends; `participle` words end in "-ed" and are no verbs; `units` follow a number; an `event_verb`
    is an outcome by itself ("died").
    """

    breaks: frozenset[str]
    generic: frozenset[str]
    population: frozenset[str]
    leading: frozenset[str]
    trailing: frozenset[str]
    participle: frozenset[str]
    units: frozenset[str]
    event_verb: frozenset[str]


@cache
def word_classes() -> WordClasses:
    """The shipped classes."""
    return WordClasses(
        **{row["id"]: frozenset(row["words"].split()) for row in load_vocabulary("phrase_words", ("words",))}
    )
