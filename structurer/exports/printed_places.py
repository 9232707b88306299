"""With how many decimal places a number was printed: 0.80 is 0.80 and not 0.8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from structurer.text.normalise import normalise
from structurer.text.numerals import NUMBER, parse_number, places

_PRINTED = re.compile(NUMBER, re.VERBOSE)
# More places than a person reads: such a number shows as the program that opens the file likes.
_MOST_PLACES = 10


def printed_places(numbers: Sequence[float | None], passages: Iterable[str]) -> list[int | None]:
    """The decimal places of each of `numbers` (of one row) as the `passages` print them, the nearest passage first.

    Each printed number serves once, in the order of the text, so that of 0.8 (0.80 to 0.90) the first has one place.
    A number is never given fewer places than it has. None for a missing number, and for one with too many places.

    >>> printed_places([0.8, 0.6, 1.1, None], ["HR 0·80 (95% CI 0·60–1·10)"])
    [2, 2, 2, None]
    >>> printed_places([-7.0, 0.0001, 20211.0], ["-7.0 kg", "of 20 211 people, p<0.0001"])
    [1, 4, 0]
    """
    wanted = [None if number is None else abs(number) for number in numbers]
    found: list[int | None] = [None] * len(wanted)
    for passage in passages:
        open_places = [at for at, number in enumerate(wanted) if number is not None and found[at] is None]
        if not open_places:
            break
        printed = _numbers(passage)
        spare = list(printed)
        for at in open_places:
            match = next((one for one in spare if one[0] == wanted[at]), None)
            if match is not None:
                spare.remove(match)
            else:
                match = next((one for one in printed if one[0] == wanted[at]), None)
            if match is not None:
                found[at] = match[1]
    return [_shown(number, printed_as) for number, printed_as in zip(wanted, found, strict=True)]


def _numbers(passage: str) -> list[tuple[float, int]]:
    numbers = (parse_number(match.group()) for match in _PRINTED.finditer(normalise(passage)))
    return [(float(number), places(number)) for number in numbers if number is not None]


def _shown(number: float | None, printed_as: int | None) -> int | None:
    if number is None:
        return None
    needed = places(Decimal(repr(float(number))).normalize())
    shown = max(needed, printed_as or 0)
    return shown if shown <= _MOST_PLACES else None
