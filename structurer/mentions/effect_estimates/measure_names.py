"""Find the names of effect measures in a text: "hazard ratio", "aOR", "mean difference", "r =".

A short form means what this abstract defines for it: "RR" defined as "response rate" names no risk ratio.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from structurer.resources import load_vocabulary
from structurer.text.alternation import alternation
from structurer.text.reading import Reading
from structurer.text.words import places_of, printed_words_in, words_in


class MeasureName(NamedTuple):
    """A measure's name at [start, end): its code, the vocabulary row, and whether "adjusted" stands before it.

    The code is an `EffectMeasure` value, or DIFFERENCE (risk or mean, as the outcome decides).
    """

    start: int
    end: int
    code: str
    rule: str
    adjusted: bool | None


class _Vocabulary(NamedTuple):
    """A pattern over the names of any case, one over the short forms, and what each stands for.

    `heads` and `short_heads` are the words that they begin with: only where one stands is a pattern tried.
    """

    names: re.Pattern[str]
    shorts: re.Pattern[str]
    meaning: Mapping[str, tuple[str, str]]
    heads: frozenset[str]
    short_heads: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    parts: dict[str, list[str]] = {"any": [], "exact": [], "letter": []}
    meaning: dict[str, tuple[str, str]] = {}
    for row in load_vocabulary("effect_measures", ("name", "measure", "case")):
        name, case = row["name"], row["case"]
        key = name.lower().replace("-", " ") if case == "any" else name
        parts[case].append(key)
        meaning[f"{case}:{key}"] = (row["measure"], row["id"])
    names = re.compile(rf"(?<![a-z\d]){alternation(parts['any'])}(?![a-z])")
    shorts = re.compile(
        rf"(?<!\w)(?:(?P<exact>{alternation(parts['exact'])})(?![A-Za-z])"
        rf"|(?P<letter>{alternation(parts['letter'])})(?=\ ?[=≥≤:]\ ?[-+.\d]|\ [-+]?0?\.\d))"
    )
    return _Vocabulary(
        names,
        shorts,
        meaning,
        frozenset(map(_head, parts["any"])),
        frozenset(map(_head, parts["exact"] + parts["letter"])),
    )


def _head(name: str) -> str:
    """The first word of a name, or the sign that it begins with."""
    return re.split(r"[^A-Za-z]", name, maxsplit=1)[0] or name[0]


# The heads of names that are no words of Latin letters.
_SIGNS = frozenset("αβδκρΔ∆")


def _matches(pattern: re.Pattern[str], text: str, heads: frozenset[str], words: frozenset[str]) -> list[re.Match[str]]:
    """What `pattern.finditer(text)` gives, tried only where one of `heads` stands; `words` are those of the text."""
    found: list[re.Match[str]] = []
    end = 0
    for place in places_of((heads & words) | _SIGNS, text):
        match = pattern.match(text, place) if place >= end else None
        if match is not None:
            found.append(match)
            end = match.end()
    return found


_ADJUSTED = re.compile(r"(un)?adjusted|multivaria(?:te|ble)|(univaria(?:te|ble)|crude)")


def find_measure_names(text: str | Reading) -> list[MeasureName]:
    """Every measure's name in a text, in order, the longest at each place.

    >>> [(n.code, n.adjusted) for n in find_measure_names("adjusted HR 0.7, a mean difference of 3 points")]
    [('HR', True), ('MD', None)]
    """
    reading = Reading.of(text)
    names, shorts, meaning, heads, short_heads = _vocabulary()
    found: list[MeasureName] = []
    for match in _matches(names, reading.lower, heads, words_in(reading.lower)):
        code, rule = meaning[f"any:{match.group().replace('-', ' ')}"]
        found.append(MeasureName(match.start(), match.end(), code, rule, _adjusted(reading, match.start(), "")))
    for match in _matches(shorts, reading.norm, short_heads, printed_words_in(reading.norm)):
        printed = match.group()
        code, rule = meaning[f"{match.lastgroup}:{printed}"]
        redefined = _defined_code(reading, printed)
        if redefined != "":
            adjusted = _adjusted(reading, match.start(), printed)
            found.append(MeasureName(match.start(), match.end(), redefined or code, rule, adjusted))
    found.sort()
    return found


def _defined_code(reading: Reading, short: str) -> str | None:
    """What this text's own definition makes of a short form: a code, "" for no measure, None for undefined."""
    long = reading.definitions.get(short) or (reading.definitions.get(short[:-1]) if short.endswith("s") else None)
    if long is None:
        return None
    if len(long.split()) < 2 < len(short) or long.split()[-1].isupper():
        return None  # "vs. exenatide ER [ETD]" only happens to hold the letters
    names, _, meaning, *_ = _vocabulary()
    codes = [meaning[f"any:{match.group().replace('-', ' ')}"][0] for match in names.finditer(long.lower())]
    return codes[-1] if codes and codes[-1] not in {"CHANGE", "MEAN", "MEDIAN"} else ""


def _adjusted(reading: Reading, start: int, printed: str) -> bool | None:
    if printed[:1] == "a" and printed[1:2].isupper():
        return True
    before = reading.lower[max(0, start - 40) : start]
    if "adjusted" not in before and "varia" not in before and "crude" not in before:
        return None
    said = list(_ADJUSTED.finditer(reading.lower, max(0, start - 40), start))
    # What stands before another number is said of that one.
    if not said or re.search(r"\d", reading.lower[said[-1].end() : start]):
        return None
    return not (said[-1].group(1) or said[-1].group(2))
