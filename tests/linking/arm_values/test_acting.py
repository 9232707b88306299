"""The arms of two values whose sentence says which arm has more, or which one the other is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.pipeline import extract
from structurer.schema import Record

HEAD = "Patients were randomised to tezovan or placebo. RESULTS: "


@dataclass(frozen=True)
class Case:
    """`told` are the values (their first printed number) in text order, with the arm that each must get."""

    name: str
    text: str
    told: tuple[tuple[str, str | None], ...]


ACTING = [
    Case(
        "what acts comes first",
        "The new drug reduced triglycerides (1.2 ± 0.4 vs. 1.9 ± 0.5 mmol/L, P=0.01) and urate (301 ± 12 vs. 344 ± 15 "
        "mmol/L, P=0.02) compared with placebo.",
        (("1.2", "tezovan"), ("1.9", "placebo"), ("301", "tezovan"), ("344", "placebo")),
    ),
    Case(
        "than the one named",
        "Wounds closed sooner than with placebo (12% vs 30%).",
        (("12%", "tezovan"), ("30%", "placebo")),
    ),
    Case(
        "the reference itself is told of",
        "Rash was as common in the placebo group (12% vs 12%).",
        (("12%", "placebo"), ("12%", "tezovan")),
    ),
    Case(
        "a second value of the arm that acts",
        "Tezovan lowered the pulse compared with placebo, and cure was seen in 41%.",
        (("41%", "tezovan"),),
    ),
    Case(
        "the bracket of the reference",
        "Cure was likelier with tezovan (41%) compared with placebo (of the first 40 patients, 22%).",
        (("41%", "tezovan"), ("22%", "placebo")),
    ),
    Case(
        "a change told against the other",
        "Tezovan significantly decreased the ferritin level compared with placebo (mean change -0.8 mg/dL).",
        (("-0.8", None),),
    ),
]
DIRECTION = [
    Case(
        "more in the group behind",
        "Severe itching was more frequent (7% vs. 25%) in the tezovan group.",
        (("7%", "placebo"), ("25%", "tezovan")),
    ),
    Case(
        "less in the group behind",
        "Severe itching was less frequent (7% vs. 25%) in the tezovan group.",
        (("7%", "tezovan"), ("25%", "placebo")),
    ),
    Case(
        "nothing said: the one named comes first",
        "Itching was seen (7% vs. 25%) in the tezovan group.",
        (("7%", "tezovan"), ("25%", "placebo")),
    ),
    Case(
        "order against direction",
        "Vomiting was lower with tezovan than with placebo (18% vs. 4%).",
        (("18%", "placebo"), ("4%", "tezovan")),
    ),
    Case(
        "another clause says it",
        "Itching was more frequent (25% vs. 7%) in the tezovan group, while fever was lower in the placebo group "
        "(3% vs. 9%).",
        (("25%", "tezovan"), ("7%", "placebo"), ("3%", "placebo"), ("9%", "tezovan")),
    ),
    Case(
        "a greater change may be the smaller number",
        "Tezovan gave a greater reduction of pain than placebo (21% vs. 35%).",
        (("21%", "tezovan"), ("35%", "placebo")),
    ),
    Case(
        "more than a number is no direction",
        "A fever of more than 3 days was seen with tezovan and placebo (4% vs. 9%).",
        (("4%", "tezovan"), ("9%", "placebo")),
    ),
]
RIVALS = [
    Case(
        "a printed name set against a known one",
        "Lung deposition was higher with Aerojet than with placebo (37% vs 21%).",
        (("37%", "Aerojet"), ("21%", "placebo")),
    ),
    Case(
        "a time is no rival",
        "Tezovan gave more nausea (68% vs 27%) and vomiting (32% vs 8%) in the first 24 hours than placebo.",
        (("68%", "tezovan"), ("27%", "placebo"), ("32%", "tezovan"), ("8%", "placebo")),
    ),
    Case(
        "never one arm for both sides",
        "Deposition was higher with Aerojet than with placebo for novices (37% of the dose vs 21% of the dose).",
        (("37%", "Aerojet"), ("21%", "placebo")),
    ),
]
NONE_TOLD = [
    Case(
        "no episodes behind a list",
        "Fever was seen in 8.7% and 4.2% for tezovan and placebo, respectively, but no deaths occurred.",
        (("8.7%", "tezovan"), ("4.2%", "placebo"), ("no", None)),
    ),
    Case(
        "no deaths of one arm",
        "Fever was seen in 8.7% with tezovan and in 4.2% with placebo, and there were no deaths with placebo.",
        (("8.7%", "tezovan"), ("4.2%", "placebo"), ("no", "placebo")),
    ),
    Case(
        "in either group, far behind",
        "No reoperations for bleeding were needed within five days of the procedure in either treatment group.",
        (("No", "tezovan"), ("No", "placebo")),
    ),
    Case(
        "a total",
        "Eleven serious adverse events occurred, which were 5% and 4% in the placebo and tezovan groups, respectively.",
        (("Eleven", None), ("5%", "placebo"), ("4%", "tezovan")),
    ),
]


@pytest.mark.parametrize("case", [*ACTING, *DIRECTION, *RIVALS, *NONE_TOLD], ids=lambda case: str(case.name))
def test_arms_of_values_compared(case: Case) -> None:
    (report,) = extract([Record(record_id="1", abstract=HEAD + case.text)])
    assert [(value.text.split(" ")[0], value.arm) for value in report.arm_values] == list(case.told)
