"""Arms of designs other than two parallel groups: factorial, cross-over, doses, lettered and numbered groups."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.pipeline import extract
from structurer.schema import Record


@dataclass(frozen=True)
class Case:
    """The labels of the arms that a whole text (and its title) must give, in order."""

    name: str
    text: str
    labels: tuple[str, ...]
    title: str | None = None


WORDED_NAMES = [
    Case(
        "a length of treatment and a schedule are no names",
        "Thirty-seven women were randomised to receive either oral celotin (400 mg) twice daily for two to three weeks "
        "(n = 22) or placebo according to the same schedule (n = 15).",
        ("celotin", "placebo"),
    ),
    Case(
        "the letter of a combination is no article",
        "Adults were randomised to DQ (n = 101) or A + M (n = 49) and followed up.",
        ("DQ", "A + M"),
    ),
    Case(
        "doses before a name in the groups' names",
        "Cure was 5% in the 30 \u00b5g vaxigen group, 4% in the 60 \u00b5g vaxigen group and 2% in the placebo group.",
        ("30 \u00b5g vaxigen", "60 \u00b5g vaxigen", "placebo"),
    ),
    Case("a count before a name is no dose", "Cure was seen in 30 vaxigen patients and the placebo group.", ()),
]
FACTORIAL = [
    Case(
        "two factors in one sentence",
        "In this factorial trial, adults were randomly assigned zelopril or placebo, and vitamin K or placebo, for "
        "two years.",
        ("zelopril", "placebo", "vitamin K"),
    ),
    Case(
        "a second randomisation",
        "Adults were randomly assigned to a strict salt goal or a usual salt goal and randomized to zelopril, "
        "amidol, or torazide.",
        ("strict salt goal", "usual salt goal", "zelopril", "amidol", "torazide"),
    ),
    Case(
        "the cells",
        "In a 2 x 2 factorial design, women were randomly assigned to yoga and ralotin, yoga alone, ralotin alone, or "
        "no treatment.",
        ("yoga and ralotin", "yoga alone", "ralotin alone", "no treatment"),
    ),
    Case("one list only", "Adults were randomly assigned to zelopril or placebo.", ("zelopril", "placebo")),
]
CROSSOVER = [
    Case(
        "conditions behind a colon",
        "A crossover trial. Children had a random order of three conditions kept for 6 weeks each: no screen time, "
        "screen time at school and screen time at home.",
        ("no screen time", "screen time at school", "screen time at home"),
    ),
    Case(
        "given in turn",
        "This crossover study had a washout. On separate days men consumed oat drink, rye drink and water.",
        ("oat drink", "rye drink", "water"),
    ),
    Case(
        "test and reference",
        "A crossover bioequivalence study. The test formulation and the reference formulation were absorbed alike.",
        ("test", "reference"),
    ),
    Case("no list of treatments", "A crossover trial. On separate days men consumed complete, rich meals.", ()),
    Case(
        "people who crossed over",
        "Adults were randomised to arm A or arm B. Arm C and arm D were given at relapse. Crossover of 88 people took "
        "place. Arm A, arm B, arm C and arm D did well.",
        ("arm A", "arm B", "Arm C", "arm D"),
    ),
    Case("a drug with its background", "All took insulin and metformin. Glucose fell by 3.1 mmol/L.", ()),
]
DOSES = [
    Case(
        "equal names with doses",
        "Boys received doses of venolin 40 mg (n = 34), venolin 80 mg (n = 38), or placebo (n = 31).",
        ("venolin 40 mg", "venolin 80 mg", "placebo"),
    ),
    Case(
        "one dose each",
        "Boys received venolin 40 mg (n = 34) or placebo (n = 31).",
        ("venolin", "placebo"),
    ),
    Case(
        "a dose of a drug in a bracket of people",
        "We assigned patients to receive 5 mg of base drug with either 900 mg of zelopril (97 patients) or placebo "
        "(98 patients).",
        ("zelopril", "placebo"),
    ),
    Case(
        "an infusion",
        "We assigned 88 women to a single 15-minute infusion of venolinic acid and 86 were assigned to placebo.",
        ("venolinic acid", "placebo"),
    ),
]
ROUTES = [
    Case(
        "two routes",
        "Women were randomised to oral nitralol or vaginal nitralol.",
        ("oral nitralol", "vaginal nitralol"),
    ),
    Case(
        "one name for two routes", "Women were randomised to topical or nasal nitralol.", ("topical", "nasal nitralol")
    ),
    Case("a route and another drug", "Women were randomised to oral nitralol or venolin.", ("nitralol", "venolin")),
]
LETTERED = [
    Case(
        "a plural",
        "Force was higher in Group 3 than in Groups 1 and 2. Times for Groups 1, 2, and 3 were 8 s, 4 s and 2 s. "
        "Group 2 was fastest.",
        ("Group 3", "Group 1", "Group 2"),
    ),
    Case(
        "short groups",
        "Sixty teeth were randomly divided. G1 was intact. G2 was cut. G3 was filled. G1 and G3 broke late.",
        ("G1", "G2", "G3"),
    ),
    Case(
        "with a hyphen",
        "Adults were grouped. Group-1 received ketamol and Group- 2 received sevoran. Group 1 and Group 2 slept.",
        ("Group 1", "Group 2"),
    ),
    Case("one short group", "Sixty teeth were tested. The G1 phase was long, and G1 arrest was common.", ()),
]
NAMES = [
    Case(
        "a name with and inside",
        "Adults were given a reliever kit (Plain) regimen. The daily diet and walking arm lost 5 kg and those in the "
        "Plain arm lost 2 kg. In the daily diet and walking arm none left.",
        ("diet and walking", "Plain"),
    ),
    Case(
        "two groups of one word",
        "In the yoga and control group scores fell. The yoga group and the control group were alike.",
        ("control", "yoga"),
    ),
    Case(
        "a short name behind the rest of a name",
        "Adults were randomised to usual coaching, a phone tool combined with a monthly call (PHON) or a better phone "
        "tool combined with a weekly call (B-PHON).",
        ("usual coaching", "phone tool", "better phone tool"),
    ),
    Case(
        "no arms of what this text points to",
        "Adults told a preference for this inhaler compared with AirPuff.",
        (),
    ),
    Case(
        "a title that ends with its second name",
        "Fourteen adults slept well on both.",
        (),
        title="Sleep in adults: comparison between NAVO and PSVO modes",
    ),
]


@pytest.mark.parametrize(
    "case",
    [*WORDED_NAMES, *FACTORIAL, *CROSSOVER, *DOSES, *ROUTES, *LETTERED, *NAMES],
    ids=lambda case: case.name.replace(" ", "-"),
)
def test_arms_of_a_design(case: Case) -> None:
    report = next(iter(extract([Record("1", case.text, title=case.title)])))
    assert report.error is None
    assert tuple(arm.label for arm in report.arms) == case.labels


def test_a_short_name_in_capitals_is_another_name_of_its_arm() -> None:
    text = NAMES[2].text
    report = next(iter(extract([Record("1", text)])))
    assert ["PHON" in arm.aliases for arm in report.arms] == [False, True, False]
