"""Join each result to the words that name what was measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from structurer.linking.outcomes.context import outcome_context
from structurer.linking.outcomes.endpoint_sentences import EndpointSentence, endpoint_sentences, says_primary
from structurer.linking.outcomes.ranking import Ranker, SentencePhrases, load_ranker
from structurer.linking.phrases import NounPhrase
from structurer.linking.replacement import replace
from structurer.schema import Arm, ArmValue, EffectEstimate, Phrase, Section
from structurer.text.reading import Reading

# Below this score a phrase is more likely an arm or a circumstance than an outcome.
_PLAUSIBLE = 0.0

Result = TypeVar("Result", EffectEstimate, ArmValue)


def link_outcomes(
    results: Sequence[Result],
    text: str | Reading,
    sections: Sequence[Section] = (),
    arms: Sequence[Arm] = (),
    *,
    ranker: Ranker | None = None,
) -> list[Result]:
    """`results` with their `outcome` (and `primary`, for effects) set, in the order given.

    The phrase is looked for in the result's own sentence, and in the one before where that names none. `arms` are
    not needed, but keep the name of a drug from being taken for an outcome.
    """
    reading = Reading.of(text)
    if not results or not reading.sentences:
        return list(results)
    chosen = ranker or load_ranker()
    endpoints = endpoint_sentences(reading, sections)
    given = (endpoints, tuple(arms), chosen)
    # The effects of a text and its arm values share their sentences.
    phrases_of = reading.once("phrases", given, lambda: _phrases_by_sentence(reading, *given))
    linked: dict[int, Result] = {}
    last: NounPhrase | None = None
    runs = list(_series(results, reading, phrases_of))
    items = Counter(index for index, series in runs if phrases_of(index).is_item(series[0].start, series[0].end))
    for index, series in runs:
        sentence = phrases_of(index)
        best = sentence.best(series[0].start, max(result.end for result in series), chosen, items[index] > 1)
        named: list[NounPhrase | None]
        if best is not None and best[1] >= _PLAUSIBLE:
            named = _one_each(sentence, best[0], series, reading) or [sentence.phrases[best[0]]] * len(series)
        elif last is not None and reading.sentence_index(last.start) >= index - 2:
            named = [last] * len(series)
        else:
            likely = phrases_of(index - 1).most_likely() if index else None
            if likely and reading.norm.startswith(":", likely.end):
                likely = None  # a heading
            own_best = sentence.phrases[best[0]] if best and not sentence.is_arm(best[0]) else None
            named = [likely or own_best] * len(series)
        last = named[-1]
        for result, phrase in zip(series, named, strict=True):
            # What stands in the value's own words is its outcome already.
            own = phrase if phrase and result.start <= phrase.start < result.end else None
            own = own or sentence.none_of(result.start, result.end) or phrase
            linked[id(result)] = _with_outcome(result, own, reading, endpoints)
    return [linked[id(result)] for result in results]


def _phrases_by_sentence(
    reading: Reading, endpoints: tuple[EndpointSentence, ...], arms: tuple[Arm, ...], ranker: Ranker
) -> Callable[[int], SentencePhrases]:
    context = outcome_context(reading, endpoints, arms)
    sentences: dict[int, SentencePhrases] = {}

    def phrases_of(index: int) -> SentencePhrases:
        if index not in sentences:
            sentences[index] = SentencePhrases.of(reading, index, context, ranker)
        return sentences[index]

    return phrases_of


def _with_outcome(
    result: Result, phrase: NounPhrase | None, reading: Reading, endpoints: Sequence[EndpointSentence]
) -> Result:
    outcome = _phrase(phrase, reading)
    if isinstance(result, ArmValue):
        return replace(result, outcome=outcome)
    start, end = reading.sentence_at(result.start)
    words = set(phrase.words) if phrase else set()
    primary = bool(words) and any(words <= sentence.primary for sentence in endpoints)
    return replace(result, outcome=outcome, primary=primary or says_primary(reading.lower, start, end))


# "time to progression": the event that a time runs to is part of its name
_TO_AN_EVENT = re.compile(
    r" to (?:the )?(?!(?:be|complete|reach|achieve)\b)"
    r"(?:(?!(?:was|were|is|in|with|for|of|on|than|and|or|did|by|had|between)\b)[a-z-]{3,20}\b ?){1,4}"
)


def _phrase(phrase: NounPhrase | None, reading: Reading) -> Phrase | None:
    if phrase is None:
        return None
    end = phrase.end
    if phrase.words[-1] in ("time", "times") and (event := _TO_AN_EVENT.match(reading.lower, end)) is not None:
        end = event.start() + len(event.group().rstrip())
    return Phrase(reading.text[phrase.start : end], phrase.start, end)


def _series(
    results: Sequence[Result], reading: Reading, phrases_of: Callable[[int], SentencePhrases]
) -> Iterator[tuple[int, list[Result]]]:
    """Runs of results of one outcome ("32% v 21%"), each with the number of its sentence: nothing is named between."""
    series: list[Result] = []
    at = -1
    for result in sorted(results, key=lambda r: r.start):
        index = reading.sentence_index(result.start)
        if series and index == at:
            gap = (series[-1].end, result.start)
            parted = ";" in reading.norm[slice(*gap)] and not _SIGNS.fullmatch(reading.norm, *gap)
            if not parted and not phrases_of(index).names_between(*gap):
                series.append(result)
                continue
        if series:
            yield at, series
        series, at = [result], index
    if series:
        yield at, series


_SIGNS = re.compile(r"[)\] ]{0,3};[ (\[]{0,2}")
_AND = re.compile(r"%?,? ?(?:and )?")


def _one_each(
    sentence: SentencePhrases, index: int, series: Sequence[Result], reading: Reading
) -> list[NounPhrase | None] | None:
    """One name for each result where the text gives as many: "nausea and rash occurred in 3% and 5%, respectively"."""
    if len(series) < 2:
        return None
    names: list[NounPhrase] = sentence.coordinated(index)
    lower = reading.lower
    whole = "respectively" in lower[series[-1].end : series[-1].end + 80]
    if whole and len(names) != len(series):
        names = sentence.list_of(len(series), series[0].start) or names
    told: int = len(names)
    if told < 2 or told > len(series):
        return None
    if (
        whole
        and len(series) % told == 0
        and (told == len(series) or _AND.fullmatch(lower, series[0].end, series[1].start))
    ):
        # one value of each outcome, then again for the next group: 10% and 11% with tea and 7% and 6% with milk
        return [*names] * (len(series) // told)
    # "in 1%, 2% and 9%, respectively, of those on A as compared with none": the first ones are told apart
    if "respectively" in lower[series[told - 1].end : series[told - 1].end + 16]:
        rest: list[NounPhrase] = [sentence.phrases[index]] * (len(series) - told)
        return [*names, *rest]
    return None
