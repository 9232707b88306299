"""Sections of whole abstracts: with headings, without, with some; what closes them; what is never part of one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.schema import SectionLabel, SectionSource, SourceSection
from structurer.sections import find_sections

B, M, F, I = "BACKGROUND", "METHODS", "FINDINGS", "INTERPRETATION"  # noqa: E741
FUNDING, REGISTRATION = "FUNDING", "REGISTRATION"
H, S, MODEL = SectionSource.HEADING, SectionSource.SOURCE, SectionSource.MODEL

AIM = "We aimed to assess whether dorvaline reduces chronic cough."
DESIGN = "In a double-blind trial, 84 adults were randomly assigned to dorvaline or placebo for six weeks."
ENDPOINT = "The primary outcome was cough frequency over 24 hours."
RESULT = "Cough frequency fell by 31% with dorvaline and 12% with placebo (P = 0.02)."
HARM = "Headache was more common with dorvaline (9% vs 4%, P = 0.11)."
MEANING = "In conclusion, dorvaline reduces cough in adults."
PLAIN = (AIM, DESIGN, ENDPOINT, RESULT, HARM, MEANING)


@dataclass(frozen=True)
class Case:
    """A text, and of each section its label, heading, first words and source."""

    name: str
    text: str
    sections: tuple[tuple[str | None, str, str, SectionSource], ...]


WITHOUT_HEADINGS = [
    Case(
        "plain",
        " ".join(PLAIN),
        ((B, "", AIM, MODEL), (M, "", DESIGN, MODEL), (F, "", RESULT, MODEL), (I, "", MEANING, MODEL)),
    ),
    Case(
        "registered",
        " ".join((*PLAIN, "ClinicalTrials.gov Identifier: NCT00112233.")),
        (
            (B, "", AIM, MODEL),
            (M, "", DESIGN, MODEL),
            (F, "", RESULT, MODEL),
            (I, "", MEANING, MODEL),
            (REGISTRATION, "", "ClinicalTrials.gov", MODEL),
        ),
    ),
    Case(
        "registered and funded, with a copyright line",
        " ".join(
            (*PLAIN, "Trial registration: ISRCTN40112233.", "Funded by the Orrin Trust.", "Copyright © 2012 Orrin.")
        ),
        (
            (B, "", AIM, MODEL),
            (M, "", DESIGN, MODEL),
            (F, "", RESULT, MODEL),
            (I, "", MEANING, MODEL),
            (REGISTRATION, "", "Trial registration", MODEL),
            (FUNDING, "", "Funded by", MODEL),
        ),
    ),
    Case(
        "title at the head",
        " ".join(("Dorvaline for chronic cough: a randomised trial.", *PLAIN)),
        (
            (B, "", "Dorvaline for chronic cough", MODEL),
            (M, "", DESIGN, MODEL),
            (F, "", RESULT, MODEL),
            (I, "", MEANING, MODEL),
        ),
    ),
]
SOME_HEADINGS = [
    Case(
        "conclusion only",
        " ".join((AIM, DESIGN, ENDPOINT, RESULT, HARM, "CONCLUSION: Dorvaline reduces cough.")),
        ((B, "", AIM, MODEL), (M, "", DESIGN, MODEL), (F, "", RESULT, MODEL), (I, "CONCLUSION", "CONCLUSION: Dorv", H)),
    ),
    Case(
        "unlabelled lead-in",
        " ".join((AIM, "METHODS:", DESIGN, ENDPOINT, "RESULTS:", RESULT, HARM, "CONCLUSIONS:", MEANING)),
        (
            (B, "", AIM, MODEL),
            (M, "METHODS", "METHODS", H),
            (F, "RESULTS", "RESULTS", H),
            (I, "CONCLUSIONS", "CONCL", H),
        ),
    ),
    Case(
        "unknown heading",
        " ".join(
            ("BACKGROUND:", AIM, "HOW WE WENT ABOUT IT:", DESIGN, ENDPOINT, "RESULTS:", RESULT, "CONCLUSIONS:", MEANING)
        ),
        (
            (B, "BACKGROUND", "BACKGROUND", H),
            (M, "HOW WE WENT ABOUT IT", "HOW WE", MODEL),
            (F, "RESULTS", "RESULTS", H),
            (I, "CONCLUSIONS", "CONCL", H),
        ),
    ),
]
ALL_HEADINGS = [
    Case(
        "copyright after the last",
        f"AIM: {AIM} METHODS: {DESIGN} RESULTS: {RESULT} CONCLUSION: {MEANING} © 2012 The Authors.",
        (
            (B, "AIM", "AIM", H),
            (M, "METHODS", "METHODS", H),
            (F, "RESULTS", "RESULTS", H),
            (I, "CONCLUSION", "CONCL", H),
        ),
    ),
]


@pytest.mark.parametrize("case", WITHOUT_HEADINGS + SOME_HEADINGS + ALL_HEADINGS, ids=lambda case: case.name)
def test_find_sections(case: Case) -> None:
    found = find_sections(case.text)
    assert [(s.label, s.heading, s.by) for s in found] == [(label, head, by) for label, head, _, by in case.sections]
    for section, (_, _, first, by) in zip(found, case.sections, strict=True):
        assert case.text[section.start : section.end].startswith(first)
        assert (section.confidence is not None) == (by is MODEL)
        assert "©" not in case.text[section.start : section.end]


def test_a_single_sentence_is_one_section() -> None:
    text = "Cough fell by 31% with dorvaline and 12% with placebo (P = 0.02)."
    (section,) = find_sections(text)
    assert (section.start, section.body, section.end, section.by) == (0, 0, len(text), MODEL)


def test_labels_of_the_input_decide() -> None:
    text = f"{AIM} {DESIGN}"
    cut = len(AIM) + 1
    found = find_sections(text, (SourceSection("Aim", 0, cut - 1, 0), SourceSection("Methods", cut, len(text), cut)))
    assert [(s.label, s.by, s.start, s.end) for s in found] == [(B, S, 0, cut - 1), (M, S, cut, len(text))]


@pytest.mark.parametrize("text", ["", " ", "."])
def test_no_words_no_meaning(text: str) -> None:
    assert len(find_sections(text)) <= 1


@given(st.text(alphabet=st.sampled_from("aB1 .:\n()©METHODSRUL"), max_size=120))
def test_sections_stand_in_order_within_the_text(text: str) -> None:
    found = find_sections(text)
    assert all(0 <= s.start <= s.body <= s.end <= len(text) for s in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert all(s.label is None or isinstance(s.label, SectionLabel) for s in found)
