"""Two arms set beside each other before or behind a value: "A relative to B (0.8", "8% in the A and B groups"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arm_values.direction import is_higher, says_higher
from structurer.linking.arm_values.runs import Run
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


_TIME = (
    r"(?:baseline|before|after|follow-?up|(?:pre|post)-?[a-z]*|end ?point|end of [a-z]+|final|initial(?:ly)?"
    r"|(?:at )?(?:week|month|day|year)s? \d+|(?:at )?\d+ (?:weeks?|months?|days?|years?|hours?))"
)
_TWO_TIMES = re.compile(rf"(?<![a-z]){_TIME}(?: [a-z]{{1,12}}){{0,2}} ?(?:vs?\.?|versus|and|to|/) ?{_TIME}[ ,:;=(]*\Z")


def at_two_times(sentence: Sentence, behind: Sequence[ArmMention], start: int) -> int | None:
    """The one arm of a pair that is of two times: "drug group, baseline vs 12 months: 40 vs 24".

    `behind` are the namings between the value before and the pair; a sentence whose first pair is so told goes on so.
    """
    headed = _TWO_TIMES.search(sentence.lower, max(sentence.begin, start - 70), start) is not None
    if headed:
        sentence.timed = True
    if not sentence.timed:
        return None
    if behind:
        return behind[-1].arm
    last = [m for m in sentence.mentions if m.end <= start]
    return last[-1].arm if last and headed else None


_IN_BEHIND = re.compile(
    r"[)\]]?(?: [a-z]+){0,3} (?:in|for|with|among|on)(?: the| patients| those| women| men| in| with)* "
)
_THAN = re.compile(
    r"(?: (?:group|arm|patients))?,? (?:than|compared (?:with|to)|versus|vs\.?)(?: (?:in|for|with|among|on))?"
    r"(?: the| patients| those| women| men| in| with)* "
)


def compared_behind(run: Run, sentence: Sentence, following: Sequence[ArmMention]) -> list[int] | None:
    """The arms of a pair that are compared right behind it: "less pain (1 vs 2) in the A group than in the B group"."""
    start, end = sentence.values[run.first].start, sentence.values[run.last].end
    first = following[0]
    second = next((m for m in following if m.arm != first.arm), None)
    if second is None or not _IN_BEHIND.fullmatch(sentence.lower, end, first.start):
        return None
    if not _THAN.fullmatch(sentence.lower, first.end, second.start):
        return None
    low, _ = sentence.room(run)
    said = says_higher(sentence.lower, max(low, start - 60), start)
    higher = is_higher(sentence.values[run.first], sentence.values[run.last])
    turned = said is not None and higher is not None and said != higher
    return [second.arm, first.arm] if turned else [first.arm, second.arm]


_OTHER_PEOPLE = re.compile(
    r"(?:more|less|higher|lower|greater|fewer)[^.;()]{0,40} (?:among|in|for) (?:the )?"
    r"(?!all|both|these|those|study|enrolled|included|the|treated)[a-z][a-z-]+ (?:participants|patients|subjects|women"
    r"|men|children|adults|boys|girls|people) [(\[]\Z"
)


def other_people(sentence: Sentence, start: int) -> bool:
    """Whether a pair in a bracket is of people that are no arm: "more common among urban participants (35% vs 11%)"."""
    return _OTHER_PEOPLE.search(sentence.lower, max(sentence.begin, start - 110), start) is not None


_PEOPLE = r"(?:participants|patients|subjects|women|men|children|adults|infants|people|individuals)"
# Behind a value, that it is of everybody.
OF_ALL = re.compile(
    rf"[)\]]? of (?:all|the total|the whole) (?:[a-z]+ )?{_PEOPLE}(?! (?:in|who|on|receiving|treated|given|assigned"
    r"|randomi))"
)
# Behind a list of values, that they are of several times.
AT_TIMES = re.compile(
    r"[)\]]?,? (?:at|after|in|for|during|on|by) (?:the )?(?:(?:two|both|three|four)"
    r" (?:study )?(?:periods|times|time ?points|visits|occasions|phases|weeks|months|years)"
    r"|(?:weeks|months|days|years) \d+,? (?:\d+,? )*and \d|\d+(?:,? \d+){0,5},? and \d+"
    r" (?:weeks|months|days|years|hours|h)(?![a-z]))"
)
_SUBSET = re.compile(
    rf" than (?:that |those )?(?:in|for|among|of) {_PEOPLE} (?:with|without|who|aged|in|not)(?![a-z])"
    r"([^().;]{2,70}) [(\[]\Z"
)


def of_a_subset(sentence: Sentence, start: int, arms: int) -> list[int] | None:
    """The one arm of a pair of two kinds of its people: "in A, lower in women than in men with a scar (1 v 2)".

    None where the pair is of none such, or where more than one of the `arms` known is named before it.
    """
    window = max(sentence.begin, start - 130)
    subset = _SUBSET.search(sentence.lower, window, start)
    before = [m for m in sentence.mentions if m.end <= start and m.arm < arms]
    if subset is None or any(subset.start() < m.end for m in before):
        return None
    named = {m.arm for m in before}
    return [named.pop()] * 2 if len(named) == 1 else None
