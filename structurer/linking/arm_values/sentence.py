"""A sentence's values and namings of arms, and whether a naming stands beside a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from structurer.linking.arm_values.runs import Run
from structurer.linking.arms.mentions import ArmMention
from structurer.schema import ArmValue
from structurer.text.reading import Reading

# A preposition right before the naming: "46% of patients in the", "12 cancers diagnosed among those given"
_AHEAD = re.compile(
    r"(?![)\]])[^;:()\[\]]{0,80}?(?<![a-z])(?:who had|who took|that had|that received|in|with|"
    r"for|on|among|given|receiving|received|assigned|allocated"
    r"|taking|under|by|from|of|to|after|following|using|randomi[sz]ed|during|at|who were|who received|preferred|chose)"
    r"(?: (?:the|those|patients?|participants?|subjects?|women|men|children|a|an|both|treated with|to|receiving"
    r"|given|in|on|with|treated|assigned|who received|assigned to|allocated to|of|each|oral|treatment with|all"
    r"|\d[\d,]*|groups?|arms?|that|who|who had|had|underwent|undergoing|taking|took|randomi[sz]ed to|were|was))* ?\Z"
)


# "83 deaths among 335 patients (24.8%) in the", "-0.5 kg (P = 0.3) in": the share of the count itself, its test.
_SHARE = re.compile(
    r" ?[(\[](?:\d[\d.]* ?%|p(?:-value)? ?[<>=] ?\d?[\d.]*"
    r"|[-+]?\d[\d.]*(?: ?%)? ?(?:to|-|–|,) ?[-+]?\d[\d.]*(?: ?%)?)[)\]]"
)
# "6.8% (51 mmol/mol; combination group)": the value in a second unit, and then whose it is.
_RESTATED = re.compile(r" ?[(\[][-+]?\d[^()\[\];]{0,25}[;,] (?:the )?\Z")
_CLOSED = re.compile(r"(?: (?:group|arm|patients))?[)\]]")
# Words that lead from a value to another group: "46%, compared with those in"
_AWAY = re.compile(
    r"(?<![a-z])(?:compared|versus|vs|than|whereas|while|but|relative|between)(?![a-z])|, (?:and|with) "
    r"|\A,? and (?:for|in|with|among|on|those|the) "
)


BEHIND = re.compile(
    r"(?:[ -]?(?:groups?|arms?|patients|participants|recipients|treated|therapy|treatment|clusters|subjects|women"
    r"|children|period|condition|phase|regimen|alone|only|cohort))*(?: ?[,:=(\[] ?| \(?n ?= ?\d+\)?,? ?| was "
    r"| were | had | showed | of | by |[ -]|[+/][a-z0-9+/-]{1,14}){0,3}[-+~]?\Z"
)


# What stands before the naming of a group, and behind it.
IN_GROUP = re.compile(r"(?<![a-z])(?:in|for|with|on)(?: the)?(?: patients (?:in|with|on))?(?: the)? \Z")
GROUP = re.compile(r"[ -](?:groups?|arms?|patients|participants|women|men|subjects|treated|recipients)(?![a-z])")


@dataclass(slots=True)
class Sentence:
    """A sentence's values and namings of arms, and what has been settled so far.

    `used` are namings that stand behind a value that took them, `sure` the values with a naming right beside them and
    `ahead` those of them with one behind by a preposition; `orders` the last order of arms by how many they are.
    `timed` is whether its pairs are of two times of one arm.
    """

    values: list[ArmValue]
    mentions: list[ArmMention]
    reading: Reading
    begin: int
    stop: int
    chosen: list[int | None] = field(default_factory=list)
    used: list[ArmMention] = field(default_factory=list)
    orders: dict[int, list[int]] = field(default_factory=dict)
    singles: list[int] = field(default_factory=list)
    sure: set[int] = field(default_factory=set)
    ahead: set[int] = field(default_factory=set)
    timed: bool = False

    def __post_init__(self) -> None:
        self.chosen = [None] * len(self.values)

    @property
    def lower(self) -> str:
        """The whole text in lower case."""
        return self.reading.lower

    def room(self, run: Run) -> tuple[int, int]:
        """From the end of the value before a run to the start of the value behind it."""
        low = self.values[run.first - 1].end if run.first else self.begin
        high = self.values[run.last + 1].start if run.last + 1 < len(self.values) else self.stop
        return low, high


_CLAUSE = re.compile(r"(?<![a-z])(?:while|whereas|but)(?![a-z])")


def other_clause(sentence: Sentence, mention: ArmMention, at: int) -> bool:
    """Whether a naming stands in another clause than the offset `at`: "A had 5 while 9 ... and 3 in the B group"."""
    first, last = sorted((mention.end, at)) if mention.end <= at else (at, mention.start)
    return _CLAUSE.search(sentence.lower, first, last) is not None


# The end of a bracket that holds a group's name: "1.2 (drug)", "1.2 (drug group, N = 101)"
_NAME_ENDS = re.compile(r"(?: group| arm)?(?:[,;:]? ?n ?= ?\d[\d,]{0,6})?[)\]]")


def is_ahead(lower: str, end: int, mention: ArmMention) -> bool:
    """Whether a naming behind a value belongs to it: "46% of patients in the", or right behind it."""
    gap = _SHARE.sub("", lower[end : mention.start])
    if not gap.strip() or (gap.strip() in ("(", "[") and _NAME_ENDS.match(lower, mention.end)):
        return True
    if gap == ", " and lower[mention.end : mention.end + 1] in (";", ")") and lower[end - 1 : end] != ")":
        # a list in a bracket, each value before its group
        return True
    if _RESTATED.fullmatch(gap) and _CLOSED.match(lower, mention.end):
        return True
    return len(gap) <= 95 and _AHEAD.match(gap) is not None and _AWAY.search(gap) is None


def distinct(arms: Iterable[int]) -> list[int]:
    """The arms without repeats, in order."""
    return list(dict.fromkeys(arms))
