"""A text far longer than any abstract is read in pieces, so that no search in one can take the square of its length.

A thesis in the abstract's column, or a file made to be slow, then costs as much a character as an abstract does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from structurer.contrasts import Contrast
from structurer.schema import Record, SourceSection, TrialReport

# Journals end abstracts at 500 words; the longest of the databases have 15,000 characters.
LONGEST_PIECE = 20_000
_OFFSETS = frozenset({"start", "end", "body"})
_LISTS = ("sections", "registry_ids", "p_values", "effects", "arm_values", "sample_sizes", "flags")

_Item = TypeVar("_Item")


def cut(record: Record, longest: int = LONGEST_PIECE) -> Iterator[tuple[int, Record]]:
    """The (offset, record) of each piece of a record's abstract: whole where it is short, else cut at white space.

    >>> [(at, piece.abstract) for at, piece in cut(Record(record_id="1", abstract="We saw. They won."), 8)]
    [(0, 'We saw. '), (8, 'They '), (13, 'won.')]
    """
    text = record.abstract or ""
    begin = 0
    while len(text) - begin > longest:
        low, high = begin + longest // 2, begin + longest
        stop = max(text.rfind(". ", low, high) + 2, text.rfind("\n", low, high) + 1)
        stop = stop if stop > low else max(text.rfind(" ", low, high) + 1, 0)
        stop = stop if stop > low else high
        yield begin, replace(record, abstract=text[begin:stop], sections=_within(record.sections, begin, stop))
        begin = stop
    if begin:
        yield begin, replace(record, abstract=text[begin:], sections=_within(record.sections, begin, len(text)))
    else:
        yield 0, record


def joined(record: Record, pieces: Sequence[tuple[int, TrialReport]]) -> TrialReport:
    """One report on `record` from those on its pieces, each with its offset; what is said once is the first piece's."""
    lists = {name: tuple(moved(item, at) for at, part in pieces for item in getattr(part, name)) for name in _LISTS}
    counted = next((part for _, part in pieces if part.n_total is not None), None)
    arms = {arm.label: arm for _, part in reversed(pieces) for arm in reversed(part.arms)}
    return TrialReport(
        record=record,
        **lists,
        n_total=counted.n_total if counted else None,
        n_total_role=counted.n_total_role if counted else None,
        arms=tuple(reversed(arms.values())),
        abbreviations={short: long for _, part in reversed(pieces) for short, long in part.abbreviations.items()},
        contrasts=_renumbered(pieces),
        derived=tuple(
            replace(cell, value_index=cell.value_index + before)
            for before, part in zip(_before(pieces, "arm_values"), _parts(pieces), strict=True)
            for cell in part.derived
        ),
        error=next((part.error for _, part in pieces if part.error is not None), None),
    )


def _parts(pieces: Sequence[tuple[int, TrialReport]]) -> list[TrialReport]:
    return [part for _, part in pieces]


def _before(pieces: Sequence[tuple[int, TrialReport]], name: str) -> list[int]:
    """How many of the items of that name stand in the pieces before each piece."""
    counts = [len(getattr(part, name)) for part in _parts(pieces)]
    return [sum(counts[:i]) for i in range(len(counts))]


def _renumbered(pieces: Sequence[tuple[int, TrialReport]]) -> tuple[Contrast, ...]:
    """The contrasts of all pieces, values and effects counted through."""
    starts = zip(_before(pieces, "arm_values"), _before(pieces, "effects"), _parts(pieces), strict=True)
    return tuple(
        replace(
            contrast,
            values=(contrast.values[0] + values, contrast.values[1] + values),
            effects=tuple(i + effects for i in contrast.effects),
        )
        for values, effects, part in starts
        for contrast in part.contrasts
    )


def moved(item: _Item, by: int) -> _Item:
    """`item` and all that it holds, every offset `by` characters further."""
    if isinstance(item, tuple):
        return type(item)(moved(part, by) for part in item)
    if not is_dataclass(item) or isinstance(item, type):
        return item
    values: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        # An arm value's `end` is an offset and its `low` is none: the names tell.
        values[field.name] = value + by if field.name in _OFFSETS and isinstance(value, int) else moved(value, by)
    return type(item)(**values)


def _within(sections: Sequence[SourceSection], begin: int, stop: int) -> tuple[SourceSection, ...]:
    """The labelled sections as far as they lie in a piece, offsets counted from where it begins."""
    return tuple(
        SourceSection(
            section.heading if section.start >= begin else "",
            max(section.start, begin) - begin,
            min(section.end, stop) - begin,
            min(max(section.body, section.start, begin), stop) - begin,
        )
        for section in sections
        if section.start < stop and section.end > begin
    )
