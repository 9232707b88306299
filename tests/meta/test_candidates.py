"""From the tables to estimates, before and after a review."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import pandas as pd
import pytest

from structurer.exports.reading_back import Output
from structurer.meta.candidates import Printed, find_estimates
from structurer.meta.estimates import ErrorSource, Population, TwoByTwo, TwoMeans
from structurer.meta.selection import select
from structurer.pipeline import extract
from structurer.schema import Record
from structurer.tables.frames import to_tables

COUNTS = (
    "METHODS: We randomised 200 adults to varolimide (n=100) or placebo (n=100). RESULTS: Stroke occurred in 12 of 100 "
    "patients in the varolimide group and in 20 of 100 in the placebo group (hazard ratio 0.58, 95% CI 0.28 to 1.19)."
)
MEANS = (
    "METHODS: We randomised 90 adults to varolimide (n=40) or placebo (n=50). RESULTS: Mean pain was 3.1 (SD 1.2) in "
    "the varolimide group and 4.0 (SD 1.4) in the placebo group."
)


def frames_of(*abstracts: str) -> dict[str, pd.DataFrame]:
    records = [
        Record(record_id=str(i), abstract=text, title=f"Trial {i}", year=2020) for i, text in enumerate(abstracts)
    ]
    return to_tables(extract(records))


def test_a_printed_estimate_brings_the_counts_that_it_compares() -> None:
    found, left_out = find_estimates(frames_of(COUNTS))
    printed = [estimate for estimate in found if estimate.source is ErrorSource.INTERVAL]
    assert [(estimate.measure, estimate.arms) for estimate in printed] == [("HR", TwoByTwo(12, 100, 20, 100))]
    assert printed[0].yi == pytest.approx(log(0.58))
    assert left_out == []


def test_two_arms_give_estimates_of_their_own() -> None:
    found, _ = find_estimates(frames_of(COUNTS, MEANS))
    computed = {
        (estimate.record_id, estimate.measure): estimate for estimate in found if estimate.source == "two arms' values"
    }
    assert set(computed) == {("0", "RR"), ("0", "OR"), ("0", "RD"), ("1", "MD"), ("1", "SMD")}
    ratio = computed["0", "RR"]
    assert (ratio.yi, ratio.sei) == pytest.approx((log(0.6), (1 / 12 - 1 / 100 + 1 / 20 - 1 / 100) ** 0.5))
    assert (ratio.intervention, ratio.comparator, ratio.handbook) == ("varolimide", "placebo", "6.4.1")
    assert computed["1", "MD"].arms == TwoMeans(3.1, 1.2, 40, 4.0, 1.4, 50)


@dataclass(frozen=True)
class Case:
    """What a reviewer wrote into the row of the first arm's value, and what becomes of the risk ratio."""

    name: str
    cells: dict[str, int | str]
    yi: float | None


CASES = [
    Case("untouched", {}, log(0.6)),
    Case("another count", {"events": 15, "corrected": "15"}, log(0.75)),
    Case("another size", {"n": 120, "corrected": "n=120"}, log(0.5)),
    Case("an impossible count", {"events": 500, "corrected": "500"}, None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_corrections_of_an_arm_are_computed_with(case: Case) -> None:
    frames = frames_of(COUNTS)
    results = frames["results"].copy()
    first = results.index[results["kind"] == "events"][0]
    for name, cell in case.cells.items():
        results.loc[first, name] = cell
    found, left_out = find_estimates({**frames, "results": results})
    ratios = [estimate.yi for estimate in found if estimate.measure == "RR"]
    if case.yi is None:
        assert ratios == []
        assert {left.reason for left in left_out} == {"the reviewer's numbers of the two arms give no such effect"}
    else:
        assert ratios == [pytest.approx(case.yi)]


def test_a_corrected_outcome_is_that_of_the_two_arms() -> None:
    frames = frames_of(COUNTS)
    results = frames["results"].copy()
    first = results.index[results["kind"] == "events"][0]
    results.loc[first, "outcome"] = "ischaemic stroke"
    found, _ = find_estimates({**frames, "results": results})
    assert {one.outcome for one in found if one.source is ErrorSource.ARMS} == {"ischaemic stroke"}


def test_a_rejected_arm_takes_its_effects_with_it() -> None:
    frames = frames_of(COUNTS)
    results = frames["results"]
    kept = results[results["kind"] == "effect"]
    found, left_out = find_estimates({**frames, "results": kept})
    assert [estimate.measure for estimate in found] == ["HR"]
    assert [left.measure for left in left_out] == ["RR", "OR", "RD"]


def test_what_only_the_reports_know() -> None:
    text = (
        "METHODS: The primary end point was overall survival (OS). RESULTS: OS was longer with varolimide than with "
        "placebo (HR 0.70, 95% CI 0.55 to 0.89)."
    )
    reports = list(extract([Record(record_id="0", abstract=text, title="Trial")]))
    found, _ = find_estimates(to_tables(reports), Printed.of_reports(reports))
    assert [(one.outcome, one.outcome_in_full, one.primary) for one in found] == [("OS", "overall survival", True)]
    without, _ = find_estimates(to_tables(reports))
    assert [(one.outcome, one.outcome_in_full, one.primary) for one in without] == [("OS", "OS", False)]


def test_the_population_is_the_one_named_last_before_the_estimate() -> None:
    text = (
        "RESULTS: Stroke was rarer with varolimide than with placebo in the intention-to-treat population (HR 0.80, "
        "95% CI 0.65 to 0.98) and in the per-protocol population (HR 0.75, 95% CI 0.60 to 0.94)."
    )
    found, _ = find_estimates(frames_of(text))
    assert [(one.estimate, one.population) for one in found] == [
        (0.80, Population.INTENTION_TO_TREAT),
        (0.75, Population.PER_PROTOCOL),
    ]


def test_a_review_decides() -> None:
    frames = frames_of(COUNTS)
    results = frames["results"].copy()
    hazard = results.index[results["kind"] == "effect"][0]
    results.loc[hazard, "verdict"] = "not an effect"
    choice = select(Output({**frames, "results": results}), measure="HR")
    assert choice.chosen == []
    assert choice.left_out[0].estimate == 0.58
    assert choice.left_out[0].reason.startswith("by the review: ")
    results.loc[hazard, "verdict"] = "wrong"
    results.loc[hazard, "corrected"] = "estimate=0.68"
    choice = select(Output({**frames, "results": results}), measure="HR")
    (corrected,) = choice.chosen
    assert corrected.estimate == 0.68
    assert corrected.notes == ("corrected by the reviewer",)
    assert corrected.yi == pytest.approx(log(0.68))
