"""The arm of each value in whole texts, where the arms are found in the same text."""

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


GROUPS_GIVEN = [
    Case(
        "the group given",
        "Women were randomised. Relapse was 2 percent in the group given ralotin plus boost and 7 percent in the group "
        "given ralotin alone. Death was rare (80 percent in the group given ralotin plus boost and 79 percent in the "
        "ralotin group).",
        (
            ("2", "ralotin plus boost"),
            ("7", "ralotin alone"),
            ("80", "ralotin plus boost"),
            ("79", "ralotin alone"),
        ),
    ),
    Case(
        "the group that underwent",
        "Men were randomised to open repair or mesh repair. RESULTS: Twelve men in the group that underwent mesh "
        "repair had a recurrence, whereas nine men in the open-repair group died.",
        (("Twelve", "mesh repair"), ("nine", "open repair")),
    ),
    Case(
        "short forms as letters of groups",
        "The patients in group KT (n = 25) received ketorolan 2 mg and those in group K (n = 25) received saline. "
        "Group KT had more nausea (58% vs 31%) than group K.",
        (("58%", "group KT"), ("31%", "group K")),
    ),
    Case(
        "what a numbered group was given",
        "Patients were randomised to two groups. Group 1 received venolin tablets and group 2 received talc "
        "spray. Cure was 63% with venolin tablets and 39% with talc spray.",
        (("63%", "Group 1"), ("39%", "group 2")),
    ),
    Case(
        "schedules",
        "The weekly arm had 52 assessable patients; the every-3-weeks arm had 51. In the weekly arm, response was "
        "23%. In the every-3-weeks arm, response was 14%.",
        (("23%", "weekly"), ("14%", "every-3-weeks")),
    ),
    Case(
        "treated people",
        "Patients were randomised to pentovil (n = 26) or standard follow up (n = 27). Cure (95% treated, 90% "
        "controls at 5 years) did not differ. Pain was seen in 40% of treated patients and in 51% of untreated "
        "patients.",
        (
            ("95%", "pentovil"),
            ("90%", "standard follow up"),
            ("40%", "pentovil"),
            ("51%", "standard follow up"),
        ),
    ),
    Case(
        "treatment group beside a control",
        "Cows were randomised to a treatment group (n = 20) or a control group (n = 21). Mastitis was seen in 10% "
        "of the treatment group and 33% of the control group.",
        (("10%", "treatment"), ("33%", "control")),
    ),
]

WITHOUT = [
    Case(
        "with plus and minus",
        "We randomized 90 patients to chemotherapy either with EPO (EPO+; n = 44) or without EPO (EPO-; n = 46). "
        "Thrombosis (EPO+: 3.0%, EPO-: 1.0%; P = 0.01) was rare.",
        (("3.0%", "EPO+"), ("1.0%", "EPO")),
    ),
    Case(
        "no enema",
        "In this trial 443 women were randomised. Intervention: saline enema, versus no enema. Infection was seen in "
        "41/190 [22%] with enema v 26/182 [14%] without enema.",
        (("41/190", "saline enema"), ("26/182", "no enema")),
    ),
]

DOSES_AND_SHORT_FORMS = [
    Case(
        "doses of one drug",
        "Women were randomised to fulvoran 500 mg (500-mg group) or 250 mg (250-mg group). Response was 45.6% for "
        "fulvoran 500 mg and 39.6% for fulvoran 250 mg.",
        (("45.6%", "fulvoran 500 mg"), ("39.6%", "250 mg")),
    ),
    Case(
        "the first half of two names",
        "Adults were randomised to the moderate-volume group or the high-volume group. Mean adherence for the "
        "high- and moderate-volume groups was 254 min and 137 min, respectively.",
        (("254", "high-volume"), ("137", "moderate-volume")),
    ),
    Case(
        "undefined short forms in a list",
        "Patients were randomised to electric needles (EN) or gabapentin (GP). RESULTS: Adverse events were "
        "frequent: GP (39.3%), PX (20.0%), EN (16.7%), and SN (3.1%).",
        (("39.3%", "gabapentin"), ("20.0%", "PX"), ("16.7%", "electric needles"), ("3.1%", "SN")),
    ),
    Case(
        "an undefined short form, and a share behind its count",
        "Women were randomised to gemazol plus docezol (GD) or not. Response was similar comparing GD (72 of 207, "
        "34.8%) and CD (78 of 191, 40.8%).",
        (
            ("72 of 207", "gemazol plus docezol"),
            ("34.8%", "gemazol plus docezol"),
            ("78 of 191", "CD"),
            ("40.8%", "CD"),
        ),
    ),
    Case(
        "those treated with an undefined short form",
        "Patients were randomised to blinded denosin or open-label IV BX. Response was seen in 52% of denosin-treated "
        "patients and 46% of IV BX-treated patients.",
        (("52%", "blinded denosin"), ("46%", "BX")),
    ),
]

CLAUSES = [
    Case(
        "a test between a value and its group",
        "Adults were randomised to diet (n = 20) or exercise (n = 21). RESULTS: Weight changed by -0.52 ± 3.6 kg "
        "(P = 0.31) in the diet group and -7.24 ± 5.4 kg (P < 0.001) in the exercise group.",
        (("-0.52", "diet"), ("-7.24", "exercise")),
    ),
    Case(
        "the clause behind while",
        "Women were randomised to self-examination or to a control group. RESULTS: Falls were seen in 33% of the "
        "self-examination group while fractures occurred in 9% and burns occurred in 5% of the control group.",
        (("33%", "self-examination"), ("9%", "control"), ("5%", "control")),
    ),
]

