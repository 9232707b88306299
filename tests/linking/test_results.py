"""Which p-value belongs to which estimate."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.linking.results import join_p_values
from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values


@dataclass(frozen=True)
class Case:
    text: str
    p: tuple[str | None, ...]


CASES = [
    Case("HR 0.72 (95% CI 0.60-0.85; P = .003)", ("= 0.003",)),
    Case("HR 0.72 (95% CI 0.60-0.85), log-rank P = .003", ("= 0.003",)),
    Case("HR 0.72, P = .003, 95% CI 0.60-0.85", ("= 0.003",)),
    Case("(p=0.01; relative risk=8.8, 95% CI 1.2-66.3)", ("= 0.01",)),
    Case("(B=−.29, 95% CI −0.38 to −0.19, z=−5.80, P<.001)", ("< 0.001",)),
    Case("HR 0.72 (95% CI 0.60-0.85; P for interaction = .3)", (None,)),
    Case("RD 2.1% (95% CI -1.0 to 5.2; P = .01 for noninferiority)", ("= 0.01",)),
    Case("response was 40% (95% CI 30-50) vs 20% (95% CI 12-30; P = .003)", (None, None)),
    Case("HR 0.72 (95% CI 0.60-0.85). Pain fell more (P = .003).", (None,)),
    Case(
        "HR, 1.22 (95% CI, 1.13 to 1.32) for DFS; HR, 1.24 (95% CI, 1.14 to 1.35) for OS; P = .0001 for both",
        ("= 0.0001", "= 0.0001"),
    ),
    Case("HR 0.7 (95% CI 0.5-0.9; P=.01) and HR 0.8 (95% CI 0.6-1.1; P=.2)", ("= 0.01", "= 0.2")),
    Case("a 25% lower relative risk (HR 0.75 [95% CI 0.57–1.00], p = 0.047)", ("= 0.047", "= 0.047")),
    Case("a 40% lower relative risk (HR 0.75 [95% CI 0.57–1.00], p = 0.047)", (None, "= 0.047")),
    Case("the 19.97% (95% CI 5.75-36.10) difference from placebo was significant (P=0.0059)", ("= 0.0059",)),
    Case("treatment difference -0.65% [95% CI -0.74 to -0.55] [-7.1 mmol/mol]; P < 0.0001", ("< 0.0001", "< 0.0001")),
    Case("mean difference -3.8; SE, 1.5; P = .02", ("= 0.02",)),
]
MENDED = [
    # "all" begins the next sentence
    Case("mean difference 7.1 months; hazard ratio 0.59; P = 0.01. Among all, it fell.", (None, "= 0.01")),
    # a unit behind the limits
    Case("(mean difference, 19.6 IU/d [95% CI, 24.9-14.4 IU/d]; P < .001)", ("< 0.001",)),
    # the second of two groups' own values
    Case("a greater accuracy (92% [95% CI 88-95] vs 65% [60-69]; p<0.01)", (None, None)),
    # the medians that a ratio compares, between it and its p-value
    Case("(hazard ratio, 0.98; 95% CI, 0.79 to 1.20; median, 26.8 v 25.0 months; P = .831)", ("= 0.831",)),
    # a difference with its interval, told once more in a second unit with its own
    Case("difference -0.6% [95% CI -0.8, -0.4] [-6.8 mmol/mol (95% CI -8.7, -4.9)]; P < 0.01", ("< 0.01", "< 0.01")),
    Case("difference -0.6% [95% CI -0.8, -0.4], and -6.8 kg (95% CI -8.7, -4.9); P < 0.01", (None, "< 0.01")),
    # a bound that nothing fell below, at a list's end for all of it; a bound below stands for the last only
    Case("difference in pain 0 (95% CI -2 to 1), in sleep 1 (-1 to 3), and mood 2 (-1 to 4) (P > .2)", ("> 0.2",) * 3),
    Case("difference in pain 0 (95% CI -2 to 1), and mood 2 (1 to 4) (P < .02)", (None, "< 0.02")),
    # a test's name, or the measure's whole name, between a p-value and the estimate behind it
    Case("(P = .04, log-rank; hazard ratio [HR], 1.45; 95% CI, 1.02 to 2.06)", ("= 0.04",)),
    # whom it compares between an estimate and its p-value
    Case("a relative risk of 1.93 (95% CI, 1.20 to 3.10) with A compared with B (P = .005)", ("= 0.005",)),
    Case("was 2.1 (95% CI 1.2-2.9) days less than that in patients on placebo (P < 0.01)", ("< 0.01",)),
    Case("HR 0.72 (95% CI 0.50-1.04) with A, and deaths were fewer (12% vs 20%; P = .01)", (None,)),
    # a unit between an estimate without an interval and its p-value
    Case("mean difference = 11.0 points, p = 0.039", ("= 0.039",)),
    # "each comparison"
    Case("(hazard ratio 0.80) and in others (HR 0.78) (p = 0.01, each comparison)", ("= 0.01", "= 0.01")),
]


@pytest.mark.parametrize("row", CASES + MENDED, ids=lambda row: row.text[:70])
def test_join_p_values(row: Case) -> None:
    p_values = find_p_values(row.text)
    joined = join_p_values(find_effect_estimates(row.text, p_values), p_values, row.text)
    assert tuple(f"{e.p.operator} {e.p.value}" if e.p else None for e in joined) == row.p
    assert all(row.text[e.start : e.end] == e.text for e in joined)
