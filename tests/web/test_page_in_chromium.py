"""The review as a person does it: the real program, in a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from structurer.exports.jsonl import write_jsonl
from structurer.review.store import VerdictStore
from structurer.schema import Record, TrialReport

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("needs Chromium", allow_module_level=True)

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

COMMAND = "import sys; from structurer.cli import main; sys.argv = ['structurer', *sys.argv[1:]]; main()"
SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def out(out: Path, reports: list[TrialReport]) -> Path:
    """The four records, and one full of markup."""
    abstract = f"RESULTS: {SCRIPT} 12 of 30 {SCRIPT}"
    record = Record(record_id=SCRIPT, abstract=abstract, title=SCRIPT, journal=SCRIPT)
    value = replace(
        reports[0].arm_values[0],
        start=abstract.index("12 of"),
        end=abstract.index("12 of") + 8,
        text="12 of 30",
        arm=SCRIPT,
    )
    write_jsonl([*reports, TrialReport(record=record, arm_values=(value,))], out)
    return out


@pytest.fixture
def address(out: Path) -> Iterator[str]:
    """The address that the program prints."""
    arguments = [sys.executable, "-W", "ignore", "-c", COMMAND, "review", str(out), "--no-browser", "--reviewer", "Ann"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with process:
        assert process.stdout is not None
        yield process.stdout.readline().split(" at ")[1].strip()
        process.terminate()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The review, opened; whatever the page complains of fails the test."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True) as context:
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.on("request", lambda asked: complaints.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
        opened.goto(address)
        expect(opened.locator(".row.is-current")).to_be_focused()
        yield opened
        assert [text for text in complaints if "409" not in text and "422" not in text] == []


def states(page: Page) -> list[str]:
    return [str(row.get_attribute("data-state")) for row in page.locator(".row").all()]


def kept(out: Path) -> list[tuple[str, str | None, dict[str, str]]]:
    with VerdictStore(out.with_name("out.jsonl.review.sqlite")) as store:
        return [(v.key.record_id, v.judgement, dict(v.corrected)) for v in store.verdicts()]


def test_accept_correct_reject_reload_and_undo(page: Page, out: Path) -> None:
    assert "token" not in page.url
    page.keyboard.press("a")
    expect(page.locator("#row-1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#row-1 .cell[data-column=estimate]")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("-1,5")
    page.keyboard.press("Enter")
    expect(page.locator("#row-1 .cell[data-column=estimate] ins")).to_have_text("-1.5")
    expect(page.locator("#row-1 .cell[data-column=estimate] del")).to_have_text("-1.4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("#row-3")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("not an effect")
    expect(page.locator("#decided")).to_have_text("3")

    page.reload()
    expect(page.locator("#row-3")).to_be_focused()
    assert states(page) == ["correct", "partly", "not an effect", "undecided"]
    assert kept(out) == [
        ("gout-0", "correct", {}),
        ("gout-0", "partly", {"estimate": "-1.5"}),
        ("gout-0", "not an effect", {}),
    ]

    page.keyboard.press("u")
    expect(page.locator("#row-2")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#row-1")).to_be_focused()
    assert states(page) == ["correct", "undecided", "undecided", "undecided"]
    expect(page.locator("#said")).to_contain_text("Undone")


def test_a_correction_that_cannot_be_is_told_and_can_be_left(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("about one")
    page.keyboard.press("Enter")
    expect(page.locator("#alert")).to_contain_text("must be a number")
    field = page.locator("#row-0 .editor input")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(page.locator("#alert")).to_be_empty()
    page.keyboard.press("c")
    page.locator("#row-0").focus()
    page.keyboard.press("a")
    expect(page.locator("#alert")).to_contain_text("A cell is being corrected")
    expect(field).to_be_focused()
    assert states(page)[0] == "undecided"
    page.keyboard.type("0.7")
    page.keyboard.press("Enter")
    expect(page.locator("#row-0")).to_have_attribute("data-state", "partly")


def test_the_words_of_a_row_and_of_a_cell_are_shown(page: Page) -> None:
    shown = page.locator("#abstract [aria-current]")
    assert "hazard ratio 0.62" in "".join(shown.all_inner_texts()).replace("\n", "")
    page.locator("#row-0 .cell[data-column=outcome]").click()
    assert shown.all_inner_texts() == ["Flares"]
    expect(shown).to_be_in_viewport()
    page.locator("#abstract mark.arm-value").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row.is-current")).to_have_id("row-2")


def test_ten_rows_by_keyboard_alone(page: Page, out: Path, record_property: Any) -> None:
    """Eight rows accepted and two rejected, over three records: one key each."""
    pressed = 0
    for key in ("a", "a", "x", "a", "a", "a", "a", "x", "a", "a"):
        page.keyboard.press(key)
        pressed += 1
    expect(page.locator("#decided")).to_have_text("10")
    record_property("keys_per_row", pressed / 10)
    assert pressed / len(kept(out)) == 1
    assert "/record/4" in page.url
    expect(page.locator("#row-2")).to_be_focused()
    expect(page.locator("#decided")).to_have_text("10")


def test_everything_by_keyboard_until_nothing_is_left(page: Page) -> None:
    for number in range(13):
        page.keyboard.press("a")
        expect(page.locator("#decided")).to_have_text(str(number + 1))
    expect(page.locator("#notice")).to_contain_text("Every row that is shown is decided")
    expect(page.locator("#progress")).to_contain_text("13 of 13 rows decided")
    page.keyboard.press("Shift+N")
    expect(page.locator("#title")).to_have_text("=Rovacept in gout")


def test_two_tabs_tell_each_other(page: Page, out: Path) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".row.is-current")).to_be_focused()
    page.keyboard.press("w")
    expect(page.locator("#row-1")).to_be_focused()
    other.keyboard.press("a")
    expect(other.locator("#alert")).to_contain_text("changed in another window: it is now wrong by Ann")
    expect(other.locator("#row-0")).to_have_attribute("data-state", "wrong")
    assert kept(out) == [("gout-0", "wrong", {})]
    other.keyboard.press("a")
    expect(other.locator("#row-0")).to_have_attribute("data-state", "correct")
    expect(other.locator("#alert")).to_be_empty()


def test_an_abstract_full_of_markup_is_text(page: Page) -> None:
    for _ in range(4):
        page.keyboard.press("n")
    expect(page.locator("#title")).to_have_text(SCRIPT)
    assert SCRIPT in page.locator("#abstract").inner_text().replace("\n", "")
    assert page.locator("#abstract script, #abstract img, .row script, .row img").count() == 0
    page.keyboard.press("a")
    expect(page.locator("#decided")).to_have_text("1")
    page.reload()
    expect(page.locator("#row-0")).to_have_attribute("data-state", "correct")
    assert "ran" not in page.title()


def test_export_from_the_page(page: Page, tmp_path: Path) -> None:
    page.keyboard.press("a")
    expect(page.locator("#decided")).to_have_text("1")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as started:
        page.get_by_text("JSON Lines").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert (file.name, len(rows)) == ("out.reviewed.jsonl", 13)
    assert [row["verdict"] for row in rows if row["verdict"]] == ["correct"]


def test_a_missing_result_from_selected_words(page: Page) -> None:
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("abstract"), NodeFilter.SHOW_TEXT);
            while (!walker.nextNode().data.includes("Serious events"));
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("m")
    expect(page.locator("#missing-form [name=kind]")).to_be_focused()
    page.locator("#missing-form [name=kind]").select_option("events")
    page.locator("#missing-form [name=events]").fill("9")
    page.locator("#missing-form [name=events]").press("Enter")
    expect(page.locator("#missing li")).to_contain_text("Serious events")


def test_filters_order_and_notes(page: Page, out: Path) -> None:
    page.get_by_role("combobox", name="Order").select_option("flagged")
    expect(page.locator("#title")).to_be_visible()
    page.wait_for_url("**/record/4?order=flagged")
    assert page.locator("#row-0 .flag").count() == 1
    page.keyboard.press("e")
    page.keyboard.type("is that so?")
    page.keyboard.press("Enter")
    expect(page.locator("#row-0 input[name=note]")).to_have_value("is that so?")
    assert states(page)[0] == "undecided"
    page.get_by_role("combobox", name="Kind", exact=True).first.select_option("arm")
    page.wait_for_url("**kind=arm")
    assert page.locator(".row.is-unwanted").count() == 2
    expect(page.locator("#row-2")).to_be_focused()


def test_keys_can_be_turned_off_and_held_keys_count_once(page: Page) -> None:
    page.keyboard.down("a")
    page.keyboard.down("a")
    page.keyboard.down("a")
    page.keyboard.up("a")
    expect(page.locator("#decided")).to_have_text("1")
    page.keyboard.press("?")
    page.get_by_label("single keys are on").uncheck()
    page.get_by_text("Close").click()
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Accept")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#decided")).to_have_text("2")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#decided")).to_have_text("1")


def test_without_a_script_forms_do_it(browser: Browser, address: str, out: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_url("**/record/1")
        page.locator("#row-0").get_by_role("button", name="Accept").click()
        expect(page.locator("#row-0 .state")).to_contain_text("correct")
        page.locator("#row-1 select[name=column]").select_option("unit")
        page.locator("#row-1 input[name=value]").fill("cm")
        page.locator("#row-1").get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator("#row-1 ins")).to_have_text("cm")
    assert kept(out) == [("gout-0", "correct", {}), ("gout-0", "partly", {"unit": "cm"})]


def test_without_the_token_nothing_is_shown(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(address.split("?")[0])
        assert answer is not None
        assert answer.status == 403
        assert "gout" not in page.content()
