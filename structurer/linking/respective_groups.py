"""Untangle lists of estimates told "respectively": one of several groups, or of several comparators, for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from structurer.linking.arms.groups import Groups
from structurer.linking.arms.mentions import ArmMention, referred_to
from structurer.schema import EffectEstimate

# Words between two groups that say which is compared with which.
AGAINST = re.compile(
    r"\b(?:versus|vs\.?|v|than|(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to|over|against"
    r"|rather than|minus)\b"
)
_AGAINST_LAST = re.compile(AGAINST.pattern + r"(?: the| both)? ?\Z")


def one_each(
    effects: Sequence[EffectEstimate], places: Sequence[int], mentions: Sequence[ArmMention], groups: Groups, lower: str
) -> dict[int, tuple[int, int | None]]:
    """One group for each estimate of a list: "A and B reduced it (OR 0.5 and 0.6, respectively) compared with C"."""
    if len(effects) < 2:
        return {}
    references = groups.controls.intersection(m.arm for m in mentions) or referred_to(mentions, lower)
    other = next(iter(references), groups.pair[1] if groups.pair else None)
    pairs: dict[int, tuple[int, int | None]] = {}
    listed: list[int] = []
    order = sorted(range(len(effects)), key=lambda k: effects[k].start)
    for k, following in zip(order, [*order[1:], None], strict=True):
        listed.append(k)
        far = effects[k].end + 60
        if lower.find("respectively", effects[k].end, far if following is None else effects[following].start) < 0:
            continue
        before = [m.arm for m in mentions if m.arm not in references and m.end <= effects[listed[0]].start]
        tests = list(dict.fromkeys(before))
        compared = _listed_references(mentions, lower)
        if len(compared) == len(listed) > 1 and len(named := {m.arm for m in mentions} - set(compared)) == 1:
            test = next(iter(named))
            pairs |= {places[k]: (test, reference) for k, reference in zip(listed, compared, strict=True)}
        elif len(tests) == len(listed) > 1 and other is not None and other not in tests:
            pairs |= {places[k]: (test, other) for k, test in zip(listed, tests, strict=True)}
        listed = []
    return pairs


_LISTED = re.compile(r"(?: groups?| arms?)?(?:,| and|, and)(?: the| to| with)? ?")


def _listed_references(mentions: Sequence[ArmMention], lower: str) -> list[int]:
    """The groups that one group is compared with, in order: "more effective than B and C"."""
    for i, mention in enumerate(mentions):
        lead = lower[max(0, mention.start - 24) : mention.start]
        if not _AGAINST_LAST.search(lead):
            continue
        arms = [mention.arm]
        for left, right in pairwise(mentions[i:]):
            if right.arm in arms or not _LISTED.fullmatch(lower, left.end, right.start):
                break
            arms.append(right.arm)
            if " and" in lower[left.end : right.start]:
                break
        if len(arms) > 1:
            return arms
    return []
