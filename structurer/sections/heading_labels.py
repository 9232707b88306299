"""Which section a printed heading opens, by the vocabulary of headings."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from structurer.resources import load_vocabulary
from structurer.schema import SectionLabel
from structurer.text.normalise import normalise


class Match(IntEnum):
    """How well a printed heading is known, the best last."""

    MISPRINT = 1  # one or two letters from a heading of the vocabulary
    CUE = 2  # one of its words is a cue
    COVERED = 3  # all of its words are cues or connect them
    WHOLE = 4  # in the vocabulary as it stands


class HeadingLabel(NamedTuple):
    """What a heading says: its label (None for words that head no section), the vocabulary row, and how it matched."""

    label: SectionLabel | None
    rule: str
    match: Match


Key = tuple[str, ...]

_WORD = re.compile(r"[a-z]+(?:[.'][a-z]+)*")
# Words that join or qualify the cues of a heading and say nothing of its section; "in", "for" and the like make a
# phrase of a sentence ("Outcomes in patients: ...").
_CONNECTING = frozenset(
    """of the or s study studies trial trials main primary secondary key principal major clinical research number
    numbers no other current data information used general overall final""".split()
)
# A heading that joins two sections goes with the part that holds the numbers; registration and funding never do.
_RANK = (
    SectionLabel.REGISTRATION,
    SectionLabel.FUNDING,
    SectionLabel.FINDINGS,
    SectionLabel.INTERPRETATION,
    SectionLabel.METHODS,
    SectionLabel.BACKGROUND,
)
# Misprints are looked for only in headings of one word or two, of at least this many letters.
_SHORTEST_MISPRINT = 5


def heading_key(heading: str) -> Key:
    """The words of a heading, without `and`, signs and case: what the vocabulary is looked up by.

    >>> heading_key("Design, Setting & Participants")
    ('design', 'setting', 'participants')
    """
    words = _WORD.findall(normalise(heading).lower().replace("(s)", ""))
    return tuple(word for word in words if word != "and")


@cache
def _vocabulary() -> tuple[dict[Key, HeadingLabel], tuple[tuple[str, HeadingLabel], ...], dict[int, list[str]]]:
    """Whole headings by key, cue words with their labels, and the single words that misprints are compared with."""
    whole: dict[Key, HeadingLabel] = {}
    cues: list[tuple[str, HeadingLabel]] = []
    for row in load_vocabulary("section_headings", ("heading", "match", "label")):
        label = SectionLabel(row["label"]) if row["label"] else None
        if row["match"] == "whole":
            whole[heading_key(row["heading"])] = HeadingLabel(label, row["id"], Match.WHOLE)
        else:
            cues.append((row["heading"], HeadingLabel(label, row["id"], Match.CUE)))
    by_length: dict[int, list[str]] = {}
    for key in whole:
        printed = " ".join(key)
        if len(key) <= 4 and len(printed) >= _SHORTEST_MISPRINT:
            by_length.setdefault(len(printed), []).append(printed)
    return whole, tuple(cues), by_length


@cache
def first_words() -> frozenset[str]:
    """The words that a heading of the vocabulary can begin with, in small letters: no other word need be looked at."""
    whole, cues, _ = _vocabulary()
    return frozenset(key[0] for key in whole) | frozenset(stem for stem, _ in cues)


def known_heading(heading: str) -> HeadingLabel | None:
    """The vocabulary's own row for `heading`, or None where it has none."""
    return _vocabulary()[0].get(heading_key(heading))


def label_heading(heading: str, *, misprints: bool = True) -> HeadingLabel | None:
    """What section `heading` opens, or None where no row of the vocabulary and none of its words can tell.

    >>> label_heading("DESIGN, SETTING, AND PARTICIPANTS").label
    <SectionLabel.METHODS: 'METHODS'>
    >>> label_heading("Methods/Results").label
    <SectionLabel.FINDINGS: 'FINDINGS'>
    """
    key = heading_key(heading)
    whole, cues, _ = _vocabulary()
    if not key:
        return None
    if key in whole:
        return whole[key]
    best: dict[SectionLabel, HeadingLabel] = {}
    covered = True
    for word in key:
        found = next((cue for stem, cue in cues if word.startswith(stem)), None)
        if found is None:
            covered = covered and word in _CONNECTING
        elif found.label is not None:
            best.setdefault(found.label, found)
    ranked = next((best[label] for label in _RANK if label in best), None)
    if ranked is None:
        return _label_misprint(key) if misprints else None
    return ranked._replace(match=Match.COVERED) if covered else ranked


def _label_misprint(key: Key) -> HeadingLabel | None:
    printed = " ".join(key)
    if not _SHORTEST_MISPRINT <= len(printed) <= 40:
        return None
    whole, _, by_length = _vocabulary()
    allowed = 1 if len(printed) < 8 else 2
    nearest: tuple[int, str] | None = None
    for length in range(len(printed) - allowed, len(printed) + allowed + 1):
        for candidate in by_length.get(length, ()):
            if candidate[0] != printed[0]:
                continue
            distance = edit_distance(printed, candidate, allowed)
            if distance <= allowed and (nearest is None or distance < nearest[0]):
                nearest = (distance, candidate)
    if nearest is None:
        return None
    return whole[tuple(nearest[1].split())]._replace(match=Match.MISPRINT)


def edit_distance(a: str, b: str, most: int) -> int:
    """Letters to put in, leave out, exchange or swap with a neighbour to turn `a` into `b`; `most` + 1 if more.

    >>> edit_distance("methodds", "methods", 2), edit_distance("bakcground", "background", 2)
    (1, 1)
    >>> edit_distance("abc", "xyz", 2)
    3
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
