"""Who may speak to the page: this machine's browser, by the address that was printed, and no other site in it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

# No form of the page is longer.
LARGEST_BODY = 64 * 1024
_LONGEST_ADDRESS = 4 * 1024
HOST = "127.0.0.1"

HEADERS = {
    # Nothing runs, and nothing is loaded, that does not come from the package's own files.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # "no-referrer" would make browsers send "Origin: null" with forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_DOOR = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">'
    b'<link rel="icon" href="/assets/icon.svg"><title>structurer</title><p><a href="/">Open the review</a></p></html>'
)


class Guard:
    """Lets a request through to `application` only where all of this holds.

    - Its Host is this server's own address: a name that an attacker points at 127.0.0.1 (DNS rebinding) is refused.
    - It carries the cookie that the printed address, with its token, has set; the cookie is for this run only.
    - If it may change anything, its Origin is this page: no other site can post here.
    - Its address and its body are short.

    Every answer carries HEADERS. `port` is that of the server, `token` the secret of the printed address.
    """

    def __init__(self, application: Application, *, port: int, token: str) -> None:
        self._application = application
        self._hosts = (f"{HOST}:{port}", f"localhost:{port}")
        self._token = token
        self._secret = secrets.token_urlsafe(32)
        # Cookies know no ports: a review of another file on this machine has its own.
        self.cookie = f"structurer-review-{port}"

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        if not self._has_cookie(headers):
            await self._open(scope, send)
            return
        body = await _short_body(receive)
        if body is None:
            await _answer(send, 413, b"Too much was sent.")
            return

        async def replay() -> Message:
            if body:
                return body.pop(0)
            return await receive()

        await self._application(scope, replay, _with_headers(send))

    def _refusal(self, scope: MutableMapping[str, Any], headers: MutableMapping[str, str]) -> tuple[int, bytes] | None:
        host = headers.get("host", "")
        if host not in self._hosts:
            return 421, b"This server answers to its own address only."
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST_ADDRESS:
            return 414, b"The address is too long."
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return 405, b"Only GET and POST."
        if headers.get("origin") != f"http://{host}" or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, b"This was not sent by the review page."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > LARGEST_BODY:
            return 413, b"Too much was sent."
        return None

    def _has_cookie(self, headers: MutableMapping[str, str]) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self._secret)

    async def _open(self, scope: MutableMapping[str, Any], send: Send) -> None:
        """Give the cookie to who knows the token."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.get("token", [""])[0]
        if scope["method"] != "GET" or scope["path"] != "/" or not _same(given, self._token):
            await _answer(send, 403, b"Open the address that `structurer review` printed, with its token.")
            return
        cookie = f"{self.cookie}={self._secret}; Path=/; HttpOnly; SameSite=Strict"
        # A page that leads on, and no redirect: after a link from elsewhere the cookie would not go with that.
        await _answer(send, 200, _DOOR, kind="text/html; charset=utf-8", more={"set-cookie": cookie})


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


async def _short_body(receive: Receive) -> list[Message] | None:
    """The messages of the request's body; None where it is too long, whatever its headers say."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return messages


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", ())}
            added = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in present]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return sending


async def _answer(
    send: Send, status: int, body: bytes, *, kind: str = "text/plain; charset=utf-8", more: dict[str, str] | None = None
) -> None:
    headers = {"content-type": kind, "content-length": str(len(body)), **HEADERS, **(more or {})}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
