"""Say which arm each arm value belongs to, by the namings of arms around it and by the order of lists.

A single value takes the arm named right before it ("arm A, 46%") or behind it by a preposition ("46% in arm A"). Values
in a run ("13% vs 8%", "13% and 8%, respectively") take the arms in the order in which they are named; where a run
names none, the order that the run before it had holds on, and at last that of the trial: tested before control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from structurer.linking.arm_mentions import ArmMention, ArmNames
from structurer.linking.arm_value_runs import Run, runs_of
from structurer.schema import Arm, ArmValue
from structurer.text.reading import Reading

_AHEAD = re.compile(
    r"\W{0,3}(?:(?:patients?|participants?|subjects?|women|men|children|cases?|events?|deaths?|infants|individuals|people|eyes|those|treated|who|were|had|of|the|in|with|for|on|among|given|receiving|received|"
    r"assigned|allocated|to|taking|under|by|from|after|on|randomi[sz]ed|group|recipients|at|each|all|evaluable|during|using|patients'|and|both|treatment|therapy|either|week|month|year|weeks|months|years|treated|respectively|occurred|reported|was|observed|a|events|responders|units|courses|of|dogs|dyads|nodes|[\d./]+|p)\W{1,3}){0,9}\Z"
)
_PREPOSITION = re.compile(
    r"(?<![a-z])(?:in|with|for|on|among|given|receiving|received|assigned|allocated|taking|under|by|from|of|to|after|using|randomi[sz]ed)(?![a-z])"
)
_BEHIND = re.compile(
    r"(?:[ -]?(?:groups?|arms?|patients|participants|recipients|treated|therapy|treatment|clusters|subjects|women|children|period|condition|phase|regimen|alone|only|cohort))*(?: ?[,:=(\[] ?| \(?n ?= ?\d+\)?,? ?| was | were | had | showed | of | by |[ -]){0,3}[-+~]?\Z"
)
_CONTROL_NAMES = (
    "control group",
    "control arm",
    "controls",
    "control",
    "comparison group",
    "comparator",
    "conventional",
    "usual care",
    "standard care",
)
_TESTED_NAMES = (
    "intervention group",
    "treatment group",
    "experimental group",
    "study group",
    "active treatment",
    "active group",
    "treated group",
    "intervention arm",
    "intervention",
    "experimental arm",
    "treatment arm",
    "active",
)
_GROUP = re.compile(
    r"[^.;,()]{0,30}?(?<![a-z])(?:in|for|among) the (?P<name>[A-Za-z0-9][\w/+ -]{1,40}?) (?:group|arm|cohort)(?![a-z])"
)
_EACH = re.compile(r"[^.;]{0,45}?(?<![a-z])(?:each|either|all)(?![a-z])")


@dataclass(slots=True)
class _Trial:
    """The arms of one trial as this file needs them; `order` is the last order in which a run took its arms."""

    arms: Sequence[Arm]
    names: ArmNames
    generic: tuple[tuple[str, int], ...]
    order: list[int]


def attribute_arms(values: Sequence[ArmValue], arms: Sequence[Arm], text: str | Reading) -> list[ArmValue]:
    """`values` (in text order) with the label of its arm in each; None where no arm is told.

    A value told of each group (`98% in both groups`), which comes once per group, is shared out among the arms.
    """
    reading = Reading.of(text)
    if not values:
        return []
    trial = _trial(arms)
    assigned: list[ArmValue] = []
    for begin, stop, members in _by_sentence(values, reading):
        assigned.extend(_in_sentence(members, trial, reading, begin, stop))
    return assigned


def _trial(arms: Sequence[Arm]) -> _Trial:
    names = ArmNames.of(arms)
    known = {name for name, _ in names.names}
    generic: list[tuple[str, int]] = []
    control = names.control
    if control is not None:
        generic += [(name, control) for name in _CONTROL_NAMES if name not in known]
        if len(arms) == 2:
            generic += [(name, 1 - control) for name in _TESTED_NAMES if name not in known]
    order = list(range(len(arms)))
    if control is not None and len(arms) == 2:
        order = [1 - control, control]
    return _Trial(arms, names, tuple(generic), order)


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


def _in_sentence(values: list[ArmValue], trial: _Trial, reading: Reading, begin: int, stop: int) -> list[ArmValue]:
    lower = reading.lower
    if not trial.arms:
        return [replace(value, arm=_named_group(reading, value, stop)) for value in values]
    mentions = _mentions(trial, lower, begin, stop)
    chosen: list[int | None] = [None] * len(values)
    extra: list[ArmValue] = []
    runs = runs_of(values, mentions, lower)
    shared = _share_out(values, trial, mentions, lower, stop, chosen, extra)
    for k, run in enumerate(runs):
        if run.first in shared:
            continue
        low = values[run.first - 1].end if run.first else begin
        high = values[run.last + 1].start if run.last + 1 < len(values) else stop
        if len(run.parts) == 1:
            arm = _of_single(values[run.parts[0][0]], values[run.last], mentions, lower, begin, low, high)
            for i in run.parts[0]:
                chosen[i] = arm
        else:
            _of_run(run, values, trial, mentions, lower, begin, stop, low, high, chosen, _twin(runs, k))
    _remember_order(runs, chosen, trial)
    done = [
        replace(
            value,
            arm=trial.arms[arm].label
            if arm is not None
            else (_named_group(reading, value, stop) if not mentions else None),
        )
        for value, arm in zip(values, chosen, strict=True)
    ]
    return sorted([*done, *extra], key=lambda value: (value.start, value.end))


def _mentions(trial: _Trial, lower: str, begin: int, stop: int) -> list[ArmMention]:
    mentions = trial.names.mentions(lower, begin, stop)
    for name, arm in trial.generic:
        at = lower.find(name, begin, stop)
        while at >= 0:
            end = at + len(name)
            whole = (at == 0 or not lower[at - 1].isalnum()) and (end >= len(lower) or not lower[end].isalnum())
            if whole and lower[end : end + 2] != "s " and not any(m.start < end and at < m.end for m in mentions):
                mentions.append(ArmMention(arm, at, end))
            at = lower.find(name, end, stop)
    mentions.sort(key=lambda m: m.start)
    return mentions


def _share_out(
    values: list[ArmValue],
    trial: _Trial,
    mentions: Sequence[ArmMention],
    lower: str,
    stop: int,
    chosen: list[int | None],
    extra: list[ArmValue],
) -> set[int]:
    """Give the copies of a value told of each group to the arms; returns the indices dealt with."""
    done: set[int] = set()
    for i, value in enumerate(values):
        copies = [j for j in range(len(values)) if values[j].start == value.start]
        if len(copies) < 2 or i in done:
            continue
        ahead = values[copies[-1] + 1].start if copies[-1] + 1 < len(values) else stop
        named = _distinct(m.arm for m in mentions if value.end <= m.start < min(ahead, value.end + 90))
        arms = named if len(named) >= len(copies) else [a for a in range(len(trial.arms))]
        for j, arm in zip(copies, arms, strict=False):
            chosen[j] = arm
        if len(named) < len(copies) < len(arms) and _EACH.match(lower, value.end, stop):
            extra.extend(replace(value, arm=trial.arms[arm].label) for arm in arms[len(copies) :])
        done.update(copies)
    return done


def _of_single(
    first: ArmValue, last: ArmValue, mentions: Sequence[ArmMention], lower: str, begin: int, low: int, high: int
) -> int | None:
    before = [m for m in mentions if m.end <= first.start]
    near = before[-1] if before and before[-1].end > low else None
    after = next((m for m in mentions if last.end <= m.start < high), None)
    if near is not None and _BEHIND.match(lower, near.end, first.start):
        gap = lower[near.end : first.start]
        if after is None or not _is_ahead(lower, last.end, after) or gap.strip(" -") or after.arm == near.arm:
            return near.arm
    if after is not None and _is_ahead(lower, last.end, after):
        return after.arm
    if near is not None:
        return near.arm
    if after is not None and ";" not in lower[last.end : after.start]:
        return after.arm
    if before and ";" not in lower[before[-1].end : first.start] and len({m.arm for m in mentions}) == 1:
        return before[-1].arm
    if len({m.arm for m in mentions}) == 1 and begin >= 0:
        return mentions[0].arm
    return before[-1].arm if before else None


def _is_ahead(lower: str, end: int, mention: ArmMention) -> bool:
    """Whether a naming behind a value belongs to it: "46% of patients in the", or right behind it."""
    gap = lower[end : mention.start]
    if not gap.strip():
        return True
    if len(gap) > 90 or ";" in gap:
        return False
    return _AHEAD.match(gap) is not None and (_PREPOSITION.search(gap) is not None or len(gap) < 4)


def _of_run(
    run: Run,
    values: list[ArmValue],
    trial: _Trial,
    mentions: Sequence[ArmMention],
    lower: str,
    begin: int,
    stop: int,
    low: int,
    high: int,
    chosen: list[int | None],
    twin: bool,
) -> None:
    size = len(run.parts)
    first, last = values[run.first], values[run.last]
    before = _distinct(m.arm for m in reversed(mentions) if low <= m.start and m.end <= first.start)[::-1]
    after_mentions = [m for m in mentions if last.end <= m.start < high]
    after = _distinct(m.arm for m in after_mentions)
    ahead = bool(after_mentions) and _is_ahead(lower, last.end, after_mentions[0])
    tail = _distinct(m.arm for m in mentions if m.start >= values[-1].end)
    respectively = "respectively" in lower[last.end : stop]
    arms: list[int] | None = None
    if len(after) >= size and (ahead or (respectively and len(before) < size)):
        arms = after[:size]
    elif len(before) >= size:
        arms = before[-size:]
    elif (
        not run.versus
        and len(before) + len(after) >= 1
        and (twin or not respectively)
        and (len(after) == 1 and ahead or len(before) == 1 and not after)
    ):
        one = after[0] if after and ahead else before[0]
        arms = [one] * size
    elif len(tail) >= size:
        arms = tail[:size]
    elif size == 2 and len(trial.arms) == 2 and (before or after):
        # "more often with A (50% vs 44%)": the one that is named comes first
        one = after[0] if after and ahead else before[-1] if before else after[0]
        arms = [one, 1 - one]
    else:
        earlier = _distinct(m.arm for m in mentions if m.end <= first.start)
        if len(earlier) == size:
            arms = earlier
        elif len(trial.order) == size:
            arms = list(trial.order)
        elif len(after) >= size:
            arms = after[:size]
    if arms is None:
        return
    for part, arm in zip(run.parts, arms, strict=True):
        for i in part:
            chosen[i] = arm


def _twin(runs: Sequence[Run], k: int) -> bool:
    """Whether a neighbouring run has as many values: lists of outcomes, one list for each arm."""
    return any(0 <= j < len(runs) and len(runs[j].parts) == len(runs[k].parts) for j in (k - 1, k + 1))


def _remember_order(runs: Sequence[Run], chosen: Sequence[int | None], trial: _Trial) -> None:
    for order in ([chosen[part[0]] for part in run.parts] for run in runs):
        told = [arm for arm in order if arm is not None]
        if len(told) == len(order) == len(trial.order) and len(set(told)) == len(told):
            trial.order = told
    singles = _distinct(arm for arm in chosen if arm is not None)
    if len(singles) == len(trial.arms):
        trial.order = singles


def _distinct(arms: Iterator[int] | Sequence[int]) -> list[int]:
    return list(dict.fromkeys(arms))


def _named_group(reading: Reading, value: ArmValue, stop: int) -> str | None:
    match = _GROUP.match(reading.text, value.end, min(stop, value.end + 90))
    return match.group("name") if match else None
