"""The review page's server: on this machine's own address, with a secret for each run."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from structurer.errors import StructurerError
from structurer.review.store import VerdictStore
from structurer.web.guard import HOST, Guard
from structurer.web.index import ReportIndex
from structurer.web.reading import Reading


class MissingWebLibraryError(StructurerError, ImportError):
    """The libraries of the review page are not installed; the message names the command that installs them."""


def check_libraries() -> None:
    """Raise MissingWebLibraryError where the page cannot be served."""
    try:
        import starlette
        import uvicorn  # noqa: F401

        del starlette
    except ImportError as error:
        command = 'pip install "structurer[web]", or pip install ".[web]" in its folder'
        raise MissingWebLibraryError(f"the review page needs starlette and uvicorn: {command} ({error})") from error


def serve(
    out: Path, database: Path, *, port: int = 0, browser: bool = True, announce: Callable[[str], None] = print
) -> None:
    """Serve the review of `out`, whose verdicts are in `database`, until the process is interrupted.

    `announce` is given the address, which holds the run's secret; `port` 0 takes a free one. Raises
    MissingWebLibraryError, ReaderError where a file cannot be read, OSError where the port is taken.
    """
    check_libraries()
    import uvicorn

    from structurer.web.app import make_application

    with VerdictStore(database) as store, socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        index = ReportIndex(out, store)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(64)
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        reading = Reading(out, database)
        reading.start()
        guard = Guard(make_application(index, store, reading), port=port, token=token)
        address = f"http://{HOST}:{port}/?token={token}"
        announce(address)
        if browser:
            # Some browsers keep the call waiting until they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            guard,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=3,
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            pass
        finally:
            reading.stop()
