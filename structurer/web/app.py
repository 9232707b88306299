"""The addresses of the review page, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from structurer.errors import ReaderError, StructurerError
from structurer.report.rows import report_rows
from structurer.review.missing import add_missing, remove_missing
from structurer.review.store import Entry, StaleVerdictError, VerdictStore
from structurer.web.assets import addresses, all_assets, media_type
from structurer.web.decisions import RefusedFormError, decide, missing_result, reviewer_name, row_named
from structurer.web.downloads import FORMATS, download, installed_formats
from structurer.web.endpoints import Handler, before_reading, get, post
from structurer.web.index import ReportIndex
from structurer.web.pages import Pages
from structurer.web.queue import Choice, neighbour
from structurer.web.reading import Reading

# The script of the page asks for parts, as JSON, and says so; other sites cannot send this header.
_PART = "x-part"
_END = "There is no further record with such rows."


def make_application(index: ReportIndex, store: VerdictStore, reading: Reading) -> Starlette:
    """The application, without its guard; `reading` fills the index meanwhile."""
    reading.wait_for_first()
    desk = _Desk(index, store, reading)

    def prompt(handler: Handler) -> Handler:
        return before_reading(reading, handler)

    return Starlette(
        routes=[
            Route("/", get(prompt(desk.first))),
            Route("/next", get(prompt(desk.next))),
            Route("/record/{position:int}", get(prompt(desk.record))),
            Route("/record/{position:int}/verdict", post(prompt(desk.verdict)), methods=["POST"]),
            Route("/record/{position:int}/missing", post(desk.add), methods=["POST"]),
            Route("/record/{position:int}/missing/remove", post(desk.remove), methods=["POST"]),
            Route("/undo", post(prompt(desk.undo)), methods=["POST"]),
            Route("/progress", get(desk.progress)),
            Route("/reviewer", post(desk.reviewer), methods=["POST"]),
            # An export waits for the reading, which must not wait for the export.
            Route("/export/{name}", get(desk.export)),
            Route("/assets/{name}", get(desk.asset)),
        ],
        exception_handlers={
            404: desk.nothing_there,
            StructurerError: desk.failed,
        },
    )


def _wants_part(request: Request) -> bool:
    return _PART in request.headers


class _Desk:
    """The handlers; each is one transaction of the store at most."""

    def __init__(self, index: ReportIndex, store: VerdictStore, reading: Reading) -> None:
        self._index = index
        self._store = store
        self._reading = reading
        self._assets = all_assets()
        self._pages = Pages(index, store, installed_formats(), addresses(self._assets))
        self._pages.prepare()

    def first(self, _request: Request, query: Mapping[str, str]) -> Response:
        """To the first record with undecided rows; where everything is decided, to the first."""
        choice = Choice.read(query)
        self._reading.wait_for_first()
        position = neighbour(self._store, choice, None, undecided=True) or neighbour(self._store, choice, None)
        if position is None:
            position = neighbour(self._store, Choice(), None)
            if position is None:
                return HTMLResponse(self._pages.message("Nothing to review", "The file holds no record."))
            said = "No row is like that; here is the first record."
            return HTMLResponse(self._pages.record(position, Choice(), whole=True, said=said))
        return RedirectResponse(f"/record/{position}{choice.query()}", 303)

    def next(self, request: Request, query: Mapping[str, str]) -> Response:
        """The record after or before another."""
        choice = Choice.read(query)
        after = _whole(query.get("after"))
        self._reading.wait_for_first()
        position = neighbour(
            self._store, choice, after, backwards=query.get("way") == "back", undecided="undecided" in query
        )
        if position is None:
            if _wants_part(request):
                return JSONResponse({"position": None, "said": _END})
            return HTMLResponse(self._pages.record(after or 1, choice, whole=True, said=_END))
        if _wants_part(request):
            return self._part(position, choice)
        return RedirectResponse(f"/record/{position}{choice.query()}", 303)

    def record(self, request: Request, query: Mapping[str, str]) -> Response:
        """One record."""
        self._reading.look(self._store)
        choice = Choice.read(query)
        position = request.path_params["position"]
        try:
            if _wants_part(request):
                return self._part(position, choice)
            return HTMLResponse(self._pages.record(position, choice, whole=True))
        except KeyError:
            if not self._index.state().complete:
                raise ReaderError("the file is still being read; load the page again in a moment") from None
            return self._nothing()

    def verdict(self, request: Request, form: Mapping[str, str]) -> Response:
        """Keep what was said of a row."""
        position = request.path_params["position"]
        try:
            rows = report_rows(self._index.report(position))
        except KeyError:
            return self._nothing()
        indexed = self._index.rows(position)
        place = row_named(indexed, form.get("key", ""))
        if place is None or place >= len(rows):
            return self._refuse(request, RefusedFormError("this row is not in the file any more; load the page anew"))
        try:
            entry = decide(self._store, rows[place], indexed[place], form)
        except (RefusedFormError, StaleVerdictError) as error:
            return self._refuse(request, error, place)
        return self._decided(request, position, place, entry)

    def undo(self, request: Request, form: Mapping[str, str]) -> Response:
        """Take back the entry that the form names, or the last one."""
        try:
            entry = self._store.undo(_whole(form.get("entry")))
        except KeyError:
            entry = None
        except StaleVerdictError as error:
            return self._refuse(request, error)
        position = self._index.position_of(entry.key) if entry else None
        if entry is None or position is None:
            said = "There is nothing to undo." if entry is None else "Undone, on a row that the file no longer has."
            if _wants_part(request):
                return JSONResponse({"position": None, "said": said, "progress": self._pages.progress_html()})
            return HTMLResponse(self._pages.message("Undo", said))
        place = row_named(self._index.rows(position), entry.key.text()) or 0
        return self._decided(request, position, place, entry)

    def add(self, request: Request, form: Mapping[str, str]) -> Response:
        """Keep a result that the program missed."""
        position = request.path_params["position"]
        choice = Choice.read(request.query_params)
        try:
            record = self._index.report(position).record
        except KeyError:
            return self._nothing()
        try:
            result = missing_result(record.record_id, record.abstract or "", form, self._store.reviewer)
        except RefusedFormError as error:
            page = self._pages.record(position, choice, whole=True, typed=form, refused=_sentence(str(error)))
            return HTMLResponse(page, 422)
        add_missing(self._store, result)
        return RedirectResponse(f"/record/{position}{choice.query()}#missing", 303)

    def remove(self, request: Request, form: Mapping[str, str]) -> Response:
        """Take back a result that was added by hand."""
        remove_missing(self._store, _whole(form.get("entry")) or 0, reviewer=self._store.reviewer)
        position = request.path_params["position"]
        return RedirectResponse(f"/record/{position}{Choice.read(request.query_params).query()}#missing", 303)

    def progress(self, _request: Request, _query: Mapping[str, str]) -> Response:
        """How much is decided, and how far the file is read."""
        return JSONResponse({"progress": self._pages.progress_html()})

    def reviewer(self, request: Request, form: Mapping[str, str]) -> Response:
        """Keep the name under which verdicts are given."""
        self._store.reviewer = reviewer_name(form)
        if _wants_part(request):
            return JSONResponse({"reviewer": self._store.reviewer})
        return RedirectResponse("/", 303)

    def export(self, request: Request, _query: Mapping[str, str]) -> Response:
        """The reviewed tables as a file."""
        name = request.path_params["name"]
        if name not in FORMATS:
            return self._nothing()
        self._reading.wait_for_all()
        made = download(self._index, self._store, name)
        return FileResponse(made.path, filename=made.name, background=BackgroundTask(made.remove))

    def asset(self, request: Request, _query: Mapping[str, str]) -> Response:
        """A style sheet, a script or the icon."""
        name = request.path_params["name"]
        if name not in self._assets:
            return self._nothing()
        # No data, and the same all through the run.
        kept = {"cache-control": "private, max-age=3600"}
        return Response(self._assets[name], media_type=media_type(name), headers=kept)

    async def nothing_there(self, _request: Request, _error: Exception) -> Response:
        """The answer to any other address."""
        return await run_in_threadpool(self._nothing)

    async def failed(self, request: Request, error: Exception) -> Response:
        """The answer where a file cannot be read or written."""
        if _wants_part(request):
            return JSONResponse({"error": str(error)}, 500)
        return HTMLResponse(await run_in_threadpool(self._pages.message, "This did not work", str(error)), 500)

    def _part(self, position: int, choice: Choice) -> Response:
        parts: dict[str, Any] = {
            "position": position,
            "address": f"/record/{position}{choice.query()}",
            "record": self._pages.record(position, choice, whole=False),
            "progress": self._pages.progress_html(),
        }
        return JSONResponse(parts)

    def _decided(self, request: Request, position: int, place: int, entry: Entry) -> Response:
        choice = Choice.read(request.query_params)
        if not _wants_part(request):
            return RedirectResponse(f"/record/{position}{choice.query()}#row-{place}", 303)
        view = self._pages.row(position, place, choice)
        return JSONResponse(
            {
                "position": position,
                "place": place,
                "entry": entry.number,
                "state": view.state,
                "row": self._pages.row_html(position, view, choice),
                "progress": self._pages.progress_html(),
            }
        )

    def _refuse(self, request: Request, error: StructurerError, place: int | None = None) -> Response:
        """Say that nothing was kept, and why; a row changed elsewhere is shown as it is now."""
        stale = isinstance(error, StaleVerdictError)
        status = 409 if stale else 422
        said = _sentence(f"{error}. Your entry was not kept" if stale else str(error))
        position = request.path_params.get("position")
        choice = Choice.read(request.query_params)
        if not _wants_part(request):
            back = f"/record/{position}{choice.query()}" if position else "/"
            return HTMLResponse(self._pages.message("Not kept", said, back), status)
        answer: dict[str, Any] = {"error": said, "place": place}
        if stale and place is not None and position is not None:
            answer["row"] = self._pages.row_html(position, self._pages.row(position, place, choice), choice)
            answer["progress"] = self._pages.progress_html()
        return JSONResponse(answer, status)

    def _nothing(self) -> Response:
        return HTMLResponse(self._pages.message("Not there", "There is no such page."), 404)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
