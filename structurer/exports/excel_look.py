"""How a workbook looks: widths, colours, what is folded away, and the formats of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

# The order of the sheets: what an analyst works in, then how to read it, then the tables for checking.
FIRST_SHEETS = ("results", "studies", "sections", "problems")
READ_ME = "Read me"
# The name of each table's sheet, where it is not the table's own with a capital.
_SHEETS = {
    "sample_sizes": "Sample sizes",
    "p_values": "P-values",
    "registry_ids": "Registry IDs",
    "arm_values": "Arm values",
}
# Columns wider or narrower than the rest, in characters.
WIDTHS = {
    **dict.fromkeys(("sentence", "message"), 80),
    **dict.fromkeys(("title", "text"), 60),
    **dict.fromkeys(("quote", "arms", "sections", "url"), 40),
    **dict.fromkeys(("flags",), 28),
    **dict.fromkeys(("study", "outcome", "note"), 26),
    **dict.fromkeys(("registry_ids", "corrected"), 24),
    **dict.fromkeys(("problem", "journal", "file"), 22),
    **dict.fromkeys(("intervention", "comparator", "arm", "verdict"), 17),
    **dict.fromkeys(("record_id", "label", "heading", "timepoint", "measure", "n_total_role", "sample_sizes"), 13),
    **dict.fromkeys(("estimate", "ci_low", "ci_high", "ci_level", "p_value", "percent", "unit", "section"), 10),
    **dict.fromkeys(("kind", "events", "n", "sd"), 9),
    "doi": 26,
    "p_operator": 11,
}
# A whole section is longer than the words of a mention.
_WIDTHS_OF_TABLE = {("sections", "text"): 110}
# Columns whose text may take more than one line.
WRAPPED = frozenset(
    {"outcome", "timepoint", "intervention", "comparator", "arm", "unit", "flags", "sentence", "title", "arms"}
    | {"message", "note", "corrected", "sections", "text", "journal", "file", "registry_ids"}
)
# Texts that stand at the right of a number, and would stand close to it.
_INDENTED = frozenset({"unit", "n_total_role"})
_CENTRED = frozenset({"p_operator", "verdict"})
# The highest row that a spreadsheet knows has 409 points.
_LINE, _MOST_LINES = 15, 27
WIDTH = 11
# Columns of the results that are wanted now and then: folded away, a click on the + above them shows them.
FOLDED = frozenset(
    {"doi", "study", "section", "ci_level", "yi", "sei", "n_total", "registry_ids", "quote", "start", "end", "rule"}
)
# What stays in sight of a table when a person goes to the right: all columns up to this one.
_KEPT_IN_SIGHT = {"results": "outcome"}
REVIEWER = ("verdict", "corrected", "reviewer", "note")

# Dark enough for white letters, and light enough for black ones: contrast 7 to 1 and more.
_HEADERS = {"ours": "#1F3864", "reviewer": "#7F4F00", "own": "#375623"}
_INPUT = "#FFF8E1"
_WARNING = {"bg_color": "#FCE4D6", "font_color": "#8A1C00"}
_VERDICTS = {
    "correct": {"bg_color": "#E2F0D9", "font_color": "#1E4D0F"},
    "wrong": {"bg_color": "#F8CBAD", "font_color": "#6B1300"},
    "partly": {"bg_color": "#FFE699", "font_color": "#5C4400"},
    "not an effect": {"bg_color": "#E0E0E0", "font_color": "#333333"},
}


def sheet_name(table: str) -> str:
    """The name of the sheet that holds `table`.

    >>> sheet_name("results"), sheet_name("p_values")
    ('Results', 'P-values')
    """
    return _SHEETS.get(table, table.capitalize())


def sheet_order(tables: Iterable[str]) -> list[str]:
    """The tables, and READ_ME among them, in the order of their sheets.

    >>> sheet_order(["results", "p_values", "problems"])
    ['results', 'problems', 'Read me', 'p_values']
    """
    given = list(tables)
    first = [*(table for table in FIRST_SHEETS if table in given), READ_ME]
    return first + [table for table in given if table not in first]


def columns_in_sight(table: str, names: list[str]) -> int:
    """How many columns at the left stay where they are.

    >>> columns_in_sight("studies", ["record_id", "pmid"]), columns_in_sight("results", ["record_id", "outcome", "n"])
    (1, 2)
    """
    kept = _KEPT_IN_SIGHT.get(table)
    return names.index(kept) + 1 if kept in names else 1


def width_of(table: str, name: str) -> int:
    """The width of a column in characters.

    >>> width_of("results", "sentence"), width_of("p_values", "value")
    (80, 11)
    """
    return _WIDTHS_OF_TABLE.get((table, name)) or WIDTHS.get(name, WIDTH)


def row_height(table: str, texts: Iterable[tuple[str, Any]]) -> int:
    """The height in points at which all of a row's texts can be read; each comes with the name of its column.

    Programs differ in whether they fit the height of a row to its text when they open a file, so it is set.

    >>> row_height("results", [("outcome", "death"), ("sentence", "x" * 200)])
    45
    >>> row_height("results", [("n", "x" * 200)])
    15
    """
    lines = 1
    for name, text in texts:
        if name in WRAPPED and isinstance(text, str):
            # Words are not cut, so a line is not filled to its end.
            room = width_of(table, name)
            lines = max(lines, sum(max(1, ceil(len(line) / room)) for line in text.split("\n")))
    return _LINE * min(lines, _MOST_LINES)


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._numbers: dict[int | None, Any] = {}
        self.text = workbook.add_format({"valign": "top", "text_wrap": True})
        self.plain = workbook.add_format({"valign": "top"})
        self.centred = workbook.add_format({"valign": "top", "align": "center"})
        # Else a unit stands close to the number before it.
        self.indented = workbook.add_format({"valign": "top", "text_wrap": True, "align": "left", "indent": 1})
        self.bold = workbook.add_format({"bold": True})
        self.link = workbook.add_format(
            {"valign": "top", "font_color": "#0563C1", "underline": 1, "text_wrap": True, "align": "left", "indent": 1}
        )
        # As text, so that a spreadsheet does not make a date of 10/12, or 0.8 of 0.80.
        self.input = workbook.add_format(
            {"valign": "top", "text_wrap": True, "bg_color": _INPUT, "num_format": "@", "border": 4}
            | {"border_color": "#BFBFBF"}
        )
        self.headers = {
            whose: workbook.add_format(
                {"bold": True, "font_color": "#FFFFFF", "bg_color": colour, "valign": "top", "border": 1}
                | {"border_color": "#FFFFFF"}
            )
            for whose, colour in _HEADERS.items()
        }

    def of_text(self, name: str) -> Any:
        """The format of the texts of column `name`."""
        if name in _INDENTED:
            return self.indented
        return self.centred if name in _CENTRED else self.text if name in WRAPPED else self.plain

    def number(self, places: int | None) -> Any:
        """The format of a number with `places` decimals; None shows it as it is."""
        if places not in self._numbers:
            shape = "General" if places is None else "0" + "." * bool(places) + "0" * places
            self._numbers[places] = self._workbook.add_format({"valign": "top", "num_format": shape})
        return self._numbers[places]

    def mark_records(self, sheet: Any, last_row: int, last_column: int) -> None:
        """A line above each row whose first cell is not that of the row before, whatever the rows are sorted by."""
        line = self._workbook.add_format({"top": 1, "top_color": "#7F7F7F"})
        sheet.conditional_format(
            1, 0, last_row, last_column, {"type": "formula", "criteria": "=$A2<>$A1", "format": line}
        )

    def mark_flags(self, sheet: Any, last_row: int, place: int) -> None:
        """The cells of column `place` that are not empty, in colour."""
        warning = self._workbook.add_format(_WARNING)
        sheet.conditional_format(1, place, last_row, place, {"type": "no_blanks", "format": warning})

    def mark_verdicts(self, sheet: Any, last_row: int, place: int) -> None:
        """Each verdict of column `place` in a colour of its own."""
        for verdict, colours in _VERDICTS.items():
            look = {"type": "cell", "criteria": "==", "value": f'"{verdict}"'}
            sheet.conditional_format(1, place, last_row, place, {**look, "format": self._workbook.add_format(colours)})
