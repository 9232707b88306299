"""An extraction of a few made-up records, its index and store, and the page as a program asks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from structurer.exports.jsonl import write_jsonl
from structurer.review.store import VerdictStore
from structurer.schema import Record, TrialReport
from structurer.web.app import make_application
from structurer.web.guard import Guard
from structurer.web.index import ReportIndex
from structurer.web.reading import Reading

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
TOKEN = "the-token"


@pytest.fixture
def rename() -> Any:
    """Make the same report of a record of another id."""
    return renamed


def renamed(report: TrialReport, record_id: str, **changes: Any) -> TrialReport:
    """The same report of a record of another id."""
    return replace(report, record=replace(report.record, record_id=record_id), **changes)


def unflagged(report: TrialReport, record_id: str, confidence: float) -> TrialReport:
    """The report of another record, without flags, its first effect less sure."""
    effects = (replace(report.effects[0], confidence=confidence), *report.effects[1:])
    return renamed(report, record_id, flags=(), effects=effects)


@pytest.fixture
def reports(report: TrialReport) -> list[TrialReport]:
    """Four records: two without flags, one flagged, one with no result; four rows in each of the first three."""
    empty = TrialReport(record=Record(record_id="empty-3", abstract="A trial that tells nothing.", title="Nothing"))
    return [
        unflagged(report, "gout-0", 0.95),
        unflagged(report, "gout-1", 0.4),
        empty,
        renamed(report, "gout-4"),
    ]


@pytest.fixture
def out(tmp_path: Path, reports: list[TrialReport]) -> Path:
    path = tmp_path / "out.jsonl"
    write_jsonl(reports, path)
    return path


@pytest.fixture
def store(out: Path) -> Iterator[VerdictStore]:
    with VerdictStore(out.with_name("out.jsonl.review.sqlite")) as opened:
        yield opened


@pytest.fixture
def index(out: Path, store: VerdictStore) -> ReportIndex:
    """The index of `out`, complete."""
    made = ReportIndex(out, store)
    for _ in made.refresh():
        pass
    return made


class Client:
    """Asks the application as a browser would, with cookies, without a network."""

    origin = ORIGIN
    token = TOKEN

    def __init__(self, application: Any) -> None:
        self._application = application
        self._cookies = httpx.Cookies()

    def request(self, method: str, address: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._application)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self._cookies) as client:
                answer = await client.request(method, address, **options)
                self._cookies = client.cookies
                return answer

        return anyio.run(ask)


@dataclass
class Page:
    """The page, and what lies under it."""

    client: Client
    store: VerdictStore
    index: ReportIndex

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self.client.request("GET", address, **options)

    def post(self, address: str, *, part: bool = True, **form: str | int) -> httpx.Response:
        headers = {"origin": ORIGIN} | ({"x-part": "1"} if part else {})
        return self.client.request(
            "POST", address, data={name: str(value) for name, value in form.items()}, headers=headers
        )

    def keys(self, position: int) -> list[str]:
        """The keys of the rows on the page of a record."""
        return re.findall(r'data-key="([^"]+)"', self.get(f"/record/{position}").text)

    def decide(self, position: int, place: int, action: str, version: int = 0, **form: Any) -> dict[str, Any]:
        """Say something of a row; the answer, with its status."""
        key = self.keys(position)[place]
        answer = self.post(f"/record/{position}/verdict", key=key, version=version, action=action, **form)
        found: dict[str, Any] = json.loads(answer.text)
        return found | {"status": answer.status_code}


@pytest.fixture
def guard(out: Path, store: VerdictStore) -> Iterator[Guard]:
    reading = Reading(out, store.path)
    reading.start()
    reading.wait_for_all()
    yield Guard(make_application(ReportIndex(out, store), store, reading), port=PORT, token=TOKEN)
    reading.stop()


@pytest.fixture
def stranger(guard: Guard) -> Client:
    """Somebody without the cookie."""
    return Client(guard)


@pytest.fixture
def page(guard: Guard, store: VerdictStore, out: Path) -> Page:
    """The page, opened by its address."""
    client = Client(guard)
    assert client.request("GET", "/", params={"token": TOKEN}).status_code == 200
    return Page(client, store, ReportIndex(out, store))
