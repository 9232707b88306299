"""When two cells say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from structurer.comparison.likeness import Likeness, of_categories, of_lists, of_names, of_numbers

SAME, SIMILAR, OTHER = Likeness.SAME, Likeness.SIMILAR, Likeness.OTHER


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness", "note"),
    [
        ("0.8", "0.80", SAME, ""),
        ("1234", "1234.0", SAME, ""),
        ("0", "0.00", SAME, ""),
        ("0.83", "0.8", OTHER, "agrees when rounded to 1 place"),
        ("0.8", "0.83", OTHER, "agrees when rounded to 1 place of ours"),
        ("-1.4", "1.4", OTHER, "the sign differs"),
        ("12", "0.12", OTHER, "one is 100 times the other: a percentage and a fraction?"),
        ("0.5", "2", OTHER, "one is the reciprocal of the other: the comparison turned round?"),
        ("0.72", "0.27", OTHER, ""),
        ("0.001", "0.0011", OTHER, "agrees when rounded to 3 places of ours"),
    ],
)
def test_numbers(ours: str, theirs: str, likeness: Likeness, note: str) -> None:
    assert of_numbers(Decimal(ours), Decimal(theirs)) == (likeness, note)


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness"),
    [
        ("overall survival", "Overall  survival", SAME),
        ("death from any cause", "Any-cause death", SAME),
        ("overall survival", "OS", SIMILAR),
        ("progression-free survival", "PFS", SIMILAR),
        ("overall survival", "median overall survival", SIMILAR),
        ("12 months", "at 12 months", SAME),
        ("12 months", "after 12 months of treatment", SIMILAR),
        ("12 months", "24 months", OTHER),
        ("30 mg", "60 mg", OTHER),
        ("placebo", "usual care", OTHER),
        ("stroke", "death", OTHER),
        ("stroke", "OS", OTHER),
    ],
)
def test_names(ours: str, theirs: str, likeness: Likeness) -> None:
    assert of_names(ours, theirs) is likeness


def test_a_short_form_of_the_abstract() -> None:
    assert of_names("MACE", "major cardiac events", {"MACE": "major cardiac events"}) is SIMILAR
    assert of_names("major cardiac events", "MACE", {"MACE": "major cardiac events"}) is SIMILAR


@pytest.mark.parametrize(
    ("column", "ours", "theirs", "likeness"),
    [
        ("measure", "HR", "hazard ratio", SAME),
        ("measure", "HR", "hr", SAME),
        ("measure", "HR", "OR", OTHER),
        ("unit", "mm Hg", "mmHg", SAME),
        ("p_operator", "<=", "≤", SAME),
        ("p_operator", "=", "<", OTHER),
        ("section", "FINDINGS", "findings", SAME),
    ],
)
def test_categories(column: str, ours: str, theirs: str, likeness: Likeness) -> None:
    assert of_categories(column, ours, theirs) is likeness


def test_lists_of_registration_numbers() -> None:
    assert of_lists("NCT01; ISRCTN02", "ISRCTN 02, nct01") is SAME
    assert of_lists("NCT01; ISRCTN02", "NCT01") is SIMILAR
    assert of_lists("NCT01", "NCT02") is OTHER
