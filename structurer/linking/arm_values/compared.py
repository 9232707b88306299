"""Two arms set beside each other before or behind a value: "A relative to B (0.8", "8% in the A and B groups"."""

from __future__ import annotations

import re

from structurer.linking.arm_values.sentence import Sentence
from structurer.linking.arms.mentions import ArmMention

_AND_BOTH = re.compile(r" and (?:the )?")
_GROUPS = re.compile(r" (?:groups|arms)(?![a-z])(?!,? respectively)")


def of_both(sentence: Sentence, first: ArmMention, high: int) -> bool:
    """Whether a value is told of two groups at once: "8% in the A and B groups"."""
    second = next((m for m in sentence.mentions if m.start >= first.end and m.arm != first.arm), None)
    return (
        second is not None
        and second.end < high
        and _AND_BOTH.fullmatch(sentence.lower, first.end, second.start) is not None
        and _GROUPS.match(sentence.lower, second.end) is not None
    )


_AGAINST = re.compile(r" ?(?:vs?\.?|versus) ?[-+~]?\d")
_RELATIVE = re.compile(
    r"[^.;()]{0,40}?(?<![a-z])(?:than|versus|vs\.?|compared (?:with|to)|relative to)(?![a-z])[^.;()]{0,30}"
)


def first_of_two(sentence: Sentence, before: list[ArmMention], end: int) -> int | None:
    """The first of two arms compared, for a value set against one that is none: "A relative to B (0.8 vs 0.4 L)"."""
    if len(before) < 2 or before[-1].arm == before[-2].arm or not _AGAINST.match(sentence.lower, end):
        return None
    compared = _RELATIVE.fullmatch(sentence.lower, before[-2].end, before[-1].start)
    return before[-2].arm if compared is not None else None


_BESIDE = re.compile(r"[^.;()]{0,30}?(?<![a-z])(?:and|versus|vs\.?|v|than|compared (?:with|to))(?![a-z])[^.;()]{0,25}")


def pair_before(sentence: Sentence, last: ArmMention, start: int) -> list[int] | None:
    """The two groups side by side right before a run, though the first has a value: "8 A and 1 B (5% v 1%)"."""
    if not re.fullmatch(r"[a-z ]{0,25}[(\[]", sentence.lower[last.end : start]):
        return None
    others = [m for m in sentence.mentions if m.end <= last.start and m.arm != last.arm]
    if not others or not _BESIDE.fullmatch(sentence.lower, others[-1].end, last.start):
        return None
    return [others[-1].arm, last.arm]
