"""A result with fields set anew is the one that the dataclass itself would make."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from structurer.linking.replacement import replace
from structurer.schema import Arm, ArmValue, ArmValueKind, Phrase


@dataclasses.dataclass(frozen=True)
class Case:
    """An item, and the fields to set."""

    item: Arm | ArmValue
    changes: dict[str, object]


VALUE = ArmValue(start=3, end=8, text="4 (9%", rule="arm-fraction", kind=ArmValueKind.EVENTS, percent=Decimal("9.0"))
CASES = {
    "none": Case(Arm("tea", 4, ("green tea",)), {}),
    "plain": Case(Arm("tea", 4), {"label": "milk", "aliases": ("milk arm",)}),
    "inherited fields": Case(VALUE, {"start": 2, "arm": "tea", "outcome": Phrase("rash", 0, 4)}),
    "to nothing": Case(VALUE, {"percent": None}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_the_dataclass_would_make(case: Case) -> None:
    before = repr(case.item)
    made = replace(case.item, **case.changes)
    changes: dict[str, Any] = case.changes
    assert made == dataclasses.replace(case.item, **changes)
    assert type(made) is type(case.item)
    assert repr(case.item) == before


def test_a_field_that_there_is_not() -> None:
    with pytest.raises(KeyError):
        replace(Arm("tea"), size=3)
