"""Which number is the estimate of an interval, and which intervals are found at all.

Every row is a mistake that was mended, its cause in a comment; the text is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values

# estimate, unit, lower, upper
Row = tuple[str | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class Case:
    text: str
    rows: tuple[Row, ...]


MENDED = [
    # a fall told without its sign, its limits with theirs
    Case(
        "HbA1c fell (-0.5% [95% CI -0.9 to -0.1]). Against placebo, glucose decreased by 44.0 mg/dL (-70.1 to -17.9)",
        (("-0.5", "%", "-0.9", "-0.1"), ("44.0", "mg/dL", "-70.1", "-17.9")),
    ),
    # a count stood between a share and its interval
    Case(
        "53.0% (21/40 [95% CI 37.2-68.1]) and 27.5% (11/40 [14.6-43.9])",
        (("53.0", "%", "37.2", "68.1"), ("27.5", "%", "14.6", "43.9")),
    ),
    # an estimate behind the interval's name, its limits behind it
    Case("(relative risk, 95% CI 4.10, 1.32-12.75, p = 0.015)", (("4.10", None, "1.32", "12.75"),)),
    Case("(relative risk, 4.10, 95% CI 1.32, 12.75)", (("4.10", None, "1.32", "12.75"),)),
    # an interval's name in a bracket of its own
    Case("odds ratio (OR) 3.9 (95% CI) 1.7, 8.7; P = 0.0006", (("3.9", None, "1.7", "8.7"),)),
    # a unit behind the limits
    Case("difference -2.5, 95% CI -8.9, 3.8 percentage points", (("-2.5", "percentage points", "-8.9", "3.8"),)),
    # a dose lay in the interval of two shares' difference
    Case(
        "cured were 53% on A and 69% on B, 15 mg, respectively (P<.05 for A vs B; 95% confidence interval, 3.2-28.0)",
        ((None, None, "3.2", "28.0"),),
    ),
    Case("use was lower, 15 mg (95% confidence interval, 3.2-28.0)", (("15", "mg", "3.2", "28.0"),)),
    # a product's point in a unit, and the same in a second unit, stood before the interval
    Case(
        "mean difference -234.0 h·mg/dL [-13.0 h·mmol/L], 95% CI -285.0 to -183.0 h·mg/dL",
        (("-234.0", "h·mg/dL", "-285.0", "-183.0"),),
    ),
    # a denominator stood nearer than the percentage
    Case("29 [91%] of 32; 95% CI, 76-98%", (("91", "%", "76", "98"),)),
    Case("response was 53% (eight of 15; 95% CI, 27% to 79%)", (("53", "%", "27", "79"),)),
    # a margin, a test statistic and an age stood nearer than the estimate
    Case(
        "The mean difference was 0.31 mm, above the margin of 0.19 mm, and the 95% CI was 0.15-0.48",
        (("0.31", "mm", "0.15", "0.48"),),
    ),
    Case("(OR = 0.89 at age 41 years, 95% CI = 0.80 to 0.99)", (("0.89", None, "0.80", "0.99"),)),
    # a minus apart from its digits, where both signs would lie inside
    Case("a difference of - 3.4% (95% CI: -9.6% to 4.9%)", (("-3.4", "%", "-9.6", "4.9"),)),
    # the second end of a change is not the estimate of the difference
    Case("rose from 20% to 29% (95% CI 0.63-0.92)", ((None, None, "0.63", "0.92"),)),
    # beside an open limit any number lies inside
    Case("was -0.4% (63.9% vs 64.3%; [1-sided 95% CI, -6.9 to ∞])", (("-0.4", "%", "-6.9", None),)),
    # the upper end of an interval
    Case("difference 1.3%, upper end of 1-sided 97.5% CI 4.0%", (("1.3", "%", None, "4.0"),)),
    # a unit printed behind both limits
    Case(
        "mean (95% confidence interval) falls were 9.5 mm Hg (7.7 mm Hg to 11.2 mm Hg, P<0.001)",
        (("9.5", "mm Hg", "7.7", "11.2"),),
    ),
    # minutes were taken for a minimum
    Case(
        "difference -22.8 min (95% CI -28.0 to -17.6) at month 1 and -11.4 min (-16.0 to -6.7) at month 3",
        (("-22.8", "min", "-28.0", "-17.6"), ("-11.4", "min", "-16.0", "-6.7")),
    ),
    # an open limit in a bracket that carries on
    Case(
        "20.1 months (95% CI 18.0 to 24.2) vs 13.8 (13.8 to not reached) months",
        (("20.1", "months", "18.0", "24.2"), ("13.8", None, "13.8", None)),
    ),
    # length of follow-up and its range behind an interval
    Case(
        "migration was 0.21 mm (95% CI 0.03-0.40). The groups were alike at 6.3 (3.0-9.5) years after surgery.",
        (("0.21", "mm", "0.03", "0.40"),),
    ),
    # a code that looks like the short form of confidence limits
    Case("Among 656 women (326 in CL-011 and 330 in CL-012)", ()),
    # a named ratio whose limits a comma parts, no interval being named
    Case("low weight (OR 1.32 [0.73, 2.39])", (("1.32", None, "0.73", "2.39"),)),
    # the level as a fraction
    Case("(OR = 0.3, .95% CI = (0.10-0.88))", (("0.3", None, "0.10", "0.88"),)),
    # units of estimates without an interval, and what follows them
    Case("(between-group difference: -0.09 mmol/l, p = 0.01)", (("-0.09", "mmol/l", None, None),)),
    Case("a difference of 15.7 months. This analysis was crude.", (("15.7", "months", None, None),)),
    # two groups' values, a plan, a day's number and a range are no difference
    Case("There was no survival difference: 33.6 versus 27.3% at 3 years", ()),
    Case("A difference of 10% or greater between the groups was sought.", ()),
    Case("a significant difference after 2-week training (P = 0.012)", ()),
    Case("were 1.5 to 2.0 times more likely to stop", ()),
]


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case.text[:70])
def test_estimates_found(case: Case) -> None:
    found = find_effect_estimates(case.text, find_p_values(case.text))
    rows = []
    for effect in found:
        interval = effect.interval
        limits = (interval.lower, interval.upper) if interval else (None, None)
        rows.append(tuple(None if x is None else str(x) for x in (effect.estimate, effect.unit, *limits)))
    assert tuple(rows) == case.rows
