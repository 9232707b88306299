"""What a person typed into a cell."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.comparison.cells import has_decimal_commas, is_empty, read_numbers
from structurer.comparison.column_names import JOINT, NUMBERS


@dataclass(frozen=True)
class Case:
    """A cell of a field, and the numbers by column; None where it cannot be read."""

    field: str
    cell: object
    numbers: dict[str, str] | None = dataclasses.field(hash=False)
    commas: bool = False


LIMITS = {"ci_low": "0.65", "ci_high": "0.99"}
CASES = [
    Case("estimate", "0.80", {"estimate": "0.80"}),
    Case("estimate", 0.8, {"estimate": "0.8"}),
    Case("estimate", "0·80", {"estimate": "0.80"}),
    Case("estimate", ".8", {"estimate": ".8"}),
    Case("estimate", "1 234", {"estimate": "1234"}),
    Case("estimate", "1\u202f234", {"estimate": "1234"}),
    Case("estimate", "1,234.5", {"estimate": "1234.5"}),
    Case("estimate", "1.234,5", {"estimate": "1234.5"}, commas=True),
    Case("estimate", "−2.1 mm Hg", {"estimate": "-2.1"}),
    Case("estimate", "'-2.1", {"estimate": "-2.1"}),
    Case("estimate", "12%", {"estimate": "12"}),
    Case("estimate", "0.72 (0.65-0.99)", {"estimate": "0.72", **LIMITS}),
    Case("estimate", "high", None),
    Case("estimate", "0.72 and 0.81", None),
    Case("estimate", "0.72 0.81", None),
    Case("estimate", "0.7281", {"estimate": "0.7281"}),
    Case("ci", "0.6599", None),
    Case("estimate_ci", "0.72 0.65 to 0.99", {"estimate": "0.72", **LIMITS}),
    Case("estimate_ci", "0.720.65-0.99", None),
    Case("estimate", float("inf"), None),
    Case("estimate", True, None),
    Case("ci", "0.65-0.99", LIMITS),
    Case("ci", "0.65 – 0.99", LIMITS),
    Case("ci", "0.65 to 0.99", LIMITS),
    Case("ci", "(0.65, 0.99)", LIMITS),
    Case("ci", "[0.65; 0.99]", LIMITS),
    Case("ci", "0,65-0,99", LIMITS, commas=True),
    Case("ci", "0,65, 0,99", LIMITS, commas=True),
    Case("ci", "90% CI 0.65 to 0.99", {"ci_level": "90", **LIMITS}),
    Case("ci", "-2.1 to -0.7", {"ci_low": "-2.1", "ci_high": "-0.7"}),
    Case("ci", "-2.1--0.7", {"ci_low": "-2.1", "ci_high": "-0.7"}),
    Case("ci", "−2.1–0.7", {"ci_low": "-2.1", "ci_high": "0.7"}),
    Case("ci", "0.65", None),
    Case("ci", 0.65, None),
    Case("estimate_ci", "HR 0.72 (95% CI 0.65-0.99)", {"estimate": "0.72", "ci_level": "95", **LIMITS}),
    Case("estimate_ci", "0.72 [0.65, 0.99]", {"estimate": "0.72", **LIMITS}),
    Case("estimate_ci", "0.72", {"estimate": "0.72"}),
    Case("p", "<0.001", {"p_operator": "<", "p_value": "0.001"}),
    Case("p", "P = .04", {"p_operator": "=", "p_value": ".04"}),
    Case("p", "≤0,05", {"p_operator": "<=", "p_value": "0.05"}, commas=True),
    Case("p", 0.03, {"p_operator": "=", "p_value": "0.03"}),
    Case("p", "n.s.", {"p_operator": "NS"}),
    Case("p", "significant", None),
    Case("events_n", "12/100", {"events": "12", "n": "100"}),
    Case("events_n", "12 of 100 (12.0%)", {"events": "12", "n": "100", "percent": "12.0"}),
    Case("events_percent", "12 (12.0)", {"events": "12", "percent": "12.0"}),
    Case("events", "12/100", {"events": "12", "n": "100"}),
    Case("events", 12.0, {"events": "12.0"}),
    Case("mean_sd", "3.1 ± 1.2", {"estimate": "3.1", "sd": "1.2"}),
    Case("mean_sd", "3.1 (SD 1.2)", {"estimate": "3.1", "sd": "1.2"}),
    Case("n_total", "1 204 patients", {"n_total": "1204"}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.field}: {case.cell}")
def test_read_numbers(case: Case) -> None:
    found = read_numbers(case.field, case.cell, decimal_commas=case.commas)
    plain = None if found is None else {name: str(typed.value) for name, typed in found.items()}
    wanted = case.numbers
    if plain is None or wanted is None:
        assert plain == wanted
        return
    assert {name: text.lstrip("0") for name, text in plain.items()} == {
        n: text.lstrip("0") for n, text in wanted.items()
    }


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "NR", "n/a", "N.A.", "not reported", "?", "NaN"])
def test_empty(cell: object) -> None:
    assert is_empty("-" if cell == "–" else cell)


@pytest.mark.parametrize("cell", [0, 0.0, "0", "none", "nil", "=", "NRT"])
def test_not_empty(cell: object) -> None:
    assert not is_empty(cell)


@pytest.mark.parametrize(
    ("cells", "commas"),
    [
        (["0,85", "12"], True),
        (["1,234", "12"], False),
        (["1,234.5"], False),
        (["0,85", "0.9"], False),
        ([0.85, None, "1,5"], True),
        (["0.65, 0.99"], False),
        ([], False),
    ],
)
def test_decimal_commas(cells: list[object], commas: bool) -> None:
    assert has_decimal_commas(cells) is commas


@given(st.sampled_from([*NUMBERS, *JOINT]), st.text(max_size=60), st.booleans())
def test_no_text_raises(name: str, text: str, commas: bool) -> None:
    read_numbers(name, text, decimal_commas=commas)
    is_empty(text)
