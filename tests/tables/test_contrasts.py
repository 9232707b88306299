"""The rows of the contrasts table, and the derived cells of the table of arm values."""

from __future__ import annotations

from decimal import Decimal
from math import exp

import pytest

from structurer.contrasts import ComputedEffect, Contrast, Derived
from structurer.exports.jsonl import report_to_dict
from structurer.schema import (
    ArmValue,
    ArmValueKind,
    EffectEstimate,
    EffectMeasure,
    Phrase,
    Record,
    TrialReport,
)
from structurer.tables.columns import ContrastRow
from structurer.tables.contrasts import contrast_rows
from structurer.tables.frames import to_tables

ABSTRACT = "By week 8, 0/40 relapsed on zelmorast and 5/40 on placebo (risk difference -12.5%). Pain was 31 and 40."


def value(words: str, kind: ArmValueKind, arm: str, events: int | None = None) -> ArmValue:
    start = ABSTRACT.index(words)
    return ArmValue(
        start=start,
        end=start + len(words),
        text=words,
        rule="t",
        kind=kind,
        events=events,
        n=None if events is None else 40,
        outcome=Phrase("relapsed", 16, 24) if events is not None else None,
        timepoint=Phrase("week 8", 3, 9) if events is not None else None,
        arm=arm,
    )


ESTIMATE = ABSTRACT.index("risk difference")
REPORT = TrialReport(
    record=Record(record_id="r1", abstract=ABSTRACT, pmid="91"),
    effects=(
        EffectEstimate(
            start=ESTIMATE,
            end=ESTIMATE + 22,
            text="risk difference -12.5%",
            rule="t",
            measure=EffectMeasure.RD,
            estimate=Decimal("-12.5"),
            unit="%",
        ),
    ),
    arm_values=(
        value("0/40", ArmValueKind.EVENTS, "zelmorast", 0),
        value("5/40", ArmValueKind.EVENTS, "placebo", 5),
        value("31", ArmValueKind.MEAN, "zelmorast"),
        value("40.", ArmValueKind.MEAN, "placebo"),
    ),
    contrasts=(
        Contrast(
            (0, 1),
            (0,),
            (
                ComputedEffect(
                    measure=EffectMeasure.RR, yi=-2.4, sei=1.5, handbook="6.4.1, 10.4.4", inputs="in", corrected=True
                ),
                ComputedEffect(measure=EffectMeasure.RD, yi=-0.125, sei=0.05, handbook="6.4.1", inputs="in"),
            ),
        ),
        Contrast((2, 3)),
    ),
    derived=(
        Derived(0, "percent", Decimal("0.00"), "0 of 40"),
        Derived(2, "n", Decimal(40), "why n"),
        Derived(3, "events", Decimal(7), "why events"),
    ),
)
PLACES = {
    "quote_1": "0/40",
    "start_1": 11,
    "end_1": 15,
    "quote_2": "5/40",
    "start_2": 42,
    "end_2": 46,
    "record_id": "r1",
    "pmid": "91",
    "intervention": "zelmorast",
    "comparator": "placebo",
    "printed": "risk difference -12.5%",
    "outcome": "relapsed",
    "timepoint": "week 8",
    "inputs": "in",
    "source": "computed",
}


def test_every_cell_of_a_contrast() -> None:
    ratio, difference, bare = (row._asdict() for row in contrast_rows(REPORT))
    z = 1.959963984540054
    assert ratio == {
        **PLACES,
        "measure": "RR",
        "estimate": pytest.approx(exp(-2.4)),
        "ci_low": pytest.approx(exp(-2.4 - z * 1.5)),
        "ci_high": pytest.approx(exp(-2.4 + z * 1.5)),
        "yi": -2.4,
        "sei": 1.5,
        "handbook": "6.4.1, 10.4.4",
        "corrected": "yes",
        "agreement": None,
    }
    assert difference == {
        **PLACES,
        "measure": "RD",
        "estimate": -0.125,
        "ci_low": pytest.approx(-0.125 - z * 0.05),
        "ci_high": pytest.approx(-0.125 + z * 0.05),
        "yi": -0.125,
        "sei": 0.05,
        "handbook": "6.4.1",
        "corrected": None,
        "agreement": "agrees",
    }
    places = {"quote_1": "31", "start_1": 93, "end_1": 95, "quote_2": "40.", "start_2": 100, "end_2": 103}
    who = {"record_id": "r1", "pmid": "91", "intervention": "zelmorast", "comparator": "placebo"}
    assert bare == dict.fromkeys(ContrastRow._fields) | places | who


def test_derived_numbers_stand_in_columns_of_their_own() -> None:
    table = to_tables([REPORT])["arm_values"]
    shown = table[["events", "events_derived", "n", "n_derived", "percent", "percent_derived", "derived_from"]]
    assert shown.astype(object).where(shown.notna(), None).to_numpy().tolist() == [
        [0, None, 40, None, None, 0.0, "0 of 40"],
        [5, None, 40, None, None, None, None],
        [None, None, None, 40, None, None, "why n"],
        [None, 7, None, None, None, None, "why events"],
    ]


def test_contrasts_in_json() -> None:
    found = report_to_dict(REPORT)
    assert found["contrasts"] == [
        {
            "outcome": "relapsed",
            "timepoint": "week 8",
            "comparison": ["zelmorast", "placebo"],
            "values": [0, 1],
            "effects": [0],
            "computed": [
                {"measure": "RR", "yi": -2.4, "sei": 1.5, "handbook": "6.4.1, 10.4.4", "inputs": "in"}
                | {"corrected": True, "source": "computed"},
                {"measure": "RD", "yi": -0.125, "sei": 0.05, "handbook": "6.4.1", "inputs": "in"}
                | {"corrected": False, "source": "computed"},
            ],
        },
        {
            "outcome": None,
            "timepoint": None,
            "comparison": ["zelmorast", "placebo"],
            "values": [2, 3],
            "effects": [],
            "computed": [],
        },
    ]
    assert found["derived"][1] == {"value_index": 2, "field": "n", "value": 40, "origin": "why n"}
