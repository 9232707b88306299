"""The vocabularies of outcome phrases obey their laws: examples found, counter-examples not, no word twice."""

from __future__ import annotations

from collections import Counter

import pytest

from structurer.linking.outcomes.context import outcome_heads
from structurer.linking.word_classes import WordClasses, word_classes
from structurer.resources import load_vocabulary

HEADS = load_vocabulary("outcome_heads", ("head",))


def has_word(text: str, words: set[str]) -> bool:
    return not words.isdisjoint(text.lower().split())


@pytest.mark.parametrize("row", HEADS, ids=lambda row: row["id"])
def test_example_has_a_head_of_its_row_and_counter_example_none(row: dict[str, str]) -> None:
    heads = set(row["head"].split("|"))

    assert has_word(row["example"], heads)
    assert not has_word(row["counter_example"], heads)


def test_no_head_twice() -> None:
    counts = Counter(word for row in HEADS for word in row["head"].split("|"))

    assert [word for word, count in counts.items() if count > 1] == []
    assert set(counts) == outcome_heads()


def test_each_row_of_words_is_a_field() -> None:
    rows = [row["id"] for row in load_vocabulary("phrase_words", ("words",))]

    assert rows == list(WordClasses._fields)


def test_what_ends_a_phrase_is_no_outcome() -> None:
    assert word_classes().breaks.isdisjoint(outcome_heads())
