"""The role of a number in brackets: an arm's size, the people of clusters, or a characteristic."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.cluster_people import STAFF, people_of_clusters
from structurer.mentions.sample_sizes.count_context import Met, Place, Role
from structurer.mentions.sample_sizes.count_cues import CountedNoun
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber

_DEMOGRAPHIC = re.compile(r"(?:m[ae]n|wom[ae]n|males?|females?|boys?|girls?)\Z")
_COUNT_BEFORE = re.compile(r"(?:\d|patients|participants|subjects|adults|people|volunteers) ?[(\[] ?\Z")
_HELD = re.compile(r"(?:group|arm|homes|practices|clusters|schools|villages) ?[(\[] ?\Z")


_PATIENTS = re.compile(r" (?:patients|participants|subjects|women|men|children|adults|infants|pts)[)\]]")
# The last thing told of group A in brackets, as tea alone, 55 women; not where their mean age stands before
_GROUP_OPENED = re.compile(
    r"(?:group|arm)(?: [a-z0-9]{1,3})? ?[(\[](?![^()\[\]]*(?:age|years|mean|median))[^()\[\]]{1,60}, \Z"
)
# An aside that tells of allocation: 88 patients randomised to tea, 90 to milk
_ASSIGNED = re.compile(
    r" (?:who were |were )?(?:randomi[sz]ed|(?:randomly )?(?:assigned|allocated)) to (?!either|one of)"
)


def is_sex(lower: str, noun: CountedNoun) -> bool:
    """Whether the counted noun is no more than a sex."""
    return not noun.modifiers and _DEMOGRAPHIC.search(lower, max(0, noun.end - 8), noun.end) is not None


def in_brackets(before: str) -> bool:
    """Whether the text that ends with `before` goes on inside a bracket."""
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def in_brackets_role(lower: str, number: WholeNumber, noun: CountedNoun, place: Place, before: str) -> Met | None:
    """`olaparib (256 patients)`, `Seventeen homes (189 residents)`: an arm's size in an aside."""
    # "tea (2 cups daily; 612 patients)": the last thing told in a bracket
    told_last = (
        place.allocation
        and (before.endswith("; ") or _GROUP_OPENED.search(before) is not None)
        and _PATIENTS.match(lower, number.end) is not None
    )
    first = before.rstrip()[-1:] in {"(", "["} or told_last
    closed = lower[noun.end : noun.end + 1] in {")", "]", ";", ","}
    if lower.endswith(STAFF, 0, noun.end) and _HELD.search(before):
        return None
    clustered = people_of_clusters(lower, noun, place, before)
    if clustered is not None:
        return clustered
    if first and _ASSIGNED.match(lower, noun.end, place.stop):
        return Role.ARM, "aside"
    if _DEMOGRAPHIC.search(lower[: noun.end]) and not (place.allocation and first and closed):
        return None
    if _DEMOGRAPHIC.search(lower, number.end, noun.end) and _COUNT_BEFORE.search(before):
        return None
    if first and closed and (place.allocation or _HELD.search(before)):
        return Role.ARM, "aside"
    return None
