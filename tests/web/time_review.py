"""How long the review page lets a person wait, with thousands of abstracts: `python tests/web/time_review.py [5000]`.

The sample records are extracted and repeated under other ids; the real program serves them to a real Chromium. It is
timed twice: while the file is being read for the first time, and when it has been read. Not a test: a busy machine is
slow and nothing is wrong.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

import structurer
from structurer.exports.jsonl import write_jsonl
from structurer.schema import TrialReport

SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"
COMMAND = "import sys; from structurer.cli import main; sys.argv = ['structurer', *sys.argv[1:]]; main()"
KEYS = 100


def repeated(count: int) -> Iterator[TrialReport]:
    """`count` reports, the sample's over and over, each under an id of its own."""
    found = list(structurer.extract(structurer.read_records(SAMPLE)))
    for number, report in enumerate(islice(cycle(found), count), 1):
        yield replace(report, record=replace(report.record, record_id=f"trial-{number}", pmid=None, doi=None))


@contextmanager
def served(out: Path) -> Iterator[tuple[str, float]]:
    """The address of the review of `out`, and how long the program took to print it."""
    begun = time.perf_counter()
    arguments = [sys.executable, "-W", "ignore", "-c", COMMAND, "review", str(out), "--no-browser"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split(" at ")[1].strip()
        try:
            yield address, time.perf_counter() - begun
        finally:
            process.terminate()


def timed(browser: Browser, out: Path, name: str) -> None:
    """Open the review, decide KEYS rows, one key each, and tell the times in milliseconds."""
    with served(out) as (address, start), browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto("about:blank")
        begun = time.perf_counter()
        # What this browser on this machine needs for any page at all: the one line by which a stranger is refused.
        page.goto(address.split("?")[0])
        page.keyboard.press("a")
        page.wait_for_function("document.body !== null", polling=5)
        tell(f"{name}: a page of one line, for comparison", time.perf_counter() - begun)
        begun = time.perf_counter()
        page.goto(address)
        expect(page.locator(".row.is-current")).to_be_focused(timeout=60_000)
        ready = time.perf_counter()
        before = int(page.locator("#decided").inner_text())
        pressed = time.perf_counter()
        page.keyboard.press("a")
        expect(page.locator("#decided")).to_have_text(str(before + 1), timeout=60_000)
        decided = time.perf_counter()
        sent = page.evaluate("performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)")
        waits = [press(page, before + number + 2) for number in range(KEYS)]
        tell(f"{name}: program started", start)
        tell(f"{name}: page opened, first row in focus", ready - begun)
        tell(f"{name}: page opened, first row decided and kept", ready - begun + decided - pressed)
        tell(f"{name}: a decided row, median of {KEYS}", statistics.median(waits))
        tell(f"{name}: a decided row, slowest of {KEYS}", max(waits))
        say(f"{name}: sent to the browser for the first record: {sent / 1024:.0f} KiB")
        begun = time.perf_counter()
        while page.locator("[data-reading]").count():
            time.sleep(0.2)
        tell(f"{name}: waited for the rest of the file to be read", time.perf_counter() - begun)
        say(page.locator("#progress").inner_text().replace("\n", ", "))
        begun = time.perf_counter()
        page.get_by_role("combobox", name="Order").select_option("unsure")
        page.wait_for_url("**order=unsure", timeout=60_000)
        expect(page.locator(".row.is-current")).to_be_focused(timeout=60_000)
        tell(f"{name}: sorted by confidence, first row in focus", time.perf_counter() - begun)


def press(page: Page, count: int) -> float:
    """Decide one row; how long until it is kept and the next is in focus."""
    begun = time.perf_counter()
    page.keyboard.press("a")
    page.wait_for_function(
        "count => Number(document.getElementById('decided').textContent) === count"
        " && document.activeElement?.matches('.row:not(.is-correct)')",
        arg=count,
        polling=5,
        timeout=60_000,
    )
    return time.perf_counter() - begun


def tell(what: str, seconds: float) -> None:
    """Write one line."""
    say(f"{what}: {1000 * seconds:.0f} ms")


def say(line: str) -> None:
    """Write `line` at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Time the page."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    chromium = shutil.which("chromium") or sys.exit("needs Chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder, "trials.jsonl")
        write_jsonl(repeated(count), out)
        say(f"{count} abstracts, {out.stat().st_size / 2**20:.0f} MiB")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        timed(browser, out, "first time")
        timed(browser, out, "later")
        browser.close()


if __name__ == "__main__":
    main()
