"""Namings side by side that are one: "drug" and "50 mg" of "drug 50 mg"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from structurer.linking.arms.mentions import ArmMention

if TYPE_CHECKING:
    from structurer.linking.arm_values.namings import Trial


def compounded(mentions: list[ArmMention], trial: Trial, lower: str) -> list[ArmMention]:
    """`mentions` with "drug" of "drug 50 mg" made one with the naming that it stands before."""
    joined: list[ArmMention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.arm != mention.arm
            and lower[last.end : mention.start] in (" ", "+", " + ")
            and "- " not in lower[last.start : last.end]
            and (last.arm >= trial.arms or lower[last.start : last.end] not in trial.names.whole)
            and mention.arm < trial.arms
            and (lower[mention.start : mention.end] in trial.names.whole or lower[mention.start].isdigit())
        ):
            joined[-1] = ArmMention(mention.arm, last.start, mention.end)
        elif (
            last is not None
            and last.arm != mention.arm
            and last.arm < trial.arms
            and lower[last.end : mention.start] == " "
            and lower[last.start : last.end] in trial.names.whole
            and lower[mention.start : mention.end] not in trial.names.whole
        ):
            joined[-1] = ArmMention(last.arm, last.start, mention.end)
        else:
            joined.append(mention)
    return joined
