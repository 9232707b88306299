"""The role of a number without a noun, from its verb or from the count before it."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.arm_or_total import ANOTHER_ARM, arm_or_total
from structurer.mentions.sample_sizes.count_context import ALSO_RANDOMIZED, PERCENT, Met, Place, Role, without_asides
from structurer.mentions.sample_sizes.count_cues import cue_after
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber

_CHAIN_BEFORE = re.compile(r"(?:,|;|and|versus|vs\.?|:|with|to|whereas|while|or) (?:the (?:other|remaining) )?\Z")


_CHAIN_AFTER = re.compile(
    r"(?: ?[(\[][^()\[\]]{0,40}[)\]])? (?:(?:were |was |subsequently )?(?:randomly )?(?:assigned |"
    r"allocated |randomi[sz]ed )?(?:to|in|on|into) |receiving |received |assigned |allocated |given |"
    r"treated with |with |the |underwent |no (?:treatment|intervention|therapy|drug|supplement|medication|training)"
    r"(?![a-z])|for (?=response|toxicity|efficacy|safety|survival))(?!the final|the analy)"
)


_BARE_BEFORE = re.compile(
    r"(?:^|[.;:,(\[] |and |whom |which |these, |with |leaving |of them,? |"
    r"(?:of|among) (?:these|them|those) [a-z]{1,14},? |[(\[]|remaining |the |only |"
    r"data (?:from|for|of) |total of |(?:in total|overall|altogether|in all),? )\Z"
)


_BARE_LAST = frozenset(
    {
        "patients",
        "participants",
        "women",
        "men",
        "subjects",
        "and",
        "whom",
        "which",
        "with",
        "leaving",
        "them",
        "remaining",
        "the",
        "only",
        "from",
        "for",
        "of",
        "total",
        "overall",
        "altogether",
        "all",
    }
)


# "220 events occurred, 108 with": events, where those before them were people
_EVENTS_BEFORE = re.compile(
    r"\d (?:[a-z-]+ ){0,2}(?:events|deaths|relapses|recurrences|infections|failures|fractures|strokes)(?![a-z])"
    r"[^.;]{0,40}\Z"
)
_N_BEFORE = re.compile(r"n ?= ?\d{1,5}[)\]] (?:with|versus|vs\.?|or|and|to) [^()\[\]]{2,60}[(\[]\Z")
# "two randomised, double-blind, 26-week studies"
_TRIALS = re.compile(r" randomi[sz]ed,? (?:[a-z0-9-]{1,30},? ){0,7}(?:trials|studies)(?![a-z])")


# "the 969 in the tea group felt better than the 943 in the milk group"
_THE_ONES = re.compile(r"(?:^|, |than |and |whereas |while )the \Z")
_IN_THE_GROUP = re.compile(
    r"(?: [(\[]\d{1,3}(?:\.\d+)? ?%[)\]])? (?:in|to) (?:the [^,;.()]{2,40}? )?(?:group|arm)(?![a-z])(?! who)"
)
_TO_A_GROUP = re.compile(rf" to |{_IN_THE_GROUP.pattern}")
# Those left at a time, before their groups: and 347 at 8 weeks
_AT_A_TIME = re.compile(r" (?:at|after) (?:(?:week|month|day|year)s? )?\d")


def bare_role(number: WholeNumber, place: Place) -> Met | None:
    """The role of a number without a noun: `of whom 399 were randomly assigned`, `and 32 received placebo`."""
    lower = place.lower
    before = lower[max(place.begin, number.start - 60) : number.start]
    if before and before.rstrip()[-1:].isalnum() and before.rstrip().rsplit(" ", 1)[-1] not in _BARE_LAST:
        return None
    if before and not _BARE_BEFORE.search(before):
        return None
    after = without_asides(lower[number.end : min(place.stop, number.end + 220)])
    cue = cue_after(after, at_start=True)
    percent = bool(PERCENT.match(lower, number.end))
    if percent and after.lstrip().startswith("who "):
        return None
    if before.endswith("of whom ") and re.match(r" +had [^,;.]{1,50} and were (?:enrolled|randomi|included)", after):
        return Role.ENROLLED, "of-whom"
    if cue is not None and cue.role != "event":
        role = Role(cue.role)
        if role is Role.RANDOMIZED and _TRIALS.match(after):
            return None
        if role is Role.ENROLLED and ALSO_RANDOMIZED.match(after[cue.end :]):
            return Role.RANDOMIZED, "randomized-after"
        if role is Role.SCREENED and ALSO_RANDOMIZED.match(after[cue.end :]):
            return Role.RANDOMIZED, "randomized-after"
        if role is Role.RANDOMIZED and place.last in {Role.RANDOMIZED, Role.ARM} and not place.adds_up:
            return Role.ARM, cue.rule
        if role is Role.RANDOMIZED:
            return arm_or_total(lower, number.end, place, cue)
        listed = place.totalled and ANOTHER_ARM.search(after)
        if role is Role.ARM and not (
            listed or place.allocation or place.last in {Role.ARM, Role.RANDOMIZED, Role.ENROLLED, Role.ANALYZED}
        ):
            return None
        if role is Role.ARM and percent and not place.allocation:
            return None
        if role is Role.ARM:
            return arm_or_total(lower, number.end, place, cue)
        if percent and (role is Role.LOST or "hospital" in after[cue.start : cue.end]):
            return None
        return role, cue.rule
    if (
        place.last is Role.ARM
        and before.endswith("(")
        and lower.startswith(")", number.end)
        and number.value > 9
        and _N_BEFORE.search(lower, place.begin, number.start)
    ):
        return Role.ARM, "chain"
    if cue is None and place.adds_up and re.search(r"of (?:these|whom|them),? \Z", before):
        return Role.ANALYZED, "adds-up"
    if (
        cue is None
        and before.endswith("the ")
        and place.allocation
        and re.match(r" in the [^,;.]{2,40}(?:group|arm)", lower[number.end : place.stop])
    ):
        return Role.ARM, "chain"
    if (
        cue is None
        and number.value >= 20
        and place.findings
        and _THE_ONES.search(before)
        and _IN_THE_GROUP.match(lower, number.end, place.stop)
    ):
        return Role.ANALYZED, "chain"
    if (
        cue is None
        and place.allocation
        and before.endswith(": ")
        and _IN_THE_GROUP.match(lower, number.end, place.stop)
    ):
        return Role.ARM, "chain"
    if cue is None and place.adds_up and place.last is not None and _AT_A_TIME.match(lower, number.end, place.stop):
        return Role.ANALYZED, "adds-up"
    if (
        cue is None
        and place.last is not None
        and _CHAIN_BEFORE.search(before)
        and _CHAIN_AFTER.match(lower, number.end, place.stop)
        and not _EVENTS_BEFORE.search(before)
    ):
        role = (
            Role.ARM
            if place.last in {Role.RANDOMIZED, Role.ENROLLED, Role.SCREENED}
            and (place.allocation or (before.endswith(": ") and _TO_A_GROUP.match(lower, number.end, place.stop)))
            else place.last
        )
        if number.value < 3 and role in {Role.ARM, Role.RANDOMIZED, Role.ENROLLED}:
            return None
        return role, "chain"
    return None
