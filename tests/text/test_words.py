"""The words of a text, told once: what is listed is there, and where it is said to be."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from structurer.text.words import places_of, printed_words_in, words_in

_TEXTS = st.text(alphabet="abc Z-1é.", max_size=40)


def test_words_are_runs_of_letters() -> None:
    """Digits, hyphens and letters with accents part words."""
    assert words_in("a 2-fold rise of fièvre") == {"a", "fold", "rise", "of", "fi", "vre"}
    assert printed_words_in("aHR2 in Group-B") == {"aHR", "in", "Group", "B"}


def test_places_are_in_order_and_may_lie_inside_words() -> None:
    """The pattern that is tried there decides whether it is the word itself."""
    assert places_of({"one", "ten", "no"}, "ten of none") == [0, 7, 8]
    assert places_of({"one"}, "two") == []


@given(_TEXTS, st.sets(st.sampled_from(["a", "ab", "b", "ca"])))
def test_every_place_of_a_word_is_found(text: str, words: set[str]) -> None:
    """Overlapping ones too."""
    expected = [at for at in range(len(text)) for word in words if text.startswith(word, at)]
    assert places_of(words, text) == expected


@given(_TEXTS)
def test_words_stand_in_their_text(text: str) -> None:
    """Each of them, and nothing but letters in them."""
    for word in words_in(text):
        assert word in text
        assert word.isascii() and word.isalpha() and word.islower()


@given(st.text(max_size=40))
def test_words_of_any_text_are_those_that_a_pattern_finds(text: str) -> None:
    """Signs of other scripts, and halves of such signs, part words."""
    assert words_in(text) == frozenset(re.findall("[a-z]+", text))
    assert printed_words_in(text) == frozenset(re.findall("[A-Za-z]+", text))
