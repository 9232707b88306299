"""Let values side by side lend each other kind and unit, since a sequence is of one kind: `0.4 vs. 1.4 kg`."""

from __future__ import annotations

import re
from itertools import pairwise

from structurer.mentions.arm_values import contexts, cues
from structurer.mentions.arm_values.numbers import DOSE_UNITS
from structurer.mentions.arm_values.place import NOT, UNSURE, Judgement, Place
from structurer.mentions.arm_values.shape import Shape
from structurer.schema import ArmValueKind

LINK = re.compile(
    r"(?: (?!and|or|versus|vs)[a-z]{3,20}(?= (?:versus|vs))"
    r"| (?:pre|post|before|after|at baseline)(?:[- ]treatment)?(?= ))?[\s)\]]{0,3}(?:(?:[,;/] ?)?"
    r"(?:(?P<versus>vs?\.?|versus|compared (?:with|to)|against)|(?P<and>and|or|&)|(?P<to>to))|(?P<comma>[,;/]))?"
    r"[\s(\[€£$]{0,3}\Z"
)


_WIDE_LINK = re.compile(
    r"(?<![a-z])(?:vs?\.?|versus|compared|than|and|whereas|while|but|against|respectively)(?![a-z])|[,;:(]"
)


_GOES_ON = re.compile(
    r"\A; [^;,()]{2,30}, \Z|(?<![a-z])it (?:was|had|rose|fell)|\A(?: (?:with|in|for|on) [^,;()]{2,40})? (?:and"
    r"|vs\.?|versus|compared with|to) \Z"
)


# "27% (p < .01), 20% (p < .001), and 7%": the p-values between belong to no value
_P_ASIDE = re.compile(r" ?(?:[(\[]p ?[<>=≤≥] ?\d?\.\d+[)\]]|[,;] p ?[<>=≤≥] ?\d?\.\d+)")
_BRACKET_OF_SHARES = re.compile(r" ?[(\[]\d[\d.]* ?%")
_MAX_GAP = 130
# In characters: a word, brackets and "compared with" between them.
_LONGEST_LINK = 45


def _linked(gap: str) -> re.Match[str] | None:
    """The link of two values that stand side by side: "and", "vs", "to", a comma or a slash; a bracket is none."""
    if "p" in gap:
        gap = _P_ASIDE.sub("", gap)
    link = LINK.match(gap) if len(gap) <= _LONGEST_LINK else None
    return link if link is not None and link.lastgroup is not None else None


def lend_units(shapes: list[Shape], places: list[Place], lower: str) -> None:
    """Give the earlier values of a sequence the unit that stands once at its end: `0.4 vs. 1.4 kg`."""
    borrowed: set[int] = set()
    for i in range(len(shapes) - 2, -1, -1):
        shape, after = shapes[i], shapes[i + 1]
        if shape.form not in ("number", "spread", "quartiles") or shape.unit is not None or after.unit is None:
            continue
        if shape.form != after.form and not (shape.form == "number" and after.form in ("percent", "rate")):
            continue
        gap = lower[places[i].end : places[i + 1].start]
        link = _linked(gap)
        if link is None or 1900 <= shape.number <= 2100 or contexts.LABEL_BEFORE.search(places[i].before[-18:]):
            continue
        if link.group("to") and not re.search(
            r"(?:from|[,(:]) [-+]?\Z", lower[max(0, places[i].start - 8) : places[i].start]
        ):
            continue
        if link.group("comma") in (",", ";") and not (i + 1 in borrowed or shape.form == after.form != "number"):
            continue  # "9, 81.8%" tells one value twice; "41, 18, and 18%" three
        borrowed.add(i)
        shape.unit = after.unit
        if after.form == "percent" and shape.form == "number":
            shape.form, shape.percent = "percent", shape.number
        if after.form == "rate":
            shape.form = "rate"


def lend(shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str) -> None:
    """Let neighbours in a sequence lend each other kind and unit, in both directions."""
    gaps = [lower[place.end : after.start] for place, after in pairwise(places)]
    links = [_linked(gap) for gap in gaps]
    for order in (range(1, len(shapes)), range(len(shapes) - 2, -1, -1), range(1, len(shapes))):
        for i in order:
            forward = order.step > 0
            other = i - 1 if forward else i + 1
            between = other if forward else i
            gap = gaps[between]
            if len(gap) > _MAX_GAP:
                continue
            if verdicts[other].kind is None and verdicts[i] is not NOT:
                _lend_from_afar(shapes, places, verdicts, lower, i, forward)
            link = links[between]
            verdict, lender = verdicts[i], verdicts[other]
            if (
                link
                and lender is NOT
                and shapes[i].form == shapes[other].form
                and shapes[i].form in ("spread", "quartiles")
            ):
                verdicts[i] = NOT
                continue
            dosed = shapes[i].unit in DOSE_UNITS and shapes[other].unit in DOSE_UNITS
            follows = link and lender is NOT and shapes[i].form == "number" and not link.group("versus")
            if follows and (verdict is UNSURE or dosed):
                verdicts[i] = NOT
                continue
            if (
                forward
                and link
                and lender is NOT
                and link.group("versus")
                and _both_bare_decimals(shapes[i], shapes[other])
            ):
                # "HR 0.61 vs 0.50": what the first is not, the second is not
                verdicts[i] = NOT
                continue
            if lender.kind is None or verdict is NOT or verdict is lender:
                continue
            if shapes[other].form == "percent" and _is_counted(shapes[i], places[i]):
                continue
            if _same_quantity(shapes[i], shapes[other], verdict, lender, gap):
                verdicts[i] = verdict._replace(kind=lender.kind)
                continue
            if link:
                _lend_close(shapes[i], shapes[other], i, verdicts, lender, link, lower, places, forward)
            elif verdict.kind is None:
                _lend_wide(shapes[i], shapes[other], places[i], gap, i, verdicts, lender)


