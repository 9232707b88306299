"""Spans as spaCy documents: one DocBin, for `spacy train` with a span categorizer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from structurer.annotation.spans import Annotated
from structurer.annotation.tokens import token_range, tokens_of
from structurer.exports.replacement import replacing

# Where spaCy's span categorizer looks unless it is told otherwise.
SPANS_KEY = "sc"


def write_docbin(records: Iterable[Annotated], path: str | Path) -> int:
    """Write one document a record to `path` (.spacy), and return how many there were.

    All spans, overlapping as they are, stand in `doc.spans["sc"]`; `doc.user_data` has the `record_id` and the
    `relations` (source, target, kind, by places in the group). `doc.ents`, which cannot overlap, stays empty. Tokens
    end where spans do. Raises ExportError where the file cannot be written.
    """
    import spacy
    from spacy.tokens import Doc, DocBin, Span, SpanGroup

    vocab = spacy.blank("en").vocab
    bin_ = DocBin(store_user_data=True)
    written = 0
    for record in records:
        tokens = tokens_of(record.text, record.spans)
        doc = Doc(vocab, words=[token.text for token in tokens], spaces=[token.space for token in tokens])
        group = SpanGroup(doc, name=SPANS_KEY)
        for span in record.spans:
            first, last = token_range(span, tokens)
            group.append(Span(doc, first, last + 1, label=span.label))
        doc.spans[SPANS_KEY] = group
        doc.user_data["record_id"] = record.record_id
        doc.user_data["relations"] = [[one.source, one.target, one.kind] for one in record.relations]
        bin_.add(doc)
        written += 1
    with replacing(path) as file:
        file.write_bytes(bin_.to_bytes())
    return written
