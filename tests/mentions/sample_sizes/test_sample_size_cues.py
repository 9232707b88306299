"""The vocabulary of counts: each row's example is read by that row, and its counter-example is not."""

from __future__ import annotations

import re

import pytest

from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.mentions.sample_sizes.count_cues import COLUMNS, counted_noun, people_short_forms
from structurer.mentions.sample_sizes.whole_numbers import find_whole_numbers
from structurer.resources import load_vocabulary
from structurer.schema import SampleSizeRole
from structurer.text.reading import Reading

ROWS = load_vocabulary("sample_size_cues", COLUMNS)
VERBS = [row for row in ROWS if row["side"] != "noun" and row["role"] != "event"]
NOUNS = [row for row in ROWS if row["side"] == "noun"]
EVENTS = [row for row in ROWS if row["role"] == "event"]


def _rules(text: str) -> list[tuple[str, str]]:
    return [(size.rule, size.role.value) for size in find_sample_sizes(text)]


def test_every_row_says_what_the_code_can_use() -> None:
    roles = {role.value for role in SampleSizeRole} | {"event"}
    for row in ROWS:
        assert row["side"] in {"noun", "after", "before"}
        assert row["role"] in ({"people", "unit", "cluster"} if row["side"] == "noun" else roles)
        assert re.compile(row["words"]).groups == 0
        assert row["source"]


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row["id"])
def test_a_verb_is_read_in_its_example_and_not_in_its_counter_example(row: dict[str, str]) -> None:
    assert (row["id"], row["role"]) in _rules(row["example"])
    assert row["id"] not in {rule for rule, _ in _rules(row["counter_example"])}


@pytest.mark.parametrize("row", NOUNS, ids=lambda row: row["id"])
def test_a_noun_is_counted_in_its_example_and_not_in_its_counter_example(row: dict[str, str]) -> None:
    assert _kinds(row["example"]) == [row["role"]]
    assert row["role"] not in _kinds(row["counter_example"])


def _kinds(text: str) -> list[str]:
    reading = Reading(text)
    nouns = [counted_noun(reading.lower, number.end, len(text)) for number in find_whole_numbers(reading)]
    return [noun.kind for noun in nouns if noun is not None]


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row["id"])
def test_a_count_of_an_event_is_no_enrolment(row: dict[str, str]) -> None:
    before = "We randomly assigned 90 women. "
    assert len(find_sample_sizes(before + row["example"])) == 1
    assert len(find_sample_sizes(row["counter_example"])) == 1


def test_short_forms_of_people_are_those_defined_after_people() -> None:
    assert people_short_forms("Thyroid cancer survivors (TCS) took iodine (RAI).") == {"tcs"}
