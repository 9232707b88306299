"""A text made ready once for all finders: normalised, in lower case, in sentences, in tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from structurer.text.normalise import lowered, normalise
from structurer.text.notation import Token, scan
from structurer.text.sentences import sentence_spans

_NONE: Mapping[str, str] = MappingProxyType({})
_Made = TypeVar("_Made")


class Reading:
    """One text as every finder reads it; each part is made when first asked for, and once.

    `text` is the text as read, `norm` the same with one spelling of each sign (same length), `lower` that in lower
    case (same length), `sentences` the (start, end) of each sentence, `tokens` the tokens of statistical notation.
    `definitions` maps short forms to the long forms that this text defines for them. `kept` is for what is found in the
    text and asked for again, under keys that say what it is.
    """

    def __init__(self, text: str, definitions: Mapping[str, str] = _NONE) -> None:
        self.text = text
        self.definitions = definitions
        self.kept: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
        self._joined: dict[str, tuple[object, Any]] = {}

    @classmethod
    def of(cls, text: str | Reading) -> Reading:
        """`text` made ready, or itself where it already is."""
        return text if isinstance(text, Reading) else cls(text)

    def once(self, what: str, given: object, make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made once for the steps that ask one after another; anew where `given` is another.

        It ends with the reading, or when that is told to `forget`.
        """
        known = self._joined.get(what)
        if known is None or known[0] != given:
            known = self._joined[what] = (given, make())
        made: _Made = known[1]
        return made

    def forget(self) -> None:
        """Let go of what was made of it by `once`, some of which holds the reading in turn: it then ends at once."""
        self._joined.clear()

    @cached_property
    def norm(self) -> str:
        """The text with one spelling of each sign."""
        return normalise(self.text)

    @cached_property
    def lower(self) -> str:
        """The normalised text in lower case."""
        return lowered(self.norm)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The (start, end) of each sentence."""
        return sentence_spans(self.norm)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of statistical notation."""
        return scan(self.norm)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def token_index(self, offset: int) -> int:
        """The index of the first token that starts at or after `offset`."""
        return bisect_right(self._token_starts, offset - 1)

    def sentence_index(self, offset: int) -> int:
        """The index of the sentence in which `offset` lies (the last one that starts at or before it)."""
        after = bisect_right(self._sentence_starts, offset)
        return after - 1 if after else 0

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The (start, end) of the sentence in which `offset` lies; the whole text where there is none."""
        return self.sentences[self.sentence_index(offset)] if self.sentences else (0, len(self.text))

    def knowing(self, definitions: Mapping[str, str]) -> Reading:
        """The same text read with `definitions`; what was made of it already is kept, as none of it hangs on them."""
        reading = Reading(self.text, dict(definitions))
        made = {part: value for part, value in vars(self).items() if part not in ("text", "definitions", "_joined")}
        vars(reading).update(made)
        return reading


@lru_cache(maxsize=2)
def _prepared(text: str, definitions: tuple[tuple[str, str], ...]) -> Reading:
    return _prepared(text, ()).knowing(dict(definitions)) if definitions else Reading(text)


def prepare(text: str, definitions: Mapping[str, str] = _NONE) -> Reading:
    """The reading of a text, made once where several components read the same document one after another.

    A spaCy document can carry no such object (it could not be serialised), so the last readings are remembered here.
    """
    return _prepared(text, tuple(definitions.items()))
