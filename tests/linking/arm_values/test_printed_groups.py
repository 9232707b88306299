"""Groups that the text prints beside a value, and words that tell which of two values is whose."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.pipeline import extract
from structurer.schema import Record


@dataclass(frozen=True)
class Case:
    """`told` are the values (their first printed number) in text order, with the arm that each must get."""

    name: str
    text: str
    told: tuple[tuple[str, str | None], ...]


DIRECTION = [
    Case(
        "compared with the other first",
        "Patients were randomised to dexmedol (n = 20) or placebo (n = 19). RESULTS: Compared with the placebo group, "
        "patients in the dexmedol group had less respiratory obstruction (5% vs. 12%, respectively; P = .037).",
        (("5%", "dexmedol"), ("12%", "placebo")),
    ),
    Case(
        "compared with the other first, but told to be higher",
        "Patients were randomised to cisplon (n = 44) or etopon (n = 47). RESULTS: Compared with cisplon, "
        "patients in the etopon arm had a higher rate of recovery (69% vs. 41%). Compared with cisplon, etopon "
        "gave a higher rate of rash (4% vs. 11%).",
        (("69%", "etopon"), ("41%", "cisplon"), ("4%", "cisplon"), ("11%", "etopon")),
    ),
    Case(
        "only the words behind tell",
        "Patients were randomised to cisplon (n = 44) or etopon (n = 47). RESULTS: Five-year response was 56.6% "
        "and 77.2%, significantly higher in the cisplon arm, P = 0.043.",
        (("56.6%", "etopon"), ("77.2%", "cisplon")),
    ),
]

PRINTED_GROUPS = [
    Case(
        "those who received",
        "Women were randomised to epinol or fentol. RESULTS: In a second part, 0 of 34 (0%) patients receiving "
        "heat had pain. The rate was 84.1% for patients treated with palbo + AI and 79.8% for those treated with "
        "palbo + fulvo.",
        (("0 of 34", "heat"), ("84.1%", "palbo + AI"), ("79.8%", "palbo + fulvo")),
    ),
    Case(
        "behind a comma",
        "Patients were randomised to denosol (n = 40) or zoledrol (n = 41). RESULTS: Necrosis was rare (2.0%, denosol; "
        "1.4%, zoledrol; P = .39).",
        (("2.0%", "denosol"), ("1.4%", "zoledrol")),
    ),
    Case(
        "a hyphened no",
        "Women were randomised to Ax (n = 40) or without Ax (n = 41). RESULTS: Nodes were positive in 14% Ax "
        "patients but only 2% no-Ax patients.",
        (("14%", "Ax"), ("2%", "without Ax")),
    ),
    Case(
        "monotherapy",
        "Women were randomised to palbol alone or palbol in combination with letrol. RESULTS: Response was 40% for "
        "combination therapy, and 22% for monotherapy.",
        (("40%", "palbol in combination with letrol"), ("22%", "palbol alone")),
    ),
    Case(
        "a colon heads both ends",
        "Women were randomised to a neutral gel or placebo. RESULTS: The pH fell (gel: 6.49 compared with 5.00 units; "
        "placebo: 6.22 compared with 5.69 units).",
        (("6.49", "neutral gel"), ("5.00", "neutral gel"), ("6.22", "placebo"), ("5.69", "placebo")),
    ),
    Case(
        "what acts, in a trial against placebo",
        "Bezafinol is a fibrate. The treatment, double-blind and placebo-controlled, was bezafinol. RESULTS: Bezafinol "
        "significantly reduced total cholesterol by 8.0%.",
        (("8.0%", "Bezafinol"),),
    ),
]

ORDER = [
    Case(
        "treated and placebo-treated",
        "Adults were randomised to risanol (n=224) or placebo (n=220). RESULTS: Serious adverse events were "
        "reported for 4.0% and 5.5% of risanol-treated and placebo-treated patients, respectively; infections "
        "were reported for 0.9% and 2.3%, respectively.",
        (("4.0%", "risanol"), ("5.5%", "placebo"), ("0.9%", "risanol"), ("2.3%", "placebo")),
    ),
    Case(
        "intervals between two values",
        "Men were randomised to plain imaging (n=152) or PET-CT (n=150). RESULTS: Plain imaging conferred change less "
        "frequently (23 [15%] men [10-22] vs 41 [28%] men [21-36]; p=0.008).",
        (("23", "plain imaging"), ("41", "PET-CT")),
    ),
    Case(
        "following",
        "Men were randomised to plain imaging (n=152) or PET-CT (n=150). RESULTS: Change occurred in seven (5%) of 136 "
        "patients following plain imaging, and in 39 (27%) of 146 following PET-CT.",
        (("seven", "plain imaging"), ("39", "PET-CT")),
    ),
    Case(
        "overall, but",
        "Adults were randomised to primaquol or no primaquol. RESULTS: Overall prevalence was low (9%), but "
        "subjects given primaquol were free of it by day 14.",
        (("9%", None),),
    ),
]

SIDE_BY_SIDE = [
    Case(
        "doses in brackets",
        "Women were randomised to 3-monthly goserol (n = 113) or monthly goserol (n = 109). RESULTS: The response "
        "rate was 61.5 % (goserol 10.8 mg) and 60.2 % (goserol 3.6 mg).",
        (("61.5", "goserol 10.8 mg"), ("60.2", "goserol 3.6 mg")),
    ),
    Case(
        "a sentence between two that are headed",
        "The weekly arm had 52 patients; the every-3-weeks arm had 51. RESULTS: In the weekly arm, response was "
        "23%. Pain was seen in 12%. In the every-3-weeks arm, response was 14%.",
        (("23%", "weekly"), ("12%", "weekly"), ("14%", "every-3-weeks")),
    ),
    Case(
        "a list before its group",
        "The weekly arm had 52 patients; the every-3-weeks arm had 51. RESULTS: Adverse events included fever "
        "(29%) and diarrhoea (17%) in the weekly arm and fever (36%), vomiting (20%), and diarrhoea (12%) in the "
        "every-3-weeks arm.",
        (
            ("29%", "weekly"),
            ("17%", "weekly"),
            ("36%", "every-3-weeks"),
            ("20%", "every-3-weeks"),
            ("12%", "every-3-weeks"),
        ),
    ),
    Case(
        "a value alone in a bracket",
        "Men were randomised to nivozol or docezol. RESULTS: The most frequent adverse events were anaemia (four "
        "[2%]) in the nivozol group and decreased neutrophils (59 [28%]) in the docezol group.",
        (("four", "nivozol"), ("59", "docezol")),
    ),
    Case(
        "two changes",
        "Sixty patients had fish oil (group I), or fish oil with primrose oil (group II), or nothing (group III). "
        "RESULTS: The ratio declined from 15.47 ± 5.51 to 10.62 ± 5.07 (p = 0.005), and from 18.15 ± 5.04 to "
        "13.50 ± 4.81 (p = 0.005) in groups I and II respectively.",
        (("15.47", "group I"), ("10.62", "group I"), ("18.15", "group II"), ("13.50", "group II")),
    ),
    Case(
        "eyes",
        "Each of 25 men started unoprol in one eye and latanol in the other. RESULTS: Flow increased 30% in eyes "
        "receiving latanol (P <.0001) and 16% in eyes receiving unoprol (P =.05).",
        (("30%", "latanol"), ("16%", "unoprol")),
    ),
]

ORDERED = [
    Case(
        "a list of groups before its values",
        "Patients were randomised to tezovan or placebo. The rate of nausea in the tezovan, oxalin and placebo groups "
        "was 8%, 7% and 3%, respectively.",
        (("8%", "tezovan"), ("7%", "oxalin"), ("3%", "placebo")),
    ),
    Case(
        "a list of outcomes is none of groups",
        "Patients were randomised to tezovan or placebo. The rates of nausea, rash and fever were 8%, 7% and 3%, "
        "respectively.",
        (("8%", None), ("7%", None), ("3%", None)),
    ),
    Case(
        "the one group of a list of outcomes behind it",
        "Patients were randomised to tezovan or placebo. Pain, stiffness and swelling fell by 6.5 ± 2.2, 3.4 ± 1.2, "
        "and 4.2 ± 0.8 points, respectively, in the tezovan group and by 2.6 ± 1.4, 1.2 ± 0.5, and 1.3 ± 0.3 points, "
        "respectively, in the placebo group.",
        (
            ("6.5", "tezovan"),
            ("3.4", "tezovan"),
            ("4.2", "tezovan"),
            ("2.6", "placebo"),
            ("1.2", "placebo"),
            ("1.3", "placebo"),
        ),
    ),
    Case(
        "a group of its own right before a value",
        "Patients were randomised to tezovan or placebo. Cure was seen in 30% with tezovan. In the late-start group "
        "(n = 12), 25% were cured.",
        (("30%", "tezovan"), ("25%", "late-start")),
    ),
    Case(
        "both arms against a control that is a third",
        "We compared relaxation versus coaching in comparison with a control group. Patients were randomised to "
        "relaxation or coaching. In the control group, 27% were cured, less than with coaching (44%).",
        (("27%", "control"), ("44%", "coaching")),
    ),
]

CASES = [*ORDERED, *DIRECTION, *PRINTED_GROUPS, *ORDER, *SIDE_BY_SIDE]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_arm_of_each_value_of_a_text(case: Case) -> None:
    (report,) = extract([Record(record_id="1", abstract=case.text)])
    assert [value.arm for value in report.arm_values] == [arm for _, arm in case.told]
    assert all(value.text.startswith(told[0]) for value, told in zip(report.arm_values, case.told, strict=True))
