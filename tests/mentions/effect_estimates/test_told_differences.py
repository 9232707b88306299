"""Differences between groups that no measure's name leads to, and what looks like one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.linking.results import join_p_values
from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values

# measure, estimate, unit, p
Row = tuple[str, str, str | None, str | None]


@dataclass(frozen=True)
class Case:
    text: str
    rows: tuple[Row, ...]


CORRECTED = [
    Case(
        "The placebo-corrected mean (SE) change in ferritin to week 8 was -6 (1) mmol/mol [-0.5 (0.1)%] (P = 0.002).",
        (("MD", "-6", "mmol/mol", "= 0.002"), ("MD", "-0.5", "%", "= 0.002")),
    ),
    Case("The placebo-subtracted fall in weight was 2.4 ± 0.3 kg (p < 0.01).", (("MD", "2.4", "kg", "< 0.01"),)),
    Case("The placebo-corrected QT interval was long. Weight fell by 2.4 kg.", ()),
]
SECOND_UNITS = [
    Case(
        "treatment difference in HbA1c -0.6% [95% CI -0.8 to -0.4] [-6.6 mmol/mol]; P < 0.001",
        (("MD", "-0.6", "%", "< 0.001"), ("MD", "-6.6", "mmol/mol", "< 0.001")),
    ),
    Case(
        "The mean difference was 0.8 mmol/l [31 mg/dl]; P = 0.04.",
        (("MD", "0.8", "mmol/l", "= 0.04"), ("MD", "31", "mg/dl", "= 0.04")),
    ),
    # a bracket with the same unit, or of the other sign, tells something else
    Case("The mean difference was 0.8 kg (2 kg).", (("MD", "0.8", "kg", None),)),
    Case("The mean difference was 0.8 mmol/l [-31 mg/dl].", (("MD", "0.8", "mmol/l", None),)),
]
COMPARED = [
    Case("The stay was 2.5 days shorter with tea than with milk (P = 0.01).", (("MD", "2.5", "days", "= 0.01"),)),
    Case("Scores were 4 points higher in cooks than in bakers.", (("MD", "4", "points", None),)),
    Case("Cure was 7 percentage points lower with tea.", (("RD", "7", "percentage points", None),)),
    Case("Scars were 5.4% lower with tea (P = .03; risks 8% vs 13%).", (("RD", "5.4", "%", "= 0.03"),)),
    # a time that something was seen at, the baseline, a bound, a plan
    Case("Pain at 6 months better than in bakers.", ()),
    Case("Pressure was 2.6 mm Hg lower than baseline.", ()),
    Case("The stay was at least 2 days shorter with tea.", ()),
    Case("The trial had power to detect scores 4 points higher in cooks.", ()),
    Case("Stays were between 2 and 5 days longer with tea.", ()),
]
AGAINST_CONTROL = [
    Case(
        "Tea reduced glucose by 15 mg/dl (0.8 mmol/l) and weight by 2 kg relative to placebo.",
        (("MD", "15", "mg/dl", None), ("MD", "0.8", "mmol/l", None), ("MD", "2", "kg", None)),
    ),
    Case("Tea lowered ferritin by 41% vs. placebo, P < 0.03.", (("RRR", "41", "%", "< 0.03"),)),
    Case("Tea lowered HbA1c by 0.4% compared with placebo.", (("MD", "0.4", "%", None),)),
    Case(
        "Tea 2 g and 4 g reduced the relapse rate by 56% (p < 0.01) and 60% (p < 0.02) versus placebo.",
        (("RRR", "56", "%", "< 0.01"), ("RRR", "60", "%", "< 0.02")),
    ),
    Case(
        "The relapse rate was reduced by 56% with weak tea, 58% with tea and 60% with strong tea versus placebo.",
        (("RRR", "56", "%", None), ("RRR", "58", "%", None), ("RRR", "60", "%", None)),
    ),
    Case("Tea reduced pain by 20%, and 40% of cooks were cured versus placebo.", (("RRR", "20", "%", None),)),
    # the other group's own value follows; the baseline is no group
    Case("Tea lowered HbA1c by 0.4% compared with placebo (0.1%).", ()),
    Case("Tea lowered weight by 2 kg from baseline compared with placebo.", ()),
]
FAR = [
    Case("Tea improved HbA1c (-0.56% vs. placebo; p < 0.01).", (("MD", "-0.56", "%", "< 0.01"),)),
    Case("Cure was seen (56% vs. placebo; p < 0.01).", ()),
    Case("Median survival was longer by 7.1 months in cooks than in bakers.", (("MD", "7.1", "months", None),)),
    Case("Survival was longer by June in 7.1 of ten cooks.", ()),
    Case(
        "The difference in weight loss between cooks and bakers was -1.3 kg (p = 0.04).",
        (("MD", "-1.3", "kg", "= 0.04"),),
    ),
    Case("The difference in weight between cooks and bakers was small; it was 1.3 kg in June.", ()),
    Case(
        "The hazard for relapse was 8.3 times greater (P = 0.01) in cooks and 1.9 times greater (P = 0.03) in bakers.",
        (("HR", "8.3", None, "= 0.01"), ("HR", "1.9", None, "= 0.03")),
    ),
    Case("Ferritin was 8.3 times greater in cooks.", (("RATIO", "8.3", None, None),)),
    Case("Ferritin was 8.3 times greater than before.", ()),
    Case("Ferritin fell at onset (difference in means: -1.14 to -1.52).", ()),
]


@pytest.mark.parametrize(
    "case", CORRECTED + SECOND_UNITS + COMPARED + AGAINST_CONTROL + FAR, ids=lambda case: case.text[:70]
)
def test_told_differences(case: Case) -> None:
    p_values = find_p_values(case.text)
    effects = join_p_values(find_effect_estimates(case.text, p_values), p_values, case.text)
    found = [
        (e.measure.value, str(e.estimate), e.unit, f"{e.p.operator} {e.p.value}" if e.p else None) for e in effects
    ]
    assert tuple(found) == case.rows
    assert all(case.text[e.start : e.end] == e.text for e in effects)
