"""Which records are kept as likely reports of trials, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.readers.likely_trials import LikelyTrials, Reason, reason_for
from structurer.schema import Record


@dataclass(frozen=True)
class Case:
    reason: Reason
    abstract: str | None = None
    title: str | None = None
    types: tuple[str, ...] = ()


TYPES = [
    Case(Reason.PUBLICATION_TYPE, types=("Journal Article", "Randomized Controlled Trial")),
    Case(Reason.PUBLICATION_TYPE, types=("Clinical Trial, Phase III",)),
    Case(Reason.PUBLICATION_TYPE, types=("Equivalence Trial",)),
    Case(Reason.PUBLICATION_TYPE, types=("randomised controlled trial",)),
    Case(Reason.PUBLICATION_TYPE, types=("Pragmatic Clinical Trial",), abstract="Ice helped."),
    Case(Reason.LEFT_OUT, types=("Clinical Trial Protocol",)),
    Case(Reason.LEFT_OUT, types=("Clinical Trial, Veterinary",)),
    Case(Reason.LEFT_OUT, types=("Randomized Controlled Trials as Topic",)),
    Case(Reason.LEFT_OUT, types=("Journal Article", "Review", "Case Reports")),
]
WORDS = [
    Case(Reason.WORDS, abstract="Adults were RANDOMISED to ice."),
    Case(Reason.WORDS, abstract="Randomization was by coin."),
    Case(Reason.WORDS, abstract="Women were allocated at random."),
    Case(Reason.WORDS, abstract="Ice or placebo was given."),
    Case(Reason.WORDS, title="Ice for gout: a trial"),
    Case(Reason.WORDS, title="Ice", abstract="Both groups walked."),
    Case(Reason.WORDS, abstract="A protocol-led trial.", types=("Clinical Trial Protocol",)),
    Case(Reason.LEFT_OUT, abstract="We describe a group of men after industrial trialling."),
    Case(Reason.LEFT_OUT, abstract="Subgroups differed under nonrandomised care."),
    Case(Reason.LEFT_OUT, title="", abstract=""),
    Case(Reason.LEFT_OUT),
]


@pytest.mark.parametrize("case", [*TYPES, *WORDS], ids=str)
def test_reasons(case: Case) -> None:
    record = Record(record_id="1", abstract=case.abstract, title=case.title, publication_types=case.types)
    assert reason_for(record) is case.reason


def test_records_pass_in_order_and_each_is_counted() -> None:
    cases = [TYPES[0], WORDS[0], WORDS[-1], WORDS[3], TYPES[-1]]
    records = [
        Record(record_id=str(i), abstract=case.abstract, title=case.title, publication_types=case.types)
        for i, case in enumerate(cases)
    ]
    kept = LikelyTrials()
    assert list(kept.of(records)) == [records[0], records[1], records[3]]
    assert kept.counts == {Reason.PUBLICATION_TYPE: 1, Reason.WORDS: 2, Reason.LEFT_OUT: 2}
    assert kept.summary() == (
        "3 of 5 records kept as likely trials: 1 by publication type, 2 by words of title or abstract; 2 left out"
    )
