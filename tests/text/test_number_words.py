"""Numbers in words: what they are worth, where they stand, and what is none."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.text.number_words import NumberWord, find_number_words, parse_number_words


@dataclass(frozen=True)
class Case:
    text: str
    found: tuple[tuple[str, int], ...]


SINGLE = [
    Case("Sixty-one patients", (("sixty-one", 61),)),
    Case("ninety three nurses", (("ninety three", 93),)),
    Case("One hundred and seventy-four women", (("one hundred and seventy-four", 174),)),
    Case("one hundred eight men", (("one hundred eight", 108),)),
    Case("fifteen hundred households", (("fifteen hundred", 1500),)),
    Case("two thousand one hundred and four infants", (("two thousand one hundred and four", 2104),)),
    Case("two thousand, one hundred and four infants", (("two thousand, one hundred and four", 2104),)),
    Case("Six-thousand three-hundred forty-two adults", (("six-thousand three-hundred forty-two", 6342),)),
    Case("three thousand and twenty adults", (("three thousand and twenty", 3020),)),
    Case("a hundred and five eyes", (("a hundred and five", 105),)),
    Case("two hundred thousand children", (("two hundred thousand", 200_000),)),
    Case("Thirteen dogs", (("thirteen", 13),)),
]
SIDE_BY_SIDE = [
    Case("five and six", (("five", 5), ("six", 6))),
    Case("twenty to thirty", (("twenty", 20), ("thirty", 30))),
    Case("twenty-one of thirty", (("twenty-one", 21), ("thirty", 30))),
    Case("one hundred and two hundred", (("one hundred", 100), ("two hundred", 200))),
    Case("three hundred, four hundred", (("three hundred", 300), ("four hundred", 400))),
    Case("ten hundred thousand", (("ten hundred", 1000), ("thousand", 1000))),
    Case("forty and fifty", (("forty", 40), ("fifty", 50))),
]
NO_NUMBERS = [
    Case("one-third of them and two-thirds of us", ()),
    Case("a second visit, the first hundredth", ()),
    Case("no one left; one of the nurses; one another", ()),
    Case("a two-arm, three-month trial", ()),
    Case("tone and often, weighty", ()),
    Case("hundreds of thousands", ()),
]


@pytest.mark.parametrize("case", [*SINGLE, *SIDE_BY_SIDE, *NO_NUMBERS], ids=lambda case: case.text)
def test_number_words_are_found_where_they_stand(case: Case) -> None:
    lower = case.text.lower()
    numbers = find_number_words(lower)
    assert tuple((lower[n.start : n.end], n.value) for n in numbers) == case.found


def _in_words(value: int, link: str) -> str:
    units = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if value < 20:
        return units[value]
    if value < 100:
        return tens[value // 10 - 2] + (f"-{units[value % 10]}" if value % 10 else "")
    scale, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    rest = value % scale
    return f"{_in_words(value // scale, link)} {name}" + (
        (link if rest < 100 else " ") + _in_words(rest, link) if rest else ""
    )


@given(value=st.integers(0, 999_999), link=st.sampled_from([" ", " and "]))
def test_every_number_that_is_spelled_out_is_read_back(value: int, link: str) -> None:
    words = _in_words(value, link)
    assert find_number_words(words) == [NumberWord(0, len(words), value)]


@given(
    st.lists(
        st.sampled_from(
            [
                "one",
                "two",
                "ten",
                "twenty",
                "ninety",
                "hundred",
                "thousand",
                "and",
                "a",
                "-",
                ",",
                "of",
                "patients",
                "no",
            ]
        )
    )
)
def test_no_words_raise_and_numbers_stand_in_order_apart(words: list[str]) -> None:
    text = " ".join(words)
    numbers = find_number_words(text)
    assert all(0 <= n.start < n.end <= len(text) and 0 <= n.value < 10_000_000 for n in numbers)
    assert all(a.end <= b.start for a, b in itertools.pairwise(numbers))


@given(st.integers(0, 999_999))
def test_values_agree_with_an_independent_reader(value: int) -> None:
    text_to_num = pytest.importorskip("text_to_num", reason="text2num, the independent reader, is not installed")
    words = _in_words(value, " and ")
    assert parse_number_words(words) == text_to_num.text2num(words, "en")
