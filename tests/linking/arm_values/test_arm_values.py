"""Which arm each value of a sentence is given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structurer.linking.arm_values import attribute_arms
from structurer.schema import Arm, ArmValue, ArmValueKind

DRUG, PLACEBO = Arm("tezovan", 40), Arm("placebo", 41)
TWO = (DRUG, PLACEBO)
THREE = (Arm("arm A"), Arm("arm B"), Arm("arm C"))


@dataclass(frozen=True)
class Case:
    """`told` are the printed values, in text order, with the arm that each must get."""

    name: str
    text: str
    told: tuple[tuple[str, str | None], ...]
    arms: tuple[Arm, ...] = TWO
    kind: ArmValueKind = ArmValueKind.PERCENT


def _values(case: Case) -> list[ArmValue]:
    values: list[ArmValue] = []
    at = 0
    for printed, _ in case.told:
        repeated = values and values[-1].text == printed and case.text.find(printed, at) < 0
        start = values[-1].start if repeated else case.text.index(printed, at)
        at = start + len(printed)
        values.append(
            ArmValue(
                start=start,
                end=at,
                text=printed,
                rule="test",
                kind=case.kind,
                value=Decimal(1),
                unit=printed.lstrip("-.0123456789 "),
            )
        )
    return values


BESIDE = [
    Case(
        "behind",
        "Cure was 61% in the tezovan group and 40% in the placebo group.",
        (("61%", "tezovan"), ("40%", "placebo")),
    ),
    Case("right before", "Cure was rare (placebo, 4%; tezovan, 9%).", (("4%", "placebo"), ("9%", "tezovan"))),
    Case(
        "in a bracket",
        "Cure was seen with tezovan (31%) more than with placebo (12%).",
        (("31%", "tezovan"), ("12%", "placebo")),
    ),
    Case("colon", "Nausea: tezovan: 8%; placebo: 5%.", (("8%", "tezovan"), ("5%", "placebo"))),
    Case("bracketed name", "Rash was seen in 20% (tezovan) vs 5% (placebo).", (("20%", "tezovan"), ("5%", "placebo"))),
    Case(
        "letters",
        "Fatigue was common (arm A, 46%; arm B, 62%; arm C, 60%).",
        (("46%", "arm A"), ("62%", "arm B"), ("60%", "arm C")),
        THREE,
    ),
]

LISTS = [
    Case(
        "respectively",
        "Cure was 22% and 17% in the placebo and tezovan groups, respectively.",
        (("22%", "placebo"), ("17%", "tezovan")),
    ),
    Case(
        "named before",
        "Cure was likelier with tezovan than with placebo (48% vs 31%).",
        (("48%", "tezovan"), ("31%", "placebo")),
    ),
    Case("one named", "Rash was more frequent with placebo (9% vs 4%).", (("9%", "placebo"), ("4%", "tezovan"))),
    Case("the second named", "Cure rose (51% vs 33% in the placebo group).", (("51%", "tezovan"), ("33%", "placebo"))),
    Case(
        "order kept",
        "Rash (9% with placebo vs 4% with tezovan) and cough (7% vs 3%) were rare.",
        (("9%", "placebo"), ("4%", "tezovan"), ("7%", "placebo"), ("3%", "tezovan")),
    ),
    Case("no name at all", "Cure was tezovan's aim. Rash (9% vs 4%) was rare.", (("9%", "tezovan"), ("4%", "placebo"))),
    Case(
        "listed short forms",
        "Pain fell most with KT, then with SM and PL (-6.1 v -4.0 v -1.9).",
        (("-6.1", "KT"), ("-4.0", "SM"), ("-1.9", "PL")),
    ),
    Case(
        "restated in a second unit",
        "HbA1c fell by 0.7% (8 mmol/mol) and by 0.2% (2 mmol/mol) with tezovan and placebo, respectively.",
        (("0.7%", "tezovan"), ("8 mmol/mol", "tezovan"), ("0.2%", "placebo"), ("2 mmol/mol", "placebo")),
    ),
    Case(
        "one group's outcomes",
        "Falls changed with tezovan (1%, 2%, and 3%, respectively) and with placebo (4%, 5%, and 6%, respectively).",
        (
            ("1%", "tezovan"),
            ("2%", "tezovan"),
            ("3%", "tezovan"),
            ("4%", "placebo"),
            ("5%", "placebo"),
            ("6%", "placebo"),
        ),
    ),
]

DOSES = (Arm("500-mg"), Arm("250-mg"))
BOOST = (Arm("boost"), Arm("control"))
COMBINED = (Arm("gel plus tezovan"), Arm("tezovan alone", aliases=("tezovan",)))
WORDED = [
    Case(
        "without",
        "Fibrosis was rarer in the no boost group (2%) than in the boost group (4%).",
        (("2%", "control"), ("4%", "boost")),
        BOOST,
    ),
    Case(
        "what is added",
        "Relapse was 1% with tezovan plus gel and 6% with tezovan alone.",
        (("1%", "gel plus tezovan"), ("6%", "tezovan alone")),
        COMBINED,
    ),
    Case(
        "doses spelt otherwise",
        "Cure was 45% for vorelatin 500 mg and 39% for vorelatin 250 mg.",
        (("45%", "500-mg"), ("39%", "250-mg")),
        DOSES,
    ),
    Case(
        "a header",
        "Common events (tezovan/placebo) were chills (59%/20%) and rash (39%/23%).",
        (("59%", "tezovan"), ("20%", "placebo"), ("39%", "tezovan"), ("23%", "placebo")),
    ),
    Case(
        "letter before",
        "Fatigue was more in B group (44%) than in A group (10%).",
        (("44%", "arm B"), ("10%", "arm A")),
        THREE,
    ),
    Case(
        "two letters",
        "Rash was 18% and 20% in arms B and C, respectively.",
        (("18%", "arm B"), ("20%", "arm C")),
        THREE,
    ),
    Case(
        "a drug that shares a word",
        "Anaemia was seen in 88% for metazovan alfa and 81% for tezovan alfa.",
        (("88%", "metazovan alfa"), ("81%", "tezovan alfa")),
        (Arm("tezovan alfa"), Arm("placebo")),
    ),
    Case(
        "one p-value for two",
        "Patients given tezovan needed fewer tablets (9% and 14%, P=0.03) than those given placebo.",
        (("9%", "tezovan"), ("14%", "placebo")),
    ),
]

WHOLE = [
    Case("told of both", "Cure was 97% in both groups.", (("97%", "tezovan"), ("97%", "placebo"))),
    Case("control group", "Cure was 30% in the control group.", (("30%", "placebo"),)),
    Case("whole sample", "Overall, 30% were cured.", (("30%", None),)),
    Case(
        "people beside a known group",
        "A response was seen in tezovan patients (36%) and healthy volunteers (45%).",
        (("36%", "tezovan"), ("45%", "healthy volunteers")),
    ),
    Case(
        "the people of one group",
        "Cure was seen in tezovan patients: in most (36%) and lasting patients (45%).",
        (("36%", "tezovan"), ("45%", "tezovan")),
    ),
    Case("unknown group keeps its name", "Cure was 12% in the late-start group.", (("12%", "late-start"),), ()),
]


@pytest.mark.parametrize("case", [*BESIDE, *LISTS, *WORDED, *WHOLE], ids=lambda case: str(case.name))
def test_arm_of_each_value(case: Case) -> None:
    found = attribute_arms(_values(case), case.arms, case.text)
    assert [(value.text, value.arm) for value in found] == list(case.told)


def test_a_value_of_each_of_three_groups_comes_once_for_each() -> None:
    case = Case("each", "Cure was 97% in each group.", (("97%", None), ("97%", None)), THREE)
    assert [value.arm for value in attribute_arms(_values(case), THREE, case.text)] == ["arm A", "arm B", "arm C"]


def test_nothing_in_nothing_out() -> None:
    assert attribute_arms([], TWO, "Cure was rare.") == []


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["tezovan", "placebo", " vs ", " and ", "in the ", " group", "5% ", "7% ", "(", ")", ", ", ". "]
        ),
        max_size=20,
    )
)
def test_never_raises_and_keeps_every_value(pieces: list[str]) -> None:
    text = "".join(pieces)
    values = [
        ArmValue(start=i, end=i + 2, text=text[i : i + 2], rule="test", kind=ArmValueKind.PERCENT, percent=Decimal(5))
        for i in range(len(text))
        if text[i : i + 2] in ("5%", "7%")
    ]
    assert [value.start for value in attribute_arms(values, TWO, text)] == [value.start for value in values]
