"""Choose the arms of a run of values by the namings around it."""

from __future__ import annotations

import re

from structurer.linking.arm_values.acting import (
    all_references,
    in_order_compared,
    order_compared,
    told_higher,
)
from structurer.linking.arm_values.compared import (
    AT_TIMES,
    OF_ALL,
    at_two_times,
    compared_behind,
    of_a_subset,
    other_people,
    pair_before,
)
from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.printed_names import listed_in_order, told_in_order_of_one
from structurer.linking.arm_values.runs import Run
from structurer.linking.arm_values.sentence import BEHIND, GROUP, IN_GROUP, Sentence, distinct, is_ahead
from structurer.linking.arms.mentions import ArmMention


def arms_of_run(run: Run, sentence: Sentence, trial: Trial) -> list[int] | None:
    """The arms of a run's parts, in order."""
    lower, mentions, values = sentence.lower, sentence.mentions, sentence.values
    size = len(run.parts)
    start, end = values[run.first].start, values[run.last].end
    low, high = sentence.room(run)
    behind = [m for m in mentions if low <= m.start and m.end <= start and m not in sentence.used]
    before = in_order_compared(distinct(m.arm for m in reversed(behind))[::-1], behind, run, sentence)
    following = [m for m in mentions if end <= m.start < high]
    after = distinct(m.arm for m in following)
    ahead = bool(following) and is_ahead(lower, end, following[0])
    respectively = _is_in_order(sentence, run, end)
    if OF_ALL.match(lower, end):
        return None
    if not run.versus and AT_TIMES.match(lower, end):
        near = behind[-1] if behind else following[0] if following and ahead else None
        return None if near is None else [near.arm] * size
    if size == 2 and run.versus:
        if (subset := of_a_subset(sentence, start, trial.arms)) is not None:
            sentence.sure.update(i for part in run.parts for i in part)
            return subset
        if (same := at_two_times(sentence, behind, start)) is not None:
            sentence.sure.update(i for part in run.parts for i in part)
            return [same] * 2
        if len(after) >= size and (told := compared_behind(run, sentence, following)) is not None:
            return told
    if ahead:
        sentence.used.extend(m for m in following if m.arm in after[:size])
    if size == 2 and not respectively and (told := order_compared(run, sentence, trial)) is not None:
        return told
    if (
        not run.versus
        and behind
        and lower[behind[-1].end : start].strip() in ("(", "[", "group (", "arm (", "groups (")
    ):
        # "with the drug (-0.4%, -0.4 mmol/L, and -1.6%, respectively)": one group's outcomes
        return [behind[-1].arm] * size if len(before) == 1 else before[-size:] if len(before) >= size else None
    if ahead and respectively and len(before) < size and told_in_order_of_one(sentence, following, end):
        return [after[0]] * size
    if len(after) >= size and (ahead or (respectively and len(before) < size)):
        return after[:size]
    if len(before) >= size:
        return before[-size:]
    if run.versus and size == 2 and len(before) == 1 and (pair := pair_before(sentence, behind[-1], start)) is not None:
        return pair
    if size == 2 and not before and (told := told_higher(run, sentence, trial)) is not None:
        return told
    if respectively and (listed := listed_in_order(sentence, trial, start, end, size)) is not None:
        return listed
    if len(before) == 1 and _heads_block(sentence, behind[-1], start):
        return [before[0]] * size
    if not run.versus:
        if behind and BEHIND.match(lower, behind[-1].end, start) and len(before) == 1:
            return [before[0]] * size
        if len(before) == 1 and not after and size > max(trial.arms, 2) and _heads(lower, behind[-1], trial):
            return [before[0]] * size
        if len(after) == 1 and ahead and len(before) == 0:
            return [after[0]] * size
        if len(before) == 1 and not respectively and not (size == 2 and _TESTED.match(lower, end, sentence.stop)):
            return [before[0]] * size
    if size == 2 and run.versus and (headed := _header(sentence, trial)) is not None:
        return headed
    if size == 2 and ahead and run.versus:
        # "5 v 3 in the drug group": the naming is the second's
        other = before[-1] if before and before[-1] != after[0] else trial.partner(after[0])
        if other is not None:
            return [other, after[0]]
    tail = distinct(m.arm for m in mentions if m.start >= values[-1].end)
    if len(tail) >= size:
        return tail[:size]
    if respectively and size > 2 and (forms := _short_forms_behind(sentence, trial, end, size)) is not None:
        return forms
    if size == 2 and len(before) == 1:
        # "more often with A (50% vs 44%)": the one that is named comes first
        other = _other(before[0], sentence, trial)
        if other is not None:
            return [before[0], other]
    if not mentions and other_people(sentence, start):
        return None
    if size in sentence.orders:
        return sentence.orders[size]
    named = distinct(m.arm for m in mentions)
    earlier = distinct(m.arm for m in mentions if m.end <= start)
    if len(earlier) == size:
        return earlier
    if len(named) == size:
        return named
    if size == 2 and len(named) == 1:
        other = _other(named[0], sentence, trial)
        if other is not None:
            return [other, named[0]] if run.versus and all_references(mentions, lower) else [named[0], other]
    return _short_forms_before(sentence, trial, start, size) or trial.orders.get(size)


