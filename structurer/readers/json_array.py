"""Records from JSON: Europe PMC's answers, CSL and other arrays of objects that have a title or an abstract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from structurer.readers.bibliographic import make_record
from structurer.readers.jsonl import SURROGATE
from structurer.readers.markup import seen_with_sections
from structurer.readers.opening import Source
from structurer.readers.table import alias_of
from structurer.schema import Record

_DEEPEST = 4
_LOOKED_AT = 20
# OpenAlex gives each word's places instead of a text.
_WORDS = "abstract_inverted_index"
_Item = Mapping[str, Any]


def is_json(source: Source) -> bool:
    """Whether the content begins as a JSON array or object."""
    head = source.head.lstrip()
    return head[:1] in ("[", "{") and head[1:].lstrip()[:1] in ('"', "{", "[", "]", "}")


def read_json(source: Source) -> Iterator[Record]:
    """The objects of the first array of records, wherever in the file it is.

    Raises ReaderError where there is none. Of an array that is cut short, the objects before are read.
    """
    text = source.text()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as exc:
        items: list[_Item] | None = _before_damage(text)
        if not items:
            raise source.refuse(f"is not JSON: {getattr(exc, 'msg', exc)}", line=getattr(exc, "lineno", None)) from None
        if not source.truncated:
            source.report(
                f"the JSON is damaged here ({getattr(exc, 'msg', exc)}): what follows is not read",
                line=getattr(exc, "lineno", None),
                lost=True,
            )
    else:
        items = _records(value, source.columns, _DEEPEST)
    if items is None:
        raise source.refuse(
            "is JSON without objects that have a title or an abstract: name a key with --map abstract=KEY"
        )
    for number, item in enumerate(items, 1):
        yield _record(source, number, item)


def _records(value: object, columns: Mapping[str, str], depth: int) -> list[_Item] | None:
    """The first list (or mapping by id) of records, from the outside in; None where there is none."""
    if isinstance(value, list):
        objects: list[_Item] = [item for item in value if isinstance(item, dict)]
        if any(_is_record(item, columns) for item in objects):
            return objects
        children = value[:_LOOKED_AT]
    elif isinstance(value, dict):
        if _is_record(value, columns, ("abstract",)):
            return [value]
        inner = {key: item for key, item in value.items() if isinstance(item, dict) and _is_record(item, columns)}
        if len(inner) > 1:
            return [{"id": key, **item} for key, item in inner.items()]
        children = list(value.values())
    else:
        return None
    for child in children if depth else ():
        if (found := _records(child, columns, depth - 1)) is not None:
            return found
    # A title alone may be that of the whole answer: it counts only where nothing inside is a record.
    return [value] if isinstance(value, dict) and _is_record(value, columns) else None


def _is_record(item: _Item, columns: Mapping[str, str], telling: tuple[str, ...] = ("title", "abstract")) -> bool:
    if columns:
        return any(column in item for column in columns.values())
    return _WORDS in item or any((alias := alias_of(key)) and alias[0] in telling for key in item)


def _before_damage(text: str) -> list[_Item]:
    """The whole objects of the first array of objects."""
    decoder = json.JSONDecoder()
    at = text.find("[")
    while at >= 0 and not text[at + 1 : at + 2000].lstrip().startswith("{"):
        at = text.find("[", at + 1)
    items: list[_Item] = []
    if at < 0:
        return items
    at += 1
    while True:
        while at < len(text) and text[at] in " \t\n\r,":
            at += 1
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return items
        if not isinstance(item, dict):
            return items
        items.append(item)


def _record(source: Source, number: int, item: _Item) -> Record:
    best: dict[str, tuple[int, list[str]]] = {}
    for key, texts in _flat(item, "", _DEEPEST):
        named = next((field for field, column in source.columns.items() if column == key), None)
        field, rank = (named, -1) if named else alias_of(key) or ("", 0)
        if field and (field not in best or rank < best[field][0]):
            best[field] = rank, texts

    def every(field: str) -> list[str]:
        return best.get(field, (0, []))[1]

    def first(field: str) -> str | None:
        return next(iter(every(field)), None)

    abstract, sections = seen_with_sections(first("abstract") or _in_order(item.get(_WORDS)))
    return make_record(
        source,
        number,
        own_id=first("record_id"),
        title=first("title"),
        abstract=abstract,
        pmid=first("pmid"),
        doi=first("doi"),
        journal=first("journal"),
        year=first("year"),
        sections=sections,
        registry_ids=every("registry_ids"),
        publication_types=every("publication_types"),
    )


def _flat(value: object, key: str, depth: int) -> Iterator[tuple[str, list[str]]]:
    """The (dotted key, texts) of every text, number or list of them inside an object."""
    if isinstance(value, dict):
        for name, inner in value.items() if depth else ():
            # In JSON a source is a database, in CENTRAL's tables a journal.
            if name not in (_WORDS, "source") or key:
                yield from _flat(inner, f"{key}.{name}" if key else str(name), depth - 1)
    elif texts := _texts(value, _DEEPEST):
        yield key, texts


def _texts(value: object, depth: int) -> list[str]:
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner, depth - 1)] if depth else []
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        text = SURROGATE.sub("\ufffd", str(value))
        return [text] if text.strip() else []
    return []


def _in_order(words: object) -> str:
    """The text of OpenAlex's inverted index, a mapping of each word to its places."""
    if not isinstance(words, dict):
        return ""
    placed = [
        (place, str(word))
        for word, places in words.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed))
