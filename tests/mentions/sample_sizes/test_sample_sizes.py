"""Counts of participants: found where they stand, with what they count; other numbers left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.schema import SampleSize, SampleSizeRole, Section, SectionLabel, SectionSource

SHARED = Path(__file__).parents[3].parent / "shared" / "gold"


@dataclass(frozen=True)
class Case:
    text: str
    found: tuple[tuple[str, int, str], ...]
    label: SectionLabel | None = None


FLOW = [
    Case("We enrolled 51 nurses.", (("51 nurses", 51, "enrolled"),)),
    Case("Sixty-two healthy men were recruited.", (("Sixty-two healthy men", 62, "enrolled"),)),
    Case(
        "Of 1240 adults screened, 316 were randomly assigned.",
        (("1240 adults", 1240, "screened"), ("316", 316, "randomized")),
    ),
    Case("In total, 3,204 children underwent randomisation.", (("3,204 children", 3204, "randomized"),)),
    Case("Four participants withdrew consent.", (("Four participants", 4, "lost"),)),
    Case("The trial will recruit 240 veterans.", (("240 veterans", 240, "planned"),)),
    Case("Adults with gout (N = 88) were randomized to two diets.", (("N = 88", 88, "randomized"),)),
    Case("A total of 19 dogs (mean age 6 years) were included.", (("19 dogs", 19, "enrolled"),)),
]
ARMS = [
    Case(
        "Women were randomised to letrozole (n = 41) or placebo (n=39).",
        (("n = 41", 41, "arm"), ("n=39", 39, "arm")),
    ),
    Case(
        "Forty dogs were assigned to meloxicam and 38 to carprofen.",
        (("Forty dogs", 40, "arm"), ("38", 38, "arm")),
    ),
    Case(
        "In total 130 women were randomly assigned (64 in arm A, 66 in arm B).",
        (("130 women", 130, "randomized"), ("64", 64, "arm"), ("66", 66, "arm")),
    ),
    Case(
        "We randomised 71 boys (surgery, 35; bracing, 36).",
        (("71 boys", 71, "randomized"), ("35", 35, "arm"), ("36", 36, "arm")),
    ),
    Case(
        "We randomly assigned 80 adults, 40 in each group.",
        (("80 adults", 80, "randomized"), ("40 in each group", 40, "arm")),
    ),
]
DENOMINATORS = [
    Case(
        "Relapse was seen in 12 of 57 women and 9 (16%) of 55 controls.",
        (("12 of 57 women", 57, "analyzed"), ("9 (16%) of 55 controls", 55, "analyzed")),
        SectionLabel.FINDINGS,
    ),
    Case("Response was 61% (22/36) with zinc.", (("22/36", 36, "analyzed"),), SectionLabel.FINDINGS),
    Case(
        "Of 44 adults, one of 20 given placebo relapsed.",
        (("44 adults", 44, "analyzed"), ("one of 20", 20, "analyzed")),
        SectionLabel.FINDINGS,
    ),
    Case(
        "Here 31 of 300 eligible clients took part.",
        (("31", 31, "enrolled"), ("300 eligible clients", 300, "screened")),
    ),
]
EVENTS_AND_TRAITS = [
    Case("Nausea occurred in 14 patients (9%).", (), SectionLabel.FINDINGS),
    Case("Pain fell in 44% (n = 54) of them.", (), SectionLabel.FINDINGS),
    Case("Seven (4%) patients had a rash.", (), SectionLabel.FINDINGS),
    Case("Complications were rare (n = 54; 11%).", (), SectionLabel.FINDINGS),
    Case("We found 219 (92%) of 238 nodes.", (), SectionLabel.FINDINGS),
    Case(
        "We enrolled 50 adults (30 men, 20 women).",
        (("50 adults", 50, "enrolled"),),
    ),
]
OTHER_NUMBERS = [
    Case("From 2010 to 2014, at 12 hospitals, over 24 weeks, 50 mg daily.", ()),
    Case("Blood pressure was 120/80 mm Hg in grade 3/4 disease.", ()),
    Case("Ratings of 1-10, HbA1c of 7.5%, 36 months, ages 18 to 75 years.", ()),
    Case("On day 28 of cycle 2, type 2 diabetes, phase 3 trial.", ()),
    Case("We conclude that 200 patients would be enough.", (), SectionLabel.INTERPRETATION),
    Case("", ()),
]


@pytest.mark.parametrize(
    "case", [*FLOW, *ARMS, *DENOMINATORS, *EVENTS_AND_TRAITS, *OTHER_NUMBERS], ids=lambda case: case.text[:60]
)
def test_counts_of_participants(case: Case) -> None:
    whole = Section(case.label, "", 0, len(case.text), 0, SectionSource.HEADING)
    sizes = find_sample_sizes(case.text, [whole] if case.label else [])
    assert tuple((size.text, size.value, size.role.value) for size in sizes) == case.found
    assert all(case.text[size.start : size.end] == size.text and size.rule and size.arm is None for size in sizes)


def test_clusters_are_no_people() -> None:
    text = "In this cluster trial, 24 villages were randomised and 910 mothers were enrolled."
    assert [(size.value, size.role) for size in find_sample_sizes(text)] == [
        (24, SampleSizeRole.OTHER),
        (910, SampleSizeRole.ENROLLED),
    ]


def test_a_pair_shares_its_noun() -> None:
    text = "Thirty-one and 29 participants were randomized to yoga and rest, respectively."
    assert [(size.value, size.role) for size in find_sample_sizes(text)] == [
        (31, SampleSizeRole.ARM),
        (29, SampleSizeRole.ARM),
    ]


PIECES = [
    "patients",
    "of",
    "(",
    ")",
    "n =",
    "12",
    "3,4",
    "were",
    "randomised",
    "to",
    "and",
    ";",
    "%",
    "/",
    "Forty",
    "in",
    ".",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_no_text_raises_and_offsets_are_exact(text: str) -> None:
    sizes: list[SampleSize] = find_sample_sizes(text)
    assert all(text[size.start : size.end] == size.text and size.value > 0 for size in sizes)
    assert [size.start for size in sizes] == sorted(size.start for size in sizes)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / name).read_text(encoding="utf-8").split("\n") if line]


def test_counts_agree_with_the_gold_abstracts() -> None:
    if not SHARED.exists():
        pytest.skip("the gold files are not beside the repository")
    texts = {row["id"]: row["abstract"] for row in _rows("dev_corpus.jsonl")}
    right = found = wanted = 0
    for row in _rows("dev.jsonl"):
        gold = [value for _, value, role, _ in row["sample_sizes"] if role != "other"]
        sizes = [s.value for s in find_sample_sizes(texts[row["id"]]) if s.role is not SampleSizeRole.OTHER]
        wanted, found = wanted + len(gold), found + len(sizes)
        for value in sizes:
            if value in gold:
                gold.remove(value)
                right += 1
    assert right / wanted > 0.9
    assert right / found > 0.9
