"""One estimate a study and outcome, and the reason why not the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from structurer.meta.choice import choose, doubts, hindrances
from structurer.meta.estimates import ErrorSource, Estimate, Population

Maker = Callable[..., Estimate]


@dataclass(frozen=True)
class Case:
    """Two estimates of one study: the first is chosen, whichever comes first; `reason` is why not the second."""

    reason: str
    better: dict[str, Any] = field(hash=False)
    worse: dict[str, Any] = field(hash=False)


CASES = [
    Case(
        "another population was preferred",
        {"population": Population.INTENTION_TO_TREAT},
        {"population": Population.PER_PROTOCOL, "primary": True},
    ),
    Case("of a subgroup or a further analysis", {}, {"subgroup": True, "adjusted": True}),
    Case("not the primary outcome", {"primary": True, "source": ErrorSource.P_VALUE}, {}),
    Case("another estimate is printed with an interval", {"flags": "sign_differs"}, {"source": ErrorSource.ARMS}),
    Case("another estimate is printed with an interval", {"source": ErrorSource.ARMS}, {"source": ErrorSource.P_VALUE}),
    Case("flagged: its numbers do not add up", {}, {"flags": "sign_differs", "adjusted": True}),
    Case("another estimate is adjusted", {"adjusted": True}, {"adjusted": False, "days": 700.0}),
    Case("another estimate is adjusted", {"adjusted": True}, {}),
    Case("another time point is longer", {"days": 365.25}, {"days": 180.0, "confidence": 1.0}),
    Case("another time point is longer", {"days": 7.0}, {"days": None}),
    Case(
        "another comparison of this study was chosen: 60 mg versus placebo",
        {"intervention": "60 mg"},
        {"intervention": "30 mg", "start": 9},
    ),
    Case("another report of this trial was chosen: 1", {"trial": "NCT1"}, {"trial": "NCT1", "record_id": "2"}),
    Case("another measure of this outcome was chosen: RR", {"measure": "RR"}, {"measure": "OR"}),
    Case("another estimate of this outcome was chosen", {}, {"start": 40}),
]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.reason)
def test_which_of_two(case: Case, turned: bool, make_estimate: Maker) -> None:
    better, worse = make_estimate(**case.better), make_estimate(**case.worse)
    found = choose([worse, better] if turned else [better, worse])
    assert found.chosen == [better]
    assert [left.reason for left in found.left_out] == [case.reason]


def test_each_wording_is_an_outcome_of_its_own_until_a_search_names_them(make_estimate: Maker) -> None:
    full = make_estimate(outcome="OS", outcome_in_full="overall survival")
    other = make_estimate(outcome="survival", start=50)
    assert choose([full, other]).chosen == [full, other]
    assert choose([full, other], outcome=re.compile("survival")).chosen == [full]
    assert choose([full, other], outcome=re.compile("death")).chosen == []


def test_what_does_not_fit_the_search_is_left_out_with_its_reason(make_estimate: Maker) -> None:
    wanted = make_estimate(timepoint="at 12 months", unit="kg", measure="MD")
    others = [
        make_estimate(record_id="2", outcome="death"),
        make_estimate(record_id="3", measure="RR"),
        make_estimate(record_id="4", measure="MD"),
        make_estimate(record_id="5", measure="MD", timepoint="week 4"),
        make_estimate(record_id="6", measure="MD", timepoint="12 months", unit="lb"),
        make_estimate(record_id="7", measure="MD", timepoint="12 months"),
        make_estimate(record_id="8", outcome=None, outcome_in_full=None),
    ]
    found = choose(
        [wanted, *others], outcome=re.compile("stroke"), measure="MD", timepoint=re.compile("12 months"), unit="KG"
    )
    assert found.chosen == [wanted]
    assert {left.record_id: left.reason for left in found.left_out} == {
        "2": "another outcome",
        "3": "another measure",
        "4": "no time point was found for it",
        "5": "another time point",
        "6": "another unit",
        "7": "no unit was found for it",
        "8": "another outcome",
    }


def test_nothing_is_lost(make_estimate: Maker) -> None:
    estimates = [make_estimate(record_id=str(i % 3), measure=("HR", "RR")[i % 2], start=i) for i in range(12)]
    found = choose(estimates, measure="HR")
    assert len(found.chosen) + len(found.left_out) == len(estimates)


def test_what_hinders_pooling(make_estimate: Maker) -> None:
    mixed = [make_estimate(), make_estimate(record_id="2", measure="RR")]
    assert hindrances(mixed) == ["the estimates are of different measures (1 HR, 1 RR): choose one with --measure"]
    units = [make_estimate(measure="MD", unit="kg"), make_estimate(record_id="2", measure="MD", unit="lb")]
    assert hindrances(units) == ["the differences are in different units (kg, lb): choose one with --unit"]
    assert hindrances([]) == ["no estimate to pool"]
    assert hindrances([make_estimate(measure="MD", unit="kg"), make_estimate(measure="MD", unit="KG")]) == []


def test_what_a_person_should_look_at(make_estimate: Maker) -> None:
    turned = make_estimate(record_id="2", study="BACKWARDS", intervention="placebo", comparator="varolimide")
    part = make_estimate(record_id="3", study="PART", subgroup=True)
    bare = make_estimate(record_id="4", outcome="any stroke")
    assert doubts([make_estimate(), turned, part, bare], merged=True) == [
        "outcomes taken as one: stroke; any stroke",
        "BACKWARDS: its comparator is another study's intervention: check the direction",
        "BACKWARDS: its intervention looks like a control: check the direction",
        "PART: its only estimate is of a subgroup, a further analysis or per protocol",
    ]
    assert doubts([]) == []


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"estimate": 191.0, "yi": 5.252, "ci_low": 145.0, "ci_high": 277.0}, "a HR of 191: check that it is one"),
        ({"estimate": 0.8, "ci_low": 0.65, "ci_high": 0.81}, "the estimate is far from the middle of its interval"),
        ({"estimate": 0.8, "ci_low": 0.65, "ci_high": 0.98}, None),
        ({"estimate": 1.08, "yi": 0.077, "ci_low": 1.0, "ci_high": 1.2}, None),
        ({"measure": "MD", "estimate": -2.0, "yi": -2.0, "ci_low": -9.0, "ci_high": -1.9}, "the estimate is far from"),
        ({"measure": "MD", "estimate": -2.0, "yi": -2.0, "ci_low": -3.9, "ci_high": -0.1}, None),
    ],
)
def test_odd_numbers_are_told(cells: dict[str, Any], doubt: str | None, make_estimate: Maker) -> None:
    found = doubts([make_estimate(**cells)])
    assert len(found) == (doubt is not None)
    assert doubt is None or found[0].startswith(f"TIDEWAY 2015: {doubt}")
