"""Trial arms: their names, other names, sizes; and the counts settled on them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.linking.arms import find_arms, settle_sizes
from structurer.linking.totals import total_size
from structurer.schema import Arm, SampleSize, SampleSizeRole
from structurer.text.reading import Reading


def size(text: str, printed: str, value: int, role: SampleSizeRole, rule: str, nth: int = 0) -> SampleSize:
    """The `nth` stretch `printed` of `text` as a count of participants."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(printed, start + 1)
    return SampleSize(start=start, end=start + len(printed), text=printed, rule=rule, value=value, role=role)


@dataclass(frozen=True)
class Counted:
    """Arms with counts: each count is (printed, value, rule)."""

    text: str
    counts: tuple[tuple[str, int, str], ...]
    arms: tuple[Arm, ...]


BESIDE_COUNTS = [
    Counted(
        "Women were randomised to letrozole 2.5 mg daily (n = 41) or placebo (n = 39).",
        (("n = 41", 41, "n-equals"), ("n = 39", 39, "n-equals")),
        (Arm("letrozole", 41), Arm("placebo", 39)),
    ),
    Counted(
        "They were assigned to zinc plus iron (combined group, n=20) or iron alone (single group, n=21).",
        (("n=20", 20, "n-equals"), ("n=21", 21, "n-equals")),
        (Arm("combined", 20), Arm("single", 21)),
    ),
    Counted(
        "Forty dogs were assigned to meloxicam and 38 to carprofen.",
        (("Forty dogs", 40, "randomized-after"), ("38", 38, "chain")),
        (Arm("meloxicam", 40), Arm("carprofen", 38)),
    ),
    Counted(
        "In all, 130 were randomised (64 in arm A, 66 in arm B).",
        (("64", 64, "list"), ("66", 66, "list")),
        (Arm("arm A", 64), Arm("arm B", 66)),
    ),
    Counted(
        "We randomised 71 boys (surgery, 35; bracing, 36).",
        (("35", 35, "list"), ("36", 36, "list")),
        (Arm("surgery", 35), Arm("bracing", 36)),
    ),
    Counted(
        "Thirty-one and 29 participants were randomized to yoga and rest, respectively.",
        (("Thirty-one", 31, "randomized-after"), ("29 participants", 29, "randomized-after")),
        (Arm("yoga", 31), Arm("rest", 29)),
    ),
    # "randomization: 409" is no "n: 409", whose name would stand before it
    Counted(
        "In all, 818 underwent randomization: 409 were assigned to the zeltamide group and 408 to the placebo group.",
        (("409", 409, "list"), ("408", 408, "list")),
        (Arm("zeltamide", 409), Arm("placebo", 408)),
    ),
]


@pytest.mark.parametrize("case", BESIDE_COUNTS, ids=lambda case: case.text[:50])
def test_arms_are_named_beside_their_counts(case: Counted) -> None:
    sizes = [size(case.text, printed, value, SampleSizeRole.ARM, rule) for printed, value, rule in case.counts]
    arms = find_arms(case.text, sizes)
    assert tuple((arm.label, arm.n) for arm in arms) == tuple((arm.label, arm.n) for arm in case.arms)
    settled = settle_sizes(sizes, arms, case.text)
    assert [(s.arm, s.value) for s in settled] == [(arm.label, arm.n) for arm in case.arms]


@dataclass(frozen=True)
class Named:
    """Arms without counts."""

    text: str
    labels: tuple[str, ...]
    title: str | None = None


FROM_THE_TEXT = [
    Named(
        "Adults were randomly assigned to receive sirolimus, tacrolimus, or placebo.",
        ("sirolimus", "tacrolimus", "placebo"),
    ),
    Named("Boys were allocated to either bracing or watchful waiting.", ("bracing", "watchful waiting")),
    Named("Pain fell more in the acupuncture group than in the massage group.", ("acupuncture", "massage")),
    Named("Outcomes of arm A and arm B were alike.", ("arm A", "arm B")),
    Named(
        "Sildenafil was safe. Bosentan was not.",
        ("Sildenafil", "Bosentan"),
        "Sildenafil versus bosentan in lung disease",
    ),
]
LISTED = [
    Named(
        "Men were randomised to vorelatin 25, 50, or 100 mg or placebo once daily.",
        ("vorelatin 25 mg", "vorelatin 50 mg", "vorelatin 100 mg", "placebo"),
    ),
    Named(
        "Men were randomized to tezovan, 30 mg twice daily, vorelatin 5 mg daily, or vorelatin 9 mg daily.",
        ("tezovan", "vorelatin 5 mg", "vorelatin 9 mg"),
    ),
    Named(
        "Homes were randomised to 3 arms: 1) usual care; 2) phone calls with texts; 3) home visits.",
        ("usual care", "phone calls with texts", "home visits"),
    ),
    Named(
        "Wards were randomly assigned to use CleanHand, which shows a short list, or DryHand, based on old rules.",
        ("CleanHand", "DryHand"),
    ),
    Named("Women were randomised to open-label, once-daily tezovan or insulin.", ("tezovan", "insulin")),
    Named(
        "After randomisation, patients received either warm air over 3 hours by mask or room air.",
        ("warm air", "room air"),
    ),
    Named("Women were assigned to receive radiation with or without vorelatin.", ("without vorelatin", "vorelatin")),
    Named("Women were randomised to treatment (a new coil) or control.", ("treatment", "control")),
    Named("In a randomised trial we compared 7 intervention and 8 control schools.", ("intervention", "control")),
    Named("Group P had less pain, group C more. Group P slept, group C did not.", ("Group P", "group C")),
    Named("Gel cured. Paste did not.", ("Gel", "Paste"), "Comparison of gel and paste in burns"),
]
PIECES_OF_SENTENCES = [
    Named("A randomised trial was run to evaluate the safety, tolerability and use of vorelatin.", ()),
    Named("No randomised trials show that it improves either quality of life or overall survival.", ()),
    Named("Homes were randomised to the offer of prompts and teaching.", ()),
    Named("Patients with or without metastases were eligible.", ()),
]
NO_ARMS = [
    Named("We asked 40 farmers about rain.", ()),
    Named("Patients were randomised between May 2001 and June 2003.", ()),
    Named("", ()),
]


