"""Which measure an estimate is, told from the words around it.

Every row is a mistake that was mended, its cause in a comment; the text is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values


@dataclass(frozen=True)
class Case:
    text: str
    measures: tuple[str, ...]


MENDED = [
    # a share of people whose interval lies about nothing
    Case("decreased glucose by 0.4 mmol/L (95% CI: -1.4, 0.7) and HbA1c by 0.07% (95% CI: -0.50, 0.37)", ("MD", "MD")),
    # points of what is told in per cent were a relative reduction
    Case("mean reduction in HbA1c level, 0.4% [95% CI, 0.55-0.25]", ("MD",)),
    Case("mean reduction in falls, 40% [95% CI, 25-55]", ("RRR",)),
    # a difference of the two shares before it, in a bracket that nothing announces
    Case(
        "The rate was 40% (95% CI 39-61). Found were 96% with A and 46% with B (50%, 39-61; p<0.01)",
        ("PROPORTION", "RD"),
    ),
    Case(
        "The rate was 50% (95% CI 39-61). Found were 96% with A and 46% with B (52%, 39-61; p<0.01)",
        ("PROPORTION", "PROPORTION"),
    ),
    # the second of two groups' sensitivities was a share
    Case(
        "sensitivity was 84.9% (95% CI, 80.8% to 89.0%) for A versus 93.5% (90.7% to 96.3%) for B", ("OTHER", "OTHER")
    ),
    # survival told by a ratio went on as a change
    Case(
        "the odds ratio was 0.14 (95% CI 0.05-0.41). An increase in overall survival was seen (0.21; 0.05-0.96)",
        ("OR", "OR"),
    ),
    # an effect without a unit whose limits lie about one was a difference; one with a unit is
    Case("adjusted treatment effect 1.02, 95% CI 0.69-1.53", ("RATIO",)),
    Case("adjusted treatment effect 1.02 kg, 95% CI 0.69-1.53", ("MD",)),
    # an interaction's excess was a mean's difference
    Case("RERI 0.12 (95% CI -1.16 to 1.40)", ("OTHER",)),
    # a rate whose unit stands before it was nameless
    Case("the incidence of cramps per patient-year was 0.21 (95% CI 0.17-0.26)", ("RATE",)),
    # an event rate in a sentence on events was taken for a hazard ratio
    Case(
        "Gout attack rates were 0.51 (95% CI 0.40 to 0.66) and 0.62 (0.49 to 0.80) per patient-year", ("RATE", "RATE")
    ),
    # a rate that is a share
    Case("the uptake rate was high (0.91, 95% CI 0.84 to 0.98)", ("PROPORTION",)),
    # differences in a list that a colon announces went on as shares and changes
    Case(
        "differences between A and B, respectively, were as follows: fall in ferritin -0.40%, 95% CI (-0.60; -0.20) "
        "and -0.75% (-0.93; -0.57); change in weight -3.1 kg (-4.2; -2.0)",
        ("MD", "MD", "MD"),
    ),
    # a negative percentage was a share of people
    Case("no effect on days in pain (-2%; 95% CI [-14% to +10%])", ("RD",)),
    # "mean increase" of each of two groups was a mean
    Case(
        "the mean increase in zinc was 3.1 (95% CI 2.5, 3.7) in the tablet group and 5.0 (95% CI 4.1, 5.9) in the "
        "syrup group",
        ("CHANGE", "CHANGE"),
    ),
    # a group's change that nothing is compared with was a difference
    Case("Patients on glargine had a weight gain of 2.2 kg (95% CI 1.4; 3.0)", ("CHANGE",)),
    # a change against a group was the group's own
    Case("Plaque was reduced versus the control at week 4 (by 0.07 [95% CI 0.03, 0.11])", ("MD",)),
    # "more ... than" around a bracket, with no value of the other group
    Case("Stems in the smooth group had more rotation (0.31 mm, 95% CI: 0.10-0.52) than rough stems", ("MD",)),
    # an interval around the difference of two printed shares
    Case("24% were cured as compared to 18% of controls (95% CI for this difference: (-3, 15))", ("RD",)),
    # odds and hazards told without the word ratio
    Case("with an odds of relapse of 1.42 (95% CI 1.12-1.80)", ("OR",)),
    Case("the adjusted hazard of one-year death was 2.10 (95% CI 1.70 to 2.59)", ("HR",)),
    # nobody's cost is on both sides of nothing, two of them joined by "and" included
    Case("costs of -£310 (95% CI -£820, £200) and from another view of -£540 (95% CI -£1200, £120)", ("MD", "MD")),
    # a ratio's name before a negative number names something else
    Case("the log HDL ratio (-0.20 (95% CI -0.37 to -0.03))", ("MD",)),
    # a geometric mean ratio in per cent
    Case("The geometric mean ratio was 92.8% (90% CI 87.4-98.6)", ("RATIO",)),
    # a letter that names its own value named the next estimate too
    Case("a small effect (d = 0.30), but hope was not changed (-1.5; 95% CI -4.2 to 1.2)", ("SMD", "MD")),
    # times to an event that a drug improved are no changes
    Case("Sutinib improved survival (4.1 months [95% CI 3.9-4.5] vs 2.2 months [1.5-2.9])", ("MEDIAN", "MEDIAN")),
    # a difference named behind the name of another statistic
    Case("(mean AUC 560 in one arm vs 580 in the other; mean adjusted difference 8.1 [95% CI -20.0 to 36.2])", ("MD",)),
    # what a share of people had done was a relative increase
    Case("At two years, 23% had increased their walking (95% CI 15-31)", ("PROPORTION",)),
    # a reduction of more than the whole, and a short form that a bracket with its value seemed to define
    Case("cases given an adequate review (aRRR = 1.31, 95% CI = 1.04-1.62)", ("RR",)),
    Case("it changed little (aRRR = 1.17; p = 0.44)", ("RR",)),
    # a relative reduction told before its name named the two rates and the ratio behind them
    Case(
        "Deaths fell (rate ratio 0.85 (95% CI 0.71 to 1.01)). A 28% relative reduction in deaths was seen in men (22.1 "
        "(19.5 to 25.0) v 30.6 (26.0 to 36.1); 0.72 (0.60 to 0.86))",
        ("IRR", "RRR", "MEAN", "MEAN", "IRR"),
    ),
    # one group's mean less the other's
    Case("non-inferior (LS mean [Tez-Vor]: 0.21; 95% CI: 0.01, 0.40)", ("MD",)),
    # changes of two groups that are said not to differ were differences
    Case(
        "No difference in changes of mass between the groups [-0.2 mm (95% CI -0.4 to 0.1) vs. -0.1 mm (-0.3 to 0.2)]",
        ("CHANGE", "CHANGE"),
    ),
    # the area under a curve was the measure of the ratios of two areas
    Case(
        "geometric mean ratios of the maximum and the area under the curve were 148% (90% CI 117 to 187%) and 128% "
        "(102 to 161%)",
        ("RATIO", "RATIO"),
    ),
    # a difference of two shares
    Case("(8% v 29%, 95% confidence interval for difference 16% to 24%)", ("RD",)),
    # groups' numbers and bounds are no estimates
    Case("a difference between groups 1 and 2", ()),
    Case("Use was over 40% lower than in the other group", ()),
    # a list whose last has its unit in words
    Case(
        "The absolute risk reduction was 30 (95% CI: 15.2-44.8) and 26 percent (95% CI: 6.3-44.3), respectively",
        ("RD", "RD"),
    ),
    # percentage points told behind the limits
    Case("(difference -2.5, 95% CI -8.9, 3.8 percentage points)", ("RD",)),
    # a difference named behind its number, and so many fold of one group's
    Case("no difference in the total (6.7 units difference, P = 0.16)", ("MD",)),
    Case("a 5-point difference was considered clinically relevant", ()),
    Case("The risk was 0.58-fold less in the tea group than in the milk group", ("RR",)),
    Case("Titres were 1.9- to 4.1-fold higher in responders", ()),
    # so many fold of an area under a curve; a slope with its unit
    Case("Tezovan increased the area under the curve of iron 4.0-fold (90% CI 3.2-5.1)", ("RATIO",)),
    Case("with a slope of 1.45 ms per mg (90% CI, 1.30 to 1.61)", ("BETA",)),
    Case("Skills were better (Mdiff = 8.28, 95% CI: 3.06, 13.50)", ("MD",)),
    # limits that estimates had to lie in
    Case("The tablet met the bioequivalence criteria [90% CI 80.00-125.00%]", ()),
    # a change compared with a group behind it was a share
    Case("Tea increased the stained area (9.6% [95% CI 0.9 to 18.3]; p = 0.03) compared to placebo", ("RD",)),
    Case(
        "Tea raised the response (9.6% [95% CI 0.9 to 18.3]) compared to placebo (4.1% [1.0 to 9.9])",
        ("PROPORTION",) * 2,
    ),
    # one limit of the interval before told again
    Case("mean difference 0.52 (95% CI -0.56, 1.59). The upper CI limit (1.59) was below +4", ("MD",)),
    # "no difference in mean" was a difference though two groups' shares follow
    Case(
        "No difference in mean adherence was seen, with 77.2% (95% CI, 73.0, 81.4) for the tea group and 74.8% (CI, "
        "69.7, 79.9) for the milk group",
        ("PROPORTION", "PROPORTION"),
    ),
    # a score of so many at most
    Case("with a mean score of 14.47/17 (95% CI, 13.85, 15.0)", ("MEAN",)),
    # a difference of two counted shares, its measure's short form unknown
    Case("7% (3 of 45) lifting weights and 22% (11 of 49) at rest (CID, -15.0%; 95% CI, -18.6% to -11.4%)", ("RD",)),
    # a share behind "no difference:"
    Case("There was no difference: 0.8% (n = 29) on tea and 0.9% (n = 33) on milk", ()),
    # where a level ended
    Case("Pressure rose to 5.9 (95% CI 5.4-6.5) kPa with tea vs. 8.3 (95% CI 7.2-9.5) kPa with milk", ("MEAN", "MEAN")),
    Case("The cumulative incidence of stroke was 0.28 (95% CI, 0.13-0.40)", ("PROPORTION",)),
    # efficacy named behind its number
    Case("The trial showed 61.5% (95% CI 48.0-71.2) efficacy", ("RRR",)),
    # so many per cent more of what is measured is no difference of risks
    Case("Clearance was 40% greater with A than with B", ("RRR",)),
]
KEPT = [
    Case("The cure rate was 5.4% higher with A than with B", ("RD",)),
    Case("the relative reduction was 28% (95% CI 12-41)", ("RRR",)),
    Case("a 28% relative risk reduction (95% CI 12-41)", ("RRR",)),
    Case("(aRRR 34% (95% CI 20-46))", ("RRR",)),
    # the negatives of the rows above
    Case("Incidence of croup was reduced by 24% (95% CI: 2 to 42%)", ("RRR",)),
    Case("the difference was 3% (95% CI 1-5), and 18 (41.9%; 27.0-57.9) were cured", ("RD", "PROPORTION")),
    Case("a reduction in pulse of 8 mm Hg (95% CI 4, 12) and a reduction in weight of 4 kg (2, 7)", ("MD", "MD")),
    Case("The hazard of death fell (HR 0.72, 95% CI 0.60-0.85)", ("HR",)),
]


@pytest.mark.parametrize("case", MENDED + KEPT, ids=lambda case: case.text[:70])
def test_measures_told_apart(case: Case) -> None:
    found = find_effect_estimates(case.text, find_p_values(case.text))
    assert tuple(effect.measure.value for effect in found) == case.measures
