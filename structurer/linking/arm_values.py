"""Say which arm each arm value belongs to, by the namings of arms around it and by the order of lists.

A single value takes the arm named right before it ("arm A, 46%") or behind it by a preposition ("46% in arm A"). Values
in a run ("13% vs 8%", "13% and 8%, respectively") take the arms in the order in which they are named; where a run
names none, the order that the run before it had holds on, and at last that of the trial: tested before control.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from structurer.linking.arm_matching import best_match
from structurer.linking.arm_mentions import ArmMention, ArmNames
from structurer.linking.arm_value_runs import Run, runs_of
from structurer.schema import Arm, ArmValue
from structurer.text.reading import Reading

# A preposition right before the naming: "46% of patients in the", "12 cancers diagnosed among those given"
_AHEAD = re.compile(
    r"(?![)\]])[^;:()\[\]]{0,60}?(?<![a-z])(?:in|with|for|on|among|given|receiving|received|assigned|allocated|taking|under|by|from|of|to|after|using|randomi[sz]ed|during|at|who were|who received)"
    r"(?: (?:the|those|patients?|participants?|subjects?|women|men|children|a|an|both|treated with|to|receiving|given|in|on|with|treated|assigned|who received|assigned to|allocated to|of|each|oral|treatment with|all|\d[\d,]*))* ?\Z"
)
# Words that lead from a value to another group: "46%, compared with those in"
_AWAY = re.compile(r"(?<![a-z])(?:compared|versus|vs|than|whereas|while|but|relative|between)(?![a-z])|, (?:and|with) ")
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
_COMBINATION_NAMES = ("combination", "combination group", "combined group", "combination arm")
_TESTED_BESIDE_CONTROL = re.compile(
    r"(?<![a-z])(?:intervention|treatment|experimental|study|active|treated|test)(?= (?:groups? |arms? )?(?:and|or|versus|vs\.?) (?:the )?(?:controls?|placebo|comparison|usual))"
)
_GROUP = re.compile(
    r"[^.;,()]{0,30}?(?<![a-z])(?:in|for|among) the (?P<name>[A-Za-z0-9][\w/+ -]{1,40}?) (?:group|arm|cohort)(?![a-z])"
)
_NO_GROUP = re.compile(
    r"(?:two|three|both|same|other|total|whole|entire|overall|study|treatment|each|first|second|latter|former|age)\Z"
)
_COMBINED = re.compile(r"(?<![a-z])(?:plus|and|combin\w+|with)(?![a-z])|\+")
_EACH = re.compile(r"[^.;]{0,45}?(?<![a-z])(?:each|either|all)(?![a-z])")


@dataclass(slots=True)
class _Trial:
    """The arms of one trial as this file needs them; `order` is the last order in which a run took its arms."""

    arms: Sequence[Arm]
    names: ArmNames
    generic: tuple[tuple[str, int], ...]
    orders: dict[int, list[int]]


@dataclass(slots=True)
class _Sentence:
    """A sentence's values and namings of arms, and what has been settled so far.

    `used` are namings that stand behind a value that took them; `orders` the last order of arms by how many they are.
    """

    values: list[ArmValue]
    mentions: list[ArmMention]
    reading: Reading
    begin: int
    stop: int
    chosen: list[int | None] = field(default_factory=list)
    used: list[ArmMention] = field(default_factory=list)
    orders: dict[int, list[int]] = field(default_factory=dict)
    singles: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chosen = [None] * len(self.values)

    @property
    def lower(self) -> str:
        return self.reading.lower

    def room(self, run: Run) -> tuple[int, int]:
        """From the end of the value before a run to the start of the value behind it."""
        low = self.values[run.first - 1].end if run.first else self.begin
        high = self.values[run.last + 1].start if run.last + 1 < len(self.values) else self.stop
        return low, high


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
    combined = [i for i, arm in enumerate(arms) if _COMBINED.search(arm.label.lower())]
    if len(combined) == 1 and len(arms) > 1:
        generic += [(name, combined[0]) for name in _COMBINATION_NAMES if name not in known]
    orders = {len(arms): list(range(len(arms)))}
    if control is not None and len(arms) == 2:
        orders = {2: [1 - control, control]}
    return _Trial(arms, names, tuple(generic), orders)


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
    mentions = _mentions(trial, lower, begin, stop) if trial.arms else []
    sentence = _Sentence(values, mentions, reading, begin, stop)
    extra = _share_out(sentence, trial)
    for run in runs_of(values, mentions, lower):
        if sentence.chosen[run.first] is not None:
            continue
        if len(run.parts) == 1:
            arm = _of_single(run, sentence)
            arms = None if arm is None else [arm]
        else:
            arms = _of_run(run, sentence, trial)
        if arms is None:
            continue
        for part, arm in zip(run.parts, arms, strict=True):
            for i in part:
                sentence.chosen[i] = arm
        _remember_order(sentence, trial, arms)
    done = [_labelled(value, arm, sentence, trial) for value, arm in zip(values, sentence.chosen, strict=True)]
    return sorted([*done, *extra], key=lambda value: (value.start, value.end))


def _labelled(value: ArmValue, arm: int | None, sentence: _Sentence, trial: _Trial) -> ArmValue:
    """The value with its arm's label; a group printed behind it that is no known arm keeps its printed name."""
    named = _named_group(sentence, value, trial)
    if isinstance(named, int):
        return replace(value, arm=trial.arms[named].label)
    if named is not None:
        return replace(value, arm=named)
    return replace(value, arm=trial.arms[arm].label) if arm is not None else value


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
    control = trial.names.control
    if control is not None and len(trial.arms) == 2:
        for match in _TESTED_BESIDE_CONTROL.finditer(lower, begin, stop):
            if not any(m.start < match.end() and match.start() < m.end for m in mentions):
                mentions.append(ArmMention(1 - control, match.start(), match.end()))
    mentions.sort(key=lambda m: m.start)
    return mentions


