"""All checks of one report."""

from __future__ import annotations

from structurer.checks.contrasts import check_contrasts
from structurer.checks.counts import check_arm_value, check_flow, check_totals
from structurer.checks.intervals import check_effect
from structurer.checks.registration import check_registry_ids
from structurer.checks.restatements import check_restatements
from structurer.schema import Flag, TrialReport


def find_flags(report: TrialReport) -> tuple[Flag, ...]:
    """Everything in a report that does not add up, in text order."""
    flags: list[Flag] = []
    for effect in report.effects:
        flags.extend(check_effect(effect))
    for value in report.arm_values:
        flags.extend(check_arm_value(value))
    flags.extend(check_restatements(report.effects))
    flags.extend(check_contrasts(report))
    flags.extend(check_totals(report))
    flags.extend(check_flow(report))
    flags.extend(check_registry_ids(report.registry_ids))
    return tuple(sorted(flags, key=lambda flag: (flag.start, flag.end, flag.code)))
