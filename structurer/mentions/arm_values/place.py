"""Where a printed value stands, and what it was judged to be."""

from __future__ import annotations

import re
from typing import NamedTuple

from structurer.mentions.arm_values.contexts import STATISTIC_LETTERS, STATISTICS, WORDS
from structurer.schema import ArmValueKind
from structurer.text.words import printed_words_in

_REACH = 170


class Judgement(NamedTuple):
    """What a shape is (None: no result), how sure that is, and whether it may be judged anew by its neighbours."""

    kind: ArmValueKind | None
    confidence: float
    firm: bool


NOT = Judgement(None, 0.0, True)


UNSURE = Judgement(None, 0.0, False)


class Place:
    """Where a shape stands: its sentence's bounds and its own, in the normalised text and the same in lower case.

    `before` and `after` are what stands before and behind it in its sentence, up to a reach; `clause` what stands
    before it in its own clause. One pattern after another asks for them, so they are cut once.
    """

    __slots__ = ("after", "before", "begin", "clause", "end", "facts", "lower", "norm", "start", "stop")

    def __init__(
        self, norm: str, lower: str, begin: int, stop: int, start: int, end: int, facts: dict[str, bool] | None = None
    ) -> None:
        self.norm, self.lower = norm, lower
        self.begin, self.stop, self.start, self.end = begin, stop, start, end
        self.facts: dict[str, bool] = {} if facts is None else facts
        self.before = before = lower[max(begin, start - _REACH) : start]
        self.after = lower[end : min(stop, end + 200)]
        self.clause = before[before.rfind(";") + 1 :]

    def has(self, word: str) -> bool:
        """Whether the sentence has a word of the kind `word`; `facts` keeps the answer for all its places."""
        known = self.facts.get(word)
        if known is None:
            known = self.facts[word] = self._has(WORDS[word])
        return known

    def names_statistic(self) -> bool:
        """Whether the sentence names a statistic or a measure of effect at all."""
        known = self.facts.get("statistic")
        if known is None:
            sentence = self.norm[self.begin : self.stop]
            known = not STATISTICS.isdisjoint(printed_words_in(sentence))
            known = known or any(letter in sentence for letter in STATISTIC_LETTERS)
            self.facts["statistic"] = known
        return known

    def _has(self, cue: re.Pattern[str] | tuple[str, ...]) -> bool:
        if isinstance(cue, re.Pattern):
            return cue.search(self.lower, self.begin, self.stop) is not None
        return any(map(self.lower[self.begin : self.stop].__contains__, cue))
