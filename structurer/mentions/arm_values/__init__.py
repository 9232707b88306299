"""Find arm values: every printed result of one group that has no interval beside it.

Each sentence is read twice: the grammar of `arm_value_shapes` reads what is printed, `arm_value_kinds` judges each
shape by its words; then neighbours in a sequence (`0.4 vs. 1.4 kg`, `13 % and 8 %, respectively`) lend each other
kind and unit, since a sequence is of one kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from structurer.mentions.arm_values import cues
from structurer.mentions.arm_values.asides import without_asides
from structurer.mentions.arm_values.characteristics import without_characteristics
from structurer.mentions.arm_values.denominators import governed
from structurer.mentions.arm_values.differences import mark_limits, mark_ranges
from structurer.mentions.arm_values.kinds import judge
from structurer.mentions.arm_values.pairs import pair_up, sum_up
from structurer.mentions.arm_values.place import NOT, Judgement, Place
from structurer.mentions.arm_values.sequences import lend, lend_units
from structurer.mentions.arm_values.shape import Shape
from structurer.mentions.arm_values.shapes import read_shapes
from structurer.mentions.arm_values.tokens import tokens_between
from structurer.mentions.arm_values.zero_events import find_zero_events
from structurer.schema import ArmValue, ArmValueKind, Section, SectionLabel
from structurer.text.notation import Token
from structurer.text.number_words import find_number_words
from structurer.text.reading import Reading
from structurer.text.words import words_in

_WITHOUT_RESULTS = frozenset({SectionLabel.BACKGROUND, SectionLabel.FUNDING, SectionLabel.REGISTRATION})


# Words of which each of the patterns below needs one.
_SE_WORDS = frozenset({"se", "ses", "sem", "sems", "s", "standard"})
_SD_WORDS = frozenset({"sd", "s", "standard", "sds"})


_STANDARD_ERROR = re.compile(r"(?<![a-z])(?:ses?|sems?|s\.e\.m?\.?|standard errors?)(?![a-z])")


_STANDARD_DEVIATION = re.compile(r"(?<![a-z])(?:sds?|s\.d\.?|standard deviations?)(?![a-z])")


_LISTED_BEFORE = re.compile(r"\d,? (?:and|or) [-+]?\Z")


_METHODS_SAY = re.compile(r"(?<![a-z])(?:hba ?1c|a1c|baseline|hr|died|deaths?|events?)(?![a-z])")


# What a text names that prints other limits than those of confidence intervals
_LIMIT_WORDS = frozenset(
    {"iqr", "interquartile", "quartile", "quartiles", "range", "ranges", "percentile", "percentiles"}
)
_DIGIT = re.compile(r"\d")
_BARE = frozenset({"number", "share", "size"})
# "median (range)": what unnamed limits after it are
_LIMITS_ARE_RANGE = re.compile(r"(?:median|mean)s? ?[(\[]range[)\]]|(?:median|mean) \d[\d.]* [(\[]range \d")
_LIMITS_ARE_QUARTILES = re.compile(r"[(\[](?:iqr|interquartile range)[)\]]")


class Claims(NamedTuple):
    """What other mentions have claimed: spans of estimates, IDs and p-values, and spans of counts of people, sorted."""

    spans: Sequence[tuple[int, int]]
    people: Sequence[tuple[int, int]]

    def holds(self, start: int, end: int) -> bool:
        """Whether a value from `start` to `end` overlaps an estimate, an ID or a p-value."""
        for low, high in self.spans:
            if low >= end:
                return False
            if start < high:
                return True
        return False

    def counts(self, start: int, end: int) -> bool:
        """Whether the number from `start` to `end` is a count of people."""
        at = bisect_left(self.people, (end, end))
        return any(low <= start and end <= high for low, high in self.people[max(0, at - 3) : at]) if at else False


def find_arm_values(
    text: str | Reading,
    sections: Sequence[Section] = (),
    taken: Sequence[tuple[int, int]] = (),
    counted: Sequence[tuple[int, int]] = (),
) -> list[ArmValue]:
    """The printed results of single groups in `text`, in text order; arm, outcome and time point are left open.

    `sections` keeps background and registration out; without them the whole text is read. `taken` are the (start, end)
    of what effect estimates and intervals have claimed: a value inside them is an effect and no arm value. `counted`
    are those of sample sizes: a bare number or a share inside them is no event.

    >>> [(v.events, v.n, v.percent) for v in find_arm_values("Relief came in 10/40 (25%) with A and in none with B.")]
    [(10, 40, Decimal('25')), (0, None, None)]
    """
    reading = Reading.of(text)
    claimed = Claims(sorted(taken), sorted(counted))
    numbers = find_number_words(reading.lower)
    word_starts = [number.start for number in numbers]
    values: list[ArmValue] = []
    spread = "none"
    ranges = False
    for begin, stop in reading.sentences:
        lower = reading.lower
        sentence = lower[begin:stop]
        has_words = bisect_left(word_starts, begin) < bisect_left(word_starts, stop)
        if not has_words and "no" not in sentence and not _DIGIT.search(sentence):
            continue
        section = _section_at(sections, begin, stop)
        label = section.label if section else None
        if label in _WITHOUT_RESULTS:
            continue
        if label is SectionLabel.METHODS and not _METHODS_SAY.search(sentence):
            continue
        spread = _spread_announced(sentence, spread)
        if (
            "[range " in sentence
            or "(range " in sentence
            or "range)" in sentence
            or "range]" in sentence
            or "(iqr)" in sentence
        ):
            ranges = _LIMITS_ARE_RANGE.search(sentence) is not None or (
                ranges and _LIMITS_ARE_QUARTILES.search(sentence) is None
            )
        tokens = tokens_between(reading, begin, stop, numbers)
        shapes = read_shapes(tokens, reading.norm, spread)
        found = _sentence_values(reading, tokens, shapes, begin, stop, claimed, label)
        found = governed(found, lower, begin, stop)
        values.extend([_with_full_range(value) for value in found] if ranges else found)
    words = words_in(reading.lower)
    if "ci" in words and words.isdisjoint(_LIMIT_WORDS):
        values = [_without_unnamed_limits(value) for value in values]
    values.sort(key=lambda value: (value.start, value.end))
    return values


def _section_at(sections: Sequence[Section], begin: int, stop: int) -> Section | None:
    for section in sections:
        if section.start <= begin < section.end or section.start <= (begin + stop) // 2 < section.end:
            middle = (begin + stop) // 2
            if section.start <= middle < section.end:
                return section
    return None


def _spread_announced(sentence: str, before: str) -> str:
    words = words_in(sentence)
    if not words.isdisjoint(_SE_WORDS) and _STANDARD_ERROR.search(sentence):
        return "se"
    if not words.isdisjoint(_SD_WORDS) and _STANDARD_DEVIATION.search(sentence):
        return "sd"
    return before


def _sentence_values(
    reading: Reading,
    tokens: list[Token],
    shapes: list[Shape],
    begin: int,
    stop: int,
    claimed: Claims,
    label: SectionLabel | None,
) -> list[ArmValue]:
    norm, lower = reading.norm, reading.lower
    shapes = without_asides(tokens, shapes)
    facts: dict[str, bool] = {}
    places = [Place(norm, lower, begin, stop, tokens[s.first].start, tokens[s.last].end, facts) for s in shapes]
    lend_units(shapes, places, lower)
    verdicts: list[Judgement] = []
    for shape, place in zip(shapes, places, strict=True):
        if claimed.holds(place.start, place.end) or (
            shape.form in _BARE and claimed.counts(tokens[shape.at].start, tokens[shape.at].end)
        ):
            verdicts.append(NOT)
        else:
            verdicts.append(judge(shape, place))
    mark_limits(shapes, places, verdicts, lower)
    mark_ranges(shapes, places, verdicts, lower)
    pair_up(shapes, places, verdicts, lower)
    lend(shapes, places, verdicts, lower)
    sum_up(shapes, places, verdicts, lower)
    verdicts = without_characteristics(lower, begin, stop, shapes, places, verdicts)
    if label is SectionLabel.METHODS:
        verdicts = [v if s.form in ("spread", "size") else NOT for s, v in zip(shapes, verdicts, strict=True)]
    found: list[ArmValue] = []
    for shape, place, verdict in zip(shapes, places, verdicts, strict=True):
        if verdict.kind is None:
            continue
        value = _arm_value(reading, shape, place, verdict, label)
        found.extend([value] * _groups_told(place, value.kind))
    counts_here = any(value.kind in (ArmValueKind.EVENTS, ArmValueKind.PERCENT) for value in found)
    if label is not SectionLabel.METHODS:
        for zero in find_zero_events(lower, begin, stop, counts_here):
            if any(value.start < zero.end and zero.start < value.end for value in found) or claimed.holds(
                zero.start, zero.end
            ):
                continue
            value = ArmValue(
                start=zero.start,
                end=zero.end,
                text=reading.text[zero.start : zero.end],
                rule="zero-in-words",
                kind=ArmValueKind.EVENTS,
                events=0,
                n=zero.n,
                section=label,
                confidence=_rated(0.7),
            )
            place = Place(norm, lower, begin, stop, zero.start, zero.end)
            found.extend(
                [value] * (2 if cues.NONE_IN_BOTH.match(place.after) else _groups_told(place, ArmValueKind.EVENTS))
            )
    return found


def _groups_told(place: Place, kind: ArmValueKind) -> int:
    """How many groups a value is told of: 2 for `98% in both groups`."""
    match = cues.BOTH_AFTER.match(place.after)
    if match is not None and _LISTED_BEFORE.search(place.before):
        return 1  # "2.8, 3.5, and 8.5 months for the three groups"
    if match is None:
        if cues.SAME_BEFORE.search(place.before) and place.after[:1] in ")]":
            return 2
        if kind in (ArmValueKind.MEAN, ArmValueKind.MEDIAN) and cues.BOTH_BEFORE.search(place.before):
            return 2
        return 1
    if "respectively" in place.after[: match.end() + 60]:
        return 1
    many = match.group("many")
    return 3 if many.endswith(("three", "3")) else 4 if many.endswith(("four", "4")) else 2


def _arm_value(
    reading: Reading, shape: Shape, place: Place, verdict: Judgement, label: SectionLabel | None
) -> ArmValue:
    kind = verdict.kind
    assert kind is not None
    number = shape.number
    percent = shape.percent
    events = shape.events
    value: Decimal | None = None
    unit = shape.unit
    if kind is ArmValueKind.EVENTS:
        events = int(number) if events is None and shape.form == "number" else events
        unit = None
    elif kind is ArmValueKind.PERCENT:
        percent, unit = number, None
    else:
        value, percent, events = number, None, None
    quartiles = shape.form == "quartiles" and kind is ArmValueKind.MEDIAN
    iqr = quartiles and shape.range_named != "range"
    full = shape.form == "quartiles" and shape.range_named == "range"
    return ArmValue(
        start=place.start,
        end=place.end,
        text=reading.text[place.start : place.end],
        rule=f"arm-{shape.form}",
        kind=kind,
        events=events,
        n=shape.n if kind is ArmValueKind.EVENTS else None,
        percent=percent,
        value=value,
        unit=unit,
        sd=shape.sd if kind is ArmValueKind.MEAN else None,
        se=shape.se if kind is ArmValueKind.MEAN else None,
        q1=shape.low if iqr else None,
        q3=shape.high if iqr else None,
        low=shape.low if full else None,
        high=shape.high if full else None,
        section=label,
        confidence=_rated(verdict.confidence),
    )


def _with_full_range(value: ArmValue) -> ArmValue:
    """The value with its unnamed limits as a full range."""
    if value.rule != "arm-quartiles" or value.q1 is None or "quart" in value.text or "IQR" in value.text:
        return value
    return replace(value, q1=None, q3=None, low=value.q1, high=value.q3)


def _without_unnamed_limits(value: ArmValue) -> ArmValue:
    """The value without its limits: in a text of confidence intervals alone they are no quartiles."""
    survival = value.unit is not None and value.unit.startswith(("month", "year", "week"))
    return replace(value, q1=None, q3=None) if value.rule == "arm-quartiles" and survival else value


def _rated(sureness: float) -> float:
    """How sure a value is, from 0 to 1, by how sure its shape and words are; fitted to hand-annotated abstracts."""
    return round(0.6 + 0.4 * sureness, 2)