LISTS = [
    Case(
        "doses of a list",
        "In this study 281 patients were randomised equally to once-daily placebo or pefinib 25, 50 and 150 mg. "
        "RESULTS: Adverse events were similar between the placebo (64.3%) and pefinib 25, 50 and 150 mg groups "
        "(70.9%, 52.7% and 67.2%, respectively). Response was 20% with pefinib 25 mg, 30% with 50 mg and 50% with "
        "150 mg versus 10% with placebo.",
        (
            ("64.3%", "placebo"),
            ("70.9%", "pefinib 25 mg"),
            ("52.7%", "pefinib 50 mg"),
            ("67.2%", "pefinib 150 mg"),
            ("20%", "pefinib 25 mg"),
            ("30%", "pefinib 50 mg"),
            ("50%", "pefinib 150 mg"),
            ("10%", "placebo"),
        ),
    ),
    Case(
        "many times of each group",
        "Women were randomised to methazol or pethizol. RESULTS: Pain severity in methazol group at 6, 12 and 18 "
        "hours was 6.4 ± 0.9, 3.4 ± 0.8, 1.9 ± 1.1 (p < 0.05) and for patients in pethizol group was 6.6 ± 0.8, "
        "3.1 ± 0.9 and 2.1 ± 1.0 (p < 0.05), respectively.",
        (
            ("6.4", "methazol"),
            ("3.4", "methazol"),
            ("1.9", "methazol"),
            ("6.6", "pethizol"),
            ("3.1", "pethizol"),
            ("2.1", "pethizol"),
        ),
    ),
    Case(
        "three letters",
        "Patients were randomised to three groups: group B, group C and group D. RESULTS: Analgesia was not "
        "required in 10 (50%), 12 (60%) and 15 (75%) patients in groups C, B, and D, respectively.",
        (("10", "group C"), ("12", "group B"), ("15", "group D")),
    ),
]

PARTS_OF_NAMES = [
    Case(
        "a word of another name behind the name",
        "Sixteen men were assigned to Cr or placebo supplementation. RESULTS: After Cr supplementation, cure rose "
        "to 45% (p = 0.005).",
        (("45%", "Cr"),),
    ),
    Case(
        "placebo-controlled is no placebo",
        "In a placebo-controlled trial, patients received sitazol or placebo. RESULTS: The placebo-controlled "
        "response in the sitazol group was 62%.",
        (("62%", "sitazol"),),
    ),
    Case(
        "a partner that both have",
        "Patients were randomised to cisplazol or carbozol combined with pemetrol. RESULTS: 71.9% (46/64) of "
        "patients in pemetrol+cisplazol and 88.9% (48/54) in pemetrol+carbozol completed treatment.",
        (("71.9%", "cisplazol"), ("88.9%", "carbozol combined with pemetrol")),
    ),
    Case(
        "a name that begins like a word",
        "Women were randomly assigned to receive placebo (N = 26) or aspirazol (N = 23). RESULTS: The rate was "
        "lower among women receiving aspirazol than in the placebo group (52.2% vs 73.1%, respectively).",
        (("52.2%", "aspirazol"), ("73.1%", "placebo")),
    ),
    Case(
        "after",
        "Patients were assigned to undergo resection either after loop ligation (n=54) or after bipolar "
        "coagulation with forceps (n=55). RESULTS: Cure was similar (ligation 46%, coagulation 40%).",
        (("46%", "loop ligation"), ("40%", "bipolar coagulation with forceps")),
    ),
    Case(
        "units that are no arms by name",
        "Women were randomised to an alongside midwifery-led unit or to standard obstetric units. RESULTS: Operative "
        "deliveries were 16.3% in the midwife-led unit; 18.0% in the normal unit; and 18.8% in the special unit.",
        (("16.3%", "midwife-led"), ("18.0%", "normal"), ("18.8%", "special")),
    ),
]

PAIRS = [
    Case(
        "side by side with a value between",
        "Patients were assigned to PET-CT (n = 170) or conventional staging (n = 167). RESULTS: Disease was "
        "upstaged in 8 PET-CT recipients and 1 conventional staging recipient (4.8% vs. 0.6%), and missed in "
        "others (14.9% vs. 29.6%).",
        (
            ("4.8%", "PET-CT"),
            ("0.6%", "conventional staging"),
            ("14.9%", "PET-CT"),
            ("29.6%", "conventional staging"),
        ),
    ),
    Case(
        "those who had it",
        "Patients were assigned to PET-CT (n = 170) or conventional staging (n = 167). RESULTS: At 3 years, 52 "
        "patients who had PET-CT and 57 patients who had conventional staging had died.",
        (("52", "PET-CT"), ("57", "conventional staging")),
    ),
]


CASES = [
    *GROUPS_GIVEN,
    *WITHOUT,
    *DOSES_AND_SHORT_FORMS,
    *CLAUSES,
    *LISTS,
    *PARTS_OF_NAMES,
    *PAIRS,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_arm_of_each_value_of_a_text(case: Case) -> None:
    (report,) = extract([Record(record_id="1", abstract=case.text)])
    assert [value.arm for value in report.arm_values] == [arm for _, arm in case.told]
    assert all(value.text.startswith(told[0]) for value, told in zip(report.arm_values, case.told, strict=True))
