"""Find results among numbers without a cue: two set against each other, and counts that add up to one before them."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import contexts, cues
from structurer.mentions.arm_values.numbers import DOSE_UNITS
from structurer.mentions.arm_values.place import NOT, UNSURE, Judgement, Place
from structurer.mentions.arm_values.sequences import LINK
from structurer.mentions.arm_values.shape import Shape
from structurer.schema import ArmValueKind

_SCORED = re.compile(
    r"(?<![a-z])(?:scores?|scale|scales|level|levels|time|times|length|duration|pain|intensity|index|rating|ratings"
    r"|quality)(?![a-z])"
)


# What is measured in the units of doses
_AMOUNT = re.compile(
    r"(?<![a-z])(?:bleed|blood loss|loss|volume|consum|requir|drain|output|intake|weight|excret|urin)[^.;]{0,60}\(\Z"
)
_TOLD = re.compile(r"(?:was|were|of) \Z")
_TOLD_AFTER = re.compile(
    r"[)\]],? (?:had|have|developed|died|experienced|relapsed|occurred|discontinued|responded|recurred|reported"
    r"|progressed|were (?:observed|reported|diagnosed|recorded|detected|noted))"
)


def _is_even(shape: Shape) -> bool:
    """Whether a value lies in the middle of its limits, as a mean does; a median seldom."""
    if shape.low is None or shape.high is None:
        return False
    return abs(shape.low + shape.high - 2 * shape.number) * 10 <= shape.high - shape.low


def pair_up(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Two bare numbers set against each other are results even without a cue: `(66.9 vs 58.7)`, `(21 vs. 8)`."""
    for i in range(len(shapes) - 1):
        a, b = shapes[i], shapes[i + 1]
        if a.form == b.form == "quartiles" and verdicts[i] is verdicts[i + 1] is UNSURE:
            link = LINK.match(lower[places[i].end : places[i + 1].start])
            told = link is not None and link.group("and") and _TOLD.search(places[i].before[-12:])
            if link is not None and (link.group("versus") or told):
                kind = ArmValueKind.MEAN if _is_even(a) and _is_even(b) else ArmValueKind.MEDIAN
                verdicts[i] = verdicts[i + 1] = Judgement(kind, 0.5, True)
            continue
        if (
            (a.unit in DOSE_UNITS and _AMOUNT.search(places[i].clause[-70:]) is None)
            or verdicts[i] is not UNSURE
            or verdicts[i + 1] is not UNSURE
            or a.form != "number"
            or b.form != "number"
        ):
            continue
        link = LINK.match(lower[places[i].end : places[i + 1].start])
        if link is None or not link.group("versus"):
            continue
        before = places[i].before
        clause = places[i].clause
        if (
            contexts.SAMPLE_BEFORE.search(before[-70:])
            or contexts.LABEL_BEFORE.search(before[-18:])
            or (a.unit is not None and cues.TIME_UNIT.match(a.unit) is not None and cues.FOLLOW_UP.search(clause[-60:]))
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


def sum_up(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
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
        if i + 1 == len(shapes):
            break
        until = min(places[i + 1].start, places[i].end + 80)
        opened = max(lower.rfind("(", places[i].end, until), lower.rfind(":", places[i].end, until))
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
                told = verdict.kind is ArmValueKind.EVENTS or _TOLD_AFTER.match(
                    lower[lower.find(")", places[parts[size - 1]].start) :][:60]
                )
                sampled = contexts.SAMPLE_BEFORE.search(places[i].before[-70:]) or contexts.SAMPLE_AFTER.match(
                    places[i].after
                )
                if told and not sampled:
                    for j in (i, *parts[:size]):
                        if verdicts[j].kind is None:
                            verdicts[j] = Judgement(ArmValueKind.EVENTS, 0.75, True)
                break
