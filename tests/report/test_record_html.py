"""One record as HTML: the texts of results, mentions without a row, flags of no row, effects computed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from structurer.contrasts import ComputedEffect, Contrast
from structurer.report.record_html import (
    OtherMention,
    computed_text,
    flags_of_no_row,
    interval_text,
    other_mentions,
    p_text,
    render_record,
    value_text,
)
from structurer.report.rows import report_rows
from structurer.schema import (
    ArmValue,
    ArmValueKind,
    EffectMeasure,
    Flag,
    PValue,
    PValueRole,
    SampleSizeRole,
    TrialReport,
)

EVENTS, MEAN, MEDIAN = ArmValueKind.EVENTS, ArmValueKind.MEAN, ArmValueKind.MEDIAN


def value(kind: ArmValueKind, **numbers: object) -> ArmValue:
    return ArmValue(start=0, end=7, text="METHODS", rule="r", kind=kind, **numbers)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Case:
    """One arm's value, and what the table says of it."""

    value: ArmValue
    says: str


@pytest.mark.parametrize(
    "case",
    [
        Case(value(EVENTS, events=12, n=120, percent=Decimal("10.0")), "12/120 (10.0%)"),
        Case(value(EVENTS, events=12), "12"),
        Case(value(EVENTS, events=0, percent=Decimal(0)), "0 (0%)"),
        Case(value(ArmValueKind.PERCENT, percent=Decimal("44.60")), "44.60%"),
        Case(value(MEAN, value=Decimal("-5.10"), unit="mg/dl", sd=Decimal("1.2")), "−5.10 mg/dl (SD 1.2)"),
        Case(value(MEAN, value=Decimal("7"), unit="%", se=Decimal("0.3")), "7% (SE 0.3)"),
        Case(value(MEDIAN, value=Decimal("9"), unit="week-days", q1=Decimal(-1)), "9 week-days (IQR −1 to ?)"),
        Case(value(MEDIAN, value=Decimal("9"), low=Decimal(2), high=Decimal(30)), "9 (range 2 to 30)"),
        Case(value(MEAN), ""),
    ],
    ids=lambda case: case.says,
)
def test_the_value_of_an_arm(report: TrialReport, case: Case) -> None:
    [row] = report_rows(replace(report, effects=(), arm_values=(case.value,)))
    assert (value_text(row), interval_text(row), p_text(row)) == (case.says, "", "")


def test_an_effect(report: TrialReport) -> None:
    flare, pain, *_ = report_rows(report)
    assert (value_text(flare), interval_text(flare), p_text(flare)) == ("0.62", "95% CI 0.45 to 0.85", "= 0.003")
    assert (value_text(pain), interval_text(pain), p_text(pain)) == ("−1.4 points", "90% CI −2.1 to −0.7", "")


def test_an_interval_without_a_level_or_a_limit_says_so(report: TrialReport) -> None:
    [first, _] = report.effects
    assert first.interval
    open_ = replace(first, interval=replace(first.interval, level=None, upper=None))
    [row, *_] = report_rows(replace(report, effects=(open_,)))
    assert interval_text(row) == "CI, level not printed, 0.45 to open"


def test_mentions_that_belong_to_no_row(report: TrialReport) -> None:
    lone = PValue(start=0, end=7, text="METHODS", rule="r", operator="NS", value=None, role=PValueRole.TREND)
    arm = replace(report.sample_sizes[0], role=SampleSizeRole.ARM, arm="rovacept")
    more = replace(report, p_values=(*report.p_values, lone), sample_sizes=(arm,))
    found = [replace(mention, mark=None) for mention in other_mentions(more)]
    assert found == [
        OtherMention("p-value", "NS", "trend", None),
        OtherMention("participants", "240", "arm, rovacept", None),
        OtherMention(
            "registration", "NCT09876543", "ClinicalTrials.gov", None, "https://clinicaltrials.gov/study/NCT09876543"
        ),
    ]
    assert all(mention.mark for mention in other_mentions(more))


def test_flags_are_shown_once_with_their_row_or_above(report: TrialReport) -> None:
    total = Flag("arms_do_not_sum", "120 and 118 make 238", 20, 30, "CONSORT 2010")
    more = replace(report, flags=(*report.flags, total))
    assert flags_of_no_row(more) == [total]
    html = render_record(more, 0)
    assert html.count("⚑") == 2
    assert html.count("120 and 118 make 238") == html.count("the estimate should be 0.618") == 1


def test_a_computed_effect_is_told_apart(report: TrialReport) -> None:
    computed = ComputedEffect(
        measure=EffectMeasure.RR, yi=0.0, sei=0.1, handbook="6.4.1.2", inputs="12/120 v 12/120", corrected=False
    )
    values = (report.arm_values[0], replace(report.arm_values[0], arm="placebo"))
    compared = replace(report, arm_values=values, contrasts=(Contrast((0, 1), computed=(computed,)), Contrast((1, 0))))
    html = render_record(compared, 0)
    [table] = re.findall(r'<table class="computed">.*?</table>', html, flags=re.S)
    assert table.count('<th scope="row">') == 1
    assert "1.00 (0.82 to 1.22)" in table
    assert "12/120 v 12/120" in table


def test_every_id_of_a_record_is_its_own(report: TrialReport) -> None:
    ids = [re.findall(r' id="([^"]*)"', render_record(report, number)) for number in (0, 1)]
    assert len({*ids[0], *ids[1]}) == len(ids[0]) + len(ids[1])


@pytest.mark.parametrize(
    ("number", "says"), [(9.614, "9.61"), (-12.0, "−12.00"), (0.00123, "0.0012"), (0.1, "0.10"), (0.0, "0.00")]
)
def test_computed_numbers(number: float, says: str) -> None:
    assert computed_text(number) == says
