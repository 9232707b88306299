"""Two arms set side by side: `A versus B`, "comparison of A and B", "drug or placebo", "with or without radiation"."""

from __future__ import annotations

import re

from structurer.linking.arms.allocation import WITHOUT
from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.names import Span, trimmed
from structurer.text.normalise import lowered
from structurer.text.reading import Reading

_TREATED = re.compile(r"(?<![a-z])(?:compar|random|treated with|receiv)")
_LEFT_EDGE = re.compile(
    r".*(?:(?<![a-z])(?:of|comparing|compared?|compares|between|receive|receiving|with|for|on|to|"
    r"whether|that|evaluate|evaluated|evaluating|in|efficacy|effects?|effect|trial|study|"
    r"after|during|under|following|using|over|either)(?![a-z])|[:;?(,]|(?<!\.[a-z])\.)",
    re.DOTALL,
)
_RIGHT_EDGE = re.compile(
    r"[:;?().,]|(?<![a-z])(?:in|for|on|as|among|after|during|to|following|from|when|who|patients|at|"
    r"before|by|added|and the|is|was|were|are|has|had|trial|over|regarding|with respect|using|"
    r"randomi\w+|given|groups?|arms?)(?![a-z])"
)
_PLACEBO = re.compile(
    r"(?<![a-z])((?:[a-z0-9\u0370-\u03ff][\w/+.-]{0,40} ){1,4}?)(?:or|versus|vs\.?|and|compared (?:with|"
    r"to)|over|than) (?:a |matching |matched |oral |identical |an ){0,4}placebo(?![a-z-])"
)

_BEFORE_DOSE = re.compile(r"([A-Za-z][\w-]{3,30}),? \(?\Z")

_MOST_WORDS = 6


def versus_pair(text: str) -> list[Span]:
    """The two sides of the first `A versus B` (`compared with`) of a text, usually a title."""
    lower = lowered(text)
    for match in re.finditer(
        r"(?<![a-z])(?:versus|vs\.?|v|compared (?:with|to)|in comparison (?:with|to))(?![a-z])", lower
    ):
        sides = _sides(text, lower, match.start(), match.end())
        if len(sides) == 2:
            return sides
    return []


def _sides(text: str, lower: str, start: int, end: int) -> list[Span]:
    left = max(0, start - 90)
    while start > left and lower[start - 1] in " ,":
        start -= 1
    edge = _LEFT_EDGE.match(lower, left, start)
    first = trimmed(text, edge.end() if edge else left, start)
    right = _RIGHT_EDGE.search(lower, end, min(len(lower), end + 90))
    second = trimmed(text, end, right.start() if right else min(len(lower), end + 90))
    return [span for span in (first, second) if span is not None and text.count(" ", *span) < _MOST_WORDS]


_COMPARED = re.compile(
    r"(?<![a-z])compar(?:ison (?:of|between)|ing|es?|ed) (?:the )?(?:(?:[a-z-]{1,30} ){1,3}of )?"
    r"((?:[\w/+%.-]{1,40} ){1,5}?)"
    r"(?:and|with|to|versus|vs\.?) ((?:[\w/+%-]{1,40}(?:[ .,;]|\Z)){1,5}?)"
    r"(?=(?:in|for|on|as|during|after|among|when|at|following)"
    r"(?![a-z])|\Z|(?<=[.,;]))"
)


def compared_pair(text: str) -> list[Span]:
    """The two that are set side by side in "comparison of A and B in", "comparing A with B for"."""
    for match in _COMPARED.finditer(lowered(text)):
        sides = [span for group in (1, 2) if (span := trimmed(text, *match.span(group))) is not None]
        if len(sides) == 2 and all(is_arm_label(text[start:end]) for start, end in sides):
            return sides
    return []


def without_pair(reading: Reading) -> list[Span]:
    """What is added in the one arm, and that it is not in the other: "with or without irradiation"."""
    for match in WITHOUT.finditer(reading.lower):
        sentence = reading.lower[slice(*reading.sentence_at(match.start()))]
        # "patients with or without metastases" are no arms
        if not _TREATED.search(sentence):
            continue
        second = trimmed(reading.norm, match.start(2), match.end())
        if second is not None:
            return [second, (match.start(1), second[1])]
    return []


def placebo_pair(reading: Reading) -> list[Span]:
    """What a placebo is set against (`letrozole or placebo`), and the placebo."""
    for match in _PLACEBO.finditer(reading.lower) if "placebo" in reading.lower else ():
        start, end = match.span(1)
        edge = _LEFT_EDGE.match(reading.lower, start, end)
        first = trimmed(reading.norm, edge.end() if edge else start, end)
        if first is not None and reading.norm[first[0]].isdigit():
            # "of tamoxifen, 5 mg/d or placebo"
            drug = _BEFORE_DOSE.search(reading.norm, max(0, first[0] - 40), first[0])
            first = drug.span(1) if drug else first
        if first is not None:
            return [first, (match.end() - len("placebo"), match.end())]
    return []
