"""When two items are one, and two wordings one name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from structurer.evaluation.agreement import arm_value_keys, effect_keys, words_agree, words_agree_or_absent


@dataclass(frozen=True)
class Names:
    gold: str | None
    found: str | None
    agree: bool


NAMES = [
    Names("overall survival", "survival", True),
    Names("overall survival | death", "death from any cause", True),
    Names("pain at rest", "nausea", False),
    Names("rate of the falls", "falls", True),
    Names("death", None, False),
    Names(None, "death", False),
    Names("the rate", "the rate", False),
    Names("death", "the first of death or stroke or infarction in all of the patients we saw", False),
    Names("pain", "mean change of pain score", True),
]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: f"{case.gold}/{case.found}")
def test_words_agree(case: Names) -> None:
    assert words_agree(case.gold, case.found) is case.agree


@pytest.mark.parametrize(("found", "agree"), [(None, True), ("", True), ("week 4", False)])
def test_nothing_agrees_with_nothing(found: str | None, agree: bool) -> None:
    assert words_agree_or_absent(None, found) is agree


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        (
            {"measure": "MD", "estimate": 4, "p": ["≤", 0.05]},
            {"measure": "RD", "estimate": 4.0, "p_operator": "<=", "p_value": 0.05},
        ),
        ({"measure": "HR", "ci_low": 1, "p": None}, {"measure": "HR", "ci_low": 1.0, "p_operator": None}),
    ],
)
def test_the_same_effect_in_both_forms(gold: dict[str, Any], found: dict[str, Any]) -> None:
    assert effect_keys(gold) == effect_keys(found)


def test_counts_and_percentages_are_one_kind() -> None:
    events = {"kind": "events", "events": 3, "n": 40, "percent": 7.5}
    percent = {"kind": "percent", "events": 3, "percent": 7.5}
    assert arm_value_keys(events).main == arm_value_keys(percent).main
    assert arm_value_keys(events).whole != arm_value_keys(percent).whole
    assert arm_value_keys({"kind": "mean", "value": 3}).main != arm_value_keys({"kind": "median", "value": 3}).main
