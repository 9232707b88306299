"""How trials tell of their groups: the other arm without a verb, one size for each, people that no vocabulary holds."""

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


FLOW = [
    # the other arm, with a noun and without a verb
    Case(
        "In all, 88 men were randomly assigned to tea and 43 men to milk and formed the analysis set.",
        ((88, "arm"), (43, "arm")),
    ),
    Case("Twelve men were assigned tea for a year, and 13 no treatment.", ((12, "arm"), (13, "arm"))),
    # one size for each group
    Case("All were randomised into 2 groups of 24 each.", ((24, "arm"),)),
    Case(
        "In all, 61 boys were randomised, and 58 boys were eligible, with 29 in each regimen.",
        ((61, "randomized"), (58, "screened"), (29, "arm")),
    ),
    # whatever is recruited or assigned is someone; what is not said to be is none
    Case(
        "Fifty ushers were placed in the tea group and another 51 ushers were placed in the milk group.",
        ((50, "arm"), (51, "arm")),
    ),
    Case("Thirty waiters were recruited.", ((30, "enrolled"),)),
    Case("Thirty measures were recruited. Thirty waiters sang.", ()),
    # a count right behind the word trial; the number of a trial
    Case("In this open trial 182 patients were randomly assigned to tea or milk.", ((182, "randomized"),)),
    Case("In trial 2 patients drank tea.", ()),
    Case("Men with at least nine positive nodes were randomly assigned to tea.", ()),
    Case("We tried tea in a trial involving 534 6- to 10-year-old urban children.", ((534, "enrolled"),)),
    # what stands behind a colon tells of the groups again, after the sexes
    Case(
        "In all, 34 adults (17 M, 17 F) were randomized: 17 received tea (2 cups) and 17 milk.",
        ((34, "randomized"), (17, "arm")),
    ),
    Case(
        "Two hundred men enrolled onto the regimens: 96 to tea and 104 to milk.",
        ((200, "enrolled"), (96, "arm"), (104, "arm")),
        SectionLabel.FINDINGS,
    ),
    Case(
        "In all, 137 men completed the run-in: 69 were randomly assigned to tea, and 68 were assigned to milk.",
        ((137, "completed"), (69, "arm"), (68, "arm")),
        SectionLabel.FINDINGS,
    ),
    # a share of those enrolled who lay in hospital; those in whom something was seen
    Case(
        "Of the 1,077 enrolled cooks, 1,028 (95.5%) met study criteria; of these, 382 (37.2%) were hospitalized.",
        ((1077, "enrolled"), (1028, "screened")),
        SectionLabel.FINDINGS,
    ),
    Case("Scores rose (4 v 2) in the 190 evaluable cases (61.9%).", ((190, "analyzed"),), SectionLabel.FINDINGS),
    Case("Falls included ten [14%] patients with gout.", (), SectionLabel.FINDINGS),
    # events of two groups
    Case("The number of severe attacks was low with tea (n = 12) and milk (n = 9).", (), SectionLabel.FINDINGS),
    Case(
        "Cooks relapsed (n = 94; p = 0.01), bakers too (n = 59; p = 0.02).",
        ((94, "analyzed"), (59, "analyzed")),
        SectionLabel.FINDINGS,
    ),
    # a total that its groups follow; a size that ends a bracket; ages before a count
    Case(
        "In all, 185 men were enrolled, 174 of whom were randomly assigned: 85 to tea and 89 to milk.",
        ((185, "enrolled"), (174, "randomized"), (85, "arm"), (89, "arm")),
        SectionLabel.FINDINGS,
    ),
    Case(
        "Cooks were randomly assigned to tea (4 mg/kg by mouth; 612 patients) or milk (614 patients).",
        ((612, "arm"), (614, "arm")),
    ),
    Case("Children with gout aged 8-13 years (n = 141) were randomized to tea or milk.", ((141, "randomized"),)),
    Case("Children with gout were followed for 5 years (n = 141 fractures).", ()),
    Case("The trial ended with 530 women enrolled in each group.", ((530, "arm"),), SectionLabel.FINDINGS),
    Case("SUBJECTS: Forty opiate injectors seeking treatment.", ((40, "enrolled"),)),
    Case("OUTCOMES: Forty opiate questions seeking answers.", ()),
    # ages in words; what each of two groups was given; centres; those enrolled behind those screened
    Case(
        "This is a randomised trial including 4000 eighteen- to twenty-four-year-old female students.",
        ((4000, "randomized"),),
    ),
    Case("Patients received tea 45 mg (n = 31) or milk (n = 32), both with rice.", ((31, "arm"), (32, "arm"))),
    Case("This was a randomised, open, multicentre (n = 222) trial in gout.", ()),
    Case(
        "In all, 230 men were screened and 72 healthy adults aged 18-59 years were enrolled and randomized.",
        ((230, "screened"), (72, "randomized")),
    ),
    Case("From the initial 275 patients identified, 73 were randomised.", ((275, "screened"), (73, "randomized"))),
    Case(
        "We randomised 81 men. Two men in the tea arm and one man in the milk arm underwent surgery.",
        ((81, "randomized"),),
        SectionLabel.FINDINGS,
    ),
    Case("We sang to 153 men per group.", ()),
    Case(
        "Ninety American Society of Anesthesiologists physical status I-II patients were randomly assigned.",
        ((90, "randomized"),),
    ),
    Case(
        "Forty men were recruited. Nine men in group C (45%) vs. 1 (5%) in group H had less gout.",
        ((40, "enrolled"),),
        SectionLabel.FINDINGS,
    ),
    # one who was randomised and not treated
    Case("One patient in each group was randomly assigned but not treated.", ()),
    # the second of two events set against each other, behind a semicolon
    Case("Itch was commoner with wool (n = 15) than with silk (n = 7; p = 0.02).", (), SectionLabel.FINDINGS),
    # parts of a share are no sizes
    Case("Letters reached 652 (87%) cooks [430 (57%) called and 222 (30%) put off].", (), SectionLabel.FINDINGS),
]


@pytest.mark.parametrize("case", FLOW, ids=lambda case: case.text[:60])
def test_flow_sentences(case: Case) -> None:
    label = case.label or SectionLabel.METHODS
    sections = [Section(label, "", 0, len(case.text), 0, SectionSource.HEADING)]
    found = find_sample_sizes(case.text, sections)
    assert tuple((size.value, size.role.value) for size in found) == case.found
