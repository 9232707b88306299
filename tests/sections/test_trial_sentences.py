"""Sentences about the trial itself, and those that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.schema import SectionLabel
from structurer.sections.roles import label_sentences
from structurer.sections.trial_sentences import tells_trial

TELLING = [
    "This randomised phase II trial compared dorvaline with placebo in adults with cough.",
    "A double-blind, placebo-controlled study was conducted in 61 women.",
    "In this open-label crossover study, we gave lamps to nurses.",
    "The phase 3, multicentre ORRIN trial evaluated dorvaline in adults.",
    "We conducted a prospective, controlled trial of lamps at night.",
    "This study tested, in a randomized parallel-group design, the effect of lamps.",
]
# Aims, looks back, questions, and results.
OTHER = [
    "We aimed to assess dorvaline in a randomised trial.",
    "The objective of this randomised trial was to compare two lamps.",
    "A recent phase 2 trial suggested that lamps help.",
    "No randomised trial of lamps is known.",
    "Lamps were tested in a randomised trial.",
    "The patients were randomised to lamps or none.",
    "",
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [(sentence, True) for sentence in TELLING] + [(sentence, False) for sentence in OTHER]
)
def test_tells_trial(sentence: str, expected: bool) -> None:
    assert tells_trial(sentence) is expected


def test_a_sentence_about_the_trial_is_methods_before_the_patients_are_told() -> None:
    sentences = [
        "Chronic cough is common and hard to treat.",
        TELLING[0],
        "Patients were randomly assigned to dorvaline 40 mg daily or placebo for six weeks.",
        "Cough frequency fell by 31% with dorvaline and 12% with placebo (P = 0.02).",
        "Dorvaline reduces cough in adults.",
    ]
    assert label_sentences(sentences)[1].label is SectionLabel.METHODS


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert tells_trial(text) in (True, False)
