"""Which words a text has, told once, so that a pattern over words is tried only where one of them stands.

To list a text's words takes as long as one search with a pattern; finders make dozens of searches of every text.
"""

from __future__ import annotations

import string
from collections.abc import Set
from functools import lru_cache


def _blanking(kept: str) -> bytes:
    """What makes a space of every sign of ASCII but those `kept`."""
    return bytes(sign if chr(sign) in kept else 32 for sign in range(256))


_LOWER = _blanking(string.ascii_lowercase)
_PRINTED = _blanking(string.ascii_letters)


# The sentences of a text and the text itself, read by one finder after another.
@lru_cache(maxsize=128)
def words_in(lower: str) -> frozenset[str]:
    """The words of a text in lower case: runs of the letters a to z.

    >>> sorted(words_in("a 2-fold rise"))
    ['a', 'fold', 'rise']
    """
    return _words(lower, _LOWER)


@lru_cache(maxsize=8)
def printed_words_in(norm: str) -> frozenset[str]:
    """The words of a text as printed: runs of Latin letters without accents."""
    return _words(norm, _PRINTED)


def _words(text: str, blanking: bytes) -> frozenset[str]:
    # A table of bytes is applied ten times faster than a pattern finds the words one by one.
    return frozenset(text.encode("ascii", "replace").translate(blanking).decode("ascii").split())


def places_of(words: Set[str], text: str) -> list[int]:
    """Where `words` are printed in a text, in order; inside of longer words as well.

    >>> places_of({"one", "ten"}, "ten of none")
    [0, 8]
    """
    places: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            places.append(at)
            at = text.find(word, at + 1)
    places.sort()
    return places
