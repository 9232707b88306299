"""No text, however made, is read in more than linear time. The processor's time is compared with itself alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from structurer.evaluation.growth import UNITS, Part, finders, growths, whole
from structurer.evaluation.reader_growth import READER_UNITS, readers

# The square of the length would be 16 times as much; what else the machine does is below the rest.
TIMES, LIMIT = 4, 12
# `structurer growth` takes all of the units.
SOME_UNITS = (*UNITS[::9], "1, 2, 3 ", "n=5, ", "(")


def too_fast(parts: Mapping[str, Part], units: tuple[str, ...], length: int) -> set[tuple[str, str]]:
    """The (part, unit) pairs that grow beyond the limit in each of three measurements, at this length and at others.

    A text that is called findings only from some length on makes one step, and grows no faster on either side of it.
    """
    return {
        (grown.part, grown.unit)
        for grown in growths(parts, units, length, TIMES)
        if grown.ratio >= LIMIT
        and all(
            again.ratio >= LIMIT
            for longer in (length * 2, length * 4)
            for again in growths({grown.part: parts[grown.part]}, [grown.unit], longer, TIMES)
        )
    }


def test_the_finders() -> None:
    assert too_fast(finders(), UNITS[::5], 1000) == set()


def test_a_whole_record() -> None:
    assert too_fast(whole(), SOME_UNITS, 3500) == set()


def test_the_readers(tmp_path: Path) -> None:
    assert too_fast(readers(tmp_path), READER_UNITS[::9], 3000) == set()


@pytest.mark.parametrize(("power", "found"), [(1, False), (3, True)])
def test_what_grows_too_fast_is_found(power: int, found: bool) -> None:
    def count(text: str) -> int:
        return sum(1 for _ in range(20_000 * (len(text) // 1000) ** power))

    assert bool(too_fast({"count": count}, ("a",), 1000)) == found
