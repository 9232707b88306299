"""Which printed numbers are results of one group, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structurer.mentions.arm_values import find_arm_values
from structurer.schema import ArmValue, Section, SectionLabel, SectionSource

_READ = ("events", "n", "percent", "value", "unit", "sd", "se", "q1", "q3", "low", "high")


@dataclass(frozen=True)
class Row:
    kind: str
    text: str
    events: int | None = None
    n: int | None = None
    percent: str | None = None
    value: str | None = None
    unit: str | None = None
    sd: str | None = None
    se: str | None = None
    q1: str | None = None
    q3: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    rows: tuple[Row, ...]
    taken: tuple[str, ...] = ()


def _row(value: ArmValue) -> Row:
    read: dict[str, Any] = {name: getattr(value, name) for name in _READ}
    printed: dict[str, Any] = {k: str(v) if isinstance(v, Decimal) else v for k, v in read.items()}
    return Row(value.kind.value, value.text, **printed)


COUNTS = [
    Case(
        "slash and share", "Relapse occurred in 12/60 (20%) with drug.", (Row("events", "12/60 (20%)", 12, 60, "20"),)
    ),
    Case("x of n", "Cure was seen in 41 of 80 infants.", (Row("events", "41 of 80", 41, 80),)),
    Case(
        "x of n people (p)",
        "Of the women, 8 of 32 women (25%) had falls.",
        (Row("events", "8 of 32 women (25%)", 8, 32, "25"),),
    ),
    Case(
        "x [p] of n", "Rash affected 14 [28%] of 50 on active drug.", (Row("events", "14 [28%] of 50", 14, 50, "28"),)
    ),
    Case(
        "words (p) of n",
        "Nausea hit seven (35%) of the 20 patients.",
        (Row("events", "seven (35%) of the 20", 7, 20, "35"),),
    ),
    Case(
        "x people (p)",
        "Death was recorded in nine patients (6%).",
        (Row("events", "nine patients (6%)", 9, None, "6"),),
    ),
    Case("p (x/n)", "Remission was 48.5% (33/68) at a year.", (Row("events", "48.5% (33/68)", 33, 68, "48.5"),)),
    Case(
        "p of people (x of n)",
        "Fever arose in 9.1% of children (4 of 44).",
        (Row("events", "9.1% of children (4 of 44)", 4, 44, "9.1"),),
    ),
    Case("bound of a share", "Stroke struck 2 (<1%) patients.", (Row("events", "2 (<1%)", 2),)),
    Case("thousands", "Ulcers healed in 1,204 (61%) patients.", (Row("events", "1,204 (61%)", 1204, None, "61"),)),
    Case(
        "partner without noun",
        "There were 31 relapses in the drug group and 54 in the placebo group.",
        (Row("events", "31", 31), Row("events", "54", 54)),
    ),
    Case(
        "parts that add up",
        "In all, 48 women (19 raloxifene, 29 placebo) developed fractures.",
        (Row("events", "48", 48), Row("events", "19", 19), Row("events", "29", 29)),
    ),
]

SHARES = [
    Case(
        "vs",
        "Response was better (71.5% v 52%).",
        (Row("percent", "71.5%", percent="71.5"), Row("percent", "52%", percent="52")),
    ),
    Case(
        "sign once",
        "Abstinence rates were higher with drug (31 vs. 17%).",
        (Row("percent", "31", percent="31"), Row("percent", "17%", percent="17")),
    ),
    Case(
        "both groups",
        "Cure was achieved by 97% of patients in both groups.",
        (Row("percent", "97%", percent="97"), Row("percent", "97%", percent="97")),
    ),
    Case(
        "per cent in words",
        "Thirty percent of participants improved.",
        (Row("percent", "Thirty percent", percent="30"),),
    ),
]

AVERAGES = [
    Case(
        "sd by sign",
        "Mean pressure was 131.5 ± 9.2 mm Hg.",
        (Row("mean", "131.5 ± 9.2 mm Hg", value="131.5", unit="mm Hg", sd="9.2"),),
    ),
    Case("sd named", "The mean score was 6.4 (SD 1.8).", (Row("mean", "6.4 (SD 1.8)", value="6.4", sd="1.8"),)),
    Case(
        "se announced",
        "Adjusted mean (SE) HbA1c change was -0.62 (0.05)% with drug.",
        (Row("mean", "-0.62 (0.05)%", value="-0.62", unit="%", se="0.05"),),
    ),
    Case(
        "unit once",
        "Mean weight loss was 0.8 vs. 2.9 kg.",
        (Row("mean", "0.8", value="0.8", unit="kg"), Row("mean", "2.9 kg", value="2.9", unit="kg")),
    ),
    Case(
        "change in per cent",
        "Drug reduced triglycerides by about 17.5%.",
        (Row("mean", "17.5%", value="17.5", unit="%"),),
    ),
    Case(
        "two ends of a change",
        "Pain fell from 7.2 to 3.1 in the yoga group.",
        (Row("mean", "7.2", value="7.2"), Row("mean", "3.1", value="3.1")),
    ),
    Case(
        "bare pair",
        "Knowledge scores were higher (58.4 vs 49.9).",
        (Row("mean", "58.4", value="58.4"), Row("mean", "49.9", value="49.9")),
    ),
    Case(
        "median with quartiles",
        "Median stay was 9 days (IQR 6-14) with drug.",
        (Row("median", "9 days (IQR 6-14)", value="9", unit="days", q1="6", q3="14"),),
    ),
    Case(
        "median with range",
        "Median survival was 14.2 months (range 2.1-40.0).",
        (Row("median", "14.2 months (range 2.1-40.0)", value="14.2", unit="months", low="2.1", high="40.0"),),
    ),
    Case(
        "unnamed times to an event are medians",
        "Progression-free survival was longer (8.1 vs 5.3 months).",
        (Row("median", "8.1", value="8.1", unit="months"), Row("median", "5.3 months", value="5.3", unit="months")),
    ),
    Case(
        "rate",
        "Falls occurred at 2.4 per 100 person-years.",
        (Row("rate", "2.4 per 100 person-years", value="2.4", unit="per 100 person-years"),),
    ),
]

ZEROS = [
    Case(
        "none in a group",
        "Sepsis arose in 6 (5%) patients with drug and none with placebo.",
        (Row("events", "6 (5%)", 6, None, "5"), Row("events", "none", 0)),
    ),
    Case("none of n", "None of the 24 children relapsed.", (Row("events", "None of the 24 children", 0, 24),)),
    Case(
        "no deaths twice",
        "There were no deaths in either group.",
        (Row("events", "no deaths", 0), Row("events", "no deaths", 0)),
    ),
]

NOTHING = [
    Case("age", "The mean age was 61.3 ± 8.8 years.", ()),
    Case("follow-up", "Median follow-up was 26.4 months (IQR 18-33).", ()),
    Case("randomised", "In all, 240 patients were randomly assigned.", ()),
    Case("screened share", "Of 900 women, 310 (34%) were enrolled.", ()),
    Case("bound", "More than 30% of patients had pain at least 20% lower.", ()),
    Case("p-value", "The groups did not differ (P = 0.32).", ()),
    Case("time point", "At week 24 and month 6 the groups were alike.", ()),
    Case("dose", "Patients took 40 mg daily.", ()),
    Case("level and interval", "The 95% CI was wide.", ()),
    Case("grade", "Grade 3 or 4 events were rare.", ()),
    Case("name", "HbA1c and CYP2D6 were measured with SF-36.", ()),
    Case("hazard ratio without interval", "Mortality fell (hazard ratio 0.71).", ()),
    Case(
        "none of the differences",
        "None of the differences was significant in 3 (2%) of sites.",
        (Row("events", "3 (2%)", 3, None, "2"),),
    ),
    Case("no difference", "There was no difference in deaths between groups.", ()),
    Case("claimed by an effect", "Survival was 64% (95% CI 51-77) with drug.", (), ("64% (95% CI 51-77)",)),
    Case("own interval unclaimed", "Survival was 64% (95% CI 51-77) with drug.", ()),
]


@pytest.mark.parametrize("case", [*COUNTS, *SHARES, *AVERAGES, *ZEROS, *NOTHING], ids=lambda case: str(case.name))
def test_values(case: Case) -> None:
    taken = [(case.text.index(quote), case.text.index(quote) + len(quote)) for quote in case.taken]
    assert tuple(map(_row, find_arm_values(case.text, taken=taken))) == case.rows


def test_every_number_of_a_row_is_compared() -> None:
    own = {"start", "end", "rule", "kind", "text", "outcome", "arm", "timepoint", "section", "confidence"}
    assert {field.name for field in fields(ArmValue)} - own == set(_READ)


def test_background_and_registration_hold_no_results() -> None:
    text = "Stroke kills 12% of patients. Stroke struck 8% of patients."
    half = text.index("Stroke struck")
    sections = [
        Section(SectionLabel.BACKGROUND, "", 0, half, 0, SectionSource.MODEL),
        Section(SectionLabel.FINDINGS, "", half, len(text), half, SectionSource.MODEL),
    ]
    values = find_arm_values(text, sections)
    assert [(v.percent, v.section) for v in values] == [(Decimal(8), SectionLabel.FINDINGS)]


_PIECES = st.lists(
    st.sampled_from(
        [
            "12/60",
            " (20%)",
            "20%",
            " vs ",
            " and ",
            " of 40",
            "7.2",
            " ± 1.1",
            " (SD 2)",
            " mm Hg",
            " patients",
            " in the drug group",
            "none",
            " no deaths",
            "; ",
            ". ",
            "median ",
            "from ",
            " to ",
            " months",
            "[",
            "(",
            ")",
            "-",
            "–",
            "·",
            "\n",
            "\u2009",
            "seven ",
            "% ",
            "n=",
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_PIECES, st.text(max_size=80)))
def test_never_raises_and_offsets_are_exact(text: str) -> None:
    for value in find_arm_values(text):
        assert text[value.start : value.end] == value.text
        assert value.confidence is not None and 0 < value.confidence <= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(0, 400))
def test_a_fraction_is_read_back(n: int, events: int) -> None:
    events = min(events, n)
    found = find_arm_values(f"Relapse occurred in {events} of {max(n, 2)} patients given drug.")
    assert [(value.events, value.n) for value in found] == [(events, max(n, 2))]


@pytest.mark.parametrize(
    "text",
    [
        # Once a failure: a change "from baseline" has no words between.
        "Ferritin rose in both arms. The change of urate from baseline, -12% with febux, was maintained at week 8.",
        "Weight was lower from baseline 4.2 kg with orlimax.",
        # Once a failure: a run of digits longer than arithmetic allows.
        f"Pain fell by {'1' * 400}% and by 0.{'7' * 400} points.",
    ],
)
def test_what_once_raised(text: str) -> None:
    assert all(text[value.start : value.end] == value.text for value in find_arm_values(text))
