"""How long a time point is: `24 months`, `week 12`, `one year`, so that the longest can be chosen."""

from __future__ import annotations

import re

from structurer.text.number_words import parse_number_words
from structurer.text.numerals import parse_number

# Days of a unit, by its first letters; a month and a year as the calendar has them on average.
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "m": 30.4375, "y": 365.25}
_UNIT = r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo|years?|yrs?|y)(?![a-z])"
# 24 months, 2.5-year, twelve weeks
_BEFORE = re.compile(
    rf"(?<![\d.a-z])(?P<number>\d{{1,6}}(?:\.\d{{1,3}})?|[a-z]{{3,9}}(?:[ -][a-z]{{3,9}})?)[ -]?{_UNIT}"
)
# week 24, day 30
_BEHIND = re.compile(
    r"(?<![a-z])(?P<unit>hour|day|week|month|year) (?P<number>\d{1,6}(?:\.\d{1,3})?|[a-z]{3,9})(?![a-z])"
)


def days_of(timepoint: str) -> float | None:
    """The longest time that `timepoint` names, in days; None where it names none.

    >>> days_of("week 12"), days_of("at two years"), days_of("90 days"), days_of("end of treatment")
    (84.0, 730.5, 90.0, None)
    """
    lower = timepoint.casefold().replace("\u00b7", ".").replace("\u2010", "-").replace("\u2011", "-")
    found = []
    for pattern in (_BEFORE, _BEHIND):
        for match in pattern.finditer(lower):
            number = _number(match["number"])
            if number is not None:
                found.append(number * _DAYS[match["unit"][0]])
    return max(found, default=None)


def _number(text: str) -> float | None:
    if text[0].isdigit():
        value = parse_number(text)
        return None if value is None else float(value)
    words = parse_number_words(text)
    if words is None and " " in text:
        words = parse_number_words(text.rsplit(" ", 1)[1])
    return None if words is None else float(words)
