"""Groups that a text knows by a letter or a number: "group A", "Groups 1, 2 and 3", "G1"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from structurer.linking.arms.names import LETTERED, Span
from structurer.text.reading import Reading

_PLURAL = re.compile(r"(group|arm|cohort|regimen)(?:s |- ?)(?=[A-Z0-9]{1,3}(?![\w-]))", re.IGNORECASE)
_LISTED = re.compile(r"(?:,? (?:and|or|versus|vs\.?|&) |, )([A-Z]\d?|[1-9]|I{1,3}V?|V)(?![\w.%-])")
# Begins with its letter, which `re` looks for at once.
_SHORT = re.compile(r"G(?<![\w-]G)(?:[1-9]|I{1,3}V?|IV)(?![\w-])")


def lettered(reading: Reading, mentions: Sequence[Span]) -> list[Span]:
    """Where lettered groups are named, of those that the text speaks of again and again; `mentions` as found."""
    found = [span for span in mentions if LETTERED.fullmatch(reading.norm, *span)]
    often: Counter[str] = Counter()
    for start, end in found:
        name = singular(reading.norm[start:end]).lower()
        often[name] += 1
        if _PLURAL.match(reading.norm, start, end):
            at = end
            while member := _LISTED.match(reading.norm, at):
                often[f"{name.split()[0]} {member.group(1).lower()}"] += 1
                at = member.end()
    repeated = {name for name, times in often.items() if times > 1}
    found = [span for span in found if singular(reading.norm[span[0] : span[1]]).lower() in repeated]
    if found:
        return [] if _has_gap({name.split()[1] for name in repeated}) else found
    short = [match.span() for match in _SHORT.finditer(reading.norm)]
    names = Counter(reading.norm[start:end] for start, end in short)
    return short if sum(times > 1 for times in names.values()) > 1 else []


_ORDER = (("1", "2", "3", "4", "5", "6"), ("i", "ii", "iii", "iv", "v", "vi"), ("a", "b", "c", "d", "e", "f"))


def _has_gap(signs: set[str]) -> bool:
    """Whether a group between two is missing: "group I" and "group III" alone are not all that there are."""
    for order in _ORDER:
        if len(signs) > 1 and signs <= set(order):
            places = [order.index(sign) for sign in signs]
            return max(places) - min(places) >= len(places)
    return False


def singular(name: str) -> str:
    """`name` with "Group 1" for the "Groups 1" of "Groups 1 and 2", and for "Group-1".

    >>> singular("Groups 1"), singular("arm B")
    ('Group 1', 'arm B')
    """
    return _PLURAL.sub(lambda match: f"{match.group(1)} ", name)
