"""Join each result to the words that say when it was measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from structurer.linking.outcomes.context import outcome_heads
from structurer.linking.outcomes.endpoint_sentences import EndpointSentence, endpoint_sentences
from structurer.linking.replacement import replace
from structurer.linking.time_phrases import TimePhrase, find_time_phrases
from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, EffectMeasure, Phrase, Section
from structurer.text.reading import Reading

Result = TypeVar("Result", EffectEstimate, ArmValue)

# What compares with the baseline, or two groups after it, was not measured then.
_CHANGES = frozenset({EffectMeasure.CHANGE, EffectMeasure.MD, EffectMeasure.SMD, EffectMeasure.HR})
_UNIT_OF_TIME = re.compile(r"(?:month|week|day|year|hour|mo|wk|yr|h)s?\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9-]{2,}")
# Between a result and the time that follows it: closing signs, p-values, nothing that names another result.
_FOLLOWS = re.compile(
    r"[\s,()\[\]%]{0,4}(?:(?!and |but |or |vs |versus |while |whereas )[a-z-]{1,12} ){0,3}?"
    r"(?:at|after|by|in|within|on)? ?(?:the )?\Z"
)


def link_timepoints(results: Sequence[Result], text: str | Reading, sections: Sequence[Section] = ()) -> list[Result]:
    """`results` with their `timepoint` set, in the order given; best called after the outcomes are linked.

    In the order of trust: the result's clause, its sentence, the sentence before where that speaks of the same
    outcome, the sentence of the methods that names the outcome's time.
    """
    reading = Reading.of(text)
    if not results or not reading.sentences:
        return list(results)
    endpoints = endpoint_sentences(reading, sections) if sections else []
    times: dict[int, list[TimePhrase]] = {}

    def times_of(index: int) -> list[TimePhrase]:
        if index not in times:
            times[index] = find_time_phrases(reading.lower, *reading.sentences[index])
        return times[index]

    linked: list[Result] = []
    known: list[tuple[int, set[str], TimePhrase]] = []
    for result in results:
        index = reading.sentence_index(result.start)
        words = _content(result.outcome) if result.outcome else set()
        time = _of_sentence(result, times_of(index), reading, results)
        vague = time is not None and time.vague
        if time is None and result.outcome is not None and _is_baseline_value(result.outcome, reading.lower):
            time = TimePhrase(result.outcome.start, result.outcome.start + len("baseline"), True)
        if words and (time is None or vague) and not _is_median_time(result):
            time = (
                _of_sentence_before(words, times_of(index - 1) if index else [], reading, index - 1)
                or next((t for at, same, t in reversed(known) if at >= index - 2 and same == words), None)
                or (None if _is_survival_time(result) else _of_methods(result, words, endpoints, reading, times_of))
                or time
            )
        if time is not None and not time.baseline:
            known.append((index, words, time))
        phrase = None if time is None else Phrase(reading.text[time.start : time.end], time.start, time.end)
        # Most results have none, and had none.
        linked.append(result if phrase == result.timepoint else replace(result, timepoint=phrase))
    return linked


def _is_survival_time(result: EffectEstimate | ArmValue) -> bool:
    """Whether a result speaks of the whole course: a hazard ratio, a median."""
    if isinstance(result, ArmValue):
        return result.kind is ArmValueKind.MEDIAN
    return result.measure in (EffectMeasure.HR, EffectMeasure.MEDIAN)


def _is_baseline_value(outcome: Phrase, lower: str) -> bool:
    """Whether an outcome's name says that it is the baseline's, and not a change from it."""
    named = lower.startswith("baseline ", outcome.start)
    return named and not lower.endswith(("from ", "to ", "over ", "with ", "for "), 0, outcome.start)


def _is_median_time(result: EffectEstimate | ArmValue) -> bool:
    """Whether a result is a median time, which no other result's time tells anything of."""
    median = (
        result.kind is ArmValueKind.MEDIAN if isinstance(result, ArmValue) else result.measure is EffectMeasure.MEDIAN
    )
    return median and result.unit is not None and _UNIT_OF_TIME.match(result.unit) is not None


def _of_sentence(
    result: EffectEstimate | ArmValue,
    times: list[TimePhrase],
    reading: Reading,
    others: Sequence[EffectEstimate | ArmValue],
) -> TimePhrase | None:
    """The time in the result's own sentence: right behind it, else the nearest before it, else one further on."""
    if not times:
        return None
    lower = reading.lower
    # "mean difference in weight at week 6 was -5.8 kg" may be the result's own span
    inside = [t for t in times if result.start <= t.start and t.end <= result.end and not t.baseline]
    if inside:
        return inside[-1]
    before = [t for t in times if t.end <= result.start]
    after = [t for t in times if t.start >= result.end]
    if isinstance(result, EffectEstimate) and result.measure in _CHANGES:
        before = [t for t in before if not t.baseline]
    # "25.1 at baseline, 17.8 with the drug": what stands right behind a value is that value's own
    before = [
        t for t in before if not (t.baseline and (_is_anothers(t, others, lower) or _is_aside(t, result.start, lower)))
    ]
    if len(times) > 1 and (end := _of_two_ends(result, times, lower)) is not None:
        return end
    if before and _HOLDS.fullmatch(lower, before[-1].end, result.start):
        return before[-1]
    words = _content(result.outcome) if result.outcome else set()
    if words and after and _names_another(after[0], words, result.end, lower):
        after = []
    if after and after[0].start - result.end < 40:
        gap = lower[result.end : after[0].start]
        told_next = gap.strip() and _is_the_next_ones(after[0], lower)
        if (
            not told_next
            and _FOLLOWS.fullmatch(gap)
            and not any(result.end <= r.start < after[0].start for r in others)
        ):
            return after[0]
    before = [t for t in before if not _told_of_another(t, result, others, lower)]
    if before:
        return before[-1]
    later = [t for t in after if not (t.baseline or lower.endswith("and ", 0, t.start) or _is_the_next_ones(t, lower))]
    if not later or ";" in lower[result.end : later[0].start].replace("; p", ""):
        return None
    between = [r.outcome for r in others if result.end <= r.start < later[0].start]
    same = result.outcome and result.outcome.text.lower()
    return later[0] if all(outcome and outcome.text.lower() == same for outcome in between) else None


