"""Join each effect to the groups that it compares, or to the one group that it describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from structurer.linking.arms.group_assignment import assign_groups
from structurer.linking.arms.groups import Groups, mentions_in
from structurer.linking.arms.mentions import ArmMention, referred_to
from structurer.linking.contrast_direction import computed_pair
from structurer.linking.replacement import replace
from structurer.linking.respective_groups import AGAINST, one_each
from structurer.schema import Arm, EffectEstimate, EffectMeasure, Phrase, Section
from structurer.text.reading import Reading

ONE_GROUP = frozenset(
    {EffectMeasure.PROPORTION, EffectMeasure.MEAN, EffectMeasure.MEDIAN, EffectMeasure.RATE, EffectMeasure.CHANGE}
)
_UNCOMPARED = frozenset({EffectMeasure.CORR})
# "comparing A with B", "the difference between A and B"
_BETWEEN = re.compile(r"\b(?:compar(?:ing|ison of|ison between)|differences? between)(?: the)? \Z")
# Between a group and the estimate that it heads: signs and the measure's name only.
_HEADS = re.compile(
    r"(?: groups?| arms?)?[ ]?[(\[:,]+[ ]?(?:(?:adjusted|hazard|odds|risk|rate|relative|ratio|hr|or|rr|irr|md|ahr|aor"
    r"|arr|mean|difference)[ ,;:()=]{0,4}){0,5}[-+]?"
)


def link_comparisons(
    effects: Sequence[EffectEstimate], arms: Sequence[Arm], text: str | Reading, sections: Sequence[Section] = ()
) -> list[EffectEstimate]:
    """`effects` with their `comparison` set, in the order given.

    (a, b) where the printed estimate is a versus b; (group, None) for one group's estimate; None where the text does
    not tell.
    """
    if not effects:
        return []
    reading = Reading.of(text)
    if not reading.sentences:
        return list(effects)
    groups = Groups.of(reading, arms, sections)
    by_sentence: dict[int, list[int]] = {}
    for i, effect in enumerate(effects):
        by_sentence.setdefault(reading.sentence_index(effect.start), []).append(i)
    pairs: dict[int, tuple[int, int | None]] = {}
    mentions: dict[int, list[ArmMention]] = {}
    for sentence, members in by_sentence.items():
        mentions[sentence] = named = mentions_in(groups, reading, sentence)
        single = sorted((i for i in members if effects[i].measure in ONE_GROUP), key=lambda i: effects[i].start)
        spans = [(effects[i].start, effects[i].end) for i in single]
        assigned = _set_against(assign_groups(reading.lower, spans, named), spans, named, groups, reading.lower)
        for i, arm in zip(single, assigned, strict=True):
            if arm is not None:
                pairs[i] = (arm, None)
            elif groups.arms == 1:
                pairs[i] = (0, None)
        of_factor = groups.arms > 1 and not named and _of_a_factor(reading, sentence, groups)
        for i in members:
            if effects[i].measure not in ONE_GROUP and effects[i].measure not in _UNCOMPARED and not of_factor:
                pair = computed_pair(effects[i], named, reading, sentence) or _versus(
                    effects[i], named, groups, reading.lower
                )
                if pair is not None:
                    pairs[i] = pair
        between = [i for i in members if i in pairs and effects[i].measure not in ONE_GROUP]
        pairs.update(one_each([effects[i] for i in between], between, named, groups, reading.lower))
    return [
        replace(effect, comparison=_phrases(pairs[i], effect, groups, mentions, reading)) if i in pairs else effect
        for i, effect in enumerate(effects)
    ]


# "age was a risk factor (OR 1.2)": what is compared there are no groups of the trial
_ASSOCIATED = re.compile(
    r"(?<![a-z])(?:associat(?:ed|ion|ions)|risk factors?|predict(?:s|ed|ors?|ive)|correlat\w+|regression"
    r"|determinants?)(?![a-z])"
)
_OF_TREATMENT = re.compile(
    r"(?<![a-z])(?:treatments?|treated|interventions?|therapy|group|groups|arms?|between-group|randomi[sz]\w*)(?![a-z])"
)


# So many letters of a word stand for it: "prophylactic", "prophylaxis".
_STEM = 7


def _of_a_factor(reading: Reading, sentence: int, groups: Groups) -> bool:
    """Whether a sentence that names no group, in part either, tells what is associated with an outcome."""
    span = reading.sentences[sentence]
    if not _ASSOCIATED.search(reading.lower, *span) or _OF_TREATMENT.search(reading.lower, *span):
        return False
    stems = {word[:_STEM] for label in groups.labels for word in label.lower().split() if len(word) >= _STEM}
    return not any(reading.lower.find(stem, *span) >= 0 for stem in stems)


_AGAINST_NEXT = re.compile(
    r"(?: (?:months|weeks|days|years|points))?[)\]]? ?(?:\([^()]{0,30}\) ?)?,? ?"
    r"(?:versus|vs\.?|v|compared (?:with|to)) (?:only |a )?-?\Z"
)


# "29% (20-38) for drug and 50% (41-59)": the second is the other's, whose name is left out
_NAMED_NEXT = re.compile(
    r"(?: group| arm| patients)?,? (?:and|versus|vs\.?|v|but|compared (?:with|to)) (?:only |a )?-?"
)


_OWN = re.compile(r"[^.;]{0,30}?(?<![a-z])(?:of|in|with|for|among|on|receiving|patients)(?![a-z])")


def _set_against(
    assigned: list[int | None],
    spans: Sequence[tuple[int, int]],
    named: Sequence[ArmMention],
    groups: Groups,
    lower: str,
) -> list[int | None]:
    """Two groups for "54% (49-58) versus 42% (37-45)", where one or none was found for both."""
    done = list(assigned)
    for i, (left, right) in enumerate(pairwise(spans)):
        if done[i] != done[i + 1]:
            continue
        between = [m for m in named if left[1] <= m.start and m.end <= right[0]]
        joined = between and _NAMED_NEXT.fullmatch(lower, between[-1].end, right[0]) and not _OWN.match(lower, right[1])
        if not joined and not _AGAINST_NEXT.fullmatch(lower, left[1], right[0]):
            continue
        others = [arm for arm in dict.fromkeys(m.arm for m in named) if arm != done[i]]
        if done[i] is None:
            done[i : i + 2] = groups.pair or (None, None)
        elif "respectively" in lower[right[1] : right[1] + 60] and len(set(in_order := [m.arm for m in named])) == 2:
            done[i : i + 2] = list(dict.fromkeys(in_order))
        elif len(others) == 1:
            done[i + 1] = others[0]
        elif groups.pair is not None and done[i] in groups.pair:
            done[i + 1] = groups.pair[1] if done[i] == groups.pair[0] else groups.pair[0]
    return done


def _versus(effect: EffectEstimate, mentions: list[ArmMention], groups: Groups, lower: str) -> tuple[int, int] | None:
    """Which two groups a measure between groups compares."""
    stated = _stated_pair(effect, mentions, lower)
    inside = _inside_group(effect, mentions, lower)
    if inside is not None:
        known = [*(stated or ()), *(groups.pair or ()), *(m.arm for m in mentions)]
        other = next((arm for arm in known if arm != inside), None)
        if other is not None:
            return inside, other
    headed = _heading_group(effect, mentions, lower)
    if headed is not None and headed not in groups.controls:
        if stated is not None and headed in stated:
            return stated
        references = groups.controls or referred_to(mentions, lower)
        others = [stated[1]] if stated else [m.arm for m in mentions if m.arm in references]
        if groups.pair is not None:
            others.append(groups.pair[1])
        for other in others:
            if other != headed:
                return headed, other
    if stated is not None:
        return stated
    near: list[int] = []
    for mention in sorted(mentions, key=lambda m: _distance(m, effect)):
        if mention.arm not in near:
            near.append(mention.arm)
    references = groups.controls.intersection(near) or referred_to(mentions, lower)
    tests = [arm for arm in near if arm not in references]
    controls = [arm for arm in near if arm in references]
    usual = groups.pair
    if tests and controls:
        return tests[0], controls[0]
    if len(near) > 1:
        # as the sentence names them: "A 106 days, B 73 days (hazard ratio ...)"
        last = {m.arm: m.start for m in mentions if m.start < effect.start or m.arm not in near[:2]}
        order = sorted(near[:2], key=lambda arm: last.get(arm, effect.end))
        if usual is None or usual[1] in tests or usual[1] not in groups.controls:
            return order[0], order[1]
    if tests and usual is not None:
        other = usual[1] if usual[1] != tests[0] else usual[0]
        return tests[0], other
    if controls and usual is not None and usual[0] != controls[0]:
        return usual[0], controls[0]
    return usual


def _distance(mention: ArmMention, effect: EffectEstimate) -> int:
    return effect.start - mention.end if mention.end <= effect.start else mention.start - effect.end + 10


# "hazard ratio for death with vorelatin alone, 0.50": the ratio is that group's against the other
_RATIOS = frozenset({EffectMeasure.HR, EffectMeasure.OR, EffectMeasure.RR, EffectMeasure.IRR})
_GROUP_OF_RATIO = re.compile(r" (?:with|for|in|among|on|receiving|after)(?: the| patients (?:on|receiving|in the))? \Z")


def _inside_group(effect: EffectEstimate, mentions: list[ArmMention], lower: str) -> int | None:
    """The one group named between a ratio's name and its number."""
    if effect.measure not in _RATIOS:
        return None
    inside = [m for m in mentions if effect.start <= m.start and m.end <= effect.end]
    if len({m.arm for m in inside}) != 1:
        return None
    told = _GROUP_OF_RATIO.search(lower, max(effect.start, inside[0].start - 40), inside[0].start)
    return inside[0].arm if told else None


