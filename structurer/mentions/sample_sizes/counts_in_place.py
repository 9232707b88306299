"""The role of a count that no verb of a trial's flow follows, by `of`, `in`, its group, or the head of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from structurer.mentions.sample_sizes.count_context import Met, Place, Role
from structurer.mentions.sample_sizes.count_cues import CountedNoun, Cue
from structurer.mentions.sample_sizes.group_words import GROUP_AFTER, GROUP_HAD, GROUP_STANDS_BEFORE

_IN = re.compile(r"(?:^|[^a-z])(?:in|on|with|for|between|by|to)(?: a total of| the| these| all| up to)? \Z")
_START = re.compile(
    r"(?:^|[.:;] ?|findings|results?|participants?|patients?|subjects?|methods?|population|setting|"
    r"animals):? ?(?:a |the (?:first )?|there were |there was |these |our )?\Z"
)
_IN_ANALYSIS = re.compile(
    r" (?:in|for|from) the (?:final |primary |main )?(?:per[ -]protocol|intention|intent|modified|safety|efficacy|full"
    r"|available|complete|itt|main|primary)[a-z -]{0,30}(?:analys|population|set|sample|cohort)"
)
_IN_THE = re.compile(r"(?<![a-z])(?:in|for|among) the \Z")
OTHERS_RANDOMIZED = re.compile(
    r"(?!who|that)(?:\d|[a-z]{3,5}ty|[a-z]{3,5}teen|[a-z]{3}|[a-z]{4,5}) (?:\([^()]{0,20}\) )?(?:\w+ )?(?:were |"
    r"was |underwent |agreed to )(?:\w+ and |\w+ly )?(?:randomi|randomly|assigned|allocated|enrolled|"
    r"recruited|included in (?:the|this) (?:study|trial))|"
    r"\d (?:\([^()]{0,20}\) )?(?:entered|participated|took part|consented|agreed to (?:take part|participate))"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands around a counted noun: the clause after it, the words before, `of` or a total, a per cent."""

    clause: str
    before: str
    of: bool
    total: bool
    percent: bool


def told_by_place(lower: str, noun: CountedNoun, place: Place, right: Cue | None, signs: Signs) -> Met | None:
    """The role where no verb of a trial's flow follows: from `of`, `in`, the group, the head of the sentence."""
    before, percent, findings = signs.before, signs.percent, place.findings
    group = GROUP_AFTER.match(lower, noun.end, place.stop)
    known = place.last in {Role.ARM, Role.ANALYZED, Role.COMPLETED, Role.ENROLLED}
    if right is None and not percent:
        if GROUP_STANDS_BEFORE.search(before) and place.last is not None:
            return place.last, "group"
        if group is not None and (place.allocation or known):
            last = Role.ARM if place.last is Role.ENROLLED else place.last
            return (Role.ARM if place.allocation and not findings else last or Role.ANALYZED), "group"
    if (
        right is None
        and not percent
        and not place.adds_up
        and not signs.of
        and _IN_ANALYSIS.match(lower, noun.end, place.stop)
    ):
        return Role.ANALYZED, "in-analysis"
    if signs.of and place.adds_up:
        return Role.RANDOMIZED if place.allocation else Role.ENROLLED, "of-total"
    if signs.of and OTHERS_RANDOMIZED.search(lower, noun.end, place.stop):
        return Role.SCREENED, "of-total"
    if signs.of or signs.total:
        if findings and not place.allocation:
            return Role.ANALYZED, "of-total"
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), "of-total"
    held = GROUP_HAD.search(before)
    if held and not percent and ("had" not in held.group() or {"evaluable", "assessable"} & set(noun.modifiers)):
        return (Role.ANALYZED if findings and not place.allocation else Role.ARM), "group"
    if right is None and known and lower.endswith("controls", 0, noun.end) and place.last is not None:
        return place.last, "group"
    if place.adds_up and not (findings and percent) and (right is None or right.role != "event"):
        return (Role.ANALYZED if findings else Role.ENROLLED), "adds-up"
    if (
        findings
        and _IN_THE.search(before)
        and ("evaluable" in noun.modifiers or not (percent or right or noun.modifiers or place.totalled))
    ):
        return Role.ANALYZED, "in"
    if percent or place.last is not None:
        return None
    return _told_by_head(place, right, signs, group is not None)


def _told_by_head(place: Place, right: Cue | None, signs: Signs, group: bool) -> Met | None:
    start = bool(_START.search(signs.before)) or not signs.before.strip()
    inside = bool(_IN.search(signs.before))
    if place.findings:
        had = right is None or signs.clause[right.start : right.end] == "had"
        if had and start and not group and not place.totalled:
            return Role.ENROLLED, "subject"
        return (Role.ANALYZED, "in") if group and (inside or (start and right is None)) else None
    if right is not None and not (inside or start):
        return None
    if start and group and right is None:
        return Role.ARM, "group"
    if start or inside or signs.before.endswith(", "):
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), "in" if inside else "subject"
    return None
