"""Sentences that only name a registration, a funder or a copyright, and those that do more."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.schema import SectionLabel
from structurer.sections.closing import closing_labels, is_copyright_line

R, F = SectionLabel.REGISTRATION, SectionLabel.FUNDING
BODY = ("Sleep is often poor.", "We gave 40 adults a lamp.", "They slept longer.", "Lamps may help.")


@dataclass(frozen=True)
class Case:
    closing: tuple[str, ...]
    labels: tuple[SectionLabel | None, ...]


NAMED = [
    Case(("ClinicalTrials.gov Identifier: NCT00112233.",), (R,)),
    Case(("NCT00112233.",), (R,)),
    Case(("This trial is registered with ISRCTN, number 40112233.",), (R,)),
    Case(("Trial registration: UMIN000011223.",), (R,)),
    Case(("This work was supported by the Orrin Foundation.",), (F,)),
    Case(("Funding: Orrin Foundation.",), (F,)),
    Case(("Orrin Medical Research Council and Halden Pharma.",), (F,)),
    Case(("None.",), (F,)),
    Case(("Orrin Vascular.",), (F,)),
    Case(("ORN4471.",), (R,)),
    Case(("The trial was registered as ACTRN12600000112233.", "It was funded by Halden."), (R, F)),
    Case(("Registered at ClinicalTrials.gov (NCT00112233).", "Funded by the Orrin Trust."), (R, F)),
]
STANDING_BEFORE_THE_END = [
    Case(
        ("ClinicalTrials.gov identifier: NCT00112233.", "Date of registration: May 2, 2011.", "Lamps work at home."),
        (R, R, None),
    ),
]
# What argues, or belongs to the sentence before, is no closing sentence.
NEGATIVE = [
    Case(("Further registered trials, such as NCT00112233, are warranted.",), (None,)),
    Case(("(Funded by Orrin; LAMP ClinicalTrials.gov number, NCT00112233.)",), (None,)),
    Case(("Support from a nurse improved sleep.",), (None,)),
    Case(("Cancer Research Institutes should lend lamps.",), (None,)),
    Case(("Lamps help.",), (None,)),
    Case(("Lamp 4471.",), (None,)),
]


@pytest.mark.parametrize("case", NAMED + STANDING_BEFORE_THE_END + NEGATIVE, ids=lambda case: case.closing[0])
def test_closing_labels(case: Case) -> None:
    assert tuple(closing_labels((*BODY, *case.closing))[len(BODY) :]) == case.labels


def test_the_first_sentence_closes_nothing() -> None:
    assert closing_labels(["ClinicalTrials.gov Identifier: NCT00112233."]) == [None]


COPYRIGHT = [
    "Copyright © 2011 Orrin Press.",
    "© 2011 The Authors.",
    "(c) 2011 Orrin Press.",
    "All rights reserved.",
    "(PsycINFO Database Record (c) 2011 APA, all rights reserved)",
    "Published by Elsevier Ltd.",
]
NO_COPYRIGHT = ["Rights were explained to all.", "Copyrighted tests were bought.", "(C) was the third arm."]


@pytest.mark.parametrize(
    ("line", "expected"), [(line, True) for line in COPYRIGHT] + [(line, False) for line in NO_COPYRIGHT]
)
def test_copyright_lines(line: str, expected: bool) -> None:
    assert is_copyright_line(line) is expected
