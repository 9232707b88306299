"""What components leave on a document comes back as it was, through every way that spaCy moves documents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from structurer.components.span_groups import (
    MENTIONS,
    SECTIONS,
    SOURCE_SECTIONS,
    read_definitions,
    read_mentions,
    read_sections,
    read_source_sections,
    write_definitions,
    write_mentions,
    write_sections,
)
from structurer.schema import (
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Mention,
    Phrase,
    PValue,
    PValueRole,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    Section,
    SectionLabel,
    SectionSource,
    SourceSection,
)

TEXT = "METHODS: n=40 adults. RESULTS: HR=0·80;95%CI0·70–0·92,p=0·001 for flares. Registered: ISRCTN40512873."
P = PValue(
    start=53, end=60, text="p=0·001", rule="p", operator="=", value=Decimal("0.001"), role=PValueRole.INTERACTION
)
INTERVAL = ConfidenceInterval(
    start=38,
    end=52,
    text="95%CI0·70–0·92",
    rule="ci",
    level=Decimal(95),
    lower=Decimal("0.70"),
    upper=None,
    credible=True,
)
EFFECT = EffectEstimate(
    start=31,
    end=60,
    text=TEXT[31:60],
    rule="effect",
    measure=EffectMeasure.HR,
    estimate=Decimal("0.80"),
    interval=INTERVAL,
    p=P,
    adjusted=False,
    outcome=Phrase("flares", 65, 71),
    comparison=(Phrase("adults", 14, 20), None),
    section=SectionLabel.FINDINGS,
    primary=True,
    confidence=0.5,
)
COUNT = SampleSize(start=9, end=13, text="n=40", rule="n", value=40, role=SampleSizeRole.RANDOMIZED, arm="adults")
ARM_VALUE = ArmValue(
    start=9, end=13, text="n=40", rule="v", kind=ArmValueKind.MEAN, value=Decimal("4.50"), sd=Decimal("0.1"), unit="mm"
)
REGISTRY_ID = RegistryId(
    start=85, end=99, text="ISRCTN40512873", rule="registry.isrctn", id="ISRCTN40512873", registry="ISRCTN"
)
ALL: tuple[Mention, ...] = (COUNT, ARM_VALUE, EFFECT, INTERVAL, P, REGISTRY_ID)
PARTS = (
    Section(SectionLabel.METHODS, "METHODS", 0, 21, 9, SectionSource.HEADING),
    Section(None, "", 22, len(TEXT), 22, SectionSource.MODEL, 0.25),
)


def full_doc() -> Doc:
    doc = spacy.blank("en")(TEXT)
    write_sections(doc, PARTS)
    write_mentions(doc, ALL)
    write_definitions(doc, {"HR": "hazard ratio", "QoL": "quality of life"})
    return doc


def by_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def by_doc_bin(doc: Doc) -> Doc:
    stored = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes())
    return next(iter(stored.get_docs(spacy.blank("en").vocab)))


def by_doc_bin_with_user_data(doc: Doc) -> Doc:
    stored = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
    return next(iter(stored.get_docs(spacy.blank("en").vocab)))


def as_it_is(doc: Doc) -> Doc:
    return doc


@pytest.mark.parametrize("moved", [as_it_is, by_bytes, by_doc_bin, by_doc_bin_with_user_data])
def test_everything_survives_the_move(moved: object) -> None:
    doc = moved(full_doc())  # type: ignore[operator]
    assert read_sections(doc) == PARTS
    assert read_mentions(doc) == ALL
    assert read_definitions(doc) == {"HR": "hazard ratio", "QoL": "quality of life"}
    assert [span.label_ for span in doc.spans[SECTIONS]] == ["METHODS", ""]


def test_decimals_keep_their_places() -> None:
    (found,) = (mention for mention in read_mentions(full_doc()) if isinstance(mention, ArmValue))
    assert str(found.value) == "4.50"


def test_the_view_is_widened_to_whole_tokens_and_names_kind_and_rule() -> None:
    doc = full_doc()
    assert [(span.label_, span.id_) for span in doc.spans[MENTIONS]] == [
        ("sample_size", "n"),
        ("arm_value", "v"),
        ("effect_estimate", "effect"),
        ("confidence_interval", "ci"),
        ("p_value", "p"),
        ("registry_id", "registry.isrctn"),
    ]
    for span, mention in zip(doc.spans[MENTIONS], ALL, strict=True):
        assert mention.text in span.text


def test_a_mention_outside_the_text_is_kept_without_a_view() -> None:
    doc = spacy.blank("en")("No number.")
    odd = replace(COUNT, start=500, end=504)
    write_mentions(doc, [odd])
    assert read_mentions(doc) == (odd,)
    assert len(doc.spans[MENTIONS]) == 0


def test_a_document_without_groups_reads_as_empty() -> None:
    doc = spacy.blank("en")("Nothing was done.")
    assert (read_sections(doc), read_mentions(doc), read_definitions(doc), read_source_sections(doc)) == (
        (),
        (),
        {},
        (),
    )


def test_source_sections_are_read_from_plain_lists() -> None:
    doc = spacy.blank("en")(TEXT)
    doc.user_data[SOURCE_SECTIONS] = [["METHODS", 0, 21, 9]]
    assert read_source_sections(by_bytes(doc)) == (SourceSection("METHODS", 0, 21, 9),)
