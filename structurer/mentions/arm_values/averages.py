"""Tell averages by their words: mean or median, times to an event, length of follow-up."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import contexts, cues
from structurer.mentions.arm_values.place import NOT, UNSURE, Judgement, Place
from structurer.schema import ArmValueKind

_ASIDE = re.compile(r"\([^()]{6,80}\)")


# "at a median of 5 years 65% were alive": how long they were followed, and no average of theirs
_AT_AN_AVERAGE = re.compile(
    r"(?<![a-z])(?:at|after) (?:a |an |the )?(?:median|mean|average)(?: time)?(?: of)? (?:about |approximately )?"
    r"(?=\d[\d.]* ?(?:years?|months?|weeks?|days?)(?![a-z])|\Z)"
)


def names_average(clause: str) -> bool:
    """Whether `cues.AVERAGE` can match in a clause at all."""
    return "mean" in clause or "medi" in clause or "averag" in clause or "lsm" in clause


_FOLLOWED_FOR = re.compile(
    r"(?<![a-z])(?:followed|observed|monitored)(?: up)? for (?:a |an )?(?:median|mean|average) (?:of )?\Z"
)


def average_named(place: Place) -> ArmValueKind | None:
    """Mean or median, by the last of these words before the value in its clause."""
    last = None
    clause = place.clause
    if not names_average(clause):
        return None
    closed, opened = clause.find(")"), clause.find("(")
    if closed >= 0 and not 0 <= opened < closed:
        clause = clause[closed + 1 :]  # what a bracket said that is closed by now
    clause = _AT_AN_AVERAGE.sub("after ", _ASIDE.sub(" ", clause))
    for match in cues.AVERAGE.finditer(clause):
        if not cues.FOLLOW_UP_NEXT.match(clause, match.end()):
            last = match
    if last is None:
        return None
    return ArmValueKind.MEDIAN if last.group("median") else ArmValueKind.MEAN


# How long people were followed, and its mean: followed up 7-48 months (mean 32.1
_FOLLOWED_RANGE = re.compile(
    r"follow(?:ed)?[- ]?up (?:for )?\d[\d. -]{0,8}(?:to \d{1,3} )?(?:months|years|weeks|days),? ?[(\[]?"
    r"(?:mean|median|average)[,: ]{1,2}\Z"
)
_FOLLOW_UP_WAS = re.compile(
    r"follow(?:ed)?[- ]?up(?: (?:time|duration|period))?(?: [(\[][^)\]]{0,20}[)\]])? (?:was|were|of|for) \Z"
)


def is_length_of_follow_up(place: Place) -> bool:
    """Whether a value without a unit beside it is the length of follow-up."""
    return _FOLLOW_UP_WAS.search(place.before[-60:]) is not None


def is_follow_up(place: Place) -> bool:
    """Whether a time is the length of follow-up, or of something else that came before the trial."""
    clause = place.clause
    follow = clause.rfind("follow")
    if follow >= 0 and _FOLLOWED_RANGE.match(clause, follow):
        return True
    if follow < 0:
        return bool(re.search(r" for (?:a (?:median|mean) of )?\Z", place.before[-24:]))
    return not re.search(r"(?:median|mean|average)", clause[follow:].replace("median follow", ""))


# "at 3, 6 and 12 months"
_LISTED_TIME = re.compile(
    r"(?<![a-z])(?:at|after|until) \d{1,3}(?: (?:years?|months?|weeks?|days?|hours?|h))?"
    r"(?:, \d{1,3}(?: (?:years?|months?|weeks?|days?|hours?|h))?){0,5},? ?(?:and |or )?\Z"
)
# "8 weeks (30 IU/L)": the time of a value in brackets
_VALUE_IN_BRACKETS = re.compile(r" \(\d{1,5}(?:\.\d{1,4})? ?(?:[a-zA-Zµ]{1,5}/|mg|mm|kg|points)")
FOLLOW_UP_AFTER = re.compile(r" ?(?:y|yr|yrs)?\.?'? (?:of )?follow")
_AVERAGE_OF = re.compile(r"(?:median|mean|average) (?:[a-z]+ ){0,6}of (?:about |approximately )?\Z")
_TOLD_BEFORE = (
    "was ",
    "were ",
    "of ",
    "(",
    "to ",
    "and ",
    "by ",
    "about ",
    "approximately ",
    "averaged ",
    ", ",
    "vs ",
    "vs. ",
)
_VALUES_WERE = re.compile(r"(?<![a-z])values? (?:for|of|in) [^;,.()]{2,60} (?:was|were) \Z")
_TIME_TO_OF = re.compile(r"(?<![a-z])time to [a-z -]{3,30} of \Z")
_NO_TIME_BEFORE = re.compile(r"(?<![a-z])(?:of|about|approximately|and|around|than) \Z")
_TIME_POINT_AFTER = re.compile(
    r" (?:after|before|post|following|later|prior|since|apart"
    r"|of (?:[a-z-]+ ){0,2}(?:treatment|follow|therapy))(?![a-z])"
)


def judge_time(clause: str, before: str, after: str) -> Judgement:
    """Whether a number with a unit of time is a time to an event, by the averages and times named before it."""
    if FOLLOW_UP_AFTER.match(after) or _LISTED_TIME.search(before[-60:]) or _VALUE_IN_BRACKETS.match(after):
        return NOT
    if _AT_AN_AVERAGE.search(before[-50:]) or _FOLLOWED_FOR.search(before[-60:]):
        return NOT
    if before.endswith(("baseline and ", "baseline to ")):
        return NOT
    anchors = [(m.start(), "follow") for m in cues.FOLLOW_UP.finditer(clause)]
    anchors += [(m.start(), "median" if m.group("median") else "mean") for m in cues.AVERAGE.finditer(clause)]
    if not anchors and _VALUES_WERE.search(before[-90:]):
        return Judgement(ArmValueKind.MEAN, 0.55, True)
    if not anchors:
        if _TIME_POINT_AFTER.match(after):
            return UNSURE
        if (
            cues.EVENT_TIME.search(clause)
            or re.search(r"(?:durations?|times) (?:was|were) \Z|durations? were [\d.]+ ?[a-z]* and \Z", before[-40:])
        ) and (not contexts.TIME_BEFORE.search(before[-24:]) or _TIME_TO_OF.search(before[-50:])):
            return Judgement(ArmValueKind.MEDIAN, 0.55, False)
        return UNSURE
    anchors.sort()
    if (
        anchors[-1][1] == "follow"
        and cues.EVENT_TIME.search(clause, anchors[-1][0])
        and not contexts.TIME_BEFORE.search(before[-24:])
    ):
        return Judgement(ArmValueKind.MEDIAN, 0.6, False)
    if anchors[-1][1] == "follow" or (
        len(anchors) > 1 and anchors[-2][1] == "follow" and anchors[-1][0] - anchors[-2][0] < 32
    ):
        return NOT
    between = clause[anchors[-1][0] :]
    if _TIME_POINT_AFTER.match(after) and not before.endswith(_TOLD_BEFORE):
        return NOT  # "mean thickness grew in each eye 6 weeks after it"
    if re.match(r"(?:median|mean|average) (?:[a-z]+ ){0,2}follow", between):
        return NOT
    if (
        contexts.TIME_BEFORE.search(before[-24:])
        and not _AVERAGE_OF.search(between)
        and not _NO_TIME_BEFORE.search(before[-16:])
    ):
        return NOT
    if len(between) > 150:
        return UNSURE
    return Judgement(ArmValueKind.MEDIAN if anchors[-1][1] == "median" else ArmValueKind.MEAN, 0.8, True)
