"""Rank the phrases of a sentence by how likely each is the outcome of a given result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from structurer.linking.outcome_features import Context, pair_features, phrase_features
from structurer.linking.phrases import NounPhrase, noun_phrases
from structurer.schema import ArmValue, EffectEstimate
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading


@dataclass(frozen=True, slots=True)
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

    tokens: list[Token]
    reading: Reading
    first: int
    stop: int
    phrases: list[NounPhrase]
    features: list[list[str]]
    scores: list[float]

    @classmethod
    def of(cls, reading: Reading, index: int, context: Context, ranker: Ranker) -> SentencePhrases:
        """The phrases of the sentence number `index` of `reading`."""
        start, end = reading.sentences[index]
        tokens = reading.tokens
        first, stop = reading.token_index(start), reading.token_index(end)
        phrases = noun_phrases(tokens, first, stop)
        features = [
            phrase_features(phrase, i, context, reading.norm[phrase.start : phrase.end])
            for i, phrase in enumerate(phrases)
        ]
        return cls(tokens, reading, first, stop, phrases, features, [ranker.score(f) for f in features])

    def pairs(self, result: EffectEstimate | ArmValue) -> list[tuple[int, list[str]]]:
        """For each phrase outside the result: its index and the features of the pair."""
        tokens = self.tokens
        first = min(self.reading.token_index(result.start), self.stop - 1)
        last = first
        while last + 1 < self.stop and tokens[last + 1].start < result.end:
            last += 1
        opened: list[int] = []
        for i in range(self.first, first):
            if tokens[i].kind is Kind.OPEN:
                opened.append(i)
            elif tokens[i].kind is Kind.CLOSE and opened:
                opened.pop()
        kind = _kind(result)
        before = sum(phrase.last < first for phrase in self.phrases)
        pairs = []
        after = 0
        for i, phrase in enumerate(self.phrases):
            if phrase.last < first:
                rank = i - before
            elif phrase.first > last:
                after += 1
                rank = after
            else:
                continue
            pairs.append((i, pair_features(phrase, rank, tokens, first, last, opened[-1] if opened else None, kind)))
        return pairs

    def best(self, result: EffectEstimate | ArmValue, ranker: Ranker) -> NounPhrase | None:
        """The phrase that most likely names the outcome of `result`, None where the sentence has no phrase."""
        pairs = self.pairs(result)
        if not pairs:
            return None
        return self.phrases[max(pairs, key=lambda pair: self.scores[pair[0]] + ranker.score(pair[1]))[0]]

    def most_likely(self) -> NounPhrase | None:
        """The phrase that looks most like an outcome by itself."""
        if not self.phrases:
            return None
        return self.phrases[max(range(len(self.phrases)), key=self.scores.__getitem__)]


def _kind(result: EffectEstimate | ArmValue) -> str:
    if isinstance(result, ArmValue):
        return result.kind.value
    return "ratio" if result.measure in _RATIOS else "group" if result.measure in _GROUP else "difference"


_RATIOS = frozenset({"HR", "OR", "RR", "IRR", "RATIO", "RRR"})
_GROUP = frozenset({"PROPORTION", "MEAN", "MEDIAN", "RATE", "CHANGE"})

# What a reader goes by: the noun before the bracket, the subject, what is named an outcome elsewhere.
RULES = {
    "known head": 2.0,
    "known word": 0.5,
    "endpoint head": 0.8,
    "endpoint word": 0.4,
    "arm": -3.0,
    "arm word": -1.0,
    "subject": 0.7,
    "capitals": 0.2,
    "heads the bracket": 1.5,
    "before 1": 1.0,
    "before 2": 0.6,
    "before 3": 0.4,
    "after 1": 0.0,
    "after 2": -0.8,
    "after 3": -1.2,
    "after 4": -1.5,
    "after 5": -2.0,
    "after for 0 0": 1.0,
    "after for 1 0": 0.6,
    "before semicolons 1": -0.6,
    "before semicolons 2": -1.0,
    "after semicolons 1": -1.0,
    "after semicolons 2": -1.5,
    "prev=for": 0.4,
    "prev=had": 0.8,
    "prev=achieved": 0.8,
    "prev=experienced": 1.0,
    "prev=developed": 0.8,
    "depth=1": -0.5,
    "depth=2": -0.8,
    "drop=risk": 1.0,
    "drop=incidence": 1.0,
    "drop=rate": 1.0,
    "drop=median": 0.8,
    "drop=mean": 0.8,
    "drop=rates": 1.0,
    "drop=proportion": 0.6,
    "drop=hazard": 1.0,
    "drop=odds": 1.0,
}


@cache
def load_ranker() -> Ranker:
    """The shipped ranker."""
    return Ranker(RULES)
