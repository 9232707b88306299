"""Names of arms that a text gives in brackets: "active control (ACG)", "drug 5 mg once a day (drug arm)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arms.names import Span
from structurer.text.reading import Reading

_BRACKET = re.compile(
    r" ?\((?:[^()]{0,40}[;,] )?(?:([A-Z][A-Za-z0-9+/-]{0,11})|((?:[\w/+-]+ ){1,4})(?:group|"
    r"arm))(?:[;,] ?[Nn] ?= ?\d[\d,]*)?\)"
)
# "a system combined with a monthly call (TECH)": what was cut off the name stands between.
_BRACKET_BEHIND = re.compile(
    r"(?:(?! (?:or|and|versus|vs|plus|than|for|after|before|in) )[^(),;:.]){0,60}? "
    r"\(([A-Z][A-Za-z0-9+/-]{0,6}[A-Z0-9])\)()"
)


def named_in_brackets(reading: Reading, end: int) -> list[str]:
    """The short name given right after one that ends at `end`: `active control (ACG)`, `iron and zinc (both group)`."""
    match = _BRACKET.match(reading.norm, end) or _BRACKET_BEHIND.match(reading.norm, end)
    if match is None:
        return []
    name = (match.group(1) or match.group(2)).strip()
    return [name] if name.lower() not in {"n", "the"} else []


# What stands alone in a bracket, and may be the name of a group.
_ALONE = re.compile(r"\(([A-Za-z][\w /+-]{2,40})\)")
_WORDS = re.compile(r"[ -]+")


def called_behind(reading: Reading, mentions: Sequence[Span]) -> dict[int, str]:
    """What is alone in a bracket and stands before `group` or `arm` elsewhere (`mentions`), by the bracket's offset.

    "drug over three hours (slow drug) or ..." where the text speaks of "the slow-drug arm".
    """
    names = {_WORDS.sub(" ", reading.lower[start:end]) for start, end in mentions}
    return {
        match.start(): match.group(1)
        for match in _ALONE.finditer(reading.norm)
        if " " in match.group(1) and _is_called(_WORDS.sub(" ", match.group(1).lower()), names, reading)
    }


def _is_called(printed: str, names: set[str], reading: Reading) -> bool:
    if reading.lower.count(printed) < 2:
        return printed in names
    return any(printed == name or printed.endswith(f" {name}") for name in names)
