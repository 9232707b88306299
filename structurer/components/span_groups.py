"""What the components leave on a document, and the only file that writes or reads it.

Each group of `doc.spans` is a view for spaCy users: its spans are widened to whole tokens, `label_` is the kind or the
section, `id_` the rule. The exact offsets and values stand in the group's `attrs`, as plain values, because a token
cannot hold a part of itself (`HR=0.80;95%CI0.70-0.92` is one token) and a document cannot carry objects.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from spacy.tokens import Doc, Span, SpanGroup

from structurer.components.plain_values import from_plain, to_plain
from structurer.schema import Mention, Section, SourceSection

SECTIONS = "rct_sections"
ABBREVIATIONS = "rct_abbreviations"
MENTIONS = "rct_mentions"
# The key of `doc.user_data` under which a reader leaves the sections that the input file labels.
SOURCE_SECTIONS = "rct_source_sections"

_VALUES = "values"
_CAPITAL = re.compile(r"(?<=[A-Za-z])(?=[A-Z][a-z])")


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together from the tokens at each call, made once for components in a row."""
    return _text_of(doc, len(doc))


@lru_cache(maxsize=1)
def _text_of(doc: Doc, length: int) -> str:
    return doc.text


def write_sections(doc: Doc, sections: Iterable[Section], *, key: str = SECTIONS) -> None:
    """Leave `sections` on `doc`: a span each, labelled with the section (empty where unknown), id what decided it."""
    kept = list(sections)
    grid = TokenGrid(doc)
    views = [grid.widen(s.start, s.end, s.label.value if s.label else "", s.by.value) for s in kept]
    _write(doc, key, views, [to_plain(section) for section in kept])


def read_sections(doc: Doc, *, key: str = SECTIONS) -> tuple[Section, ...]:
    """The sections that were left on `doc`; () where none were."""
    return tuple(from_plain(plain) for plain in _read(doc, key))


def read_source_sections(doc: Doc) -> tuple[SourceSection, ...]:
    """The sections that the input file labels; () where the document came without."""
    return tuple(SourceSection(*part) for part in doc.user_data.get(SOURCE_SECTIONS) or ())


def write_mentions(doc: Doc, mentions: Sequence[Mention], *, key: str = MENTIONS) -> None:
    """Leave `mentions` on `doc`: a span each, labelled with its kind (`p_value`), id the rule that found it."""
    grid = TokenGrid(doc)
    views = [grid.widen(m.start, m.end, kind_of(m), m.rule) for m in mentions]
    _write(doc, key, views, [to_plain(mention) for mention in mentions])


def read_mentions(doc: Doc, *, key: str = MENTIONS) -> tuple[Mention, ...]:
    """The mentions that were left on `doc`, equal to those written; () where none were."""
    return tuple(from_plain(plain) for plain in _read(doc, key))


def write_definitions(doc: Doc, definitions: Mapping[str, str], *, key: str = ABBREVIATIONS) -> None:
    """Leave `definitions` (short form to long form) on `doc`: a span at each short form's first place."""
    text, grid = text_of(doc), TokenGrid(doc)
    views = []
    for short, long in definitions.items():
        at = _first_place(text, short)
        views.append(None if at is None else grid.widen(at, at + len(short), "abbreviation", long))
    _write(doc, key, views, [[short, long] for short, long in definitions.items()])


def read_definitions(doc: Doc, *, key: str = ABBREVIATIONS) -> dict[str, str]:
    """The definitions that were left on `doc`; {} where none were."""
    return {str(short): str(long) for short, long in _read(doc, key)}


def _first_place(text: str, word: str) -> int | None:
    """Where `word` first stands in `text` as a word of its own."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = text.find(word, at + 1)
    return None


@cache
def _kind_name(name: str) -> str:
    return _CAPITAL.sub("_", name).lower()


def kind_of(mention: Mention) -> str:
    """The kind under which a mention's span is labelled: its class's name in small letters.

    >>> from structurer.schema import Mention
    >>> kind_of(Mention(start=0, end=1, text="x", rule="r"))
    'mention'
    """
    return _kind_name(type(mention).__name__)


class TokenGrid:
    """Where the tokens of one document stand, asked for once.

    `Doc.char_span` with `alignment_mode="expand"` walks over all tokens at each call, which for some thirty mentions
    of an abstract costs more than finding them.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._starts: list[int] = doc.to_array("IDX").tolist()
        lengths: list[int] = doc.to_array("LENGTH").tolist()
        self._ends = [start + length for start, length in zip(self._starts, lengths, strict=True)]

    def widen(self, start: int, end: int, label: str = "", rule: str = "") -> Span | None:
        """The span of the tokens that share a character with `start` to `end`; None where none does."""
        first, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return Span(self.doc, first, after, label=label, span_id=rule) if first < after else None


def _write(doc: Doc, key: str, views: Iterable[Span | None], values: Sequence[object]) -> None:
    spans = [span for span in views if span is not None]
    doc.spans[key] = SpanGroup(doc, name=key, attrs={_VALUES: list(values)}, spans=spans)


def _read(doc: Doc, key: str) -> Sequence[list[object]]:
    return doc.spans[key].attrs.get(_VALUES, ()) if key in doc.spans else ()
