"""What a forest plot can be drawn of: every estimate as printed, by measure, unit and outcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from structurer.report.places import keyed_results
from structurer.report.shown import number_text, shown
from structurer.schema import EffectEstimate, EffectMeasure, TrialReport
from structurer.tables.standard_errors import DIFFERENCES, RATIOS

# Measures of a difference that are no input of a meta-analysis as they stand, but have a value of no difference.
_NULL_IS_ZERO = DIFFERENCES | {EffectMeasure.RRR, EffectMeasure.BETA, EffectMeasure.CORR, EffectMeasure.CHANGE}

MEASURE_NAMES = {
    EffectMeasure.HR: "hazard ratio",
    EffectMeasure.OR: "odds ratio",
    EffectMeasure.RR: "risk ratio",
    EffectMeasure.IRR: "incidence rate ratio",
    EffectMeasure.RATIO: "other ratio between groups",
    EffectMeasure.RD: "risk difference",
    EffectMeasure.MD: "mean difference",
    EffectMeasure.SMD: "standardised mean difference",
    EffectMeasure.RRR: "relative reduction or efficacy",
    EffectMeasure.NNT: "number needed to treat",
    EffectMeasure.BETA: "regression coefficient",
    EffectMeasure.CORR: "correlation or agreement",
    EffectMeasure.PROPORTION: "proportion, one group",
    EffectMeasure.MEAN: "mean, one group",
    EffectMeasure.MEDIAN: "median, one group",
    EffectMeasure.RATE: "rate, one group",
    EffectMeasure.CHANGE: "change, one group",
    EffectMeasure.OTHER: "other estimate",
}

_SIGNS = re.compile(r"[^\w%+<>=]+")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Estimate:
    """One effect as a forest plot shows it: the numbers as printed, and the record (its place in the page).

    `key` is the key of its row. A number is None where the abstract prints none; `level` is that of the interval, per
    cent, and `interval` tells whether there is one (a limit that is open is None too). `group` is the outcome as
    `outcome_group` makes it alike, `outcome` as printed.
    """

    record: int
    key: str
    measure: str
    unit: str | None
    group: str
    outcome: str | None
    timepoint: str | None
    groups: str | None
    value: str | None
    low: str | None
    high: str | None
    level: str | None
    interval: bool
    credible: bool
    flags: tuple[str, ...]


def outcome_group(outcome: str | None, abbreviations: Mapping[str, str] = {}) -> str:
    """An outcome without what is mere spelling: case, signs, blanks, articles in front; "" where there is none.

    A short form is spelled out as its own abstract defines it in `abbreviations` (short form to long).

    >>> outcome_group("The All-Cause  mortality"), outcome_group("all-cause mortality."), outcome_group(None)
    ('all cause mortality', 'all cause mortality', '')
    >>> outcome_group("OS", {"OS": "overall survival"}), outcome_group("OS")
    ('overall survival', 'os')
    """
    outcome = abbreviations.get(outcome, outcome) if outcome else None
    group = " ".join(_SIGNS.sub(" ", (outcome or "").casefold()).split())
    for article in _ARTICLES:
        if group.startswith(article):
            return group.removeprefix(article)
    return group


def estimates(report: TrialReport, record: int) -> list[Estimate]:
    """The effects of `report`, the page's record number `record`, that have an estimate or a limit, in text order."""
    found = []
    for key, effect in keyed_results(report):
        if not isinstance(effect, EffectEstimate):
            continue
        interval = effect.interval
        value, low, high = (
            None if number is None else number_text(number)
            for number in (
                effect.estimate,
                interval.lower if interval else None,
                interval.upper if interval else None,
            )
        )
        if value is None and low is None and high is None:
            continue
        found.append(
            Estimate(
                record=record,
                key=key.text(),
                measure=effect.measure.value,
                unit=shown(effect.unit) if effect.unit else None,
                group=outcome_group(effect.outcome.text if effect.outcome else None, report.abbreviations),
                outcome=shown(effect.outcome.text) if effect.outcome else None,
                timepoint=shown(effect.timepoint.text) if effect.timepoint else None,
                groups=_groups(effect),
                value=value,
                low=low,
                high=high,
                level=number_text(interval.level) if interval and interval.level is not None else None,
                interval=interval is not None,
                credible=interval is not None and interval.credible,
                flags=_flags(report, effect),
            )
        )
    return found


def _flags(report: TrialReport, effect: EffectEstimate) -> tuple[str, ...]:
    own = (flag for flag in report.flags if flag.start < effect.end and effect.start < flag.end)
    return tuple(dict.fromkeys(shown(flag.code).replace("_", " ") for flag in own))


def _groups(effect: EffectEstimate) -> str | None:
    names = [shown(phrase.text) for phrase in effect.comparison or () if phrase]
    return " vs ".join(names) or None


def scales(found: Iterable[Estimate]) -> list[dict[str, Any]]:
    """For each measure and unit among `found`, the most frequent first: its name, scale and value of no difference.

    `log` is whether it is drawn on a logarithmic axis: a ratio without a unit. `null` is the number at which two
    groups do not differ, None for one group's value and for a number needed to treat, whose null is infinite.
    """
    counted = Counter((estimate.measure, estimate.unit) for estimate in found)
    ordered = sorted(counted, key=lambda pair: (-counted[pair], pair[0], pair[1] or ""))
    return [_scale(EffectMeasure(measure), unit) for measure, unit in ordered]


def _scale(measure: EffectMeasure, unit: str | None) -> dict[str, Any]:
    log = measure in RATIOS and unit is None
    null = 1 if log else 0 if measure in _NULL_IS_ZERO else None
    return {"measure": measure.value, "unit": unit, "name": MEASURE_NAMES[measure], "log": log, "null": null}
