"""Which numbers of two arm values go into the effect that is computed from them, and whether any may."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from structurer.contrasts import ComputedEffect, Contrast, Derived
from structurer.linking.contrasts.computed_effects import Counted, Measured, effects_of_counts, effects_of_means
from structurer.linking.contrasts.derived_cells import sizes_of
from structurer.schema import Arm, ArmValue, ArmValueKind, EffectMeasure, PValue
from structurer.text.numerals import places
from structurer.text.reading import Reading

# Where people are no independent units of two parallel groups, these formulas give a wrong standard error
# (Handbook 23.1 and 23.2), and single-patient and split-body designs are paired too.
_NOT_PARALLEL = re.compile(
    r"cross-?over|crossed over to|cluster|latin square|split-(?:mouth|face|body)|contralateral|fellow eye"
    r"|(?<![a-z])paired|within-(?:subject|patient|person)|matched(?! placebo)"
    r"|(?:practices|schools|villages|clinics|wards|hospitals|communities) (?:were |was )?"
    r"(?:randomi[sz]ed|randomly|allocated)"
)
_STANDARD_ERROR = re.compile(r"standard error|(?<![a-z])s\.?e\.?m?\.?(?![a-z])")
_NAMED_SPREAD = re.compile(r"(?<![a-z])sds?(?![a-z])|standard deviation|(?<![a-z])s\.d\.")
_TIME = re.compile(r" ?(?:hours?|h|days?|weeks?|months?|years?|min(?:utes)?|s|mm ?hg)(?![a-z])")
_MOST_PEOPLE = 10**9
# Where a size is from that is not printed with its value.
_OF_ARM = "sizes of the arms"
_OF_SENTENCE = "sizes from the same sentence"
_NORMAL = NormalDist()
# Standard deviations between two groups, characters behind values, and how often a p-value's z a computed one may be.
_WIDEST = 2.0
_BESIDE = 60
_BEYOND = 1.6
_BASELINE = re.compile(r"baseline|before|pre-?treatment|pre-?operative")


def compute_effects(
    contrasts: Sequence[Contrast],
    values: Sequence[ArmValue],
    arms: Sequence[Arm],
    derived: Sequence[Derived],
    p_values: Sequence[PValue],
    text: str | Reading,
) -> tuple[Contrast, ...]:
    """`contrasts` with the effects that their two values give; none where the numbers don't suffice.

    None either in trials that don't randomise people one by one to parallel groups, at baseline, and where a spread
    may be a standard error. A group's size is the printed one, else the one that its other values in the sentence
    print, else the arm's, and `inputs` says which.
    """
    if not contrasts:
        return ()
    reading = Reading.of(text)
    sizes = sizes_of(arms)
    cells = {(cell.value_index, cell.field): int(cell.value) for cell in derived if cell.field != "percent"}
    found = [_computed(contrast, values, sizes, cells, p_values, reading) for contrast in contrasts]
    # Few abstracts give an effect: only those are searched for their design.
    if not any(found) or _NOT_PARALLEL.search(reading.lower):
        return tuple(contrasts)
    return tuple(replace(contrast, computed=effects) for contrast, effects in zip(contrasts, found, strict=True))


def _computed(
    contrast: Contrast,
    values: Sequence[ArmValue],
    sizes: Mapping[str, int],
    cells: Mapping[tuple[int, str], int],
    p_values: Sequence[PValue],
    reading: Reading,
) -> tuple[ComputedEffect, ...]:
    pair = [values[i] for i in contrast.values]
    if any(value.timepoint and _BASELINE.search(value.timepoint.text.lower()) for value in pair):
        return ()
    if pair[0].kind is ArmValueKind.MEAN:
        return _of_means(pair, sizes, p_values, reading)
    if any(_is_time(value, reading) for value in pair):
        return ()
    told = {} if all(value.n is not None for value in pair) else _sizes_of_sentence(pair[0], values, reading)
    counts = [_count(i, values[i], told, sizes, cells) for i in contrast.values]
    proven = [count is not None for count in counts]
    if any(proven) and not all(proven):
        # "12 of 80 against none": the other group's count is of its arm too, where the first one's proved to be.
        known, open_ = (0, 1) if proven[0] else (1, 0)
        other, count = pair[open_], counts[known]
        size, whole = sizes.get(other.arm or ""), sizes.get(pair[known].arm or "")
        if count and count[0].n == whole and size and other.events is not None and other.percent is None:
            counts[open_] = (Counted(other.events, size), _OF_ARM)
    first, second = counts
    if first is None or second is None:
        return ()
    inputs = f"{first[0].events}/{first[0].n} v {second[0].events}/{second[0].n}"
    inputs += _sizes_note({first[1], second[1]})
    return effects_of_counts(first[0], second[0], inputs)


def _is_time(value: ArmValue, reading: Reading) -> bool:
    """Whether a fraction is of time or pressure: "14/72 hours"."""
    return value.percent is None and _TIME.match(reading.lower, value.end) is not None


def _sizes_note(sources: set[str]) -> str:
    return "".join(f"; {source}" for source in sorted(sources) if source)


def _sizes_of_sentence(value: ArmValue, values: Sequence[ArmValue], reading: Reading) -> dict[str, int]:
    """The size of each group that its values in the same sentence print; none where they print several."""
    sentence = reading.sentence_at(value.start)
    printed: dict[str, set[int]] = {}
    for other in values:
        if other.n is not None and other.arm is not None and sentence[0] <= other.start < sentence[1]:
            printed.setdefault(other.arm, set()).add(other.n)
    return {arm: found.pop() for arm, found in printed.items() if len(found) == 1}


def _count(
    i: int, value: ArmValue, told: Mapping[str, int], sizes: Mapping[str, int], cells: Mapping[tuple[int, str], int]
) -> tuple[Counted, str] | None:
    """A group's count, and where its size is from ("": beside it); None where no number vouches for the size."""
    events = value.events if value.events is not None else cells.get((i, "events"))
    if events is None:
        return None
    if value.n is not None:
        return (Counted(events, value.n), "") if _agrees(events, value.n, value.percent) else None
    if value.percent is None:
        return None
    for known, source in ((told, _OF_SENTENCE), (sizes, _OF_ARM)):
        size = known.get(value.arm or "")
        # A count worked out from the arm's size is of that size.
        if size is not None and (known is sizes or value.events is not None) and _agrees(events, size, value.percent):
            return Counted(events, size), source
    return None


