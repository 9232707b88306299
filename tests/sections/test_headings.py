"""Splitting at printed headings. New cases go to the list named by how the heading is printed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.schema import Section, SectionLabel, SectionSource, SourceSection
from structurer.sections.headings import split_at_headings


@dataclass(frozen=True)
class Case:
    """A text and its sections: (first letter of the label or None, heading, text after the heading), in order."""

    text: str
    parts: tuple[tuple[str | None, str, str], ...]


HOW_HEADINGS_ARE_PRINTED = [
    Case("METHODS: We met. RESULTS: It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("METHODS.: We met. RESULTS : It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("[METHODS]: We met. [RESULTS]: It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("[Methods] We met. [Results] It fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
    Case("METHODS\nWe met.\n\nRESULTS\nIt fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("Methods\nWe met.\nResults\nIt fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
    Case("METHODS We met.\nRESULTS It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("METHODS We met. RESULTS It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("Methods: We met. Results: It fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
    Case("Methods. We met. Results. It fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
    Case("Methods - We met. Results - It fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
    Case("METHODS—We met. RESULTS—It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case(
        "Aim To learn. Methods We met. Results It fell.",
        (("B", "Aim", "To learn."), ("M", "Methods", "We met."), ("F", "Results", "It fell.")),
    ),
    Case("METHODS: We met.RESULTS: It fell.", (("M", "METHODS", "We met."), ("F", "RESULTS", "It fell."))),
    Case("METHODS: We met thrice RESULTS: It fell.", (("M", "METHODS", "We met thrice"), ("F", "RESULTS", "It fell."))),
    Case(
        "AIM: To learn. METHODS: We met. RESULTS Pain fell.",
        (("B", "AIM", "To learn."), ("M", "METHODS", "We met."), ("F", "RESULTS", "Pain fell.")),
    ),
    Case("ABSTRACT: Methods: We met. Results: It fell.", (("M", "Methods", "We met."), ("F", "Results", "It fell."))),
]
WHAT_HEADINGS_SAY = [
    Case("BACKROUND: X is. METHODDS: We met.", (("B", "BACKROUND", "X is."), ("M", "METHODDS", "We met."))),
    Case("METHODS AND FINDINGS: We met.", (("F", "METHODS AND FINDINGS", "We met."),)),
    Case("AIM: To learn. METHODS/RESULTS: It fell.", (("B", "AIM", "To learn."), ("F", "METHODS/RESULTS", "It fell."))),
    Case(
        "AIM: To learn. DESIGN, SETTING, AND PARTICIPANTS: We met. CLINICAL TRIAL REGISTRATION INFORMATION: None.",
        (
            ("B", "AIM", "To learn."),
            ("M", "DESIGN, SETTING, AND PARTICIPANTS", "We met."),
            ("R", "CLINICAL TRIAL REGISTRATION INFORMATION", "None."),
        ),
    ),
    Case(
        "METHODS: We met. RESULTS: It fell. WHAT THIS STUDY ADDS: Much. FUNDING: Own means.",
        (
            ("M", "METHODS", "We met."),
            ("F", "RESULTS", "It fell."),
            ("I", "WHAT THIS STUDY ADDS", "Much."),
            ("F", "FUNDING", "Own means."),
        ),
    ),
    # the same words by where they stand
    Case("METHODS: We met. PRIMARY OUTCOME: Pain.", (("M", "METHODS", "We met."), ("M", "PRIMARY OUTCOME", "Pain."))),
    Case(
        "METHODS: We met. OUTCOMES: Pain fell. CONCLUSION: Good.",
        (("M", "METHODS", "We met."), ("F", "OUTCOMES", "Pain fell."), ("I", "CONCLUSION", "Good.")),
    ),
    Case("SIGNIFICANCE: X hurts. METHODS: We met.", (("B", "SIGNIFICANCE", "X hurts."), ("M", "METHODS", "We met."))),
    # neighbours with one label stay two
    Case("AIM: To learn. CONTEXT: X is.", (("B", "AIM", "To learn."), ("B", "CONTEXT", "X is."))),
    # capitals of unknown meaning, in a text with headings
    Case(
        "METHODS: We met. ZANY PIECE: Odd words. RESULTS: It fell.",
        (("M", "METHODS", "We met."), (None, "ZANY PIECE", "Odd words."), ("F", "RESULTS", "It fell.")),
    ),
    Case("Gout and diet METHODS: We met.", ((None, "", "Gout and diet"), ("M", "METHODS", "We met."))),
    Case(
        "METHODS: We met. CONCLUSION: Good. ClinicalTrials.gov identifier: NCT03124598.",
        (
            ("M", "METHODS", "We met."),
            ("I", "CONCLUSION", "Good."),
            ("R", "ClinicalTrials.gov identifier", "NCT03124598."),
        ),
    ),
    Case("Rovacept eased gout. Conclusion: Good.", ((None, "", "Rovacept eased gout."), ("I", "Conclusion", "Good."))),
]
NO_HEADING = [
    Case(text, ())
    for text in (
        "",
        "   ",
        "We met 40 adults. Pain fell (RR: 0.8, OR: 0.7).",
        "The CONCLUSIONS of the committee held. Results of the trial were mixed.",
        "RR: 0.8 and OR: 0.7 were seen. HR: 0.9.",
        "Results Of were seen by few.",
        "Outcome: mixed.",
        "Methods-based care was given. Results were good.",
    )
]
INSIDE_A_SECTION = [
    Case(
        "METHODS: We met. Intervention: Rovacept. RESULTS: It fell. RR: 0.8.",
        (("M", "METHODS", "We met. Intervention: Rovacept."), ("F", "RESULTS", "It fell. RR: 0.8.")),
    ),
    Case(
        "METHODS: The CONCLUSIONS of others. RESULTS: It fell. Results of B. Methods used were two.",
        (
            ("M", "METHODS", "The CONCLUSIONS of others."),
            ("F", "RESULTS", "It fell. Results of B. Methods used were two."),
        ),
    ),
]


def parts_of(text: str, sections: list[Section]) -> tuple[tuple[str | None, str, str], ...]:
    return tuple((s.label.value[0] if s.label else None, s.heading, text[s.body : s.end]) for s in sections)


@pytest.mark.parametrize(
    "case", HOW_HEADINGS_ARE_PRINTED + WHAT_HEADINGS_SAY + NO_HEADING + INSIDE_A_SECTION, ids=lambda case: case.text
)
def test_split(case: Case) -> None:
    assert parts_of(case.text, split_at_headings(case.text)) == case.parts


def test_offsets_begin_at_the_heading_and_end_with_its_text() -> None:
    text = "  PURPOSE: To learn.   [RESULTS]: It fell.  "
    assert split_at_headings(text) == [
        Section(SectionLabel.BACKGROUND, "PURPOSE", 2, 20, 11, SectionSource.HEADING),
        Section(SectionLabel.FINDINGS, "RESULTS", 23, 42, 34, SectionSource.HEADING),
    ]


def test_the_source_decides_where_it_has_headings() -> None:
    text = "Goal We met: RESULTS: a title. Yield It fell."
    source = [SourceSection("GOAL", 0, 30, 5), SourceSection("Findings", 31, 45, 37), SourceSection("Zany", 45, 45, 45)]
    assert split_at_headings(text, source) == [
        Section(SectionLabel.BACKGROUND, "GOAL", 0, 30, 5, SectionSource.SOURCE),
        Section(SectionLabel.FINDINGS, "Findings", 31, 45, 37, SectionSource.SOURCE),
        Section(None, "Zany", 45, 45, 45, SectionSource.SOURCE),
    ]


def test_printed_headings_are_read_inside_a_source_section_without_one() -> None:
    text = "METHODS: We met. RESULTS: It fell. Thanks are due."
    source = [SourceSection("", 0, 34, 0), SourceSection("Funding", 35, 50, 35)]
    assert parts_of(text, split_at_headings(text, source)) == (
        ("M", "METHODS", "We met."),
        ("F", "RESULTS", "It fell."),
        ("F", "Funding", "Thanks are due."),
    )


def test_a_source_without_headings_leaves_it_to_the_print() -> None:
    text = "METHODS: We met. RESULTS: It fell."
    assert split_at_headings(text, [SourceSection("", 0, len(text), 0)]) == split_at_headings(text)


@given(
    st.lists(
        st.sampled_from(["METHODS", ":", " ", "\n", "Results", ". ", "We", "[", "]", "-", "AIM", "\u2028", "é", ")"])
    )
)
def test_any_text_is_split_in_order_and_without_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for section in split_at_headings(text):
        assert end <= section.start <= section.body <= section.end <= len(text)
        assert text[section.start :].lstrip("[(* ").startswith(section.heading)
        end = section.end
