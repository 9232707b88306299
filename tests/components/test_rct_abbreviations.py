"""The abbreviation component: this package's reading joined with scispaCy's, without its misfires."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import spacy

from structurer.components.span_groups import ABBREVIATIONS, read_definitions


@dataclass(frozen=True)
class Case:
    text: str
    definitions: dict[str, str]


CASES = [
    Case("Overall response (OR) rose.", {"OR": "Overall response"}),
    Case("The odds ratio [OR] was 2.", {"OR": "odds ratio"}),
    # a misfire of the detector: no capital, and the short form is a word of the long one
    Case("All study staff (staff) and death from any cause (deaths) were listed.", {}),
    # never over a sentence's end
    Case("Each had a visit. Scores (VS) rose.", {}),
    Case("No short form here.", {}),
    Case("", {}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_definitions(case: Case) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rct_abbreviations")
    assert read_definitions(nlp(case.text)) == case.definitions


def test_scispacy_adds_what_the_own_reading_misses() -> None:
    text = "They had their zinc oxide nanoparticle (ZnO NP) cream."
    found = {}
    for scispacy in (False, True):
        nlp = spacy.blank("en")
        nlp.add_pipe("rct_abbreviations", config={"scispacy": scispacy})
        found[scispacy] = read_definitions(nlp(text))
    assert found == {False: {}, True: {"ZnO NP": "zinc oxide nanoparticle"}}


def test_the_view_marks_the_short_form() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("rct_abbreviations")
    doc = nlp("Progression-free survival (PFS) rose; PFS was long.")
    assert [(span.text, span.start_char, span.label_, span.id_) for span in doc.spans[ABBREVIATIONS]] == [
        ("PFS", 27, "abbreviation", "Progression-free survival")
    ]
