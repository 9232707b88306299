"""Choose the arm of a value that stands alone, by the namings around it."""

from __future__ import annotations

import re

from structurer.linking.arm_values.acting import is_effect_of_other, told_of_actor
from structurer.linking.arm_values.compared import OF_ALL, first_of_two, of_both
from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.runs import Run
from structurer.linking.arm_values.sentence import BEHIND, GROUP, IN_GROUP, Sentence, distinct, is_ahead, other_clause
from structurer.linking.arms.mentions import ArmMention
from structurer.schema import ArmValue, ArmValueKind

# "Overall, it was rare (9%), but those given the drug ...": told of the whole sample.
_OVERALL = re.compile(r"(?:[a-z]+: )?(?:overall|in total|in all|altogether)(?![a-z])")
_TURN = re.compile(r"(?<![a-z])(?:but|while|whereas|although|however)(?![a-z])")
# "Eleven serious events occurred, which were 5% and 4% in ...": all of them, whoever had them.
_OCCURRED = re.compile(
    r"(?: [a-z-]+){1,5} (?:occurred|were (?:reported|recorded|observed|noted|seen)|in total)(?![a-z])"
)
_HEADING = re.compile(r"(?:[a-z][a-z &/]{2,40}: ?)?(?:a total of )?")
_ZERO_WORD = re.compile(r"(?:none|no|not)(?![a-z])")


def is_zero_in_words(value: ArmValue) -> bool:
    """Whether a value is a zero told in words ("no deaths")."""
    return value.events == 0 and _ZERO_WORD.match(value.text.lower()) is not None


def is_total(value: ArmValue, sentence: Sentence) -> bool:
    """Whether a count at the head of a sentence is of all that occurred, before the groups' own values."""
    if value.kind is not ArmValueKind.EVENTS or value is sentence.values[-1] or value.n is not None:
        return False
    head = _HEADING.match(sentence.lower, sentence.begin, value.start)
    return (
        head is not None
        and head.end() == value.start
        and _OCCURRED.match(sentence.lower, value.end, sentence.stop) is not None
    )


_HEADS_ALL = re.compile(r"(?:[a-z]+: )?(?:in|for|among|with)(?: the)? \Z")
_GROUP_COMMA = re.compile(r" (?:group|arm),")


def _heads_all(sentence: Sentence, head: ArmMention, near: ArmMention) -> bool:
    """Whether a sentence is headed by one group, and a nearer name is none: "In the A group, the B status was 9%"."""
    lower = sentence.lower
    return (
        _HEADS_ALL.fullmatch(lower, sentence.begin, head.start) is not None
        and _GROUP_COMMA.match(lower, head.end) is not None
        and GROUP.match(lower, near.end) is None
        and IN_GROUP.search(lower, max(0, near.start - 30), near.start) is None
    )


# Outside of brackets a new clause, of all again: "64 on the drug and 59 on placebo took part; 41% were old".
_ANEW = re.compile(r"[^();]*;[^()]*")


def arm_of_single(run: Run, sentence: Sentence, trial: Trial) -> int | None:
    """The arm of one value (or of the two ends of a change)."""
    lower, mentions = sentence.lower, sentence.mentions
    start, end = sentence.values[run.first].start, sentence.values[run.last].end
    if (
        run.last != run.first
        and lower[end : end + 1] in (")", "]")
        and "(" in lower[start : sentence.values[run.last].start]
    ):
        # "1.5% (16.8 mmol/mol) with the drug": the value again in another unit, and then whose it is
        end += 1
    low, high = sentence.room(run)
    if OF_ALL.match(lower, end):
        return None
    inside = distinct(m.arm for m in mentions if start <= m.start and m.end <= end)
    if len(inside) == 1:
        # the group stands inside: three patients on the drug [5%]
        sentence.sure.add(run.first)
        return inside[0]
    before = [m for m in mentions if m.end <= start]
    near = before[-1] if before and before[-1].end > low and before[-1] not in sentence.used else None
    after = next((m for m in mentions if end <= m.start < high), None)
    ahead = after is not None and is_ahead(lower, end, after)
    if after is not None and not ahead and (near is None or not BEHIND.match(lower, near.end, start)):
        # the value alone in a bracket: "anaemia (four [2%]) in the drug group"
        ahead = lower[start - 1 : start] == "(" and lower[end : end + 1] == ")" and is_ahead(lower, end + 1, after)
    if near is not None and not ahead and is_effect_of_other(near, run, sentence):
        return None
    if near is not None and BEHIND.match(lower, near.end, start) and not ahead:
        sentence.sure.add(run.first)
        return near.arm
    if after is not None and ahead and of_both(sentence, after, high):
        return None
    if after is not None and ahead:
        sentence.sure.add(run.first)
        sentence.ahead.add(run.first)
        sentence.used.append(after)
        return after.arm
    later = next((m for m in mentions if m.start >= end), None)
    if near is not None and (first := first_of_two(sentence, before, end)) is not None:
        return first
    if near is not None and near is not before[0] and _heads_all(sentence, before[0], near):
        return before[0].arm
    if near is not None and len(distinct(m.arm for m in before)) > 1 and _ANEW.fullmatch(lower, near.end, start):
        return None
    elsewhere = bool(before) and other_clause(sentence, before[-1], start)
    if elsewhere and later is not None and not other_clause(sentence, later, end):
        return later.arm
    value = sentence.values[run.first]
    if near is not None:
        return told_of_actor(near, run, sentence)
    named = distinct(m.arm for m in mentions)
    if len(named) > 1 and (is_zero_in_words(value) or is_total(value, sentence)):
        return None
    if (
        not before
        and later is not None
        and _OVERALL.match(lower, sentence.begin)
        and _TURN.search(lower, end, later.start)
    ):
        return None
    if not before and len(mentions) == 1 and mentions[0].arm >= trial.arms and not GROUP.match(lower, mentions[0].end):
        # what is no arm, and only called a group elsewhere, tells its own value, not one far away
        return None
    if len(named) == 1:
        return named[0]
    if before:
        return told_of_actor(before[-1], run, sentence)
    # "A rise (34%) and a fall (71%) were seen with drug, not with placebo": all values are told of the first named
    return mentions[0].arm if mentions and mentions[0].start >= sentence.values[-1].end else None
