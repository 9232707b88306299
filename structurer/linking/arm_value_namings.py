"""Where a sentence names the arms of a trial, generic names included: "the control group", "the combination"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from structurer.linking.arm_mentions import ArmMention, ArmNames
from structurer.schema import Arm

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


_COMBINED = re.compile(r"(?<![a-z])(?:plus|and|combin\w+|with)(?![a-z])|\+")


@dataclass(slots=True)
class Trial:
    """The arms of one trial as this file needs them; `order` is the last order in which a run took its arms."""

    arms: Sequence[Arm]
    names: ArmNames
    generic: tuple[tuple[str, int], ...]
    orders: dict[int, list[int]]


def trial_of(arms: Sequence[Arm]) -> Trial:
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
    return Trial(arms, names, tuple(generic), orders)


def namings(trial: Trial, lower: str, begin: int, stop: int) -> list[ArmMention]:
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
