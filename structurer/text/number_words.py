"""Whole numbers written out in English words, with their offsets: `Sixty-one`, `one hundred and seventy-four`.

A number is read by a small grammar over its words (units, tens, `hundred`, `thousand`), so that words standing side by
side without making one number (`twenty to thirty`, `five and six`) stay apart. Ordinals, fractions (`one-third`),
compounds (`two-arm`) and the pronoun (`no one`, `one of the`) are no numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from structurer.text.words import places_of, words_in

_UNITS = {
    word: i for i, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_TEENS = {
    word: i
    for i, word in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=10,
    )
}
_TENS = {
    word: 10 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
} | {"fourty": 40}
_SMALL = _UNITS | _TEENS | _TENS
_SCALES = {"hundred": 100, "thousand": 1000}
_WORDS = frozenset([*_SMALL, *_SCALES])

# One word of a number; `and` and `a` belong to one only between or before the others.
_WORD = re.compile(rf"\b(?=[zotfsenh])(?<![a-z0-9'-])(?:{'|'.join([*_SMALL, *_SCALES])})(?![a-z])")
_NEXT_WORD = re.compile(
    rf"(?:[ ]?-[ ]?|[ ]{{1,2}}|[ ]?,[ ](?=\S{{1,9}}[ -]hundred))(?:and[ -])?({'|'.join([*_SMALL, *_SCALES])})(?![a-z])"
)
_A_BEFORE = re.compile(r"(?<![a-z])an? \Z")
# What makes the number before it a part of something else: "two-arm", "one-third", "three quarters", "sixfold".
_COMPOUND = re.compile(
    r" ?-(?:[a-z]|\d)| ?(?:third|quarter|half|halve|fifth|sixth|seventh|eighth|ninth|tenth|fold)s?(?![a-z])"
    r"| (?:million|billion|times|hundreds|thousands)(?![a-z])"
)
# "one" as a pronoun or an article: "no one", "one of the", "one another", "one or more", "the one".
_NO_ONE = re.compile(r"(?<![a-z])(?:no|any|every|some|each|this|that|which|the|another|only the|day|phase|grade) ?-?\Z")
_ONE_OF = re.compile(
    r" (?:of|or|another|and the same|that|who|can|could|may|should|cannot|such|is|which|and only|by one)(?![a-z])"
)


class NumberWord(NamedTuple):
    """A number in words: its offsets in the text and its value (0 to 999,999)."""

    start: int
    end: int
    value: int


def find_number_words(lower: str) -> list[NumberWord]:
    """The numbers written in words in a normalised text in lower case, in text order.

    >>> find_number_words("one hundred and seventy-four women, two-thirds of them in one of the six clinics")
    [NumberWord(start=0, end=28, value=174), NumberWord(start=69, end=72, value=6)]
    """
    return list(_numbers(lower))


# Several finders read one text after another.
@lru_cache(maxsize=2)
def _numbers(lower: str) -> tuple[NumberWord, ...]:
    found: list[NumberWord] = []
    at = 0
    for place in places_of(_WORDS & words_in(lower), lower):
        match = _WORD.match(lower, place) if place >= at else None
        if match is None:
            continue
        number = _read(lower, match)
        at = max(number.end, match.end())
        if not _is_part_of_something_else(lower, number):
            found.append(number)
    return tuple(found)


def parse_number_words(text: str) -> int | None:
    """The value of a text that is one number in words and nothing else, or None.

    >>> parse_number_words("Fifteen hundred"), parse_number_words("one-third")
    (1500, None)
    """
    lower = text.strip().lower()
    numbers = find_number_words(lower)
    whole = len(numbers) == 1 and numbers[0].start == 0 and numbers[0].end == len(lower)
    return numbers[0].value if whole else None


def _is_part_of_something_else(lower: str, number: NumberWord) -> bool:
    if _COMPOUND.match(lower, number.end):
        return True
    if lower[number.start : number.end] != "one":
        return False
    before = lower[max(0, number.start - 12) : number.start]
    return bool(_NO_ONE.search(before) or _ONE_OF.match(lower, number.end))


def _read(lower: str, first: re.Match[str]) -> NumberWord:
    """The longest number that begins with the word `first`."""
    start, end, word = first.start(), first.end(), first.group()
    if word in _SCALES:
        article = _A_BEFORE.search(lower, max(0, start - 3), start)
        start = article.start() if article else start
    # thousands already closed, the group of hundreds being read, and what may still follow in it
    closed, group, room, step = 0, 0, 1000, word
    after_scale = False
    while True:
        if step in _SCALES:
            scale = _SCALES[step]
            if scale == 1000:
                closed, group, room = max(group, 1) * 1000, 0, 1000
            else:
                group, room = max(group, 1) * 100, 100
            after_scale = True
        else:
            value = _SMALL[step]
            group += value
            room = 10 if step in _TENS and step != "ten" else 1
            after_scale = False
        follow = _NEXT_WORD.match(lower, end)
        if follow is None or not _may_follow(lower, follow, closed, group, room, after_scale):
            return NumberWord(start, end, closed + group)
        step, end = follow.group(1), follow.end()


def _may_follow(lower: str, follow: re.Match[str], closed: int, group: int, room: int, after_scale: bool) -> bool:
    word = follow.group(1)
    link = follow.group()[: -len(word)]
    linked = "and" in link
    if "," in link and (group or not closed):
        return False
    if word in _SCALES:
        return (
            not linked
            and group > 0
            and ((_SCALES[word] == 1000 and not closed and group < 1000) or (_SCALES[word] == 100 and group < 100))
        )
    if not 0 < _SMALL[word] < room or (linked and not after_scale):
        return False
    if linked:
        # "one hundred and two hundred" are two numbers
        beyond = _NEXT_WORD.match(lower, follow.end())
        return beyond is None or beyond.group(1) != "hundred"
    return True
