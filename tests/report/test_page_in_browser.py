"""The report in a real browser, by mouse and by keyboard, as a person reads it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
# Where to put the picture of the README, when it is to be made anew.
PICTURES = os.environ.get("STRUCTURER_SCREENSHOTS")
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample records, made by the program itself."""
    from structurer.cli import app

    target = tmp_path_factory.mktemp("report") / "report.html"
    done = CliRunner().invoke(app, ["extract", str(ROOT / "data" / "sample.nbib"), "-q", "-o", str(target)])
    assert (done.exit_code, done.output) == (0, "")
    return target


def current(page: Page, within: str) -> list[str]:
    """The texts of what is shown within `within`."""
    return page.locator(f"{within} [aria-current]").all_inner_texts()


def test_it_opens_with_the_first_record_and_the_list_of_all(opened: Open, report: Path) -> None:
    page = opened(report)
    assert page.locator("#found").inner_text() == "17 of 17 records"
    assert page.locator("#list a[aria-current] .title").inner_text() == page.locator(".record h2").inner_text()
    assert page.locator(".record").count() == 1


def test_a_cell_shows_its_words_and_a_mark_its_row_by_mouse(opened: Open, report: Path) -> None:
    page = opened(report)
    row = page.locator(".results .row", has_text="HR").first
    row.locator("[data-column=interval]").click()
    assert current(page, ".abstract") == ["95% CI 0·63–0·92"]
    assert row.get_attribute("aria-current") == "true"
    assert in_sight(page, ".abstract [aria-current]")

    page.locator(".abstract mark.arm-value").first.click()
    [shown] = page.locator(".results .row[aria-current]").all()
    assert "61/304 (20%)" in shown.inner_text()
    assert current(page, ".abstract") == ["61 [20%] of 304"]

    last = page.locator(".results .row").last
    last.locator("[data-column=estimate]").click()
    assert in_sight(page, ".abstract [aria-current]")
    page.locator(".abstract mark.sample-size").first.click()
    assert in_sight(page, ".others .cell[aria-current]")


def test_a_cell_and_its_words_by_keyboard(opened: Open, report: Path) -> None:
    page = opened(report)
    page.keyboard.press("r")
    assert focused(page) == "overall survival"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "0.76"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "effect"
    assert "0·76" in focused(page)
    page.keyboard.press("Enter")
    assert focused(page) == "0.76"
    page.keyboard.press("Escape")
    assert page.locator("#record-pane [aria-current]").count() == 0


def test_tab_goes_from_mark_to_mark_and_then_to_the_table_once(opened: Open, report: Path) -> None:
    page = opened(report)
    marks = page.locator(".abstract mark[tabindex='0']")
    marks.last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table').className") == "results"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table').className") != "results"


def test_the_abstract_can_be_skipped(opened: Open, report: Path) -> None:
    page = opened(report)
    page.locator("[data-skip]").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "overall survival"


