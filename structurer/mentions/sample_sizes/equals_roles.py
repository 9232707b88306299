"""The role of the number of `n = 61`, from what stands before its bracket and from its sentence."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.count_context import Met, Place, Role, clause_after
from structurer.mentions.sample_sizes.count_cues import cue_after
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole

_PERCENT_BEFORE = re.compile(r"\d ?(?:%|per ?cent)(?:[^()\[\]]{0,4}| of [^()\[\]]{0,30})[(\[,;] ?n ?= ?\Z")


_GROUP_BEFORE = re.compile(r"(?:group|arm|cohort|condition|controls?|placebo|sham)[ ,:;=]{0,3}[(\[]?(?:n ?= ?)?\Z")


# "patients with squamous (N = 40) or adenoid (N = 52) tumours were randomised": who they are, not what they got
_WITH_TRAIT = re.compile(
    r"(?:patients|participants|subjects|women|men|adults|children|those) with(?:out)? [^()]{0,60}[(\[] ?\Z"
)


_ALLOCATED_BEFORE = re.compile(r"random|assigned|allocated|received|receive|compar|versus|into|group|arm")


# What stands right before the bracket of `(n = 61)`, and the role that it gives; None: events, no people.
_STAGES: tuple[tuple[re.Pattern[str], SampleSizeRole | None], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"(?:sample size|target|planned)[^.;]{0,20}\Z", Role.PLANNED),
        (
            r"(?:died|deaths?|events?|due to[^()]{0,25}|causes|adverse[^()]{0,20}|because of[^()]{0,25}|"
            r"most common[^()]{0,30}|years?|samples?|studies|multi-?cent(?:er|re)|sites|centers|centres|practices|"
            r"trials)[ ,]{0,2}[(\[] ?\Z|(?:adverse|due to|because of)[^()]{0,25}[(\[][^()]{0,45}\Z",
            None,
        ),
        (
            r"(?:per[ -]protocol|intention|intent|itt|safety|efficacy|analy[sz]|evaluable|completers|"
            r"population|set)[^()]{0,25}[(\[]? ?\Z",
            Role.ANALYZED,
        ),
        (
            r"(?:withdr|dropp?ed? ?out|lost to|excluded|exclusion|discontinu|refus|declin)[^()]{0,30}[(\[] ?\Z",
            Role.LOST,
        ),
        (r"(?:complet|retained|followed)[^()]{0,25}[(\[]? ?\Z", Role.COMPLETED),
        (r"(?:screened|eligible|approached|invited)[^()]{0,20}[(\[]? ?\Z", Role.SCREENED),
        (r"(?:sub-?group|subset|sub-?sample|sub-?study)[^()]{0,30}[(\[]? ?\Z", Role.SUBGROUP),
        (
            r"(?:fatal|deaths?|mortality|cvd|strokes?|infections?|fractures?|events?|relapses?|recurrences?|"
            r"complications?|infarctions?|visits?|specimens?|lesions?|tumou?rs)[ ,]{0,2}[(\[] ?\Z",
            None,
        ),
    )
)
# "redness was commoner with A (n = 15) than with B (n = 7, P = 0.01)": events of two groups
_SET_AGAINST = re.compile(r"\)? than | ?, ?p ?[=<>]")
_LESS_THAN = re.compile(
    r"(?:adverse|common|frequent|often|events?|complications?|deaths?|reactions?|toxic|side[ -]effects?)"
    r"[^.;]{0,120}[(\[]n ?= ?\d{1,4}[)\]] than [^()\[\]]{2,60}[(\[]n ?= ?\Z"
)
# the size of each of two groups, in the bracket between "two" and "groups"
_GROUPS_BEFORE = re.compile(r"(?<![a-z])(?:two|three|four|[2-6]) [(\[]n ?= ?\Z")
_GROUPS_AFTER = re.compile(r"(?: each| per group)?[)\]] (?:equal )?(?:groups|arms)")
_SEX_BEFORE = re.compile(r"(?<![a-z])(?:females?|males?|men|women|boys|girls)[,:]? ?n ?= ?\Z")
_TOTAL_BEFORE = re.compile(r"(?:total|overall)(?: sample)?(?: size)?,? ?[(\[]? ?n ?= ?\Z")
# the size of the other group in a bracket of its own, without an n
_OTHER_IN_BRACKETS = re.compile(r"[)\]] (?:with|versus|vs\.?|or|and|to) [^()\[\]]{2,60}[(\[]\d{1,5}[)\]]")
# Events of a group: few severe attacks with tea (n = 2) and milk (n = 1), 96 relapses (tea, n = 40; milk, n = 56)
_EVENTS_COUNTED = re.compile(
    r"(?<![a-z])numbers? of [^.;()]{0,30}(?:events|episodes|attacks|deaths|relapses|falls|infections|fractures)"
    r"(?![a-z])[^.;]{0,110}\Z"
    r"|\d (?:[a-z-]+ ){0,2}(?:events|deaths|relapses|recurrences|infections|fractures)(?: (?:occurred|were [a-z]{4,9}))"
    r"[^.]{0,120}\Z"
)
_N = re.compile(r"n'?s? ?[=:] ?\Z")
# Ages before a count: children aged 8-13 years (n = 141)
_AGED = re.compile(r" aged? [^()]{0,24}years?(?: old| of age)? ?[(\[] ?\Z")
_EACH_AFTER = re.compile(
    r"(?: (?:patients|participants|subjects|women|men|children|adults))?,? "
    r"(?:(?:in|for|per) )?(?:each|every|per) (?:group|arm)"
)
# What each of two groups was given: patients received tea 45 mg (n = 31) or milk (n = 31)
_GIVEN = re.compile(r"(?<![a-z])(?:received|were given|treated with|allocated|assigned) [^()]{2,45}[(\[] ?\Z")
_SHARE_AFTER = re.compile(r" ?(?:patients?)?[,;(\[ ]{1,3}\d{1,3}(?:\.\d+)? ?%")
_PEOPLE = re.compile(
    r"(?:patients|participants|subjects|adults|women|men|volunteers|children|individuals|people|"
    r"students|smokers|adolescents|infants|sample|pairs|dyads|couples|families|households|survivors|"
    r"veterans|cohort|enrolled|recruited|included|trial|study|total|overall|"
    r"all)(?: [^()]{0,30})?[ ,]?[(\[]? ?\Z"
)
_PEOPLE_RIGHT_BEFORE = re.compile(
    r"(?:patients|participants|subjects|adults|women|men|volunteers|children|individuals|people|"
    r"students|sample|randomi[sz]ed|assigned|allocated)[ ,]{0,2}[(\[] ?\Z"
)
_THINGS = re.compile(
    r" (?:measurements|samples|specimens|lesions|nodes|visits|records|scans|studies|trials|sites|cent(?:re|er)s|"
    r"episodes|cycles|questionnaires|biopsies|events)(?![a-z])"
)
_HARM = re.compile(r"deaths?|adverse|fatal|died|serious")
_STAGE_CUES = frozenset({"enrolled", "randomized", "analyzed", "completed", "lost", "screened"})


def equals_role(number: WholeNumber, place: Place) -> Met | None:
    """The role of the number of `n = 61`, or None where it is an event count (`44% (n = 54)`, `(n = 54; 11%)`)."""
    role = _role(number, place)
    return None if role is None else (role, "n-equals")


def _role(number: WholeNumber, place: Place) -> SampleSizeRole | None:
    lower = place.lower
    before = lower[max(place.begin, number.start - 60) : number.start]
    if _PERCENT_BEFORE.search(before) and not place.allocation:
        return None
    if place.adds_up and place.last is None:
        return Role.RANDOMIZED if place.allocation else Role.ANALYZED if place.findings else Role.ENROLLED
    if _EACH_AFTER.match(lower, number.end, place.stop):
        return Role.ARM
    group = bool(_GROUP_BEFORE.search(before))
    share = _SHARE_AFTER.match(lower, number.end, number.end + 20)
    if share and not place.allocation and (place.findings or not group):
        return None
    if (
        place.findings
        and not place.allocation
        and (_SET_AGAINST.match(lower, number.end, place.stop) or _LESS_THAN.search(lower, place.begin, number.start))
    ):
        return None
    if _GROUPS_AFTER.match(lower, number.end, place.stop) and _GROUPS_BEFORE.search(before):
        return Role.ARM
    if place.findings and not place.allocation and _EVENTS_COUNTED.search(lower, place.begin, number.start):
        return None
    if _SEX_BEFORE.search(before) and not place.allocation:
        return None
    if _TOTAL_BEFORE.search(before) and not share:
        return Role.RANDOMIZED if place.allocation else Role.ANALYZED if place.findings else Role.ENROLLED
    if place.will and not place.allocation:
        return Role.PLANNED
    if _THINGS.match(lower, number.end, place.stop):
        return None
    if number.value < 5 and place.findings and _HARM.search(lower, place.begin, number.start):
        return None
    bare = _AGED.sub("(", _N.sub("", before))
    for pattern, role in _STAGES:
        if pattern.search(bare) and not (role is Role.SCREENED and place.allocation):
            return role
    if _OTHER_IN_BRACKETS.match(lower, number.end, place.stop):
        return Role.ANALYZED if place.findings and not place.allocation else Role.ARM
    if place.solitary and not group and place.last in {None, Role.SCREENED}:
        role = _solitary_role(number, place)
        if role is not None:
            return role
    trait = _WITH_TRAIT.search(bare) or place.last is Role.SUBGROUP
    if trait and not _ALLOCATED_BEFORE.search(lower, place.begin, number.start):
        return Role.SUBGROUP
    if place.allocation:
        whole = not group and place.last is None and _PEOPLE_RIGHT_BEFORE.search(bare)
        return Role.RANDOMIZED if whole else Role.ARM
    if not group and not place.solitary and not place.findings and _GIVEN.search(bare):
        return Role.ARM
    if not group and _PEOPLE.search(bare):
        if place.findings:
            return Role.ANALYZED if place.last is None else Role.SUBGROUP
        return Role.RANDOMIZED if place.design else Role.ENROLLED
    return Role.ANALYZED if place.findings else Role.ARM


def _solitary_role(number: WholeNumber, place: Place) -> SampleSizeRole | None:
    """The role of the only `n =` of a sentence: the whole sample's, by the verb after the bracket."""
    if place.allocation:
        return Role.RANDOMIZED
    closed = place.lower.find(")", number.end, number.end + 90)
    cue = cue_after(clause_after(place.lower, closed + 1, place.stop)) if closed >= 0 else None
    if cue is not None and cue.start < 60 and cue.role in _STAGE_CUES:
        return Role(cue.role)
    if place.findings:
        return None
    return Role.RANDOMIZED if place.design else Role.ENROLLED