def _share_out(sentence: _Sentence, trial: _Trial) -> list[ArmValue]:
    """Give the copies of a value told of each group to the arms; returns copies for arms beyond the number told."""
    values, extra = sentence.values, []
    for i, value in enumerate(values):
        copies = [j for j in range(i, len(values)) if values[j].start == value.start]
        if len(copies) < 2 or sentence.chosen[i] is not None or not trial.arms:
            continue
        ahead = values[copies[-1] + 1].start if copies[-1] + 1 < len(values) else sentence.stop
        named = _distinct(m.arm for m in sentence.mentions if value.end <= m.start < min(ahead, value.end + 90))
        arms = named if len(named) >= len(copies) else list(range(len(trial.arms)))
        for j, arm in zip(copies, arms, strict=False):
            sentence.chosen[j] = arm
        if len(named) < len(copies) < len(arms) and _EACH.match(sentence.lower, value.end, sentence.stop):
            extra.extend(replace(value, arm=trial.arms[arm].label) for arm in arms[len(copies) :])
    return extra


def _of_single(run: Run, sentence: _Sentence) -> int | None:
    """The arm of one value (or of the two ends of a change)."""
    lower, mentions = sentence.lower, sentence.mentions
    start, end = sentence.values[run.first].start, sentence.values[run.last].end
    low, high = sentence.room(run)
    before = [m for m in mentions if m.end <= start]
    near = before[-1] if before and before[-1].end > low and before[-1] not in sentence.used else None
    after = next((m for m in mentions if end <= m.start < high), None)
    ahead = after is not None and _is_ahead(lower, end, after)
    if near is not None and _BEHIND.match(lower, near.end, start) and not ahead:
        return near.arm
    if after is not None and ahead:
        sentence.used.append(after)
        return after.arm
    if near is not None:
        return near.arm
    named = _distinct(m.arm for m in mentions)
    if len(named) == 1:
        return named[0]
    if before:
        return before[-1].arm
    tail = [m for m in mentions if m.start >= sentence.values[-1].end]
    return tail[0].arm if tail else None


