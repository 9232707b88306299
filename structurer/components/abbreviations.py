"""spaCy component rct_abbreviations: what a text's short forms stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span

from structurer.components.span_groups import TokenGrid, write_definitions
from structurer.text.abbreviations import find_definitions, is_definition, is_measure
from structurer.text.reading import Reading, prepare

# What can be a short or long form: letters, a capital or a word among them, no number printed with a sign.
_BRACKET = re.compile(r"\(([A-Za-z][^()\[\];:=%<>]{1,78})\)")
_CAPITAL = re.compile(r"[A-Z]")
# A short form in brackets has three tokens at most; a long form there has eight.
_LONGEST_BRACKET = 8


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
        write_definitions(doc, self.define(doc), key=self.spans_key)
        return doc

    def define(self, doc: Doc) -> dict[str, str]:
        """What each short form in `doc` stands for."""
        reading = prepare(doc.text)
        definitions = find_definitions(reading)
        if self.scispacy:
            for short, long in _scispacy_definitions(doc, reading, definitions):
                definitions.setdefault(short, long)
        return definitions


def _scispacy_definitions(doc: Doc, reading: Reading, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Definitions by scispaCy's abbreviation detector, without its misfires.

    Its detector as a component would add extensions to every document and could not be serialised; the functions that
    it is made of leave nothing behind.
    """
    # Imported here: a failing import at the top of a module with an entry point would fail every pipeline of spaCy's.
    from scispacy.abbreviation import filter_matches, find_abbreviation

    for candidate, short in filter_matches(list(_brackets(doc, known)), doc):
        found: Span | None = find_abbreviation(candidate, short)[1]
        if found is None or is_measure(short.text) or not is_definition(short.text, found.text):
            continue
        first, last = sorted((found.start_char, short.start_char))
        if reading.sentence_index(first) == reading.sentence_index(last) and not set("()[];:").intersection(found.text):
            yield short.text, found.text


def _brackets(doc: Doc, known: Mapping[str, str]) -> Iterator[tuple[int, int, int]]:
    """The token spans inside round brackets that the detector can make something of, in its matcher's form."""
    grid: TokenGrid | None = None
    text = doc.text
    for match in _BRACKET.finditer(text):
        inner = match.group(1)
        if inner in known or not _CAPITAL.search(
            inner if inner.count(" ") < 3 else text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        grid = grid or TokenGrid(doc)
        inside = grid.widen(*match.span(1))
        # Where the tokenizer left a bracket glued to its text there is no span of the text alone.
        if inside is None or (inside.start_char, inside.end_char) != match.span(1):
            continue
        if inside.start > 1 and len(inside) <= _LONGEST_BRACKET:
            yield 0, inside.start, inside.end
