"""Names of arms told from pieces of sentences: phrases in our own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.linking.arms.labels import is_arm_label, names_outcome

NAMES = [
    "sirolimus plus tacrolimus",
    "no treatment",
    "usual care",
    "impaired glucose tolerance",
    "pressure-controlled ventilation",
    "clofibrate",
    "8 weeks of yoga",
    "hypertension education",
    "treatment",
    "20 mg vorelatin",
]
PIECES = [
    "assess the gains of added",
    "underwent a yoga course",
    "which shows fewer tests",
    "9 clinics with 40 doctors",
    "every 28 days",
    "12 cycles",
    "each visit",
    "benefit of screening",
    "vorelatin continued at the same",
    "open-label",
    "equal",
    "younger",
    "mild arterial hypertension",
    "",
]
OUTCOMES = ["overall survival", "PFS", "relapse rate", "HbA1c", "drug safety", "weight target range", "risk"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_an_arm(name: str) -> None:
    assert is_arm_label(name)


@pytest.mark.parametrize("name", [*PIECES, *OUTCOMES])
def test_no_name_of_an_arm(name: str) -> None:
    assert not is_arm_label(name)


@pytest.mark.parametrize("name", OUTCOMES)
def test_names_of_outcomes(name: str) -> None:
    assert names_outcome(name.lower())


@given(st.text())
def test_what_names_an_outcome_names_no_arm(name: str) -> None:
    assert not (is_arm_label(name) and names_outcome(name.lower()))
