"""Values in lists, beside p-values and sizes; numbers that compare two groups, limits, ranges and strangers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions import find_mentions
from structurer.schema import ArmValue, Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    """A text of findings, and the kind and print of each of its values."""

    text: str
    printed: tuple[str, ...]


BESIDE_OTHERS = [
    Case(
        "Mean (SD) salt, iron and zinc fell from 63.5% (4.9) to 56.8% (4.1), p<0.001; 207 (18) to 164 g/L (13), "
        "p<0.001; and from 358.6 (26.3) to 247.7 mg/24-h (20.2), p<0.002.",
        (
            *("mean 63.5% (4.9)", "mean 56.8% (4.1)", "mean 207 (18)", "mean 164 g/L (13)", "mean 358.6 (26.3)"),
            "mean 247.7 mg/24-h (20.2)",
        ),
    ),
    Case(
        "Both fell compared with baseline (-32.6%; p=0.012, -44%; p=0.031 and -16.9%; p=0.029, respectively).",
        ("mean -32.6%", "mean -44%", "mean -16.9%"),
    ),
    Case(
        "Speed was reduced with tea (decreased by 0.65 m/second [P=0.014]; 0.63 m/second [P=0.041] in either leg).",
        ("mean 0.65 m/second", "mean 0.63 m/second"),
    ),
    Case(
        "Mean scores improved more with tea (-15.58 [n = 283] and -14.88 [n = 289]; p < 0.001) compared with placebo "
        "(-11.61 [n = 204]).",
        ("mean -15.58", "mean -14.88", "mean -11.61"),
    ),
    Case(
        "More were cured at weeks 18 (22% vs 9%; P = 0.003) and 54 (26% vs 14%; P = 0.015).",
        ("percent 22%", "percent 9%", "percent 26%", "percent 14%"),
    ),
    Case(
        "Scores were higher (legs: M ± SE = 83.9 ± 0.7, p = .005; arms: 79.9 ± 0.8, p = .001).",
        ("mean 83.9 ± 0.7", "mean 79.9 ± 0.8"),
    ),
    Case(
        "Stools grew (tea: 3.5 pre versus 5.6/week post treatment; milk 3.6 pre versus 4.9/week post treatment).",
        ("mean 3.5", "mean 5.6/week", "mean 3.6", "mean 4.9/week"),
    ),
    Case(
        "Cure was higher with tea (38.6%, n = 88) than with milk (32.3%, n = 89).", ("percent 38.6%", "percent 32.3%")
    ),
    Case(
        "The mean number of itches with tea was 0.9 day, fewer than that in the milk group (1.4 days).",
        ("mean 0.9 day", "mean 1.4 days"),
    ),
    Case(
        "The change in uptake was +1.01 in the tea group, -0.06 in the milk group and -1.03 in the walking group.",
        ("mean +1.01", "mean -0.06", "mean -1.03"),
    ),
    Case("Values for ear pain were 0.5 and 1.6 days (p=0.008).", ("mean 0.5", "mean 1.6 days")),
    Case(
        "Onset came early; in women these times were 3.02 days, 5.29 days, and 5.32 days, respectively.",
        ("median 3.02 days", "median 5.29 days", "median 5.32 days"),
    ),
    Case("Growth was inhibited by a total of 33%, after 2 weeks of tea.", ("mean 33%",)),
    Case(
        "Tea raised the avidity of the antibodies, which increased (7.5% to 39%), the response (14% to 64%).",
        ("mean 7.5%", "mean 39%", "percent 14%", "percent 64%"),
    ),
]
UNITS_AT_THE_END = [
    Case("Cure came in 41, 18, and 18% of cooks.", ("percent 41 (None)", "percent 18 (None)", "percent 18% (None)")),
    Case("Most adhered (tea = 9, 81.8%).", ("percent 81.8% (None)",)),
    Case(
        "Median survival was 11.3, 11.4, and 13.0 months with tea, milk, and water.",
        ("median 11.3 (months)", "median 11.4 (months)", "median 13.0 months (months)"),
    ),
    Case(
        "Weight loss was alike (2.88 ± 0.25, 2.39 ± 0.26 and 1.75 ± 0.25 kg, respectively).",
        ("mean 2.88 ± 0.25 (kg)", "mean 2.39 ± 0.26 (kg)", "mean 1.75 ± 0.25 kg (kg)"),
    ),
    Case(
        "Fewer falls were seen (mean 4.07 vs. 9.87/patient-year).",
        ("rate 4.07 (/patient-year)", "rate 9.87/patient-year (/patient-year)"),
    ),
    Case("Mean pressure was 164.6/95.4 mm Hg.", ("mean 164.6 (mm Hg)", "mean 95.4 mm Hg (mm Hg)")),
    Case(
        "Stay was shorter with tea (10 [7 to 14] days vs. 12 [7 to 19] days; P = 0.04).",
        ("median 10 [7 to 14] days (days)", "median 12 [7 to 19] days (days)"),
    ),
    Case(
        "Sugar fell (0.51 [0.06-0.96] vs. 0.58 [-0.04-1.20]).",
        ("mean 0.51 [0.06-0.96] (None)", "mean 0.58 [-0.04-1.20] (None)"),
    ),
    Case("Median stay was 5 months, range 2-10.", ("median 5 months, range 2-10 (months)",)),
    Case("Insulin fell to a mean of 24 mIU/L.", ("mean 24 mIU/L (mIU/L)",)),
]
GOVERNED = [
    Case("Of the 127 patients, 115 had relapses and 6 died.", ("115/127", "6/127")),
    Case("Among 3,008 women screened for tuberculosis, 15 (0.5%) had it.", ("15/3008",)),
    Case(
        "Of 160 patients, seven deaths in the tea group and nine deaths in the milk group were sudden.",
        ("7/None", "9/None"),
    ),
    Case("Of 160 patients, 90 (75%) of those seen relapsed.", ("90/None",)),
]
SHARES_AND_AVERAGES = [
    Case(
        "Itch with tea (13.6%) was lower than that found in the women of group milk (45.8%).",
        ("percent 13.6%", "percent 45.8%"),
    ),
    Case(
        "Reflux worsened (more symptoms or increase in drugs) more often after tea (31.8%) than after milk (6.3%).",
        ("percent 31.8%", "percent 6.3%"),
    ),
    Case("Excess BMI loss was, with tea, 61.1%, vs milk, 68.3%.", ("mean 61.1%", "mean 68.3%")),
    Case(
        "A total of 19.6% of the participants with tea were cured compared to 4.1% with milk.",
        ("percent 19.6%", "percent 4.1%"),
    ),
    Case("Relapse came in 17% of cooks with prior gout.", ("percent 17%",)),
    Case(
        "In both groups, 56.1/25.7% versus 63.6/19.3% of patients experienced any/nocturnal falls.",
        ("percent 56.1", "percent 25.7%", "percent 63.6", "percent 19.3%"),
    ),
    Case(
        "Cooks had a time to recovery of 10 days with tea and 18 days with milk.", ("median 10 days", "median 18 days")
    ),
    Case(
        "FVC decreased on postoperative day 1 (39.7%, 37.4%, and 27.7%, respectively) with tea.",
        ("mean 39.7%", "mean 37.4%", "mean 27.7%"),
    ),
    Case(
        "It fell from 37.5% without tea to 17% in patients assigned to one of the three strategies.",
        ("percent 37.5%", "percent 17%"),
    ),
    Case("Cooks improved their scores by 7.1% and 30.1% relative to baseline.", ("mean 7.1%", "mean 30.1%")),
    Case(
        "Median survival was 12.4 months with tea and 7.9 months with milk (HR, 0.27; 95% CI, 0.12 to 0.63) in men and "
        "8.3 and 5.6 months, respectively, in women.",
        ("median 12.4 months", "median 7.9 months", "median 8.3", "median 5.6 months"),
    ),
    Case(
        "Iron rose between baseline and 1-year follow-up vs. placebo (2.3 IU/l vs. -0.81 IU/l).",
        ("mean 2.3 IU/l", "mean -0.81 IU/l"),
    ),
    Case("Scores rose with song; +7.5(14.6) vs. -3.8(8.4).", ("mean +7.5(14.6)", "mean -3.8(8.4)")),
    Case("Systolic pressure increased approximately 6 mmHg with tea.", ("mean 6 mmHg",)),
    Case(
        "The net balance was 0.54 (-0.73 to 1.75) and 0.24 (-0.20 to 0.63) with tea and milk.",
        ("mean 0.54 (-0.73 to 1.75)", "mean 0.24 (-0.20 to 0.63)"),
    ),
    Case("By six months after admission 118 (46.8%) had died.", ("events 118 (46.8%)",)),
    Case("There was less bleeding with tea (317 mL vs. 615 mL).", ("mean 317 mL", "mean 615 mL")),
    Case(
        "Gout came after an average of six months, while 15 (mostly in men) experienced falls.",
        ("events 15",),
    ),
    Case("Response was higher with tea (49%) and milk (50%) compared with placebo.", ("percent 49%", "percent 50%")),
    Case("Falls per kitchen were 3.01 tea versus 3.15 milk.", ("mean 3.01", "mean 3.15")),
    Case(
        "Finally, no patient of groups A and B had pox, and 20.8% of group C.", ("events no patient", "percent 20.8%")
    ),
    Case("Pressure fell in average 10 mmHg, which was evident after only 5 days.", ("mean 10 mmHg",)),
    Case(
        "Groups were alike, with mean (SD) values for age of 14.8 (2.2) years, weight of 113.2 (35.6) kg and an HbA1c "
        "level of 8.1% (1.2%).",
        ("mean 8.1% (1.2%)",),
    ),
]
FRACTIONS = [
    Case(
        "Tumours were found in (183/274) 66.8%, and (181/274) 66.0% of cooks.",
        ("events (183/274) 66.8%", "events (181/274) 66.0%"),
    ),
    Case(
        "There were 275 deaths: 167 among 484 patients (34.5%) with tea and 108 among 242 (44.6%) with milk.",
        ("events 275", "events 167 among 484 patients (34.5%)", "events 108 among 242 (44.6%)"),
    ),
    Case("Cure came in 12 (20%) with tea and no infants had it with milk.", ("events 12 (20%)", "events no infants")),
    Case("Six (19%) had gout of grade 1, 12 (39%) of grade 2.", ("events Six (19%)", "events 12 (39%)")),
    Case("Sugar fell again in 5 cases of the 7 with relapse.", ("events 5 cases of the 7",)),
    Case(
        "Cancers were fewer (226 of 12 927 assigned to tea [1.7%] and 274 of 12 944 assigned to milk [2.1%]).",
        ("events 226 of 12 927", "events 274 of 12 944"),
    ),
    Case("No patient died.", ("events No patient",)),
    Case(
        "Alive at 5 years were 37 (point estimate 27%) with tea and 24 (point estimate 20%) with milk.",
        ("events 37 (point estimate 27%)", "events 24 (point estimate 20%)"),
    ),
    Case(
        "More women shifted from low to high cholesterol (25.0% vs. 0.0%) with tea.", ("percent 25.0%", "percent 0.0%")
    ),
    Case("Four patients expressed a preference for tea.", ("events Four",)),
    Case("No cook died in the kitchen, 4 (10%) in bed.", ("events 4 (10%)",)),
]
NO_RESULT = [
    Case("Tea significantly reduced the percentage of days of cough versus placebo by 22.5% (p < 0.001).", ()),
    Case("The score favored tea over milk by 0.90 units (p = 0.003), and the subscore favored tea by 0.73 units.", ()),
    Case("Differences in walking, force and breath between groups were 14 ± 10 m.", ()),
    Case("At the end 66.9% lost to follow-up were asked again.", ()),
    Case("The body mass index (BMI) was 36 ± 6 kg/m2.", ()),
    Case("Cooks preferred tea (VAS, 0 to 10).", ()),
    Case("Cooks took 0.25% timolol. The data suggest that timolol 0.25% is good.", ()),
    Case("No data on adverse events were collected.", ()),
    Case("Thirty-three children (82.5%) were boys and seven children (17.5%) were girls.", ()),
    Case("The retention rate was 83.5% for tea and 82.5% for the milk group.", ()),
    Case("Median duration of follow-up was 27.9 (IQR 20.9-33.2) with tea and 30.5 months (20.7-37.6) with milk.", ()),
    Case(
        "Cough was halved (6% vs 13%, decrease 7% [SE 1%]).",
        ("percent 6%", "percent 13%"),
    ),
    Case("Of the cooks, 17% had stage II gout and 34 (61%) had prior gout; a degree was held by 12 of 40.", ()),
    Case("Tea and milk show 20.51% and 38.46% significantly less plaque than water.", ()),
    Case("The panel improved AUC from 0.68 to 0.83.", ()),
    Case("The mean thickness increased in each eye 6 weeks after laser.", ()),
    Case("Most were Hispanic (68%), married (61%), and primiparous (39%).", ()),
    Case("Cooks (mean [SD] age, 53.2 [16.4] years; 569 women [56%]; 2046 had no tea) were seen.", ()),
    Case("Antibiotics fell; 95%CI -0.41%-(-0.12%).", ()),
    Case("The next study will include 254 palliative cancer patients.", ()),
    Case("Mean pressure at 09.00 was 20.95 +/- 2.31 mmHg.", ("mean 20.95 +/- 2.31 mmHg",)),
    Case("All cooks were followed up 12-65 months average 35 months.", ()),
    Case("709 women had baseline and year 2 scans.", ()),
    Case("Then 75% of the remaining 275 women were contacted.", ()),
    Case("The mean income was $21,981 ± 16,443.", ()),
    Case("The change was -7 mmol/mol [95% CI -8 to -6 mmol/mol (-0.73 to -0.50%)].", ()),
    Case("A 1 % glucose acetated drip and 6% of hydroxyethyl starch did no harm.", ()),
    Case("Cooks were followed up 7-48 months (mean 32.1 ± 12.3 months).", ()),
    Case("The probability of tea being cost effective was 55% in all.", ()),
    Case("Blood sugar was lower in the tea (49%) and milk (68%) animals compared with the fasting animals.", ()),
    Case("Tea and milk lowered cholesterol absorption (24 and 31%, respectively) compared with the fed animals.", ()),
    Case("Tea after two to three years of tamoxifen therapy prolonged survival.", ()),
    Case("The tea group (n=140; 58.90±7.35 years) drank more.", ()),
    Case("Titres rose 3.6- to 5.6-fold.", ()),
    Case("Time below 3.5 mmol/L was reduced by 65% (53-74, p<0.0001).", ()),
    Case("The mean reduction in pressure with tea (16.3 mm Hg, 13.6 mm Hg to 18.9 mm Hg) was greater.", ()),
    Case("Nine of the 17 quality-of-life (QOL) variables and 13 of the 15 behaviours improved.", ()),
    Case("Interim results (maturity approximately 28%) were alike.", ()),
    Case("Cooks with a low count (20% to 30%) lived longer.", ()),
    Case("Uptake was approximately 40 to 43% of that before.", ()),
    Case("The group got tea (n = 58; 47% hot, 34% cold, 19% iced).", ()),
    Case("Pain was lower with tea, compared with placebo, on Day 2 (-29%, P<0.001) and Day 3 (-28%, P=0.013).", ()),
    Case("At baseline 47.2%, 36.4% and 16.4% of the cooks had a cough.", ()),
    Case("Weight told it (in males: p<0.01 and R 2  = 23.1%, 24.1%, 20.7%).", ()),
    Case("Comfort was rated high (mean = 4.6 of 5.0).", ("mean 4.6",)),
    Case("Of 2,144 patients, 182 (8.5%) were Japanese and randomized to tea.", ()),
    Case("The search ended with 2% of the approached cooks.", ()),
    Case(
        "Means fell more at 8 am (11.7 +/- 2.2 mmHg) and 4 pm (11.4 +/- 2.1 mmHg).",
        ("mean 11.7 +/- 2.2 mmHg", "mean 11.4 +/- 2.1 mmHg"),
    ),
    Case("Growth was inhibited with a concentration of 0.35 uM.", ()),
    Case("Mean scores fell with cocoa 300 and 600 mg/day.", ()),
]


def _values(text: str) -> list[ArmValue]:
    sections = [Section(SectionLabel.FINDINGS, "", 0, len(text), 0, SectionSource.HEADING)]
    return [found for found in find_mentions(text, None, sections) if isinstance(found, ArmValue)]


@pytest.mark.parametrize("case", UNITS_AT_THE_END, ids=lambda case: case.text[:60])
def test_units_at_the_end_of_a_list(case: Case) -> None:
    assert tuple(f"{value.kind.value} {value.text} ({value.unit})" for value in _values(case.text)) == case.printed


@pytest.mark.parametrize("case", GOVERNED, ids=lambda case: case.text[:60])
def test_denominators_at_the_head(case: Case) -> None:
    assert tuple(f"{value.events}/{value.n}" for value in _values(case.text)) == case.printed


@pytest.mark.parametrize(
    "case", BESIDE_OTHERS + SHARES_AND_AVERAGES + FRACTIONS + NO_RESULT, ids=lambda case: case.text[:60]
)
def test_values_in_lists(case: Case) -> None:
    assert tuple(f"{value.kind.value} {value.text}" for value in _values(case.text)) == case.printed


def test_unnamed_limits_among_confidence_intervals_are_no_quartiles() -> None:
    text = (
        "The odds ratio was 0.5 (95% CI 0.2-0.9). Median survival was 11.2 months [9.9-11.9] vs 10.7 [9.5-11.9] months."
    )
    assert [(str(value.value), value.q1, value.q3) for value in _values(text)] == [
        ("11.2", None, None),
        ("10.7", None, None),
    ]
