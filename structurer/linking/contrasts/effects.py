"""Join printed effects to the contrast of two arm values that they sum up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.contrasts import Contrast
from structurer.linking.arms.matching import best_match
from structurer.linking.comparisons import ONE_GROUP
from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, EffectMeasure, Phrase
from structurer.text.reading import Reading

_BETWEEN_PROPORTIONS = frozenset(
    {
        EffectMeasure.RR,
        EffectMeasure.OR,
        EffectMeasure.RD,
        EffectMeasure.HR,
        EffectMeasure.RRR,
        EffectMeasure.NNT,
        EffectMeasure.RATIO,
        EffectMeasure.IRR,
    }
)
_BETWEEN_AVERAGES = frozenset({EffectMeasure.MD, EffectMeasure.SMD, EffectMeasure.BETA, EffectMeasure.RATIO})
# The measures that can compare two values of a kind.
_MEASURES = {
    ArmValueKind.EVENTS: _BETWEEN_PROPORTIONS,
    ArmValueKind.PERCENT: _BETWEEN_PROPORTIONS | {EffectMeasure.MD},
    ArmValueKind.MEAN: _BETWEEN_AVERAGES,
    ArmValueKind.MEDIAN: _BETWEEN_AVERAGES | {EffectMeasure.HR},
    ArmValueKind.RATE: frozenset({EffectMeasure.IRR, EffectMeasure.RR, EffectMeasure.HR, EffectMeasure.MD}),
}
# How far behind the last of two values, or before the first, an estimate that compares them may stand, in characters.
_BEHIND = 200
_AHEAD = 80
# So near, a group's name that cannot be matched is another name of an arm.
_BESIDE = 40
# Added to the distance of an estimate in the sentence behind the values, so that its own sentence comes first.
_NEXT_SENTENCE = 10_000
_WORD = re.compile(r"[a-z][a-z0-9-]{2,}")


def effects_of_contrasts(
    pairs: Sequence[tuple[int, int]], values: Sequence[ArmValue], effects: Sequence[EffectEstimate], reading: Reading
) -> tuple[Contrast, ...]:
    """A contrast for each of `pairs` (places of values), with the places of the effects that compare the two.

    An effect belongs to the nearest contrast of its sentence that fits it by measure, outcome, time and groups; the
    one before it where there is one, else the last one of the sentence before.
    """
    found: list[list[int]] = [[] for _ in pairs]
    order = list(pairs)
    for i, effect in enumerate(effects):
        near: list[tuple[int, int, tuple[int, int]]] = []
        for k, pair in enumerate(pairs):
            distance = _distance(pair, values, effect, reading)
            if distance is None or not _fits(values[pair[0]], effect, reading):
                continue
            if distance >= _NEXT_SENTENCE and _follows_others(effect, values[pair[1]], effects, reading):
                continue
            turned = _order_of(effect, values[pair[0]].arm or "", values[pair[1]].arm or "", reading)
            if turned is not None or (distance <= _BESIDE and _untold(effect, values, pair, reading)):
                near.append((distance, k, (pair[1], pair[0]) if turned is False else pair))
        if not near:
            continue
        near.sort()
        if len(near) > 1 and near[0][0] == near[1][0]:
            continue
        _, k, pair = near[0]
        if not found[k]:
            order[k] = pair
        found[k].append(i)
    return tuple(Contrast(values=pair, effects=tuple(linked)) for pair, linked in zip(order, found, strict=True))


def _distance(
    pair: tuple[int, int], values: Sequence[ArmValue], effect: EffectEstimate, reading: Reading
) -> int | None:
    """How far the estimate stands from the two values, in characters; None where too far or in another sentence."""
    first, last = sorted((values[pair[0]], values[pair[1]]), key=lambda value: value.start)
    sentences = reading.sentence_index(effect.start) - reading.sentence_index(first.start)
    if sentences not in (0, 1):
        return None
    if effect.start >= last.end:
        gap = effect.start - last.end
        between = any(last.end <= value.start < effect.start for value in values)
        return gap + sentences * _NEXT_SENTENCE if gap <= _BEHIND and not between else None
    if effect.end <= first.start:
        gap = first.start - effect.end
        # An estimate behind other values is theirs.
        sentence = reading.sentence_at(effect.start)[0]
        between = any(sentence <= value.start < first.start for value in values)
        return _BEHIND + gap if gap <= _AHEAD and not between else None
    return None


def _follows_others(
    effect: EffectEstimate, value: ArmValue, effects: Sequence[EffectEstimate], reading: Reading
) -> bool:
    """Whether groups' own estimates stand between a value and an estimate of the next sentence, or one told of them."""
    start = reading.sentence_at(effect.start)[0]
    near = [other for other in effects if value.end <= other.start < effect.start]
    return any(other.start >= start and other.measure in ONE_GROUP for other in near) or any(
        other.start < start and other.measure is effect.measure for other in near
    )


