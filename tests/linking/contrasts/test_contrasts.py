"""Values that a sentence sets against each other, and the printed effects that compare the same two."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.contrasts import Contrast
from structurer.linking.contrasts import find_contrasts, with_contrasts
from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Phrase,
    PValue,
    Record,
    TrialReport,
)

KINDS = {"events": ArmValueKind.EVENTS, "percent": ArmValueKind.PERCENT, "mean": ArmValueKind.MEAN}


@dataclass(frozen=True)
class Case:
    """`values`: (words, kind, arm, outcome, time); `effects`: (words, measure, outcome, groups)."""

    text: str
    values: list[tuple[str, str, str | None, str | None, str | None]]
    expected: tuple[Contrast, ...]
    effects: list[tuple[str, str, str | None, tuple[str, str] | None]] = field(default_factory=list)


def placed(text: str, words: str, taken: set[int]) -> dict[str, int | str]:
    start = text.index(words)
    while start in taken:
        start = text.index(words, start + 1)
    taken.add(start)
    return {"start": start, "end": start + len(words), "text": words, "rule": "t"}


def phrase(words: str | None) -> Phrase | None:
    return None if words is None else Phrase(words, 0, len(words))


def values_of(case: Case) -> list[ArmValue]:
    taken: set[int] = set()
    return [
        ArmValue(
            **placed(case.text, words, taken),  # type: ignore[arg-type]
            kind=KINDS[kind],
            arm=arm,
            outcome=phrase(outcome),
            timepoint=phrase(time),
        )
        for words, kind, arm, outcome, time in case.values
    ]


def effects_of(case: Case) -> list[EffectEstimate]:
    taken: set[int] = set()
    return [
        EffectEstimate(
            **placed(case.text, words, taken),  # type: ignore[arg-type]
            measure=EffectMeasure(measure),
            estimate=None,
            outcome=phrase(outcome),
            comparison=None if groups is None else (phrase(groups[0]), phrase(groups[1])),
        )
        for words, measure, outcome, groups in case.effects
    ]


A, B, C = "zelmorast", "placebo", "high-dose zelmorast"

CASES = [
    Case(
        "Relapse was seen in 12 of 80 on zelmorast v 21 of 79 on placebo (risk ratio 0.56).",
        [("12 of 80", "events", A, "Relapse", None), ("21 of 79", "events", B, "Relapse", None)],
        (Contrast((0, 1), (0,)),),
        [("risk ratio 0.56", "RR", "Relapse", (A, B))],
    ),
    # the comparator is named first
    Case(
        "Relapse: placebo 27%, zelmorast 15%.",
        [("27%", "percent", B, "Relapse", None), ("15%", "percent", A, "Relapse", None)],
        (Contrast((1, 0)),),
    ),
    # the estimate's own order goes before the names
    Case(
        "Relapse rose from 15% on zelmorast to 27% on placebo (OR 2.1).",
        [("15%", "percent", A, "Relapse", None), ("27%", "percent", B, "Relapse", None)],
        (Contrast((1, 0), (0,)),),
        [("OR 2.1", "OR", "Relapse", (B, A))],
    ),
    # three arms: each against the comparator
    Case(
        "Relapse: 9%, 15%, and 27% on high-dose, zelmorast, and placebo.",
        [
            ("9%", "percent", C, "Relapse", None),
            ("15%", "percent", A, "Relapse", None),
            ("27%", "percent", B, "Relapse", None),
        ],
        (Contrast((0, 2)), Contrast((1, 2))),
    ),
    # two rounds of the same arms: two strata of one outcome
    Case(
        "Relapse: women 10% v 20%, men 11% v 22%.",
        [
            ("10%", "percent", A, "Relapse", None),
            ("20%", "percent", B, "Relapse", None),
            ("11%", "percent", A, "Relapse", None),
            ("22%", "percent", B, "Relapse", None),
        ],
        (Contrast((0, 1)), Contrast((2, 3))),
    ),
    # an estimate belongs to the values right before it, not to those behind it
    Case(
        "Relapse: women 10% v 20% (OR 0.4), men 11% v 22%.",
        [
            ("10%", "percent", A, "Relapse", None),
            ("20%", "percent", B, "Relapse", None),
            ("11%", "percent", A, "Relapse", None),
            ("22%", "percent", B, "Relapse", None),
        ],
        (Contrast((0, 1), (0,)), Contrast((2, 3))),
        [("OR 0.4", "OR", "Relapse", (A, B))],
    ),
    # two estimates of one contrast
    Case(
        "Relapse: 10% v 20% (OR 0.44; risk ratio 0.5).",
        [("10%", "percent", A, "Relapse", None), ("20%", "percent", B, "Relapse", None)],
        (Contrast((0, 1), (0, 1)),),
        [("OR 0.44", "OR", "Relapse", (A, B)), ("risk ratio 0.5", "RR", "Relapse", (A, B))],
    ),
]

NO_CONTRAST = [
    # one arm twice, and not in rounds
    Case(
        "Pain fell from 60 to 40 and from 61 to 55.",
        [
            ("60", "mean", A, "Pain", None),
            ("40", "mean", A, "Pain", None),
            ("61", "mean", B, "Pain", None),
            ("55", "mean", B, "Pain", None),
        ],
        (),
    ),
    Case(
        "Relapse 15%, death 27%.",
        [("15%", "percent", A, "Relapse", None), ("27%", "percent", B, "death", None)],
        (),
    ),
    Case(
        "Relapse 15% at 3 months, 27% at 6 months.",
        [("15%", "percent", A, "Relapse", "3 months"), ("27%", "percent", B, "Relapse", "6 months")],
        (),
    ),
    Case("Relapse 15%; 40.", [("15%", "percent", A, "Relapse", None), ("40", "mean", B, "Relapse", None)], ()),
    Case("Relapse 15%, 27%.", [("15%", "percent", A, "Relapse", None), ("27%", "percent", None, "Relapse", None)], ()),
    Case("Relapse 15%, 27%.", [("15%", "percent", A, None, None), ("27%", "percent", B, None, None)], ()),
    Case(
        "Relapse was seen in 15%. Placebo had 27%.",
        [("15%", "percent", A, "Relapse", None), ("27%", "percent", B, "Relapse", None)],
        (),
    ),
    # three arms without a comparator
    Case(
        "Relapse: 9%, 15%, 27%.",
        [
            ("9%", "percent", "alpha", "Relapse", None),
            ("15%", "percent", "beta", "Relapse", None),
            ("27%", "percent", "gamma", "Relapse", None),
        ],
        (),
    ),
    Case("Relapse: 9%.", [("9%", "percent", A, "Relapse", None)], ()),
]

PAIR = "Relapse: 15% v 27%"
PAIR_VALUES: list[tuple[str, str, str | None, str | None, str | None]] = [
    ("15%", "percent", A, "Relapse", None),
    ("27%", "percent", B, "Relapse", None),
]
UNLINKED = [
    Case(f"{PAIR} (death HR 0.7).", PAIR_VALUES, (), [("HR 0.7", "HR", "death", (A, B))]),
    Case(f"{PAIR} (SMD 0.7).", PAIR_VALUES, (), [("SMD 0.7", "SMD", "Relapse", (A, B))]),
    Case(f"{PAIR} (HR 0.7).", PAIR_VALUES, (), [("HR 0.7", "HR", None, (A, B))]),
    Case(f"{PAIR}. It fell. The HR was 0.7.", PAIR_VALUES, (), [("HR was 0.7", "HR", "Relapse", (A, B))]),
    Case(f"{PAIR}. The HR was 0.7.", PAIR_VALUES, (), [("HR was 0.7", "HR", "death", (A, B))]),
    Case(
        f"{PAIR}. Cured: 4% (1-7) v 9% (5-13), RR 0.7.",
        PAIR_VALUES,
        (),
        [("4% (1-7)", "PROPORTION", "Relapse", (A, B)), ("RR 0.7", "RR", "Relapse", (A, B))],
    ),
]
# An estimate in the next sentence, and one of an event that the values tell as being free of it.
LINKED = [
    Case(f"{PAIR}. The HR was 0.7.", PAIR_VALUES, (), [("HR was 0.7", "HR", "Relapse", (A, B))]),
    Case(f"{PAIR} (HR for relapse 0.7).", PAIR_VALUES, (), [("HR for relapse 0.7", "HR", "relapse-free", (A, B))]),
    Case(
        "Survival: 15% v 27% (HR for death 0.7).",
        [("15%", "percent", A, "Overall survival", None), ("27%", "percent", B, "Overall survival", None)],
        (),
        [("HR for death 0.7", "HR", "death", (A, B))],
    ),
]


@pytest.mark.parametrize("case", [*CASES, *NO_CONTRAST])
def test_contrasts(case: Case) -> None:
    assert find_contrasts(values_of(case), effects_of(case), case.text) == case.expected


@pytest.mark.parametrize("case", UNLINKED)
def test_an_effect_of_something_else_is_not_linked(case: Case) -> None:
    [found] = find_contrasts(values_of(case), effects_of(case), case.text)
    assert found.effects == ()


@pytest.mark.parametrize("case", LINKED)
def test_an_effect_of_the_same_two_is_linked(case: Case) -> None:
    [found] = find_contrasts(values_of(case), effects_of(case), case.text)
    assert found.effects == (0,)


words = st.sampled_from([A, B, C, None])


@given(st.lists(st.tuples(words, st.sampled_from(["Relapse", "death", None]), st.integers(0, 40)), max_size=9))
def test_pairs_are_of_two_arms_of_one_outcome(drawn: list[tuple[str | None, str | None, int]]) -> None:
    text = "Relapse and death, 15% and 27% in all. So it was."
    values = sorted(
        (
            ArmValue(
                start=at, end=at + 2, text=text[at : at + 2], rule="t", kind=ArmValueKind.MEAN, arm=arm,
                outcome=phrase(outcome),
            )
            for arm, outcome, at in drawn
        ),
        key=lambda value: value.start,
    )  # fmt: skip
    for contrast in find_contrasts(values, [], text):
        one, other = (values[i] for i in contrast.values)
        assert one.arm != other.arm
        assert one.outcome == other.outcome
        assert None not in (one.arm, one.outcome)


TRIAL = "Relapse was seen in 12 (15%) on zelmorast and 21 (27%) on placebo at week 8."


def trial(text: str = TRIAL, *, n: tuple[int | None, int | None] = (80, 79), time: str | None = None) -> TrialReport:
    case = Case(text, [("12 (15%)", "events", A, "Relapse", time), ("21 (27%)", "events", B, "Relapse", time)], ())
    first, second = values_of(case)
    return TrialReport(
        record=Record(record_id="1", abstract=text),
        arms=(Arm(A, n[0]), Arm(B, n[1])),
        arm_values=(
            replace(first, events=12, percent=Decimal(15)),
            replace(second, events=21, percent=Decimal(27)),
        ),
    )


def test_effects_are_computed_with_the_sizes_of_the_arms() -> None:
    found = with_contrasts(trial(), TRIAL)
    [contrast] = found.contrasts
    assert [(e.measure.value, round(e.yi, 4), e.inputs) for e in contrast.computed] == [
        ("RR", -0.5722, "12/80 v 21/79; sizes of the arms"),
        ("OR", -0.7187, "12/80 v 21/79; sizes of the arms"),
        ("RD", -0.1158, "12/80 v 21/79; sizes of the arms"),
    ]
    assert (found.arm_values, found.effects) == (trial().arm_values, ())


@pytest.mark.parametrize(
    "given",
    [
        trial(n=(None, 79)),
        trial(n=(80, 120)),  # 21 of 120 is not 27%
        trial(time="baseline"),
        trial(TRIAL + " It was a crossover trial."),
        trial("Villages were randomised. " + TRIAL),
        trial("In this cluster-randomised trial, " + TRIAL),
    ],
)
def test_numbers_that_do_not_suffice_give_no_effect(given: TrialReport) -> None:
    [contrast] = with_contrasts(given, given.record.abstract or "").contrasts
    assert contrast.computed == ()


def test_none_takes_the_size_of_its_arm_where_the_other_size_is_proved() -> None:
    given = trial()
    none = replace(given.arm_values[1], events=0, percent=None)
    [contrast] = with_contrasts(replace(given, arm_values=(given.arm_values[0], none)), TRIAL).contrasts
    assert {(e.measure.value, e.corrected, e.inputs) for e in contrast.computed} == {
        ("RR", True, "12/80 v 0/79; sizes of the arms"),
        ("OR", True, "12/80 v 0/79; sizes of the arms"),
        ("RD", False, "12/80 v 0/79; sizes of the arms"),
    }


def means(text: str, spread: str, p: PValue | None = None) -> TrialReport:
    case = Case(text, [("31 ", "mean", A, "Pain", None), ("40 ", "mean", B, "Pain", None)], ())
    values = [
        replace(value, value=Decimal(value.text.strip()), sd=Decimal(spread), text=f"{value.text.strip()} ± {spread}")
        for value in values_of(case)
    ]
    return TrialReport(
        record=Record(record_id="1", abstract=text),
        arms=(Arm(A, 40), Arm(B, 44)),
        arm_values=tuple(values),
        p_values=() if p is None else (p,),
    )


PAIN = "Pain was 31 ± 20 against 40 ± 20 (p = 0.04)."
AT_4_PER_CENT = PValue(start=34, end=42, text="p = 0.04", rule="t", operator="=", value=Decimal("0.04"))


def test_means_with_the_spread_taken_for_a_standard_deviation() -> None:
    [contrast] = with_contrasts(means(PAIN, "20", AT_4_PER_CENT), PAIN).contrasts
    note = "31 (SD 20, n 40) v 40 (SD 20, n 44); sizes of the arms; spread taken for SD"
    assert [(e.measure.value, round(e.yi, 3), round(e.sei, 3), e.inputs) for e in contrast.computed] == [
        ("MD", -9.0, 4.369, note),
        ("SMD", -0.446, 0.221, note),
    ]


@pytest.mark.parametrize(
    "given",
    [
        means(PAIN, "3"),  # three standard deviations apart
        means(PAIN, "9", AT_4_PER_CENT),  # so far apart that p would be below 0.0001
        means(PAIN + " Values are means ± SEM.", "20"),
        replace(means(PAIN, "20"), arms=(Arm(A, None), Arm(B, 44))),
    ],
)
def test_a_spread_that_may_be_a_standard_error_gives_none(given: TrialReport) -> None:
    [contrast] = with_contrasts(given, given.record.abstract or "").contrasts
    assert contrast.computed == ()


def test_standard_errors_become_standard_deviations() -> None:
    given = means(PAIN, "20")
    values = tuple(replace(value, sd=None, se=Decimal("3")) for value in given.arm_values)
    [contrast] = with_contrasts(replace(given, arm_values=values), PAIN).contrasts
    difference = contrast.computed[0]
    assert (round(difference.sei, 4), difference.inputs) == (
        4.2426,
        "31 (SE 3, n 40) v 40 (SE 3, n 44); sizes of the arms",
    )


def test_a_size_is_that_of_the_sentence_before_that_of_the_arm() -> None:
    text = "Rash was seen in 9 of 78 and 4 of 79, and relapse in 12 (15%) on zelmorast and 21 (27%) on placebo."
    rash = Case(text, [("9 of 78", "events", A, "Rash", None), ("4 of 79", "events", B, "Rash", None)], ())
    one, other = values_of(rash)
    relapse = trial(text)
    given = replace(
        relapse, arm_values=(replace(one, events=9, n=78), replace(other, events=4, n=79), *relapse.arm_values)
    )
    found = with_contrasts(given, text).contrasts
    assert [contrast.computed[0].inputs for contrast in found] == [
        "9/78 v 4/79",
        "12/78 v 21/79; sizes from the same sentence",
    ]


def test_a_fraction_of_time_is_no_count() -> None:
    text = "Relapse: 12/72 hours with zelmorast and 14/67 hours with placebo."
    case = Case(text, [("12/72", "events", A, "Relapse", None), ("14/67", "events", B, "Relapse", None)], ())
    first, second = values_of(case)
    values = (replace(first, events=12, n=72), replace(second, events=14, n=67))
    given = TrialReport(record=Record(record_id="1", abstract=text), arm_values=values)
    [contrast] = with_contrasts(given, text).contrasts
    assert contrast == Contrast((0, 1))
    other = text.replace("hours", "women")
    assert len(with_contrasts(given, other).contrasts[0].computed) == 3


def test_a_matched_placebo_is_no_matched_pair() -> None:
    text = TRIAL + " Arms had impaired sleep and matched placebo."
    assert len(with_contrasts(trial(text), text).contrasts[0].computed) == 3


def test_a_report_without_values_is_as_it_was() -> None:
    bare = TrialReport(record=Record(record_id="1", abstract="x"))
    assert with_contrasts(bare, "x") is bare


def test_an_interval_is_no_reason_to_pair() -> None:
    text = "Relapse (OR 0.5, 95% CI 0.3 to 0.8) was rarer."
    interval = ConfidenceInterval(
        start=17, end=34, text=text[17:34], rule="t", level=Decimal(95), lower=Decimal("0.3"), upper=Decimal("0.8")
    )
    effect = EffectEstimate(
        start=9, end=34, text=text[9:34], rule="t", measure=EffectMeasure.OR, estimate=Decimal("0.5"), interval=interval
    )
    assert find_contrasts([], [effect], text) == ()
