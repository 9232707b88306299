"""Sizes told in sentences of their own that are arms, because they add up to a total told before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from structurer.mentions.sample_sizes.count_context import Role
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole

Told = tuple[WholeNumber, SampleSizeRole, str]
_WHOLE = frozenset({Role.RANDOMIZED, Role.ENROLLED})
# The rules of counts that are no arm's size at allocation
_NO_ARM = frozenset({"each", "of", "slash", "taken-of", "of-arm", "n-equals"})
_END = WholeNumber(10**9, 10**9, 0)
_BESIDE = 60  # characters between the `n = ...` of one split
_NEAR = 300  # characters between two arms told in sentences of their own


def parts_of_totals(sizes: Sequence[Told]) -> set[int]:
    """The indices of those of `sizes` (number, role, rule; in text order) that are arms by their sum.

    Either every `n = ...` of a text, or an arm and the size beside it that it leaves of a total
    (`Of 58 randomised, 31 had a course. There were 27 in the control group.`).
    """
    totals = {number.value for number, role, rule in sizes if role in _WHOLE and rule != "n-equals"}
    if not totals:
        return set()
    equals = [i for i, (_, role, rule) in enumerate(sizes) if rule == "n-equals" and role in _WHOLE | {Role.ARM}]
    arms = set(equals) if len(equals) > 1 and sum(sizes[i][0].value for i in equals) in totals else set()
    if arms or sum(number.value for number, role, _ in sizes if role is Role.ARM) in totals:
        return arms
    for i, ((number, role, rule), (following, after, rule_after)) in enumerate(pairwise(sizes)):
        near = following.start - number.start < _NEAR and _NO_ARM.isdisjoint({rule, rule_after})
        given = rule == rule_after == "arm-after"
        if near and (given or Role.ARM in {role, after}) and {role, after} <= _WHOLE | {Role.ARM, Role.ANALYZED}:
            arms |= {i, i + 1} if number.value + following.value in totals else set()
    return arms


def parts_of_arms(sizes: Sequence[Told]) -> set[int]:
    """Those of `sizes`, by index, that only split one arm by a trait: `the site was neck (n = 40) or arm (n = 60)`.

    They are `n = ...` beside one another that were taken for people analysed, and add up to the size of an arm.
    """
    whole = {number.value for number, role, _ in sizes if role is Role.ARM}
    parts: set[int] = set()
    run: list[int] = []
    for i, (number, role, rule) in enumerate((*sizes, (_END, Role.OTHER, ""))):
        beside = not run or number.start - sizes[run[-1]][0].end < _BESIDE
        if role is Role.ANALYZED and rule == "n-equals" and beside:
            run.append(i)
            continue
        if len(run) > 1 and sum(sizes[k][0].value for k in run) in whole:
            parts.update(run)
        run = [i] if role is Role.ANALYZED and rule == "n-equals" else []
    return parts
