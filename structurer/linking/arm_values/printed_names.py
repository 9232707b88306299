"""Read groups by their printed names, known or not: lists told of in order, a group right before its value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.sentence import Sentence
from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.matching import best_match
from structurer.linking.arms.mentions import ArmMention

_JOINT = re.compile(r", and (?:the )?|, (?:the )?|,? and (?:the )?|,? (?:versus|vs\.?) (?:the )?")
_BEHIND = re.compile(
    r"[a-z %/]{0,30}[)\]]?,? (?:in|for|with|among|on)(?: patients (?:in|on|given|receiving))?(?: the)? "
    r"(?P<list>[^.;:()]{5,150}?)(?P<said> (?:groups|arms))?,? respectively"
)
# Before the list, and between it and its values.
_LEAD = re.compile(r"(?<![a-z])(?:in|for|with|among|on|of|by)(?: patients (?:in|on|given|receiving))?(?: the)? ")
_VERB = re.compile(r"(?P<said> (?:groups|arms))?,? (?:was|were|had|showed)(?: [a-z]{2,9})?[ :(]{1,2}[-+~]?\Z")
_FAR = 160


def listed_in_order(sentence: Sentence, trial: Trial, start: int, end: int, size: int) -> list[int] | None:
    """The groups listed for `size` values from `start` to `end`: "for A, B and C were 6, 5 and 2, respectively"."""
    norm, lower = sentence.reading.norm, sentence.lower
    behind = _BEHIND.match(lower, end, min(sentence.stop, end + 230))
    if behind is not None:
        return _groups(norm[slice(*behind.span("list"))], sentence, trial, size, bool(behind.group("said")))
    if "respectively" not in lower[end : min(sentence.stop, end + 40)]:
        return None
    begin = max(sentence.begin, start - _FAR)
    verb = _VERB.search(lower, begin, start)
    if verb is None:
        return None
    for lead in reversed(list(_LEAD.finditer(lower, begin, verb.start()))):
        told = _groups(norm[lead.end() : verb.start()], sentence, trial, size, bool(verb.group("said")))
        if told is not None:
            return told
    return None


_ONE = re.compile(r"[^.;()]{0,40}?,? respectively,? (?:in|for|with|among|on)(?: the)? ")
_NEXT = re.compile(r"(?: (?:groups?|arms?))?,? (?:and|or|versus|vs\.?|compared (?:with|to)) (?:the |in |with )*")


def told_in_order_of_one(sentence: Sentence, following: Sequence[ArmMention], end: int) -> bool:
    """Whether a list of outcomes has its one group behind: "3, 2, and 1 mg, respectively, in the drug group"."""
    if not _ONE.fullmatch(sentence.lower, end, following[0].start):
        return False
    second = next((m for m in following if m.arm != following[0].arm), None)
    return second is None or not _NEXT.fullmatch(sentence.lower, following[0].end, second.start)


# What only a treatment's name has: "drug plus gel", "25 mg", "placebo".
_TREATMENT = re.compile(
    r"(?<![a-z])(?:plus|placebo|controls?|alone|\d[\d.,]* ?(?:mg|[µ\u03bc]g|mcg|g|iu))(?![a-z])|\+", re.I
)


def _groups(printed: str, sentence: Sentence, trial: Trial, size: int, said: bool) -> list[int] | None:
    """The groups of a printed list; `said` is whether it is said to be of groups, else one of them must be known."""
    parts = [part.strip() for part in _JOINT.split(printed)]
    if len(parts) != size or len({part.lower() for part in parts}) < size or re.search(r"[.;:()]", printed):
        return None
    if not all(len(part) > 1 and len(part.split()) <= 8 and is_arm_label(part) for part in parts):
        return None
    known = [[label] for label in trial.labels[: trial.arms]]
    found = [best_match(part, known, sentence.reading.definitions) for part in parts]
    if not said and all(i is None for i in found) and not _TREATMENT.search(printed):
        return None
    return [
        trial.group_called(part) if i is None or found.count(i) > 1 else i for part, i in zip(parts, found, strict=True)
    ]


# A group right before its value: in the control group (n = 122), in the late-start group,
_GROUP_BEFORE = re.compile(
    r"(?<![a-z])(?:in|for|among) the (?P<name>[a-z0-9+/-]{2,25}(?: [a-z0-9+/-]{2,25}){0,2}) (?:group|arm)"
    r"(?: ?[(\[]n ?= ?\d[\d,]*[)\]])?(?:,|:| was| had| were)? [(\[]?[-+~]?\Z"
)
# "and T2DM patients (": people that have a value as those of a known group have.
_PEOPLE_BEFORE = re.compile(
    r"(?:and|versus|vs\.?|than|,)(?: (?:in|the|of|among|for|most))* (?P<name>(?!the |of |in )[a-z0-9+/-]{2,25}"
    r"(?: [a-z0-9+/-]{2,25})? (?:patients|individuals|subjects|women|men|children|controls|volunteers)) [(\[]\Z"
)
_NAMELESS = re.compile(
    r"(?:the|a|an|same|other|whole|total|entire|study|treatment|each|every|either|both|all|first|second|third|latter"
    r"|former|this|that|age|test|one|two|three|four|overall|remaining|respective|these|those|most|some|many|few|\d)"
    r"(?: |\Z)"
)


def group_before(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The offsets of the name of a group right before value `at`, where that is no known one."""
    start = sentence.values[at].start
    low = max(sentence.begin, sentence.values[at - 1].end if at else 0, start - 90)
    if "group" in sentence.lower[low:start] or " arm" in sentence.lower[low:start]:
        match = _GROUP_BEFORE.search(sentence.lower, low, start)
    elif at and at - 1 in sentence.sure and sentence.chosen[at - 1] == sentence.chosen[at] and at not in sentence.sure:
        match = _PEOPLE_BEFORE.search(sentence.lower, low, start)
    else:
        return None
    if match is None or _NAMELESS.match(match.group("name")):
        return None
    first, last = match.span("name")
    return None if any(m.start < last and first < m.end for m in sentence.mentions) else (first, last)
