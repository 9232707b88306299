"""Over several processes: the same reports in the same order, whatever happens to a process or to the records."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from structurer.pipeline import extract
from structurer.scale.jobs import extract_parallel
from structurer.schema import Record

RECORDS = [
    Record(
        record_id=str(i),
        abstract=f"METHODS: We randomised {100 + i} adults. RESULTS: Flares were rarer with rovacept "
        f"(odds ratio 0.{i + 10}; 95% CI, 0.{i + 10}-0.93; P=0.02).",
        number=i,
    )
    for i in range(23)
]


class Deadly(str):
    """An abstract that ends the process which receives it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)


@pytest.mark.parametrize(("jobs", "chunk"), [(1, 4), (2, 1), (2, 100), (3, 4)])
def test_the_reports_are_those_of_one_process(jobs: int, chunk: int) -> None:
    assert list(extract_parallel(RECORDS, jobs, chunk=chunk)) == list(extract(RECORDS))


def test_no_records_no_reports() -> None:
    assert list(extract_parallel([], 2)) == []


@pytest.mark.parametrize("jobs", [0, -1])
def test_there_is_a_job_at_least(jobs: int) -> None:
    with pytest.raises(ValueError, match="jobs must be 1 or more"):
        next(extract_parallel(RECORDS, jobs))


def test_a_killed_process_loses_nothing() -> None:
    def killing() -> Iterator[Record]:
        for i, record in enumerate(RECORDS):
            if i == 16:
                victim = multiprocessing.active_children()[0]
                assert victim.pid is not None
                os.kill(victim.pid, signal.SIGKILL)
            yield record

    assert list(extract_parallel(killing(), 2, chunk=2)) == list(extract(RECORDS))


def test_a_record_that_ends_its_process_fails_alone() -> None:
    deadly = Record(record_id="deadly", abstract=Deadly("It ends here."), number=99)
    reports = list(extract_parallel([*RECORDS[:9], deadly, *RECORDS[9:]], 2, chunk=4))
    assert (reports[9].record, reports[9].error) == (deadly, "the process that read it ended with exit status 7")
    del reports[9]
    assert reports == list(extract(RECORDS))


def test_what_the_records_raise_is_raised_after_the_reports_before_it() -> None:
    def breaking() -> Iterator[Record]:
        yield from RECORDS[:7]
        raise OSError("the disc is gone")

    seen = []
    with pytest.raises(OSError, match="the disc is gone"):
        for report in extract_parallel(breaking(), 2, chunk=3):
            seen.append(report)
    assert seen == list(extract(RECORDS[:7]))


def test_records_are_read_a_few_chunks_ahead_and_processes_end_with_the_reports() -> None:
    asked = 0

    def counted() -> Iterator[Record]:
        nonlocal asked
        for record in RECORDS * 20:
            asked += 1
            yield record

    reports = extract_parallel(counted(), 2, chunk=2)
    next(reports)
    assert asked < 40
    reports.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
