"""Effects joined to what they compare: sentences in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.linking.arms.group_names import find_group_names
from structurer.linking.comparisons import link_comparisons
from structurer.schema import Arm, EffectEstimate, EffectMeasure
from structurer.text.reading import Reading

M = EffectMeasure
TWO = (Arm("vorelatin"), Arm("placebo"))
THREE = (Arm("low dose"), Arm("high dose"), Arm("placebo"))


def effect(text: str, printed: str, measure: EffectMeasure) -> EffectEstimate:
    start = text.index(printed)
    estimate = Decimal(printed.split()[-1].strip("%"))
    return EffectEstimate(
        start=start, end=start + len(printed), text=printed, rule="test", measure=measure, estimate=estimate
    )


@dataclass(frozen=True)
class Case:
    text: str
    results: tuple[tuple[str, EffectMeasure], ...]
    arms: tuple[Arm, ...]
    comparisons: tuple[tuple[str | None, str | None] | None, ...]


BETWEEN_TWO = [
    Case("Death was rarer (HR 0.72). Placebo and vorelatin.", (("0.72", M.HR),), TWO, (("vorelatin", "Placebo"),)),
    Case("The hazard ratio of placebo versus vorelatin was 1.38.", (("1.38", M.HR),), TWO, (("placebo", "vorelatin"),)),
    Case(
        "Comparing placebo with vorelatin, the odds ratio was 1.38.",
        (("1.38", M.OR),),
        TWO,
        (("placebo", "vorelatin"),),
    ),
]

ONE_OF_THREE = [
    Case(
        "Relapse was rarer with high dose (HR 0.72) and low dose (HR 0.91) than with placebo.",
        (("0.72", M.HR), ("0.91", M.HR)),
        THREE,
        (("high dose", "placebo"), ("low dose", "placebo")),
    ),
]

RESPECTIVELY = [
    Case(
        "Low dose and high dose raised recovery (OR 1.40 and 1.90, respectively) compared with placebo.",
        (("1.40", M.OR), ("1.90", M.OR)),
        THREE,
        (("Low dose", "placebo"), ("high dose", "placebo")),
    ),
    Case(
        "Recovery was likelier with tai chi (OR 1.40) than with walking.",
        (("1.40", M.OR),),
        (Arm("walking"), Arm("tai chi"), Arm("cycling")),
        (("tai chi", "walking"),),
    ),
]

# What is compared there are no groups of the trial.
OF_A_FACTOR = [
    Case(
        "Vorelatin was set beside placebo. Blood loss was a risk factor for infection (OR 1.38).",
        (("1.38", M.OR),),
        TWO,
        (None,),
    ),
    Case(
        "Vorelatin was set beside placebo. Treatment was associated with infection (OR 1.38).",
        (("1.38", M.OR),),
        TWO,
        (("Vorelatin", "placebo"),),
    ),
    Case(
        "Vorelatin was set beside placebo. Use of vorelatins predicted infection (OR 1.38).",
        (("1.38", M.OR),),
        TWO,
        (("vorelatin", "placebo"),),
    ),
]
# The group stands before the bracket around the estimate, behind the estimate, or in "A/B".
NEAR_ITS_GROUP = [
    Case(
        "Relapse was rarer with high dose (4 of 52 [8%]; odds ratio [OR], 0.72) but not with low dose (9 of 51 [18%]; "
        "OR, 0.91), compared with placebo.",
        (("0.72", M.OR), ("0.91", M.OR)),
        THREE,
        (("high dose", "placebo"), ("low dose", "placebo")),
    ),
    Case(
        "The hazard ratio with reference to placebo was 0.91 in the low dose group and 0.72 in the high dose group.",
        (("0.91", M.HR), ("0.72", M.HR)),
        THREE,
        (("low dose", "placebo"), ("high dose", "placebo")),
    ),
    Case("Survival was alike (HR placebo/vorelatin, 1.38).", (("1.38", M.HR),), TWO, (("placebo", "vorelatin"),)),
    # the comparator before the bracket
    Case(
        "Relapse was rarer with vorelatin than with placebo (HR, 0.72).",
        (("0.72", M.HR),),
        TWO,
        (("vorelatin", "placebo"),),
    ),
]
REFERENCES_LISTED = [
    Case(
        "Tai chi was better than walking and cycling (d 0.73 and 1.01, respectively).",
        (("0.73", M.SMD), ("1.01", M.SMD)),
        (Arm("walking"), Arm("tai chi"), Arm("cycling")),
        (("Tai chi", "walking"), ("Tai chi", "cycling")),
    ),
    Case(
        "Compared with walking and cycling, tai chi was better (d 0.73 and 1.01, respectively).",
        (("0.73", M.SMD), ("1.01", M.SMD)),
        (Arm("walking"), Arm("tai chi"), Arm("cycling")),
        (("tai chi", "walking"), ("tai chi", "cycling")),
    ),
]
NAMED_INSIDE = [
    Case(
        "Survival was longer than with vorelatin (hazard ratio for death with placebo 1.38).",
        (("hazard ratio for death with placebo 1.38", M.HR),),
        TWO,
        (("placebo", "vorelatin"),),
    ),
    # "with" whom a difference is one does not tell which comes first
    Case(
        "Vorelatin helped (mean difference with placebo 1.38).",
        (("mean difference with placebo 1.38", M.MD),),
        TWO,
        (("Vorelatin", "placebo"),),
    ),
]

BY_ARITHMETIC = [
    # an adjusted difference is near the crude one
    Case(
        "Cure came in 5% with vorelatin and in 23% with placebo, a difference of 21%.",
        (("21%", M.RD),),
        TWO,
        (("placebo", "vorelatin"),),
    ),
    # values told as falls have a minus that is not printed
    Case(
        "HbA1c decreased by 1.0% with placebo and 1.3% with vorelatin (-0.3%).",
        (("-0.3%", M.MD),),
        TWO,
        (("vorelatin", "placebo"),),
    ),
    Case(
        "HbA1c decreased to 6.3% with vorelatin and 6.6% with placebo (-0.3%).",
        (("-0.3%", M.MD),),
        TWO,
        (("vorelatin", "placebo"),),
    ),
    Case(
        "Cure came in 31% with vorelatin and 22% with placebo (difference 9%).",
        (("9%", M.RD),),
        TWO,
        (("vorelatin", "placebo"),),
    ),
    Case(
        "Death came in 22% with vorelatin and 31% with placebo (difference 9%).",
        (("9%", M.RD),),
        TWO,
        (("placebo", "vorelatin"),),
    ),
]

ONE_GROUP = [
    Case(
        "Response was 31% with vorelatin and 22% with placebo.",
        (("31%", M.PROPORTION), ("22%", M.PROPORTION)),
        TWO,
        (("vorelatin", None), ("placebo", None)),
    ),
    Case(
        "In the placebo and vorelatin groups, response was 22% and 31%, respectively.",
        (("22%", M.PROPORTION), ("31%", M.PROPORTION)),
        TWO,
        (("placebo", None), ("vorelatin", None)),
    ),
]

OVER_AND_OVER = [
    Case(
        "Vorelatin beat placebo for survival (9.1 v 7.4 months) and relapse (4.2 v 3.3 months).",
        (("9.1", M.MEDIAN), ("7.4", M.MEDIAN), ("4.2", M.MEDIAN), ("3.3", M.MEDIAN)),
        TWO,
        (("Vorelatin", None), ("placebo", None), ("Vorelatin", None), ("placebo", None)),
    ),
]

SET_AGAINST = [
    Case(
        "Relapse took 8.3 (7.1-9.6) months with tezovan vs 9.9 months with usual rest; survival was 18.9 months vs "
        "23.1 months in each group, respectively.",
        (("18.9", M.MEDIAN), ("23.1", M.MEDIAN)),
        (Arm("tezovan"), Arm("usual rest")),
        (("tezovan", None), ("usual rest", None)),
    ),
    Case(
        "More patients in the tezovan group slept (53% v 41%) than with usual rest.",
        (("53%", M.PROPORTION), ("41%", M.PROPORTION)),
        (Arm("tezovan"), Arm("usual rest")),
        (("tezovan", None), ("usual rest", None)),
    ),
    Case(
        "Vorelatin was set beside placebo. Survival was 75% versus 70%.",
        (("75%", M.PROPORTION), ("70%", M.PROPORTION)),
        TWO,
        (("Vorelatin", None), ("placebo", None)),
    ),
]

NO_CONTROL_BY_NAME = [
    # what results refer to is the comparator
    Case(
        "Survival was alike (HR 0.71). Relapse was rarer with brimozol than with tafluzol.",
        (("0.71", M.HR),),
        (Arm("tafluzol"), Arm("brimozol")),
        (("brimozol", "tafluzol"),),
    ),
    # standard care that a drug is added to makes it no comparator
    Case(
        "Survival was alike (HR 0.71) with tezovan plus standard care and surgery.",
        (("0.71", M.HR),),
        (Arm("surgery"), Arm("tezovan plus standard care")),
        (("tezovan plus standard care", "surgery"),),
    ),
]

LISTS_IN_PARTS = [
    Case(
        "High dose and low dose raised rest (OR 1.52 and 1.58, respectively) and sleep (OR 1.57 and 1.79, respectively)"
        " against placebo.",
        (("1.52", M.OR), ("1.58", M.OR), ("1.57", M.OR), ("1.79", M.OR)),
        THREE,
        (("High dose", "placebo"), ("low dose", "placebo"), ("High dose", "placebo"), ("low dose", "placebo")),
    ),
]

GROUPS_THAT_ARE_NO_ARMS = [
    Case("The odds ratio of smokers versus nonsmokers was 1.38.", (("1.38", M.OR),), (), (("smokers", "nonsmokers"),)),
]

UNTOLD = [
    Case("The correlation was 0.72.", (("0.72", M.CORR),), TWO, (None,)),
    Case("The hazard ratio was 0.72.", (("0.72", M.HR),), (), (None,)),
]


@pytest.mark.parametrize(
    "case",
    BETWEEN_TWO
    + ONE_OF_THREE
    + RESPECTIVELY
    + BY_ARITHMETIC
    + REFERENCES_LISTED
    + NAMED_INSIDE
    + OF_A_FACTOR
    + NEAR_ITS_GROUP
    + ONE_GROUP
    + OVER_AND_OVER
    + SET_AGAINST
    + NO_CONTROL_BY_NAME
    + LISTS_IN_PARTS
    + GROUPS_THAT_ARE_NO_ARMS
    + UNTOLD,
    ids=lambda c: c.text[:48],
)
def test_what_is_compared(case: Case) -> None:
    effects = [effect(case.text, *result) for result in case.results]

    linked = link_comparisons(effects, case.arms, case.text)

    found = [e.comparison and tuple(side and side.text for side in e.comparison) for e in linked]
    assert found == list(case.comparisons)
    sides = [side for e in linked for side in e.comparison or () if side]
    assert all(case.text[side.start : side.end] == side.text for side in sides)


@dataclass(frozen=True)
class Names:
    text: str
    names: tuple[str, ...]


@pytest.mark.parametrize(
    "case",
    [
        Names("It was 31% in the early-discharge group.", ("early-discharge",)),
        Names("31% in the yoga and pilates groups.", ("yoga", "pilates")),
        Names("31% in arm B.", ("arm B",)),
        Names("urban versus rural women", ("urban", "rural")),
        Names("less than in the R-CHOP21 group", ("R-CHOP21",)),
        Names("31% in the two groups, in each study arm and in all groups", ()),
        Names("The difference versus 31% was 4%.", ()),
        Names("There was no treatment difference.", ()),
    ],
    ids=lambda c: c.text,
)
def test_names_of_groups(case: Names) -> None:
    reading = Reading(case.text)

    found = find_group_names(reading.tokens, 0, len(reading.tokens), reading.norm)

    assert tuple(case.text[start:end] for start, end in found) == case.names


@given(st.text(alphabet="AB group vs.than 12%(), placebo", max_size=120), st.integers(0, 119))
def test_any_text(text: str, start: int) -> None:
    start = min(start, len(text))
    found = EffectEstimate(start=start, end=len(text), text=text[start:], rule="t", measure=M.HR, estimate=None)

    (linked,) = link_comparisons([found], TWO, text)

    assert all(text[side.start : side.end] == side.text for side in linked.comparison or () if side)
