"""Find arm values: every printed result of one group that has no interval beside it.

Each sentence is read twice: the grammar of `arm_value_shapes` reads what is printed, `arm_value_kinds` judges each
shape by its words; then neighbours in a sequence (`0.4 vs. 1.4 kg`, `13 % and 8 %, respectively`) lend each other
kind and unit, since a sequence is of one kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions import arm_value_contexts as contexts
from structurer.mentions import arm_value_cues as cues
from structurer.mentions.arm_value_kinds import NOT, UNSURE, Judgement, Place, judge
from structurer.mentions.arm_value_shapes import Shape, read_shapes
from structurer.mentions.arm_value_tokens import tokens_between
from structurer.mentions.zero_events import find_zero_events
from structurer.schema import ArmValue, ArmValueKind, Section, SectionLabel
from structurer.text.notation import Token
from structurer.text.number_words import find_number_words
from structurer.text.reading import Reading

_WITHOUT_RESULTS = frozenset({SectionLabel.BACKGROUND, SectionLabel.FUNDING, SectionLabel.REGISTRATION})
_STANDARD_ERROR = re.compile(r"(?<![a-z])(?:se|sem|s\.e\.m?\.?|standard errors?)(?![a-z])")
_STANDARD_DEVIATION = re.compile(r"(?<![a-z])(?:sd|s\.d\.?|standard deviations?)(?![a-z])")
_METHODS_SAY = re.compile(r"(?<![a-z])(?:hba ?1c|a1c|baseline|hr|died|deaths?|events?)(?![a-z])")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(
    r"[\s,;/)\]]{0,3}(?:(?P<versus>vs?\.?|versus|compared (?:with|to)|against)|(?P<and>and|or|&)|(?P<to>to)|(?P<comma>,|;|/))?[\s(\[]{0,3}\Z"
)
_WIDE_LINK = re.compile(
    r"(?<![a-z])(?:vs?\.?|versus|compared|than|and|whereas|while|but|against|respectively)(?![a-z])|[,;:(]"
)
_MAX_GAP = 130


def find_arm_values(
    text: str | Reading, sections: Sequence[Section] = (), taken: Sequence[tuple[int, int]] = ()
) -> list[ArmValue]:
    """The printed results of single groups in `text`, in text order; arm, outcome and time point are left open.

    `sections` keeps background and registration out; without them the whole text is read. `taken` are the (start, end)
    of what effect estimates and intervals have claimed: a value inside them is an effect and no arm value.

    >>> [(v.events, v.n, v.percent) for v in find_arm_values("Relief came in 10/40 (25%) with A and in none with B.")]
    [(10, 40, Decimal('25')), (0, None, None)]
    """
    reading = Reading.of(text)
    claimed = sorted(taken)
    numbers = find_number_words(reading.lower)
    word_starts = [number.start for number in numbers]
    values: list[ArmValue] = []
    spread = "none"
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
        tokens = tokens_between(reading, begin, stop, numbers)
        shapes = read_shapes(tokens, reading.norm, spread)
        found = _sentence_values(reading, tokens, shapes, begin, stop, claimed, label)
        values.extend(found)
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
    if _STANDARD_ERROR.search(sentence):
        return "se"
    if _STANDARD_DEVIATION.search(sentence):
        return "sd"
    return before


def _sentence_values(
    reading: Reading,
    tokens: list[Token],
    shapes: list[Shape],
    begin: int,
    stop: int,
    claimed: Sequence[tuple[int, int]],
    label: SectionLabel | None,
) -> list[ArmValue]:
    norm, lower = reading.norm, reading.lower
    places = [Place(norm, lower, begin, stop, tokens[s.first].start, tokens[s.last].end) for s in shapes]
    _lend_units(shapes, places, lower)
    verdicts: list[Judgement] = []
    for shape, place in zip(shapes, places, strict=True):
        if _is_claimed(claimed, place.start, place.end):
            verdicts.append(NOT)
        else:
            verdicts.append(judge(shape, place))
    _pair(shapes, places, verdicts, lower)
    _lend(shapes, places, verdicts, lower)
    _sum_up(shapes, places, verdicts, lower)
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
            if any(value.start < zero.end and zero.start < value.end for value in found) or _is_claimed(
                claimed, zero.start, zero.end
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
                confidence=0.7,
            )
            place = Place(norm, lower, begin, stop, zero.start, zero.end)
            found.extend([value] * _groups_told(place, ArmValueKind.EVENTS))
    return found


def _is_claimed(claimed: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in claimed)


def _lend_units(shapes: list[Shape], places: list[Place], lower: str) -> None:
    """Give the earlier values of a sequence the unit that stands once at its end: `0.4 vs. 1.4 kg`."""
    for i in range(len(shapes) - 2, -1, -1):
        shape, after = shapes[i], shapes[i + 1]
        labelled = contexts.LABEL_BEFORE.search(places[i].before[-18:]) or 1900 <= shape.number <= 2100
        if (
            shape.form not in ("number", "spread", "quartiles")
            or shape.unit is not None
            or after.unit is None
            or labelled
        ):
            continue
        if shape.form != after.form and not (shape.form == "number" and after.form == "percent"):
            continue
        gap = lower[places[i].end : places[i + 1].start]
        link = _LINK.match(gap)
        if (
            link is None
            or not gap.strip()
            or (
                link.group("to")
                and not re.search(r"(?:from|[,(:]) [-+]?\Z", lower[max(0, places[i].start - 8) : places[i].start])
            )
        ):
            continue
        shape.unit = after.unit
        if after.form == "percent" and shape.form == "number":
            shape.form, shape.percent = "percent", shape.number


def _lend(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Let neighbours in a sequence lend each other kind and unit, in both directions."""
    for order in (range(1, len(shapes)), range(len(shapes) - 2, -1, -1), range(1, len(shapes))):
        for i in order:
            forward = order.step > 0
            other = i - 1 if forward else i + 1
            gap = lower[places[min(i, other)].end : places[max(i, other)].start]
            if len(gap) > _MAX_GAP:
                continue
            link = _LINK.match(gap)
            verdict, lender = verdicts[i], verdicts[other]
            if (
                link
                and gap.strip()
                and lender is NOT
                and shapes[i].form == shapes[other].form
                and shapes[i].form in ("spread", "quartiles")
            ):
                verdicts[i] = NOT
                continue
            if (
                link
                and gap.strip()
                and lender is NOT
                and verdict is UNSURE
                and shapes[i].form == "number"
                and not link.group("versus")
            ):
                verdicts[i] = NOT
                continue
            if lender.kind is None or verdict is NOT or verdict is lender:
                continue
            if _same_quantity(shapes[i], shapes[other], verdict, lender, gap):
                verdicts[i] = verdict._replace(kind=lender.kind)
            if link and gap.strip():
                _lend_close(shapes[i], shapes[other], i, verdicts, lender, link, lower, places, forward)
            elif verdict.kind is None:
                _lend_wide(shapes[i], shapes[other], places[i], gap, i, verdicts, lender)


