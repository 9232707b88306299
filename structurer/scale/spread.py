"""Many input files -> a folder of parts and its manifest, by one process, several, or a Dask cluster."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import cast

from structurer.errors import ReaderError
from structurer.exports.replacement import replacing
from structurer.scale.parts import SUMMARIES, Failure, Options, Summary, attempt, part_name
from structurer.scale.workers import READY, Worker, WorkerEndedError, ignore_interrupts

MANIFEST = "manifest.json"
# Files that lie beside the data and hold no records.
_CHECKSUMS = (".md5", ".sha256")
# Writing the manifest after each of a thousand small parts would take longer than they do.
_SECONDS_BETWEEN_MANIFESTS = 5.0

# A path, and what is known of its part, or why there is none.
Outcome = tuple[str, Summary | Failure]
# Does the work on paths, in any order.
Runner = Callable[[Sequence[str], str, Options], Iterator[Outcome]]


def input_files(inputs: Iterable[str]) -> list[str]:
    """The files named, and those directly in the folders named, in order; hidden files and checksums are none.

    Raises ReaderError where two have one name, so that their parts would.
    """
    found: list[Path] = []
    for name in inputs:
        place = Path(name)
        inside = sorted(file for file in place.iterdir() if _is_input(file)) if place.is_dir() else [place]
        found += inside
    seen: dict[str, Path] = {}
    for file in found:
        other = seen.setdefault(part_name(file), file)
        if other is not file:
            raise ReaderError(f"has the name of {other}, so that their parts would be one", file=str(file))
    return [str(file) for file in found]


def _is_input(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".") and file.suffix not in _CHECKSUMS


def extract_files(paths: Sequence[str], folder: str, options: Options, runner: Runner) -> Iterator[Outcome]:
    """Extract each file to its part in `folder`, which is made, as the outcomes come; then the manifest is there.

    A file whose process ended is done again, here, its records by a process apart. The manifest is written anew as
    parts are finished, so a run that is stopped leaves a true one, and the next goes on from there.
    Raises ExportError where the folder cannot be written.
    """
    Path(folder, SUMMARIES).mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Summary | Failure] = {}
    written = 0.0

    def settled() -> Iterator[Outcome]:
        again = []
        for path, outcome in runner(paths, folder, options):
            if isinstance(outcome, Failure) and outcome.ended:
                again.append(path)
            else:
                yield path, outcome
        for path in again:
            yield path, attempt(path, folder, options, shielded=True)

    for path, outcome in settled():
        outcomes[path] = outcome
        if monotonic() - written > _SECONDS_BETWEEN_MANIFESTS:
            write_manifest(folder, paths, outcomes, options)
            written = monotonic()
        yield path, outcome
    write_manifest(folder, paths, outcomes, options)
    _tidy(folder, [path for path in paths if isinstance(outcomes.get(path), Summary)])


def write_manifest(folder: str, paths: Sequence[str], outcomes: dict[str, Summary | Failure], options: Options) -> None:
    """Write `manifest.json`: the options, each part with checksums and counts in the order of the inputs, the rest.

    Raises ExportError where it cannot be written.
    """
    parts = []
    counts: dict[str, int] = {"records": 0}
    for path in paths:
        outcome = outcomes.get(path)
        if isinstance(outcome, Summary):
            row = asdict(outcome)
            notes, lost = row.pop("problems"), row.pop("lost")
            del row["found"], row["options"], row["account"]
            parts.append({**row, "notes": len(notes), "lost": len(lost)})
            for name, count in {"records": outcome.records, **outcome.counts}.items():
                counts[name] = counts.get(name, 0) + count
    document = {
        "version": options.version,
        "options": asdict(options),
        "whole": len(parts) == len(paths),
        "counts": counts,
        "parts": parts,
        "failed": [
            {"input": path, "why": outcome.why}
            for path in paths
            for outcome in (outcomes.get(path),)
            if isinstance(outcome, Failure)
        ],
        "to_do": [path for path in paths if path not in outcomes],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False)
    with replacing(Path(folder, MANIFEST)) as file:
        file.write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace")


def _tidy(folder: str, finished: Sequence[str]) -> None:
    """Remove what processes that were killed had begun to write for parts that are finished now."""
    names = {part_name(path) for path in finished}
    names |= {f"{name}.json" for name in names}
    for place in (Path(folder), Path(folder, SUMMARIES)):
        for file in place.glob(".*.*.tmp"):
            if file.name[1:].rsplit(".", 2)[0] in names:
                file.unlink(missing_ok=True)


def one_by_one(paths: Sequence[str], folder: str, options: Options) -> Iterator[Outcome]:
    """The work done by this process."""
    for path in paths:
        yield path, attempt(path, folder, options)


def by_processes(jobs: int) -> Runner:
    """A runner that spreads the files over `jobs` processes; those of a process that ends are failures."""

    def run(paths: Sequence[str], folder: str, options: Options) -> Iterator[Outcome]:
        context = get_context("spawn")
        waiting = deque(paths)
        idle: list[Worker] = []
        at_work: dict[object, tuple[Worker, str]] = {}
        try:
            while waiting or at_work:
                while waiting and len(at_work) < jobs:
                    worker = idle.pop() if idle else Worker(context, serve_files)
                    path = waiting.popleft()
                    try:
                        worker.ask((path, folder, options))
                    except WorkerEndedError as ended:
                        worker.stop()
                        yield path, Failure(str(ended), ended=True)
                    else:
                        at_work[worker.connection] = (worker, path)
                for connection in wait([worker.connection for worker, _ in at_work.values()]):
                    worker, path = at_work.pop(connection)
                    try:
                        outcome = worker.answer()
                    except WorkerEndedError as ended:
                        worker.stop()
                        yield path, Failure(str(ended), ended=True)
                    else:
                        idle.append(worker)
                        yield path, cast("Summary | Failure", outcome)
        finally:
            for worker in (*idle, *(worker for worker, _ in at_work.values())):
                worker.stop()

    return run


def serve_files(connection: Connection) -> None:
    """What a worker's process does: extract file after file until nobody asks any more."""
    ignore_interrupts()
    connection.send(READY)
    while True:
        try:
            path, folder, options = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(attempt(path, folder, options))
