"""Every shape of p-value, its operator, value and role; and what is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.mentions.p_values import find_p_values

R, T, INT, TR, H, N = "result", "threshold", "interaction", "trend", "heterogeneity", "noninferiority"


@dataclass(frozen=True)
class Case:
    text: str
    expected: tuple[tuple[str, str | None, str], ...]


def case(text: str, *expected: tuple[str, str | None, str]) -> Case:
    return Case(text, expected)


SHAPES = [
    case("Pain fell (P<.05).", ("<", "0.05", R)),
    case("Pain fell (p = 0·03).", ("=", "0.03", R)),
    case("Pain fell (P=1.2 x 10(-5)).", ("=", "0.000012", R)),
    case("Pain fell (p < 10^-4).", ("<", "0.0001", R)),
    case("Pain fell (P = 3 × 10−6).", ("=", "0.000003", R)),
    case("Pain fell (P=2.0E-05).", ("=", "0.000020", R)),
    case("with a p-value of 0.02", ("=", "0.02", R)),
    case("with P values < 0.01", ("<", "0.01", R)),
    case("(P < or = 0.05)", ("<=", "0.05", R)),
    case("(P ≤ .001)", ("<=", "0.001", R)),
    case("(P </= .04)", ("<=", "0.04", R)),
    case("(P&lt;0.01)", ("<", "0.01", R)),
    case("(P = < .001)", ("<", "0.001", R)),
    case("(P less than .05)", ("<", "0.05", R)),
    case("(P greater than or equal to .2)", (">=", "0.2", R)),
    case("(p = NS)", ("NS", None, R)),
    case("(P: n.s.)", ("NS", None, R)),
    case("(P .03)", ("=", "0.03", R)),
    case("(P value: 0.6)", ("=", "0.6", R)),
    case("(two-sided P = .007)", ("=", "0.007", R)),
    case("(P [two-sided] = .007)", ("=", "0.007", R)),
    case("p-value from Fisher's exact test < 0.001", ("<", "0.001", R)),
    case("the p value with a rank test was less than 0·02", ("<", "0.02", R)),
    case("(P = 0. 03)", ("=", "0.03", R)),
    case("(P=0,04)", ("=", "0.04", R)),
    case("(P = 1.000)", ("=", "1.000", R)),
    case("(P<5%)", ("<", "0.05", R)),
    case("HR=0·80;95%CI0·70–0·92,p=0·001", ("=", "0.001", R)),
]
LISTS = [
    case("(P = .02 and .03, respectively)", ("=", "0.02", R), ("=", "0.03", R)),
    case("both P < .001", ("<", "0.001", R)),
    case("(P = .2, .3, and .4)", ("=", "0.2", R), ("=", "0.3", R), ("=", "0.4", R)),
    case("(p<0.001 and p=0.04)", ("<", "0.001", R), ("=", "0.04", R)),
    case("(P < .01 and < .05, respectively)", ("<", "0.01", R), ("<", "0.05", R)),
]
ROLES = [
    case("P<0.05 was considered significant", ("<", "0.05", T)),
    case("Significance was set at P < .01.", ("<", "0.01", T)),
    case("considered statistically significant when p<0.05", ("<", "0.05", T)),
    case("(P for interaction = 0.3)", ("=", "0.3", INT)),
    case("(Pinteraction=0·3)", ("=", "0.3", INT)),
    case("(interaction P = .3)", ("=", "0.3", INT)),
    case(
        "group by time interactions on both speed (p = 0.02) and memory (p < 0.07)",
        ("=", "0.02", INT),
        ("<", "0.07", INT),
    ),
    case("(P = .04 for interaction)", ("=", "0.04", INT)),
    case("(ptrend=0.01)", ("=", "0.01", TR)),
    case("(P for linear trend, .01)", ("=", "0.01", TR)),
    case("a trend towards longer survival (P = .08)", ("=", "0.08", R)),
    case("(p for heterogeneity 0.6)", ("=", "0.6", H)),
    case("(pNI=0.002)", ("=", "0.002", N)),
    case("(P<0.001 for noninferiority)", ("<", "0.001", N)),
    case("(Pnoninferiority = .002)", ("=", "0.002", N)),
    case("differed significantly (P<0.05)", ("<", "0.05", R)),
]
NOT_A_P_VALUE = [
    case("a two-sided alpha of 0.05 and 90% power"),
    case("the difference was not significant"),
    case("P 4.5 mg/dl phosphorus"),
    case("P2Y12 inhibitors and p53"),
    case("vitamin P = 12 mg"),
    case("group P (n = 40)"),
    case("pH = 0.7"),
    case("CYP<0.05"),
    case("0.5 mL p.o. 0.2 mL"),
]


@pytest.mark.parametrize("row", SHAPES + LISTS + ROLES + NOT_A_P_VALUE, ids=lambda row: row.text)
def test_find_p_values(row: Case) -> None:
    found = find_p_values(row.text)
    assert tuple((p.operator, None if p.value is None else str(p.value), p.role.value) for p in found) == row.expected
    assert all(row.text[p.start : p.end] == p.text for p in found)


def test_a_list_ends_before_the_next_interval() -> None:
    found = find_p_values("(P = .02, 0.70 to 0.95)")
    assert [p.value for p in found] == [Decimal("0.02")]


@given(st.text(alphabet="pP valuefortrend=<>≤.,;()0123456789·−-x^e%", max_size=60))
def test_offsets_are_exact_and_values_possible(text: str) -> None:
    for p in find_p_values(text):
        assert text[p.start : p.end] == p.text
        assert p.value is None or 0 <= p.value <= 1


@given(
    st.sampled_from(["=", "<", ">", "≤", "≥"]),
    st.decimals(min_value="0.0001", max_value="0.9999", places=4),
    st.sampled_from(["P{o}{v}", "p {o} {v}", "P {o}{v}", "P value {o} {v}"]),
    st.booleans(),
    st.booleans(),
)
def test_every_house_style_is_read_back(operator: str, value: Decimal, style: str, bare: bool, lancet: bool) -> None:
    printed = str(value).removeprefix("0") if bare else str(value)
    if lancet:
        printed = printed.replace(".", "·")
    (found,) = find_p_values("It fell (" + style.format(o=operator, v=printed) + ").")
    assert found.value == value
    assert found.operator == {"≤": "<=", "≥": ">="}.get(operator, operator)
