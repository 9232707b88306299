"""Sentences that announce an aim, the trial itself or its end points, and those that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.schema import SectionLabel
from structurer.sections.announcements import tells_aim, tells_end_point, tells_trial
from structurer.sections.roles import label_sentences

TELLING = [
    "This randomised phase II trial compared dorvaline with placebo in adults with cough.",
    "A double-blind, placebo-controlled study was conducted in 61 women.",
    "In an open-label crossover study nurses were lent lamps.",
    "The phase 3, multicentre ORRIN trial evaluated dorvaline in adults.",
    "This study tested, in a randomized parallel-group design, the effect of lamps.",
]
# Aims, looks back, questions, and results.
OTHER = [
    "We aimed to assess dorvaline in a randomised trial.",
    "The objective of this randomised trial was to compare two lamps.",
    "A recent phase 2 trial suggested that lamps help.",
    "No randomised trial of lamps is known.",
    "In this open-label study, we compared two lamps.",
    "This controlled trial was designed to compare two lamps.",
    "Lamps were tested in a randomised trial.",
    "The patients were randomised to lamps or none.",
    "",
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [(sentence, True) for sentence in TELLING] + [(sentence, False) for sentence in OTHER]
)
def test_tells_trial(sentence: str, expected: bool) -> None:
    assert tells_trial(sentence) is expected


AIMS = [
    "We aimed to compare two lamps in a randomised trial.",
    "Thus, we hypothesized that lamps help.",
    "The primary objective of the trial was sleep at night.",
    "In the present study, we examined whether lamps help.",
    "This study sought to measure sleep.",
    "Here we report two families of lamps.",
    "The authors retrospectively reviewed all lamps of one ward.",
    "To learn how lamps wear, we studied 40 of them.",
    "Using a diary, we compared two lamps.",
    "We performed a cohort study to further examine falls at night.",
    "This survey (of 12 homes) explored how lamps are used.",
    "The study was carried out in two homes to assess falls.",
]
NO_AIMS = [
    "We lent 40 lamps.",
    "We performed a cohort study of falls at night.",
    "The objective response was 41%.",
    "Sleep was the aim.",
    "Patients aimed at rest.",
    "The study was carried out in two homes.",
    "This randomised study compared two lamps.",
    "Reports describe lamps.",
    "",
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [(sentence, True) for sentence in AIMS] + [(sentence, False) for sentence in NO_AIMS]
)
def test_tells_aim(sentence: str, expected: bool) -> None:
    assert tells_aim(sentence) is expected


def test_a_study_called_by_its_design_is_an_aim_only_at_the_head() -> None:
    sentence = "This open-label trial compared two lamps."
    assert (tells_aim(sentence, first=True), tells_aim(sentence)) == (True, False)


END_POINTS = [
    "The primary outcome was sleep at 12 weeks.",
    "Secondary end points were harms and cost.",
    "Key secondary outcomes included falls.",
    "The co-primary efficacy endpoints were pain and sleep.",
]
NO_END_POINTS = [
    "The primary outcome was 41 vs 12 points.",
    "The primary endpoint was met.",
    "Secondary outcomes were similar between groups.",
    "Outcomes were measured.",
]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [(sentence, sentence in END_POINTS) for sentence in (*END_POINTS, *NO_END_POINTS)],
)
def test_tells_end_point(sentence: str, expected: bool) -> None:
    assert tells_end_point(sentence) is expected


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
    assert {tells_trial(text), tells_aim(text), tells_end_point(text)} <= {True, False}
