"""The law of comparing: of a damaged copy of our own table, every damaged cell and row is found, and no other."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structurer.comparison.column_names import NUMBERS, PLACES
from structurer.comparison.findings import Comparison, Found, compare
from structurer.comparison.ours import our_records
from structurer.comparison.sheet import read_sheet
from structurer.exports.delimited import number_text
from structurer.exports.reading_back import Output
from structurer.pipeline import extract
from structurer.readers import read_records
from structurer.resources import load_vocabulary
from structurer.tables.columns import columns
from structurer.tables.frames import to_tables

SAMPLE = Path(__file__).parents[2] / "data" / "sample.nbib"
# Eight trials of the sample, which have effects, counts, means and medians.
TRIALS = 8
Row = dict[str, str]


@cache
def ours() -> Output:
    """The tables of the first trials of the sample."""
    records = [record for record, _ in zip(read_records(SAMPLE), range(TRIALS), strict=False)]
    reports = list(extract(records))
    return Output(to_tables(reports), reports)


def copied() -> list[Row]:
    """Our results as a person would have them in a sheet: texts and printed numbers."""
    frame = ours().frames["results"]
    kinds = {column.name: column.dtype for column in columns("results")}
    return [
        {
            str(name): "" if pd.isna(cell) else str(cell) if kinds[str(name)] == "str" else number_text(cell)
            for name, cell in row.items()
        }
        for row in frame.to_dict("records")
    ]


@dataclass(frozen=True)
class Damage:
    """What was done to the copy: cells by our row (from 1) and column, rows taken away, outcomes of rows added."""

    cells: frozenset[tuple[int, str]]
    removed: frozenset[int]
    added: frozenset[str]


def another_digit(number: str, chance: random.Random) -> str:
    """`number` with one of its first ten digits changed: behind those a sheet itself may round."""
    places = [place for place, sign in enumerate(number) if sign.isdigit()][:10]
    while True:
        place = chance.choice(places)
        changed = number[:place] + chance.choice("0123456789") + number[place + 1 :]
        if Decimal(changed) != Decimal(number):
            return changed


def damage_row(row: Row, chance: random.Random, most: int) -> Iterator[str]:
    """Damage up to `most` numbers of `row`, and give the columns."""
    filled = [name for name in NUMBERS if row[name]]
    limits = row["ci_low"] and row["ci_high"]
    if limits and row["ci_low"] != row["ci_high"] and chance.random() < 0.3:
        row["ci_low"], row["ci_high"] = row["ci_high"], row["ci_low"]
        yield from ("ci_low", "ci_high")
        return
    for name in chance.sample(filled, chance.randint(1, min(most, len(filled)))):
        signed = name in ("estimate", "ci_low", "ci_high", "yi") and Decimal(row[name]) != 0
        if signed and chance.random() < 0.3:
            row[name] = row[name][1:] if row[name].startswith("-") else f"-{row[name]}"
        else:
            row[name] = another_digit(row[name], chance)
        yield name


def damage_copy(rows: list[Row], chance: random.Random, *, with_places: bool) -> tuple[list[Row], Damage]:
    """Damage some rows, take some away, add some, and mix them.

    Without the place in the abstract only one row of a record is damaged, and none is taken from that record: else
    nothing could tell which of two like rows is which.
    """
    of_record: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        of_record.setdefault(row["record_id"], []).append(place)
    records = list(of_record)
    chance.shuffle(records)
    cells: set[tuple[int, str]] = set()
    removed: set[int] = set()
    if with_places:
        hit = chance.sample(range(len(rows)), chance.randint(0, 9))
        removed = set(chance.sample(sorted(set(range(len(rows))) - set(hit)), chance.randint(0, 4)))
    else:
        half = len(records) // 2
        hit = [chance.choice(of_record[key]) for key in records[: chance.randint(0, half)]]
        removed = {chance.choice(of_record[key]) for key in records[half:][: chance.randint(0, 2)]}
    for place in hit:
        if any(rows[place][name] for name in NUMBERS):
            cells |= {(place + 1, name) for name in damage_row(rows[place], chance, 9 if with_places else 1)}
    added = [f"invented outcome {chance.randint(100, 999)} {number}" for number in range(chance.randint(0, 2))]
    kept = [row for place, row in enumerate(rows) if place not in removed]
    kept += [
        dict.fromkeys(rows[0], "")
        | {"record_id": chance.choice(records), "outcome": outcome, "estimate": str(chance.randint(10**6, 10**7))}
        for outcome in added
    ]
    chance.shuffle(kept)
    return kept, Damage(frozenset(cells), frozenset(place + 1 for place in removed), frozenset(added))


@cache
def other_names() -> dict[str, list[str]]:
    """Every name that extraction sheets have for each column of ours."""
    found: dict[str, list[str]] = {}
    for row in load_vocabulary("comparison_columns", ("field", "column", "measure")):
        if not row["measure"]:
            found.setdefault(row["field"], []).append(row["column"])
    return found


def compare_with(rows: list[Row], names: list[str], heads: list[str], folder: str, *, dialect: str) -> Comparison:
    file = Path(folder) / "mine.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream, delimiter=dialect)
        sheet.writerow(heads)
        sheet.writerows([row[name] for name in names] for row in rows)
    return compare(our_records(ours()), read_sheet(file))


@pytest.mark.parametrize("with_places", [True, False], ids=["with places", "without places"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), renamed=st.booleans(), dialect=st.sampled_from(",;\t"))
def test_every_damage_is_found_and_nothing_else(with_places: bool, seed: int, renamed: bool, dialect: str) -> None:
    chance = random.Random(seed)
    rows, damage = damage_copy(copied(), chance, with_places=with_places)
    names = [name for name in rows[0] if with_places or name not in PLACES]
    chance.shuffle(names)
    heads = [chance.choice(other_names().get(name, [name])) if renamed else name for name in names]
    with TemporaryDirectory() as folder:
        found = compare_with(rows, names, heads, folder, dialect=dialect)
    assert {(cell.our_row, cell.column) for cell in found.cells if cell.found is not Found.AGREE} == damage.cells
    ours_only = [row for row in found.rows if row.found is Found.ONLY_OURS]
    theirs_only = [row for row in found.rows if row.found is Found.ONLY_THEIRS]
    assert {row.our_row for row in ours_only} == damage.removed
    assert len(ours_only) == len(damage.removed)
    assert sorted(
        next(part for part in row.content.split("; ") if part.startswith("outcome "))[8:] for row in theirs_only
    ) == sorted(damage.added)
    assert found.paired == len(copied()) - len(damage.removed)


def test_the_size_of_the_trial_is_compared_once_for_each_thing_that_they_say() -> None:
    rows: list[Row] = copied()
    first = rows[0]["record_id"]
    own = [row for row in rows if row["record_id"] == first]
    own[1]["n_total"] = "613"
    names: list[Any] = list(rows[0])
    with TemporaryDirectory() as folder:
        found = compare_with(own, names, names, folder, dialect=",")
    sizes = [
        (cell.found.value, cell.ours, cell.theirs, cell.their_line) for cell in found.cells if cell.column == "n_total"
    ]
    assert sizes == [("disagree", "612", "613", 3), ("agree", "612", "612", 2)]
