"""The trial's size: what is taken, in which order, and what is left unsaid."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.linking.totals import total_size
from structurer.schema import Arm, SampleSize, SampleSizeRole

Role = SampleSizeRole


@dataclass(frozen=True)
class Case:
    """Counts as (printed, value, role, rule, arm), all found in `text`, and the total to tell."""

    name: str
    text: str
    counts: tuple[tuple[str, int, Role, str, str | None], ...]
    arms: tuple[Arm, ...]
    total: tuple[int | None, Role | None]


TWO = (Arm("yoga", 20), Arm("rest", 21))
CASES = [
    Case("nothing", "No one.", (), (), (None, None)),
    Case(
        "randomised before screened and enrolled",
        "900 seen, 60 enrolled, 41 randomised",
        (
            ("900", 900, Role.SCREENED, "a", None),
            ("60", 60, Role.ENROLLED, "a", None),
            ("41", 41, Role.RANDOMIZED, "a", None),
        ),
        (),
        (41, Role.RANDOMIZED),
    ),
    Case(
        "those enrolled are all, whatever name stands beside them",
        "60 men with yoga took part; 8 withdrew",
        (("60", 60, Role.ENROLLED, "a", "yoga"), ("8", 8, Role.LOST, "a", None)),
        (),
        (60, Role.ENROLLED),
    ),
    Case(
        "two groups told of in one sentence",
        "20 were treated with yoga and 21 with rest",
        (("20", 20, Role.ANALYZED, "analyzed-after", "yoga"), ("21", 21, Role.ANALYZED, "chain", "rest")),
        (),
        (41, Role.ANALYZED),
    ),
    Case(
        "two kinds of one noun",
        "We randomised 20 young and 21 old men",
        (("20", 20, Role.RANDOMIZED, "r", None), ("21 old men", 21, Role.RANDOMIZED, "r", None)),
        (),
        (41, Role.RANDOMIZED),
    ),
    Case(
        "those of one arm are not all of a secondary analysis",
        "In this substudy 60 men were randomised; change in the 20 given yoga",
        (("60 men", 60, Role.RANDOMIZED, "a", None), ("20", 20, Role.ANALYZED, "of-arm", None)),
        (),
        (60, Role.RANDOMIZED),
    ),
    Case(
        "one size for each of three groups, two of them named",
        "Three equal groups of 20 each did yoga, rested or slept",
        (("20 each", 20, Role.ARM, "each", None),),
        (Arm("yoga", 20), Arm("rest", 20)),
        (60, Role.ARM),
    ),
    Case(
        "one size for each of some groups",
        "The groups of 20 each did yoga or rested",
        (("20 each", 20, Role.ARM, "each", None),),
        (Arm("yoga", 20), Arm("rest", 20)),
        (40, Role.ARM),
    ),
    Case(
        "those who met the criteria before a few who had one treatment",
        "65 met the criteria; 4 underwent yoga and 11 rested",
        (("65", 65, Role.SCREENED, "screened-after", None), ("11", 11, Role.ANALYZED, "analyzed-after", None)),
        (),
        (65, Role.SCREENED),
    ),
    Case(
        "those with a disease and their controls",
        "We randomised 20 men with gout and 21 healthy controls",
        (("20 men", 20, Role.RANDOMIZED, "r", None), ("21 healthy controls", 21, Role.RANDOMIZED, "s", None)),
        (),
        (41, Role.RANDOMIZED),
    ),
    Case(
        "controls of another sentence",
        "We randomised 20 men. There were 21 healthy controls",
        (("20 men", 20, Role.RANDOMIZED, "r", None), ("21 healthy controls", 21, Role.RANDOMIZED, "s", None)),
        (),
        (21, Role.RANDOMIZED),
    ),
    Case(
        "two counts of one group",
        "20 were treated with yoga and 12 later",
        (("20", 20, Role.ANALYZED, "analyzed-after", "yoga"), ("12", 12, Role.ANALYZED, "chain", "yoga")),
        (),
        (None, None),
    ),
    Case(
        "groups that hold one another",
        "60 enrolled; 41 with gout: yoga 30, rest 33",
        (
            ("60", 60, Role.ENROLLED, "modifier", None),
            ("30", 30, Role.ARM, "list", "yoga"),
            ("33", 33, Role.ARM, "list", "rest"),
        ),
        (Arm("yoga", 40), Arm("rest", 33)),
        (60, Role.ENROLLED),
    ),
    Case(
        "arms at allocation",
        "yoga (n=20) or rest (n=21)",
        (("n=20", 20, Role.ARM, "n-equals", "yoga"), ("n=21", 21, Role.ARM, "n-equals", "rest")),
        TWO,
        (41, Role.ARM),
    ),
    Case(
        "the stated total that the arms add up to",
        "60 consented; 41 joined: yoga (n=20) or rest (n=21)",
        (
            ("60", 60, Role.RANDOMIZED, "a", None),
            ("41", 41, Role.RANDOMIZED, "a", None),
            ("n=20", 20, Role.ARM, "n-equals", "yoga"),
            ("n=21", 21, Role.ARM, "n-equals", "rest"),
        ),
        TWO,
        (41, Role.RANDOMIZED),
    ),
    Case(
        "enrolled before analysed",
        "Of 60 women enrolled 55 were analysed",
        (("60", 60, Role.ENROLLED, "a", None), ("55", 55, Role.ANALYZED, "a", None)),
        (),
        (60, Role.ENROLLED),
    ),
    Case(
        "analysed arms where nothing else is told",
        "3 of 20 with yoga, 4 of 21 with rest",
        (("3 of 20", 20, Role.ANALYZED, "of", "yoga"), ("4 of 21", 21, Role.ANALYZED, "of", "rest")),
        TWO,
        (41, Role.ANALYZED),
    ),
    Case(
        "planned in a protocol", "240 will join", (("240", 240, Role.PLANNED, "will", None),), (), (240, Role.PLANNED)
    ),
    Case(
        "the number of a secondary analysis",
        "A post hoc analysis: of 900 randomised, 310 women were analysed",
        (("900", 900, Role.RANDOMIZED, "a", None), ("310 women", 310, Role.ANALYZED, "analyzed-after", None)),
        (),
        (310, Role.ANALYZED),
    ),
    Case(
        "several denominators tell no total",
        "3 of 20, 4 of 33, 5 of 47",
        (
            ("3 of 20", 20, Role.ANALYZED, "of", None),
            ("4 of 33", 33, Role.ANALYZED, "of", None),
            ("5 of 47", 47, Role.ANALYZED, "of", None),
        ),
        (),
        (None, None),
    ),
    Case(
        "cases and controls",
        "40 cases and 38 controls",
        (("40 cases", 40, Role.ANALYZED, "a", None), ("38 controls", 38, Role.ANALYZED, "a", None)),
        (),
        (78, Role.ANALYZED),
    ),
    Case(
        "clusters where people are not counted",
        "24 villages",
        (("24 villages", 24, Role.OTHER, "cluster", None),),
        (),
        (24, Role.OTHER),
    ),
    Case(
        "clusters, and the people of one arm",
        "24 villages; 455 mothers in yoga villages",
        (("24 villages", 24, Role.OTHER, "cluster", None), ("455 mothers", 455, Role.ANALYZED, "a", "yoga")),
        (Arm("yoga"), Arm("rest")),
        (None, None),
    ),
    Case(
        "people before clusters",
        "24 villages, 910 mothers",
        (("24 villages", 24, Role.OTHER, "cluster", None), ("910 mothers", 910, Role.ENROLLED, "a", None)),
        (),
        (910, Role.ENROLLED),
    ),
    Case(
        "two is no size of a trial",
        "2 randomised trials were pooled",
        (("2", 2, Role.RANDOMIZED, "a", None),),
        (),
        (None, None),
    ),
    Case(
        "two groups analysed are summed where nothing else is counted",
        "Falls were seen with yoga (n = 20) and rest (n = 21)",
        (("n = 20", 20, Role.ANALYZED, "n-equals", "yoga"), ("n = 21", 21, Role.ANALYZED, "n-equals", "rest")),
        (),
        (41, Role.ANALYZED),
    ),
    Case(
        "a pair of fractions before those screened",
        "700 screened; falls in 3/20 with yoga and 4/21 with rest, later in 2/9 of some",
        (
            ("700", 700, Role.SCREENED, "a", None),
            ("3/20", 20, Role.ANALYZED, "slash", "yoga"),
            ("4/21", 21, Role.ANALYZED, "slash", "rest"),
            ("2/9", 9, Role.ANALYZED, "slash", None),
        ),
        (),
        (41, Role.ANALYZED),
    ),
    Case(
        "those said to be analysed before a part of the arms",
        "63 were analysed; falls in 3/20 with yoga and 4/21 with rest",
        (
            ("63", 63, Role.ANALYZED, "analyzed-after", None),
            ("3/20", 20, Role.ANALYZED, "slash", "yoga"),
            ("4/21", 21, Role.ANALYZED, "slash", "rest"),
        ),
        TWO,
        (63, Role.ANALYZED),
    ),
    Case(
        "people split twice are counted once",
        "kin (n=15) or others (n=26) got yoga (n=20) or rest (n=21)",
        (
            ("n=15", 15, Role.ARM, "n-equals", None),
            ("n=26", 26, Role.ARM, "n-equals", None),
            ("n=20", 20, Role.ARM, "n-equals", "yoga"),
            ("n=21", 21, Role.ARM, "n-equals", "rest"),
        ),
        (),
        (41, Role.ARM),
    ),
    Case(
        "arms beside a smaller cohort",
        "yoga (n=20) or rest (n=21), beside a cohort of 12",
        (
            ("n=20", 20, Role.ARM, "n-equals", None),
            ("n=21", 21, Role.ARM, "n-equals", None),
            ("12", 12, Role.ENROLLED, "a", None),
        ),
        (),
        (41, Role.ARM),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_total_is_taken_in_the_order_of_the_roles(case: Case) -> None:
    sizes = [
        SampleSize(
            start=case.text.index(printed),
            end=case.text.index(printed) + len(printed),
            text=printed,
            rule=rule,
            value=value,
            role=role,
            arm=arm,
        )
        for printed, value, role, rule, arm in case.counts
    ]
    assert total_size(sizes, case.arms, case.text) == case.total
