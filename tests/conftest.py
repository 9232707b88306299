"""One report, built by hand, that fills every part of the schema."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from hypothesis import settings

from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Flag,
    Phrase,
    PValue,
    Record,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    Section,
    SectionLabel,
    SectionSource,
    TrialReport,
)

# One change, one verdict: continuous integration tries the same examples each time, a contributor's machine new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

ABSTRACT = (
    "METHODS: We randomised 240 adults with gout to rovacept or placebo. "
    "RESULTS: Flares by week 24 were rarer with rovacept (hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003). "
    "Pain fell by -1.4 points more (90% CI -2.1 to -0.7). "
    "Serious events: 12/120 (10%) with rovacept. Urate was 5.1 (SD 1.2) mg/dl. "
    "REGISTRATION: NCT09876543."
)


def place(text: str) -> dict[str, object]:
    start = ABSTRACT.index(text)
    return {"text": text, "start": start, "end": start + len(text), "rule": "by-hand"}


def phrase(text: str) -> Phrase:
    start = ABSTRACT.index(text)
    return Phrase(text, start, start + len(text))


def make_report() -> TrialReport:
    p = PValue(**place("P=0.003"), operator="=", value=Decimal("0.003"))  # type: ignore[arg-type]
    hazard = EffectEstimate(
        **place("hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003"),  # type: ignore[arg-type]
        measure=EffectMeasure.HR,
        estimate=Decimal("0.62"),
        interval=ConfidenceInterval(
            **place("95% CI 0.45-0.85"),  # type: ignore[arg-type]
            level=Decimal(95),
            lower=Decimal("0.45"),
            upper=Decimal("0.85"),
        ),
        p=p,
        outcome=phrase("Flares"),
        comparison=(phrase("rovacept"), phrase("placebo")),
        timepoint=phrase("week 24"),
        section=SectionLabel.FINDINGS,
        primary=True,
        confidence=0.9,
    )
    pain = EffectEstimate(
        **place("-1.4 points more (90% CI -2.1 to -0.7)"),  # type: ignore[arg-type]
        measure=EffectMeasure.MD,
        estimate=Decimal("-1.4"),
        unit="points",
        interval=ConfidenceInterval(
            **place("90% CI -2.1 to -0.7"),  # type: ignore[arg-type]
            level=Decimal(90),
            lower=Decimal("-2.1"),
            upper=Decimal("-0.7"),
        ),
        section=SectionLabel.FINDINGS,
    )
    serious = ArmValue(
        **place("12/120 (10%)"),  # type: ignore[arg-type]
        kind=ArmValueKind.EVENTS,
        events=12,
        n=120,
        percent=Decimal(10),
        outcome=phrase("Serious events"),
        arm="rovacept",
        section=SectionLabel.FINDINGS,
    )
    urate = ArmValue(
        **place("5.1 (SD 1.2) mg/dl"),  # type: ignore[arg-type]
        kind=ArmValueKind.MEAN,
        value=Decimal("5.1"),
        unit="mg/dl",
        sd=Decimal("1.2"),
        section=SectionLabel.FINDINGS,
    )
    results, registration = ABSTRACT.index("RESULTS"), ABSTRACT.index("REGISTRATION")
    return TrialReport(
        record=Record(
            record_id="gout-1",
            abstract=ABSTRACT,
            title="=Rovacept in gout",
            pmid="91234567",
            doi="10.1234/gout.1",
            journal="J Gout",
            year=2020,
            registry_ids=("ISRCTN12345678",),
            source="search.ris",
            number=3,
        ),
        sections=(
            Section(SectionLabel.METHODS, "METHODS", 0, results, 9, SectionSource.HEADING),
            Section(SectionLabel.FINDINGS, "RESULTS", results, registration, results + 9, SectionSource.HEADING, 0.8),
            Section(
                SectionLabel.REGISTRATION,
                "REGISTRATION",
                registration,
                len(ABSTRACT),
                registration + 14,
                SectionSource.HEADING,
            ),
        ),
        registry_ids=(
            RegistryId(
                **place("NCT09876543"),  # type: ignore[arg-type]
                id="NCT09876543",
                registry="ClinicalTrials.gov",
                url="https://clinicaltrials.gov/study/NCT09876543",
            ),
        ),
        p_values=(p,),
        effects=(hazard, pain),
        arm_values=(serious, urate),
        sample_sizes=(
            SampleSize(**place("240 adults"), value=240, role=SampleSizeRole.RANDOMIZED),  # type: ignore[arg-type]
        ),
        n_total=240,
        n_total_role=SampleSizeRole.RANDOMIZED,
        arms=(Arm("rovacept", 120, ("RVC",)), Arm("placebo")),
        abbreviations={"CI": "confidence interval"},
        flags=(Flag("ci-asymmetric", "the estimate should be 0.618", 140, 156, "Handbook 6.3.2"),),
    )


@pytest.fixture
def report() -> TrialReport:
    """A report on a made-up trial of gout."""
    return make_report()


@pytest.fixture
def failed() -> TrialReport:
    """A record that could not be processed."""
    record = Record(record_id="bad-1", abstract=None, source="search.ris", number=4)
    return TrialReport(record=record, error="no abstract could be read")
