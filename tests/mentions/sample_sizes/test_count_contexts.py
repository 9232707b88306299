"""Counts told in asides, in lists and late in a sentence; numbers beside them that count no one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.schema import Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    """A text, and the (value, role) of each count in it; `label` is the section that the text stands in."""

    text: str
    found: tuple[tuple[int, str], ...]
    label: SectionLabel | None = None


NUMBERS_THAT_COUNT_NO_ONE = [
    Case("On days 2, 4, 6, 8 and 12 the dose was doubled in 20 dogs.", ((20, "enrolled"),)),
    Case("At month 6, 48 nurses were analysed.", ((48, "analyzed"),)),
    Case("Cats treated between 1981 and 1994 were analysed.", ()),
    Case("Each vet saw two programmes: (1) a taped group, or 2) a live group.", ()),
    Case("Data were pooled from two randomized, double-blind, 12-week trials.", ()),
    Case(
        "Of 90 eligible men, 24 were randomised (age, 60.1 [9.9] years) and 26 to rest (age, 40 [9.8] years).",
        ((90, "screened"), (24, "arm"), (26, "arm")),
    ),
    Case("Joints were swollen (7/66 swollen) in 05/2011.", ()),
    Case("The block held 1/200,000 adrenaline.", ()),
    Case("One of the two eyes was chosen.", ()),
    Case("In each of three lunar cycles, women drank tea.", ()),
    Case("We enrolled 44 patients (19 male; mean age 50 years).", ((44, "enrolled"),)),
]
ASIDES = [
    Case("We pooled 9 trials (4,120 participants).", ((4120, "analyzed"),), SectionLabel.FINDINGS),
    Case(
        "In a cluster-randomised trial, 12 schools (30 classes, 811 pupils) were allocated to milk or water.",
        ((12, "other"), (811, "randomized")),
    ),
    Case(
        "Practices were randomised to letters (14 practices, 902 adults) or calls (15 practices, 877 adults).",
        ((902, "arm"), (877, "arm")),
    ),
    Case(
        "Fifty men were randomised (control group = 26; cycling group = 24).",
        ((50, "randomized"), (26, "arm"), (24, "arm")),
    ),
    Case("Thirty-one women were recruited (15 randomised to yoga).", ((31, "enrolled"), (15, "arm"))),
    Case("We compared cod (n=61) with no fish (58), in gout.", ((61, "arm"), (58, "arm"))),
    Case("In all, 77 girls were allocated to each arm (total n = 154).", ((77, "arm"), (154, "randomized"))),
    Case("Seventy adults were included. They were divided into two (n = 35) groups.", ((70, "enrolled"), (35, "arm"))),
]
EVENTS_IN_BRACKETS = [
    Case("Itch was commoner with wool (n = 15) than with silk (n = 7, p = 0.02).", (), SectionLabel.FINDINGS),
    Case("Cure was alike in farmers (n = 71; 60.2%) and miners (n = 80; 61.5%).", (), SectionLabel.FINDINGS),
    Case(
        "Three deaths occurred: 2 patients in the knife arm and 1 patient in the laser arm.", (), SectionLabel.FINDINGS
    ),
]
ROLES = [
    Case(
        "We screened 930 patients, of whom 410 patients were randomly allocated to tea.",
        ((930, "screened"), (410, "randomized")),
    ),
    Case("The effect of tea was assessed in 36 women.", ((36, "enrolled"),), SectionLabel.METHODS),
    Case(
        "Eighty-one adults were included in the available case analysis and 66 adults in the per protocol analysis.",
        ((81, "analyzed"), (66, "analyzed")),
        SectionLabel.FINDINGS,
    ),
    Case("The main analysis was performed on 210 mothers who replied.", ((210, "analyzed"),), SectionLabel.FINDINGS),
    Case(
        "From 450 adults randomized, 390 adults completed the ride.",
        ((450, "randomized"), (390, "completed")),
        SectionLabel.FINDINGS,
    ),
    Case("Of the clinic, 71 men were successfully followed up.", ((71, "completed"),), SectionLabel.FINDINGS),
    Case(
        "Ninety men were evaluable for toxicity and 84 for response.",
        ((90, "analyzed"), (84, "analyzed")),
        SectionLabel.FINDINGS,
    ),
    Case(
        "500 eligible men, who had said that they would come if invited, were randomly assigned to tea or milk.",
        ((500, "randomized"),),
    ),
    Case(
        "In all, 60 men took part. 33 men were randomised to the tea group, of whom 30 drank it.",
        ((60, "enrolled"), (33, "arm")),
    ),
    Case(
        "Some 91 (22%) boys had low scores and were randomised (46 songs, 45 tales).",
        ((91, "randomized"), (46, "arm"), (45, "arm")),
        SectionLabel.FINDINGS,
    ),
    Case("340 adults were randomised to 7 days and 351 to 14 days.", ((340, "arm"), (351, "arm"))),
    Case("The 412 adults had a mean age of 44.1 years.", ((412, "analyzed"),), SectionLabel.FINDINGS),
    Case(
        "Of 700 eligible boys, 233 (33%) entered the trial.",
        ((700, "screened"), (233, "enrolled")),
        SectionLabel.FINDINGS,
    ),
]


@pytest.mark.parametrize(
    "case", NUMBERS_THAT_COUNT_NO_ONE + ASIDES + EVENTS_IN_BRACKETS + ROLES, ids=lambda case: case.text[:60]
)
def test_counts_by_what_stands_around_them(case: Case) -> None:
    end = len(case.text)
    sections = [Section(case.label, "", 0, end, 0, SectionSource.HEADING)] if case.label else []
    found = find_sample_sizes(case.text, sections)
    assert tuple((size.value, size.role.value) for size in found) == case.found
