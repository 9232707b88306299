"""Tell one arm from all: whether those `assigned` or `treated` that a number counts are a group or the whole sample."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.count_context import Met, Place, Role, without_asides
from structurer.mentions.sample_sizes.count_cues import Cue
from structurer.mentions.sample_sizes.group_words import GROUP_ASIDE

_ANY_TREATMENT = re.compile(
    r".{0,20}received (?:the (?:study|protocol|intervention|allocated|assigned)|at least|study|any|one|all|protocol)"
)


_SEVERAL = re.compile(
    r"(?<![a-z])(?:either|or|one of|group a|(?:two|three|four|five|six|2|3|4|5|"
    r"6) (?:\w+ ){0,3}(?:groups|arms|conditions|treatments|regimens)|in (?:a )?\d ?: ?\d)(?![a-z])"
)


# "and 235 to tamoxifen", ", 47 patients received", "; fifty patients were randomised"
ANOTHER_ARM = re.compile(
    r"(?:(?<![a-z])and|while|whereas|versus|vs\.?|,|;) (?:the (?:other|"
    r"remaining) |another )?(?:\d{1,3}(?:,\d{3})*|\d{1,6}|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty)) (?:\([^()]{0,30}\) )?"
    r"(?:(?:patients|participants|subjects|women|men|children|infants|adults|dogs|eyes|"
    r"others?|[a-z-]{3,14}[a-rt-z]s(?= were )) )?(?:were |was )?(?:to |in (?!each|both|total)|received|on |"
    r"placed |assigned|allocated|randomi|underwent|placebo|controls?|treated|given|radio|"
    r"no (?:treatment|intervention|therapy|drug|supplement|medication))"
)


# told in the same words: "and another 20 men were randomly assigned to"
_ANOTHER_RANDOMIZED = re.compile(
    r" (?:and|while|whereas) (?:the (?:other|remaining) |another )?(?:\d[\d,]*|[a-z-]{3,20}) [a-z]{3,14} were randomly "
    r"(?:assigned|allocated)"
)
# A total that its groups follow: 174 of whom were randomly assigned: 85 to tea and 89 to milk
_LISTED_NEXT = re.compile(
    r" (?:of (?:whom|which|these|them) )?(?:were |was )?(?:then |subsequently |enrolled and )?"
    r"(?:randomly )?(?:assigned|allocated|randomi[sz]ed)(?: to (?:receive )?treatment)?(?::| [(\[])"
)
# "randomised to the intervention group, of whom ...": one group only is named
_ONE_ARM = re.compile(
    r" to (?:the |an? )(?:(?!or |and |either |one |each |same |two |three |vs |versus )[^\s,;().]{1,25} ){1,4}"
    r"(?:group|arm)(?![a-z])(?! *,? *(?:or|and|vs|versus)(?![a-z]))"
)
_ONE_ARM_ASIDE = re.compile(r" randomi[sz]ed to (?:(?!or |and |either |one |vs |versus )[^\s,;().]{1,25} ?){1,4}\)")


def arm_or_total(lower: str, at: int, place: Place, cue: Cue) -> Met | None:
    """Whether those assigned or treated, counted by the number ending before `at`, are one arm or all."""
    clause = without_asides(lower[at : place.stop])
    another = bool(
        ANOTHER_ARM.search(clause[:260]) or (cue.role == "randomized" and _ANOTHER_RANDOMIZED.search(clause[:260]))
    )
    if place.adds_up and _LISTED_NEXT.match(lower, at, place.stop):
        return Role.RANDOMIZED, cue.rule
    if place.adds_up and not (another and place.last in {Role.ENROLLED, Role.RANDOMIZED}):
        return (Role.RANDOMIZED if cue.role == "randomized" or place.allocation else Role.ENROLLED), cue.rule
    if place.last is None and re.search(r",? (?:of whom|of which|of these|of them)(?![a-z])", clause[:120]):
        another = False
    if "respectively" in clause[:160]:
        clause = clause.split(" of whom ", 1)[0]
        return (Role.ANALYZED if "analys" in clause[:200] else Role.ARM), cue.rule
    if cue.role == "randomized":
        if place.last is Role.ARM or (not place.adds_up and _ONE_ARM.match(clause, cue.end)):
            return Role.ARM, cue.rule
        if place.last is Role.ENROLLED and lower.startswith(" randomi", at) and _ONE_ARM_ASIDE.match(lower, at):
            return Role.ARM, cue.rule
        return (Role.ARM if another and not _SEVERAL.search(clause[:120]) else Role.RANDOMIZED), cue.rule
    if not another and _SEVERAL.search(clause[:160]):
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), cue.rule
    if another or (place.allocation and place.last is not None) or place.last is Role.ARM:
        return Role.ARM, cue.rule
    if GROUP_ASIDE.match(lower, at, place.stop):
        return Role.ARM, cue.rule
    if not place.findings and place.last is None:
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), cue.rule
    if place.last in {Role.RANDOMIZED, Role.ENROLLED}:
        return (Role.ANALYZED if _ANY_TREATMENT.match(clause) else Role.ARM), cue.rule
    return (Role.ANALYZED, cue.rule) if _ANY_TREATMENT.match(clause) else None
