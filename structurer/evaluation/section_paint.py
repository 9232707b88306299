"""Sections by character: which label each character of an abstract stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Starts = list[tuple[str | None, int]]


def gold_starts(sections: Iterable[Sequence[str]], text: str) -> Starts:
    """The label and the offset of each gold section [label, heading, first words], in text order.

    A section whose words are not in the text after the section before it is passed over.
    """
    starts: Starts = []
    cursor = 0
    for label, heading, first in sections:
        found = _place(heading.split() + first.split(), text, cursor) or _place(first.split(), text, cursor)
        if found is None:
            continue
        # The signs between two sections count with the later one, the white space before them does not.
        starts.append((label, found.start() + len(found.group()) - len(found.group().lstrip())))
        cursor = found.start() + 1
    return starts


def labels_by_character(starts: Starts, length: int) -> list[str | None]:
    """The label of each of `length` characters; None before the first section. What lies beyond the text is nothing.

    >>> labels_by_character([("METHODS", 1), ("FINDINGS", 3)], 4)
    [None, 'METHODS', 'METHODS', 'FINDINGS']
    """
    labels: list[str | None] = [None] * length
    for place, (label, start) in enumerate(starts):
        stop = min(starts[place + 1][1], length) if place + 1 < len(starts) else length
        labels[start:stop] = [label] * (stop - start)
    return labels


def _place(words: list[str], text: str, cursor: int) -> re.Match[str] | None:
    if not words:
        return None
    return re.compile(r"\W*?".join(["", *map(re.escape, words)])).search(text, cursor)
