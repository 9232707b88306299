"""Results joined to their outcomes: sentences in our own words, in the shapes that abstracts print."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.linking.outcomes import link_outcomes
from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    EffectEstimate,
    EffectMeasure,
    Phrase,
    Section,
    SectionLabel,
    SectionSource,
)

ARMS = (Arm("vorelatin"), Arm("placebo"))


def effect(text: str, printed: str, measure: EffectMeasure = EffectMeasure.HR) -> EffectEstimate:
    start = text.index(printed)
    return EffectEstimate(
        start=start, end=start + len(printed), text=printed, rule="test", measure=measure, estimate=Decimal("0.72")
    )


def value(text: str, printed: str) -> ArmValue:
    start = text.index(printed)
    return ArmValue(start=start, end=start + len(printed), text=printed, rule="test", kind=ArmValueKind.PERCENT)


@dataclass(frozen=True)
class Case:
    text: str
    results: tuple[str, ...]
    outcomes: tuple[str | None, ...]


IN_THE_CLAUSE = [
    Case("Vorelatin improved event-free survival (HR 0.72, 95% CI 0.60-0.86).", ("0.72",), ("event-free survival",)),
    Case("The hazard ratio for stroke was 0.72 (0.60 to 0.86).", ("0.72",), ("stroke",)),
    Case("HR 0.72 (95% CI 0.60-0.86) for relapse with vorelatin.", ("0.72",), ("relapse",)),
    Case(
        "Severe headache was reported in 9 (6%) patients with vorelatin, and there were no treatment-related deaths.",
        ("9 (6%)", "no treatment-related deaths"),
        ("Severe headache", "treatment-related deaths"),
    ),
    Case("The incidence of severe headache was 12% with vorelatin.", ("12%",), ("severe headache",)),
    Case("12% of patients in the vorelatin group had wound infections.", ("12%",), ("wound infections",)),
    Case("Mean systolic blood pressure fell by 12% with vorelatin.", ("12%",), ("systolic blood pressure",)),
    Case("In the vorelatin group 12% died within a year.", ("12%",), ("died",)),
]

OF_WHICH_KIND = [
    Case("Freedom from relapse was likelier with vorelatin (0.72).", ("0.72",), ("Freedom from relapse",)),
    Case("Hospitalisation for heart failure was rarer (0.72).", ("0.72",), ("Hospitalisation for heart failure",)),
    Case("Hospitalisation was rarer for vorelatin recipients (0.72).", ("0.72",), ("Hospitalisation",)),
    Case(
        "Adverse events leading to withdrawal came in 12% on tea.", ("12%",), ("Adverse events leading to withdrawal",)
    ),
    Case("On vorelatin 12% were abstinent from alcohol.", ("12%",), ("abstinent from alcohol",)),
    Case("Death from any cause was rarer (0.72).", ("0.72",), ("Death from any cause",)),
    Case("Mortality was reduced from 31% to 12%.", ("31%",), ("Mortality",)),
    Case("A fall in all cause mortality was seen (0.72).", ("0.72",), ("all cause mortality",)),
    # what is to be controlled is no control group
    Case(
        "HR was 0.98 (0.74-1.31) for locoregional control and 1.12 (0.86-1.46) for survival.",
        ("0.98 (0.74-1.31)", "1.12 (0.86-1.46)"),
        ("locoregional control", "survival"),
    ),
    # a time stands between a name and its number
    Case(
        "There was no difference in length of stay (0.72) and mortality at 90 days (0.91).",
        ("0.72", "0.91"),
        ("length of stay", "mortality"),
    ),
    # an outcome inside the bracket right before its number
    Case(
        "Tea lowered blood pressure (by -2.7; weight 0.72; cholesterol 0.91).",
        ("0.72", "0.91"),
        ("weight", "cholesterol"),
    ),
    # what patients are treated or adjusted for
    Case("Recovery was more frequent in those treated for gout (0.72).", ("0.72",), ("Recovery",)),
    Case("Recovery was more frequent after adjusting for anemia (0.72).", ("0.72",), ("Recovery",)),
    # people by a trait, units
    Case("Recovery was alike in protocol-adherent patients (0.72).", ("0.72",), ("Recovery",)),
    Case("Recovery was likelier with a filtration above 55 mL/min per 1.73 m2 (0.72).", ("0.72",), ("Recovery",)),
    # each of a list of which none is known as an outcome
    Case(
        "Tea raised the scores of zest (p<0.001, 0.72), tidiness (p<0.001, 0.91), and candour (p<0.01, 0.95).",
        ("0.72", "0.91", "0.95"),
        ("scores of zest", "tidiness", "candour"),
    ),
    # what something is a risk factor for
    Case("Blood loss was the main risk factor for hypotension (0.72).", ("0.72",), ("hypotension",)),
    Case(
        "Risk factors for infection were colonisation (0.72), old age (0.91) and BMI (0.95).",
        ("0.72", "0.91", "0.95"),
        ("infection", "infection", "infection"),
    ),
    Case("Tea eased itch over the six-week period (0.72).", ("0.72",), ("itch",)),
    # one name each, far from the list of results
    Case(
        "Nausea, itch and rash were rarer (0.72 (0.59-0.84); 0.91 (0.80-1.02) and 0.95 (0.83-1.04) respectively).",
        ("0.72 (0.59-0.84)", "0.91 (0.80-1.02)", "0.95 (0.83-1.04)"),
        ("Nausea", "itch", "rash"),
    ),
    # visits' codes and the names of statistics are none
    Case(
        "The group (T1: 0.72; T2: 0.91) had a larger decrease in snacking.", ("0.72", "0.91"), ("snacking", "snacking")
    ),
    Case("Tea eased itch (Cohen's d 0.72).", ("0.72",), ("itch",)),
]

AFTER_WHAT_CHANGED = [
    Case(
        "Median time to disease progression was 4.6 months with vorelatin.",
        ("4.6 months",),
        ("time to disease progression",),
    ),
    Case("Soft stools came more often (90%) with tea.", ("90%",), ("Soft stools",)),
    Case("There were unclear effects of tea on wound infections (0.85).", ("0.85",), ("wound infections",)),
    Case("Sixty-six percent (229 of 346) of patients needed catheterization.", ("229 of 346",), ("catheterization",)),
    Case("During a follow-up time of 5 years, 31 relapses came.", ("31",), ("relapses",)),
    Case("Vorelatin brought a reduction in morning stiffness of 12%.", ("12%",), ("morning stiffness",)),
    Case("HR 0.72 (95% CI 0.60-0.86) for relapse and 0.90 for infection.", ("0.72", "0.90"), ("relapse", "infection")),
]

LISTS = [
    Case(
        "Itch and gout came in 10% and 11% in the tea group and 7% and 6% in the milk group, respectively.",
        ("10%", "11%", "7%", "6%"),
        ("Itch", "gout", "Itch", "gout"),
    ),
    Case(
        "Gout, itch and rash occurred in 1%, 2% and 9%, respectively, with tea as compared with 4% overall.",
        ("1%", "2%", "9%"),
        ("Gout", "itch", "rash"),
    ),
    Case(
        "The most common events were nausea (31% v 20%), rash (12% v 9%) and cough (7% v 6%).",
        ("31%", "20%", "12%", "9%", "7%", "6%"),
        ("nausea", "nausea", "rash", "rash", "cough", "cough"),
    ),
    Case(
        "Nausea and dizziness occurred in 31% and 12% of patients, respectively.",
        ("31%", "12%"),
        ("Nausea", "dizziness"),
    ),
    Case(
        "Vorelatin prolonged relapse-free survival (HR 0.72, 0.60-0.86) but not survival (0.95, 0.80-1.12).",
        ("0.72", "0.95"),
        ("relapse-free survival", "survival"),
    ),
]

THE_SENTENCE_BEFORE = [
    Case(
        "Hospital admission was less frequent with vorelatin (HR 0.72). After adjustment the hazard ratio was 0.70.",
        ("0.72", "0.70"),
        ("Hospital admission", "Hospital admission"),
    ),
]

NO_OUTCOME = [
    Case("METHODS: We asked them. It was 12% (95% CI 7 to 14).", ("12%",), (None,)),
    Case("It was 12% (95% CI 7 to 14).", ("12%",), (None,)),
    Case("It was 12% with vorelatin.", ("12%",), (None,)),
    Case("12%", ("12%",), (None,)),
]


@pytest.mark.parametrize(
    "case",
    IN_THE_CLAUSE + OF_WHICH_KIND + AFTER_WHAT_CHANGED + LISTS + THE_SENTENCE_BEFORE + NO_OUTCOME,
    ids=lambda c: c.text[:40],
)
def test_outcome_of_each_result(case: Case) -> None:
    results = [value(case.text, printed) for printed in case.results]

    linked = link_outcomes(results, case.text, (), ARMS)

    assert [result.outcome and result.outcome.text for result in linked] == list(case.outcomes)


def test_offsets_are_those_of_the_text_as_read() -> None:
    text = "Vorelatin improved event\u2010free survival (HR 0\u00b772)."

    (linked,) = link_outcomes([effect(text, "0\u00b772")], text, (), ARMS)

    start = text.index("event")
    assert linked.outcome == Phrase("event\u2010free survival", start, start + len("event-free survival"))


def test_a_name_of_an_arm_is_no_outcome() -> None:
    text = "Remission was more frequent with vorelatin (0.72)."

    (linked,) = link_outcomes([effect(text, "0.72")], text, (), ARMS)

    assert linked.outcome is not None
    assert linked.outcome.text == "Remission"


def test_a_group_that_is_no_arm_is_no_outcome() -> None:
    text = "Fluid intake rose less than in the early-discharge group (0.72)."

    (linked,) = link_outcomes([effect(text, "0.72")], text)

    assert linked.outcome is not None
    assert linked.outcome.text == "Fluid intake"


@pytest.mark.parametrize(
    ("outcome", "primary"), [("walking distance", True), ("muscle strength", False)], ids=["primary", "secondary"]
)
def test_primary_outcome_is_marked(outcome: str, primary: bool) -> None:
    methods = "The primary endpoint was walking distance. Secondary endpoints included muscle strength. "
    text = f"{methods}Vorelatin raised {outcome} (HR 0.72)."
    sections = [Section(SectionLabel.FINDINGS, "", len(methods), len(text), len(methods), SectionSource.MODEL)]

    (linked,) = link_outcomes([effect(text, "0.72")], text, sections, ARMS)

    assert linked.primary is primary


def test_results_come_back_in_the_order_given() -> None:
    text = "Nausea (31%) and rash (12%) were seen."
    later, earlier = value(text, "12%"), value(text, "31%")

    linked = link_outcomes([later, earlier], text)

    assert [result.outcome and result.outcome.text for result in linked] == ["rash", "Nausea"]


def test_nothing_to_link() -> None:
    assert link_outcomes([], "Survival was longer.") == []


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 20))
def test_any_text_any_place(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    result = ArmValue(start=start, end=end, text=text[start:end], rule="test", kind=ArmValueKind.MEAN)

    (linked,) = link_outcomes([result], text)

    outcome = linked.outcome
    assert outcome is None or text[outcome.start : outcome.end] == outcome.text
