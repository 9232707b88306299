"""Flags on counts, totals, the flow of participants, restated units and registry IDs; and confidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from structurer.checks.confidence import rate_arm_values, rate_effects
from structurer.checks.counts import check_arm_value
from structurer.checks.flags import find_flags
from structurer.checks.registration import check_registry_ids
from structurer.checks.restatements import check_restatements
from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Flag,
    Record,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    TrialReport,
)


def events(events: int, n: int, percent: str | None) -> ArmValue:
    return ArmValue(
        start=0,
        end=5,
        text="x",
        rule="t",
        kind=ArmValueKind.EVENTS,
        events=events,
        n=n,
        percent=None if percent is None else Decimal(percent),
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (events(10, 56, "17.9"), []),
        (events(10, 56, "18"), []),
        (events(10, 56, "17"), []),  # cut off instead of rounded
        (events(10, 56, "19.7"), ["percent_disagrees_with_counts"]),
        (events(60, 56, None), ["events_exceed_n"]),
        (events(0, 0, None), ["events_exceed_n"]),
        (events(10, 56, None), []),
    ],
)
def test_check_arm_value(value: ArmValue, codes: list[str]) -> None:
    assert [flag.code for flag in check_arm_value(value)] == codes


def size(value: int, role: SampleSizeRole, arm: str | None = None, start: int = 0) -> SampleSize:
    return SampleSize(start=start, end=start + 1, text="x", rule="t", value=value, role=role, arm=arm)


def report(*sizes: SampleSize, n_total: int | None, arms: tuple[Arm, ...] = ()) -> TrialReport:
    return TrialReport(record=Record(record_id="1", abstract="x"), sample_sizes=sizes, n_total=n_total, arms=arms)


ARMS = (Arm("A", 50), Arm("B", 49))
ARM, RANDOMIZED, ANALYZED, SCREENED = (
    SampleSizeRole.ARM,
    SampleSizeRole.RANDOMIZED,
    SampleSizeRole.ANALYZED,
    SampleSizeRole.SCREENED,
)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (report(size(100, RANDOMIZED), size(50, ARM, "A"), size(50, ARM, "B"), n_total=100, arms=ARMS), []),
        (
            report(size(100, RANDOMIZED), size(50, ARM, "A"), size(49, ARM, "B"), n_total=100, arms=ARMS),
            ["arms_do_not_sum"],
        ),
        (report(size(100, RANDOMIZED), size(50, ARM, "A"), n_total=100, arms=ARMS), []),
        (report(size(100, RANDOMIZED), size(120, ANALYZED), n_total=100), ["flow_out_of_order"]),
        (report(size(90, SCREENED), size(100, RANDOMIZED), n_total=100), ["flow_out_of_order"]),
        # those found eligible once they were randomised
        (report(size(100, RANDOMIZED), size(90, SCREENED, start=50), n_total=100), []),
        (report(size(200, SCREENED), size(100, RANDOMIZED), size(96, ANALYZED), n_total=100), []),
    ],
)
def test_totals_and_flow(given: TrialReport, codes: list[str]) -> None:
    assert [flag.code for flag in find_flags(given)] == codes


def difference(estimate: str, unit: str, start: int) -> EffectEstimate:
    return EffectEstimate(
        start=start, end=start + 5, text="x", rule="t", measure=EffectMeasure.MD, estimate=Decimal(estimate), unit=unit
    )


@pytest.mark.parametrize(
    ("percent", "mmol", "codes"),
    [
        ("-0.65", "-7.1", []),
        ("-0.65", "-9.9", ["units_disagree"]),
        ("1.1", "12", []),
        ("-0.65", "7.1", ["units_disagree"]),
    ],
)
def test_hba1c_in_two_units(percent: str, mmol: str, codes: list[str]) -> None:
    pair = [difference(percent, "%", 0), difference(mmol, "mmol/mol", 10)]
    assert [flag.code for flag in check_restatements(pair)] == codes
    assert check_restatements([pair[0], replace(pair[1], start=900, end=905)]) == []


@pytest.mark.parametrize(
    ("id_", "flagged"),
    [
        ("NCT00000000", True),
        ("NCT04288102", False),
        ("CTRI/1919/05/019254", True),
        ("CTRI/2019/05/019254", False),
        ("IRCT138811113252N1", False),
        ("2008-001234-12", False),
        ("1908-001234-12", True),
        ("ACTRN12605000001606", False),
        ("ACTRN12699000001606", True),
    ],
)
def test_registry_ids(id_: str, flagged: bool) -> None:
    found = RegistryId(start=0, end=3, text=id_, rule="t", id=id_, registry="x")
    assert bool(check_registry_ids([found])) is flagged


def interval(rule: str) -> ConfidenceInterval:
    return ConfidenceInterval(
        start=2, end=4, text="x", rule=rule, level=Decimal(95), lower=Decimal(1), upper=Decimal(2)
    )


def test_confidence_falls_with_inference_and_flags() -> None:
    named = replace(difference("1.5", "kg", 0), rule="md-mean-difference", interval=interval("confidence-interval"))
    carried = replace(named, interval=interval("confidence-interval-carried"))
    inferred = replace(named, rule="unit")
    bare = replace(named, interval=None)
    rated = [rate_effects([e], [])[0].confidence or 0 for e in (named, carried, inferred, bare)]
    assert rated[0] > rated[1] > rated[3]
    assert rated[0] > rated[2]
    flag = Flag("estimate_outside_interval", "x", 0, 5)
    assert (rate_effects([named], [flag])[0].confidence or 0) < 0.6
    assert rate_effects([named], [replace(flag, start=50, end=60)])[0].confidence == rated[0]


def test_an_unrated_arm_value_stays_unrated() -> None:
    flag = Flag("percent_disagrees_with_counts", "x", 0, 5)
    rated, unrated = rate_arm_values([events(1, 2, "60"), replace(events(1, 2, None), confidence=None)], [flag])
    assert rated.confidence == 0.81
    assert unrated.confidence is None
