"""Rank the phrases of a sentence by how likely each is the outcome of a given result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from structurer.linking.arms.group_names import group_names_of
from structurer.linking.outcomes.features import Context, Counts, pair_features, phrase_features, touches
from structurer.linking.outcomes.joined_phrases import joined_phrases
from structurer.linking.phrases import NounPhrase, noun_phrases
from structurer.linking.word_classes import word_classes
from structurer.text.notation import Kind
from structurer.text.reading import Reading


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """A linear model over named features: a phrase's score is the sum of its features' weights."""

    weights: Mapping[str, float]

    def score(self, features: list[str]) -> float:
        """The sum of the weights of `features`."""
        get = self.weights.get
        return sum([get(feature, 0.0) for feature in features])


@dataclass(frozen=True, slots=True)
class SentencePhrases:
    """The phrases of one sentence, each with its features and its score by itself."""

    reading: Reading
    first: int
    stop: int
    phrases: list[NounPhrase]
    features: list[list[str]]
    scores: list[float]
    counts: Counts

    @classmethod
    def of(cls, reading: Reading, index: int, context: Context, ranker: Ranker) -> SentencePhrases:
        """The phrases of the sentence number `index` of `reading`."""
        start, end = reading.sentences[index]
        tokens = reading.tokens
        first, stop = reading.token_index(start), reading.token_index(end)
        phrases = noun_phrases(tokens, first, stop, context.short_forms, reading.norm)
        phrases = joined_phrases(phrases, tokens, context.arms)
        classes = word_classes()
        features = [phrase_features(phrase, i, context, classes) for i, phrase in enumerate(phrases)]
        named = group_names_of(reading, first, stop)
        for phrase, own in zip(phrases, features, strict=True) if named else ():
            if any(a < phrase.end and phrase.start < b for a, b in named) and "known head" not in own:
                own.append("group")
        scores = [ranker.score(f) for f in features]
        return cls(reading, first, stop, phrases, features, scores, Counts.of(tokens, first, stop))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The indices of the first and the last token of the characters `start` to `end`."""
        tokens = self.reading.tokens
        first = min(self.reading.token_index(start), self.stop - 1)
        last = first
        while last + 1 < self.stop and tokens[last + 1].start < end:
            last += 1
        return first, last

    def pairs(self, start: int, end: int, listed: bool = False) -> list[tuple[int, list[str]]]:
        """For each phrase: its index, and the features of its pair with the result from `start` to `end`."""
        first, last = self.span(start, end)
        counts = self.counts
        opened = counts.bracket(first)
        before = sum([phrase.last < first for phrase in self.phrases])
        pairs: list[tuple[int, list[str]]] = []
        after = 0
        for i, phrase in enumerate(self.phrases):
            if i < before:
                rank = i - before
            elif phrase.first > last:
                after += 1
                rank = after
            else:
                rank = 0
            pairs.append((i, pair_features(phrase, rank, counts, first, last, opened, listed)))
        if opened is not None:
            self._yield_to_items(pairs, opened, first)
        return pairs

    def _yield_to_items(self, pairs: list[tuple[int, list[str]]], opened: int, first: int) -> None:
        """Let the name before a bracket yield to an outcome inside it right before the result: "A (-2; weight -1"."""
        inside = any(
            opened < self.phrases[i].first
            and "touches" in features
            and "known head" in self.features[i]
            and _NO_OUTCOME.isdisjoint(self.features[i])
            for i, features in pairs
            if self.phrases[i].last < first
        )
        for _, features in pairs if inside else ():
            if "heads the bracket" in features:
                features[:] = [feature for feature in features if feature not in _OF_BRACKET]

    def best(self, start: int, end: int, ranker: Ranker, listed: bool = False) -> tuple[int, float] | None:
        """The index and the score of the phrase that most likely names the outcome of the result at `start`."""
        scored = [(self.scores[i] + ranker.score(features), -i) for i, features in self.pairs(start, end, listed)]
        if not scored:
            return None
        score, index = max(scored)
        return -index, score

    def is_arm(self, index: int) -> bool:
        """Whether a phrase is the name of a trial arm."""
        return "arm" in self.features[index]

    def names_between(self, start: int, end: int) -> bool:
        """Whether something that may be an outcome is named between two offsets."""
        for phrase, features in zip(self.phrases, self.features, strict=True):
            if start <= phrase.start and phrase.end <= end and _NO_OUTCOME.isdisjoint(features):
                return True
        return False

    def is_item(self, start: int, end: int) -> bool:
        """Whether a name that may be an outcome's stands directly before a result, as in a list."""
        first, _ = self.span(start, end)
        near = sum([phrase.last < first for phrase in self.phrases]) - 1
        return (
            near >= 0
            and _NO_OUTCOME.isdisjoint(self.features[near])
            and touches(self.phrases[near], self.counts, first, self.counts.bracket(first))
        )

    def none_of(self, start: int, end: int) -> NounPhrase | None:
        """What the words from `start` to `end` say there was none of ("no treatment-related deaths"), if they do."""
        if not self.reading.lower.startswith("no ", start):
            return None
        for phrase, features in zip(self.phrases, self.features, strict=True):
            if start < phrase.start <= start + _BEHIND_NO and phrase.end <= end:
                told = _NO_OUTCOME.isdisjoint(features) and phrase.words[-1] not in _CASES
                # "no severe or serious events": a part of what there was none of.
                goes_on = _GOES_ON.match(self.reading.lower, phrase.end)
                return phrase if told and not goes_on else None
        return None

    def coordinated(self, index: int) -> list[NounPhrase]:
        """The list of phrases joined by commas and "and" to which a phrase belongs."""
        low = high = index
        while low and self._joined(low - 1):
            low -= 1
        while high + 1 < len(self.phrases) and self._joined(high):
            high += 1
        return self.phrases[low : high + 1]

    def list_of(self, count: int, before: int) -> list[NounPhrase]:
        """The last list of so many phrases that may be outcomes before an offset, if there is one."""
        for i in range(len(self.phrases) - 1, -1, -1):
            if self.phrases[i].end <= before and _NO_OUTCOME.isdisjoint(self.features[i]):
                names = self.coordinated(i)
                if len(names) == count and names[-1].end <= before:
                    return names
        return []

    def _joined(self, index: int) -> bool:
        left, right = self.phrases[index], self.phrases[index + 1]
        between = self.reading.tokens[left.last + 1 : right.first - len(right.dropped)]
        return 0 < len(between) <= 2 and all(t.kind is Kind.AND or t.text == "," for t in between)

    def most_likely(self) -> NounPhrase | None:
        """The phrase that looks most like an outcome by itself."""
        if not self.phrases:
            return None
        return self.phrases[max(range(len(self.phrases)), key=self.scores.__getitem__)]


