"""The vocabulary of headings keeps its own laws, and says what the reading guideline says."""

from __future__ import annotations

import pytest

from structurer.resources import load_vocabulary
from structurer.schema import SectionLabel
from structurer.sections.heading_labels import Match, heading_key, label_heading
from structurer.sections.headings import split_at_headings

ROWS = load_vocabulary("section_headings", ("heading", "match", "label"))
WHOLE = [row for row in ROWS if row["match"] == "whole"]
CUES = [row for row in ROWS if row["match"] == "word"]
AROUND = "METHODS: Adults with gout met. RESULTS: Pain fell."

# The guideline's own table, section 1.
BY_THE_GUIDELINE = {
    SectionLabel.BACKGROUND: "background, introduction, context, importance, rationale, objective, objectives, aim, "
    "aims, purpose, question, hypothesis, background/aims",
    SectionLabel.METHODS: "methods, patients and methods, design, study design, setting, participants, patients, "
    "subjects, interventions, exposures, main outcome measures, measurements, statistical analysis",
    SectionLabel.FINDINGS: "findings, results, main results, observations, methods and findings, methods/results",
    SectionLabel.INTERPRETATION: "interpretation, conclusion, conclusions, conclusions and relevance, discussion, "
    "significance, clinical relevance, limitations",
    SectionLabel.FUNDING: "funding, source of funding, support, sponsor",
    SectionLabel.REGISTRATION: "trial registration, clinical trial registration, registration, "
    "ClinicalTrials.gov identifier",
}


@pytest.mark.parametrize("label", SectionLabel)
def test_the_guideline_s_headings_have_its_labels(label: SectionLabel) -> None:
    for heading in BY_THE_GUIDELINE[label].split(", "):
        for printed in (heading, heading.upper(), heading.title()):
            found = label_heading(printed)
            assert found is not None
            assert (printed, found.label) == (printed, label)


def test_every_row_is_of_a_known_kind_and_label() -> None:
    assert len(WHOLE) + len(CUES) == len(ROWS)
    assert {row["label"] for row in ROWS} <= {"", *SectionLabel}


def test_no_two_headings_are_the_same_words() -> None:
    assert len({heading_key(row["heading"]) for row in WHOLE}) == len(WHOLE)
    assert len({row["heading"] for row in CUES}) == len(CUES)


def test_each_example_is_labelled_by_its_own_row() -> None:
    for row in ROWS:
        found = label_heading(row["example"].partition(":")[0])
        assert found is not None, row["id"]
        assert (found.rule, found.label or "") == (row["id"], row["label"])


def test_no_counter_example_is_split() -> None:
    for row in ROWS:
        assert len(split_at_headings(f"{AROUND} {row['counter_example']}")) == 2, row["id"]


@pytest.mark.parametrize(
    ("printed", "label", "match"),
    [
        ("METHDOS", SectionLabel.METHODS, Match.MISPRINT),
        ("OBJETIVE", SectionLabel.BACKGROUND, Match.MISPRINT),
        ("TRAIL REGISTRATION", SectionLabel.REGISTRATION, Match.CUE),
        ("OUTCOMES AND THEIR MEASURES", SectionLabel.METHODS, Match.CUE),
        ("EFFICACY RESULTS AND CONCLUSIONS", SectionLabel.FINDINGS, Match.CUE),
        ("STUDY PARTICIPANTS AND INTERVENTIONS", SectionLabel.METHODS, Match.COVERED),
        ("OUTCOMES IN PATIENTS", SectionLabel.METHODS, Match.CUE),
        ("Design, Setting & Participants", SectionLabel.METHODS, Match.WHOLE),
        ("MAIN OUTCOME MEASURE(S)", SectionLabel.METHODS, Match.WHOLE),
        ("ABSTRACT", None, Match.WHOLE),
    ],
)
def test_how_a_heading_is_known(printed: str, label: SectionLabel | None, match: Match) -> None:
    found = label_heading(printed)
    assert found is not None
    assert (found.label, found.match) == (label, match)


@pytest.mark.parametrize("printed", ["", "ARMS", "URATE", "zany words", "12"])
def test_what_is_no_heading_has_no_label(printed: str) -> None:
    assert label_heading(printed) is None
