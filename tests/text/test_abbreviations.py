"""Short forms: new cases go to the list named by what they show."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.text.abbreviations import find_definitions


@dataclass(frozen=True)
class Case:
    text: str
    definitions: dict[str, str]


# What the names of effect measures mean in a text decides how its numbers are read.
MEASURES = [
    Case("The response rate (RR) rose", {"RR": "response rate"}),
    Case("Overall response (OR) rose", {"OR": "Overall response"}),
    Case("the rate ratio (RR) was", {"RR": "rate ratio"}),
    Case(
        "(odds ratio [OR], 2.1; 95% confidence interval [CI], 1.2-3.6)",
        {"OR": "odds ratio", "CI": "confidence interval"},
    ),
    Case("hazard ratio (HR, 0.71; 95% CI 0.6-0.9)", {"HR": "hazard ratio"}),
    Case("resting heart rate (HR) fell", {"HR": "heart rate"}),
    Case("recommended dose (RD)", {"RD": "recommended dose"}),
    Case("pooled odds ratios (ORs)", {"ORs": "odds ratios", "OR": "odds ratios"}),
    Case("CI (confidence interval)", {"CI": "confidence interval"}),
    Case("RR: response rate; OR = odds ratio.", {"RR": "response rate", "OR": "odds ratio"}),
]
BRACKETS_THAT_GO_ON = [
    Case("progression-free survival (PFS; primary endpoint)", {"PFS": "progression-free survival"}),
    Case("visual analogue scale (VAS, 0-100)", {"VAS": "visual analogue scale"}),
    Case("low-density lipoprotein cholesterol (LDL-C)", {"LDL-C": "low-density lipoprotein cholesterol"}),
    Case("out-of-hospital cardiac arrest (OHCA)", {"OHCA": "out-of-hospital cardiac arrest"}),
    Case('standard of care ("SOC")', {"SOC": "standard of care"}),
    Case("randomised trials (RTs)", {"RTs": "randomised trials", "RT": "randomised trials"}),
    Case("pain score (PS) and Pain Scale (PS)", {"PS": "pain score"}),
]
NO_DEFINITION = [
    Case(text, {})
    for text in (
        "",
        "fewer falls in one room (RR, 0.8)",
        "in 12% of respondents (OR, 1.4)",
        "control households (OR 2.3)",
        "study staff (staff)",
        "women (n = 30)",
        "Each had a visit. Scores (VS) rose",
        "at twelve weeks (24-52)",
        "(PFS) alone",
    )
]


@pytest.mark.parametrize("case", MEASURES + BRACKETS_THAT_GO_ON + NO_DEFINITION, ids=lambda case: case.text)
def test_definitions(case: Case) -> None:
    assert find_definitions(case.text) == case.definitions


@given(st.text(alphabet=st.sampled_from("ORHC rate ioz()[];,:=.-0"), max_size=80))
def test_any_text_is_read_and_what_is_defined_stands_in_it(text: str) -> None:
    for short, long in find_definitions(text).items():
        assert short in text
        assert long in text