def _agrees(events: int, n: int, percent: Decimal | None) -> bool:
    """Whether events of n are the printed percentage, rounded (or no percentage is printed)."""
    if not 0 <= events <= n or n == 0:
        return False
    return percent is None or abs(Decimal(100 * events) / n - percent) <= Decimal("0.5").scaleb(-places(percent))


def _of_means(
    pair: Sequence[ArmValue], sizes: Mapping[str, int], p_values: Sequence[PValue], reading: Reading
) -> tuple[ComputedEffect, ...]:
    groups: list[Measured] = []
    shown: list[str] = []
    plain = unsure = False
    for value in pair:
        n = value.n if value.n is not None else sizes.get(value.arm or "")
        if n is None or not 2 <= n <= _MOST_PEOPLE or value.value is None or (value.sd is None and value.se is None):
            return ()
        if value.sd is not None:
            unnamed = not _NAMED_SPREAD.search(value.text.lower())
            unsure = unsure or unnamed
            if unnamed and not _NAMED_SPREAD.search(reading.lower):
                plain = True
                if _STANDARD_ERROR.search(reading.lower):
                    return ()
            spread = float(value.sd)
        else:
            spread = float(value.se or 0) * sqrt(n)
        groups.append(Measured(float(value.value), spread, n))
        kind, number = ("SD", value.sd) if value.sd is not None else ("SE", value.se)
        shown.append(f"{value.value} ({kind} {number}, n {n})")
    note = _sizes_note({_OF_ARM if value.n is None else "" for value in pair}) + (
        "; spread taken for SD" if plain else ""
    )
    computed = effects_of_means(groups[0], groups[1], " v ".join(shown) + note)
    return () if unsure and _too_sure(computed, pair, p_values) else computed


def _too_sure(computed: Sequence[ComputedEffect], pair: Sequence[ArmValue], p_values: Sequence[PValue]) -> bool:
    """Whether the groups are so far apart that a spread without a name must be a standard error.

    That is where they are further apart than groups in trials are, or than the p-value behind them says.
    """
    z = max((abs(effect.yi / effect.sei) for effect in computed if effect.measure is EffectMeasure.MD), default=0.0)
    g = max((abs(effect.yi) for effect in computed if effect.measure is EffectMeasure.SMD), default=0.0)
    end = max(value.end for value in pair)
    p = next((p for p in p_values if end <= p.start <= end + _BESIDE), None)
    if g > _WIDEST:
        return True
    if p is None or (p.value is None and p.operator != "NS") or p.operator in ("<", "<="):
        return False
    shown = _NORMAL.inv_cdf(1 - min(max(float(p.value if p.value is not None else 1), 1e-12), 1.0) / 2)
    return z > _BEYOND * shown + 1
