"""The file is read into the index beside the serving, so that the first page need not wait for the last record."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from structurer.errors import StructurerError
from structurer.review.store import VerdictStore
from structurer.web.index import IndexState, ReportIndex

# How long a page waits for its first record: reading one takes milliseconds.
_PATIENCE = 20.0
# The reading rests while a person's request is answered and while the browser draws the answer, which both want the
# processor, and looks again after every pause.
_DRAWING = 0.25
_PAUSE = 0.005


class Reading:
    """A thread that fills the index of `out` in the database `path`, and begins anew where the file has changed."""

    def __init__(self, out: str | Path, path: str | Path) -> None:
        self._out, self._path = Path(out), Path(path)
        self._lock = threading.Lock()
        self._begun = threading.Event()
        self._done = threading.Event()
        self._stopping = False
        self._answering = 0
        self._answered = 0.0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless the thread is at work."""
        with self._lock:
            if self._stopping or (self._thread is not None and self._thread.is_alive()):
                return
            self._begun.clear()
            self._done.clear()
            self._thread = threading.Thread(target=self._work, name="structurer-reading", daemon=True)
            self._thread.start()

    def look(self, store: VerdictStore) -> None:
        """Begin anew where the file has changed since it was read."""
        with suppress(StructurerError):
            if self._done.is_set() and not ReportIndex.describes(store, self._out):
                self.start()

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """The reading rests while a person's request is answered: one processor does both."""
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1
                self._answered = time.monotonic()

    def stop(self) -> None:
        """Stop after the next few records; what is read stays read."""
        with self._lock:
            self._stopping = True
        if self._thread is not None:
            self._thread.join()

    def wait_for_first(self) -> None:
        """Return when there is a record to show, or no hope of one."""
        self._begun.wait(_PATIENCE)

    def wait_for_all(self) -> None:
        """Return when the whole file is read."""
        self._done.wait()

    def _is_wanted_elsewhere(self) -> bool:
        return self._answering > 0 or time.monotonic() - self._answered < _DRAWING

    def _work(self) -> None:
        try:
            self._read(lambda state: self._begun.set() if state.records else None)
        except StructurerError:
            # The pages that need the file say what is wrong with it.
            return
        finally:
            self._begun.set()
            self._done.set()

    def _read(self, told: Callable[[IndexState], None]) -> None:
        # A connection of its own, so that verdicts wait for no more than one commit.
        with VerdictStore(self._path) as store:
            # What a power failure takes of the index is read again; verdicts go by another connection.
            store.connection.execute("PRAGMA synchronous = NORMAL")
            index = ReportIndex(self._out, store)
            told(index.state())
            for state in index.refresh():
                told(state)
                while self._is_wanted_elsewhere() and self._begun.is_set() and not self._stopping:
                    time.sleep(_PAUSE)
                if self._stopping:
                    return