def _heading_group(effect: EffectEstimate, mentions: list[ArmMention], lower: str) -> int | None:
    """The group directly before the estimate: "high dose (HR 0.72)", "high dose: 0.72"."""
    before = [m for m in mentions if m.end <= effect.start]
    if before and effect.start - before[-1].end <= 40 and _HEADS.fullmatch(lower, before[-1].end, effect.start):
        return before[-1].arm
    after = next((m for m in mentions if m.start >= effect.end), None)
    if effect.measure in _RATIOS and after is not None and _IN_GROUP.fullmatch(lower, effect.end, after.start):
        return after.arm
    opened = effect.start
    for _ in range(2):  # the bracket around the estimate, or around that of its measure's short form
        opened = _opened_at(lower, opened)
        heading = next((m for m in reversed(before) if m.end <= opened), None)
        if heading is not None and _BEFORE_BRACKET.fullmatch(lower, heading.end, opened):
            return heading.arm
    return None


# "1.09 (0.61-1.92) in the low-dose group": the group that a ratio is of stands behind it
_IN_GROUP = re.compile(r"[)\]]{0,2} (?:in|for|among|with) (?:the |those (?:on|in) |patients (?:on|receiving) )?")
_BEFORE_BRACKET = re.compile(r"(?: groups?| arms?| clinics| patients| participants)? ?")
_FAR_BRACKET = 160


