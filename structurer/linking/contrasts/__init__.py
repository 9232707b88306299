"""Find the values that a sentence sets against each other, and the printed effects that compare the same two.

Two values of different arms stand together where one sentence tells both of one outcome, one kind, one unit and one
time. Silence is better than a wrong pair: where arms come back in an order that is no list ("A 5, A 6, B 7"), nothing
is paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from structurer.contrasts import Contrast
from structurer.linking.arms.mentions import looks_like_control
from structurer.linking.contrasts.derived_cells import derive_cells
from structurer.linking.contrasts.effects import effects_of_contrasts
from structurer.linking.contrasts.inputs import compute_effects
from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, TrialReport
from structurer.text.reading import Reading

_COUNTED = frozenset({ArmValueKind.EVENTS, ArmValueKind.PERCENT})
# Values further apart than this, in characters, are told in two statements.
_TOGETHER = 160


def with_contrasts(report: TrialReport, text: str | Reading) -> TrialReport:
    """`report` with its `derived` numbers, and its `contrasts` with the effects printed and computed of each."""
    if not report.arm_values:
        return report
    reading = Reading.of(text)
    derived = derive_cells(report.arm_values, report.arms, reading)
    contrasts = find_contrasts(report.arm_values, report.effects, reading)
    computed = compute_effects(contrasts, report.arm_values, report.arms, derived, report.p_values, reading)
    return replace(report, contrasts=computed, derived=derived)


def find_contrasts(
    values: Sequence[ArmValue], effects: Sequence[EffectEstimate], text: str | Reading
) -> tuple[Contrast, ...]:
    """The contrasts of `values` (in text order, arms, outcomes and time points linked), each with its `effects`.

    The tested group's value comes first: as a linked effect orders the two, else the one whose arm's name is no
    comparator's, else in text order. Of three and more arms, each is set against the one that is a comparator.
    """
    if len(values) < 2:
        return ()
    reading = Reading.of(text)
    pairs = [pair for chunk in _chunks(values, reading) for pair in _pairs(chunk, values)]
    return effects_of_contrasts(pairs, values, effects, reading) if pairs else ()


def _chunks(values: Sequence[ArmValue], reading: Reading) -> Iterator[list[int]]:
    """Values (by place) of one sentence, outcome, kind, unit and time, each of another arm."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for i, value in enumerate(values):
        if value.arm is None or value.outcome is None:
            continue
        kind = "counted" if value.kind in _COUNTED else value.kind
        time = value.timepoint.text.lower() if value.timepoint else None
        sentence = reading.sentence_index(value.start)
        key = (sentence, kind, value.outcome.text.lower(), value.unit, time)
        groups.setdefault(key, []).append(i)
    for members in groups.values():
        yield from _rounds(members, values)


def _rounds(members: list[int], values: Sequence[ArmValue]) -> list[list[int]]:
    """`members` cut where an arm comes back; none where the rounds are not all of the same arms."""
    rounds: list[list[int]] = [[]]
    for i in members:
        if any(values[j].arm == values[i].arm for j in rounds[-1]):
            rounds.append([])
        rounds[-1].append(i)
    sets = {frozenset(values[i].arm for i in part) for part in rounds}
    if len(sets) > 1 or len(rounds[0]) < 2:
        return []
    return [part for part in rounds if all(_near(values[a], values[b]) for a, b in pairwise(part))]


def _near(before: ArmValue, value: ArmValue) -> bool:
    return value.start - before.end <= _TOGETHER


def _pairs(chunk: list[int], values: Sequence[ArmValue]) -> list[tuple[int, int]]:
    """Each tested arm's value with the comparator's; two values pair also where neither arm is called one."""
    controls = [i for i in chunk if looks_like_control((values[i].arm or "").lower())]
    if len(controls) == 1:
        return [(i, controls[0]) for i in chunk if i != controls[0]]
    return [(chunk[0], chunk[1])] if len(chunk) == 2 else []
