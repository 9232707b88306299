"""What a forest plot is drawn of: groups of outcomes, numbers as printed, scales."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from structurer.report.estimates import Estimate, estimates, outcome_group, scales
from structurer.report.rows import report_rows
from structurer.schema import EffectMeasure, TrialReport


@dataclass(frozen=True)
class Spelling:
    """An outcome as printed, and the group that it comes to."""

    printed: str | None
    group: str


@pytest.mark.parametrize(
    "case",
    [
        Spelling("death", "death"),
        Spelling("The Death", "death"),
        Spelling("an event", "event"),
        Spelling("a  fall", "fall"),
        Spelling("anaemia", "anaemia"),
        Spelling("All-cause mortality,", "all cause mortality"),
        Spelling("HbA1c < 7%", "hba1c < 7%"),
        Spelling("HbA1c > 7%", "hba1c > 7%"),
        Spelling("PFS", "progression free survival"),
        Spelling("the", "the"),
        Spelling("", ""),
        Spelling(None, ""),
    ],
    ids=lambda case: str(case.printed),
)
def test_outcomes_alike_but_for_spelling_are_one_group(case: Spelling) -> None:
    assert outcome_group(case.printed, {"PFS": "progression-free survival"}) == case.group


def test_effects_as_printed_and_no_arm_values(report: TrialReport) -> None:
    keys = [row.key for row in report_rows(report)]
    flare, pain = estimates(report, 7)
    assert flare == Estimate(
        record=7,
        key=keys[0],
        measure="HR",
        unit=None,
        group="flares",
        outcome="Flares",
        timepoint="week 24",
        groups="rovacept vs placebo",
        value="0.62",
        low="0.45",
        high="0.85",
        level="95",
        interval=True,
        credible=False,
        flags=("ci-asymmetric",),
    )
    assert (pain.value, pain.low, pain.high, pain.level, pain.unit) == ("-1.4", "-2.1", "-0.7", "90", "points")
    assert (pain.group, pain.outcome, pain.groups) == ("", None, None)


def test_an_effect_without_a_number_is_not_drawn(report: TrialReport) -> None:
    [first, _] = report.effects
    nothing = replace(first, estimate=None, interval=None)
    open_ = replace(first, estimate=None, interval=replace(first.interval, lower=None))  # type: ignore[type-var]
    assert estimates(replace(report, effects=(nothing,)), 0) == []
    [found] = estimates(replace(report, effects=(open_,)), 0)
    assert (found.value, found.low, found.high) == (None, None, "0.85")


def scale(measure: str, unit: str | None, log: bool, null: int | None) -> dict[str, Any]:
    return {"measure": measure, "unit": unit, "log": log, "null": null}


def test_scales_are_one_for_each_measure_and_unit_the_most_frequent_first(report: TrialReport) -> None:
    [hazard, pain] = report.effects
    effects = [hazard, pain, pain]
    effects += [replace(hazard, unit="%"), replace(pain, unit=None), replace(pain, measure=EffectMeasure.NNT)]
    effects += [replace(hazard, measure=measure, unit=None) for measure in (EffectMeasure.RRR, EffectMeasure.MEAN)]
    found = scales(one for effect in effects for one in estimates(replace(report, effects=(effect,)), 0))
    assert [{name: one[name] for name in ("measure", "unit", "log", "null")} for one in found] == [
        scale("MD", "points", False, 0),
        scale("HR", None, True, 1),
        scale("HR", "%", False, None),
        scale("MD", None, False, 0),
        scale("MEAN", None, False, None),
        scale("NNT", "points", False, None),
        scale("RRR", None, False, 0),
    ]


def test_every_measure_has_a_name() -> None:
    from structurer.report.estimates import MEASURE_NAMES

    assert set(MEASURE_NAMES) == set(EffectMeasure)


def test_printed_places_are_kept(report: TrialReport) -> None:
    [first, _] = report.effects
    [found] = estimates(replace(report, effects=(replace(first, estimate=Decimal("0.620")),)), 0)
    assert found.value == "0.620"
