"""Give the arms of two values by the words that compare them: what is higher in an arm, and what one is compared with.

"A reduced pain (2 v 4) compared with B": the arm that acts comes first, the one that it is compared with last. "Pain
was more common (8% v 25%) in A": the larger value is that of A.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.arm_values.direction import differs, is_higher, says_higher, says_plainly_higher
from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.runs import Run
from structurer.linking.arm_values.sentence import Sentence, distinct
from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.matching import best_match
from structurer.linking.arms.mentions import ArmMention

# Before the arm that others are compared with.
_REFERENCE = re.compile(
    r"(?<![a-z])(?:(?:compared|comparison|relative|contrast|opposed) (?:with|to)|versus|vs\.?|than|against)"
    r"(?: (?:in|with|for|on|among|did|at|of|those|that|the|patients|participants|subjects|women|men|children|a|an"
    r"|receiving|given|treated|taking)){0,5} \Z"
)
# Between a bracket of two values and the arm that they are told of: "more common (8% v 25%) in the".
_TOLD_OF = re.compile(
    r"[^()\[\];.]{0,25}[)\]](?: (?:in|with|for|among|on))(?: the)?(?: patients (?:in|with|on|given))?(?: the)? "
)
_TURN = re.compile(r"(?<![a-z])(?:while|whereas|but|although|though|however)(?![a-z])|;")


def is_reference(mention: ArmMention, lower: str) -> bool:
    """Whether a naming is of what others are compared with: "compared with B", "than those given B"."""
    return _REFERENCE.search(lower, max(0, mention.start - 60), mention.start) is not None


def order_compared(run: Run, sentence: Sentence, trial: Trial) -> list[int] | None:
    """The arms of two values side by side, where one arm is told of and the words before say how it compares."""
    lower = sentence.lower
    first, second = (sentence.values[part[0]] for part in run.parts)
    start, end = first.start, sentence.values[run.last].end
    low, high = sentence.room(run)
    for turn in _TURN.finditer(lower, low, start):
        low = turn.end()
    turned = _TURN.search(lower, end, high)
    high = turned.start() if turned else high
    if not run.versus or "respectively" in lower[low:start]:
        return None
    behind = [m for m in sentence.mentions if low <= m.start and m.end <= start and not _aside(lower, m.end, start)]
    following = [m for m in sentence.mentions if end <= m.start < high]
    references = [m for m in (*behind, *following) if is_reference(m, lower)]
    acting = distinct(m.arm for m in behind if m not in references)
    told_of = bool(following) and following[0] not in references and _TOLD_OF.fullmatch(lower, end, following[0].start)
    if not acting and told_of:
        acting = [following[0].arm]
    compared = distinct(m.arm for m in references)
    if not acting and run.first:
        # A had more nausea (68% v 27%) and vomiting (32% v 8%) than B
        earlier = [m for m in sentence.mentions if m.end <= low and not is_reference(m, lower)]
        acting = [earlier[-1].arm] if earlier and not _TURN.search(lower, earlier[-1].end, start) else []
    if len(acting) > 1 or len(compared) > 1 or acting == compared:
        return None
    subject = acting[0] if acting else rival(references[0], sentence, trial)
    other = compared[0] if compared else trial.partner(acting[0])
    if subject is None or other is None or subject == other:
        return None
    said, higher = says_plainly_higher(lower, low, start), differs(first, second)
    if said is not None and higher is not None:
        return [subject, other] if said == higher else [other, subject]
    return [subject, other] if references and not acting else None


_RIVAL = re.compile(
    r"(?<![a-z])(?:in|with|for|on|among)(?: the)? (?P<name>(?!the |a )[\w/+.®™-]{2,25}(?: [\w/+.®™-]{2,25}){0,3}?)"
    r"(?: as)? (?:than|compared (?:with|to)|versus|vs\.?)(?: (?:in|with|for|on|among))?(?: the)? \Z"
)
_NO_RIVAL = re.compile(
    r"(?:patients|participants|subjects|women|men|children|those|these|that|this|all|both|each|either|one|follow-up|study"
    r"|treatment|therapy|group|comparison|addition|contrast|relation|respect|an?|terms|general|our|\d\S*)(?: |\Z)"
    r"|.{0,80}(?:hours?|days?|weeks?|months?|years?|periods?|phase|time|baseline|follow-up)\Z"
)


def rival(reference: ArmMention, sentence: Sentence, trial: Trial) -> int | None:
    """What is set against an arm that others are compared with, by its printed name: "more with X than with B"."""
    lower = sentence.lower
    begin = max(sentence.begin, reference.start - 130)
    match = _RIVAL.search(lower, begin, reference.start)
    if match is None or _NO_RIVAL.match(match.group("name")):
        return trial.partner(reference.arm)
    start, end = match.span("name")
    if any(m.start < end and start < m.end for m in sentence.mentions):
        return trial.partner(reference.arm)
    name = sentence.reading.text[start:end]
    known = best_match(name, [[label] for label in trial.labels[: trial.arms]], sentence.reading.definitions)
    if known is not None:
        return known
    return trial.group_called(name) if is_arm_label(name) else trial.partner(reference.arm)


def _aside(lower: str, end: int, start: int) -> bool:
    """Whether a bracket closes between a naming and the values that was open at the naming."""
    closed = lower.find(")", end, start)
    return closed >= 0 and lower.count("(", end, closed) == 0


def all_references(mentions: Sequence[ArmMention], lower: str) -> bool:
    """Whether a sentence names arms only as what others are compared with."""
    return bool(mentions) and all(is_reference(m, lower) for m in mentions)


_AGAINST = re.compile(r"(?<![a-z])(?:versus|vs\.?|v|than|compared (?:with|to))[ (\[]{1,3}[-+~]?\Z")


def told_of_actor(mention: ArmMention, run: Run, sentence: Sentence) -> int:
    """The arm of the naming before a lone value, or of the one that acts: "A cut X compared with B, and Y by 3%"."""
    lower, start = sentence.lower, sentence.values[run.first].start
    if not is_reference(mention, lower) or _AGAINST.search(lower, max(mention.end, start - 20), start):
        return mention.arm
    acting = [m.arm for m in sentence.mentions if m.start < mention.start and not is_reference(m, lower)]
    i = run.first - 1
    if not acting or (i in sentence.sure and sentence.chosen[i] == mention.arm):
        return mention.arm
    if _OPENED.match(lower, mention.end, start) and _aside_open(lower, mention.end, start):
        return mention.arm
    if i >= 0 and sentence.values[i].end <= mention.start and acting[-1] in sentence.chosen[: run.first]:
        return mention.arm
    return mention.arm if _WHICH.search(lower, mention.end, start) else acting[-1]


# A bracket right behind a naming: all that it holds is of that arm.
_OPENED = re.compile(r"(?: (?:groups?|arms?|patients|participants|women|men))* ?[(\[]")


def _aside_open(lower: str, end: int, start: int) -> bool:
    """Whether a bracket that opens behind a naming is still open at `start`."""
    between = lower[end:start]
    return between.count("(") + between.count("[") > between.count(")") + between.count("]")


_WHICH = re.compile(r"(?<![a-z])(?:which|whom|where|who)(?![a-z])")


# "significantly decreased it compared with": a change that is told of the arm that acts.
_CHANGED = re.compile(
    r"(?<![a-z])(?:decreased|increased|reduced|improved|lowered|raised|prolonged|shortened)(?! (?:in|with|for|among)) "
)


def is_effect_of_other(mention: ArmMention, run: Run, sentence: Sentence) -> bool:
    """Whether a lone value behind the arm compared with is no value of it: "A decreased X compared with B (-0.9%)"."""
    lower = sentence.lower
    start = sentence.values[run.first].start
    if run.first or not is_reference(mention, lower) or not _OPENED.match(lower, mention.end, start):
        return False
    acting = [m for m in sentence.mentions if m.end <= mention.start and m.arm != mention.arm]
    return bool(acting) and _CHANGED.search(lower, acting[-1].end, mention.start) is not None


_LEADS = re.compile(
    r"(?:[a-z]+: )?(?:as )?(?:compared (?:with|to)|in comparison (?:with|to)|relative to|in contrast to|unlike)"
    r"(?: (?:the|those|patients|in|with|on|a)){0,4} \Z"
)


def in_order_compared(arms: list[int], behind: list[ArmMention], run: Run, sentence: Sentence) -> list[int]:
    """`arms` with the one that the sentence begins to compare others with last: "Compared with B, A had (1 v 2)"."""
    if len(arms) != 2 or len(behind) < 2:
        return arms
    first = behind[0]
    if first.arm != arms[0] or not _LEADS.fullmatch(sentence.lower, sentence.begin, first.start):
        return arms
    said = says_higher(sentence.lower, behind[-1].end, sentence.values[run.first].start)
    higher = is_higher(sentence.values[run.first], sentence.values[run.last])
    # "Compared with B, A had a higher rate (41% v 69%)": then the values stand in the order of the names
    return arms if said is not None and higher is not None and said != higher else [arms[1], arms[0]]


_HIGHER_IN = re.compile(
    r"[)\]]?,? (?:and )?(?:significantly |was |were |being )*[a-z]{4,9} (?:in|with|for|among|on)(?: the)? "
)


def told_higher(run: Run, sentence: Sentence, trial: Trial) -> list[int] | None:
    """The arms of two values where the words behind say which arm has more: "78% and 56%, higher in the drug arm"."""
    end = sentence.values[run.last].end
    _, high = sentence.room(run)
    after = [m for m in sentence.mentions if end <= m.start < high]
    if len(distinct(m.arm for m in after)) != 1:
        return None
    if not _HIGHER_IN.fullmatch(sentence.lower, end, after[0].start):
        return None
    said = says_higher(sentence.lower, end, after[0].start)
    higher = is_higher(sentence.values[run.first], sentence.values[run.last])
    other = trial.partner(after[0].arm)
    if said is None or higher is None or other is None:
        return None
    return [after[0].arm, other] if said == higher else [other, after[0].arm]