def _opened_at(lower: str, before: int) -> int:
    """The offset of the bracket that stands open at offset `before`, -1 where none does within reach."""
    depth = 0
    for i in range(before - 1, max(-1, before - _FAR_BRACKET), -1):
        if lower[i] in ")]":
            depth += 1
        elif lower[i] in "([":
            if not depth:
                return i
            depth -= 1
    return -1


def _stated_pair(effect: EffectEstimate, mentions: list[ArmMention], lower: str) -> tuple[int, int] | None:
    """The nearest "A versus B" of the sentence, or "comparing A with B"."""
    best: tuple[int, tuple[int, int]] | None = None
    for left, right in pairwise(mentions):
        if left.arm == right.arm:
            continue
        between = lower[left.end : right.start]
        if len(between) >= 120:
            continue
        lead = lower[max(0, left.start - 24) : left.start]
        if (
            AGAINST.search(between)
            or between.strip() == "/"
            or (_BETWEEN.search(lead) and between.strip() in ("with", "and", "to"))
        ):
            distance = min(_distance(left, effect), _distance(right, effect))
            if best is None or distance < best[0]:
                best = (distance, (left.arm, right.arm))
    return None if best is None else best[1]


def _phrases(
    pair: tuple[int, int | None],
    effect: EffectEstimate,
    groups: Groups,
    mentions: dict[int, list[ArmMention]],
    reading: Reading,
) -> tuple[Phrase | None, Phrase | None] | None:
    named = mentions[reading.sentence_index(effect.start)]
    a, b = (None if arm is None else _phrase(arm, effect, named, groups, reading) for arm in pair)
    return None if a is None and b is None else (a, b)


def _phrase(
    arm: int, effect: EffectEstimate, named: list[ArmMention], groups: Groups, reading: Reading
) -> Phrase | None:
    """The group as the sentence calls it, else its label where it stands nearest before the result."""
    lower = reading.lower
    label = groups.names.labels[arm]
    near = sorted((m for m in named if m.arm == arm), key=lambda m: _distance(m, effect))
    # a name of its own in the sentence ("SoC") is what the result calls the group; a mere part of one is not
    whole = [
        m for m in near if lower[m.start : m.end] in groups.names.whole and not lower.startswith("cohort", m.start)
    ]
    if whole:
        return Phrase(reading.text[whole[0].start : whole[0].end], whole[0].start, whole[0].end)
    at = lower.rfind(label, 0, effect.start)
    if at < 0:
        at = lower.find(label, effect.start)
    if at >= 0:
        return Phrase(reading.text[at : at + len(label)], at, at + len(label))
    if near:
        return Phrase(reading.text[near[0].start : near[0].end], near[0].start, near[0].end)
    for name, index in groups.names.names:
        if index == arm and (at := lower.rfind(name)) >= 0:
            return Phrase(reading.text[at : at + len(name)], at, at + len(name))
    return None
