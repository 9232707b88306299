"""What is loaded to read an abstract, and what is left as it was."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import dataclass

import pytest
import spacy
from spacy.language import Language

from structurer import pipeline
from structurer.pipeline import extract, load
from structurer.schema import Record

PLAIN = "RESULTS: Flares were rarer with the drug (hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003)."
# A long form in brackets that only scispaCy's detector reads.
FOR_SCISPACY = "We gave 40 women the lamp of Orrin (Lamp Of Our Orrin). Sleep (min, PSG) rose in 12 of them."


@dataclass(frozen=True)
class Case:
    name: str
    text: str


CASES = (
    Case("headings", f"METHODS: 80 adults took part. {PLAIN}"),
    Case(
        "no headings", "We randomly assigned 80 adults to dorvaline or placebo. Pain fell by 3.1 (95% CI 2.0 to 4.2)."
    ),
    Case("brackets", FOR_SCISPACY),
    Case("no white space", "a" * 700 + " (Odds Of Letters, OOL) 0.7 (95% CI 0.6-0.8)"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_reads_the_same_with_the_pipeline_loaded_and_without(case: Case) -> None:
    """Without a pipeline the steps are the shipped components' own."""
    record = Record(record_id="1", abstract=case.text)
    assert list(extract([record])) == list(extract([record], load()))


def test_a_plain_abstract_is_read_without_importing_spacy() -> None:
    """To import it takes longer than all else that the command does before the first abstract."""
    code = (
        "import sys, structurer\n"
        f"report, = structurer.extract([structurer.Record(record_id='1', abstract={PLAIN!r})])\n"
        "assert report.error is None and len(report.effects) == 1, report\n"
        "print(sorted({'spacy', 'scispacy', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_a_tokenizer_taken_anew_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """spaCy's keeps every word, so a long run takes a new one now and then."""
    record = Record(record_id="1", abstract=FOR_SCISPACY)
    expected = list(extract([record], load()))
    made: list[str] = []
    blank = spacy.blank

    def counted(name: str) -> Language:
        made.append(name)
        return blank(name)

    monkeypatch.setattr(spacy, "blank", counted)
    monkeypatch.setattr(pipeline._TOKENIZER, "RENEWED_AFTER", 1)
    assert list(extract([record] * 3)) == expected * 3
    assert len(made) >= 2


@pytest.mark.parametrize("on", [True, False])
def test_garbage_is_collected_or_not_as_before(on: bool) -> None:
    """While the caller has a report, and after the last one."""
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        for _report in extract([Record(record_id="1", abstract=PLAIN)]):
            assert gc.isenabled() is on
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()
