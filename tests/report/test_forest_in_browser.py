"""The forest plot in a real browser: which rows are drawn, with which numbers, and where they lie on the axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from structurer.report.account import Account
from structurer.report.page import write_page
from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure, Flag, Phrase, Record, TrialReport

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
HR, MD = EffectMeasure.HR, EffectMeasure.MD
Printed = tuple[EffectMeasure, str | None, str | None, str | None, str | None, str | None, str | None]
# measure, unit, outcome, estimate, low, high, level
PRINTED: tuple[tuple[Printed, ...], ...] = (
    ((HR, None, "Death", "0.80", "0.65", "0.98", "95"), (MD, "kg", "weight", "-3.2", "-4.1", "-2.3", "95")),
    ((HR, None, "the death", "0.50", "0.40", "0.63", "95"), (HR, None, "Relapse", "1.10", "0.90", "1.35", "90")),
    ((HR, None, "DEATH", "1.20", None, None, None), (MD, "points", "weight", "2", "-1", "5", "95")),
    ((HR, None, "death", "0.95", "0.80", None, "90"), (MD, "kg", "weight", "0.4", "-0.2", "1.0", None)),
    ((HR, None, "death", "0", "-0.1", "0.2", "95"),),
)


def reports() -> Iterator[TrialReport]:
    for number, effects in enumerate(PRINTED, 1):
        yield TrialReport(
            Record(f"t{number}", "x" * 60, title=f"Trial {number}", year=2030 - number),
            effects=tuple(effect(place * 10, *printed) for place, printed in enumerate(effects)),
            flags=(Flag("ratio_not_positive", "must be above 0", 0, 5),) if number == 5 else (),
        )


def effect(
    at: int,
    measure: EffectMeasure,
    unit: str | None,
    outcome: str | None,
    estimate: str | None,
    low: str | None,
    high: str | None,
    level: str | None,
) -> EffectEstimate:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    interval = None
    if low or high:
        interval = ConfidenceInterval(
            start=at + 2, end=at + 5, text="xxx", rule="r", level=number(level), lower=number(low), upper=number(high)
        )
    return EffectEstimate(
        start=at,
        end=at + 6,
        text="xxxxxx",
        rule="r",
        measure=measure,
        estimate=number(estimate),
        unit=unit,
        interval=interval,
        outcome=Phrase(outcome, 40, 45) if outcome else None,
        comparison=(Phrase("new", 50, 53), Phrase("old", 54, 57)),
        confidence=0.9,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("forest") / "forest.html"
    write_page(reports(), target, title="made up", account=Account(("made up",)))
    return target


@pytest.fixture
def page(opened: Open, report: Path) -> Page:
    page = opened(report)
    page.keyboard.press("2")
    return page


def results(page: Page) -> list[str]:
    return [cells.split("\t")[4] for cells in page.locator(".plotted tbody tr").all_inner_texts()]


def test_each_measure_and_unit_is_a_choice_of_its_own(page: Page) -> None:
    assert page.locator("#measure option").all_inner_texts() == [
        "HR · hazard ratio · 6",
        "MD (kg) · mean difference · 2",
        "MD (points) · mean difference · 1",
    ]


def test_outcomes_are_grouped_by_case_and_article(page: Page) -> None:
    assert page.locator("#outcomes .choice").all_inner_texts() == [
        "death\n5 estimates, 5 records",
        "Relapse\n1 estimate, 1 record",
    ]


def test_the_rows_of_the_chosen_outcome_by_estimate_with_their_levels(page: Page) -> None:
    assert results(page) == [
        "0 [−0.1 to 0.2]",
        "0.50 [0.40 to 0.63]",
        "0.80 [0.65 to 0.98]",
        "0.95 [90% 0.80 to open]",
        "1.20 (no interval)",
    ]
    drawn = page.locator("#plot .study").evaluate_all(
        "all => all.map(one => one.querySelectorAll('text')[2].textContent)"
    )
    assert drawn == results(page)
    note = page.locator("#forest-note").inner_text()
    assert "5 estimates of 5 records, as printed; nothing is pooled or weighted." in note
    assert "Intervals are 95% unless a line says otherwise." in note


def test_points_lie_on_a_logarithmic_axis_with_the_null_at_one(page: Page) -> None:
    null = float(page.locator("#plot line.none").get_attribute("x1") or "nan")
    places = page.locator("#plot .point").evaluate_all("all => all.map(one => Number(one.getAttribute('x')) + 4.5)")
    assert len(places) == 4  # an estimate of 0 has no logarithm
    steps = [(place - null) / math.log(value) for place, value in zip(places, (0.5, 0.8, 0.95, 1.2), strict=True)]
    assert steps == pytest.approx([steps[0]] * 4, rel=1e-6)
    assert page.locator("#plot .study").first.locator("text").last.text_content() == "cannot be drawn on this axis"


def test_a_difference_is_drawn_on_a_linear_axis_with_the_null_at_nothing(page: Page) -> None:
    page.locator("#measure").select_option(index=1)
    assert results(page) == ["−3.2 [−4.1 to −2.3]", "0.4 [level not printed: −0.2 to 1.0]"]
    null = float(page.locator("#plot line.none").get_attribute("x1") or "nan")
    places = page.locator("#plot .point").evaluate_all("all => all.map(one => Number(one.getAttribute('x')) + 4.5)")
    assert (places[0] - null) / -3.2 == pytest.approx((places[1] - null) / 0.4, rel=1e-6)
    assert "mean difference, kg" in (page.locator("#plot svg").text_content() or "")


def test_a_person_adds_and_takes_away_outcomes(page: Page) -> None:
    page.locator("#outcome-search").fill("relap")
    page.get_by_label("Relapse").check()
    assert len(results(page)) == 6
    page.locator("#clear-outcomes").click()
    assert page.locator("#plot svg").count() == 0
    assert page.locator("#save-plot").is_disabled()
    page.get_by_label("Relapse").check()
    assert results(page) == ["1.10 [0.90 to 1.35]"]
    assert page.locator(".plotted thead th").nth(4).inner_text() == "Estimate [90% interval]"


def test_other_orders(page: Page) -> None:
    page.locator("#forest-order").select_option("year")
    assert [name[:7] for name in page.locator(".plotted tbody th").all_inner_texts()] == [
        f"Trial {number}" for number in (5, 4, 3, 2, 1)
    ]


def test_a_line_leads_to_its_record(page: Page) -> None:
    page.get_by_role("link", name="Trial 3, 2027").click()
    page.get_by_role("heading", name="Trial 3").wait_for()


def test_the_plot_can_be_saved(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as started:
        page.locator("#save-plot").click()
    started.value.save_as(tmp_path / "forest.svg")
    saved = (tmp_path / "forest.svg").read_text(encoding="utf-8")
    assert saved.startswith("<svg")
    assert "0.50 [0.40 to 0.63]" in saved
    assert "<style" in saved


def test_no_estimate_no_plot(opened: Open, tmp_path: Path) -> None:
    target = tmp_path / "none.html"
    write_page([TrialReport(Record("1", None))], target, title="none", account=Account())
    page = opened(target)
    page.keyboard.press("2")
    assert page.locator("#forest-note").inner_text() == "No estimate was found in these records."
    page.keyboard.press("1")
    assert page.locator(".record .absent").first.inner_text() == "This record has no abstract."
