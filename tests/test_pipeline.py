"""The pipeline: with this package's components alone it marks no document, and finds what it finds when it does."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from structurer.pipeline import COMPONENTS, extract, load
from structurer.schema import Record, SourceSection

TEXTS = [
    "",
    " \n",
    "No number at all.",
    "METHODS: We randomised 240 adults with gout to rovacept (n=120) or placebo (n=120). RESULTS: Flares were rarer "
    "with rovacept (odds ratio [OR], 0.61; 95% CI, 0.40-0.93; P=0.02). Serious events: 12/120 (10%) v 9/120 (7.5%).",
    "They had their zinc oxide nanoparticle (ZnO NP) cream. Of 61 women, 12 (20%) itched on ZnO NP.",
    "Progression-free survival (PFS) was 8.1 months (95% CI 6.2–9.9); hazard ratio 0·72 (0·60–0·85), p<0·001.",
    "Scores fell.\tPain was 4.1 (SD 1.2) after rovacept and 5.6 (SD 1.4) after placebo at 12 weeks (NCT03124598).",
    "x" * 500 + " (ABC) " + "1.2," * 300,
]


@Language.component("left_as_it_was")
def left_as_it_was(doc: Doc) -> Doc:
    return doc


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
@pytest.mark.parametrize("settings", [{}, {"scispacy": False}], ids=["scispacy", "own"])
def test_reports_are_the_same_with_and_without_a_document(text: str, settings: dict[str, bool]) -> None:
    plain, marked = spacy.blank("en"), spacy.blank("en")
    for nlp in (plain, marked):
        nlp.add_pipe("rct_abbreviations", config=settings)
        nlp.add_pipe("rct_sections")
        nlp.add_pipe("rct_mentions")
    marked.add_pipe("left_as_it_was")
    records = [Record(record_id="1", abstract=text, sections=(SourceSection("AIM", 0, min(12, len(text)), 0),))]
    records.append(Record(record_id="2", abstract=text, title="Rovacept against placebo for gout"))
    assert list(extract(records, nlp=plain)) == list(extract(records, nlp=marked))


def test_a_component_more_is_asked() -> None:
    class Counting:
        calls = 0

        def __call__(self, doc: Doc) -> Doc:
            self.calls += 1
            return doc

    nlp, counting = load(), Counting()
    Language.component("counting", func=counting)
    nlp.add_pipe("counting")
    assert [report.error for report in extract([Record(record_id="1", abstract=TEXTS[3])], nlp=nlp)] == [None]
    assert counting.calls == 1


def test_a_component_that_fails_fails_its_record_alone() -> None:
    @Language.component("failing")
    def failing(doc: Doc) -> Doc:
        if "gout" in doc.text:
            raise ValueError("no gout, please")
        return doc

    nlp = load()
    nlp.add_pipe("failing", first=True)
    records = [Record(record_id=str(i), abstract=text) for i, text in enumerate(TEXTS)]
    reports = list(extract(records, nlp=nlp))
    assert [report.record for report in reports] == records
    assert [report.error for report in reports if report.error] == ["ValueError: no gout, please"]


def test_settings_of_the_shipped_components_are_kept() -> None:
    nlp = spacy.blank("en")
    for name in COMPONENTS[:2]:
        nlp.add_pipe(name)
    nlp.add_pipe("rct_mentions", config={"kinds": ["p_value"]})
    (report,) = extract([Record(record_id="1", abstract=TEXTS[3])], nlp=nlp)
    assert (len(report.p_values), report.effects, report.arm_values) == (1, (), ())
