"""What stands around a printed number and makes it no result; what does not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions import find_mentions
from structurer.schema import ArmValue, Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    """A text of findings, and what each of its values prints."""

    text: str
    printed: tuple[str, ...]


NO_RESULT = [
    Case("Among 640 women with gout, 210 falls occurred.", ("210",)),
    Case("Of 131 women randomized, 120 completed the study.", ()),
    Case("For the 90 patients in the tea group, cure was rare.", ()),
    Case("The 412 adults had a mean age of 44.1 years.", ()),
    Case("The mean rise in serum 25(OH)D was like that of HbA(1c).", ()),
    Case("The study is registered as CTRI/2012/05/002764.", ()),
    Case("Median size was 12.1 percent (25th and 75th percentiles, 5.5 and 21.2 percent).", ("12.1 percent",)),
    Case("Cough (60%-69%) was common.", ()),
    Case("During a median of 3.5 y of follow-up, 12 women died.", ("12",)),
    Case("The noninferiority limit was 1.5 mmHg.", ()),
    Case("All used 2% minoxidil foam. Foam A beat the 2% minoxidil foam.", ()),
    Case("Boys took 5 mg or 15 mg. Mean changes for 5 mg and 15 mg, respectively, were small.", ()),
    Case("Mean flow was 12 ml/min higher in miners than in cooks.", ()),
    Case("HbA1c improved (-0.6% vs. placebo; p < 0.001).", ()),
    Case("Mean changes relative to placebo were seen in weight (-1.7 kg) and sugar (-1.0 mmol/L).", ()),
    Case("Severe itch occurred in </= 5% of cooks, no higher than 8%.", ()),
    Case("Cells rose by 10 x 10(6)/L.", ()),
    Case("In all, 310 cooks received one of five teas, in groups.", ()),
    Case("Survival at 1 year, 2 years, and 3 years was 90%, 80% and 70%.", ("90%", "80%", "70%")),
    Case(
        "Mean ALT was 26 IU/L at baseline, 8 weeks (30 IU/L) and 16 weeks (28 IU/L).", ("26 IU/L", "30 IU/L", "28 IU/L")
    ),
]
RESULTS = [
    Case("Falls struck 6 of the 38 men in group 1 (15.8%) of the trial.", ("6 of the 38",)),
    Case("The dose was 0.66+/-0.04 IU kg(-1) day(-1).", ("0.66+/-0.04 IU",)),
    Case("Itch was commoner with wool (n = 15) than with silk (n = 7, p = 0.02).", ("15", "7")),
    Case("Cure was alike in farmers (n = 71; 60.2%) and miners (n = 80; 61.5%).", ("71; 60.2%", "80; 61.5%")),
    Case("Gout came in n = 11 (24.4%) of cooks and n = 7 (15.5%) of bakers.", ("11 (24.4%)", "7 (15.5%)")),
    Case("More reached HbA1c < 7.0% (42.1% and 46.3% vs. 13.9%).", ("42.1%", "46.3%", "13.9%")),
    Case("Median survival was 2.1 v 3.2 months (hazard ratio, 1.2; 95% CI, 0.9 to 1.6).", ("2.1", "3.2 months")),
    Case("Falls struck 61.2% (170) of patients on tea and 19.7% (27) who drank milk.", ("61.2% (170)", "19.7% (27)")),
    Case(
        "A scar was seen in 1 of the 18 patients on tea and none of the 18 patients who drank milk.",
        ("1 of the 18", "none of the 18 patients"),
    ),
    Case("Healing came in group A (20 patients) - 57.14%.", ("57.14%",)),
    Case(
        "Falls struck 27 of 267 men (10.1%) and 16 of 272 men (5.9%) in each group, respectively.",
        ("27 of 267 men (10.1%)", "16 of 272 men (5.9%)"),
    ),
    Case("Mean GFR was 35.5 mL/min per 1.73 m2 with tea.", ("35.5 mL/min per 1.73 m2",)),
]


def _values(text: str) -> list[ArmValue]:
    sections = [Section(SectionLabel.FINDINGS, "", 0, len(text), 0, SectionSource.HEADING)]
    return [found for found in find_mentions(text, None, sections) if isinstance(found, ArmValue)]


@pytest.mark.parametrize("case", NO_RESULT + RESULTS, ids=lambda case: case.text[:60])
def test_what_stands_around_a_number(case: Case) -> None:
    assert tuple(value.text for value in _values(case.text)) == case.printed


def test_unnamed_limits_are_what_the_text_announces() -> None:
    text = "The median (range) score was 8.5 (0-16). Later the median was 2 (1-3). Median (IQR) pain was 4 (2-6)."
    found = [(value.low, value.high, value.q1, value.q3) for value in _values(text)]
    assert [tuple(None if limit is None else int(limit) for limit in row) for row in found] == [
        (0, 16, None, None),
        (1, 3, None, None),
        (None, None, 2, 6),
    ]
