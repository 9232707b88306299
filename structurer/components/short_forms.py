"""What a text's short forms stand for: this package's own reading, joined with scispaCy's detector where that helps.

spaCy is not imported here: most texts leave nothing for scispaCy to judge, and are read without either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from structurer.text.abbreviations import LONGEST_SHORT, find_definitions, is_definition, is_measure
from structurer.text.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# What can be a short or long form: letters, a capital or a word among them, no number printed with a sign.
_BRACKET = re.compile(r"\(([A-Za-z][^()\[\];:=%<>]{1,78})\)")
_CAPITAL = re.compile(r"[A-Z]")
# A short form in brackets has three tokens at most; a long form there has eight.
_LONGEST_BRACKET = 8

# From a stretch of the text (start, end), a document that holds it and the place in the text where that begins.
Tokenised = Callable[[int, int], "tuple[Doc, int]"]


def define_short_forms(reading: Reading, tokenised: Tokenised, *, scispacy: bool = True) -> dict[str, str]:
    """What each short form in a text stands for; `tokenised` is asked only for what scispaCy has to judge.

    Without `scispacy` its detector is not asked. Where both define a short form, this package's definition stands.
    """
    definitions = find_definitions(reading)
    if scispacy:
        for short, long in _scispacy_definitions(reading, definitions, tokenised):
            definitions.setdefault(short, long)
    return definitions


def _scispacy_definitions(
    reading: Reading, known: Mapping[str, str], tokenised: Tokenised
) -> Iterator[tuple[str, str]]:
    """Definitions by scispaCy's abbreviation detector, without its misfires.

    Its detector as a component would add extensions to every document and could not be serialised; the functions that
    it is made of leave nothing behind. No definition may reach over a sentence's end, so they see a sentence at a time.
    """
    brackets: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for start, end in _brackets(reading.text, known):
        brackets.setdefault(reading.sentence_at(start), []).append((start, end))
    if not brackets:
        return
    # Imported here: a failing import at the top of a module with an entry point would fail every pipeline of spaCy's.
    from scispacy.abbreviation import filter_matches, find_abbreviation

    for sentence, spans in brackets.items():
        doc, offset = tokenised(*sentence)
        for candidate, short in filter_matches(list(_token_spans(doc, offset, spans)), doc):
            found: Span | None = find_abbreviation(candidate, short)[1]
            if found is None or is_measure(short.text) or not is_definition(short.text, found.text):
                continue
            first, last = sorted((found.start_char + offset, short.start_char + offset))
            within = reading.sentence_index(first) == reading.sentence_index(last)
            if within and not set("()[];:").intersection(found.text):
                yield short.text, found.text


def _brackets(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Where round brackets hold something that the detector can make something of."""
    for match in _BRACKET.finditer(text):
        inner = match.group(1)
        spaces = inner.count(" ")
        if inner in known or not _CAPITAL.search(
            inner if spaces < 3 else text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        # Up to three plain words are three tokens, and so a short form; such a one is no longer than this.
        if spaces < 3 and len(inner) > LONGEST_SHORT and inner.replace(" ", "").isalpha():
            continue
        yield match.span(1)


def _token_spans(doc: Doc, offset: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """The token spans of bracketed text, in the form of scispaCy's matcher; `doc` begins at `offset` in the text."""
    from structurer.components.span_groups import TokenGrid

    grid = TokenGrid(doc)
    for start, end in spans:
        inside = grid.widen(start - offset, end - offset)
        # Where the tokenizer left a bracket glued to its text there is no span of the text alone.
        if inside is None or (inside.start_char, inside.end_char) != (start - offset, end - offset):
            continue
        if inside.start > 1 and len(inside) <= _LONGEST_BRACKET:
            yield 0, inside.start, inside.end
