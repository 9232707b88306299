"""When two cells say the same: numbers by their value, words by themselves, names by the words that they share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache

from structurer.resources import load_vocabulary
from structurer.text.normalise import normalise
from structurer.text.numerals import places

# Two numbers that differ by less went through a float.
_SAME = Decimal("1e-13")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_DULL = frozenset("a an and arm at by for from group groups in of on or per the therapy to treatment with".split())
# Each cell is set beside all rows of its record, so that its words would be read again and again.
_KEPT = 1 << 15
# From this share of common words on, two names are one in other words.
_SHARED = 0.6


class Likeness(StrEnum):
    """What the comparison of two cells finds."""

    SAME = "agree"
    SIMILAR = "similar"
    OTHER = "disagree"


def of_numbers(ours: Decimal, theirs: Decimal) -> tuple[Likeness, str]:
    """Whether two numbers are equal, and if not, how they come to differ, where that can be told.

    >>> of_numbers(Decimal("0.8"), Decimal("0.80"))[0], of_numbers(Decimal("0.83"), Decimal("0.8"))[1]
    (<Likeness.SAME: 'agree'>, 'agrees when rounded to 1 place')
    """
    if _equal(ours, theirs):
        return Likeness.SAME, ""
    if _equal(ours, -theirs):
        return Likeness.OTHER, "the sign differs"
    for one, other, whose in ((ours, theirs, ""), (theirs, ours, " of ours")):
        printed = places(other)
        if places(one) > printed and _rounded(one, printed) == other:
            return Likeness.OTHER, f"agrees when rounded to {printed} place{'' if printed == 1 else 's'}{whose}"
    if _equal(ours, 100 * theirs) or _equal(100 * ours, theirs):
        return Likeness.OTHER, "one is 100 times the other: a percentage and a fraction?"
    if theirs and _equal(ours * theirs, Decimal(1)):
        return Likeness.OTHER, "one is the reciprocal of the other: the comparison turned round?"
    return Likeness.OTHER, ""


def of_categories(column: str, ours: str, theirs: str) -> Likeness:
    """Whether two words of a closed list are the same; a measure may have its name or its code.

    >>> of_categories("measure", "HR", "Hazard ratio"), of_categories("unit", "mmHg", "mm Hg")
    (<Likeness.SAME: 'agree'>, <Likeness.SAME: 'agree'>)
    """
    return Likeness.SAME if category(column, ours) == category(column, theirs) else Likeness.OTHER


@lru_cache(maxsize=_KEPT)
def category(column: str, text: str) -> str:
    """The word of the closed list that `text` stands for."""
    plain = " ".join(normalise(text).casefold().split())
    if column == "measure":
        return _measures().get(plain, plain)
    if column == "p_operator":
        return {"≤": "<=", "≥": ">=", "n.s.": "ns"}.get(plain, plain)
    return plain.replace(" ", "") if column == "unit" else plain


def of_names(ours: str, theirs: str, short_forms: Mapping[str, str] | None = None) -> Likeness:
    """Whether two texts name the same thing: by the same words, or in other words with the same numbers.

    >>> of_names("overall survival", "Overall Survival"), of_names("at 12 months", "at 24 months")
    (<Likeness.SAME: 'agree'>, <Likeness.OTHER: 'disagree'>)
    >>> of_names("OS", "overall survival", {"OS": "overall survival"})
    <Likeness.SIMILAR: 'similar'>
    """
    one, other = words(ours), words(theirs)
    if one == other:
        return Likeness.SAME
    known = short_forms or {}
    if other == words(known.get(ours, "")) or one == words(known.get(theirs, "")):
        return Likeness.SIMILAR
    if _is_short_for(ours, theirs) or _is_short_for(theirs, ours):
        return Likeness.SIMILAR
    if {word for word in one if word[0].isdigit()} != {word for word in other if word[0].isdigit()}:
        return Likeness.OTHER
    return Likeness.SIMILAR if shared(one, other) >= _SHARED or _holds(one, other) else Likeness.OTHER


def _is_short_for(short: str, full: str) -> bool:
    """Whether `short` is capitals that are the first letters of the words of `full`: PFS, progression-free survival."""
    letters = "".join(word[0] for word in re.findall(r"[^\W_]+", full)).upper()
    return short.isupper() and len(short) > 1 and short == letters


@lru_cache(maxsize=_KEPT)
def words(text: str) -> frozenset[str]:
    """The words of `text` that tell one name from another; all of them where none does.

    >>> sorted(words("Death from any cause in the placebo group"))
    ['any', 'cause', 'death', 'placebo']
    """
    found = frozenset(_WORD.findall(normalise(text).casefold()))
    return found - _DULL or found


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two sets have in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def of_lists(ours: str, theirs: str) -> Likeness:
    """Whether two lists of registration numbers have the same ones; similar where they have one in common."""
    one, other = numbers_of(ours), numbers_of(theirs)
    if one == other:
        return Likeness.SAME
    return Likeness.SIMILAR if one & other else Likeness.OTHER


def numbers_of(text: str) -> frozenset[str]:
    """The registration numbers of a cell, without spaces and signs."""
    parts = re.split(r"[;,\n|]|\band\b", normalise(text))
    return frozenset(key for part in parts if (key := "".join(sign for sign in part.upper() if sign.isalnum())))


def number_of(text: str) -> Decimal | None:
    """The number that a cell of ours is, None where it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _holds(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one < other or other < one) and min(len(one), len(other)) >= 1


def _equal(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other), _SAME)


def _rounded(value: Decimal, printed: int) -> Decimal:
    return round(value, printed)


@cache
def _measures() -> dict[str, str]:
    rows = load_vocabulary("effect_measures", ("name", "measure", "case"))
    named = {" ".join(row["name"].casefold().split()): row["measure"].casefold() for row in rows}
    return named | {measure: measure for measure in named.values()}
