"""The vocabulary of effect measures obeys its laws, and names mean what the abstract defines."""

from __future__ import annotations

import pytest

from structurer.mentions.effect_estimates.measure_names import find_measure_names
from structurer.resources import load_vocabulary
from structurer.schema import EffectMeasure
from structurer.text.reading import Reading

ROWS = load_vocabulary("effect_measures", ("name", "measure", "case"))
CODES = {measure.value for measure in EffectMeasure} | {"DIFFERENCE"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_laws_of_the_vocabulary(row: dict[str, str]) -> None:
    assert row["measure"] in CODES
    assert row["case"] in {"any", "exact", "letter"}
    found = find_measure_names(row["example"])
    assert row["id"] in {name.rule for name in found}
    assert row["id"] not in {name.rule for name in find_measure_names(row["counter_example"])}


def test_no_two_rows_name_the_same() -> None:
    names = [
        (row["name"].lower().replace("-", " ") if row["case"] == "any" else row["name"], row["case"]) for row in ROWS
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("definitions", "codes"),
    [
        ({}, ["RR"]),
        ({"RR": "rate ratio"}, ["IRR"]),
        ({"RR": "relative risk"}, ["RR"]),
        ({"RR": "response rate"}, []),
        ({"RR": "relapse rate"}, []),
    ],
)
def test_a_short_form_means_what_the_text_defines(definitions: dict[str, str], codes: list[str]) -> None:
    assert [name.code for name in find_measure_names(Reading("(RR 0.8)", definitions))] == codes


def test_a_definition_that_only_holds_the_letters_is_none() -> None:
    found = find_measure_names(Reading("(ETD -0.8 kg)", {"ETD": "exenatide ER"}))
    assert [name.rule for name in found] == ["difference-short-ETD"]


@pytest.mark.parametrize(
    ("text", "adjusted"),
    [
        ("adjusted hazard ratio", True),
        ("aHR 0.7", True),
        ("multivariable OR", True),
        ("unadjusted OR", False),
        ("crude odds ratio", False),
        ("hazard ratio", None),
    ],
)
def test_adjusted(text: str, adjusted: bool | None) -> None:
    assert [name.adjusted for name in find_measure_names(text)] == [adjusted]


@pytest.mark.parametrize(
    "text", ["for 12 hours", "HRQoL", "CORRECT", "one or two", "ARRIVE", "μg: 0.3", "group B (n = 4)"]
)
def test_not_a_measure(text: str) -> None:
    assert find_measure_names(text) == []
