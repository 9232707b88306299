"""spaCy component rct_abbreviations: what a text's short forms stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span

from structurer.components.span_groups import TokenGrid, text_of, write_definitions
from structurer.text.abbreviations import LONGEST_SHORT, find_definitions, is_definition, is_measure
from structurer.text.reading import Reading, prepare

# What can be a short or long form: letters, a capital or a word among them, no number printed with a sign.
_BRACKET = re.compile(r"\(([A-Za-z][^()\[\];:=%<>]{1,78})\)")
_CAPITAL = re.compile(r"[A-Z]")
# A short form in brackets has three tokens at most; a long form there has eight.
_LONGEST_BRACKET = 8

# From a stretch of the text (start, end), a document that holds it and the place in the text where that begins.
Tokenised = Callable[[int, int], tuple[Doc, int]]


@Language.factory(
    "rct_abbreviations",
    assigns=["doc.spans"],
    default_config={"spans_key": "rct_abbreviations", "scispacy": True},
)
class RctAbbreviations:
    """Finds the short forms that a text defines, by this package's own reading joined with scispaCy's.

    | assigned | what |
    | --- | --- |
    | `doc.spans[spans_key]` | a span at each short form's first place, `id_` the long form |
    | `doc.spans[spans_key].attrs` | the definitions as printed, for `span_groups.read_definitions` |

    Settings:

    * `spans_key`: the name of the group of spans.
    * `scispacy`: whether scispaCy's abbreviation detector is asked as well; where both define a short form, this
      package's own definition stands.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> component = nlp.add_pipe("rct_abbreviations")
    >>> doc = nlp("The odds ratio [OR] and forced expiratory volume (FEV) rose.")
    >>> [(span.text, span.id_) for span in doc.spans["rct_abbreviations"]]
    [('OR', 'odds ratio'), ('FEV', 'forced expiratory volume')]
    """

    def __init__(self, nlp: Language, name: str = "rct_abbreviations", *, spans_key: str, scispacy: bool) -> None:
        self.name = name
        self.spans_key = spans_key
        self.scispacy = scispacy

    def __call__(self, doc: Doc) -> Doc:
        """Leave on `doc` the definitions found in it."""
        write_definitions(doc, self.define(prepare(text_of(doc)), lambda start, end: (doc, 0)), key=self.spans_key)
        return doc

    def define(self, reading: Reading, tokenised: Tokenised) -> dict[str, str]:
        """What each short form in a text stands for; `tokenised` is asked only for what scispaCy has to judge."""
        definitions = find_definitions(reading)
        if self.scispacy:
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
    grid = TokenGrid(doc)
    for start, end in spans:
        inside = grid.widen(start - offset, end - offset)
        # Where the tokenizer left a bracket glued to its text there is no span of the text alone.
        if inside is None or (inside.start_char, inside.end_char) != (start - offset, end - offset):
            continue
        if inside.start > 1 and len(inside) <= _LONGEST_BRACKET:
            yield 0, inside.start, inside.end
