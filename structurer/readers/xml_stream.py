"""XML records one by one, in constant memory, without following any entity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from structurer.readers.markup import raised
from structurer.readers.opening import Source

_BREAKS = re.compile(r"[\r\n]+")
_UNSEEN = frozenset({"tex-math"})
_NAMESPACE = re.compile(r"""\bxmlns:[A-Za-z]\w{0,20}=(?:"[^"<>]{1,200}"|'[^'<>]{1,200}')""")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_BARE_AND = re.compile(r"&(?!#?\w{1,32};)")
_LONGEST_RECORD = 1 << 26
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


def elements(source: Source, names: frozenset[str], without: tuple[str, ...] = ()) -> Iterator[tuple[int, Element]]:
    """The (number from 1, element) of these local names in document order; one inside another is not given apart.

    The text is cut at the elements' tags, and each is parsed alone: a damaged record costs no other, files that were
    joined are read to their end, and no declaration of an entity is ever in force. `without` names elements that are
    cut out before parsing, for speed.

    Raises ReaderError for a file that declares entities, or that holds not one whole element.
    """
    root = root_of(source.head)
    if root is not None and root.declares_entities:
        raise source.refuse("declares its own XML entities, which no export does: refused")
    namespaces = " ".join(dict.fromkeys(_NAMESPACE.findall(source.head[:4096])))
    found = number = 0
    reason = "it holds no record"
    for line, text, whole in _cut(source, names):
        number += 1
        if not whole:
            reason = "it ends inside its first record"
            if found and not source.truncated:
                source.report(
                    "the file ends inside this record, which is not read", record=number, line=line, lost=True
                )
            break
        try:
            element = _parsed(_without(text, without), namespaces)
        except ParseError as exc:
            # The message repeats the place, counted within the record.
            fault = exc.msg.partition(":")[0]
            reason = f"its records are not well-formed ({fault})"
            place = line + exc.position[0] - 1
            source.report(f"not well-formed XML, passed over: {fault}", record=number, line=place, lost=True)
            continue
        found += 1
        yield number, element
    if not found:
        raise source.refuse(f"is XML from which nothing can be read: {reason}")


def _cut(source: Source, names: frozenset[str]) -> Iterator[tuple[int, str, bool]]:
    """The (line, text, is whole) of each element of these names."""
    start_tag = re.compile(rf"<((?:[A-Za-z]\w{{0,20}}:)?(?:{'|'.join(sorted(names))}))(?=[\s/>])")
    rest = ""
    line = 1
    end_tag: re.Pattern[str] | None = None
    searched = 0
    for chunk in source.chunks():
        # `rest` begins with an open element's start tag where `end_tag` is set.
        rest += chunk
        at = 0
        while True:
            if not end_tag:
                start = start_tag.search(rest, at)
                if not start:
                    # A start tag may be cut off by the end of the chunk.
                    keep = rest.rfind("<", max(at, len(rest) - 64))
                    keep = keep if keep >= 0 else len(rest)
                    line += rest.count("\n", at, keep)
                    at = searched = keep
                    break
                line += rest.count("\n", at, start.start())
                at = searched = start.start()
                end_tag = re.compile(rf"</{start.group(1)}\s{{0,20}}>")
            end = end_tag.search(rest, searched)
            if not end:
                searched = max(at, len(rest) - 64)
                break
            yield line, rest[at : end.end()], True
            line += rest.count("\n", at, end.end())
            at = searched = end.end()
            end_tag = None
        rest = rest[at:]
        searched -= at
        if len(rest) > _LONGEST_RECORD:
            raise source.refuse("one record of more than 64 million characters: not a bibliographic export", line=line)
    if end_tag:
        yield line, rest, False


def _without(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        start = text.find(f"<{name}")
        if start < 0 or text[start + len(name) + 1] not in " >\n":
            continue
        end = text.find(f"</{name}>", start)
        if end >= 0:
            text = text[:start] + text[end + len(name) + 3 :]
    return text


def _parsed(text: str, namespaces: str) -> Element:
    """The element; named characters (`&nbsp;`) are resolved, for their declarations are elsewhere."""
    if "&" in text:
        text = _NAMED.sub(_named_character, text)
    start, end = (f"<wrap {namespaces}>", "</wrap>") if namespaces else ("", "")
    try:
        element = fromstring(start + text + end)
    except ParseError:
        # Hand-made files print signs that XML wants escaped: "p < 0.05", "R&D".
        element = fromstring(start + _BARE_AND.sub("&amp;", _BARE_LESS.sub("&lt;", text)) + end)
    return element[0] if namespaces else element


def _named_character(match: re.Match[str]) -> str:
    return html5.get(f"{match.group(1)};", f"&amp;{match.group(1)};")


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element | None) -> str:
    """All text inside an element as a reader sees it, on one line: superscripts as in `10^-4`."""
    if element is None:
        return ""
    text = "".join(_pieces(element, 0)) if len(element) else element.text or ""
    if "\n" in text or "\r" in text:
        text = " ".join(line for line in map(str.strip, _BREAKS.split(text)) if line)
    return text.strip()


def _pieces(element: Element, depth: int) -> list[str]:
    if depth > _DEEPEST:
        return list(element.itertext())
    pieces = [element.text or ""]
    for place, child in enumerate(element):
        name = local_name(child)
        inner = "".join(_pieces(child, depth + 1)) if name and name not in _UNSEEN else ""
        if name == "sup" or (place == 1 and local_name(element) == "msup") or child.get("face") == "superscript":
            inner = raised(next((piece.rstrip("\n ") for piece in reversed(pieces) if piece.strip()), ""), inner)
        pieces += (inner, child.tail or "")
    return pieces
