"""Sentences that tell what was done or found, and what they weigh in the chain."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.sections.reporting import tells_finding, tells_outcome, tells_procedure
from structurer.sections.role_weights import ROLES
from structurer.sections.roles import label_sentences

B, M, F, I = ROLES  # noqa: E741


@dataclass(frozen=True)
class Case:
    sentence: str
    procedure: bool = False
    finding: bool = False


CASES = [
    Case("Sleep was measured with a diary.", procedure=True),
    Case("Cells were then rapidly transfected with the vector.", procedure=True),
    Case("Leaves were sampled in spring and dust was collected in traps.", procedure=True),
    Case("Sleep was measured and was longer by 31%."),
    Case("Two effects were measured, and no difference was seen between them."),
    Case("The dose given was the mean of three."),
    Case("Lamps measured 30 cm."),
    Case("We found that lamps help.", finding=True),
    Case("In mice, we also observed two forms.", finding=True),
    Case("Our results revealed a second form.", finding=True),
    Case("The lamps found were lent."),
    Case("We looked for what others had found."),
    Case(""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence or "nothing")
def test_what_sentences_tell(case: Case) -> None:
    assert (tells_procedure(case.sentence), tells_finding(case.sentence)) == (case.procedure, case.finding)


OUTCOMES = [
    "Dorvaline was well tolerated.",
    "No serious adverse events were reported.",
    "The groups did not significantly differ.",
    "Falls were strongly associated with darkness.",
    "Wards with lamps had significantly fewer but better nights.",
    "The vaccine elicits significantly higher titres.",
]
NO_OUTCOMES = [
    "Sleep was measured with a diary.",
    "We looked for a difference.",
    "Lamps should be well tolerated.",
    "Significance was set at 5%.",
    "",
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [(sentence, True) for sentence in OUTCOMES] + [(each, False) for each in NO_OUTCOMES]
)
def test_tells_outcome(sentence: str, expected: bool) -> None:
    assert tells_outcome(sentence) is expected


LABORATORY = (
    "How ferns store light is unknown.",
    "Here we examine two fern enzymes.",
    "Spores were incubated on agar and fronds were sampled weekly.",
    "We found that both enzymes bind a pigment.",
    "Fronds without the first enzyme stayed pale.",
    "These results suggest that ferns store light in a pigment.",
)


def test_a_study_that_is_no_trial() -> None:
    assert [role.label for role in label_sentences(LABORATORY)] == [B, B, M, F, F, I]


@given(st.text(max_size=400))
def test_text_never_raises(text: str) -> None:
    assert {tells_procedure(text), tells_finding(text), tells_outcome(text)} <= {True, False}
