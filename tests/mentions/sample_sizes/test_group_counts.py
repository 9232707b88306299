"""Sizes of groups in brackets, pairs, shares and lists, and those taken from all who were asked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.schema import Section, SectionLabel, SectionSource

FINDINGS = SectionLabel.FINDINGS


@dataclass(frozen=True)
class Case:
    """A text, and the (value, role) of each count in it; `label` is the section that the text stands in."""

    text: str
    found: tuple[tuple[int, str], ...]
    label: SectionLabel = SectionLabel.METHODS


GROUPS = [
    # in a bracket behind the total
    Case(
        "We registered 31 cases (tea group 15 cases, milk group 16 cases).",
        ((31, "enrolled"), (15, "arm"), (16, "arm")),
    ),
    Case(
        "In all, 33 men were analysed (17: tea, 16: milk).",
        ((33, "analyzed"), (17, "analyzed"), (16, "analyzed")),
        FINDINGS,
    ),
    Case("The tea was brewed in 33 pots (17: green, 16: black).", (), FINDINGS),
    Case("Forty men were randomised to tea (n22) or milk (n18).", ((40, "randomized"), (22, "arm"), (18, "arm"))),
    Case("The n22 strain grew (n22x).", ()),
    Case(
        "Data were available for 71 men at 4 weeks (35 tea, 36 milk) and 62 at 8 weeks (30 tea, 32 milk).",
        ((71, "analyzed"), (35, "analyzed"), (36, "analyzed"), (62, "analyzed"), (30, "analyzed"), (32, "analyzed")),
        FINDINGS,
    ),
    Case(
        "The board met early (38 men randomised to tea, 44 to milk) and stopped.", ((38, "arm"), (44, "arm")), FINDINGS
    ),
    Case("Boys were assigned to group A (tea alone, 55 men) or group B (milk, 57 men).", ((55, "arm"), (57, "arm"))),
    Case("Boys were assigned to group A (mean age 9, 55 men).", ()),
    Case("Cooks were allocated to group 1 (tea; 37 pts) and group 2 (milk; 38 pts).", ((37, "arm"), (38, "arm"))),
    Case("Seventy-five men were randomised to three groups (25 each).", ((75, "randomized"), (25, "arm"))),
    Case("All were randomly assigned to the two groups (90 to each group).", ((90, "arm"),)),
    Case("Men brought three pots (25 each).", ()),
    # behind a colon, and called "the"
    Case(
        "Men were randomised into two groups: 25 (48.1%) in the tea group and 27 (51.9%) in the milk group.",
        ((25, "arm"), (27, "arm")),
    ),
    Case(
        "The 969 in the tea group slept longer than the 943 in the milk group.",
        ((969, "analyzed"), (943, "analyzed")),
        FINDINGS,
    ),
    Case("The 969 in the tea group who died were old.", (), FINDINGS),
    # pairs
    Case("In all, 58 tea and 65 control women completed the study.", ((58, "completed"), (65, "completed")), FINDINGS),
    Case("In all, 58 male and 65 female patients completed the study.", ((65, "completed"),), FINDINGS),
    Case("In all, 12 deaths and 65 old women completed the study.", ((65, "completed"),), FINDINGS),
    Case("There were 36 cases and 62 healthy controls.", ((36, "analyzed"), (62, "analyzed")), FINDINGS),
    Case("We met 36 cases of gout among 62 cooks.", (), FINDINGS),
    # a group that had so many who count
    Case(
        "The tea arm had 52 assessable men; the milk arm had 51 assessable men.",
        ((52, "analyzed"), (51, "analyzed")),
        FINDINGS,
    ),
    Case("The tea arm had 52 febrile men.", (), FINDINGS),
    # a share told by its own arithmetic
    Case(
        "Gout came less (124 [3.8%] in 3295 women v 88 [2.6%] in 3343).",
        ((3295, "analyzed"), (3343, "analyzed")),
        FINDINGS,
    ),
    Case("Gout came less (124 [3.8%] in 1999 than before).", (), FINDINGS),
    # those taken from all who were asked
    Case(
        "In all, 75/950 (7.9%) women approached agreed to randomisation.",
        ((75, "randomized"), (950, "screened")),
        FINDINGS,
    ),
    Case("In all, 75/950 (7.9%) women agreed to take part.", ((75, "enrolled"), (950, "screened")), FINDINGS),
    Case("In all, 75/950 (7.9%) women sneezed.", ((950, "analyzed"),), FINDINGS),
    Case("Among 521 men who underwent randomisation, tea was liked.", ((521, "randomized"),), FINDINGS),
    Case("Of 379 eligible men, 330 agreed to randomisation.", ((379, "screened"), (330, "randomized"))),
    Case("Of 65 women, 33 were randomised to tea and 32 to milk.", ((65, "randomized"), (33, "arm"), (32, "arm"))),
    # a ratio between the verb and the count; a total told before its groups
    Case("We randomly assigned, in a 1:1 ratio, 386 men to tea or milk.", ((386, "randomized"),)),
    Case("In total 104 were randomised to the tea group and 103 to the milk group.", ((104, "arm"), (103, "arm"))),
    Case("Forty-three and 26 men were accrued to arms A and B, respectively.", ((43, "arm"), (26, "arm"))),
    Case("Forty-three and 26 men were accrued.", ((43, "enrolled"), (26, "enrolled"))),
    Case(
        "We investigated 85 younger (age 19-35) and 91 older (age 59-80) adults.", ((85, "enrolled"), (91, "enrolled"))
    ),
    Case(
        "The safety population comprised 72 men (38 tea, 34 milk).",
        ((72, "analyzed"), (38, "analyzed"), (34, "analyzed")),
        FINDINGS,
    ),
    # what follows a total may be events, losses, or what each group was given
    Case("Men with gout (n=5) had a mutation: three had A, and two had B.", ((5, "enrolled"),)),
    Case("In all, 94 men were randomised: 31 had tea and 63 had milk.", ((94, "randomized"), (31, "arm"), (63, "arm"))),
    Case(
        "In all, 24 men discharged themselves (14 in the tea group, 10 in the milk group).",
        ((24, "lost"), (10, "lost")),
    ),
    # fewer events than people, and more
    Case("We saw 36 deaths in 155 men in the tea group.", ((155, "analyzed"),), FINDINGS),
    Case("We saw 36 deaths in 15 towns in the tea group.", (), FINDINGS),
    # what an "and" divides
    Case("Tea was brewed by 3 licensed therapists, and patients were blinded.", ()),
    Case("We recruited 30 chronic hepatitis and cirrhosis patients.", ((30, "enrolled"),)),
    Case("We met 30 men. Of the 20 in tea (two [3%] had a complete response) all slept.", (), FINDINGS),
    # the other group, told in the same words; a treatment counted by a word
    Case(
        "Twenty men were randomly assigned to the tea group and another 21 men were randomly assigned to drink milk.",
        ((20, "arm"), (21, "arm")),
    ),
    Case("Men were randomly assigned to tea (62 men) or four cups of milk (Dex; 58 men).", ((62, "arm"), (58, "arm"))),
    Case(
        "In all, 113 men were assigned to tea and 57 to milk, of whom 112 and 50, respectively, were analysed.",
        ((113, "arm"), (57, "arm")),
    ),
    # a group that so many were
    Case("Each group consisted of 46 men.", ((46, "arm"),)),
    Case("Seventy-five men failing therapy comprised the tea group.", ((75, "arm"),)),
    Case(
        "We met 72 men, of whom 37 formed the tea group and 35 the milk group.",
        ((72, "enrolled"), (37, "arm"), (35, "arm")),
    ),
    Case("The tea group consisted of 36 (78.3%) women and 10 (21.7%) men.", ()),
    # people behind their clusters
    Case(
        "In this cluster trial, 859 men (22 clusters) were randomly assigned to tea and 594 (22 clusters) to milk.",
        ((859, "arm"), (22, "other"), (594, "arm"), (22, "other")),
    ),
    # a share of a number without a noun; those admitted to a ward are not those taken into a trial
    Case(
        "The aim was met by 34.3% of 99 for tea and 28.8% of 104 receiving milk.",
        ((99, "analyzed"), (104, "analyzed")),
        FINDINGS,
    ),
    Case(
        "We randomised 900 men. In all, 97 of 857 men at home were admitted.",
        ((900, "randomized"), (857, "analyzed")),
        FINDINGS,
    ),
    # a comma behind what a number counts
    Case("Following 20 supervised tea sessions, men were randomised.", ()),
    Case("Sixty-four obese, hypertensive men were randomised.", ((64, "randomized"),)),
    # a scale before the noun; those of a group told in a relative clause
    Case("We studied 88 normal to slightly overweight men.", ((88, "enrolled"),)),
    Case("We gave 88 to overweight men.", ()),
    Case(
        "In all, 116 boys who had had gout were recruited as the study group, and 123 boys were chosen to be controls.",
        ((116, "arm"), (123, "arm")),
    ),
    # the arm that another leaves of a total
    Case(
        "We randomised 58 men. Thirty-one patients were applied tea. There were 27 patients in the tea-free group.",
        ((58, "randomized"), (31, "arm"), (27, "arm")),
    ),
    # staff of clusters, planned sizes, events of one group set against those of another
    Case("We met 45 practices (66 general practitioners) in Rome.", ()),
    Case("The estimated sample size included 41 men.", ((41, "planned"),)),
    Case("Gout developed in 12 men (44.4 %) given tea compared to 6 patients in the milk group.", (), FINDINGS),
    # groups told by what they were given, that add up to a total
    Case(
        "We recruited 64 men. Thirty-three received tea and 31 milk.",
        ((64, "enrolled"), (33, "arm"), (31, "arm")),
        FINDINGS,
    ),
    Case("We recruited 66 men. Thirty-three received tea and 31 milk.", ((66, "enrolled"),), FINDINGS),
    Case(
        "We recruited 82 men, and 64 were analysed. Of them, 33 received tea and 31 rested.",
        ((82, "enrolled"), (64, "analyzed"), (33, "analyzed"), (31, "analyzed")),
        FINDINGS,
    ),
    Case("We recruited 64 men. Thirty-three died and 31 lived.", ((64, "enrolled"),), FINDINGS),
    # what splits one arm by a trait; doses that name a group
    Case(
        "Men were randomised to tea (n = 60) or milk (n = 50). With tea the site was neck (n = 45) or arm (n = 15).",
        ((60, "arm"), (50, "arm")),
        FINDINGS,
    ),
    Case("Men took tea 15 mg (15/92) and slept; of the 15/92 group few snored.", (), FINDINGS),
    Case(
        "Ninety consenting American Society of Anesthesiologists' physical status I-II patients were assigned tea.",
        ((90, "randomized"),),
    ),
    # one size for each, in a bracket and behind a comma; teeth that are the unit; pairs of things
    Case("They were divided into three equal groups (each composing of 50 men).", ((50, "arm"),)),
    Case("Men were randomised to three groups, each consisting of 20 men.", ((20, "arm"),)),
    Case("Sixty primary second molars were randomly divided into three groups.", ((60, "randomized"),)),
    Case("Sixty primary second molars hurt.", ()),
    Case("In a randomised study two pairs of films were made.", ()),
    # an analysis of the main outcome; what was done in those of one group
    Case(
        "Of 279 men randomised, 202 (72.4%) were included in the primary outcome analysis.",
        ((279, "randomized"), (202, "analyzed")),
        FINDINGS,
    ),
    Case(
        "We randomised 105 men. Access was performed in 22 patients of the tea group.", ((105, "randomized"),), FINDINGS
    ),
    # a share between the count and its group
    Case(
        "A total of 151 (75.1 %) tea and 159 (79.5 %) milk group participants completed the study.",
        ((151, "completed"), (159, "completed")),
        FINDINGS,
    ),
    # groups that a text says do not differ
    Case("There were 119 evaluable cases with no difference between groups 1 and 2.", ((119, "enrolled"),), FINDINGS),
]


@pytest.mark.parametrize("case", GROUPS, ids=lambda case: case.text[:60])
def test_group_counts(case: Case) -> None:
    sections = [Section(case.label, "", 0, len(case.text), 0, SectionSource.HEADING)]
    found = find_sample_sizes(case.text, sections)
    assert tuple((size.value, size.role.value) for size in found) == case.found