@pytest.mark.parametrize(
    "case", [*FROM_THE_TEXT, *LISTED, *PIECES_OF_SENTENCES, *NO_ARMS], ids=lambda case: case.text[:50]
)
def test_arms_are_named_by_the_text(case: Named) -> None:
    arms = find_arms(case.text, [], title=case.title)
    assert tuple(arm.label for arm in arms) == case.labels
    assert all(arm.n is None for arm in arms)


def test_other_names_come_from_groups_brackets_and_definitions() -> None:
    text = (
        "Adults were randomised to cognitive training (CT) or usual care. "
        "Memory improved in the cognitive training group and not in the control group."
    )
    arms = find_arms(Reading(text, {"CT": "cognitive training"}), [])
    assert [arm.label for arm in arms] == ["cognitive training", "usual care"]
    assert "CT" in arms[0].aliases
    assert "control" in arms[1].aliases


def test_a_denominator_finds_its_arm() -> None:
    text = (
        "Men were randomised to niacin or placebo. Flushing: 12 of 40 men in the niacin group, 3 of 41 given placebo."
    )
    sizes = [
        size(text, "12 of 40 men", 40, SampleSizeRole.ANALYZED, "of"),
        size(text, "3 of 41", 41, SampleSizeRole.ANALYZED, "of"),
    ]
    arms = find_arms(text, sizes)
    assert [s.arm for s in settle_sizes(sizes, arms, text)] == ["niacin", "placebo"]
    assert [(arm.label, arm.n) for arm in arms] == [("niacin", 40), ("placebo", 41)]


def test_analysed_arms_are_not_sizes_at_allocation_where_more_were_randomised() -> None:
    text = "We randomised 90 men to niacin or placebo. Flushing: 12 of 40 with niacin and 3 of 41 with placebo."
    sizes = [
        size(text, "90 men", 90, SampleSizeRole.RANDOMIZED, "randomized-before"),
        size(text, "12 of 40", 40, SampleSizeRole.ANALYZED, "of"),
        size(text, "3 of 41", 41, SampleSizeRole.ANALYZED, "of"),
    ]
    assert [arm.n for arm in find_arms(text, sizes)] == [None, None]


def test_two_brands_that_share_most_words_are_two_arms() -> None:
    text = "Men were randomised to fixed brimozol with sodium (n = 41) or fixed tafluzol with sodium (n = 40)."
    sizes = [
        size(text, "n = 41", 41, SampleSizeRole.ARM, "n-equals"),
        size(text, "n = 40", 40, SampleSizeRole.ARM, "n-equals"),
    ]
    assert [(arm.label, arm.n) for arm in find_arms(text, sizes)] == [
        ("fixed brimozol with sodium", 41),
        ("fixed tafluzol with sodium", 40),
    ]


def test_one_number_for_each_group() -> None:
    text = "We randomly assigned 80 adults to yoga or rest, 40 in each group."
    sizes = [
        size(text, "80 adults", 80, SampleSizeRole.RANDOMIZED, "randomized-before"),
        size(text, "40 in each group", 40, SampleSizeRole.ARM, "each"),
    ]
    arms = find_arms(text, sizes)
    assert [(arm.label, arm.n) for arm in arms] == [("yoga", 40), ("rest", 40)]
    assert [s.arm for s in settle_sizes(sizes, arms, text)] == [None, None]


@given(st.text(), st.text())
def test_no_text_raises(text: str, title: str) -> None:
    arms = find_arms(text, [], title=title)
    assert settle_sizes([], arms, text) == []
    assert total_size([], arms, text) == (None, None)


def test_a_size_that_may_be_of_an_arm_of_unknown_size_names_none() -> None:
    text = "Gout came back in 26 of 48 men."
    sizes = [size(text, "26 of 48 men", 48, SampleSizeRole.ANALYZED, "of")]
    assert [s.arm for s in settle_sizes(sizes, (Arm("tea", 48), Arm("milk", 47)), text)] == ["tea"]
    assert [s.arm for s in settle_sizes(sizes, (Arm("tea", 48), Arm("milk", None)), text)] == [None]


def test_a_group_before_a_semicolon_is_not_that_of_the_next_result() -> None:
    text = (
        "Gout left 42 of 64 in the tea group and 54 of 60 in the milk group; 28 of 64 (44%) and 34 of 60 (57%) slept."
    )
    arms = (Arm("tea", None), Arm("milk", None))
    for printed, label in (("42 of 64", "tea"), ("54 of 60", "milk"), ("28 of 64", None)):
        sizes = [size(text, printed, int(printed[-2:]), SampleSizeRole.ANALYZED, "of")]
        assert [s.arm for s in settle_sizes(sizes, arms, text)] == [label]
