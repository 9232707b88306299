"""Results joined to the words that say when: sentences in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.linking.time_phrases import find_time_phrases
from structurer.linking.timepoints import link_timepoints
from structurer.schema import ArmValue, ArmValueKind, Phrase, Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    text: str
    times: tuple[str, ...]


TIME_POINTS = [
    Case("Scores differed at week 24.", ("week 24",)),
    Case("Scores differed at weeks 4, 8, and 12.", ("weeks 4, 8, and 12",)),
    Case("The 5-year survival was 61%.", ("5-year",)),
    Case("Five year survival was 61%.", ("Five year",)),
    Case("At 12 months, more had recovered.", ("12 months",)),
    Case("Relapse within 6 weeks was rare.", ("within 6 weeks",)),
    Case("Pain 4 h postoperatively and on day 3 was less.", ("day 3",)),
    Case("Weight at baseline and at discharge was alike.", ("baseline", "discharge")),
    Case("For weeks 9 through 24 fewer smoked.", ("weeks 9 through 24",)),
    Case("Visits were T0, T1 and T2. The score rose at T1 (5 points).", ("T0", "T1", "T1")),
    Case("Pain at 2 h (3.1), 6 h (2.0) and 12 h (1.1) fell.", ("2 h", "6 h", "12 h")),
    Case("At the end of treatment 40% had responded.", ("the end of treatment",)),
]

NO_TIME_POINT = [
    Case("Survival was best in T1 (91%) and T2 (80%) tumours.", ()),
    Case("The score rose at T1 (5 points).", ()),
    Case("Patients were treated for 12 weeks.", ()),
    Case("The median follow-up was 14 months.", ()),
    Case("Median survival was 14 months.", ()),
    Case("Women aged 50 years took it every 3 weeks.", ()),
    Case("A 12-week course was given in a 24-week trial.", ()),
    Case("Stay was shortened by 2 days.", ()),
    Case("The change from baseline was small.", ()),
    Case("Protein fell to 247 mg/24-h.", ()),
    Case("Use fell from 25.7 to 10.8 days.", ()),
    Case("At a visit (3.1) and 12 weeks (1.1) of rest it fell.", ()),
    Case("Survival was longer by 7.1 months in cooks.", ()),
]


@pytest.mark.parametrize("case", TIME_POINTS + NO_TIME_POINT, ids=lambda c: c.text[:40])
def test_time_phrases(case: Case) -> None:
    found = find_time_phrases(case.text.lower(), 0, len(case.text))

    assert tuple(case.text[time.start : time.end] for time in found) == case.times


@dataclass(frozen=True)
class Linked:
    text: str
    result: str
    outcome: str
    time: str | None
    findings: str = ""


LINKS = [
    Linked("At week 4 recovery was 12% and at week 8 it was 31%.", "31%", "recovery", "week 8"),
    Linked("Recovery was 12% at week 4 and 31% at week 8.", "12%", "Recovery", "week 4"),
    Linked("The 3-year survival was 31%.", "31%", "survival", "3-year"),
    Linked("Survival at 3 years was good. Survival was 31% with vorelatin.", "31%", "Survival", "3 years"),
    Linked("Nausea at week 2 was rare. Survival was 31% with vorelatin.", "31%", "Survival", None),
    Linked("Pain was measured at week 6. Pain fell in 31%.", "31%", "Pain", "week 6", findings="Pain fell"),
    Linked("Cost was measured at week 6. Pain fell in 31%.", "31%", "Pain", None, findings="Pain fell"),
    Linked("Recovery at 1 year was 31% and at 2 years was 40%.", "31%", "Recovery", "1 year"),
    Linked("Recovery was 31% with tea, and 5-year survival was 40%.", "31%", "Recovery", None),
    Linked("Recovery (baseline 5%) was 31% with tea.", "31%", "Recovery", None),
    Linked("Baseline characteristics were alike, with recovery in 31%.", "31%", "recovery", "Baseline"),
    Linked("Recovery was 31% on the 14-day schedule.", "31%", "Recovery", None),
    Linked("Recovery fell from 52% at inclusion to 31% with tea.", "52%", "Recovery", "inclusion"),
    Linked(
        "Recovery was higher 1 month after the last injection at 31%.",
        "31%",
        "Recovery",
        "1 month after the last injection",
    ),
    Linked("In patients with recovery at baseline, it was 31%.", "31%", "recovery", None),
    Linked("The change from baseline recovery was 31%.", "31%", "baseline recovery", None),
    Linked("The baseline recovery was 31%.", "31%", "baseline recovery", "baseline"),
    Linked("Recovery in the 26-35 years age group was 31%.", "31%", "Recovery", None),
    Linked("Recovery was 31% at 8 years of follow-up.", "31%", "Recovery", "8 years"),
    Linked("Recovery was 31%, 1-year survival was 52%.", "31%", "Recovery", None),
    Linked("After 3 years' median follow-up, 31% showed recovery.", "31%", "recovery", None),
    Linked("Recovery after baseline was 31%.", "31%", "Recovery", None),
    Linked("Recovery at baseline was 31%.", "31%", "Recovery", "baseline"),
    Linked("Recovery was 31% overall; at week 8 pain was less.", "31%", "Recovery", None),
    Linked("Recovery was 31% throughout the 6-month treatment period.", "31%", "Recovery", "6-month treatment period"),
    Linked("Death was rarer (31%), as was 6 month relapse.", "31%", "Death", None),
    Linked("Survival was prolonged from 9 months in group A to 12 months (31%).", "31%", "Survival", None),
    Linked("The area from 0 h to the end of the study was 31%.", "31%", "area", "the end of the study"),
    Linked("Recovery at 12 hrs (31%) was rare.", "31%", "Recovery", "12 hrs"),
    # the two ends of a change
    Linked("Recovery rose between day 1 and day 3 (from 31% to 40%).", "31%", "Recovery", "day 1"),
    Linked("Recovery rose between day 1 and day 3 (from 31% to 40%).", "40%", "Recovery", "day 3"),
    Linked("From baseline to week 4, recovery rose from 31% to 40%.", "40%", "recovery", "week 4"),
    # each of a list of times with what was found then in a bracket
    Linked("Recovery at baseline (31%), 8 weeks (40%) and 16 weeks (52%) rose.", "31%", "Recovery", "baseline"),
    Linked("Recovery at baseline (31%), 8 weeks (40%) and 16 weeks (52%) rose.", "40%", "Recovery", "8 weeks"),
    Linked("Recovery at baseline (31%), 8 weeks (40%) and 16 weeks (52%) rose.", "52%", "Recovery", "16 weeks"),
    Linked("Recovery at 3 (12%) and 12 months (31%) was alike.", "31%", "Recovery", "12 months"),
    Linked("Recovery at 3 (12%) and 12 months (31%) was alike.", "12%", "Recovery", None),
    # the time of another outcome
    Linked("Delirium was seen in 31%, as was mortality at 90 days.", "31%", "Delirium", None),
    Linked("Mortality at 90 days was low. Delirium came before mortality, in 31%.", "31%", "Delirium", None),
    Linked("Delirium and mortality at 90 days were low. Mortality was 31%.", "31%", "Mortality", "90 days"),
    Linked("After a median follow-up of 14 months, 31% had relapsed.", "31%", "relapsed", None),
]


@pytest.mark.parametrize("case", LINKS, ids=lambda c: c.text[:40])
def test_time_of_a_result(case: Linked) -> None:
    start, named = case.text.index(case.result), case.text.rindex(case.outcome)
    result = ArmValue(
        start=start,
        end=start + len(case.result),
        text=case.result,
        rule="test",
        kind=ArmValueKind.PERCENT,
        outcome=Phrase(case.outcome, named, named + len(case.outcome)),
    )
    body = case.text.index(case.findings) if case.findings else 0
    sections = [Section(SectionLabel.FINDINGS, "", body, len(case.text), body, SectionSource.MODEL)]

    (linked,) = link_timepoints([result], case.text, sections)

    assert (linked.timepoint.text if linked.timepoint else None) == case.time
    assert linked.timepoint is None or case.text[linked.timepoint.start : linked.timepoint.end] == linked.timepoint.text


def test_a_time_right_behind_a_value_is_its_own() -> None:
    text = "Pressure was 25 mmHg at baseline, 18 mmHg on tea."
    results = [
        ArmValue(
            start=at,
            end=at + 7,
            text=text[at : at + 7],
            rule="test",
            kind=ArmValueKind.MEAN,
            outcome=Phrase("Pressure", 0, 8),
        )
        for at in (text.index("25"), text.index("18"))
    ]

    linked = link_timepoints(results, text)

    assert [value.timepoint.text if value.timepoint else None for value in linked] == ["baseline", None]


@given(st.text(alphabet="week 12-year, at the months day./", max_size=120))
def test_phrases_are_sorted_and_apart(text: str) -> None:
    found = find_time_phrases(text, 0, len(text))

    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
