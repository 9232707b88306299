"""Choose the arm of a value, or the arms of a run of values, by the namings around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.runs import Run
from structurer.linking.arms.mentions import ArmMention
from structurer.schema import ArmValue
from structurer.text.reading import Reading

# A preposition right before the naming: "46% of patients in the", "12 cancers diagnosed among those given"
_AHEAD = re.compile(
    r"(?![)\]])[^;:()\[\]]{0,60}?(?<![a-z])(?:in|with|for|on|among|given|receiving|received|assigned|allocated"
    r"|taking|under|by|from|of|to|after|using|randomi[sz]ed|during|at|who were|who received)"
    r"(?: (?:the|those|patients?|participants?|subjects?|women|men|children|a|an|both|treated with|to|receiving"
    r"|given|in|on|with|treated|assigned|who received|assigned to|allocated to|of|each|oral|treatment with|all"
    r"|\d[\d,]*|groups?|arms?|that|who|underwent|undergoing|taking|took|randomi[sz]ed to|were|was))* ?\Z"
)


# "83 deaths among 335 patients (24.8%) in the", "-0.5 kg (P = 0.3) in": the share of the count itself, its test.
_SHARE = re.compile(r" ?[(\[](?:\d[\d.]* ?%|p(?:-value)? ?[<>=] ?\d?[\d.]*)[)\]]")
# "6.8% (51 mmol/mol; combination group)": the value in a second unit, and then whose it is.
_RESTATED = re.compile(r" ?[(\[][-+]?\d[^()\[\];]{0,25}[;,] (?:the )?\Z")
_CLOSED = re.compile(r"(?: (?:group|arm|patients))?[)\]]")
# Words that lead from a value to another group: "46%, compared with those in"
_AWAY = re.compile(r"(?<![a-z])(?:compared|versus|vs|than|whereas|while|but|relative|between)(?![a-z])|, (?:and|with) ")


_BEHIND = re.compile(
    r"(?:[ -]?(?:groups?|arms?|patients|participants|recipients|treated|therapy|treatment|clusters|subjects|women"
    r"|children|period|condition|phase|regimen|alone|only|cohort))*(?: ?[,:=(\[] ?| \(?n ?= ?\d+\)?,? ?| was "
    r"| were | had | showed | of | by |[ -]|[+/][a-z0-9+/-]{1,14}){0,3}[-+~]?\Z"
)


@dataclass(slots=True)
class Sentence:
    """A sentence's values and namings of arms, and what has been settled so far.

    `used` are namings that stand behind a value that took them, `sure` the values with a naming right beside them;
    `orders` the last order of arms by how many they are.
    """

    values: list[ArmValue]
    mentions: list[ArmMention]
    reading: Reading
    begin: int
    stop: int
    chosen: list[int | None] = field(default_factory=list)
    used: list[ArmMention] = field(default_factory=list)
    orders: dict[int, list[int]] = field(default_factory=dict)
    singles: list[int] = field(default_factory=list)
    sure: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chosen = [None] * len(self.values)

    @property
    def lower(self) -> str:
        """The whole text in lower case."""
        return self.reading.lower

    def room(self, run: Run) -> tuple[int, int]:
        """From the end of the value before a run to the start of the value behind it."""
        low = self.values[run.first - 1].end if run.first else self.begin
        high = self.values[run.last + 1].start if run.last + 1 < len(self.values) else self.stop
        return low, high


def arm_of_single(run: Run, sentence: Sentence) -> int | None:
    """The arm of one value (or of the two ends of a change)."""
    lower, mentions = sentence.lower, sentence.mentions
    start, end = sentence.values[run.first].start, sentence.values[run.last].end
    low, high = sentence.room(run)
    inside = distinct(m.arm for m in mentions if start <= m.start and m.end <= end)
    if len(inside) == 1:
        # the group stands inside: three patients on the drug [5%]
        sentence.sure.add(run.first)
        return inside[0]
    before = [m for m in mentions if m.end <= start]
    near = before[-1] if before and before[-1].end > low and before[-1] not in sentence.used else None
    after = next((m for m in mentions if end <= m.start < high), None)
    ahead = after is not None and _is_ahead(lower, end, after)
    if near is not None and _BEHIND.match(lower, near.end, start) and not ahead:
        sentence.sure.add(run.first)
        return near.arm
    if after is not None and ahead:
        sentence.sure.add(run.first)
        sentence.used.append(after)
        return after.arm
    if near is not None and not (after is not None and _other_clause(sentence, near, start)):
        return near.arm
    if near is None or after is None:
        after = next((m for m in mentions if m.start >= end), None)
    if near is not None and after is not None and not _other_clause(sentence, after, end):
        return after.arm
    if near is not None:
        return near.arm
    named = distinct(m.arm for m in mentions)
    if len(named) == 1:
        return named[0]
    if before:
        return before[-1].arm
    # "A rise (34%) and a fall (71%) were seen with drug, not with placebo": all values are told of the first named
    return mentions[0].arm if mentions and mentions[0].start >= sentence.values[-1].end else None


_CLAUSE = re.compile(r"(?<![a-z])(?:while|whereas|but)(?![a-z])")


def _other_clause(sentence: Sentence, mention: ArmMention, at: int) -> bool:
    """Whether a naming stands in another clause than the offset `at`: "A had 5 while 9 ... and 3 in the B group"."""
    first, last = sorted((mention.end, at)) if mention.end <= at else (at, mention.start)
    return _CLAUSE.search(sentence.lower, first, last) is not None


def _is_ahead(lower: str, end: int, mention: ArmMention) -> bool:
    """Whether a naming behind a value belongs to it: "46% of patients in the", or right behind it."""
    gap = _SHARE.sub("", lower[end : mention.start])
    if not gap.strip() or (gap.strip() in ("(", "[") and lower[mention.end : mention.end + 1] in (")", "]")):
        return True
    if _RESTATED.fullmatch(gap) and _CLOSED.match(lower, mention.end):
        return True
    return len(gap) <= 75 and _AHEAD.match(gap) is not None and _AWAY.search(gap) is None


def arms_of_run(run: Run, sentence: Sentence, trial: Trial) -> list[int] | None:
    """The arms of a run's parts, in order."""
    lower, mentions, values = sentence.lower, sentence.mentions, sentence.values
    size = len(run.parts)
    start, end = values[run.first].start, values[run.last].end
    low, high = sentence.room(run)
    behind = [m for m in mentions if low <= m.start and m.end <= start and m not in sentence.used]
    before = distinct(m.arm for m in reversed(behind))[::-1]
    following = [m for m in mentions if end <= m.start < high]
    after = distinct(m.arm for m in following)
    ahead = bool(following) and _is_ahead(lower, end, following[0])
    respectively = "respectively" in lower[end : sentence.stop]
    if ahead:
        sentence.used.extend(following[:size])
    if (
        not run.versus
        and behind
        and lower[behind[-1].end : start].strip() in ("(", "[", "group (", "arm (", "groups (")
    ):
        # "with the drug (-0.4%, -0.4 mmol/L, and -1.6%, respectively)": one group's outcomes
        return [behind[-1].arm] * size if len(before) == 1 else before[-size:] if len(before) >= size else None
    if len(after) >= size and (ahead or (respectively and len(before) < size)):
        return after[:size]
    if len(before) >= size:
        return before[-size:]
    if not run.versus:
        if behind and _BEHIND.match(lower, behind[-1].end, start) and len(before) == 1:
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
    if size == 2 and len(before) == 1:
        # "more often with A (50% vs 44%)": the one that is named comes first
        other = _other(before[0], sentence, trial)
        if other is not None:
            return [before[0], other]
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
            return [named[0], other]
    return _short_forms_before(sentence, trial, start, size) or trial.orders.get(size)


