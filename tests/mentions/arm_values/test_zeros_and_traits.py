"""Zeros set against a count, averages that are lengths of follow-up, brackets that tell who the sample are."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions import find_mentions
from structurer.schema import ArmValue, Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    """A text of findings, and (kind, what it prints) of each of its values."""

    text: str
    found: tuple[tuple[str, str], ...]


ZEROS = [
    Case(
        "Gout came back (10 [21%] of 48 cooks vs 0) and healed.",
        (("events", "10 [21%] of 48"), ("events", "0")),
    ),
    Case(
        "Rashes came (no patients given tea vs 14 [9%] of those given milk).",
        (("events", "no patients"), ("events", "14 [9%]")),
    ),
    Case("Rashes came in 14 (9%); for no patients in doubt was it 0.", (("events", "14 (9%)"),)),
]
FOLLOW_UP = [
    Case(
        "Cure at a median of 5 years was 65% with tea and 73% with milk.",
        (("percent", "65%"), ("percent", "73%")),
    ),
    Case("Tea was drunk for a mean of 5 days.", (("mean", "5 days"),)),
]
TRAITS = [
    Case("The cooks (median age 55; 56% male; 60% diabetic; median stage 2) were alike.", ()),
    Case("Cooks (60% of them) were cured.", (("percent", "60%"),)),
    Case("Of all eligible, 39% were already taking aspirin.", ()),
    Case("A rescue drug was given to 82% of the cooks.", ()),
]
SPREADS = [
    Case(
        "Uptake was 57.2% (SD 13.2%) with tea and 49.8% (13.4%) with milk.",
        (("mean", "57.2% (SD 13.2%)"), ("mean", "49.8% (13.4%)")),
    ),
    Case("Cure was 57.2% with tea and 49.8% with milk.", (("percent", "57.2%"), ("percent", "49.8%"))),
]
LABELS = [
    Case(
        "Harms were grade 3/4 gout (33%), grade 4 itch (2.9%) and rash in 3/4 cooks (75%).",
        (("percent", "33%"), ("percent", "2.9%"), ("events", "3/4 cooks (75%)")),
    ),
    Case("Taste differed between the two formulas (17% had soft stools).", (("percent", "17%"),)),
    Case("Diabetes duration (13 vs. 12 years) was alike.", ()),
    Case("Mean (SD) age of the cooks in the tea group and milk group were 33.9 (7.1) and 32.4 (8.1).", ()),
    Case("Tea cut HbA1c in patients with HbA1c ≤8%, and it reduced HbA1c by 0.74% in all.", (("mean", "0.74%"),)),
]
SIGNS = [
    Case("CC3 fell (- 55.9% vs. - 45.9%, p = 0.28).", (("mean", "- 55.9%"), ("mean", "- 45.9%"))),
    Case("Days of use were reduced from 25.7 to 10.8 days with tea.", (("mean", "25.7"), ("mean", "10.8 days"))),
    Case(
        "Cure was alike with tea (n = 26; 70.3%) and milk [n = 27; 73.0%; chi2 = 0.07].",
        (("events", "26; 70.3%"), ("events", "27; 73.0%")),
    ),
    Case("Drops of xylatin 0.005% lowered pressure. Pressure with xylatin 0.005% was alike.", ()),
    Case("Most were satisfied with tea for reducing pain (77%).", (("percent", "77%"),)),
]
BRACKETS = [
    Case(
        "Cure was rarer with tea (3%; 1 of 37) than milk (18%; 7 of 39).",
        (("events", "3%; 1 of 37"), ("events", "18%; 7 of 39")),
    ),
    Case(
        "Tea prolonged survival (median 223 vs. 112 days) and the ORR (22 vs. 8 %).",
        (("median", "223"), ("median", "112 days"), ("percent", "22"), ("percent", "8 %")),
    ),
    Case("Of 401 cooks (149/118/134 in three groups), none sang.", ()),
    Case("The cooks were followed for a median of 60.7 months.", ()),
    Case("Output fell (-0.82 vs -1. 28 l/min; p > 0.05).", (("mean", "-0.82"),)),
]
AGAIN = [
    Case("Most songs were old (70/79, 89%).", (("events", "70/79, 89%"),)),
    Case(
        "Survival was 2.8, 3.5, and 8.5 months for the three groups.",
        (("median", "2.8"), ("median", "3.5"), ("median", "8.5 months")),
    ),
    Case("The mean change in dose between baseline and 12 months was 9.1 mg.", (("mean", "9.1 mg"),)),
    Case("Ferro HCl 0.77% beat milk. More sang with ferro HCl 0.77% than with milk.", ()),
]
SAME = [
    Case("Cure was the same in the low-dose and high-dose arms (10.3%).", (("percent", "10.3%"),) * 2),
    Case("Cure was seen in the low-dose and high-dose arms (10.3%).", (("percent", "10.3%"),)),
]
LEVELS = [
    Case("Scores fell by less than the level of clinical relevance (15 points).", ()),
    Case("This was below the minimal important difference (MID) of 10 points.", ()),
    Case("The posterior probability that tea is better than milk was 0.9989, past the boundary of 0.9942.", ()),
    Case("A clinically relevant response was seen in 15% of cooks.", (("percent", "15%"),)),
    Case(
        "Clinically relevant bleeding was seen with tea (15%) and milk (9%).", (("percent", "15%"), ("percent", "9%"))
    ),
]
GROUP_BETWEEN = [
    Case(
        "Gout was seen in three women in the 2-mg group (3.2%) and one in the 40 mg arm (1.1%).",
        (("events", "three women in the 2-mg group (3.2%)"), ("events", "one in the 40 mg arm (1.1%)")),
    ),
    Case("Gout was seen in 3 women in the tea group [19%].", (("events", "3 women in the tea group [19%]"),)),
]
ENDS = [
    Case(
        "None of the strong tea group and 9% (7/78) of the milk group had gout.",
        (("events", "None"), ("events", "9% (7/78)")),
    ),
    Case("None of the strong tea group had gout.", ()),
    Case("Weight fell with tea (from 81 to 77 kg).", (("mean", "81"), ("mean", "77 kg"))),
    Case("Weight was recorded with tea (from 81 to 77 kg).", ()),
]
PERSON_TIME = [
    Case("Gout was rarer by day 30 (38/241 versus 59/239).", (("events", "38/241"), ("events", "59/239"))),
    Case(
        "Tea led to more 3/4 grade nausea (30% vs 14%), and 2 out of 13 SNPs told who.",
        (("percent", "30%"), ("percent", "14%")),
    ),
    Case(
        "Gout was seen in 0/100 person years with tea and 22/100 person-years with milk.",
        (("rate", "0/100 person years"), ("rate", "22/100 person-years")),
    ),
    Case("Gout was seen in 12/100 women with tea.", (("events", "12/100"),)),
]


@pytest.mark.parametrize(
    "case",
    LEVELS
    + GROUP_BETWEEN
    + PERSON_TIME
    + ENDS
    + ZEROS
    + FOLLOW_UP
    + TRAITS
    + SPREADS
    + LABELS
    + SIGNS
    + BRACKETS
    + AGAIN
    + SAME,
    ids=lambda case: case.text[:60],
)
def test_zeros_and_traits(case: Case) -> None:
    sections = [Section(SectionLabel.FINDINGS, "", 0, len(case.text), 0, SectionSource.HEADING)]
    values = [found for found in find_mentions(case.text, None, sections) if isinstance(found, ArmValue)]
    assert tuple((value.kind.value, value.text) for value in values) == case.found
