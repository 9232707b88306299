"""Say which arm each arm value belongs to, by the namings of arms around it and by the order of lists.

A single value takes the arm named right before it ("arm A, 46%") or behind it by a preposition ("46% in arm A"). Values
in a run ("13% vs 8%", "13% and 8%, respectively") take the arms in the order in which they are named; where a run
names none, the order that the run before it had holds on, and at last that of the trial: tested before control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from structurer.linking.arm_values.carried import carried
from structurer.linking.arm_values.choice import arms_of_run, remember_order
from structurer.linking.arm_values.groups import group_behind, short_form_before, side_by_side
from structurer.linking.arm_values.namings import COMBINED, Trial, namings, trial_of
from structurer.linking.arm_values.printed_names import group_before
from structurer.linking.arm_values.runs import is_rate_of, is_share_of, runs_of
from structurer.linking.arm_values.sentence import Sentence, distinct
from structurer.linking.arm_values.settling import fill_backwards, set_against
from structurer.linking.arm_values.single import arm_of_single
from structurer.linking.arms.matching import best_match, words_of
from structurer.linking.arms.mentions import ArmMention
from structurer.linking.replacement import replace
from structurer.schema import Arm, ArmValue
from structurer.text.reading import Reading

_EACH = re.compile(r"[^.;]{0,45}?(?<![a-z])(?:each|either|all)(?![a-z])")


def attribute_arms(values: Sequence[ArmValue], arms: Sequence[Arm], text: str | Reading) -> list[ArmValue]:
    """`values` (in text order) with the label of its arm in each; None where no arm is told.

    A value told of each group (`98% in both groups`), which comes once per group, is shared out among the arms.
    """
    reading = Reading.of(text)
    if not values:
        return []
    trial = trial_of(arms, reading)
    assigned: list[ArmValue] = []
    for begin, stop, members in _by_sentence(values, reading):
        told = _in_sentence(members, trial, reading, begin, stop)
        arm = None if any(value.arm for value in told) else carried(trial, reading, begin)
        if arm is not None:
            told = [replace(value, arm=arm) for value in told]
        assigned.extend(told)
    return assigned


def _by_sentence(values: Sequence[ArmValue], reading: Reading) -> Iterator[tuple[int, int, list[ArmValue]]]:
    members: list[ArmValue] = []
    bounds = (0, 0)
    for value in values:
        begin, stop = reading.sentence_at(value.start)
        if members and (begin, stop) != bounds:
            yield (*bounds, members)
            members = []
        bounds = (begin, stop)
        members.append(value)
    if members:
        yield (*bounds, members)


def _in_sentence(values: list[ArmValue], trial: Trial, reading: Reading, begin: int, stop: int) -> list[ArmValue]:
    lower = reading.lower
    mentions = namings(trial, lower, begin, stop)
    sentence = Sentence(values, mentions, reading, begin, stop)
    extra = _share_out(sentence, trial)
    for run in runs_of(values, mentions, lower):
        if sentence.chosen[run.first] is not None:
            continue
        if len(run.parts) == 1:
            arm = arm_of_single(run, sentence, trial)
            arms = None if arm is None else [arm]
        else:
            arms = arms_of_run(run, sentence, trial)
        if arms is None:
            continue
        for part, arm in zip(run.parts, arms, strict=True):
            for i in part:
                sentence.chosen[i] = arm
        remember_order(sentence, trial, arms)
    set_against(sentence, trial)
    fill_backwards(sentence)
    done = [_labelled(value, arm, sentence, trial) for value, arm in zip(values, sentence.chosen, strict=True)]
    _tell_apart(sentence, done, trial)
    _set_against_another(sentence, done, trial)
    for i in range(1, len(done)):
        if is_share_of(done[i], done[i - 1], reading.lower) or is_rate_of(done[i], done[i - 1], reading.lower):
            done[i] = replace(done[i], arm=done[i - 1].arm)
    return sorted([*done, *extra], key=lambda value: (value.start, value.end))


_BRACKET = re.compile(r"[(\[][^()\[\]]{0,90}[)\]]")
_AGAINST = re.compile(r"[ )\];,]{0,4}(?:[a-z]{1,12} {1,2}){0,2}(?:vs\.?|versus) ?[(\[]?")
_TWO_TIMES = re.compile(r"baseline|before|after|pre-|post|previous|from ")


def _set_against_another(sentence: Sentence, done: list[ArmValue], trial: Trial) -> None:
    """Give the second of two values with an aside and "versus" between them the other arm, where both got one."""
    for i in range(1, len(done)):
        second = done[i]
        # A count may have its rate in a bracket before the other count.
        first = next((value for value in reversed(done[max(0, i - 2) : i]) if value.kind is second.kind), second)
        if first is second or first.arm is None or first.arm != second.arm:
            continue
        between = sentence.lower[first.end : second.start]
        # Without an aside they are a run, whose arms are known to be one.
        told, asides = _BRACKET.subn("", between[:150])
        if not asides or not _AGAINST.fullmatch(told):
            continue
        if _TWO_TIMES.search(sentence.lower, sentence.begin, sentence.stop):
            continue
        others = [label for label in trial.labels[: trial.arms] if label != first.arm]
        done[i] = replace(second, arm=others[0] if len(others) == 1 else None)


_GROUP_WORD = re.compile(r"[ -](?:group|arm)s?\Z", re.IGNORECASE)


def _tell_apart(sentence: Sentence, done: list[ArmValue], trial: Trial) -> None:
    """Give two values side by side their printed groups, where these differ and were taken for one arm."""
    for i in range(len(done) - 1):
        first, second = done[i], done[i + 1]
        if first.arm != second.arm or first.kind is not second.kind or (first.arm is None and not trial.arms):
            continue
        spans = [side_by_side(sentence, value, other) for value, other in ((first, second), (second, first))]
        names = [_GROUP_WORD.sub("", sentence.reading.text[slice(*span)]) if span else "" for span in spans]
        if not all(names) or words_of(names[0]) == words_of(names[1]):
            continue
        known = [[label] for label in trial.labels[: trial.arms]]
        arms = [best_match(name, known, sentence.reading.definitions, least=0.7) for name in names]
        for j, arm in enumerate(arms):
            told = names[j] if arm is None or arms[0] == arms[1] else trial.labels[arm]
            done[i + j] = replace(done[i + j], arm=told)


def _labelled(value: ArmValue, arm: int | None, sentence: Sentence, trial: Trial) -> ArmValue:
    """The value with its arm's label; a group printed behind it that is no known arm keeps its printed name."""
    if arm is not None and "respectively" in sentence.lower[value.end : sentence.stop]:
        # the list is in order: the name behind is not this value's alone
        return replace(value, arm=trial.labels[arm])
    before = group_before(sentence, sentence.values.index(value)) if trial.arms else None
    if before is not None:
        return replace(value, arm=trial.labels[trial.group_called(sentence.reading.text[slice(*before)])])
    short = short_form_before(sentence, value)
    if short is not None:
        return replace(value, arm=trial.labels[trial.group_called(sentence.reading.text[short[0] : short[1]])])
    named = _named_group(sentence, value, trial)
    if isinstance(named, int):
        return replace(value, arm=trial.labels[named])
    if named is not None:
        return replace(value, arm=named)
    return replace(value, arm=trial.labels[arm]) if arm is not None else value


