"""The arm of values that stand beside a comparison, a baseline, two times, or in a sentence that names no arm."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.pipeline import extract
from structurer.schema import Record

_TWO = "Adults were randomised to zelopril or placebo. "


@dataclass(frozen=True)
class Case:
    """`told` are values (the printed number that begins them) in text order, with the arm that each must get."""

    name: str
    text: str
    told: tuple[tuple[str, str | None], ...]


BASELINES = [
    Case(
        "from a baseline",
        _TWO + "The mean change in HbA1c was -0.5% from a baseline of 7.5% with zelopril and -0.3% from a baseline of "
        "7.8% with placebo.",
        (("-0.5", "zelopril"), ("7.5", "zelopril"), ("-0.3", "placebo"), ("7.8", "placebo")),
    ),
    Case(
        "in two units",
        _TWO + "Mean HbA1c was reduced by 1.5% (16.8 mmol/mol) with zelopril and 0.9% (10.1 mmol/mol) with placebo.",
        (("1.5", "zelopril"), ("16.8", "zelopril"), ("0.9", "placebo"), ("10.1", "placebo")),
    ),
    Case(
        "two times of each arm",
        _TWO + "Mean glucose fell (zelopril group, baseline vs 12 months: 40 ± 4 vs 24 ± 3 mg/dL, P = 0.001; placebo "
        "group, 46 ± 7 vs 34 ± 6 mg/dL, P = 0.008).",
        (("40", "zelopril"), ("24", "zelopril"), ("46", "placebo"), ("34", "placebo")),
    ),
    Case(
        "two arms at one time",
        _TWO + "Mean glucose at 12 months was lower (zelopril vs placebo: 40 ± 4 vs 54 ± 3 mg/dL, P = 0.001).",
        (("40", "zelopril"), ("54", "placebo")),
    ),
]
OUTCOMES_CALLED_CONTROL = [
    Case(
        "the rate of each count",
        _TWO
        + "Zelopril alone compared with placebo was associated with fewer relapses, with 238 cases (annualized rate, "
        "0.30%) vs 296 cases (annualized rate, 0.37%), and with 30 deaths (mortality rate, 0.03%) vs 46 deaths "
        "(mortality rate, 0.05%).",
        (
            ("238", "zelopril"),
            ("0.30", "zelopril"),
            ("296", "placebo"),
            ("0.37", "placebo"),
            ("30", "zelopril"),
            ("0.03", "zelopril"),
            ("46", "placebo"),
            ("0.05", "placebo"),
        ),
    ),
    Case(
        "a group and its size in a bracket behind each value",
        _TWO
        + "Zelopril was no worse than placebo: pain lasted a mean of 1.17 ± 1.11 days (zelopril, N = 101) and 1.20 ± "
        "1.02 days (placebo, N = 103).",
        (("1.17", "zelopril"), ("1.20", "placebo")),
    ),
    Case(
        "the control of an outcome is no group",
        "Adults were randomised to zelopril or control. Pain control was better in the zelopril group (57% vs 36%).",
        (("57", "zelopril"), ("36", "control")),
    ),
    Case(
        "control of what",
        "Adults were randomised to zelopril or control. Control of pressure was better with zelopril (57% vs 36%).",
        (("57", "zelopril"), ("36", "control")),
    ),
    Case(
        "one against the other behind asides",
        "Adults were randomised to zelopril or control. Zelopril came with more serious events (ten [14%] of 72 "
        "adults [cramps, n=8; rash, n=2] vs two [2%] of 83 adults [rash]).",
        (("ten", "zelopril"), ("two", "control")),
    ),
]
COMPARED = [
    Case(
        "compared behind the pair",
        _TWO
        + "Zelopril and placebo were safe; mean weight loss was greater (4.1 vs 1.2 kg) in the zelopril group than "
        "in the placebo group.",
        (("4.1", "zelopril"), ("1.2", "placebo")),
    ),
    Case(
        "of both groups at once",
        _TWO + "Mean baseline HbA1c was 8.3% in the zelopril and placebo groups. Cure was 40% in the zelopril group.",
        (("8.3", None), ("40", "zelopril")),
    ),
    Case(
        "people that are no arm",
        _TWO + "Wheeze was more common among urban participants (35% vs 11%).",
        (("35", None), ("11", None)),
    ),
    Case(
        "a new clause of all",
        "Of 123 adults, 64 were randomised to zelopril and 59 to placebo; 41% had poor sight. Cure was 30% in the "
        "zelopril group.",
        (("41", None), ("30", "zelopril")),
    ),
]
OF_MANY = [
    Case(
        "of everybody",
        _TWO + "Pain and fatigue were reported by 48% and 47% of all participants.",
        (("48", None), ("47", None)),
    ),
    Case(
        "of two times",
        _TWO + "In the zelopril group relapse was 7% and 11% for the two periods.",
        (("7", "zelopril"), ("11", "zelopril")),
    ),
    Case(
        "of two kinds of one arm's people",
        _TWO
        + "Mean use in the zelopril group was lower in patients with scars in the outer area than in patients with "
        "scars in the inner area (32.5 ± 2.0 versus 58.0 ± 2.9 mg).",
        (("32.5", "zelopril"), ("58.0", "zelopril")),
    ),
    Case(
        "of two kinds of an average",
        _TWO + "Survival was longer with zelopril than with placebo (median 671 days vs 433.7 ± 66.9 days).",
        (("433.7", "placebo"),),
    ),
    Case(
        "what was preferred",
        _TWO + "At the end, 31 (47%) patients preferred zelopril, whereas 35 (53%) preferred placebo.",
        (("31", "zelopril"), ("35", "placebo")),
    ),
    Case(
        "short forms behind three",
        "Women were randomised to three arms. Cure was alike (21, 22 and 19% for PTX, PWI, and PTI, respectively).",
        (("21", "PTX"), ("22", "PWI"), ("19", "PTI")),
    ),
    Case(
        "a group at the head",
        "Women were randomised to full surgery or node biopsy. In the full surgery group, the accuracy of the node "
        "biopsy status was 96%.",
        (("96", "full surgery"),),
    ),
]
OTHER_NAMES = [
    Case(
        "single agent against a combination",
        "Adults were randomised to zelopril or a combination of zelopril and ralotin. Relapse was 12% in the "
        "combination arm and 30% in the monotherapy arm.",
        (("12", "combination of zelopril and ralotin"), ("30", "zelopril")),
    ),
    Case(
        "the group that is left over",
        "INTERVENTION: Zelopril, 5 mg daily (n = 138) or placebo (n = 138). RESULTS: Stroke occurred in 34% of the "
        "heart pill group and 13% of the placebo group.",
        (("34", "Zelopril"), ("13", "placebo")),
    ),
    Case(
        "a naming as an adjective of its name",
        "Women were randomised to IV nitralol or oral nitralol. Cure was 40% (IV-nitralol) and 20% (oral nitralol).",
        (("40", "IV nitralol"), ("20", "oral nitralol")),
    ),
]
CARRIED = [
    Case(
        "what acts goes on",
        "Men were randomised to a rye diet or an oat diet. Rye diet reduced weight by 4%. Glucose content fell by 12%. "
        "Oat diet reduced weight by 3%.",
        (("4", "rye diet"), ("12", "rye diet"), ("3", "oat diet")),
    ),
    Case(
        "not to what is told of all",
        "Men were randomised to a rye diet or an oat diet. Rye diet reduced weight by 4%. Overall, 12% of patients "
        "were lost.",
        (("4", "rye diet"), ("12", None)),
    ),
]


@pytest.mark.parametrize(
    "case",
    [*OUTCOMES_CALLED_CONTROL, *BASELINES, *COMPARED, *OF_MANY, *OTHER_NAMES, *CARRIED],
    ids=lambda case: case.name.replace(" ", "-"),
)
def test_the_arm_of_a_value(case: Case) -> None:
    report = next(iter(extract([Record("1", case.text)])))
    assert report.error is None
    found = {value.text.lstrip("("): value.arm for value in report.arm_values}
    told = [(text, next((arm for known, arm in found.items() if known.startswith(text)), "?")) for text, _ in case.told]
    assert told == list(case.told)
