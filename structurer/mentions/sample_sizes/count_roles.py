"""The role of a number with the noun that it counts, from what introduces it and what is told of those counted."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.arm_or_total import ANOTHER_ARM, arm_or_total
from structurer.mentions.sample_sizes.asides import in_brackets, in_brackets_role, is_sex
from structurer.mentions.sample_sizes.count_context import (
    ALSO_RANDOMIZED,
    PERCENT,
    Met,
    Place,
    Role,
    clause_after,
)
from structurer.mentions.sample_sizes.count_cues import CountedNoun, Cue, cue_after, cue_before
from structurer.mentions.sample_sizes.counts_in_place import OTHERS_RANDOMIZED, Signs, told_by_place
from structurer.mentions.sample_sizes.event_words import had_events, holds_events
from structurer.mentions.sample_sizes.group_lists import are_cases
from structurer.mentions.sample_sizes.group_words import (
    EACH_GROUP_HELD,
    GROUP_AFTER,
    GROUP_ASIDE,
    GROUP_STANDS_BEFORE,
    MADE_UP_GROUP,
)
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber

_TOTAL = re.compile(r"(?:total(?: number)? of|in total,?|overall,?|altogether,?|in all,?|total,) (?:the )?\Z")
_OF = re.compile(r"(?:^|[^a-z])(?:of|among|amongst|out of|from)(?: a total of| the| these| all| our| those)? \Z")
_OF_ARM = re.compile(r" (?:receiving|allocated|assigned|given|treated with|randomi[sz]ed to|on|in the) ")
# "From the initial 275 patients identified, 73 were randomised"
_INITIAL = re.compile(r"(?:^|[^a-z])from (?:an|the) initial \Z")
# "men, who had said that they would come if invited, were randomised"
_RELATIVE = re.compile(r", who [^,;]{3,160},(?= (?:were|was|had been|underwent) )")
_OVER_PEOPLE = re.compile(r"(?:assessed|identified) (?:in|among|on)(?: a total of)? \Z")
_ANALYSIS_ON = re.compile(
    r"analys[ie]s (?:\w+ ){0,4}(?:performed|conducted|carried out|based|done|included) "
    r"(?:on |in |for |with |among )?(?:data (?:from|of) )?(?:the )?\Z"
)
_SET_HELD = re.compile(
    r"(?:safety|efficacy|intent(?:ion)?-to-treat|itt|per-protocol|analysis|evaluable) "
    r"(?:analysis )?(?:population|set|cohort|sample) (?:comprised|consisted of|included) (?:a total of )?\Z"
)
# told late in the sentence: 301 (26%) children had low scores and were randomised
_PERFORMED = (" performed in ", " performed on ", " carried out in ", " carried out on ")
_THEN_RANDOMIZED = re.compile(r" had [^.;()]{3,110} and were (?:then |subsequently )?(?:randomi[sz]ed|randomly)")
# "64 patients to placebo", behind the other arm
_OTHER_ARM = re.compile(r"(?:,|;|and|versus|vs\.?|or|while|whereas) (?:the (?:other|remaining) )?\Z")
_TO_ARM = re.compile(r" (?:to|into|on) ")
_GROUPS_OF = re.compile(r"(?<![a-z])(?:groups|arms),? (?:each )?of \Z")
_HAD_MEAN = re.compile(r" had (?:an? )?(?:mean|median|average) (?:age|body|bmi)")
_WHO = re.compile(r"who (?:\w+ ){0,2}\Z")
_SURE = re.compile(r"[a-z ]*(?:analy|evaluable|assessable|included|enrol|available)")
_TREATMENT = re.compile(r"treatment|therapy|drug|medication|adverse|toxicity")
_SHARE_OF_GROUP = re.compile(r" (?:in|of|from|on) (?:the )?[^,;().\d]{2,40} [(\[]\d{1,3}(?:\.\d+)? ?%")
_INCLUDING = re.compile(r"(?<![a-z])includ(?:ed|ing|es) \Z")
_THE = re.compile(r"(?:^|[^a-z])(?:for|in|than|of|to) the \Z")
_IN_ARM = re.compile(r"(?:^|whereas |while |and |versus |, )in \Z")


def counted_role(number: WholeNumber, noun: CountedNoun, place: Place) -> Met | None:
    """The role of a number with the noun that it counts, or None where it counts events or a characteristic."""
    lower = place.lower
    before = lower[max(place.begin, place.left - 110) : place.left]
    if noun.kind == "cluster":
        return (Role.OTHER, "cluster") if place.clustered else None
    if noun.kind == "unit" and (not (place.allocation or place.design) or before.endswith("one of the ")):
        return None
    if EACH_GROUP_HELD.search(before) and not PERCENT.match(lower, number.end):
        return Role.ARM, "each"
    if in_brackets(before):
        return in_brackets_role(lower, number, noun, place, before)
    percent = bool(PERCENT.match(lower, number.end) or PERCENT.match(lower, noun.end))
    if (
        not (percent or place.adds_up)
        and place.last in {None, Role.ARM}
        and MADE_UP_GROUP.match(lower, noun.end, place.stop)
    ):
        return Role.ARM, "group"
    if place.will:
        return Role.PLANNED, "will"
    if are_cases(lower, noun.end, place.stop) and not percent:
        return (Role.ANALYZED if place.findings else Role.ENROLLED), "cases"
    if place.findings and _SHARE_OF_GROUP.match(lower, noun.end, place.stop):
        return None  # "nine patients in group C (45%) took less"
    left = cue_before(before)
    clause = clause_after(lower, noun.end, place.stop, shared=not _OF.search(before))
    right = cue_after(_RELATIVE.sub(" ", clause, count=1) if ", who " in clause else clause)
    if (
        before.endswith((" and ", ", "))
        and right is not None
        and right.role != "event"
        and right.start < 12 + 20 * clause.startswith(" aged ")
    ):
        left = None
    if left is not None and not (
        left.rule == "enrolled-before" and before.rstrip().endswith("including") and place.last
    ):
        return _introduced(lower, noun, place, left, right, percent)
    if not percent and GROUP_ASIDE.match(lower, noun.end, place.stop):
        return Role.ARM, "group-aside"
    if holds_events(before, number.value) and GROUP_AFTER.match(lower, noun.end, place.stop):
        return Role.ANALYZED, "in"
    if had_events(before, findings=place.findings):
        return None
    if not percent and place.last is None and _HAD_MEAN.match(lower, noun.end, place.stop):
        return (Role.ANALYZED if place.findings else Role.ENROLLED), "had-mean"
    if not percent and _THE.search(before) and _OF_ARM.match(lower, noun.end, place.stop):
        return Role.ANALYZED, "of-arm"
    if place.findings and not percent and noun.modifiers and _IN_ARM.search(before):
        return Role.ANALYZED, "in"
    return _told(lower, noun, place, right, before, percent)


def _introduced(lower: str, noun: CountedNoun, place: Place, left: Cue, right: Cue | None, percent: bool) -> Met | None:
    role = Role(left.role)
    if role is Role.ENROLLED and _SET_HELD.search(lower, place.begin, place.left):
        return Role.ANALYZED, "analyzed-before"
    if role is Role.SCREENED and _OVER_PEOPLE.search(lower, place.begin, place.left):
        role = Role.ANALYZED if place.findings or percent else Role.ENROLLED
        if percent:
            return role, left.rule
    if role is Role.ENROLLED and place.findings and _ANALYSIS_ON.search(lower, place.begin, place.left):
        return Role.ANALYZED, "analyzed-before"
    done = place.totalled and lower.endswith(_PERFORMED, 0, place.left)
    if done and GROUP_AFTER.match(lower, noun.end, place.stop):
        return None  # "access was gained in 22 patients of the tea group"
    if percent and is_sex(lower, noun):
        return None
    if role in {Role.ENROLLED, Role.ANALYZED, Role.SCREENED}:
        apart = right is not None and lower.find(" of whom ", noun.end, noun.end + right.start + 20) >= 0
        if right is not None and right.role == "randomized" and right.start < 90 and not apart:
            return arm_or_total(lower, noun.end, place, right)
        if percent and (
            role is not Role.ENROLLED or (place.findings and _INCLUDING.search(lower, place.begin, place.left))
        ):
            return None  # "events included ten [14%] patients with gout"
        if (
            role is Role.ENROLLED
            and place.design
            and not place.findings
            and "random" in lower[place.begin : place.stop]
        ):
            return Role.RANDOMIZED, left.rule
    if (
        role is Role.RANDOMIZED
        and not place.adds_up
        and ANOTHER_ARM.search(lower, noun.end, min(place.stop, noun.end + 200))
    ):
        return Role.ARM, left.rule
    return role, left.rule


def _told(lower: str, noun: CountedNoun, place: Place, right: Cue | None, before: str, percent: bool) -> Met | None:
    """The role that the words after the noun give."""
    total = bool(_TOTAL.search(before))
    of = bool(_OF.search(before) or _INITIAL.search(before)) and not total
    if any(word.startswith("random") for word in noun.modifiers):
        return Role.RANDOMIZED, "modifier"
    if of and "enrolled" in noun.modifiers:
        return Role.ENROLLED, "modifier"
    if (
        place.last is Role.ARM
        and not percent
        and _OTHER_ARM.search(before)
        and _TO_ARM.match(lower, noun.end, place.stop)
    ):
        return Role.ARM, "chain"
    if place.adds_up and _THEN_RANDOMIZED.match(lower, noun.end, place.stop):
        return Role.RANDOMIZED, "randomized-after"
    if place.last is not None and _GROUPS_OF.search(before):
        return (Role.ARM if place.allocation or not place.findings else Role.ANALYZED), "each"
    told = right is not None and right.role in {"enrolled", "randomized"} and right.start < 4
    if of and not place.adds_up and not told and OTHERS_RANDOMIZED.search(lower, noun.end, place.stop):
        return Role.SCREENED, "of-total"
    if "planned" in noun.modifiers:
        return Role.PLANNED, "modifier"
    clause = clause_after(lower, noun.end, place.stop)
    if right is not None and right.role != "event":
        return _told_by_cue(lower, noun, place, right, Signs(clause, before, of, total, percent))
    return told_by_place(lower, noun, place, right, Signs(clause, before, of, total, percent))


def _told_by_cue(lower: str, noun: CountedNoun, place: Place, right: Cue, signs: Signs) -> Met | None:
    role = Role(right.role)
    clause = signs.clause
    who = _WHO.search(clause[: right.start]) or clause[right.start :].startswith("who")
    if signs.percent and who and not signs.of:
        return None
    if role is Role.ENROLLED and ALSO_RANDOMIZED.match(clause[right.end :]):
        return Role.RANDOMIZED, "randomized-after"
    if role is Role.RANDOMIZED and signs.of and right.start < 4:
        return role, right.rule
    if role in {Role.ARM, Role.RANDOMIZED}:
        return None if signs.percent and not place.allocation else arm_or_total(lower, noun.end, place, right)
    if GROUP_STANDS_BEFORE.search(signs.before) and role in {Role.SCREENED, Role.ENROLLED}:
        return Role.ARM, right.rule
    if (role is Role.PLANNED and place.findings) or (role is Role.LOST and _is_side_effect(clause)):
        return None
    if clause[max(0, right.start - 4) : right.end] == "had received":
        return None
    if place.findings and place.totalled and not signs.of and clause.startswith("underwent", right.start):
        return None  # "two patients underwent resection", of a sample that is known
    share = signs.percent and place.findings and not (signs.total or signs.of)
    if share and role in {Role.ENROLLED, Role.ANALYZED, Role.LOST}:
        sure = _SURE.match(clause[right.start : right.end])
        if not sure or right.start > 25:
            return None
    methods = not place.findings and place.design and place.label is not None
    if role in {Role.COMPLETED, Role.ANALYZED} and place.last is None and methods and not signs.percent:
        return Role.RANDOMIZED, right.rule
    if role is Role.SCREENED and place.adds_up:
        return Role.ENROLLED, right.rule
    return role, right.rule


def _is_side_effect(clause: str) -> bool:
    """Whether those who stopped stopped a treatment (an event), and did not leave the study."""
    return bool(_TREATMENT.search(clause[:60])) and "withdrew" not in clause[:30]
