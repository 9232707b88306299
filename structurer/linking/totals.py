"""Tell the trial's size from its counts: randomised, else the sum of the arms, else enrolled, else analysed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from structurer.schema import Arm, SampleSize, SampleSizeRole, Section
from structurer.text.reading import Reading

Role = SampleSizeRole
# The rules of counts that their own verb says were analysed.
_SAYS_ANALYZED = frozenset({"analyzed-after", "analyzed-before", "in-analysis"})
# The only ones said to be enrolled or randomised are all, whatever name stands beside them
_OF_ALL = frozenset({Role.RANDOMIZED, Role.ENROLLED})
Total = tuple[int | None, SampleSizeRole | None]

_SECONDARY = re.compile(
    r"secondary anal|post[- ]?hoc|sub-?anal|sub-?stud(?:y|ies)\b|ancillary|re-?anal|pooled (?:data|"
    r"anal)|pooled individual|integrated anal|exploratory anal|retrospective(?:ly)? anal|"
    r"secondary outcomes? (?:from|of)|data from (?:the|a|two|three|\d+)|biomarker study|translational|"
    r"meta-anal|subgroup anal|data (?:were|was) (?:pooled|obtained from)"
)
# Each wording above has one of these; to look for them takes a sixth of a search with the pattern.
_SECONDARY_PIECES = (
    *("secondary anal", "secondary outcome", "hoc", "sub-", "suban", "substud", "ancillary", "re-anal", "reanal"),
    *("pooled", "integrated anal", "exploratory anal", "retrospective", "data from ", "data were ", "data was "),
    *("biomarker study", "translational", "meta-anal", "subgroup anal"),
)


def total_size(
    sizes: Sequence[SampleSize], arms: Sequence[Arm], text: str | Reading, sections: Sequence[Section] = ()
) -> Total:
    """The size of the trial and the role of the counts that tell it; (None, None) where it can't be told.

    In order: randomised in total, stated or as the sum of all arms at allocation; enrolled; the sum of all arms in
    another role; analysed in total; planned. For a secondary analysis, the number analysed in this report.
    """
    size, role = _total_size(sizes, arms, Reading.of(text))
    # one or two are people of a case, or trials of a pooled analysis
    return (size, role) if size is not None and size > 2 else (None, None)


def _total_size(sizes: Sequence[SampleSize], arms: Sequence[Arm], reading: Reading) -> Total:
    named = [size for size in sizes if size.role in _OF_ALL]
    alone = named if len(named) == 1 else []
    whole = _pairs_joined([size for size in sizes if size.arm is None or size in alone], reading)
    at_allocation = _sum_of_arms(sizes, arms)
    multiplied = _size_of_each(sizes, reading)
    if multiplied is not None and at_allocation is not None and multiplied > at_allocation:
        at_allocation = multiplied  # not every arm is known by name
    stated = _stated(whole, Role.RANDOMIZED)
    if (
        at_allocation is not None
        and (at_allocation in stated or not stated)
        and any(s.value == at_allocation for s in whole)
    ):
        return at_allocation, next(size.role for size in whole if size.value == at_allocation)
    apart = _sum_in_one_sentence(sizes, reading)
    if apart is not None and apart != at_allocation and any(size.value == apart for size in whole):
        return apart, Role.ARM
    if any(map(reading.lower.__contains__, _SECONDARY_PIECES)) and _SECONDARY.search(reading.lower):
        sure = [size for size in whole if size.rule not in {"of", "of-arm", "slash", "list", "n-equals"}]
        analyzed = _stated(sure, Role.ANALYZED)
        randomized = _stated(whole, Role.RANDOMIZED)
        here = [
            s.value
            for s in sure
            if s.role is Role.ANALYZED
            and re.match(r"[^.;]{0,50} (?:this|present|current) ", reading.lower[s.end : s.end + 70])
        ]
        analyzed = here or analyzed
        if analyzed and (not randomized or max(analyzed) < 0.9 * max(randomized)):
            return max(analyzed), Role.ANALYZED
    randomized = _stated(whole, Role.RANDOMIZED)
    enrolled = _stated(whole, Role.ENROLLED)
    if randomized:
        if at_allocation in randomized or len(randomized) == 1:
            return (at_allocation if at_allocation in randomized else randomized[0]), Role.RANDOMIZED
        both = sum(randomized)
        return (both if both in enrolled else max(randomized)), Role.RANDOMIZED
    planned = _stated(whole, Role.PLANNED)
    rules = {size.rule for size in sizes if size.role is Role.ARM}
    if planned and rules == {"each"}:
        return planned[0], Role.PLANNED
    # groups that hold one another add up to more than "all 553 enrolled patients"
    said = [size.value for size in whole if size.role is Role.ENROLLED and size.rule == "modifier"]
    if at_allocation is not None and said and at_allocation > 1.05 * max(said):
        return max(said), Role.ENROLLED
    if at_allocation is not None:
        # those who "received" a treatment may be fewer than those enrolled for it
        treated = all(size.rule in {"arm-after", "chain"} for size in sizes if size.role is Role.ARM)
        if treated and enrolled and at_allocation < max(enrolled) <= 1.3 * at_allocation:
            return max(enrolled), Role.ENROLLED
        return at_allocation, Role.ARM
    if enrolled and (apart is None or apart <= max(enrolled)):
        return max(enrolled), Role.ENROLLED
    if multiplied is not None and not enrolled:
        return multiplied, Role.ARM
    if arms and all(arm.n is not None for arm in arms) and len(arms) > 1:
        stated = [size.value for size in whole if size.role is Role.ANALYZED and size.rule in _SAYS_ANALYZED]
        return max(sum(arm.n or 0 for arm in arms), *stated, 0), Role.ANALYZED
    if apart is not None:
        return apart, Role.ARM
    if planned and not any(size.role is Role.ARM for size in sizes):
        return planned[0], Role.PLANNED
    together = _sum_set_against(sizes, reading)
    if together is not None:
        return together, Role.ANALYZED
    counted = [size for size in whole if size.rule not in {"of", "slash", "list", "n-equals"}]
    for role in (Role.ANALYZED, Role.COMPLETED):
        stated = _stated(counted, role) or (_stated(whole, role) if len(sizes) < 3 or role is not Role.ANALYZED else [])
        eligible = _stated(whole, Role.SCREENED)
        if stated and eligible and max(stated) * 2 < min(eligible):
            return min(eligible), Role.SCREENED
        if stated and (len(stated) == 1 or _stated(counted, role)):
            return max(stated), role
    pair = _sum_of_first_pair(sizes, reading)
    if pair is not None:
        return pair, Role.ANALYZED
    screened = _stated(whole, Role.SCREENED)
    if len(screened) == 1:
        return screened[0], Role.SCREENED
    clusters = _stated(whole, Role.OTHER)
    # Clusters are the size of a trial only where it counts no people anywhere, not even those of one arm.
    if len(clusters) == 1 and all(size.role is Role.OTHER for size in sizes):
        return clusters[0], Role.OTHER
    return None, None


_PAIR = re.compile(r"(?: [A-Z][A-Z0-9]{1,6})?,? (?:and|versus|vs\.?) ")
# Those with a disease and those without: 81 men with gout and 33 healthy controls
_AND_CONTROLS = re.compile(r"[^.;,()\d]{0,80},? and ")
# Two kinds of one noun: 63 tea and 62 milk drinkers
_NAMED_PAIR = re.compile(r" [A-Za-z-]{2,14}(?: [(\[][^()\[\]]{1,40}[)\]])?,? (?:and|versus|vs\.?) ")


def _pairs_joined(sizes: Sequence[SampleSize], reading: Reading) -> list[SampleSize]:
    """`sizes` with two that stand as a pair (`46 and 23 participants`, `40 cases and 38 controls`) made one."""
    joined: list[SampleSize] = []
    for size in sizes:
        last = joined[-1] if joined else None
        if last is not None and last.role is size.role:
            bare = " " not in last.text
            named = bare and last.rule == size.rule and _NAMED_PAIR.fullmatch(reading.norm, last.end, size.start)
            controls = size.text.endswith("controls") and _AND_CONTROLS.fullmatch(reading.lower, last.end, size.start)
            cases = last.text.endswith("cases") and size.text.endswith("controls")
            pair = (bare or cases) and _PAIR.fullmatch(reading.norm, last.end, size.start)
            if named or controls or (pair and size.role is not Role.RANDOMIZED):
                joined[-1] = replace(last, value=last.value + size.value, end=size.end)
                continue
        joined.append(size)
    return joined


def _stated(sizes: Sequence[SampleSize], role: SampleSizeRole) -> list[int]:
    """The different values with `role`, in text order."""
    return list(dict.fromkeys(size.value for size in sizes if size.role is role and size.rule != "each"))


def _sum_in_one_sentence(sizes: Sequence[SampleSize], reading: Reading) -> int | None:
    """The sum of the arms' sizes where all stand in one sentence, though not all of their names are known."""
    arms = [size for size in sizes if size.role is Role.ARM and size.rule != "each"]
    places = {reading.sentence_index(size.start) for size in arms}
    if len(arms) < 2 or len(places) > 1:
        return None
    values = [size.value for size in arms]
    # people split twice, by donor and by treatment, are counted twice
    if len(values) == 4 and values[0] + values[1] == values[2] + values[3]:
        return values[0] + values[1]
    return sum(values)


