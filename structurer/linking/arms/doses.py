"""Lists of doses whose unit stands once, at the end: "drug 25, 50 and 100 mg"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.linking.arms.names import Span

_UNITS = r"mg|µg|μg|mcg|ug|g|ml|iu|gy"
_LIST = re.compile(
    rf"(?<![\w.,/:])(\d[\d.]{{0,6}}(?:, \d[\d.]{{0,6}}){{0,7}},? (?:and|or|to|versus|vs\.?)"
    rf" \d[\d.]{{0,6}})[- ]?({_UNITS})(?![a-z])"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DRUG = re.compile(r"(?<![\w-])([A-Za-z][\w-]{3,40}),? (?:at |doses of |at doses of )?\(?\Z")


def dose_lists(lower: str, begin: int, stop: int) -> Iterator[tuple[list[Span], str]]:
    """The numbers of each list in `lower[begin:stop]`, as offsets, and their unit."""
    for match in _LIST.finditer(lower, begin, stop):
        yield [number.span() for number in _NUMBER.finditer(lower, *match.span(1))], match.group(2)


def dosed_arms(text: str, lower: str, start: int, stop: int) -> list[tuple[Span, str]]:
    """The doses of the first list behind a drug in `text[start:stop]`: offsets of the numbers, and "50 mg".

    Empty where no drug stands before a list.
    """
    for numbers, unit in dose_lists(lower, start, stop):
        drug = _DRUG.search(text, max(start, numbers[0][0] - 60), numbers[0][0])
        if drug is not None:
            return [(span, f"{text[span[0] : span[1]]} {unit}") for span in numbers]
    return []
