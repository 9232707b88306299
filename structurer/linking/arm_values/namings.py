"""Where a sentence names the arms of a trial, generic names included: "the control group", "the combination"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from structurer.linking.arm_values.compounds import compounded
from structurer.linking.arms.doses import dose_lists
from structurer.linking.arms.groups import Groups, third_is_control
from structurer.linking.arms.matching import best_match
from structurer.linking.arms.mentions import ArmMention, ArmNames
from structurer.schema import Arm
from structurer.text.reading import Reading

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
)


_SINGLE_NAMES = ("monotherapy", "single-agent", "single agent")


_COMBINATION_NAMES = ("combination", "combination group", "combined group", "combination arm")


_TESTED_BESIDE_CONTROL = re.compile(
    r"(?<![\w-])(?:intervention|treatment|experimental|study|active|treated|test)(?= (?:groups? |arms? )?(?:and|or"
    r"|versus|vs\.?) (?:the )?(?:controls?|placebo|comparison|usual))"
)


# "in treated women", "100% treated, 90% controls": without "group" it names one only so.
_TREATED = re.compile(
    r"(?<![\w-])(?:(?:treated|vaccinated)"
    r"(?= (?:patients|women|men|subjects|participants|children|eyes|animals)(?![a-z]))"
    r"|(?<=\d )(?:treated|vaccinated)(?=[,;.)])|(?<=% )(?:treated|vaccinated)(?=[,;.)])|(?<=\()treated(?=\)))"
)
_UNTREATED = re.compile(r"(?<![\w-])(?:untreated|unvaccinated)(?![a-z])")
COMBINED = re.compile(r"(?<![a-z])(?:plus|and|combin\w+|with)(?![a-z])|\+")


# What stands beside "versus" or "groups" and is no group: kinds of people, cohorts of both arms, measures.
_NO_GROUP = re.compile(
    r"(?:mg/kg|balanced|co-?morbid|medical|clinical|former|latter|previously|expected|dogs|cats|mice|rats|eyes|patients?|participants|subjects|women|men|children|infants|adults|people|cohorts?"
    r"|arms?|groups?"
    r"|slight|numerical|phase|\d+ ?mg|mg|doses?|baseline|events?|outcomes?|age|sex)(?: |\Z)"
)


@dataclass(slots=True)
class Trial:
    """The groups of one text by index: its arms first, then what else it calls a group where results stand.

    `labels` are their names; `same` maps each group to the one that it is another name of; `pair` are the two that a
    sentence compares where it names none; `orders` the last order in which groups stood side by side, by how many.
    """

    labels: list[str]
    arms: int
    names: ArmNames
    same: list[int]
    generic: tuple[tuple[str, int], ...]
    pair: tuple[int, int] | None
    orders: dict[int, list[int]]

    def group_called(self, label: str) -> int:
        """The index of the group of that name, which is a new one where none has it."""
        lower = label.lower()
        for i, known in enumerate(self.labels):
            if known.lower() == lower:
                return self.same[i]
        self.labels.append(label)
        self.same.append(len(self.labels) - 1)
        return len(self.labels) - 1

    def partner(self, group: int) -> int | None:
        """The other group of the usual pair, None where `group` is not one of it."""
        if self.pair is None or group not in self.pair:
            return None
        return self.pair[1] if group == self.pair[0] else self.pair[0]


def trial_of(arms: Sequence[Arm], reading: Reading) -> Trial:
    """The groups of the trial that `reading` reports; `arms` are those known."""
    groups = Groups.of(reading, arms, ())
    names, count = groups.names, groups.arms
    labels = [*groups.labels, *(_as_printed(reading, name) for name in names.labels[count:])]
    known = [[arm.label, *arm.aliases] for arm in arms]
    controls = [i for i in range(count) if i in groups.controls]
    control = controls[0] if len(controls) == 1 else None
    if (
        control is not None
        and (names.control is None or names.control >= count)
        and third_is_control(names, count, reading)
    ):
        control = None
    same = list(range(len(labels)))
    combined = [i for i in range(count) if COMBINED.search(labels[i].lower())]
    for i in range(count, len(labels)):
        lower = labels[i].lower()
        if control is not None and lower in _CONTROL_NAMES:
            same[i] = control
        elif control is not None and count == 2 and lower in _TESTED_NAMES:
            same[i] = 1 - control
        elif count == 2 and len(combined) == 1 and lower in _SINGLE_NAMES:
            same[i] = 1 - combined[0]
        else:
            match = best_match(labels[i], known, reading.definitions, least=0.6)
            if match is not None and arms[match].label in labels:
                same[i] = labels.index(arms[match].label)
    left_over = None if count != 2 or control is None else _left_over(groups, labels, 1 - control, reading)
    if left_over is not None and control is not None:
        same[left_over] = 1 - control
    none = {i for i in range(count, len(labels)) if _NO_GROUP.match(labels[i].lower())}
    # a mere part of the name of what is no arm tells no group
    names = replace(
        names,
        names=tuple(
            (n, i) for n, i in names.names if i < count or (i not in none and _letters(n) == _letters(labels[i]))
        ),
    )
    taken = {name for name, _ in names.names}
    generic: list[tuple[str, int]] = []
    if control is not None:
        generic += [(name, control) for name in _CONTROL_NAMES if name not in taken]
        if count == 2:
            generic += [(name, 1 - control) for name in _TESTED_NAMES if name not in taken]
    if len(combined) == 1 and count > 1:
        generic += [(name, combined[0]) for name in _COMBINATION_NAMES if name not in taken]
        if count == 2:
            generic += [(name, 1 - combined[0]) for name in _SINGLE_NAMES if name not in taken]
    pair = None if groups.pair is None else (same[groups.pair[0]], same[groups.pair[1]])
    orders = {count: list(range(count))} if count > 1 else {}
    if pair is not None and pair[0] != pair[1]:
        orders[2] = list(pair)
    else:
        pair = None
    generic = [(name, arm) for name, arm in generic if name in reading.lower]
    return Trial(labels, count, names, same, tuple(generic), pair, orders)


def _left_over(groups: Groups, labels: Sequence[str], tested: int, reading: Reading) -> int | None:
    """The one other that is called a group beside the control, where the tested arm is named once at most."""
    lower = reading.lower
    mentions = groups.names.mentions(lower, 0, len(lower))
    if len(mentions) > 60 or len([m for m in mentions if m.arm == tested]) > 1:
        return None
    called = [
        i
        for i in range(groups.arms, len(labels))
        if i not in groups.controls
        and re.search(rf"(?<![\w-]){re.escape(labels[i].lower())} (?:group|arm)(?![a-z])", lower)
    ]
    return called[0] if len(called) == 1 else None


def _letters(name: str) -> list[str]:
    return sorted(sign for sign in name.lower() if sign.isalnum())


def _as_printed(reading: Reading, name: str) -> str:
    at = reading.lower.find(name)
    return reading.text[at : at + len(name)] if at >= 0 else name


_WITHOUT = re.compile(r"(?<![a-z])(?:no|without|not receiving|not given|no perceived) \Z|(?<![a-z])(?:no|non)-\Z")
_LETTERS = re.compile(
    r"(?<![a-z])(?:groups|arms|cohorts|regimens) ([a-z0-9]{1,3}(?:, [a-z0-9]{1,3}){0,6},?"
    r" (?:and|or|versus|vs\.?|&) [a-z0-9]{1,3})"
    r"(?![\w])"
)
_LETTER = re.compile(r"(?<![a-z0-9])(?!and|or|vs)[a-z0-9]{1,3}(?![a-z0-9])")


def _is_lettered(label: str, letter: str) -> bool:
    """Whether a label is "group B" for "b"."""
    words = label.lower().split()
    return len(words) == 2 and words[0] in {"group", "arm", "cohort"} and words[1] == letter


_ADDED = re.compile(r" ?(?:plus|\+|combined with|in combination with) ?[a-z]")
_ADDED_TO = re.compile(r"[a-z)] ?(?:plus|\+|combined with|in combination with) \Z")


def _in_words(trial: Trial, lower: str, mention: ArmMention, stop: int) -> ArmMention | None:
    """The naming as the words beside it make it: "no boost" is the arm without, "drug plus gel" the combination."""
    name = lower[mention.start : mention.end]
    if mention.arm >= trial.arms:
        return mention
    label = trial.labels[mention.arm].lower()
    without = _WITHOUT.search(lower, max(0, mention.start - 16), mention.start)
    if without is not None and not _WITHOUT.search(label[: max(label.find(name), 0)]):
        other = trial.partner(mention.arm)
        return None if other is None else ArmMention(other, without.start(), mention.end)
    added = _ADDED.match(lower, mention.end, stop) or _ADDED_TO.search(lower, max(0, mention.start - 24), mention.start)
    if added is not None and not COMBINED.search(label):
        both = [i for i in range(trial.arms) if i != mention.arm and COMBINED.search(trial.labels[i].lower())]
        both = [i for i in both if name in trial.labels[i].lower()]
        if len(both) == 1:
            return ArmMention(both[0], mention.start, mention.end)
    return mention


# What the patterns below cannot do without; to look for it takes a tenth of a search with one of them.
_MANY = ("groups ", "arms ", "cohorts ", "regimens ")
_CONTROLLED = ("control", "placebo", "comparison", "usual")
_GIVEN = ("treated", "vaccinated")


def _has(lower: str, pieces: Sequence[str], begin: int, stop: int) -> bool:
    return any(map(lower[begin:stop].__contains__, pieces))


def namings(trial: Trial, lower: str, begin: int, stop: int) -> list[ArmMention]:
    """The namings of groups in `lower[begin:stop]`, in order, none inside another."""
    found = [ArmMention(trial.same[m.arm], m.start, m.end) for m in trial.names.mentions(lower, begin, stop)]
    mentions = [named for m in found if (named := _in_words(trial, lower, m, stop)) is not None]
    for name, arm in trial.generic:
        at = lower.find(name, begin, stop)
        while at >= 0:
            end = at + len(name)
            whole = (at == 0 or not lower[at - 1].isalnum()) and (end >= len(lower) or not lower[end].isalnum())
            if whole and lower[end : end + 2] != "s " and not any(m.start < end and at < m.end for m in mentions):
                mentions.append(ArmMention(arm, at, end))
            at = lower.find(name, end, stop)
    for match in _LETTERS.finditer(lower, begin, stop) if _has(lower, _MANY, begin, stop) else ():
        for letter in _LETTER.finditer(lower, *match.span(1)):
            lettered = next((i for i in range(trial.arms) if _is_lettered(trial.labels[i], letter.group())), None)
            taken = any(m.start < letter.end() and letter.start() < m.end for m in mentions)
            if lettered is not None and not taken:
                mentions.append(ArmMention(lettered, *letter.span()))
    mentions += _listed_doses(trial, lower, begin, stop, mentions)
    if trial.pair is not None and trial.arms == 2:
        worded = [(_TESTED_BESIDE_CONTROL, 0)] if _has(lower, _CONTROLLED, begin, stop) else []
        if _has(lower, _GIVEN, begin, stop) and (
            _UNTREATED.search(lower, begin, stop) or any(m.arm == trial.pair[1] for m in mentions)
        ):
            worded += [(_TREATED, 0), (_UNTREATED, 1)]
        for pattern, side in worded:
            for match in pattern.finditer(lower, begin, stop):
                if not any(m.start < match.end() and match.start() < m.end for m in mentions):
                    mentions.append(ArmMention(trial.pair[side], match.start(), match.end()))
    mentions.sort(key=lambda m: m.start)
    return compounded(mentions, trial, lower)


def _listed_doses(trial: Trial, lower: str, begin: int, stop: int, mentions: Sequence[ArmMention]) -> list[ArmMention]:
    """The namings of arms by their doses in "25, 50 and 100 mg", whose unit stands once."""
    found: list[ArmMention] = []
    for numbers, unit in dose_lists(lower, begin, stop):
        for first, last in numbers:
            dose = re.compile(rf"(?<![\d.]){re.escape(lower[first:last])}[ -]?{re.escape(unit)}(?![a-z])")
            arms = [i for i in range(trial.arms) if dose.search(trial.labels[i].lower())]
            if len(arms) == 1 and not any(m.start < last and first < m.end for m in mentions):
                found.append(ArmMention(arms[0], first, last))
    return found
