"""Numbers that arithmetic forces, and those that it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.contrasts import Derived
from structurer.linking.contrasts.derived_cells import derive_cells, only_count, sizes_of
from structurer.schema import Arm, ArmValue, ArmValueKind

ARMS = (Arm("zelmorast", 51), Arm("placebo", 56))
PLAIN = "Relapse was seen in some."


def value(
    events: int | None = None, n: int | None = None, percent: str | None = None, arm: str = "zelmorast"
) -> ArmValue:
    kind = ArmValueKind.PERCENT if events is None else ArmValueKind.EVENTS
    share = None if percent is None else Decimal(percent)
    return ArmValue(start=0, end=7, text="Relapse", rule="t", kind=kind, events=events, n=n, percent=share, arm=arm)


@dataclass(frozen=True)
class Case:
    given: ArmValue
    expected: Derived | None
    text: str = PLAIN


CASES = [
    Case(value(34, 51), Derived(0, "percent", Decimal("66.67"), "34 of 51")),
    Case(value(1, 8), Derived(0, "percent", Decimal("12.50"), "1 of 8")),
    Case(value(34, 51, "67"), None),  # nothing is missing
    Case(value(52, 51), None),  # impossible
    Case(value(0, 0), None),
    Case(value(34), None),  # no percentage
    # 34 (67%): only 51 gives 67, and the arm has 51
    Case(value(34, None, "67"), Derived(0, "n", Decimal(51), "34 is 67% of no other number; the size of the arm")),
    Case(value(34, None, "67", arm="placebo"), None),  # the arm has another size
    Case(value(34, None, "67", arm="unknown"), None),
    Case(value(2, None, "4"), None),  # 45 to 57 would do
    Case(value(0, None, "0"), None),
    Case(value(None, None, "17.9", "placebo"), Derived(0, "events", Decimal(10), "17.9% of 56, the size of the arm")),
    Case(value(None, None, "18.5", "placebo"), None),  # no count of 56
    Case(value(None, None, "18", "placebo"), None),  # one fits, but one nearly always would
    Case(value(None, 112, "17.9"), Derived(0, "events", Decimal(20), "17.9% of 112")),
    Case(value(None, None, "17.9", "placebo"), None, "Relapse-free survival was better."),
    Case(value(None, None, "17.9", "placebo"), None, "Relapse by Kaplan-Meier analysis."),
]


@pytest.mark.parametrize("case", CASES)
def test_cells(case: Case) -> None:
    found = derive_cells([case.given], ARMS, case.text)
    assert found == (() if case.expected is None else (case.expected,))


def test_places_are_those_of_the_values() -> None:
    found = derive_cells([value(34, 51, "67"), value(1, 4), value(3), value(1, 2)], ARMS, PLAIN)
    assert [(cell.value_index, cell.field, str(cell.value)) for cell in found] == [
        (1, "percent", "25.00"),
        (3, "percent", "50.00"),
    ]


def test_two_sizes_of_one_arm_are_none() -> None:
    assert sizes_of([Arm("A", 5), Arm("A", 6), Arm("B", 7), Arm("B", 7), Arm("C")]) == {"B": 7}


@given(st.integers(1, 400), st.data())
def test_a_count_is_found_again_or_left_open(n: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, n))
    for digits in (0, 1, 2):
        printed = round(Decimal(100 * events) / n, digits)
        assert only_count(printed, n) in (events, None)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.integers(1, 10**12))
def test_never_more_than_the_group(percent: Decimal, n: int) -> None:
    found = only_count(percent, n)
    assert found is None or 0 <= found <= n


@given(st.integers(0, 10**40), st.integers(0, 10**40), st.decimals(0, 10**30, places=1) | st.none())
def test_never_raises(events: int, n: int, percent: Decimal | None) -> None:
    made = value(events, n, None if percent is None else str(percent))
    bare = value(events, None, None if percent is None else str(percent))
    assert len(derive_cells([made, bare], ARMS, PLAIN)) <= 2
