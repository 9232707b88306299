"""Join each effect to the groups that it compares, or to the one group that it describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from structurer.linking.arm_mentions import ArmMention, ArmNames
from structurer.linking.group_assignment import assign_groups
from structurer.schema import Arm, EffectEstimate, EffectMeasure, Phrase, Section
from structurer.text.reading import Reading

ONE_GROUP = frozenset(
    {EffectMeasure.PROPORTION, EffectMeasure.MEAN, EffectMeasure.MEDIAN, EffectMeasure.RATE, EffectMeasure.CHANGE}
)
_UNCOMPARED = frozenset({EffectMeasure.CORR})
# Words between two groups that say which is compared with which.
_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|v|than|(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to|over|against"
    r"|rather than|minus)\b"
)


def link_comparisons(
    effects: Sequence[EffectEstimate], arms: Sequence[Arm], text: str | Reading, sections: Sequence[Section] = ()
) -> list[EffectEstimate]:
    """`effects` with their `comparison` set, in the order given.

    (a, b) where the printed estimate is a versus b; (group, None) for one group's estimate; None where the text does
    not tell.
    """
    if not effects:
        return []
    reading = Reading.of(text)
    names = ArmNames.of(arms)
    mentions: dict[int, list[ArmMention]] = {}
    groups: dict[int, int] = {}
    by_sentence: dict[int, list[int]] = {}
    for i, effect in enumerate(effects):
        by_sentence.setdefault(reading.sentence_index(effect.start), []).append(i)
    for sentence, members in by_sentence.items():
        start, end = reading.sentences[sentence]
        mentions[sentence] = names.mentions(reading.lower, start, end)
        single = [i for i in members if effects[i].measure in ONE_GROUP]
        spans = [(effects[i].start, effects[i].end) for i in single]
        for i, arm in zip(single, assign_groups(reading.lower, start, spans, mentions[sentence]), strict=True):
            if arm is not None:
                groups[i] = arm
    linked: list[EffectEstimate] = []
    for i, effect in enumerate(effects):
        sentence = reading.sentence_index(effect.start)
        pair: tuple[int | None, int | None] | None
        if effect.measure in _UNCOMPARED:
            pair = None
        elif effect.measure in ONE_GROUP:
            group = groups.get(i)
            if group is None and len(names.labels) == 1:
                group = 0
            pair = None if group is None else (group, None)
        else:
            pair = _versus(effect, mentions[sentence], names, reading, sentence)
        linked.append(replace(effect, comparison=_phrases(pair, effect, names, reading)))
    return linked


def _versus(
    effect: EffectEstimate, mentions: list[ArmMention], names: ArmNames, reading: Reading, sentence: int
) -> tuple[int | None, int | None] | None:
    """Which two arms a measure between groups compares."""
    count = len(names.labels)
    if count < 2:
        return None
    pair = _stated_pair(effect, mentions, reading.lower)
    if pair is not None:
        return pair
    control = names.control
    if count == 2 and control is not None:
        return (1 - control, control)
    near = sorted(mentions, key=lambda m: _distance(m, effect))
    for mention in near:
        if mention.arm != control:
            return (mention.arm, control)
    other = 0 if control != 0 else 1
    return (other, control)


def _distance(mention: ArmMention, effect: EffectEstimate) -> int:
    return effect.start - mention.end if mention.end <= effect.start else mention.start - effect.end + 10


def _stated_pair(effect: EffectEstimate, mentions: list[ArmMention], lower: str) -> tuple[int, int] | None:
    """The nearest "A versus B" of the sentence."""
    best: tuple[int, tuple[int, int]] | None = None
    for left, right in pairwise(mentions):
        if left.arm == right.arm:
            continue
        between = lower[left.end : right.start]
        if len(between) < 120 and _AGAINST.search(between):
            distance = min(_distance(left, effect), _distance(right, effect))
            if best is None or distance < best[0]:
                best = (distance, (left.arm, right.arm))
    return None if best is None else best[1]


def _phrases(
    pair: tuple[int | None, int | None] | None, effect: EffectEstimate, names: ArmNames, reading: Reading
) -> tuple[Phrase | None, Phrase | None] | None:
    if pair is None:
        return None
    a, b = (None if arm is None else _phrase(arm, effect.start, names, reading) for arm in pair)
    return None if a is None and b is None else (a, b)


def _phrase(arm: int, near: int, names: ArmNames, reading: Reading) -> Phrase | None:
    """The arm's label as it stands in the text nearest before the result, else the first of its other names there."""
    lower = reading.lower
    for name in (names.labels[arm], *(n for n, i in names.names if i == arm)):
        at = lower.rfind(name, 0, near)
        if at < 0:
            at = lower.find(name, near)
        if at >= 0:
            return Phrase(reading.text[at : at + len(name)], at, at + len(name))
    return None
