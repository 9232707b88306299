"""Verdicts: identity of a row, what is judged, and the words of a judgement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.errors import ReaderError
from structurer.review.verdicts import JUDGED, Judgement, RowKey, Verdict, cell_as_text, digest
from structurer.tables.columns import VERDICTS, columns

_TEXT = st.text(max_size=30)
_PLACE = st.integers(min_value=0, max_value=10**6)


def test_judgements_are_those_of_the_verdict_column() -> None:
    assert tuple(Judgement) == VERDICTS


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("correct", Judgement.CORRECT),
        (" WRONG ", Judgement.WRONG),
        ("Partly", Judgement.PARTLY),
        ("not an  EFFECT", Judgement.NOT_AN_EFFECT),
        ("not_an_effect", None),
        ("maybe", None),
        ("", None),
    ],
)
def test_a_judgement_is_read_in_any_case(typed: str, read: Judgement | None) -> None:
    assert Judgement.read(typed) is read


@given(st.builds(RowKey, record_id=_TEXT, kind=_TEXT, start=_PLACE, end=_PLACE, number=_PLACE))
def test_a_key_is_one_word_that_reads_back(key: RowKey) -> None:
    text = key.text()
    assert text.isascii()
    assert not any(char.isspace() or char in "\"'<>&" for char in text)
    assert RowKey.parse(text) == key


@pytest.mark.parametrize("text", ["", "1:effect:2:3", "1:effect:2:3:x", "1:effect:-2:3:0", "a:b:c:d:e", "%ff:k:1:2:0"])
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(ReaderError, match="not the key of a row"):
        RowKey.parse(text)


def test_what_is_judged_are_columns_of_the_results() -> None:
    assert set(JUDGED) < {column.name for column in columns("results")}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (Decimal("0.80"), "0.8"),
        (0.1 + 0.2, "0.3"),
        (95, "95"),
        (-7.0, "-7"),
        (" two\n words", "two words"),
        ("a\u202eb", "a<U+202E>b"),
    ],
)
def test_a_cell_is_the_same_text_wherever_it_was_kept(value: Any, text: str) -> None:
    assert cell_as_text(value) == text


@pytest.mark.parametrize("name", JUDGED)
def test_a_change_of_any_judged_cell_changes_the_digest(name: str) -> None:
    assert digest({name: "1"}) != digest({}) != digest({name: "2"})


def test_other_cells_are_not_judged() -> None:
    assert digest({"estimate": 0.8, "confidence": 0.2, "rule": "a"}) == digest({"estimate": 0.8})


def test_a_verdict_can_be_a_key_of_a_set() -> None:
    key = RowKey("1", "effect", 0, 4)
    assert len({Verdict(key, Judgement.PARTLY, {"estimate": "2"}), Verdict(key, None)}) == 2
