"""Registry IDs. New cases go to the list named by where they came from; shapes are tested from their own table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.mentions.registry_ids import find_registry_ids
from structurer.resources import load_vocabulary

ROWS = load_vocabulary("registries", ("registry", "anchor", "pattern", "canonical", "example_id"))


@dataclass(frozen=True)
class Case:
    """A text and what is found in it: (id, registry, text as printed), in order."""

    text: str
    found: tuple[tuple[str, str, str], ...]


CREPT_IN = [
    Case("(NCT 0311 7702)", (("NCT03117702", "ClinicalTrials.gov", "NCT 0311 7702"),)),
    Case("Registered (NCT: 03117702).", (("NCT03117702", "ClinicalTrials.gov", "NCT: 03117702"),)),
    Case("NCT-03117702 .).", (("NCT03117702", "ClinicalTrials.gov", "NCT-03117702"),)),
    Case("NCTO3117702", (("NCT03117702", "ClinicalTrials.gov", "NCTO3117702"),)),
    Case("Clinicaltrials.govNCT03117702", (("NCT03117702", "ClinicalTrials.gov", "NCT03117702"),)),
    Case("EudraCT no. 2011 – 004821 – 37", (("2011-004821-37", "EudraCT", "2011 – 004821 – 37"),)),
    Case("EUDRACT NO: 2011/004821/37", (("2011-004821-37", "EudraCT", "2011/004821/37"),)),
    Case("EudraCT2011-004821-37", (("2011-004821-37", "EudraCT", "2011-004821-37"),)),
    Case("ACTRN012617000345218", (("ACTRN12617000345218", "ANZCTR", "ACTRN012617000345218"),)),
    Case("ISCRTN40512873", (("ISRCTN40512873", "ISRCTN", "ISCRTN40512873"),)),
    Case("IRSCTNO0512873", (("ISRCTN00512873", "ISRCTN", "IRSCTNO0512873"),)),
    Case("chictr-inr-16008711", (("ChiCTR-INR-16008711", "ChiCTR", "chictr-inr-16008711"),)),
    Case("ChiCTR1800017755", (("ChiCTR1800017755", "ChiCTR", "ChiCTR1800017755"),)),
]
BARE_DIGITS = [
    Case("registered with ISRCTN, number 40512873. We", (("ISRCTN40512873", "ISRCTN", "40512873"),)),
    Case(
        "under the identifier 03117702 at http://www.clinicaltrials.gov",
        (("NCT03117702", "ClinicalTrials.gov", "03117702"),),
    ),
    Case("Nederlands Trial Register (NTR): TC4410", (("NTR4410", "NTR", "4410"),)),
    Case("TRIAL REGISTRATION NUMBER: 12617000345218.", (("ACTRN12617000345218", "ANZCTR", "12617000345218"),)),
    Case("ANZCTR, 12,617,000,345,218.", (("ACTRN12617000345218", "ANZCTR", "12,617,000,345,218"),)),
    Case("University Medical Information Network 000017722.", (("UMIN000017722", "UMIN-CTR", "000017722"),)),
    Case(
        "International Standard Randomised Controlled Trial Register under the reference 40512873",
        (("ISRCTN40512873", "ISRCTN", "40512873"),),
    ),
    Case("Dutch Trial Register NL7712 (NTR4410)", (("NL7712", "NL", "NL7712"), ("NTR4410", "NTR", "NTR4410"))),
]
LISTS = [
    Case(
        "NCT03117702 and 03117703, NCT03117704",
        (
            ("NCT03117702", "ClinicalTrials.gov", "NCT03117702"),
            ("NCT03117703", "ClinicalTrials.gov", "03117703"),
            ("NCT03117704", "ClinicalTrials.gov", "NCT03117704"),
        ),
    ),
    Case("NCT03117702; see NCT03117702", (("NCT03117702", "ClinicalTrials.gov", "NCT03117702"),)),
    Case(
        "EudraCT 2011-004821-37 and EU CT 2023-507214-33-00",
        (("2011-004821-37", "EudraCT", "2011-004821-37"), ("2023-507214-33-00", "EU CTIS", "2023-507214-33-00")),
    ),
]
NO_REGISTRY_ID = [
    Case(text, ())
    for text in (
        "",
        "grant number 2011-004821-37 paid for the trial",
        "ethics committee 2011-004821-37; the trial was registered",
        "Tel 2011-004821-37 for the trial",
        "doi 10.1016/2011-004821-37 of the trial",
        "EudraCT 12-2011-004821-37-7",
        "EudraCT 1987-004821-37",
        "NCT0311770",
        "NCT031177025",
        "study code D1447C00001",
        "NL44257.041.13",
        "NL7712 was the code",
        "The NTR1 receptor",
        "12617000345218 reads were trial data",
        "on ClinicalTrials.gov, 20120101",
    )
]


@pytest.mark.parametrize("case", CREPT_IN + BARE_DIGITS + LISTS + NO_REGISTRY_ID, ids=lambda case: case.text)
def test_ids_are_found_in_their_canonical_spelling(case: Case) -> None:
    assert tuple((found.id, found.registry, found.text) for found in find_registry_ids(case.text)) == case.found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_each_row_finds_its_example_alone_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert [(found.id, found.rule, found.registry) for found in find_registry_ids(row["example"])] == [
        (row["example_id"], row["id"], row["registry"])
    ]
    assert find_registry_ids(row["counter_example"]) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_the_canonical_form_of_a_canonical_form_is_itself(row: dict[str, str]) -> None:
    example = row["example"]
    (found,) = find_registry_ids(example)
    again = find_registry_ids(example[: found.start] + found.id + example[found.end :])
    assert [found.id for found in again] == [row["example_id"]]


def test_an_id_links_to_its_page() -> None:
    assert [found.url for found in find_registry_ids("NCT03117702, U1111-1204-8830")] == [
        "https://clinicaltrials.gov/study/NCT03117702",
        None,
    ]


@given(st.text(alphabet=st.sampled_from("NCTISRUMEudra0123456789-/ .:,(“–\u00a0"), max_size=80))
def test_any_text_is_read_and_offsets_are_exact(text: str) -> None:
    for found in find_registry_ids(text):
        assert text[found.start : found.end] == found.text
