"""The names of the groups that all counts of a text are of; two counts side by side share out two names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arms.dosed_names import by_dose
from structurer.linking.arms.names import Span, trimmed
from structurer.linking.arms.size_names import AFTER, name_beside
from structurer.schema import SampleSize
from structurer.text.reading import Reading


def names_beside(reading: Reading, sizes: Sequence[SampleSize]) -> list[Span | None]:
    """`name_beside` for each of `sizes`, in their order; `A and B ... to X and Y, respectively` is untangled."""
    # The arms are found by them, and then the sizes are told to the arms.
    return list(reading.once("names beside", tuple(sizes), lambda: _names_beside(reading, sizes)))


def _names_beside(reading: Reading, sizes: Sequence[SampleSize]) -> list[Span | None]:
    names: list[Span | None] = []
    ended = 0
    for i, size in enumerate(sizes):
        span = name_beside(reading, size, ended)
        following = sizes[i + 1] if i + 1 < len(sizes) else None
        if following is not None and _is_pair(reading, size, following):
            names.append(None)
        elif i and _is_pair(reading, sizes[i - 1], size):
            first, second = _pair_names(reading, size)
            names[-1] = first
            names.append(second if second else span)
        else:
            names.append(span)
        ended = size.end
    return by_dose(reading.norm, names)


_PAIR_JOINT = re.compile(r"(?: (?:patients|participants|women|men|subjects|children))?,? (?:and|versus|vs\.?) ")


def _is_pair(reading: Reading, first: SampleSize, second: SampleSize) -> bool:
    return bool(_PAIR_JOINT.fullmatch(reading.lower, first.end, second.start))


def _pair_names(reading: Reading, second: SampleSize) -> tuple[Span | None, Span | None]:
    """The two names after a pair of counts: `... were randomised to X and Y (groups), respectively`."""
    text, lower = reading.norm, reading.lower
    _, stop = reading.sentence_at(second.start)
    lead = AFTER.match(lower, second.end, stop)
    if lead is None:
        return None, None
    finish = re.search(r"[;.()]|,? respectively|, (?!and)| (?:groups?|arms?)(?![a-z])", lower[lead.end() : stop])
    close = lead.end() + finish.start() if finish else min(stop, lead.end() + 120)
    joint = re.search(r",? (?:and|or|versus|vs\.?) (?:to )?", lower[lead.end() : close])
    if joint is None:
        return None, None
    return trimmed(text, lead.end(), lead.end() + joint.start()), trimmed(text, lead.end() + joint.end(), close)