_OF_BRACKET = frozenset({"heads the bracket", "list item"})
# Features of phrases that name a group, a person or a test.
_NO_OUTCOME = frozenset({"arm", "group", "people", "analysis"})

# "no cases of", "no advantage in": what there was none of stands behind, or is none of people.
_CASES = frozenset({"case", "cases", "advantage", "difference", "differences", "evidence", "suggestion"})
_GOES_ON = re.compile(r",? (?:or|and)\b|,| ?\d")
# How far behind a "no" its noun begins: "no " itself, or "no reported ".
_BEHIND_NO = 12

# What a reader goes by: the noun before the bracket, the subject, what is named an outcome elsewhere.
RULES = {
    "known head": 2.0,
    "known word": 0.8,
    "endpoint head": 0.9,
    "endpoint word": 0.4,
    "group": -1.5,
    "arm": -3.0,
    "arm word": -1.0,
    "measured": 1.0,
    "befell": 0.8,
    "aside": -0.6,
    "changed": 1.2,
    "predicted": 6.0,
    "whose": -0.6,
    "analysis": -2.0,
    "people": -1.5,
    "bracketed": -0.5,
    "subject": 0.7,
    "inside": 0.5,
    "before 1": 1.0,
    "before 2": 0.6,
    "before 3": 0.4,
    "after 2": -0.8,
    "after 3": -1.2,
    "after 4": -1.5,
    "after 5": -2.0,
    "before semicolons 1": -0.6,
    "before semicolons 2": -1.0,
    "after semicolons 1": -1.0,
    "after semicolons 2": -1.5,
    "heads the bracket": 1.8,
    "touches": 1.0,
    "another's": -1.0,
    "list item": 1.5,
    "next to the bracket": 0.5,
    "for after": 2.0,
    "in after": 1.0,
    "of after": 0.3,
    "with after": 0.3,
    "befell after": 1.0,
}


@cache
def load_ranker() -> Ranker:
    """The shipped ranker."""
    return Ranker(RULES)