# "fell between day 1 and day 3 from 428 to 344 ml"
_LATER_END = re.compile(r"from [-+]?\d[\d.]*(?: ?[a-z%/]{1,12})? to [-+]?\Z")
_EARLIER_END = re.compile(r"(?: ?[a-z%/]{1,12})? to [-+]?\d")


def _of_two_ends(result: EffectEstimate | ArmValue, times: list[TimePhrase], lower: str) -> TimePhrase | None:
    """The time of one of the two ends of a change, where two times are named as its ends."""
    earlier = lower.endswith("from ", 0, result.start) and _EARLIER_END.match(lower, result.end) is not None
    if not earlier and not _LATER_END.search(lower, max(0, result.start - 40), result.start):
        return None
    for first, second in pairwise(times):
        if lower[first.end : second.start] in (" and ", " to ") and lower.endswith(
            ("between ", "from "), 0, first.start
        ):
            return first if earlier else second
    return None


# "at 8 weeks (30.2 IU/L), ...": a bracket that follows a time holds what was found then
_HOLDS = re.compile(r" ?[(\[][^()\[\]]{0,40}")
# "mortality at 90 days": an outcome's head and the preposition between it and its time
_HEAD_BEFORE = re.compile(r"(?<![a-z-])([a-z-]{3,20})(?: \([a-z]{2,6}\))? (?:at|after|within|by|in|on) (?:the )?\Z")


def _names_another(time: TimePhrase, words: set[str], since: int, lower: str) -> bool:
    """Whether a time follows the name of an outcome, behind offset `since`, whose head is none of `words`."""
    head = _HEAD_BEFORE.search(lower, max(since, time.start - 45), time.start)
    return head is not None and head.group(1) in outcome_heads() and head.group(1).rstrip("s") not in words


def _told_of_another(
    time: TimePhrase, result: EffectEstimate | ArmValue, others: Sequence[EffectEstimate | ArmValue], lower: str
) -> bool:
    """Whether a time before a result is that of another outcome: "mortality at 90 days (...) and delirium (...)"."""
    outcome = result.outcome
    if outcome is None or outcome.start < time.end or not _names_another(time, _content(outcome), 0, lower):
        return False
    return any(time.end <= other.start < outcome.start for other in others)


# "survival was 8 months, and 1-year survival 31%": the time of what it stands before
_ADJECTIVE = re.compile(r"[a-z\d.]+[- ](?:day|week|month|year|hour|h|min|yr)")
_AT_BASELINE = re.compile(r"[\s,()\[\]%]{0,3}(?:[a-z/]{1,8} )?at (?:the )?\Z")


def _is_anothers(time: TimePhrase, others: Sequence[EffectEstimate | ArmValue], lower: str) -> bool:
    """Whether a time stands right behind another value of its sentence: "25.1 mmHg at baseline"."""
    return any(
        0 <= time.start - other.end < 16 and _AT_BASELINE.fullmatch(lower[other.end : time.start]) for other in others
    )


def _is_the_next_ones(time: TimePhrase, lower: str) -> bool:
    """Whether a time qualifies the name that it stands before: "and 1-year survival 31%"."""
    return (
        _ADJECTIVE.fullmatch(lower, time.start, time.end) is not None
        and lower[time.end : time.end + 2].strip().isalpha()
    )


def _is_aside(time: TimePhrase, before: int, lower: str) -> bool:
    """Whether a time stands in a bracket that is closed before offset `before`: "(baseline 8.8%)"."""
    opened = lower.rfind("(", max(0, time.start - 2), time.start)
    closed = lower.find(")", time.end, before)
    return opened >= 0 and closed >= 0


def _content(phrase: Phrase) -> set[str]:
    return {word.rstrip("s") for word in _WORD.findall(phrase.text.lower())}


def _of_sentence_before(words: set[str], times: list[TimePhrase], reading: Reading, index: int) -> TimePhrase | None:
    """The one time of the sentence before, where that names the same outcome."""
    points = [t for t in times if not t.baseline and not t.vague]
    if len(points) != 1 or _names_another(points[0], words, 0, reading.lower):
        return None
    start, end = reading.sentences[index]
    there = {word.rstrip("s") for word in _WORD.findall(reading.lower, start, end)}
    return points[0] if words <= there else None


def _of_methods(
    result: EffectEstimate | ArmValue,
    words: set[str],
    endpoints: Sequence[EndpointSentence],
    reading: Reading,
    times_of: Callable[[int], list[TimePhrase]],
) -> TimePhrase | None:
    """The time that the methods give for this outcome."""
    for sentence in endpoints:
        there = {word.rstrip("s") for word in sentence.words}
        if words <= there and reading.sentences[sentence.number][1] < result.start:
            points = [t for t in times_of(sentence.number) if not t.baseline and not t.vague]
            if len(points) == 1:
                return points[0]
    return None