def test_keys_between_records_and_back(opened: Open, report: Path) -> None:
    page = opened(report)
    first = page.locator(".record h2").inner_text()
    page.keyboard.press("j")
    assert page.locator(".record h2").inner_text() != first
    assert page.url.endswith("#record-1")
    page.keyboard.press("k")
    assert page.locator(".record h2").inner_text() == first
    page.locator("#list a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("#record-2")
    assert page.evaluate("document.activeElement.closest('li') !== null")
    page.go_back()
    page.locator("#list a[aria-current][href='#record-1']").wait_for()


def test_the_search_keeps_the_records_that_hold_every_word(opened: Open, report: Path) -> None:
    page = opened(report)
    page.keyboard.press("/")
    page.keyboard.type('corvatinib "hepatocellular CARCINOMA"')
    assert page.locator("#found").inner_text() == "1 of 17 records"
    page.keyboard.press("Escape")
    page.locator("#search").fill("no such word")
    assert page.locator("#found").inner_text() == "0 of 17 records"


def test_filters_and_orders(opened: Open, report: Path) -> None:
    page = opened(report)
    page.locator("#filter").select_option("none")
    without = page.locator("#list .about").all_inner_texts()
    assert without
    assert all("0 results" in about for about in without)
    page.locator("#filter").select_option("all")
    page.locator("#order").select_option("results")
    counts = [int(text.split(" result")[0].split()[-1]) for text in page.locator("#list .about").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)


def test_the_account_adds_up_and_leads_to_the_records(opened: Open, report: Path) -> None:
    page = opened(report)
    page.keyboard.press("3")
    numbers = page.locator("#account-sum b").all_inner_texts()
    assert numbers == ["17", "17", "0", "0", "0", "0"]
    page.locator("[data-fate=extracted] summary").click()
    page.locator("[data-fate=extracted] a").nth(4).click()
    page.locator("#list a[aria-current][href='#record-4']").wait_for()
    assert page.locator("#account").is_hidden()


def test_the_help_opens_and_closes(opened: Open, report: Path) -> None:
    page = opened(report)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_told_from_their_ground(opened: Open, report: Path, scheme: str) -> None:
    page = opened(report, color_scheme=scheme)
    page.locator(".results .cell").first.click()
    low = page.evaluate(CONTRASTS)
    assert low == []


@pytest.mark.parametrize("view", ["records", "forest", "account"])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(opened: Open, report: Path, view: str) -> None:
    page = opened(report)
    page.evaluate(f"location.hash = '{view}'")
    page.locator(f"#{view}").wait_for()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SIDEWAYS) == []


def test_the_picture_of_the_readme(opened: Open, report: Path, tmp_path: Path) -> None:
    page = opened(report)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator(".results .row", has_text="HR").first.locator("[data-column=interval]").click()
    target = (Path(PICTURES) if PICTURES else tmp_path) / "report.png"
    page.screenshot(path=target)
    assert 20_000 < target.stat().st_size < 300_000


def in_sight(page: Page, selector: str) -> bool:
    """Whether the first such element lies whole in the part that scrolls around it, and in the window."""
    script = """(one) => {
      const box = one.getBoundingClientRect();
      const frame = (one.closest('.words') || one.closest('.tables')).getBoundingClientRect();
      return box.top >= frame.top && box.bottom <= Math.min(frame.bottom, innerHeight);
    }"""
    return bool(page.locator(selector).first.evaluate(script))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText")).strip()


# Elements that a screen reader could not name, and what would confuse it.
NAMELESS = """() => {
  const bad = [];
  const visible = (one) => one.checkVisibility();
  const text = (one) => (one.getAttribute('aria-label') || one.innerText || '').trim();
  for (const one of document.querySelectorAll('button, a[href], [role=button], summary')) {
    if (visible(one) && !text(one)) bad.push(`no name: ${one.outerHTML.slice(0, 80)}`);
  }
  for (const one of document.querySelectorAll('input, select')) {
    if (!one.labels.length) bad.push(`no label: ${one.id}`);
  }
  for (const one of document.querySelectorAll('table')) {
    if (!one.caption) bad.push(`no caption: ${one.className}`);
    for (const head of one.querySelectorAll('th')) {
      if (!['col', 'row'].includes(head.getAttribute('scope') || head.scope)) bad.push(`no scope: ${head.innerText}`);
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) bad.push(`twice: ${id}`);
  for (const one of document.querySelectorAll('[aria-describedby], [aria-labelledby]')) {
    for (const name of ['aria-describedby', 'aria-labelledby']) {
      for (const id of (one.getAttribute(name) || '').split(' ').filter(Boolean)) {
        if (!document.getElementById(id)) bad.push(`points to nothing: ${id}`);
      }
    }
  }
  if (document.querySelectorAll('main').length !== 1) bad.push('not one main');
  if (!document.documentElement.lang) bad.push('no language');
  return bad;
}"""

# Parts that can be scrolled sideways.
SIDEWAYS = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto')
  .map((one) => one.outerHTML.slice(0, 80))"""

# Visible texts whose colour differs too little from what is behind them (WCAG 2.2, 1.4.3: 4.5 to 1).
CONTRASTS = """() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => {
      const share = one / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const left = one.closest('script, :disabled, option, .unseen, .skip');
    if (!own || left || !one.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
  }
  return [...bad];
}"""
