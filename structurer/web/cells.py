"""The cells of a row as the page shows them, and what may be typed into each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from structurer.report.rows import Row
from structurer.review.missing import number_of
from structurer.schema import EffectMeasure

LABELS = {
    "outcome": "outcome",
    "timepoint": "time point",
    "intervention": "intervention",
    "comparator": "comparator",
    "arm": "arm",
    "measure": "measure",
    "estimate": "estimate",
    "unit": "unit",
    "ci_level": "CI level",
    "ci_low": "CI low",
    "ci_high": "CI high",
    "p_operator": "p sign",
    "p_value": "p",
    "events": "events",
    "n": "n",
    "percent": "per cent",
    "sd": "SD",
    "se": "SE",
    "q1": "Q1",
    "q3": "Q3",
    "low": "lowest",
    "high": "highest",
}
WHOLE = ("events", "n")
NUMBERS = ("estimate", "ci_level", "ci_low", "ci_high", "p_value", "percent", "sd", *WHOLE)
OPERATORS = ("=", "<", ">", "<=", ">=", "NS")
LONGEST = 500

_EFFECT = ("measure", "estimate", "unit", "ci_low", "ci_high", "ci_level", "p_operator", "p_value")
_VALUES = {
    "events": ("events", "n", "percent"),
    "percent": ("percent", "events", "n"),
    "mean": ("estimate", "unit", "sd", "n"),
    "median": ("estimate", "unit", "n"),
    "rate": ("estimate", "unit", "events", "n"),
}
_SPREADS = ("sd", "se", "q1", "q3", "low", "high")
# What a page need not offer to correct in every row: rarely printed, and in the way where it is not.
_ONLY_IF_PRINTED = ("unit", "ci_level", "p_operator", *_SPREADS)


_SIGNED = re.compile(r"(?P<sign>[<>]=?|=|NS\Z) ?(?P<value>[^<>=]*)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what the program read (`machine`), what the reviewer put in its place, and where its words stand.

    `corrected` is None where nothing was corrected, "" where the cell should be empty. `mark` is the id of the words
    in the abstract. Cells that are not `editable` belong to no column of the table of results.
    """

    column: str
    label: str
    machine: str
    corrected: str | None
    mark: str | None
    editable: bool = True

    @property
    def text(self) -> str:
        """What holds now."""
        return self.machine if self.corrected is None else self.corrected


def cells_of(row: Row, corrected: Mapping[str, str]) -> tuple[list[Cell], list[Cell]]:
    """The cells of `row` with numbers, and those with words, in the order in which they are read."""
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    if row.kind == "effect":
        numbers = _EFFECT
        one_group = "arm" in row.cells or "arm" in corrected
        words = ("outcome", "arm") if one_group else ("outcome", "intervention", "comparator")
    else:
        numbers = tuple(dict.fromkeys((*_VALUES[row.kind], *_SPREADS)))
        words = ("outcome", "arm")
    words = (*words, "timepoint")
    # A correction of whatever column is always to be seen.
    words = (*words, *(name for name in corrected if name in LABELS and name not in (*numbers, *words)))

    def cell(column: str) -> Cell:
        editable = column not in _SPREADS or column == "sd"
        mark = row.marks.get(column, row.mark)
        return Cell(column, LABELS[column], row.cells.get(column, ""), corrected.get(column), mark, editable)

    def wanted(column: str) -> bool:
        usual = column not in _ONLY_IF_PRINTED or (column == "sd" and row.kind == "mean")
        return usual or column in row.cells or column in corrected

    shown = [name for name in numbers if wanted(name)]
    return [cell(name) for name in shown], [cell(name) for name in words]


def refusal(column: str, value: str) -> str | None:
    """Why `value` cannot stand in `column`, in words for a person; None where it can.

    >>> refusal("estimate", "0.72"), refusal("n", "1.5"), refusal("outcome", "death")
    (None, 'n must be a whole number, as 120', None)
    """
    if column not in LABELS:
        return f"there is no column {column!r}"
    if len(value) > LONGEST:
        return f"{LABELS[column]} is longer than {LONGEST} characters"
    if not value:
        return None
    if column in NUMBERS:
        number = number_of(value)
        if column in WHOLE and (number is None or number < 0 or not number.is_integer()):
            return f"{LABELS[column]} must be a whole number, as 120"
        if number is None:
            return f"{LABELS[column]} must be a number, as 0.72 or -1.4 (1200 without a comma)"
    elif column == "p_operator" and value not in OPERATORS:
        return f"p sign must be one of {' '.join(OPERATORS)}"
    elif column == "measure" and value not in EffectMeasure.__members__:
        return f"measure must be one of {', '.join(EffectMeasure.__members__)}"
    return None


def p_value_cells(value: str) -> dict[str, str]:
    """The cells that a p-value typed with its sign fills; of a number alone, only that of the number.

    >>> p_value_cells("< 0,001"), p_value_cells("NS"), p_value_cells("0.03")
    ({'p_operator': '<', 'p_value': '0.001'}, {'p_operator': 'NS', 'p_value': ''}, {'p_value': '0.03'})
    """
    found = _SIGNED.match(tidy("p_operator", value))
    if found is None:
        return {"p_value": value}
    return {"p_operator": found["sign"].upper(), "p_value": tidy("p_value", found["value"])}


def same_text(column: str, first: str, second: str) -> bool:
    """Whether two texts of a cell say the same: numbers as numbers, words up to blanks.

    >>> same_text("estimate", "0.80", "0.8"), same_text("outcome", "Death", "death")
    (True, False)
    """
    if column in NUMBERS and first and second:
        return number_of(first) == number_of(second)
    return first.split() == second.split()


def tidy(column: str, value: str) -> str:
    """`value` as it is kept: a number with a point and a plain minus, words without blanks at their ends.

    >>> tidy("estimate", "\\u22120,72 "), tidy("measure", "hr")
    ('-0.72', 'HR')
    """
    value = " ".join(value.split())
    if column == "measure" or (column == "p_operator" and value.lower() == "ns"):
        return value.upper()
    if column == "p_operator":
        return value.replace("\u2264", "<=").replace("\u2265", ">=")
    if column in NUMBERS and number_of(value) is not None:
        from structurer.text.normalise import normalise

        return normalise(value).replace(",", ".")
    return value