# "0.3%) vs 46 deaths": a count of its own, whatever stands before it
_COUNTED = re.compile(r" (?:deaths|cases|events|relapses|recurrences)(?![a-z])")


def _is_counted(shape: Shape, place: Place) -> bool:
    return shape.form == "number" and shape.unit is None and _COUNTED.match(place.after) is not None


def _both_bare_decimals(a: Shape, b: Shape) -> bool:
    return all(s.form == "number" and s.unit is None and not s.signed and s.number % 1 != 0 for s in (a, b))


def _lend_from_afar(
    shapes: list[Shape], places: list[Place], verdicts: list[Judgement], lower: str, i: int, forward: bool
) -> None:
    """Let a value go on with the one before it, over times and labels between: `6.4% at 5 years; later it was 6.2%`."""
    step = -1 if forward else 1
    j = i + step
    while 0 <= j < len(shapes) and verdicts[j].kind is None and abs(j - i) < 7:
        j += step
    if not (0 <= j < len(shapes)) or verdicts[j].kind is None:
        return
    gap = lower[places[min(i, j)].end : places[max(i, j)].start]
    if len(gap) > _MAX_GAP:
        return
    if forward and _same_quantity(shapes[i], shapes[j], verdicts[i], verdicts[j], gap):
        verdicts[i] = verdicts[i]._replace(kind=verdicts[j].kind)
    elif verdicts[i] is UNSURE and (
        verdicts[j].kind is ArmValueKind.EVENTS
        or (forward and shapes[i].unit is not None and places[i].before.endswith(" and ") and "[" not in gap)
    ):
        _lend_wide(shapes[i], shapes[j], places[i], gap, i, verdicts, verdicts[j])


def _same_quantity(shape: Shape, other: Shape, verdict: Judgement, lender: Judgement, gap: str) -> bool:
    """Whether an unnamed percentage goes on with the average before it: `was 6.4%; later, it was 6.2%`."""
    return (
        verdict.kind is ArmValueKind.PERCENT
        and shape.form == other.form == "percent"
        and lender.kind in (ArmValueKind.MEAN, ArmValueKind.MEDIAN)
        and verdict.confidence <= 0.8
        and _GOES_ON.search(gap) is not None
        and not cues.SHARE.search(gap)
    )


def _goes_on_behind_comma(shape: Shape, other: Shape, verdict: Judgement, mark: str) -> bool:
    """Whether a value may be of the kind of the one across a comma: alike in form, and no bare whole number."""
    if shape.form != other.form:
        return False
    return (
        mark == "/"
        or verdict.kind is not None
        or shape.form != "number"
        or shape.unit is not None
        or shape.number % 1 != 0
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
    if link.group("comma") and not _goes_on_behind_comma(shape, other, verdict, link.group("comma")):
        return
    alien = shape.unit is not None and shape.unit != other.unit
    if alien and verdict.kind is None and (shape.unit in DOSE_UNITS or cues.TIME_UNIT.match(shape.unit or "")):
        return
    if link.group("to") and shape.form == "number" and other.form == "number":
        start = min(places[i].start, places[i - 1 if forward else i + 1].start)
        if not re.search(r"from (?:a (?:mean|median|baseline) of )?[-+]?\Z", lower[max(0, start - 26) : start]):
            return
    if shape.form == "number" and other.form == "percent" and shape.unit is None:
        if _BRACKET_OF_SHARES.match(places[i].after) or cues.PEOPLE_AFTER.match(places[i].after):
            return  # "at weeks 18 (22% vs 9%) and 54 (26% vs 14%)"
        shape.form, shape.percent, shape.unit = "percent", shape.number, "%"
        verdicts[i] = lender._replace(confidence=lender.confidence * 0.95)
    elif verdict.kind is None and (shape.form == other.form or shape.form in ("number", "spread", "quartiles")):
        if lender.kind is ArmValueKind.EVENTS and (shape.unit is not None or shape.number % 1 or shape.signed):
            return
        if lender.kind is ArmValueKind.EVENTS and not link.group("versus") and not link.group("and"):
            return
        shape.unit = shape.unit or (other.unit if shape.form != "share" and not link.group("comma") else None)
        verdicts[i] = lender._replace(confidence=lender.confidence * 0.9)
    elif verdict.kind is not lender.kind and shape.form == other.form and lender.confidence > verdict.confidence:
        verdicts[i] = verdict._replace(kind=lender.kind)
    bare = shape.form in ("number", "spread", "quartiles") and not link.group("comma")
    if shape.unit is None and other.unit is not None and bare:
        shape.unit = other.unit


def _same_unit(shape: Shape, other: Shape) -> bool:
    """Whether two values have one unit, be it singular or plural."""
    return (shape.unit or "").removesuffix("s") == (other.unit or "").removesuffix("s")


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
    if shape.form == "number" and shape.unit is not None and _same_unit(shape, other) and other.form == "number":
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
