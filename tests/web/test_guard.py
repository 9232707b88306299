"""Nobody but this machine's browser, by the printed address, reads or changes anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from structurer.web.guard import HEADERS, LARGEST_BODY

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
TOKEN = "the-token"


@dataclass(frozen=True)
class Refused:
    why: str
    status: int
    method: str = "GET"
    address: str = "/record/1"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


REFUSED_WITH_COOKIE = [
    Refused("a name that was pointed at this machine", 421, headers={"host": f"evil.example:{PORT}"}),
    Refused("another port's address", 421, headers={"host": "127.0.0.1:1"}),
    Refused("the bare address", 421, headers={"host": "127.0.0.1"}),
    Refused("a post without its origin", 403, "POST", "/undo"),
    Refused("a post from another site", 403, "POST", "/undo", {"origin": "https://evil.example"}),
    Refused("a post from a page without an origin", 403, "POST", "/undo", {"origin": "null"}),
    Refused("a post from another port", 403, "POST", "/undo", {"origin": "http://127.0.0.1:1"}),
    Refused("a post from the other name", 403, "POST", "/undo", {"origin": f"http://localhost:{PORT}"}),
    Refused(
        "a post that says it is from elsewhere", 403, "POST", "/undo", {"origin": ORIGIN, "sec-fetch-site": "none"}
    ),
    Refused("a form too long", 413, "POST", "/undo", {"origin": ORIGIN}, b"x" * (LARGEST_BODY + 1)),
    Refused("a length that is no number", 413, "POST", "/undo", {"origin": ORIGIN, "content-length": "-1"}),
    Refused("an address too long", 414, address="/record/1?show=" + "x" * 5000),
    Refused("another method", 405, "DELETE", "/record/1", {"origin": ORIGIN}),
    Refused("a preflight", 405, "OPTIONS", "/undo", {"origin": "https://evil.example"}),
    Refused("a file outside the assets", 404, address="/assets/..%2f..%2fpages.py"),
    Refused("no address of the page", 404, address="/etc/passwd"),
    Refused("a record that is not there", 404, address="/record/99"),
]


@pytest.mark.parametrize("case", REFUSED_WITH_COOKIE, ids=lambda case: case.why)
def test_refused(case: Refused, page: Any) -> None:
    answer = page.client.request(case.method, case.address, headers=case.headers, content=case.body)
    assert answer.status_code == case.status
    assert page.store.verdicts() == []


REFUSED_WITHOUT_COOKIE = [
    Refused("no token", 403, address="/"),
    Refused("a wrong token", 403, address="/?token=wrong"),
    Refused("an empty token", 403, address="/?token="),
    Refused("signs beyond ASCII for a token", 403, address="/?token=%C3%A9"),
    Refused("the token elsewhere", 403, address=f"/record/1?token={TOKEN}"),
    Refused("no cookie", 403),
    Refused("another run's cookie", 403, headers={"cookie": f"structurer-review-{PORT}=old"}),
    Refused("a cookie that is none", 403, headers={"cookie": "\x01=;;=["}),
    Refused("a style sheet", 403, address="/assets/review.css"),
    Refused("an export", 403, address="/export/csv"),
    Refused("a verdict", 403, "POST", "/record/1/verdict", {"origin": ORIGIN}, b"action=correct"),
    Refused("a verdict with the token", 403, "POST", f"/?token={TOKEN}", {"origin": ORIGIN}),
]


@pytest.mark.parametrize("case", REFUSED_WITHOUT_COOKIE, ids=lambda case: case.why)
def test_refused_to_strangers(case: Refused, stranger: Any) -> None:
    answer = stranger.request(case.method, case.address, headers=case.headers, content=case.body)
    assert answer.status_code == case.status
    assert "set-cookie" not in answer.headers
    assert "gout" not in answer.text


def test_a_body_longer_than_it_says_is_refused(page: Any) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (LARGEST_BODY // 10)

    answer = page.client.request("POST", "/undo", headers={"origin": ORIGIN}, content=body())
    assert answer.status_code == 413


def test_the_cookie_is_for_this_server_alone_and_out_of_reach_of_scripts(stranger: Any) -> None:
    answer = stranger.request("GET", "/", params={"token": TOKEN})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"structurer-review-{PORT}=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/", "HttpOnly", "SameSite=Strict"}
    # The token is in the address, which a browser remembers; the cookie is another secret.
    assert TOKEN not in cookie
    assert stranger.request("GET", "/record/1").status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/record/1", "/record/99", "/assets/none.js", "/progress", "/export/csv", "/nowhere"]
)
def test_every_answer_carries_the_headers(address: str, page: Any) -> None:
    answer = page.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_only_style_sheets_and_scripts_may_be_kept_by_the_browser(page: Any) -> None:
    answer = page.get("/assets/review.js")
    assert answer.headers["cache-control"] == "private, max-age=3600"
    others = {name: value for name, value in HEADERS.items() if name != "cache-control"}
    assert {name: answer.headers.get(name) for name in others} == others


def test_the_policy_lets_nothing_in_line_run() -> None:
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_pages_hold_no_script_style_or_address_in_line(page: Any) -> None:
    for address in ("/record/1", "/record/3", "/record/99"):
        text = page.get(address).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert "<script>" not in text
        loaded = [part.split('"')[1] for part in text.split("src=")[1:]]
        assert all(address.startswith("/assets/") for address in loaded)