def _other_drug(name: str, within: Sequence[ArmMention], trial: Trial, reading: Reading) -> bool:
    """Whether a printed name only shares a word with a known group's: "darbepoetin alfa" beside "epoetin alfa"."""
    if len(within) != 1 or reading.lower[within[0].start : within[0].end] in trial.names.whole:
        return False
    words = name.split()
    return len(words) == 2 and within[0].end - within[0].start < max(map(len, words)) - 3


def _whole_name(name: str, within: Sequence[ArmMention], trial: Trial, reading: Reading) -> int | None:
    """The arm that a printed name means as a whole, where a naming is a mere part: "drug 50 mg" by the dose."""
    if not trial.arms or sum(m.end - m.start for m in within) * 2 > len(name) * 1.5:
        return None
    known = [[label] for label in trial.labels[: trial.arms]]
    match = best_match(name, known, reading.definitions)
    if match is not None and COMBINED.search(name.lower()) and not COMBINED.search(trial.labels[match].lower()):
        return None
    return None if match is None or (within and match == within[0].arm) else match


def _share_out(sentence: Sentence, trial: Trial) -> list[ArmValue]:
    """Give the copies of a value told of each group to the arms; returns copies for arms beyond the number told."""
    values = sentence.values
    extra: list[ArmValue] = []
    for i, value in enumerate(values):
        stop = i + 1
        while stop < len(values) and values[stop].start == value.start:
            stop += 1
        copies = list(range(i, stop))
        if len(copies) < 2 or sentence.chosen[i] is not None or not trial.arms:
            continue
        ahead = values[copies[-1] + 1].start if copies[-1] + 1 < len(values) else sentence.stop
        named = distinct(m.arm for m in sentence.mentions if value.end <= m.start < min(ahead, value.end + 90))
        arms = named if len(named) >= len(copies) else list(range(trial.arms))
        for j, arm in zip(copies, arms, strict=False):
            sentence.chosen[j] = arm
        if len(named) < len(copies) < len(arms) and _EACH.match(sentence.lower, value.end, sentence.stop):
            extra.extend(replace(value, arm=trial.labels[arm]) for arm in arms[len(copies) :])
    return extra


def _named_group(sentence: Sentence, value: ArmValue, trial: Trial) -> int | str | None:
    """The group printed right behind a value where that is no naming of a known one: "54% for the RT-only group"."""
    reading = sentence.reading
    span = group_behind(sentence, value)
    if span is None:
        return None
    name = reading.text[span[0] : span[1]]
    within = [m for m in sentence.mentions if m.start < span[1] and span[0] < m.end]
    inside = distinct(m.arm for m in within) or [m.arm for m in sentence.mentions if 0 <= m.start - span[1] < 2]
    if inside and (exact := _whole_name(name, within, trial, reading)) is not None:
        return exact
    if inside and not _other_drug(name, within, trial, reading):
        return inside[0] if len(inside) == 1 else None
    known = best_match(name, [[label] for label in trial.labels[: trial.arms]], reading.definitions)
    return known if known is not None else name
