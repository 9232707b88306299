"""Handlers, which are plain functions of a request and its fields, as endpoints of the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from structurer.web.reading import Reading

Handler = Callable[[Request, Mapping[str, str]], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def get(handler: Handler) -> Endpoint:
    """The endpoint that gives `handler` the parameters of the address."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, request, request.query_params)

    return endpoint


def post(handler: Handler) -> Endpoint:
    """The endpoint that gives `handler` the fields of the form that was sent."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        text = (await request.body()).decode("utf-8", "replace")
        form = dict(parse_qsl(text, keep_blank_values=True))
        return await run_in_threadpool(handler, request, form)

    return endpoint


def before_reading(reading: Reading, handler: Handler) -> Handler:
    """The same handler, for which the reading of the file rests."""

    @wraps(handler)
    def answer(request: Request, form: Mapping[str, str]) -> Response:
        with reading.giving_way():
            return handler(request, form)

    return answer
