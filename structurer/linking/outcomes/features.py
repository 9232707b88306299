"""What speaks for a phrase being the outcome of a result: features of the phrase, and of the pair."""

from __future__ import annotations

from typing import NamedTuple

from structurer.linking.outcomes.joined_phrases import head_of
from structurer.linking.phrases import NounPhrase
from structurer.linking.word_classes import WordClasses
from structurer.text.notation import Kind, Token


class Context(NamedTuple):
    """What a text says of its outcomes outside the sentence at hand.

    `endpoints` are the words of sentences that name endpoints, `arms` those of arm labels, `heads` the head nouns of
    outcomes, `short_forms` the abbreviations that the text defines, all in lower case.
    """

    endpoints: frozenset[str]
    arms: frozenset[str]
    heads: frozenset[str]
    short_forms: frozenset[str]


# After these verbs stands what happened: "had", "developed", "achieved".
_BEFELL = frozenset(
    """had has have having experienced experiencing developed developing achieved achieving reported reporting reached
    showed exhibited attained suffered initiated demonstrated displayed completed met became improved reduced increased
    decreased maintained remained""".split()
)
# These name the groups, the other side of a comparison, or a circumstance, seldom the outcome.
_ASIDE = frozenset(
    "to by from after during versus vs than between among within before since using via as on per like v".split()
)
# "treated for gout", "after adjusting for age": no result is of these.
_NOT_MEASURED = frozenset(
    """treated adjusting adjusted adjustment controlling controlled correcting corrected correction accounting
    stratified""".split()
)
_COMPARED = frozenset(
    {"compared", "comparison", "relative", "assigned", "randomized", "randomised", "allocated", "than"}
)
_CHANGES = frozenset(
    """change changes reduction reductions increase increases decrease decreases improvement improvements decline
    difference differences effect effects benefit impact rise fall worsening prevalence rates incidence""".split()
)
# Endings of the names of what befalls patients: "hypokalaemia", "mucositis", "thrombosis", "neuropathy".
_ILLS = (
    "emia",
    "aemia",
    "itis",
    "osis",
    "pathy",
    "algia",
    "uria",
    "rrhea",
    "rrhoea",
    "penia",
    "plegia",
    "oedema",
    "dynia",
)
# "was a risk factor for hypotension"
_FACTORS = frozenset({"factor", "factors", "predictor", "predictors", "determinant", "determinants"})
_COPULAS = frozenset({"was", "were", "is", "are", "occurred", "did", "had", "decreased", "increased", "improved", "("})
_ANALYSES = frozenset(
    """test tests t-test analysis analyses model models adjustment covariates regression interaction cohort cohorts
    subgroup subgroups stratum protocol sample set dataset clusters randomization randomisation placebo""".split()
)
# Names made once: they are asked for with every pair of a phrase and a result.
_BEFORE = {-n: f"before {n}" for n in range(6)}
_AFTER = {n: f"after {n}" for n in range(6)}
_SEMICOLONS = {side: tuple(f"{side} semicolons {n}" for n in range(3)) for side in ("before", "after")}
_ADDED = frozenset({"plus", "combination", "alone", "combined", "added", "low-dose", "high-dose", "monotherapy"})
# "locoregional control", "glycaemic control"
_CONTROLLED = frozenset(
    """local locoregional loco-regional regional intracranial distant disease tumor tumour cancer glycemic glycaemic
    glucose diabetes asthma pain symptom symptoms seizure headache migraine bp pressure hypertension weight appetite
    rate rhythm hemorrhage haemorrhage bleeding emesis nausea vomiting infection lipid cholesterol postural motor
    anger impulse itch fever plaque""".split()
)
_TAKES = frozenset({"for", "in", "of", "with", "on", "to"})


def phrase_features(phrase: NounPhrase, index: int, context: Context, classes: WordClasses) -> list[str]:
    """Features of a phrase alone; `index` is its place among the phrases of its sentence."""
    words = phrase.words
    head = head_of(words)
    features: list[str] = []
    if head == "control" and len(words) > 1 and words[-2] in _CONTROLLED:
        # What was to be controlled is an outcome, though "control" names a group.
        return ["known head"]
    if head in context.heads or head in classes.event_verb or head.endswith(_ILLS):
        features.append("known head")
    elif not context.heads.isdisjoint(words):
        features.append("known word")
    if head in context.endpoints or head in context.short_forms:
        features.append("endpoint head")
    elif not context.endpoints.isdisjoint(words):
        features.append("endpoint word")
    shared = sum([word in context.arms for word in words])
    if shared:
        # "A plus B" is a group too.
        shared += sum([word in _ADDED for word in words])
    if shared:
        features.append("arm" if shared == len(words) else "arm word")
    if phrase.dropped and not classes.generic.isdisjoint(phrase.dropped):
        features.append("measured")
    if phrase.before in _BEFELL:
        features.append("befell")
    elif phrase.before in _ASIDE or phrase.before2 in _COMPARED:
        features.append("aside")
    elif phrase.before in ("for", "with") and phrase.before2 in _NOT_MEASURED:
        features.append("arm")
    elif phrase.before in ("in", "with", "who") and phrase.before2 in classes.population:
        features.append("whose")
    if (phrase.before2 in _FACTORS and phrase.before in ("for", "of")) or words[0] in _FACTORS:
        features.append("predicted")
    if phrase.before2 in _CHANGES and phrase.before in ("in", "on", "of", "from"):
        features.append("changed")
    if head in _ANALYSES:
        features.append("analysis")
    elif head in classes.population:
        features.append("people")
    if phrase.depth:
        features.append("bracketed")
    if index == 0 and phrase.after in _COPULAS:
        features.append("subject")
    return features


