"""A real browser, and a page in it that is watched: whatever it asks for, says or trips over fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


# Not for the session: the browser's event loop would stand in the way of tests that start one of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and all that it asked for or complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every request, every message of the console, and every failure of a script."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file in a page of 1280 x 860; at the end it must have been silent and asked for nothing else."""
    pages: list[tuple[Watched, str]] = []

    def open_page(path: Path, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce", **settings)
        watched = Watched(context.new_page())
        watched.watch()
        pages.append((watched, path.as_uri()))
        watched.page.goto(path.as_uri())
        return watched.page

    yield open_page
    for watched, address in pages:
        assert watched.complaints == []
        assert {request.partition("#")[0] for request in watched.requests} == {address}
        watched.page.context.close()
