"""A new user's way from a search to a reviewed table, with the commands of the README, in a real browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("needs Chromium", allow_module_level=True)

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

ROOT = Path(__file__).parents[2]
# Where to put the picture of the README, when it is to be made anew.
PICTURES = os.environ.get("STRUCTURER_SCREENSHOTS")
SHOWN = ROOT / "data" / "screenshots" / "review.png"
PROGRAM = "import sys; from structurer.cli import main; sys.argv = ['structurer', *sys.argv[1:]]; main()"
EXTRACT = "structurer extract search.nbib -o search.jsonl"
REVIEW = "structurer review search.jsonl"
EXPORT = "structurer review search.jsonl --export reviewed.xlsx"
HEADING = "## From a search to a reviewed table"
# Accept, reject, accept with a corrected cell, and so on: what is pressed for each of ten rows.
DECIDED = [("a",), ("x",), ("a",), ("a",), ("c",), ("a",), ("w",), ("a",), ("a",), ("p",)]


def program(command: str, *more: str) -> list[str]:
    name, *arguments = shlex.split(command)
    assert name == "structurer"
    return [sys.executable, "-W", "ignore", "-c", PROGRAM, *arguments, *more]


def done(command: str, folder: Path) -> str:
    """What the program says on standard error."""
    result = subprocess.run(program(command), cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stderr


def decide(page: Page) -> int:
    """Ten rows; how many keys were pressed for those that need no typing."""
    pressed = 0
    for number, (key,) in enumerate(DECIDED, 1):
        page.keyboard.press(key)
        if key == "c":
            page.keyboard.type("5.6")
            page.keyboard.press("Enter")
            expect(page.locator(".row.is-current ins")).to_have_text("5.6")
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / "review.png")
            page.keyboard.press("a")
        else:
            pressed += 1
        expect(page.locator("#decided")).to_have_text(str(number))
    return pressed


def test_from_a_search_to_a_reviewed_table(tmp_path: Path) -> None:
    shutil.copy(ROOT / "data" / "sample.nbib", tmp_path / "search.nbib")
    assert "17 records seen = 17 extracted" in done(EXTRACT, tmp_path)

    arguments = program(REVIEW, "--no-browser", "--reviewer", "Ann Lee")
    with subprocess.Popen(
        arguments, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as review:
        assert review.stdout is not None
        address = review.stdout.readline().split(" at ")[1].strip()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 760})
                page.goto(address)
                expect(page.locator(".row.is-current")).to_be_focused()
                assert decide(page) == len(DECIDED) - 1
                browser.close()
        finally:
            # As a person stops it: Ctrl-C.
            review.send_signal(2)
    assert review.returncode == 0

    assert "10 of 146 rows decided" in done(EXPORT, tmp_path)
    workbook = CalamineWorkbook.from_path(tmp_path / "reviewed.xlsx")
    header, *rows = workbook.get_sheet_by_name("Results").to_python()
    table = [dict(zip(header, row, strict=True)) for row in rows]
    verdicts = Counter(row["verdict"] for row in table)
    assert verdicts == {"": 136, "correct": 6, "partly": 2, "wrong": 1, "not an effect": 1}
    assert [row["corrected"] for row in table if row["corrected"]] == ["estimate=5.6"]
    assert {row["reviewer"] for row in table if row["verdict"]} == {"Ann Lee"}


def test_the_readme_shows_this_way() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split(HEADING, 1)[1].split("\n## ", 1)[0]
    assert [command for command in (EXTRACT, REVIEW, EXPORT) if command not in section] == []


def test_the_picture_of_the_readme_is_a_picture_of_moderate_size() -> None:
    assert SHOWN.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert SHOWN.stat().st_size < 300_000
