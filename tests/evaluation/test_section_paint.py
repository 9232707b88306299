"""Which label each character stands under, marked in the text itself."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.evaluation.section_paint import gold_starts, labels_by_character


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    sections: list[list[str]]
    starts: list[tuple[str, int]]


CASES = [
    Case("heading and words", "AIM: To see. END", [["BACKGROUND", "AIM", "To see"]], [("BACKGROUND", 0)]),
    Case("signs between two sections belong to the later", "x (AIM) To", [["M", "AIM", "To"]], [("M", 2)]),
    Case("no heading", "One. Two words here.", [["M", "", "One"], ["F", "", "Two words"]], [("M", 0), ("F", 3)]),
    Case("heading that is not printed", "One Two.", [["M", "WAY", "Two"]], [("M", 4)]),
    Case("words that are not there", "One Two.", [["M", "", "Three"], ["F", "", "Two"]], [("F", 4)]),
    Case("the second of two like words", "Two Two.", [["M", "", "Two"], ["F", "", "Two"]], [("M", 0), ("F", 4)]),
    Case("nothing to look for", "One.", [["M", "", ""]], []),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_gold_starts(case: Case) -> None:
    assert gold_starts(case.sections, case.text) == case.starts


def test_labels_by_character() -> None:
    assert labels_by_character([], 2) == [None, None]
    assert labels_by_character([("A", 0), ("B", 2)], 3) == ["A", "A", "B"]
    assert labels_by_character([("A", 1), ("B", 7), ("C", 9)], 3) == [None, "A", "A"]