class Counts(NamedTuple):
    """Running counts of signs over the tokens of a sentence, so that those between two places are a subtraction.

    `opened` holds for each token the index of the bracket that stands open before it, -1 where none does.
    """

    first: int
    semicolons: list[int]
    numbers: list[int]
    words: list[int]
    opened: list[int]

    @classmethod
    def of(cls, tokens: list[Token], first: int, stop: int) -> Counts:
        """The counts over `tokens[first:stop]`."""
        semicolons, numbers, words, opened = [0], [0], [0], [-1]
        number, word, conjunction, separator = Kind.NUMBER, Kind.WORD, Kind.AND, Kind.SEPARATOR
        opens, closes = Kind.OPEN, Kind.CLOSE
        s = n = w = 0
        around: list[int] = [-1]
        timed = first  # up to here the tokens say when, and stand between nothing
        for i, (kind, _, _, text, _) in enumerate(tokens[first:stop], first):
            if kind is word or kind is conjunction:
                if i >= timed and text in _AT:
                    timed = i + _length_of_time(tokens, i, stop)
                w += i >= timed
            elif kind is number:
                n += i >= timed
            elif kind is separator:
                if text == ";":
                    s += 1
            elif kind is opens:
                around.append(i)
            elif kind is closes and len(around) > 1:
                around.pop()
            semicolons.append(s)
            numbers.append(n)
            words.append(w)
            opened.append(around[-1])
        return cls(first, semicolons, numbers, words, opened)

    def bracket(self, index: int) -> int | None:
        """The index of the bracket that stands open before the token of that index; None where none does."""
        opened = self.opened[index - self.first]
        return None if opened < 0 else opened


# Before a time: "mortality at 90 days (", "pain at week 12 was".
_AT = frozenset({"at", "after", "within", "by", "on"})
_TIMES = frozenset("day days week weeks month months year years hour hours h minutes min".split())


def _length_of_time(tokens: list[Token], i: int, stop: int) -> int:
    """How many tokens, the preposition at `i` among them, say when: "at 90 days" three, "at week 12" three, else 0."""
    told = tokens[i + 1 : min(i + 3, stop)]
    if len(told) < 2:
        return 0
    number = [token.kind is Kind.NUMBER for token in told]
    named = [token.text in _TIMES for token in told]
    return 3 if (number[0] and named[1]) or (named[0] and number[1]) else 0


def pair_features(
    phrase: NounPhrase, rank: int, counts: Counts, first: int, last: int, opened: int | None, listed: bool = False
) -> list[str]:
    """Features of a phrase and the result in tokens `first` to `last`.

    `rank` counts the phrases from the result outwards: -1 is the nearest before it, 1 the nearest after, 0 one inside
    it. `opened` is the index of the bracket that stands open at the result, None where none does; `listed` tells that
    the sentence is a list of names, each with its result.
    """
    if rank == 0:
        return ["inside"]
    if rank < 0:
        side, low, high = "before", phrase.last + 1, first
        features = [_BEFORE[max(rank, -5)]]
    else:
        side, low, high = "after", last + 1, phrase.first
        features = [_AFTER[min(rank, 5)]]
    low, high = low - counts.first, high - counts.first
    if semicolons := counts.semicolons[high] - counts.semicolons[low]:
        features.append(_SEMICOLONS[side][min(semicolons, 2)])
    if rank > 0:
        if phrase.before in _TAKES:
            words = counts.words[high] - counts.words[low]
            if words <= 2 + len(phrase.dropped) and counts.numbers[high] == counts.numbers[low]:
                features.append(f"{phrase.before} after")
        if phrase.before in _BEFELL:
            features.append("befell after")
        return features
    none_between = counts.words[high] == counts.words[low] and counts.numbers[high] == counts.numbers[low]
    heads = opened is not None and opened == phrase.last + 1
    if heads or (none_between and low <= high):
        features.append("heads the bracket" if heads else "touches")
        if listed:
            features.append("list item")
    elif listed and counts.numbers[min(low + _BRACKETED, high)] > counts.numbers[low] and phrase.after in "([":
        features.append("another's")
    if opened is not None and none_between and phrase.last < opened:
        features.append("next to the bracket")
    return features


# How many tokens behind a bracket's opening a number makes it a result's.
_BRACKETED = 8


def touches(phrase: NounPhrase, counts: Counts, first: int, opened: int | None) -> bool:
    """Whether nothing but signs stands between a phrase and the result at token `first` behind it."""
    if opened == phrase.last + 1:
        return True
    low, high = phrase.last + 1 - counts.first, first - counts.first
    return low <= high and counts.words[high] == counts.words[low] and counts.numbers[high] == counts.numbers[low]