def _is_ahead(lower: str, end: int, mention: ArmMention) -> bool:
    """Whether a naming behind a value belongs to it: "46% of patients in the", or right behind it."""
    gap = lower[end : mention.start]
    if not gap.strip():
        return True
    return len(gap) <= 75 and _AHEAD.match(gap) is not None and _AWAY.search(gap) is None


def _of_run(run: Run, sentence: _Sentence, trial: _Trial) -> list[int] | None:
    """The arms of a run's parts, in order."""
    lower, mentions, values = sentence.lower, sentence.mentions, sentence.values
    size = len(run.parts)
    start, end = values[run.first].start, values[run.last].end
    low, high = sentence.room(run)
    behind = [m for m in mentions if low <= m.start and m.end <= start and m not in sentence.used]
    before = _distinct(m.arm for m in reversed(behind))[::-1]
    following = [m for m in mentions if end <= m.start < high]
    after = _distinct(m.arm for m in following)
    ahead = bool(following) and _is_ahead(lower, end, following[0])
    respectively = "respectively" in lower[end : sentence.stop]
    if ahead:
        sentence.used.extend(following[:size])
    if len(after) >= size and (ahead or (respectively and len(before) < size)):
        return after[:size]
    if len(before) >= size:
        return before[-size:]
    if not run.versus:
        if behind and _BEHIND.match(lower, behind[-1].end, start) and len(before) == 1:
            return [before[0]] * size
        if len(after) == 1 and ahead and len(before) == 0:
            return [after[0]] * size
        if len(before) == 1 and not respectively:
            return [before[0]] * size
    if size == 2 and ahead and run.versus:
        # "5 v 3 in the drug group": the naming is the second's
        other = before[-1] if before and before[-1] != after[0] else 1 - after[0] if len(trial.arms) == 2 else None
        if other is not None:
            return [other, after[0]]
    tail = _distinct(m.arm for m in mentions if m.start >= values[-1].end)
    if len(tail) >= size:
        return tail[:size]
    if size == 2 and len(before) == 1 and len(trial.arms) == 2:
        # "more often with A (50% vs 44%)": the one that is named comes first
        return [before[0], 1 - before[0]]
    if size in sentence.orders:
        return sentence.orders[size]
    named = _distinct(m.arm for m in mentions)
    earlier = _distinct(m.arm for m in mentions if m.end <= start)
    if len(earlier) == size:
        return earlier
    if len(named) == size:
        return named
    if size == 2 and len(named) == 1 and len(trial.arms) == 2:
        return [named[0], 1 - named[0]]
    return trial.orders.get(size)


def _remember_order(sentence: _Sentence, trial: _Trial, arms: list[int]) -> None:
    """Keep the order in which the sentence, and the text, last set its arms side by side."""
    if len(arms) == 1:
        sentence.singles.append(arms[0])
        arms = _distinct(sentence.singles)
    if len(arms) > 1 and len(set(arms)) == len(arms):
        sentence.orders[len(arms)] = arms
        trial.orders[len(arms)] = arms


def _distinct(arms: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(arms))


def _named_group(sentence: _Sentence, value: ArmValue, trial: _Trial) -> int | str | None:
    """The group printed right behind a value where that is no naming of a known arm: "54% for the RT-only group"."""
    reading = sentence.reading
    match = _GROUP.match(reading.norm, value.end, min(sentence.stop, value.end + 90))
    if match is None:
        return None
    start, end = match.span("name")
    if any(m.start < end and start < m.end for m in sentence.mentions):
        return None
    if any(value.end < other.start < end for other in sentence.values):
        return None
    name = reading.text[start:end]
    known = best_match(name, [[arm.label, *arm.aliases] for arm in trial.arms], reading.definitions)
    if known is not None:
        return known
    return None if _NO_GROUP.match(name.lower()) else name
