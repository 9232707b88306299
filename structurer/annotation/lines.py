"""Spans as JSON for doccano, Label Studio and Prodigy.

How each counts characters differs. Label Studio and Prodigy count code points, as Python does. doccano's pages count
the units of JavaScript (UTF-16), two for a character beyond the basic plane, unless a project counts grapheme clusters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from structurer.annotation.spans import RELATIONS, Annotated, all_labels
from structurer.annotation.tokens import token_range, tokens_of
from structurer.exports.replacement import replacing

_BASIC = "\uffff"
_COLOURS = {
    "SECTION": "#d9d9d9",
    "EFFECT": "#1f78b4",
    "CI": "#a6cee3",
    "P_VALUE": "#fb9a99",
    "ARM_VALUE": "#33a02c",
    "SAMPLE_SIZE": "#ff7f00",
    "REGISTRY_ID": "#6a3d9a",
}
_OTHER_COLOUR = "#b15928"


def write_doccano(records: Iterable[Annotated], path: str | Path) -> int:
    """Write one JSON object a line, for a project of sequence labelling with relations and overlapping spans allowed.

    Offsets are in UTF-16 units. Returns how many there were; raises ExportError where the file cannot be written.
    """
    return _write_lines(records, path, _doccano)


def write_prodigy(records: Iterable[Annotated], path: str | Path) -> int:
    """Write one JSON object a line with tokens, spans and relations, for `spans.manual` and `rel.manual`.

    `ner.manual` holds no overlapping spans, and so not these. Tokens end where spans do.
    """
    return _write_lines(records, path, _prodigy)


def write_label_studio(records: Iterable[Annotated], path: str | Path, version: str) -> int:
    """Write one JSON array of tasks with our spans as predictions of model `version`.

    The labelling interface that takes them goes into `NAME.labels.xml` beside it.
    """
    path = Path(path)
    written = 0
    with replacing(path) as tasks, replacing(path.with_name(f"{path.stem}.labels.xml")) as interface:
        interface.write_text(label_studio_interface(), encoding="utf-8")
        with tasks.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write("[")
            for record in records:
                stream.write(",\n" if written else "\n")
                stream.write(json.dumps(_label_studio(record, version), ensure_ascii=False))
                written += 1
            stream.write("\n]\n")
    return written


def label_studio_interface() -> str:
    """The labelling interface of Label Studio with our labels and relations."""
    labels = "\n".join(
        f"    <Label value={quoteattr(label)} background={quoteattr(_colour(label))}/>" for label in all_labels()
    )
    relations = "\n".join(f"    <Relation value={quoteattr(kind)}/>" for kind in RELATIONS)
    return (
        f'<View>\n  <Relations>\n{relations}\n  </Relations>\n  <Labels name="label" toName="text">\n{labels}\n'
        '  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'
    )


def _colour(label: str) -> str:
    return _COLOURS.get(label.partition(".")[0], _OTHER_COLOUR)


def _write_lines(records: Iterable[Annotated], path: str | Path, made: Callable[[Annotated], dict[str, Any]]) -> int:
    written = 0
    with replacing(path) as file, file.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
        for record in records:
            stream.write(json.dumps(made(record), ensure_ascii=False) + "\n")
            written += 1
    return written


def utf16_places(text: str) -> list[int]:
    """For each character of `text`, and for its end, how many UTF-16 units stand before it.

    >>> utf16_places("a\\U0001d6fdb")
    [0, 1, 3, 4]
    """
    return list(accumulate((2 if sign > _BASIC else 1 for sign in text), initial=0))


def _doccano(record: Annotated) -> dict[str, Any]:
    places = utf16_places(record.text)
    return {
        "text": record.text,
        "record_id": record.record_id,
        "entities": [
            {
                "id": number,
                "label": span.label,
                "start_offset": places[span.start],
                "end_offset": places[span.end],
            }
            for number, span in enumerate(record.spans)
        ],
        "relations": [
            {"id": number, "from_id": relation.source, "to_id": relation.target, "type": relation.kind}
            for number, relation in enumerate(record.relations)
        ],
    }


def _label_studio(record: Annotated, version: str) -> dict[str, Any]:
    return {
        "data": {"text": record.text, "record_id": record.record_id},
        "predictions": [{"model_version": version, "result": list(_results(record))}],
    }


def _results(record: Annotated) -> Iterator[dict[str, Any]]:
    for number, span in enumerate(record.spans):
        yield {
            "id": f"s{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": span.start,
                "end": span.end,
                "text": record.text[span.start : span.end],
                "labels": [span.label],
            },
        }
    for relation in record.relations:
        yield {
            "type": "relation",
            "from_id": f"s{relation.source}",
            "to_id": f"s{relation.target}",
            "direction": "right",
            "labels": [relation.kind],
        }


def _prodigy(record: Annotated) -> dict[str, Any]:
    tokens = tokens_of(record.text, record.spans)
    spans = []
    for span in record.spans:
        first, last = token_range(span, tokens)
        spans.append(
            {"start": span.start, "end": span.end, "token_start": first, "token_end": last, "label": span.label}
        )
    return {
        "text": record.text,
        "meta": {"record_id": record.record_id},
        "tokens": [
            {"text": token.text, "start": token.start, "end": token.end, "id": number, "ws": token.space}
            for number, token in enumerate(tokens)
        ],
        "spans": spans,
        # A relation is between tokens, by convention the last ones, with the spans that they stand for.
        "relations": [
            {
                "head": spans[relation.source]["token_end"],
                "child": spans[relation.target]["token_end"],
                "head_span": spans[relation.source],
                "child_span": spans[relation.target],
                "label": relation.kind,
            }
            for relation in record.relations
        ],
    }
