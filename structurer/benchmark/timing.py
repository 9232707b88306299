"""Time each contender beside the floor, in a process of its own, again and again."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context

from structurer.benchmark.contenders import FLOOR, Contender, contender
from structurer.schema import Record

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast one contender read the texts.

    `per_second` is in abstracts and seconds of processor time, the median over repeats. `ratio` is its speed over the
    floor's, timed right before it in the same process: the median, the lowest and the highest over repeats. `peak` is
    the largest memory of its process in megabytes before the floor was loaded, the texts and Python included.
    """

    name: str
    per_second: float
    ratio: float
    lowest: float
    highest: float
    peak: float


def measure(names: Sequence[str], records: Sequence[Record], repeats: int) -> Iterator[Measured]:
    """Each contender, one after another, over all `records`, `repeats` times.

    Raises what importing or calling a contender raises.
    """
    context = get_context("spawn")
    for name in names:
        with context.Pool(1) as pool:
            yield pool.apply(measure_here, (name, list(records), repeats))


def measure_here(name: str, records: Sequence[Record], repeats: int) -> Measured:
    """One contender in this process."""
    run = contender(name)
    # A first pass fills caches, spaCy's of words more than ours: the floor is measured at its best.
    run(records)
    peak = _peak_memory()
    floor = run if name == FLOOR else contender(FLOOR)
    floor(records)
    ratios, seconds = [], []
    for _ in range(repeats):
        before = _seconds(floor, records)
        own = _seconds(run, records)
        seconds.append(own)
        ratios.append(before / own)
    return Measured(
        name=name,
        per_second=len(records) / statistics.median(seconds),
        ratio=statistics.median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        peak=peak,
    )


def _seconds(run: Contender, records: Sequence[Record]) -> float:
    # Time of the processor and not of the clock: what else the machine does is not what is measured.
    begun = time.process_time()
    run(records)
    return max(time.process_time() - begun, 1e-9)


def _peak_memory() -> float:
    # In kilobytes on Linux, in bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE
