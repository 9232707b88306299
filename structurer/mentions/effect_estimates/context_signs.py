"""Signs in what surrounds an estimate: whose it is, and of what kind."""

from __future__ import annotations

import re

from structurer.mentions.effect_estimates.measure_context import Context
from structurer.mentions.effect_estimates.measure_cues import (
    AGAINST,
    CHANGED_BY,
    COMPARISON,
    FROM_BASELINE,
    GROUP_BEFORE,
    IN_GROUP,
    TIME_TO_EVENT,
    TIME_UNIT,
)


def is_own_change(context: Context) -> bool:
    """Whether a change is one group's own: one of a pair, told from baseline, or of a group compared with none."""
    if not context.versus and AGAINST.search(context.before):
        return False
    if context.paired or FROM_BASELINE.search(context.sentence):
        return True
    return bool(GROUP_BEFORE.search(context.before)) and not COMPARISON.search(context.sentence)


def is_time_to_event(context: Context) -> bool:
    """Whether what is measured is a time to an event, told in a unit of time and not as a change by so much."""
    if not context.unit or not TIME_UNIT.match(context.unit):
        return False
    return bool(TIME_TO_EVENT.search(context.before[-80:])) and not CHANGED_BY.search(context.before)


def told_of_group(context: Context) -> bool:
    """Whether a percentage belongs to a group that is named beside it: "with 45% (40-50) in one arm"."""
    if not context.paired:
        return False
    return bool(IN_GROUP.match(context.behind) or re.search(r"\b(?:in|with|of|was|were) $", context.before))
