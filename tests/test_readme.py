"""The README says what the code says. Its examples run as doctests; here are its tables."""

from __future__ import annotations

import re
from pathlib import Path

import structurer
from structurer.exports import TABLE_EXTENSIONS
from structurer.tables.columns import TABLES, columns

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def rows_under(header: str) -> list[list[str]]:
    """The cells of the Markdown table that begins with `header`."""
    lines = README[README.index(header) :].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def test_it_lists_the_columns_of_the_results_with_their_meanings_in_order() -> None:
    listed = rows_under("| column | meaning |")
    assert listed == [[f"`{column.name}`", column.meaning] for column in columns("results")]


def test_it_names_every_table_in_order() -> None:
    named = [name for row in rows_under("| table | one row is |") for name in re.findall(r"`(\w+)`", row[0])]
    assert named == list(TABLES)


def test_it_promises_exactly_the_public_names() -> None:
    sentence = README[README.index("Eight names are promised") :].split(". ", 1)[0]
    assert sorted(re.findall(r"`(\w+)`", sentence)) == sorted(structurer.__all__)


def test_it_names_every_format_of_the_output() -> None:
    sentence = README[README.index("The format of the output follows its name") :].split("Progress", 1)[0]
    assert {*TABLE_EXTENSIONS, ".jsonl"} <= set(re.findall(r"`(\.\w+)`", sentence))


def test_the_second_command_installs_an_extra_that_exists() -> None:
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    for extra in re.findall(r'"\.\[(\w+)\]"', README):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), extra
