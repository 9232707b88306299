"""Tell what a number compares: the difference of two groups, or the limits of an interval without a name."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import cues
from structurer.mentions.arm_values.place import NOT, Judgement, Place
from structurer.mentions.arm_values.shape import Shape

# A range is no value of a group, unless a change goes from its one end to the other
_FROM = re.compile(
    r"(?<![a-z])from (?:about |approximately |a (?:mean|median|baseline) (?:of )?)?\Z|[:;,] ?\Z"
    r"|(?<![a-z])(?:increas|decreas|reduc|declin|improv|rose|fell|dropp|chang|went|lower)[a-z]*[^;]{0,150}\Z"
)
# An interval in a second unit: 95% CI -8 to -6 mmol/mol (-0.7 to -0.5%)
_INTERVAL_AGAIN = re.compile(r"(?<![a-z])ci,? -?\d[^;()]{4,40} [(\[]\Z")
# Where scales end
_TOPS = frozenset({3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 100})
# By how much a group is better "than milk by 22%"
_AGAINST_BY = re.compile(
    r"(?<![a-z])(?:versus|vs\.?|compared (?:with|to)|relative to|over|than|against) (?:the )?[a-z0-9/+-]{2,25}"
    r"(?: [a-z0-9/+-]{1,20}){0,3},? by (?:about |approximately |an average of |a mean of )?[-+]?\Z"
    r"|(?<![a-z])favou?r\w* [^.;]{2,60} by (?:about |approximately )?[-+]?\Z"
)


# "differences in walking and strength were 14 ± 10 m"
_DIFFERENCES_WERE = re.compile(r"(?<![a-z])differences? (?:between|in|for|of) [^;]{2,120} (?:was|were) [-+]?\Z")
# What the two before it differ by: (6% vs 13%, decrease 7%)
_INCREASE_BEHIND = re.compile(
    r", (?:an? )?(?:absolute |relative |mean |net )?(?:increase|decrease|difference|reduction|rise|fall|gain)"
    r"(?: of)? [-+]?\Z"
)
_PAIR = re.compile(r"\d ?[^;()]{0,30} (?:vs?\.?|versus) [^;()]{1,60}, [a-z ]{4,30}[-+]?\Z")
_DENIED = re.compile(r"(?<![a-z])(?:no|not|without|little|pre-?|before|baseline)(?![a-z])")
_TWO_OF_THEM = re.compile(r"[^;]{0,60}? (?:vs\.?|versus|compared|respectively)(?![a-z])")


# "(49%) ... compared with controls": a measured quantity in two groups, told by its relative difference
_MORE_OR_LESS = re.compile(r"(?<![a-z])(?:lower|lowered|reduced|reduction|higher|increased|greater|less|more)(?![a-z])")
_COMPARED_AFTER = re.compile(
    r"[^;]{0,190}(?<![a-z])compared (?:with|to) (?:the |those |that )?(?!baseline|before|pre)[a-z -]{2,40}\Z"
)


def is_relative(place: Place) -> bool:
    """Whether a percentage in a bracket tells how much more or less of a quantity a group has than another."""
    if "compared " not in place.after or re.search(r"[(\[](?:\d[\d.]*%? and )?\Z", place.before) is None:
        return False
    after = place.after.rstrip(". ")
    return (
        _COMPARED_AFTER.match(after) is not None
        and _MORE_OR_LESS.search(place.clause) is not None
        and cues.SHARE.search(place.clause) is None
        and cues.COUNTABLE.search(place.clause) is None
        and " v" not in after[:12]
    )


def is_difference(place: Place) -> bool:
    """Whether a number tells by how much one group passes another that stands before it."""
    if place.has("difference"):
        match = _DIFFERENCES_WERE.search(place.clause)
        if match and not _DENIED.search(place.clause[: match.end()]) and not _TWO_OF_THEM.match(place.after):
            return True
    if _INCREASE_BEHIND.search(place.before[-60:]) and _PAIR.search(place.before):
        return True
    return place.has("by") and _AGAINST_BY.search(place.before[-110:]) is not None


def mark_ranges(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Mark the two ends of a range of percentages: `a low count (20% to 30%)`, `rates of 20% to 30%`."""
    for i in range(len(shapes) - 1):
        if _INTERVAL_AGAIN.search(places[i].before[-60:]) and lower[places[i].end : places[i + 1].start] == " to ":
            verdicts[i] = verdicts[i + 1] = NOT
            continue
        low, high = shapes[i], shapes[i + 1]
        gap = lower[places[i].end : places[i + 1].start]
        if (
            low.form == high.form == "number"
            and low.number == 0
            and high.number in _TOPS
            and gap.strip() in ("to", "-")
        ):
            if not places[i].before.endswith("from "):
                verdicts[i] = verdicts[i + 1] = NOT  # "pain (0 to 10)": a scale
            continue
        bare = shapes[i].form == "number" and shapes[i].unit is None and shapes[i + 1].form == "percent"
        if (bare or shapes[i].form == shapes[i + 1].form == "percent") and not shapes[i].signed:
            rising = 0 <= shapes[i].number < shapes[i + 1].number
            if rising and lower[places[i].end : places[i + 1].start] == " to " and not _FROM.search(places[i].before):
                verdicts[i] = verdicts[i + 1] = NOT


def mark_limits(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Mark a number with its limits behind commas, an interval without a name: `16 mm Hg, 13 mm Hg to 19 mm Hg`."""
    for i in range(len(shapes) - 2):
        value, low, high = shapes[i], shapes[i + 1], shapes[i + 2]
        if not (value.form == low.form == high.form and value.form in ("number", "percent")):
            continue
        if not (low.number <= value.number <= high.number and low.number < high.number):
            continue
        if value.unit not in (None, high.unit) or (value.unit is None and high.unit is not None):
            continue
        first = lower[places[i].end : places[i + 1].start]
        last = lower[places[i + 1].end : places[i + 2].start]
        if first in (", ", "; ") and last in (" to ", "-", " - "):
            verdicts[i] = verdicts[i + 1] = verdicts[i + 2] = NOT
