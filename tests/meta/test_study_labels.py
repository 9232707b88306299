"""Short labels of studies."""

from __future__ import annotations

import pytest

from structurer.meta.study_labels import Study, study_labels


@pytest.mark.parametrize(
    ("title", "year", "label"),
    [
        ("Corvatinib in cancer (HELICON): a randomised trial", 2020, "HELICON 2020"),
        ("Varolimide for atrial fibrillation: the HARBOUR trial", 2017, "HARBOUR 2017"),
        ("Varolimide in kidney disease: MERIDIAN", 2022, "MERIDIAN 2022"),
        ("KEYNOTE-585: pembrolizumab in gastric cancer", None, "KEYNOTE-585"),
        ("Apitolisib (GDC-0980) in renal cancer", 2016, "Apitolisib (GDC-0980) in renal cancer 2016"),
        ("Effect of tea on sleep in adults with insomnia", 2019, "Effect of tea on sleep in adults 2019"),
        ("Tea (warm) versus coffee", None, "Tea (warm) versus coffee"),
        (None, 2019, "7 2019"),
    ],
)
def test_label(title: str | None, year: int | None, label: str) -> None:
    assert study_labels([Study("7", title, year)]) == {"7": label}


def test_no_two_studies_have_one_label() -> None:
    studies = [Study("1", "Tea for sleep", 2019), Study("2", "Tea for sleep", 2019), Study("3", "Tea for sleep", 2020)]
    assert list(study_labels(studies).values()) == [
        "Tea for sleep 2019 [1]",
        "Tea for sleep 2019 [2]",
        "Tea for sleep 2020",
    ]
