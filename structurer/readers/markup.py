"""HTML in a field, made into what a reader of the page would see."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from structurer.readers.labelled import compose
from structurer.schema import SourceSection

_INLINE = "i|b|em|strong|u|tt|small|big|span|font|a|italic|bold|sc|inf|sup|sub|article-title|AbstractText"
_BLOCK = "p|br|div|li|ul|ol|dl|dt|dd|h[1-6]|title|sec|abstract|tr|td|th|table|blockquote|section|hr"
# <i>, </jats:p>, <br />, <span class="x">: known names only, so that "p <b and c> d" stays as it is.
_TAG = re.compile(
    rf"""<(?P<close>/?)(?:jats:|ns\d:)?(?P<name>{_INLINE}|{_BLOCK})
         (?:\s{{1,5}}[\w:.-]{{1,40}}\s?=\s?(?:"[^"<>]{{0,400}}"|'[^'<>]{{0,400}}')){{0,6}}\s{{0,3}}/?>""",
    re.VERBOSE | re.IGNORECASE,
)
_BLOCKS = re.compile(rf"(?:{_BLOCK})\Z", re.IGNORECASE)
_HEADINGS = re.compile(r"(?:h[1-6]|title)\Z", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_EXPONENT = re.compile(r"[+\-\u2212\u2013\u2010]?\d{1,3}(?:\.\d{1,2})?\Z")


def raised(before: str, text: str) -> str:
    """A superscript as plain text after `before`: `^` only where it would otherwise run into a number.

    >>> raised("10", "-4"), raised("kg/m", "2"), raised("17", "th")
    ('^-4', '2', 'th')
    """
    return f"^{text}" if before[-1:].isdigit() and _EXPONENT.match(text.strip()) else text


def unescaped(text: str) -> str:
    """`text` with its character references resolved, also those escaped twice; an unknown name stays.

    >>> unescaped("p &lt; 0.05 &amp; R&D &amp;lt; 3")
    'p < 0.05 & R&D < 3'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(_character, text)
    return text


def seen(text: str) -> str:
    """`text` without markup, headings included as words.

    >>> seen("<i>p</i> &lt; 10<sup>-4</sup>, and x <3")
    'p < 10^-4, and x <3'
    """
    if "<" not in text and "&" not in text:
        return text.strip()
    return " ".join(part for pair in _parts(text) for part in pair if part)


def seen_with_sections(text: str) -> tuple[str | None, tuple[SourceSection, ...]]:
    """An abstract without markup; its `<h4>` or `<jats:title>` headings become labelled sections."""
    if "<" not in text and "&" not in text:
        return text.strip() or None, ()
    return compose(_parts(text))


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    return html5.get(f"{name};", match.group()) if name else unescape(match.group())


def _parts(text: str) -> list[tuple[str, str]]:
    """The (heading, text) parts between headings; the heading of what stands before the first is ""."""
    text = unescaped(text)
    if "<" not in text:
        return [("", text.strip())]
    parts: list[tuple[str, str]] = []
    heading = ""
    pieces: list[str] = []
    raised_from: int | None = None
    at = 0
    for tag in _TAG.finditer(text):
        pieces.append(text[at : tag.start()])
        at = tag.end()
        name, closes = tag["name"], bool(tag["close"])
        if name.lower() == "sup":
            if not closes:
                raised_from = len(pieces)
            elif raised_from is not None:
                before = next((piece for piece in reversed(pieces[:raised_from]) if piece), "")
                pieces[raised_from:] = [raised(before, "".join(pieces[raised_from:]))]
                raised_from = None
        elif _HEADINGS.match(name):
            body = _flat(pieces)
            if closes:
                heading = body
            else:
                parts.append((heading, body))
                heading = ""
            pieces = []
            raised_from = None
        elif _BLOCKS.match(name):
            pieces.append("\n")
    pieces.append(text[at:])
    parts.append((heading, _flat(pieces)))
    return [part for part in parts if any(part)]


def _flat(pieces: list[str]) -> str:
    text = "".join(pieces).strip()
    if len(pieces) > 1 and "\n" in text:
        return "\n".join(line for line in map(str.strip, text.split("\n")) if line)
    return text