def _fits(value: ArmValue, effect: EffectEstimate, reading: Reading) -> bool:
    """Whether the estimate is of a measure, an outcome and a time that the value can have."""
    if effect.measure not in _MEASURES[value.kind]:
        return False
    if effect.timepoint and value.timepoint and effect.timepoint.text.lower() != value.timepoint.text.lower():
        return False
    return _same_outcome(effect.outcome, value.outcome) or _same_event(effect.outcome, value.outcome, reading)


# What "X-free" survival is free of, where its name is not the event's.
_FREE_OF = {"disease": "recurrence", "relapse": "recurrence", "recurrent": "recurrence"}
_FREE = re.compile(r"([a-z]+)(?:-| )free(?![a-z])")
_EVENT = re.compile(r"(?<![a-z])(progression|recurrence|relapse|event|death|mortality|survival|died|dying)s?(?![a-z-])")
_DEATH = frozenset({"mortality", "survival", "died", "dying"})


def _same_event(one: Phrase | None, other: Phrase | None, reading: Reading) -> bool:
    """Whether two names are of one event, told as the event and as being free of it: "death", "overall survival"."""
    events = {_event_of(phrase, reading) for phrase in (one, other) if phrase is not None}
    return one is not None and other is not None and len(events) == 1 and None not in events


def _event_of(phrase: Phrase, reading: Reading) -> str | None:
    name = reading.definitions.get(phrase.text, phrase.text).lower()
    free = _FREE.search(name)
    event = free or _EVENT.search(name)
    if event is None:
        return None
    word = event.group(1)
    return "death" if word in _DEATH else _FREE_OF.get(word, word)


def _same_outcome(one: Phrase | None, other: Phrase | None) -> bool:
    if one is None or other is None:
        return False
    a, b = (frozenset(w.rstrip("s") for w in _WORD.findall(phrase.text.lower())) for phrase in (one, other))
    return one.text.lower() == other.text.lower() or bool(a and b and (a <= b or b <= a))


def _untold(effect: EffectEstimate, values: Sequence[ArmValue], pair: tuple[int, int], reading: Reading) -> bool:
    """Whether the names that the effect compares say nothing against the two arms: neither means one of them."""
    names = [phrase.text for phrase in effect.comparison or () if phrase is not None]
    arms = [[values[i].arm or ""] for i in pair]
    return all(best_match(name, arms, reading.definitions) is None for name in names)


def _order_of(effect: EffectEstimate, first: str, second: str, reading: Reading) -> bool | None:
    """True where the estimate is `first` versus `second`, False the other way; None where it compares others."""
    if effect.comparison is None:
        return True
    names = [None if phrase is None else phrase.text for phrase in effect.comparison]
    a, b = (None if name is None else best_match(name, [[first], [second]], reading.definitions) for name in names)
    if a is None or b is None or a == b:
        return None
    return a == 0
