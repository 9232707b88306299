"""Where a printed value stands, and what it was judged to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from structurer.mentions.arm_values.contexts import WORDS
from structurer.schema import ArmValueKind

_REACH = 170


class Judgement(NamedTuple):
    """What a shape is (None: no result), how sure that is, and whether it may be judged anew by its neighbours."""

    kind: ArmValueKind | None
    confidence: float
    firm: bool


NOT = Judgement(None, 0.0, True)


UNSURE = Judgement(None, 0.0, False)


@dataclass(frozen=True)
class Place:
    """Where a shape stands: its sentence's bounds and its own, in the normalised text and the same in lower case."""

    norm: str
    lower: str
    begin: int
    stop: int
    start: int
    end: int
    facts: dict[str, bool] = field(default_factory=dict)

    def has(self, word: str) -> bool:
        """Whether the sentence has a word of the kind `word`; `facts` keeps the answer for all its places."""
        known = self.facts.get(word)
        if known is None:
            known = self.facts[word] = self._has(WORDS[word])
        return known

    def _has(self, cue: re.Pattern[str] | tuple[str, ...]) -> bool:
        if isinstance(cue, re.Pattern):
            return cue.search(self.lower, self.begin, self.stop) is not None
        return any(map(self.lower[self.begin : self.stop].__contains__, cue))

    # Asked for by one pattern after another.
    @cached_property
    def before(self) -> str:
        """What stands before the value in its sentence, up to a reach."""
        return self.lower[max(self.begin, self.start - _REACH) : self.start]

    @cached_property
    def after(self) -> str:
        """What stands behind the value in its sentence, up to a reach."""
        return self.lower[self.end : min(self.stop, self.end + 200)]

    @cached_property
    def clause(self) -> str:
        """What stands before the value in its own clause."""
        before = self.before
        return before[before.rfind(";") + 1 :]
