"""Join an estimate to the p-value that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from structurer.schema import EffectEstimate, EffectMeasure, PValue, PValueRole
from structurer.text.reading import Reading

_ONE_GROUP = frozenset(
    {EffectMeasure.PROPORTION, EffectMeasure.MEAN, EffectMeasure.MEDIAN, EffectMeasure.RATE, EffectMeasure.CHANGE}
)
_JOINABLE = frozenset({PValueRole.RESULT, PValueRole.NONINFERIORITY})
# What may stand between an estimate (or its interval) and its p-value: brackets, separators and a few words.
_BRIDGE = re.compile(
    r"[\])}\s,;:(\[.*/&\"-]*(?:(?:two|one|2|1)[ -](?:sided|tailed)|log-?rank|stratified|adjusted|nominal|both|all|with|a|and|at|cox|wald|test|"
    r"z|t|f|for|superiority|non-?inferiority|corresponding|χ2?|fisher'?s?|exact|mann-whitney|[\])},;:(\[\s.=-]|-?\d+\.\d+)*"
)
_LONG_BRIDGE = 70


def join_p_values(
    effects: Sequence[EffectEstimate], p_values: Sequence[PValue], text: str | Reading
) -> list[EffectEstimate]:
    """Each effect with the p-value that belongs to it, where one does; order kept.

    A p-value belongs to the estimate that it follows in the same bracket or clause, or, failing one, to the one that
    it stands right before. A p-value for a trend, an interaction or heterogeneity belongs to no estimate, and one
    between groups to no single group's own value.
    """
    reading = Reading.of(text)
    joined: list[EffectEstimate] = []
    used: set[int] = set()
    for i, effect in enumerate(effects):
        until = effects[i + 1].start if i + 1 < len(effects) else len(reading.text)
        p = None if effect.measure in _ONE_GROUP else _following(reading, effect, until, p_values)
        if p is None and effect.measure not in _ONE_GROUP:
            since = effects[i - 1].end if i else 0
            p = _preceding(reading, effect, since, p_values, used)
        if p is not None:
            used.add(p.start)
            end = p.end if effect.end < p.end and p.start - effect.end < 12 else effect.end
            effect = replace(effect, p=p, end=end, text=reading.text[effect.start : end])
        joined.append(effect)
    return _shared(reading, joined)


def _following(reading: Reading, effect: EffectEstimate, until: int, p_values: Sequence[PValue]) -> PValue | None:
    for p in p_values:
        if effect.start <= p.start < effect.end and p.role in _JOINABLE:
            return p  # between the estimate and its interval
        if p.start >= effect.end:
            if p.start > until or p.start - effect.end > 160 or p.role not in _JOINABLE:
                return None
            gap = reading.lower[effect.end : p.start]
            if _bridged(gap):
                return p
            return None
    return None


def _bridged(gap: str) -> bool:
    """Whether what lies between an estimate and a p-value holds nothing but joints."""
    if len(gap) > _LONG_BRIDGE:
        return False
    match = _BRIDGE.match(gap)
    return match is not None and match.end() == len(gap) and not re.search(r"[.] ", gap)


def _preceding(
    reading: Reading, effect: EffectEstimate, since: int, p_values: Sequence[PValue], used: set[int]
) -> PValue | None:
    """A p-value in the same bracket right before the estimate: "(p=0.01; relative risk 8.8, 95% CI 1.2-66.3)"."""
    for p in p_values:
        if since <= p.start and p.end <= effect.start and p.start not in used and p.role in _JOINABLE:
            gap = reading.lower[p.end : effect.start]
            if len(gap) < 12 and not gap.strip(" ;,:([") and ")" not in gap:
                return p
    return None


def _shared(reading: Reading, effects: list[EffectEstimate]) -> list[EffectEstimate]:
    """Give "P = .0001 for both" and "both P < .001" to the estimate before the last one too."""
    for i in range(1, len(effects)):
        p = effects[i].p
        if p is None or effects[i - 1].p is not None or effects[i - 1].measure in _ONE_GROUP:
            continue
        around = reading.lower[max(0, p.start - 10) : p.start] + " | " + reading.lower[p.end : p.end + 16]
        same = reading.sentence_index(effects[i - 1].start) == reading.sentence_index(effects[i].start)
        if same and re.search(r"\bboth|\ball\b|for each", around):
            effects[i - 1] = replace(effects[i - 1], p=p)
    return effects