# "EA", "T-DM1", "PP": a group's short form, as it stands before a bracket of values
_SHORT_FORM = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9+/-]{0,8}[A-Z0-9+](?![A-Za-z0-9])")


def _short_forms_before(sentence: Sentence, trial: Trial, start: int, size: int) -> list[int] | None:
    """The groups of a run of three or more by short forms listed before its bracket: "SA, PP, and GP (9 v 7 v 4)"."""
    before = sentence.reading.norm[max(sentence.begin, start - 100) : start].rstrip(" -")
    if size < 3 or not before.endswith(("(", "[")):
        return None
    forms = [match.group() for match in _SHORT_FORM.finditer(before)][-size:]
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


_CONTRAST = re.compile(
    r"(?<![a-z])(?:compared|versus|vs\.?|than|whereas|while)(?![a-z])|\A[)\]]? and [A-Za-z][a-z-]+ ?[(\[]\Z"
)


def set_against(sentence: Sentence, trial: Trial) -> None:
    """Give a value set against one of the same arm the other arm, where only one of them has its arm beside it."""
    for i in range(len(sentence.values) - 1):
        arm = sentence.chosen[i]
        if arm is None or sentence.chosen[i + 1] != arm or (i in sentence.sure) == (i + 1 in sentence.sure):
            continue
        a, b = sentence.values[i], sentence.values[i + 1]
        other = trial.partner(arm)
        if other is not None and a.kind is b.kind and _CONTRAST.search(sentence.lower[a.end : b.start]):
            sentence.chosen[i + 1 if i in sentence.sure else i] = other


def remember_order(sentence: Sentence, trial: Trial, arms: list[int]) -> None:
    """Keep the order in which the sentence, and the text, last set its arms side by side."""
    if len(arms) == 1:
        sentence.singles.append(arms[0])
        arms = distinct(sentence.singles)
    if len(arms) > 1 and len(set(arms)) == len(arms):
        sentence.orders[len(arms)] = arms
        trial.orders[len(arms)] = arms


def distinct(arms: Iterable[int]) -> list[int]:
    """The arms without repeats, in order."""
    return list(dict.fromkeys(arms))
