"""Which records are one publication, and which only look alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.readers.duplicates import Duplicates
from structurer.schema import Record

FIRST = Record(
    record_id="1",
    abstract="Pain fell by 4 mm with heat.",
    title="Heat for pain: a trial",
    pmid="123",
    doi="10.1000/a",
    source="a.ris",
    number=1,
)
OTHER = Record(record_id="2", abstract="Sleep was longer.", title="Cold for sleep", number=2)


@dataclass(frozen=True)
class Case:
    name: str
    record: Record
    by: str | None


CASES = [
    Case("same PMID, other words", replace(OTHER, pmid="123"), "pmid"),
    Case("same DOI, no PMID or title", replace(OTHER, doi="10.1000/A", title=None), "doi"),
    Case("same DOI, title without its subtitle", replace(OTHER, doi="10.1000/a", title="HEAT for pain."), "doi"),
    Case("same DOI, other title: a supplement", replace(OTHER, doi="10.1000/a"), None),
    Case("same DOI, other PMID", replace(OTHER, doi="10.1000/a", pmid="9", title=FIRST.title), None),
    Case(
        "same text but for case and signs",
        replace(OTHER, title="Heat for Pain - a trial", abstract="Pain  fell by 4 mm, with heat"),
        "abstract",
    ),
    Case("same text, other PMID", replace(FIRST, pmid="9", doi=None), None),
    Case("same text, other DOI", replace(FIRST, pmid=None, doi="10.1000/b"), None),
    Case("same title, other abstract", replace(OTHER, title=FIRST.title), None),
    Case("same abstract, other title", replace(OTHER, abstract=FIRST.abstract), None),
    Case("same PMID, without an abstract", replace(FIRST, abstract=None), "pmid"),
    Case("nothing the same", OTHER, None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_repeats_the_first(case: Case) -> None:
    seen = Duplicates()
    assert seen.first_of(FIRST) is None
    found = seen.first_of(case.record)
    assert (found[1] if found else None) == case.by
    if found:
        assert (found[0].source, found[0].number) == ("a.ris", 1)


def test_an_abstract_is_never_lost_to_a_record_without_one() -> None:
    seen = Duplicates()
    assert seen.first_of(replace(FIRST, abstract=None)) is None
    assert seen.first_of(replace(FIRST, number=2)) is None
    third = seen.first_of(replace(FIRST, number=3))
    assert third is not None
    assert third[0].number == 2


def test_abstracts_of_signs_alone_are_not_compared() -> None:
    seen = Duplicates()
    assert [seen.first_of(Record(record_id=str(n), abstract="...", number=n)) for n in range(2)] == [None, None]


RECORDS = st.builds(
    Record,
    record_id=st.just("x"),
    abstract=st.none() | st.text(max_size=5),
    title=st.none() | st.text(max_size=5),
    pmid=st.none() | st.sampled_from("12"),
    doi=st.none() | st.sampled_from(["10.1/a", "10.1/B"]),
)


@given(st.lists(RECORDS, max_size=8))
def test_the_same_records_again_are_all_duplicates(records: list[Record]) -> None:
    seen = Duplicates()
    kept = [record for record in records if seen.first_of(record) is None]
    again = [record for record in kept if record.pmid and record.abstract and seen.first_of(record) is None]
    assert again == []
