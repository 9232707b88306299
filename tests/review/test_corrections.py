"""What a person types into `corrected`, and what is read from it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.exports.row_identity import CORRECTABLE
from structurer.review.corrections import UNREAD, format_corrected, parse_corrected
from structurer.tables.columns import columns


@dataclass(frozen=True)
class Case:
    typed: str
    read: dict[str, str] = field(default_factory=dict)
    kind: str = "effect"


CASES = [
    Case(""),
    Case("  "),
    Case("0.72", {"estimate": "0.72"}),
    Case("0.70", {"estimate": "0.70"}),
    Case("0·72", {"estimate": "0.72"}),
    Case("−3.1", {"estimate": "-3.1"}),
    Case("0,72", {"estimate": "0,72"}),
    Case("34 %", {"estimate": "34"}),
    Case("12", {"events": "12"}, "events"),
    Case("17.9%", {"percent": "17.9"}, "percent"),
    Case("9.4", {"estimate": "9.4"}, "median"),
    Case("10/56", {"events": "10", "n": "56"}, "events"),
    Case("10 of 56 (17.9%)", {"events": "10", "n": "56", "percent": "17.9"}, "events"),
    Case("10/56", {UNREAD: "10/56"}),
    Case("0.72 (0.60 to 0.86)", {"estimate": "0.72", "ci_low": "0.60", "ci_high": "0.86"}),
    Case("0.72 (0.60, 0.86)", {"estimate": "0.72", "ci_low": "0.60", "ci_high": "0.86"}),
    Case("0.72 [90% CI 0.60–0.86]", {"estimate": "0.72", "ci_level": "90", "ci_low": "0.60", "ci_high": "0.86"}),
    Case("-1.4 (-2.1--0.7)", {"estimate": "-1.4", "ci_low": "-2.1", "ci_high": "-0.7"}),
    Case("5.1 (1.2)", {UNREAD: "5.1 (1.2)"}, "mean"),
    Case("estimate=0.72; ci_low=0.6", {"estimate": "0.72", "ci_low": "0.6"}),
    Case("Estimate: 0.72, CI low = 0.6", {"estimate": "0.72", "ci_low": "0.6"}),
    Case("estimate=0.72 ci-high=0.9", {"estimate": "0.72", "ci_high": "0.9"}),
    Case("lower=0.6\nupper=0.9", {"ci_low": "0.6", "ci_high": "0.9"}),
    Case("ci_low=; p_value=", {"ci_low": "", "p_value": ""}),
    Case("unit= n=30", {"unit": "", "n": "30"}),
    Case("p<0.001", {"p_operator": "<", "p_value": "0.001"}),
    Case("p = 0.03", {"p_operator": "=", "p_value": "0.03"}),
    Case("P ≤ 0.05", {"p_operator": "<=", "p_value": "0.05"}),
    Case("p_value=0.03", {"p_value": "0.03"}),
    Case("outcome=overall survival, arm=placebo", {"outcome": "overall survival", "arm": "placebo"}),
    Case('outcome="death; stroke"; n=3', {"outcome": "death; stroke", "n": "3"}),
    Case('arm="the ""new"" drug"', {"arm": 'the "new" drug'}),
    Case("0.72; wrong arm too", {"estimate": "0.72", UNREAD: "wrong arm too"}),
    Case("see the table; HR is 0.72", {UNREAD: "see the table; HR is 0.72"}),
    Case("weight=3", {UNREAD: "weight=3"}),
    Case("mean=3 sd=0.5", {"estimate": "3", "sd": "0.5"}, "mean"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.typed}")
def test_what_is_typed_is_read(case: Case) -> None:
    assert parse_corrected(case.typed, case.kind) == case.read


@given(st.dictionaries(st.sampled_from(CORRECTABLE), st.text(max_size=20)))
def test_what_is_formatted_reads_back(corrected: dict[str, str]) -> None:
    assert parse_corrected(format_corrected(corrected)) == corrected


@given(st.text(alphabet="estimate p_value ci_low n=<>:;,\"'\n 0.9(%)-/of", max_size=60))
def test_no_text_fails_and_what_is_read_is_stable(text: str) -> None:
    found = parse_corrected(text)
    named = {name: value for name, value in found.items() if name != UNREAD}
    assert parse_corrected(format_corrected(named)) == named


def test_correctable_are_columns_in_their_order() -> None:
    assert [column.name for column in columns("results") if column.name in CORRECTABLE] == list(CORRECTABLE)
