"""Tokens whose edges include the edges of every span, so that a tool of tokens can hold our spans exactly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from structurer.annotation.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language


_LONGEST = 10**9


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text, and whether one space follows it."""

    text: str
    start: int
    end: int
    space: bool


def tokens_of(text: str, spans: Sequence[Span]) -> list[Token]:
    """spaCy's English tokens, cut further where a span begins or ends inside one; together they are the text again."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    found = []
    for token in _blank().make_doc(text):
        start, end = token.idx, token.idx + len(token.text)
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        cuts = [start, *inside, end]
        for begin, stop in pairwise(cuts):
            found.append(Token(text[begin:stop], begin, stop, stop == end and bool(token.whitespace_)))
    return found


def token_range(span: Span, tokens: Sequence[Token]) -> tuple[int, int]:
    """The places of the first and the last token of `span`."""
    first = bisect_left(tokens, span.start, key=lambda token: token.start)
    last = bisect_left(tokens, span.end, key=lambda token: token.end)
    return first, last


@cache
def _blank() -> Language:
    import spacy

    language = spacy.blank("en")
    # The limit guards components that need memory; the tokenizer needs little.
    language.max_length = _LONGEST
    return language