def _pair(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Two bare numbers set against each other are results even without a cue: `(66.9 vs 58.7)`, `(21 vs. 8)`."""
    for i in range(len(shapes) - 1):
        a, b = shapes[i], shapes[i + 1]
        if verdicts[i] is not UNSURE or verdicts[i + 1] is not UNSURE or a.form != "number" or b.form != "number":
            continue
        link = _LINK.match(lower[places[i].end : places[i + 1].start])
        if link is None or not link.group("versus"):
            continue
        before = places[i].before
        clause = places[i].clause
        if (
            contexts.SAMPLE_BEFORE.search(before[-70:])
            or contexts.LABEL_BEFORE.search(before[-18:])
            or cues.FOLLOW_UP.search(clause[-60:])
        ):
            continue
        if a.unit is not None and cues.TIME_UNIT.match(a.unit):
            kind = ArmValueKind.MEDIAN if cues.EVENT_TIME.search(clause) else ArmValueKind.MEAN
        elif (
            a.unit is None
            and a.number % 1 == 0
            and b.number % 1 == 0
            and "." not in lower[places[i].start : places[i + 1].end]
        ):
            if cues.PEOPLE_AFTER.match(places[i + 1].after) and not cues.EVENT_WORD.search(clause):
                continue
            counted = _SCORED.search(clause) is None and cues.COUNTABLE.search(clause) is not None
            kind = ArmValueKind.EVENTS if counted else ArmValueKind.MEAN
        else:
            kind = ArmValueKind.MEAN
        verdicts[i] = verdicts[i + 1] = Judgement(kind, 0.55, True)


_SCORED = re.compile(
    r"(?<![a-z])(?:scores?|scale|scales|level|levels|time|times|length|duration|pain|intensity|index|rating|ratings|quality)(?![a-z])"
)


def _sum_up(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Counts in a bracket that add up to the count before it are its parts: `136 women (74 placebo, 62 drug)`."""
    for i, (shape, verdict) in enumerate(zip(shapes, verdicts, strict=True)):
        total = (
            shape.events
            if shape.events is not None
            else int(shape.number)
            if shape.form == "number" and shape.number % 1 == 0
            else None
        )
        if (
            not total
            or total < 2
            or verdict is NOT
            or (verdict.kind is not ArmValueKind.EVENTS and verdict is not UNSURE)
        ):
            continue
        opened = lower.find("(", places[i].end, places[i].end + 80)
        if opened < 0:
            continue
        parts: list[int] = []
        for j in range(i + 1, min(i + 5, len(shapes))):
            if (
                places[j].start > opened
                and shapes[j].form in ("number", "size", "share")
                and shapes[j].unit is None
                and shapes[j].number % 1 == 0
            ):
                parts.append(j)
            elif places[j].start > opened:
                break
        for size in range(2, len(parts) + 1):
            if sum(int(shapes[j].number) for j in parts[:size]) == total and ")" not in lower[
                opened : places[parts[size - 1]].start
            ].replace("%)", ""):
                told = verdict.kind is ArmValueKind.EVENTS or cues.EVENT_WORD.search(
                    lower, places[i].end, places[parts[size - 1]].end + 60
                )
                sampled = contexts.SAMPLE_BEFORE.search(places[i].before[-70:]) or contexts.SAMPLE_AFTER.match(
                    places[i].after
                )
                if told and not sampled:
                    for j in (i, *parts[:size]):
                        if verdicts[j].kind is None:
                            verdicts[j] = Judgement(ArmValueKind.EVENTS, 0.75, True)
                break


def _same_quantity(shape: Shape, other: Shape, verdict: Judgement, lender: Judgement, gap: str) -> bool:
    """Whether an unnamed percentage goes on with the average before it: `was 6.4% at baseline; at 5 years, it was 6.2%`."""
    return (
        verdict.kind is ArmValueKind.PERCENT
        and shape.form == other.form == "percent"
        and lender.kind in (ArmValueKind.MEAN, ArmValueKind.MEDIAN)
        and verdict.confidence <= 0.8
        and _GOES_ON.search(gap) is not None
        and not cues.SHARE.search(gap)
    )


_GOES_ON = re.compile(
    r"(?<![a-z])it (?:was|had|rose|fell)|\A(?: (?:with|in|for|on) [^,;()]{2,40})? (?:and|vs\.?|versus|compared with|to) \Z"
)


def _lend_close(
    shape: Shape,
    other: Shape,
    i: int,
    verdicts: list[Judgement],
    lender: Judgement,
    link: re.Match[str],
    lower: str,
    places: list[Place],
    forward: bool,
) -> None:
    verdict = verdicts[i]
    if link.group("to") and shape.form == "number" and other.form == "number":
        start = min(places[i].start, places[i - 1 if forward else i + 1].start)
        if not re.search(r"from (?:a (?:mean|median|baseline) of )?[-+]?\Z", lower[max(0, start - 26) : start]):
            return
    if shape.form == "number" and other.form == "percent" and shape.unit is None:
        shape.form, shape.percent, shape.unit = "percent", shape.number, "%"
        verdicts[i] = lender._replace(confidence=lender.confidence * 0.95)
    elif verdict.kind is None and (shape.form == other.form or shape.form in ("number", "spread", "quartiles")):
        if lender.kind is ArmValueKind.EVENTS and (shape.unit is not None or shape.number % 1 or shape.signed):
            return
        if lender.kind is ArmValueKind.EVENTS and not link.group("versus") and not link.group("and"):
            return
        shape.unit = shape.unit or (other.unit if shape.form != "share" else None)
        verdicts[i] = lender._replace(confidence=lender.confidence * 0.9)
    elif verdict.kind is not lender.kind and shape.form == other.form and lender.confidence > verdict.confidence:
        verdicts[i] = verdict._replace(kind=lender.kind)
    if shape.unit is None and other.unit is not None and shape.form in ("number", "spread", "quartiles"):
        shape.unit = other.unit


def _lend_wide(
    shape: Shape, other: Shape, place: Place, gap: str, i: int, verdicts: list[Judgement], lender: Judgement
) -> None:
    """The partner further off: `27 progressions in the A group and 106 in the B group`."""
    if not _WIDE_LINK.search(gap):
        return
    if lender.kind is ArmValueKind.EVENTS:
        if (
            shape.form == "number"
            and shape.unit is None
            and not shape.signed
            and shape.number % 1 == 0
            and cues.GROUP_AFTER.match(place.after)
        ):
            if not contexts.SAMPLE_BEFORE.search(place.before[-70:]):
                verdicts[i] = Judgement(ArmValueKind.EVENTS, 0.6, True)
        elif shape.form == "size" and re.search(r"[a-z] ?,? ?[(\[]?n ?= ?\Z", place.before[-12:]):
            verdicts[i] = UNSURE
        return
    if shape.form == "number" and shape.unit is not None and shape.unit == other.unit and other.form == "number":
        if (
            cues.TIME_UNIT.match(shape.unit)
            and contexts.TIME_BEFORE.search(place.before[-24:])
            and not re.search(r"(?:and|to|than) \Z", place.before[-6:])
        ):
            return
        verdicts[i] = Judgement(lender.kind, lender.confidence * 0.85, True)
    elif (
        shape.form == "number"
        and other.form == "number"
        and shape.unit is None
        and other.unit is None
        and shape.number % 1 != 0
    ):
        verdicts[i] = Judgement(lender.kind, lender.confidence * 0.8, True)
    elif shape.form == "quartiles" and other.form == "quartiles":
        verdicts[i] = Judgement(lender.kind, lender.confidence * 0.9, True)


def _groups_told(place: Place, kind: ArmValueKind) -> int:
    """How many groups a value is told of: 2 for `98% in both groups`."""
    match = cues.BOTH_AFTER.match(place.after)
    if match is None:
        if kind in (ArmValueKind.MEAN, ArmValueKind.MEDIAN) and cues.BOTH_BEFORE.search(place.before):
            return 2
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
        confidence=round(verdict.confidence, 2),
    )
