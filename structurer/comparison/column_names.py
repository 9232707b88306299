"""Which column of a second reader's table is which of ours, by the names that extraction sheets give them.

A field is a column of ours, or several of ours in one cell: `ci` (both limits), `estimate_ci` ("0.72 (0.60-0.86)"),
`p` ("<0.001"), `events_n` ("12/100"), `events_percent` ("12 (12%)") and `mean_sd` ("3.1 (1.2)"). What a sheet has for
both groups in one row is a field with a number: `events_1` of the intervention, `events_2` of the comparator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from structurer.resources import load_vocabulary

# What names a record, and what names the place of a row in it: for lining up only.
RECORD_KEYS = ("record_id", "pmid", "doi", "title", "study")
PLACES = ("start", "end", "quote")
TEXTS = ("outcome", "timepoint", "intervention", "comparator", "arm")
CATEGORIES = ("section", "kind", "measure", "unit", "p_operator")
NUMBERS = ("estimate", "ci_level", "ci_low", "ci_high", "p_value", "events", "n", "percent", "sd", "yi", "sei")
OF_STUDY = ("n_total", "registry_ids")
# What is compared of one row, in the order of the results.
OF_ROW = ("section", "kind", *TEXTS, "measure", "estimate", "unit", *NUMBERS[1:4], "p_operator", *NUMBERS[4:])
JOINT: Mapping[str, tuple[str, ...]] = {
    "ci": ("ci_level", "ci_low", "ci_high"),
    "estimate_ci": ("estimate", "ci_level", "ci_low", "ci_high"),
    "p": ("p_operator", "p_value"),
    "events_n": ("events", "n", "percent"),
    "events_percent": ("events", "percent"),
    "mean_sd": ("estimate", "sd"),
}
# The numbers of one group where a row has both: the field, and which group.
OF_GROUP: Mapping[str, tuple[str, int]] = {
    f"{name}_{group}": (name, group)
    for name in ("events", "n", "percent", "estimate", "sd", "events_n", "events_percent", "mean_sd")
    for group in (1, 2)
}
FIELDS = (*RECORD_KEYS, *PLACES, *OF_ROW, *OF_STUDY, *JOINT, *OF_GROUP)
_GROUP_NAMES = {1: "intervention", 2: "comparator"}
# What the row of one group has in common with the whole row.
_SHARED = frozenset({*RECORD_KEYS, "outcome", "timepoint"})
HEADER_WITHIN = 10
_SIGNS = "/%±"
# An interval of any level goes by the names of that at 95%.
_LEVEL = re.compile(r"\d{2}%(?=ci|confidence)")
# What a joint cell may hold besides, but need not.
_OPTIONAL = {"ci": {"ci_level"}, "estimate_ci": {"ci_level"}, "events_n": {"percent"}}


@dataclass(frozen=True, slots=True)
class Named:
    """One column: its place in the sheet, its name there, our field, and the effect measure that the name tells."""

    place: int
    name: str
    field: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a sheet: its row counted from 0, the columns that are known, and the names of the others."""

    row: int
    known: tuple[Named, ...]
    unknown: tuple[str, ...]

    @property
    def parts(self) -> tuple[tuple[Named, ...], ...]:
        """The columns that make one row of ours each: those of the comparison, and those of each group."""
        whole = tuple(column for column in self.known if column.field not in OF_GROUP)
        found = [whole]
        for group, name in _GROUP_NAMES.items():
            own = [column for column in self.known if OF_GROUP.get(column.field, ("", 0))[1] == group]
            if own:
                part = [column for column in whole if column.field in _SHARED]
                part += [replace(column, field="arm") for column in whole if column.field == name]
                found.append((*part, *(replace(column, field=OF_GROUP[column.field][0]) for column in own)))
        return tuple(found)

    @property
    def compared(self) -> frozenset[str]:
        """Our columns that this sheet can be compared in."""
        return frozenset().union(*(compared_in(part) for part in self.parts))


def compared_in(part: Sequence[Named]) -> frozenset[str]:
    """Our columns that rows of these columns can be compared in."""
    found = {column.field for column in part}
    found |= {name for field in found for name in JOINT.get(field, ()) if name not in _OPTIONAL.get(field, ())}
    if "p_value" in found:
        found.add("p_operator")
    if any(column.measure for column in part):
        found.add("measure")
    return frozenset(found & {*OF_ROW, *OF_STUDY})


def find_columns(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> Columns | None:
    """The columns of a sheet whose first rows are `rows`; None where no row names a record and something to compare.

    `mapping` gives the name of their column for a field of ours, and then decides alone.
    """
    best: Columns | None = None
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        found = _columns(number, row, mapping)
        fields = {column.field for column in found.known}
        if not fields & {*RECORD_KEYS, "registry_ids"} or not found.compared or not set(mapping) <= fields:
            continue
        if best is None or len(found.known) > len(best.known):
            best = found
    return best


def key_of(name: str) -> str:
    """A column's name without case, spaces and most signs.

    >>> key_of(" Events / N "), key_of("n (%)")
    ('events/n', 'n%')
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum() or sign in _SIGNS)


def alias_of(name: str) -> tuple[str, str | None, int] | None:
    """The field, the measure and the rank that a column's name tells; None where it is not known.

    >>> alias_of("Hazard Ratio (95% CI)")[:2], alias_of("Reviewer's mood")
    (('estimate_ci', 'HR'), None)
    """
    return _aliases().get(_LEVEL.sub("95%", key_of(name)))


def _columns(number: int, row: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    chosen = {key_of(column): field for field, column in mapping.items()}
    exact = {column.strip(): field for field, column in mapping.items()}
    ranked: list[tuple[int, Named]] = []
    unknown = []
    for place, name in enumerate(row):
        field = exact.get(name.strip()) or chosen.get(key_of(name))
        alias = alias_of(name)
        if field:
            ranked.append((-1, Named(place, name, field)))
        elif alias and alias[0] not in mapping:
            ranked.append((alias[2], Named(place, name, alias[0], alias[1])))
        elif name.strip():
            unknown.append(name.strip())
    ranked.sort(key=lambda found: (found[0], found[1].place))
    return Columns(number, tuple(named for _, named in ranked), tuple(unknown))


@cache
def _aliases() -> dict[str, tuple[str, str | None, int]]:
    rows = load_vocabulary("comparison_columns", ("field", "column", "measure"))
    return {key_of(row["column"]): (row["field"], row["measure"] or None, rank) for rank, row in enumerate(rows)}