_BLOCK = re.compile(r"(?: (?:group|arm))?: ?[-+~]?\Z")


def _heads_block(sentence: Sentence, mention: ArmMention, start: int) -> bool:
    """Whether a naming with a colon heads all values up to the next: "drug: 6.5 compared with 5.0; placebo: 6.2"."""
    if not _BLOCK.fullmatch(sentence.lower, mention.end, start):
        return False
    others = [m for m in sentence.mentions if m.arm != mention.arm and sentence.lower[m.end : m.end + 1] == ":"]
    return bool(others)


def _heads(lower: str, mention: ArmMention, trial: Trial) -> bool:
    """Whether a naming is of the group as such: "in drug patients", not a mere word of its name."""
    if GROUP.match(lower, mention.end):
        return True
    whole = lower[mention.start : mention.end] in trial.names.whole
    return whole and IN_GROUP.search(lower, max(0, mention.start - 30), mention.start) is not None


def _is_in_order(sentence: Sentence, run: Run, end: int) -> bool:
    """Whether "respectively" behind a run is told of it, and not of a later run that has a naming of its own."""
    at = sentence.lower.find("respectively", end, sentence.stop)
    if at < 0:
        return False
    later = [value.start for value in sentence.values[run.last + 1 :] if value.start < at]
    return not later or not any(end <= m.start < later[0] for m in sentence.mentions)


# "EA", "T-DM1", "PP": a group's short form, as it stands before a bracket of values
_SHORT_FORM = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9+/-]{0,8}[A-Z0-9+](?![A-Za-z0-9])")


def _short_forms_before(sentence: Sentence, trial: Trial, start: int, size: int) -> list[int] | None:
    """The groups of a run of three or more by short forms listed before its bracket: "SA, PP, and GP (9 v 7 v 4)"."""
    before = sentence.reading.norm[max(sentence.begin, start - 100) : start].rstrip(" -")
    if size < 3 or not before.endswith(("(", "[")):
        return None
    forms = [match.group() for match in _SHORT_FORM.finditer(before)][-size:]
    return [trial.group_called(form) for form in forms] if len(set(forms)) == size else None


_FORMS_BEHIND = re.compile(
    r"%? (?:for|in|with|on)(?: the)? ([A-Z][A-Za-z0-9+/, -]{3,50}?),? (?:groups |arms )?respectively"
)


def _short_forms_behind(sentence: Sentence, trial: Trial, end: int, size: int) -> list[int] | None:
    """The groups of a run by short forms listed behind it: "(21, 22 and 19% for PX, PWI and PTI, respectively)"."""
    listed = _FORMS_BEHIND.match(sentence.reading.norm, end)
    if listed is None:
        return None
    forms = [form for form in re.split(r",? and |, ", listed.group(1)) if _SHORT_FORM.fullmatch(form)]
    return [trial.group_called(form) for form in forms] if len(set(forms)) == size else None


# "(9.2 and 15.0 mg, P=0.04)": two values with one p-value are compared.
_TESTED = re.compile(r"[^();.]{0,30}[,;(] ?p ?[<=>]")


_HEADER = re.compile(r"\(([a-z][^()/;,]{1,30}?) ?(?:/|versus|vs\.?|v) ?([a-z][^()/;,]{1,30}?)\)")


def _header(sentence: Sentence, trial: Trial) -> list[int] | None:
    """The order that a sentence gives for its pairs: "events (drug/placebo) were chills (59%/20%)"."""
    header = _HEADER.search(sentence.lower, sentence.begin, sentence.values[0].start)
    if header is None:
        return None
    first, second = (
        distinct(m.arm for m in sentence.mentions if header.start(k) <= m.start < header.end(k)) for k in (1, 2)
    )
    if len(first) == 1 and len(second) == 1:
        return [first[0], second[0]]
    known = first[0] if len(first) == 1 else second[0] if len(second) == 1 else None
    other = None if known is None else trial.partner(known)
    if known is None or other is None:
        return None
    return [known, other] if first else [other, known]


def _other(group: int, sentence: Sentence, trial: Trial) -> int | None:
    """The group that `group` is set against, in this sentence or in the trial."""
    named = [m.arm for m in sentence.mentions if m.arm != group]
    if len(set(named)) == 1:
        return named[0]
    return trial.partner(group)


def remember_order(sentence: Sentence, trial: Trial, arms: list[int]) -> None:
    """Keep the order in which the sentence, and the text, last set its arms side by side."""
    if len(arms) == 1:
        sentence.singles.append(arms[0])
        arms = distinct(sentence.singles)
    if len(arms) > 1 and len(set(arms)) == len(arms):
        sentence.orders[len(arms)] = arms
        trial.orders[len(arms)] = arms
