"""Records in, reports out, over several processes: the order kept, and a process that ends costs one record at most."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import wait

from structurer.scale.workers import Worker, WorkerEndedError
from structurer.schema import Record, TrialReport

# Records sent at a time: enough that sending costs nothing beside reading them, few enough that memory stays small.
CHUNK = 64
# Chunks read ahead for each job, so that one slow chunk does not make the others wait.
_AHEAD = 3


@dataclass(slots=True)
class _Chunk:
    """Neighbouring records: the batches still to be read, and the reports on those read."""

    batches: deque[list[Record]]
    reports: list[TrialReport] = field(default_factory=list)
    taken: bool = False

    @property
    def finished(self) -> bool:
        return not self.batches


def extract_parallel(records: Iterable[Record], jobs: int, *, chunk: int = CHUNK) -> Iterator[TrialReport]:
    """What `extract(records)` gives with the shipped pipeline, in the same order, read by `jobs` processes.

    Where a process ends (killed, or out of memory), the records that it held are read again one by one, each by a
    living one; a record that ends its process again gives a report with its `error`. What the iterator of records
    raises is raised after the reports on the records before it. `records` are asked for a few chunks ahead, no more.
    Raises ValueError for fewer than one job, WorkerEndedError where no process can be started.

    Processes are started anew, not copied, so a script that calls this needs `if __name__ == "__main__":`.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    if jobs == 1:
        from structurer.pipeline import extract

        yield from extract(records)
        return
    yield from _Run(records, jobs, chunk).reports()


def extract_shielded(records: Iterable[Record], *, chunk: int = CHUNK) -> Iterator[TrialReport]:
    """What `extract_parallel(records, 1)` gives, read by a process apart: a record that ends it costs itself alone.

    Raises as `extract_parallel`; may not be called in a daemonic process, which has no children.
    """
    yield from _Run(records, 1, chunk).reports()


class _Run:
    def __init__(self, records: Iterable[Record], jobs: int, chunk: int) -> None:
        self.records = iter(records)
        self.size = chunk
        self.jobs = jobs
        self.context = get_context("spawn")
        self.queue: deque[_Chunk] = deque()
        self.at_work: dict[Worker, _Chunk] = {}
        self.idle: list[Worker] = []
        self.failure: Exception | None = None
        self.ended = False

    def reports(self) -> Iterator[TrialReport]:
        try:
            while self._fill() or self.queue:
                self._hand_out()
                while self.queue and self.queue[0].finished:
                    yield from self.queue.popleft().reports
                    self._fill()
                    self._hand_out()
                    self._collect(0)
                if self.queue:
                    self._collect(None)
            if self.failure is not None:
                raise self.failure
        finally:
            for worker in (*self.idle, *self.at_work):
                worker.stop()

    def _fill(self) -> bool:
        """Read records ahead; whether there were any more."""
        before = len(self.queue)
        while not self.ended and len(self.queue) < self.jobs * _AHEAD:
            part: list[Record] = []
            try:
                part.extend(islice(self.records, self.size))
            except Exception as failure:  # raised again when the reports before it are out
                self.failure, self.ended = failure, True
            self.ended = self.ended or len(part) < self.size
            if part:
                self.queue.append(_Chunk(deque([part])))
        return len(self.queue) > before

    def _hand_out(self) -> None:
        """A chunk for each worker that has none, and a worker for each chunk as far as there may be more."""
        for chunk in self.queue:
            if chunk.taken or chunk.finished:
                continue
            if not self.idle and len(self.at_work) == self.jobs:
                return
            chunk.taken = True
            self._send(self.idle.pop() if self.idle else Worker(self.context), chunk)

    def _send(self, worker: Worker, chunk: _Chunk) -> None:
        """Hand a chunk's next batch to a worker, or to a new one where that has ended meanwhile."""
        try:
            worker.send(chunk.batches[0])
        except WorkerEndedError:
            worker.stop()
            worker = Worker(self.context)
            try:
                worker.send(chunk.batches[0])
            except WorkerEndedError:
                worker.stop()
                raise
        self.at_work[worker] = chunk

    def _collect(self, seconds: float | None) -> None:
        """Take what workers have answered, waiting `seconds` for the first, or as long as it takes."""
        by_connection = {worker.connection: worker for worker in self.at_work}
        for connection in wait(list(by_connection), seconds):
            worker = by_connection[connection]  # type: ignore[index]
            chunk = self.at_work.pop(worker)
            try:
                reports = worker.receive()
            except WorkerEndedError as ended:
                worker.stop()
                worker = Worker(self.context)
                self._divide(chunk, str(ended))
            else:
                chunk.batches.popleft()
                chunk.reports += reports
            if chunk.finished:
                self.idle.append(worker)
            else:
                self._send(worker, chunk)

    def _divide(self, chunk: _Chunk, how: str) -> None:
        """After its worker ended: a batch one by one; a single record is given up."""
        batch = chunk.batches.popleft()
        if len(batch) == 1:
            chunk.reports.append(TrialReport(record=batch[0], error=how))
        else:
            chunk.batches.extendleft([record] for record in reversed(batch))
