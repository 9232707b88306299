"""One estimate for each study and outcome: which, and why not the others.

The order in which two estimates of one study and outcome are weighed, the first difference deciding (Cochrane
Handbook, version 6, 5.3.5 and 10.3 on multiplicity: say the rule beforehand, do not choose by the result):

1. intention to treat before a population that is not named before per protocol;
2. the whole trial before a subgroup, post-hoc or interim analysis;
3. the primary outcome before another one (where one search for outcomes finds several);
4. printed before computed from two arms' values before worked out of a p-value;
5. no flag (numbers that do not add up) before a flag;
6. adjusted before not said before crude;
7. the longer follow-up before the shorter, before one that is not named;
8. the surer before the less sure, the measure that is first in MEASURES, the first in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log
from typing import Any, NamedTuple

from structurer.linking.arms.mentions import looks_like_control
from structurer.meta.estimates import ErrorSource, Estimate, LeftOut, Population
from structurer.tables.standard_errors import RATIOS

MEASURES = ("HR", "RR", "OR", "IRR", "RD", "MD", "SMD", "RATIO")
_SOURCES = (ErrorSource.INTERVAL, ErrorSource.ARMS, ErrorSource.P_VALUE)
# Ratios beyond 20, or below a twentieth, are rare in trials, and often another kind of number.
_FARTHEST = log(20)
# Rounding moves an estimate from the middle of its interval (a ratio: on the log scale) by less than this part of it.
_OFF_THE_MIDDLE = 0.2
_SPACE = re.compile(r"[\W_]+")


class Choice(NamedTuple):
    """The estimates of a layout, in the order of the records, and all others with the reason."""

    chosen: list[Estimate]
    left_out: list[LeftOut]


class _Criterion(NamedTuple):
    reason: str
    rank: Callable[[Estimate], Any]


_ADJUSTED = {True: 0, None: 1, False: 2}
_CRITERIA = (
    _Criterion("another population was preferred", lambda found: found.population),
    _Criterion("of a subgroup or a further analysis", lambda found: found.subgroup),
    _Criterion("not the primary outcome", lambda found: not found.primary),
    _Criterion("another estimate is printed with an interval", lambda found: _SOURCES.index(found.source)),
    _Criterion("flagged: its numbers do not add up", lambda found: found.flags is not None),
    _Criterion("another estimate is adjusted", lambda found: _ADJUSTED[found.adjusted]),
    _Criterion("another time point is longer", lambda found: -(found.days if found.days is not None else -1.0)),
)


def choose(
    estimates: Iterable[Estimate],
    *,
    outcome: re.Pattern[str] | None = None,
    measure: str | None = None,
    timepoint: re.Pattern[str] | None = None,
    unit: str | None = None,
) -> Choice:
    """The one estimate of each study and outcome, by the order above; reports with the same registry numbers are one.

    `outcome` is searched in the outcome's words (and what they are short for): all that match count as one outcome.
    Without it each wording is an outcome of its own. `measure` and `unit` must be equal, `timepoint` is searched.
    """
    groups: dict[tuple[str, str], list[Estimate]] = {}
    left_out: list[LeftOut] = []
    for found in estimates:
        reason = _refusal(found, outcome, measure, timepoint, unit)
        if reason:
            left_out.append(_left_out(found, reason))
        else:
            name = "" if outcome else _key(found.outcome_in_full or "")
            groups.setdefault((found.trial, name), []).append(found)
    chosen = []
    for members in groups.values():
        best = min(members, key=_ranks)
        chosen.append(best)
        left_out += [_left_out(other, _why_not(best, other)) for other in members if other is not best]
    return Choice(chosen, left_out)


def _refusal(
    found: Estimate,
    outcome: re.Pattern[str] | None,
    measure: str | None,
    timepoint: re.Pattern[str] | None,
    unit: str | None,
) -> str | None:
    names = [name for name in (found.outcome, found.outcome_in_full) if name]
    if outcome and not any(outcome.search(name) for name in names):
        return "another outcome"
    if not names:
        return "no outcome was found for it"
    if measure and found.measure != measure:
        return "another measure"
    if timepoint and not timepoint.search(found.timepoint or ""):
        return "another time point" if found.timepoint else "no time point was found for it"
    if unit and (found.unit or "").casefold() != unit.casefold():
        return "another unit" if found.unit else "no unit was found for it"
    return None


def _ranks(found: Estimate) -> tuple[Any, ...]:
    order = tuple(criterion.rank(found) for criterion in _CRITERIA)
    return (*order, -found.confidence, MEASURES.index(found.measure), found.record_id, found.start)


def _why_not(best: Estimate, other: Estimate) -> str:
    for criterion in _CRITERIA:
        if criterion.rank(best) != criterion.rank(other):
            return criterion.reason
    if (best.intervention, best.comparator) != (other.intervention, other.comparator):
        return f"another comparison of this study was chosen: {best.intervention} versus {best.comparator}"
    if best.record_id != other.record_id:
        return f"another report of this trial was chosen: {best.record_id}"
    if best.measure != other.measure:
        return f"another measure of this outcome was chosen: {best.measure}"
    return "another estimate of this outcome was chosen"


def _oddity(estimate: Estimate) -> str | None:
    """Why a printed number looks as if it were no such effect, or misprinted; None where it does not."""
    is_ratio = estimate.measure in RATIOS
    if is_ratio and abs(estimate.yi) > _FARTHEST:
        return f"a {estimate.measure} of {estimate.estimate:g}: check that it is one"
    low, high = estimate.ci_low, estimate.ci_high
    if estimate.source is not ErrorSource.INTERVAL or low is None or high is None:
        return None
    ends = (log(low), log(high)) if is_ratio else (low, high)
    point = log(estimate.estimate) if is_ratio else estimate.estimate
    off = abs(point - sum(ends) / 2) / (ends[1] - ends[0])
    return "the estimate is far from the middle of its interval: check the limits" if off > _OFF_THE_MIDDLE else None


def _key(outcome: str) -> str:
    return _SPACE.sub(" ", outcome.casefold()).strip()


def _left_out(found: Estimate, reason: str) -> LeftOut:
    return LeftOut(
        record_id=found.record_id,
        study=found.study,
        outcome=found.outcome,
        timepoint=found.timepoint,
        intervention=found.intervention,
        comparator=found.comparator,
        measure=found.measure,
        estimate=found.estimate,
        quote=found.quote,
        reason=reason,
    )


def hindrances(chosen: Sequence[Estimate]) -> list[str]:
    """Why these estimates cannot be pooled, each reason in one sentence; empty where they can.

    >>> hindrances([])
    ['no estimate to pool']
    """
    if not chosen:
        return ["no estimate to pool"]
    found = []
    measures = Counter(estimate.measure for estimate in chosen)
    if len(measures) > 1:
        listed = ", ".join(f"{often} {measure}" for measure, often in measures.most_common())
        found.append(f"the estimates are of different measures ({listed}): choose one with --measure")
    units = {estimate.unit.casefold(): estimate.unit for estimate in chosen if estimate.unit}
    if len(units) > 1 and list(measures) == ["MD"]:
        listed = ", ".join(sorted(units.values(), key=str.casefold))
        found.append(f"the differences are in different units ({listed}): choose one with --unit")
    return found


def doubts(chosen: Sequence[Estimate], *, merged: bool = False) -> list[str]:
    """What a person should look at before these estimates are pooled, each in one sentence.

    `merged` tells that one search found all their outcomes, so that they count as one.
    """
    if not chosen:
        return []
    found = hindrances(chosen)
    if {"MD"} == {estimate.measure for estimate in chosen} and any(estimate.unit for estimate in chosen):
        bare = [estimate.study for estimate in chosen if not estimate.unit]
        if bare:
            found.append(f"no unit is printed in: {'; '.join(bare)}")
    outcomes = {_key(estimate.outcome_in_full or ""): estimate.outcome_in_full for estimate in chosen}
    if merged and len(outcomes) > 1:
        found.append(f"outcomes taken as one: {'; '.join(str(name) for name in outcomes.values())}")
    found += [f"{estimate.study}: {reason}" for estimate in chosen if (reason := _oddity(estimate))]
    tested = {_key(estimate.intervention) for estimate in chosen if estimate.intervention}
    for estimate in chosen:
        if estimate.subgroup or estimate.population is Population.PER_PROTOCOL:
            found.append(f"{estimate.study}: its only estimate is of a subgroup, a further analysis or per protocol")
        comparator = estimate.comparator or ""
        if _key(comparator) in tested and not looks_like_control(comparator.lower()):
            found.append(f"{estimate.study}: its comparator is another study's intervention: check the direction")
        if estimate.intervention and looks_like_control(estimate.intervention.lower()):
            found.append(f"{estimate.study}: its intervention looks like a control: check the direction")
    return found
