"""The spans and relations of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from structurer.annotation.spans import RELATIONS, Annotated, Span, all_labels, annotated
from structurer.annotation.tokens import token_range, tokens_of
from structurer.schema import Record, TrialReport


def test_spans_and_relations_of_one_report(report: TrialReport) -> None:
    found = annotated(report)
    words = [(span.label, found.text[span.start : span.end]) for span in found.spans]
    assert words == [
        ("SECTION.METHODS", "METHODS: We randomised 240 adults with gout to rovacept or placebo."),
        ("SAMPLE_SIZE.randomized", "240 adults"),
        ("INTERVENTION", "rovacept"),
        ("COMPARATOR", "placebo"),
        ("SECTION.FINDINGS", found.text[found.text.index("RESULTS") : found.text.index(" REGISTRATION")]),
        ("OUTCOME", "Flares"),
        ("TIMEPOINT", "week 24"),
        ("EFFECT.HR", "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003"),
        ("CI", "95% CI 0.45-0.85"),
        ("P_VALUE.result", "P=0.003"),
        ("EFFECT.MD", "-1.4 points more (90% CI -2.1 to -0.7)"),
        ("CI", "90% CI -2.1 to -0.7"),
        ("OUTCOME", "Serious events"),
        ("ARM_VALUE.events", "12/120 (10%)"),
        ("ARM_VALUE.mean", "5.1 (SD 1.2) mg/dl"),
        ("SECTION.REGISTRATION", "REGISTRATION: NCT09876543."),
        ("REGISTRY_ID", "NCT09876543"),
    ]
    assert [(words[one.source][0], one.kind, words[one.target][1]) for one in found.relations] == [
        ("EFFECT.HR", "has_intervention", "rovacept"),
        ("EFFECT.HR", "has_comparator", "placebo"),
        ("EFFECT.HR", "has_outcome", "Flares"),
        ("EFFECT.HR", "has_timepoint", "week 24"),
        ("EFFECT.HR", "has_interval", "95% CI 0.45-0.85"),
        ("EFFECT.HR", "has_p_value", "P=0.003"),
        ("EFFECT.MD", "has_interval", "90% CI -2.1 to -0.7"),
        ("ARM_VALUE.events", "has_outcome", "Serious events"),
    ]


def test_an_abstract_without_findings_or_without_text() -> None:
    for text in ("", None, "   "):
        found = annotated(TrialReport(record=Record(record_id="1", abstract=text)))
        assert (list(found.spans), list(found.relations)) == ([], [])


def test_half_a_surrogate_pair_moves_nothing(report: TrialReport) -> None:
    abstract = (report.record.abstract or "").replace("gout", "go\ud800t")
    found = annotated(replace(report, record=replace(report.record, abstract=abstract)))
    assert "go?t" in found.text
    assert list(found.spans) == list(annotated(report).spans)


def test_every_label_and_relation_is_among_those_that_tools_are_told(records: Sequence[Annotated]) -> None:
    labels = set(all_labels())
    assert {span.label for record in records for span in record.spans} <= labels
    assert {one.kind for record in records for one in record.relations} <= set(RELATIONS)
    assert len(labels) == len(all_labels())


def test_tokens_are_the_text_and_end_where_spans_do(records: Sequence[Annotated]) -> None:
    for record in records:
        tokens = tokens_of(record.text, record.spans)
        assert "".join(token.text + " " * token.space for token in tokens) == record.text
        for span in record.spans:
            first, last = token_range(span, tokens)
            assert (tokens[first].start, tokens[last].end) == (span.start, span.end)


def test_tight_notation_is_cut() -> None:
    text = "HR=0.8;95%CI0.7-0.9"
    spans = [Span(0, 6, "EFFECT.HR"), Span(7, 19, "CI")]
    tokens = tokens_of(text, spans)
    assert {0, 6, 7, 19} <= {edge for token in tokens for edge in (token.start, token.end)}
    assert "".join(token.text for token in tokens) == text
