"""Records from our own JSON Lines: one object a line, the abstract taken exactly as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from structurer.readers.bibliographic import make_record
from structurer.readers.labelled import compose, locate
from structurer.readers.opening import Source
from structurer.schema import Record, SourceSection

_KEYS = ("abstract", "title", "labels")
# Half a character, which JSON can escape and no output can hold.
SURROGATE = re.compile("[\ud800-\udfff]")


def is_jsonl(source: Source) -> bool:
    """Whether the first line that is not empty is a record as a JSON object of its own, whole or damaged."""
    first = source.head.lstrip().partition("\n")[0].strip()
    if not first.startswith("{") or len(first) < 2:
        return False
    try:
        item = json.loads(first)
    except (ValueError, RecursionError):
        # A first line longer than the head, or a damaged one: a key of a record tells.
        return any(f'"{key}"' in first for key in (*_KEYS, *source.columns.values()))
    if not isinstance(item, dict):
        return False
    if any(key in item for key in ("abstract", "labels", *source.columns.values())):
        return True
    # A whole answer on one line has a title too, but holds its records as objects.
    holds_objects = any(
        isinstance(inner, dict) for value in item.values() for inner in (value if isinstance(value, list) else [value])
    )
    return "title" in item and not holds_objects


def read_jsonl(source: Source) -> Iterator[Record]:
    """The records; keys as in the output contract, `columns` naming other keys for them.

    A line that is no JSON object is reported and passed over.
    """
    number = 0
    for line, text in enumerate(source.lines(), 1):
        if not text.strip():
            continue
        number += 1
        try:
            item = json.loads(text)
        except (ValueError, RecursionError) as exc:
            source.report(f"not JSON: {getattr(exc, 'msg', exc)}", record=number, line=line, lost=True)
            continue
        if not isinstance(item, dict):
            source.report("not a JSON object", record=number, line=line, lost=True)
            continue
        yield _record(source, number, line, item)


def _record(source: Source, number: int, line: int, item: Mapping[str, Any]) -> Record:
    def text(field: str, *names: str) -> str | None:
        for name in (source.columns.get(field, field), *names):
            value = item.get(name)
            if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
                return SURROGATE.sub("\ufffd", str(value))
        return None

    name = source.columns.get("abstract", "abstract")
    if item.get(name) is not None and not isinstance(item[name], str):
        source.report("the abstract is not a string", record=number, line=line, field=name, lost=True)
    abstract = text("abstract") if isinstance(item.get(name), str) else None
    sections: tuple[SourceSection, ...] = ()
    if labels := _labels(item.get("labels")):
        if abstract is None:
            abstract, sections = compose(labels)
        elif (found := locate(abstract, labels)) is not None:
            sections = found
        else:
            source.report("a labelled part is not in the abstract", record=number, line=line, field="labels")
    elif item.get("labels"):
        source.report("labels are not [heading, text] pairs", record=number, line=line, field="labels")
    return make_record(
        source,
        number,
        own_id=text("record_id", "id"),
        title=text("title"),
        abstract=abstract,
        pmid=text("pmid"),
        doi=text("doi"),
        journal=text("journal"),
        year=text("year"),
        sections=sections,
        registry_ids=_strings(item.get("registry_ids")),
        publication_types=_strings(item.get("publication_types")),
    )


def _labels(value: object) -> list[tuple[str, str]]:
    """The (heading, text) pairs; none where one of them is something else."""
    if not isinstance(value, list):
        return []
    pairs: list[tuple[str, str]] = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):
            return []
        heading = pair[0] if isinstance(pair[0], str) else ""
        pairs.append((SURROGATE.sub("\ufffd", heading), SURROGATE.sub("\ufffd", pair[1])))
    return pairs


def _strings(value: object) -> list[str]:
    return [SURROGATE.sub("\ufffd", v) for v in value if isinstance(v, str)] if isinstance(value, list) else []