_NUMBER_OF_GROUPS = re.compile(
    r"(?<![a-z\d])(two|three|four|five|six|seven|eight|[2-8])(?: (?!of |or )[a-z-]+){0,3} (?:groups|arms)(?![a-z])"
)
_COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def _size_of_each(sizes: Sequence[SampleSize], reading: Reading) -> int | None:
    """The size of one group told for each, times the number of groups: `three groups of 30 each`."""
    each = [size for size in sizes if size.rule == "each" and size.role is Role.ARM]
    if len(each) != 1:
        return None
    begin, _ = reading.sentence_at(each[0].start)
    number = _NUMBER_OF_GROUPS.search(reading.lower, begin, each[0].start)
    if number is None:
        return None
    groups = number.group(1)
    return each[0].value * (_COUNTED[groups] if groups in _COUNTED else int(groups))


def _sum_of_first_pair(sizes: Sequence[SampleSize], reading: Reading) -> int | None:
    """The sum of the n of the first two `x/n` in one sentence, of two arms: `133/1155 v 141/1151`."""
    parts = [size for size in sizes if size.rule == "slash" and size.arm is not None][:2]
    if len(parts) < 2 or parts[0].arm == parts[1].arm:
        return None
    same = reading.sentence_index(parts[0].start) == reading.sentence_index(parts[1].start)
    return parts[0].value + parts[1].value if same else None


def _sum_set_against(sizes: Sequence[SampleSize], reading: Reading) -> int | None:
    """The sum of two groups analysed, where nothing else is counted (`A (n = 54) and B (n = 58)`, `4/19 v 5/18`)."""
    parts = [size for size in sizes if size.role is Role.ANALYZED]
    if len(parts) != 2 or len(sizes) != 2:
        return None
    told = parts[1].rule == "chain" and parts[0].arm is not None and parts[0].arm != parts[1].arm
    if not told and (parts[0].rule != parts[1].rule or parts[0].rule not in {"n-equals", "slash"}):
        return None
    same = reading.sentence_index(parts[0].start) == reading.sentence_index(parts[1].start)
    return parts[0].value + parts[1].value if same else None


def _sum_of_arms(sizes: Sequence[SampleSize], arms: Sequence[Arm]) -> int | None:
    """The sum of all arms at allocation, or None where one is missing."""
    if len(arms) < 2 or any(arm.n is None for arm in arms):
        return None
    if not any(size.role is Role.ARM for size in sizes):
        return None
    return sum(arm.n or 0 for arm in arms)
