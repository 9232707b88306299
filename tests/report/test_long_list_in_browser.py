"""A list of more records than are made at once: it grows, and the keys and the print reach all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from structurer.report.account import Account
from structurer.report.page import write_page
from structurer.schema import Record, TrialReport

if TYPE_CHECKING:
    from playwright.sync_api import Page

COUNT = 450


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("long") / "long.html"
    reports = (TrialReport(Record(str(n), f"Words of {n}.", title=f"Trial {n}")) for n in range(COUNT))
    write_page(reports, target, title="long", account=Account(("long",)))
    return target


@pytest.fixture
def page(opened: Callable[..., Page], report: Path) -> Page:
    return opened(report)


def lines(page: Page) -> int:
    return page.locator("#list li").count()


def test_the_list_grows_when_asked(page: Page) -> None:
    assert (lines(page), page.locator("#more").inner_text()) == (200, "Show 200 more of 250")
    page.locator("#more").click()
    assert (lines(page), page.locator("#more").inner_text()) == (400, "Show 50 more of 50")
    page.locator("#more").click()
    assert (lines(page), page.locator("#more").is_visible()) == (450, False)


def test_the_list_grows_to_the_record_that_is_looked_at(page: Page) -> None:
    page.evaluate("location.hash = 'record-430'")
    page.get_by_role("heading", name="Trial 430").wait_for()
    assert (lines(page), page.locator("#position").inner_text()) == (450, "431 of 450")
    assert page.locator("#list a[aria-current]").is_visible()
    page.keyboard.press("j")
    assert page.locator(".record h2").inner_text() == "Trial 431"


def test_a_record_outside_the_search_stays_and_the_keys_begin_at_the_first(page: Page) -> None:
    page.locator("#search").fill('"Trial 44"')
    assert page.locator("#found").inner_text() == "11 of 450 records"
    assert page.locator(".record h2").inner_text() == "Trial 0"
    assert page.locator("#position").inner_text() == ""
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert (page.locator(".record h2").inner_text(), page.locator("#position").inner_text()) == ("Trial 44", "1 of 11")


def test_the_whole_list_is_printed(page: Page) -> None:
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('#print-out .record').length }")
    page.locator("#search").fill("words")
    page.locator("#print-all").click()
    assert page.evaluate("window.printed") == COUNT
    assert page.locator("#print-out .record").count() == 0


def test_keys_of_one_sign_can_be_turned_off(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("#keys").uncheck()
    page.locator("#help-close").click()
    page.keyboard.press("j")
    assert page.locator(".record h2").inner_text() == "Trial 0"


def test_on_paper_the_finder_is_left_out_and_the_marks_are_told(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".finder").first.is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator(".legend").is_visible()
    assert page.locator(".abstract").is_visible()
