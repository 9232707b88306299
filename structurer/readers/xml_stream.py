"""XML records one by one, in constant memory, without following any entity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from structurer.readers.markup import raised
from structurer.readers.opening import Source

_BREAKS = re.compile(r"\s*\n\s*")
# Deeper than any real markup; beyond it the text is taken without its superscripts.
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Root:
    """What an XML file begins with: its root element's local name, the names inside it, and declared entities."""

    name: str
    inner: frozenset[str]
    declares_entities: bool


def root_of(head: str) -> Root | None:
    """The root of the XML that `head` is the beginning of; None where it is no XML."""
    text = head.lstrip()
    if not text.startswith("<"):
        return None
    names: list[str] = []
    entities: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: names.append(name.rpartition(":")[2])
    parser.EntityDeclHandler = lambda name, *_: entities.append(name)
    with suppress(expat.ExpatError):
        parser.Parse(text.encode("utf-8", "replace"), False)
    if not names and not entities:
        return None
    return Root(names[0] if names else "", frozenset(names[1:200]), bool(entities))


def elements(source: Source, names: frozenset[str]) -> Iterator[Element]:
    """The elements of these local names in document order, each cleared after it was used.

    Raises ReaderError for a file that declares entities, or whose XML is damaged before its first element. Damage
    further on is reported, and ends the reading.
    """
    root = root_of(source.head)
    if root is None or not root.name:
        raise source.refuse("no XML element at the beginning of the file")
    if root.declares_entities:
        raise source.refuse("declares its own XML entities, which no export does: refused")
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    open_elements: list[Element] = []
    found = 0
    inside = 0
    first = True
    try:
        for chunk in source.chunks():
            parser.feed(chunk.lstrip() if first else chunk)
            first = False
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                wanted = local_name(element) in names
                if event == "start":
                    if not inside:
                        open_elements.append(element)
                    inside += wanted
                    continue
                if not wanted:
                    if not inside:
                        open_elements.pop()
                    continue
                inside -= 1
                if not inside:
                    found += 1
                    yield element
                    open_elements.pop()
                    element.clear()
                    if open_elements:
                        # The parent would keep an empty element for each record of a file of millions.
                        open_elements[-1].clear()
        parser.close()
    except ParseError as exc:
        if not found:
            raise source.refuse(f"is not well-formed XML: {exc.msg}") from None
        if not source.truncated:
            line = exc.position[0]
            source.report(f"the XML is damaged here ({exc.msg}): what follows is not read", line=line)


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element | None) -> str:
    """All text inside an element as a reader sees it, on one line: superscripts as in `10^-4`."""
    if element is None:
        return ""
    text = "".join(_pieces(element, 0)) if len(element) else element.text or ""
    return (_BREAKS.sub(" ", text) if "\n" in text else text).strip()


def _pieces(element: Element, depth: int) -> list[str]:
    if depth > _DEEPEST:
        return list(element.itertext())
    pieces = [element.text or ""]
    for place, child in enumerate(element):
        inner = "".join(_pieces(child, depth + 1)) if isinstance(child.tag, str) else ""
        if local_name(child) == "sup" or (place == 1 and local_name(element) == "msup"):
            inner = raised(next((piece.rstrip("\n ") for piece in reversed(pieces) if piece.strip()), ""), inner)
        pieces += (inner, child.tail or "")
    return pieces
