"""The prepared text: one spelling of the same length, numbers, tokens with exact offsets."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.text.alternation import alternation
from structurer.text.normalise import normalise
from structurer.text.notation import Kind, scan
from structurer.text.numerals import parse_number, places, scale_by_ten
from structurer.text.reading import Reading, prepare

LETTERS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80)


@given(LETTERS)
def test_normalising_keeps_the_length_and_is_done_once(text: str) -> None:
    once = normalise(text)
    assert len(once) == len(text)
    assert normalise(once) == once


@given(LETTERS)
def test_lower_case_keeps_the_length(text: str) -> None:
    reading = Reading(text)
    assert len(reading.lower) == len(text)


@given(LETTERS)
def test_tokens_are_in_order_and_say_where_they_are(text: str) -> None:
    norm = normalise(text)
    end = 0
    for token in scan(norm):
        assert end <= token.start < token.end
        assert norm[token.start : token.end].lower() == token.text or token.kind is Kind.NUMBER
        assert (token.kind is Kind.NUMBER) == (token.value is not None)
        end = token.end


_PIECES = [
    *(
        "the",
        "of",
        "and",
        "to",
        "vs",
        "in",
        "it",
        "not",
        "not reached",
        "never",
        "conf. int.",
        "confirmed",
        "naïve",
        "brésil",
    ),
    *(
        "confidence interval",
        "Highest density",
        "Patients",
        "Figures",
        "Infinite",
        "per cent",
        "N/A",
        "CIs",
        "Cis",
        "IL-6",
        "0.8",
    ),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=9))
def test_words_in_a_row_are_what_each_is_between_commas(pieces: list[str]) -> None:
    """Plain words are taken together; none that means something may go with them."""
    apart = [(token.kind, token.text) for token in scan(" , ".join(pieces)) if token.kind is not Kind.SEPARATOR]
    assert [(token.kind, token.text) for token in scan(" ".join(pieces))] == apart


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0.80", "0.80"),
        (".05", "0.05"),
        ("20 211", "20211"),
        ("1,234", "1234"),
        ("12,345.6", "12345.6"),
        ("0,85", "0.85"),
        ("0. 80", "0.80"),
        ("1'234", "1234"),
    ],
)
def test_parse_number(printed: str, value: str) -> None:
    parsed = parse_number(printed)
    assert str(parsed) == value


def test_no_number() -> None:
    assert parse_number("twelve") is None


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_a_printed_number_is_read_back_with_its_places(value: Decimal) -> None:
    (token,) = scan(str(value))
    assert token.value == value
    assert places(value) == 2


@pytest.mark.parametrize(("value", "exponent", "expected"), [("1.2", -5, "0.000012"), ("5", 0, "5"), ("3", 2, "3E+2")])
def test_scale_by_ten(value: str, exponent: int, expected: str) -> None:
    assert str(scale_by_ten(Decimal(value), exponent)) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("IL-6 HbA1c CA-125 R2.5 T-DM1", ["WORD"] * 4 + ["WORD"]),
        ("95%CI0.70-0.92", ["NUMBER", "PERCENT", "INTERVAL", "NUMBER", "DASH", "NUMBER"]),
        ("n=123/456", ["WORD", "OPERATOR", "NUMBER", "SLASH", "NUMBER"]),
        ("not reached", ["OPEN_LIMIT"]),
        ("conf. int.", ["INTERVAL"]),
        ("credible intervals", ["INTERVAL"]),
        ("3 ± 2 and 4 +/- 1", ["NUMBER", "PLUS_MINUS", "NUMBER", "AND", "NUMBER", "PLUS_MINUS", "NUMBER"]),
        ("A vs. B", ["WORD", "VERSUS", "STOP", "WORD"]),
        ("€5 to £6", ["CURRENCY", "NUMBER", "TO", "CURRENCY", "NUMBER"]),
        ("circa", ["WORD"]),
    ],
)
def test_scan(text: str, kinds: list[str]) -> None:
    assert [token.kind.name for token in scan(normalise(text))] == kinds


@given(
    st.lists(st.text(alphabet="ab c-", min_size=1, max_size=6), min_size=1, max_size=8),
    st.text(alphabet="ab c-", max_size=8),
)
def test_alternation_matches_its_names_and_nothing_else(names: list[str], text: str) -> None:
    pattern = re.compile(alternation(names, loose_space=False))
    assert bool(pattern.fullmatch(text)) == (text in names)
    assert all(pattern.fullmatch(name) for name in names)


def test_prepare_remembers_the_last_reading() -> None:
    assert prepare("Pain fell.", {"OS": "overall survival"}) is prepare("Pain fell.", {"OS": "overall survival"})
    assert prepare("Pain fell.", {"OS": "overall survival"}) is not prepare("Pain fell.")
