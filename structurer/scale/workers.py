"""One worker: a process that extracts batches of records, and can end without taking the run with it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from typing import cast

from structurer.errors import StructurerError
from structurer.schema import Record, TrialReport

# What a worker says first, once it can take tasks.
READY = "ready"


class WorkerEndedError(StructurerError, RuntimeError):
    """A worker's process ended before it answered; the message says how."""


class Worker:
    """A process of its own that does what `work` does: by default, answer each batch of records with their reports."""

    def __init__(self, context: SpawnContext, work: Callable[[Connection], None] | None = None) -> None:
        ours, theirs = context.Pipe()
        # In a new process, not a copy of this one: threads of this one (a progress bar's) could hold locks for ever.
        self._process = context.Process(target=work or serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.connection: Connection = ours
        self._ready = False

    def send(self, records: Sequence[Record]) -> None:
        """Hand over a batch. Raises WorkerEndedError where the process is gone, or never came up."""
        self.ask(list(records))

    def receive(self) -> list[TrialReport]:
        """The reports on the batch handed over last, waited for. Raises WorkerEndedError where the process ended."""
        return cast("list[TrialReport]", self.answer())

    def ask(self, task: object) -> None:
        """Hand over any task that its work takes. Raises WorkerEndedError as `send`."""
        if not self._ready:
            self.answer()
            self._ready = True
        try:
            self.connection.send(task)
        except OSError as error:
            raise self._ended() from error

    def answer(self) -> object:
        """The answer to the task handed over last, waited for. Raises WorkerEndedError where the process ended."""
        try:
            return self.connection.recv()
        except (EOFError, OSError) as error:
            raise self._ended() from error

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self._process.terminate()
        self._process.join()

    def _ended(self) -> WorkerEndedError:
        self._process.join(timeout=5)
        code = self._process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with exit status {code}"
        return WorkerEndedError(f"the process that read it ended {how}")


def serve(connection: Connection) -> None:
    """What a worker's process does: answer batches until nobody asks any more."""
    ignore_interrupts()
    from structurer.pipeline import extract

    connection.send(READY)
    while True:
        try:
            records = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(list(extract(records)))


def ignore_interrupts() -> None:
    """Leave Ctrl-C, which goes to every process of a terminal, to the one that asked: it decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
