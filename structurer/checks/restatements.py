"""Check an estimate against its restatement in another unit: HbA1c in % and mmol/mol."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from structurer.checks.rounding import Range, printed_range
from structurer.schema import EffectEstimate, Flag

# Differences of HbA1c: 1 % (NGSP) is 10.93 mmol/mol (IFCC master equation).
_IFCC = 10.929
_IFCC_SOURCE = "IFCC/NGSP master equation"
# How far apart, in characters, the two may stand and still be one statement.
_NEAR = 90


def check_restatements(effects: Sequence[EffectEstimate]) -> list[Flag]:
    """A flag for each neighbouring pair that states one estimate in two units which don't agree."""
    flags: list[Flag] = []
    for first, second in itertools.pairwise(effects):
        if second.start - first.end > _NEAR or first.estimate is None or second.estimate is None:
            continue
        flags.extend(_hba1c(first, second))
    return flags


def _hba1c(first: EffectEstimate, second: EffectEstimate) -> list[Flag]:
    units = (first.unit or "", second.unit or "")
    if set(units) != {"%", "mmol/mol"} or first.estimate is None or second.estimate is None:
        return []
    percent, other = (first, second) if units[0] == "%" else (second, first)
    if percent.estimate is None or other.estimate is None:
        return []
    printed = printed_range(percent.estimate)
    allowed = Range(printed.low * _IFCC - 0.6, printed.high * _IFCC + 0.6)
    if allowed.meets(printed_range(other.estimate)):
        return []
    message = f"{percent.estimate}% is {float(percent.estimate) * _IFCC:.1f} mmol/mol, printed as {other.estimate}"
    return [Flag("units_disagree", message, second.start, second.end, _IFCC_SOURCE)]
