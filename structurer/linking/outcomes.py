"""Join each result to the words that name what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from structurer.linking.outcome_context import outcome_context, outcome_heads
from structurer.linking.outcome_ranking import Ranker, SentencePhrases, load_ranker
from structurer.schema import Arm, ArmValue, EffectEstimate, Phrase, Section
from structurer.text.reading import Reading

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
    if not results:
        return []
    reading = Reading.of(text)
    chosen = ranker or load_ranker()
    context = outcome_context(reading, sections, arms, outcome_heads())
    sentences: dict[int, SentencePhrases] = {}

    def phrases_of(index: int) -> SentencePhrases:
        if index not in sentences:
            sentences[index] = SentencePhrases.of(reading, index, context, chosen)
        return sentences[index]

    linked: list[Result] = []
    for result in results:
        index = reading.sentence_index(result.start)
        phrase = phrases_of(index).best(result, chosen)
        if phrase is None and index:
            phrase = phrases_of(index - 1).most_likely()
        outcome = None if phrase is None else Phrase(reading.text[phrase.start : phrase.end], phrase.start, phrase.end)
        linked.append(replace(result, outcome=outcome))
    return linked
