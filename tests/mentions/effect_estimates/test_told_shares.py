"""Relative differences told before their name, and lists that name their measure once: sentences in our own words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values


@dataclass(frozen=True)
class Case:
    text: str
    rows: tuple[tuple[str, str], ...]


BEFORE_THEIR_NAME = [
    Case("The screened arm had a 15% reduction in colon cancer mortality.", (("RRR", "15"),)),
    Case("There was a 47% relative improvement in persistence.", (("RRR", "47"),)),
    Case("Reminders led to a 12% increase in admissions.", (("RRR", "12"),)),
    # told with its interval, once
    Case("Placebo had a 15% reduction in falls (95% CI 4-25).", (("RRR", "15"),)),
]
NO_RELATIVE_DIFFERENCE = [
    Case("We had 80% power to detect a 20% reduction in mortality versus placebo.", ()),
    Case("In the drug group there was a 20% reduction in the event rate from baseline.", ()),
    Case("A response was more than a 30% reduction in episodes in any group.", ()),
    Case("The drug group had an absolute 12% reduction in deaths.", ()),
    Case("A 20% reduction in mortality was seen over the decade.", ()),
]
LISTS = [
    Case("compared with A and B (d = 0.73 and 1.01, respectively)", (("SMD", "0.73"), ("SMD", "1.01"))),
    Case(
        "with effect sizes of 0.36, 0.21, and 0.23, respectively",
        (("SMD", "0.36"), ("SMD", "0.21"), ("SMD", "0.23")),
    ),
]
NO_LISTS = [
    Case("(d = 0.73) and 1.01 mmol/L, respectively", (("SMD", "0.73"),)),
    Case("d = 0.73 and 12 men and 14 women, respectively", (("SMD", "0.73"),)),
    Case("d = 0.73 and 1.01 in 12 men and 14 women, respectively", (("SMD", "0.73"),)),
]


@pytest.mark.parametrize(
    "case", BEFORE_THEIR_NAME + NO_RELATIVE_DIFFERENCE + LISTS + NO_LISTS, ids=lambda case: case.text[:70]
)
def test_told_shares(case: Case) -> None:
    found = find_effect_estimates(case.text, find_p_values(case.text))
    assert tuple((effect.measure.value, str(effect.estimate)) for effect in found) == case.rows
    assert all(case.text[effect.start : effect.end] == effect.text for effect in found)
