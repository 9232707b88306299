"""Whether a record costs the same time, and all of them the same memory, however many there are: format by format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from structurer.schema import Record, TrialReport

# The whole way from file to file; the formats are timed from reports on, which are made once.
WHOLE = "structurer extract"
FORMATS = (".jsonl", ".csv", ".tsv", ".xlsx", ".parquet", ".duckdb")
_CHILD = "import sys; from structurer.benchmark.lengths import run_here; run_here(*sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Length:
    """What so many records took: milliseconds of processor time each, the process's largest memory in megabytes."""

    what: str
    records: int
    milliseconds: float
    peak: float


def measure_lengths(records: Sequence[Record], whats: Sequence[str], lengths: Sequence[int]) -> Iterator[Length]:
    """Each of `whats` (formats, or WHOLE) at each number of records, in a process of its own.

    `records` are repeated under new ids as often as it takes; the reports that a format is timed with are made from
    them before the clock starts. Raises RuntimeError where a process fails.
    """
    with TemporaryDirectory() as folder:
        texts = Path(folder, "texts.jsonl")
        rows = ({"title": record.title, "abstract": record.abstract} for record in records)
        texts.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        for what in whats:
            for length in lengths:
                yield _run(what, length, texts)


def _run(what: str, length: int, texts: Path) -> Length:
    command = [sys.executable, "-W", "ignore", "-c", _CHILD, what, str(length), str(texts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        # The memory of this child, where the resource module tells that of the largest.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{what} of {length} records ended with exit status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Length(what, length, float(said) / length * 1000, used.ru_maxrss * unit / 2**20)


def run_here(what: str, length: str, texts: str) -> None:
    """Do it in this process, and say the seconds of processor time on standard output."""
    from structurer.readers import read_records

    number, given = int(length), list(read_records(texts, problems=[]))
    with TemporaryDirectory(dir=Path(texts).parent) as folder:
        if what == WHOLE:
            source = Path(folder, "records.jsonl")
            with source.open("w", encoding="utf-8") as file:
                for place, record in enumerate(islice(cycle(given), number)):
                    row = {"pmid": str(10**7 + place), "title": record.title, "abstract": record.abstract}
                    file.write(f"{json.dumps(row)}\n")
            begun = time.process_time()
            _extract(source, Path(folder, "out.jsonl"))
        else:
            from structurer.pipeline import extract

            reports = list(extract(given))
            begun = time.process_time()
            _write(islice(_many(reports), number), Path(folder, f"out{what}"))
        print(time.process_time() - begun)  # noqa: T201  (the parent reads it)


def _many(reports: Sequence[TrialReport]) -> Iterator[TrialReport]:
    for place, report in enumerate(cycle(reports)):
        record = replace(report.record, record_id=str(place), pmid=str(10**7 + place), number=place + 1)
        yield replace(report, record=record)


def _extract(source: Path, target: Path) -> None:
    from structurer.exports.jsonl import write_jsonl
    from structurer.scale.intake import Intake
    from structurer.scale.jobs import extract_parallel

    write_jsonl(extract_parallel(Intake([str(source)]).records(), 1), target)


def _write(reports: Iterator[TrialReport], target: Path) -> None:
    if target.suffix == ".jsonl":
        from structurer.exports.jsonl import write_jsonl

        write_jsonl(reports, target)
    else:
        from structurer.exports import write_batches
        from structurer.tables.frames import tables_in_batches

        write_batches(tables_in_batches(reports), target)


def as_lines(measured: Sequence[Length]) -> list[str]:
    """A table of what was measured, with the memory against that of the fewest records of the same kind."""
    lines = [f"{'':24} {'records':>10} {'ms/record':>10} {'peak MB':>9} {'of least':>9}"]
    least = {one.what: one for one in sorted(measured, key=lambda one: -one.records)}
    for one in measured:
        share = one.peak / least[one.what].peak
        lines.append(f"{one.what:24} {one.records:10,} {one.milliseconds:10.3f} {one.peak:9.0f} {share:9.2f}")
    return lines


def as_rows(measured: Sequence[Length]) -> list[dict[str, object]]:
    """The same for JSON."""
    return [asdict(one) for one in measured]
