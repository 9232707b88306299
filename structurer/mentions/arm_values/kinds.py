"""Judge a printed value: is it one group's result, and of which kind."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import contexts, cues
from structurer.mentions.arm_values.averages import average_named, is_follow_up, is_length_of_follow_up
from structurer.mentions.arm_values.exclusions import is_no_value, is_sample
from structurer.mentions.arm_values.numbers import judge_number
from structurer.mentions.arm_values.place import NOT, UNSURE, Judgement, Place
from structurer.mentions.arm_values.shape import Shape
from structurer.schema import ArmValueKind

EVENT_BEFORE_SIZE = re.compile(
    rf"(?<![a-z])(?:{cues.EVENTS}|mortality|death from [a-z ]{{2,30}}|nonfatal [a-z]+|fatal [a-z]+) ?[(\[]n ?= ?\Z",
    re.I,
)


# events of two groups set against each other: commoner with A (n = 15) than with B (n = 7, P = 0.01)
_SET_AGAINST = re.compile(r"\)? than | ?, ?p ?[=<>]")
_OPENED_BY_N = re.compile(r"[(\[]n ?= ?\Z")
_LESS_THAN = re.compile(
    r"(?:adverse|common|frequent|often|events?|complications?|deaths?|reactions?|toxic|side[ -]effects?)"
    r"[^.;]{0,120}[(\[]n ?= ?\d{1,4}[)\]] than [^()\[\]]{2,60}[(\[]n ?= ?\Z"
)
# "satisfied as regards reducing pain (77 %)": a share of people
_GERUNDS = ("reducing", "improving", "increasing", "decreasing", "lowering")
_AND_ANOTHER = re.compile(r" (?:and|or|to) \d[\d.]* ?%")
# Two shares of one group: "56.1/25.7%"
_DECIMAL_AND_SLASH = re.compile(r"\d\.\d{1,2}/\Z")
# A share of people, whatever is measured: more women shifted to high cholesterol (25% vs 0%)
_MORE_PEOPLE = re.compile(rf"(?<![a-z])(?:more|fewer) (?:[a-z-]+ ){{0,3}}{cues.PEOPLE}(?![a-z])")
_PROPORTION = re.compile(
    r"(?<![a-z])(?:proportions?|percentages?) of (?:the )?[a-z]+(?! (?:was|were) (?:reduced|increased|decreased))"
)


def judge(shape: Shape, place: Place) -> Judgement:
    """The kind of a shape by its own form and the words around it; neighbours are not looked at."""
    before, after = place.before, place.after
    if shape.interval or is_no_value(shape, place, before, after):
        return NOT
    if shape.form == "rate":
        return Judgement(ArmValueKind.RATE, 0.8, True)
    if shape.form in ("fraction", "share"):
        if is_sample(place, before, after, shape.form == "fraction"):
            return NOT
        return Judgement(ArmValueKind.EVENTS, 0.95 if shape.form == "fraction" else 0.9, True)
    if shape.form == "size":
        if (_SET_AGAINST.match(after) and _OPENED_BY_N.search(before)) or _LESS_THAN.search(before):
            return Judgement(ArmValueKind.EVENTS, 0.55, True)
        if EVENT_BEFORE_SIZE.search(before[-60:]) and not re.search(
            r"(?:tumou?rs?|nodes|cancers?|survivors|lesions|cases) ?[(\[]n", before[-20:]
        ):
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        return UNSURE
    if (
        shape.form in ("spread", "quartiles")
        and shape.unit
        and cues.TIME_UNIT.match(shape.unit)
        and is_follow_up(place)
    ):
        return NOT
    if shape.form in ("spread", "quartiles") and is_length_of_follow_up(place):
        return NOT
    if shape.form == "spread":
        return Judgement(average_named(place) or ArmValueKind.MEAN, 0.9, True)
    if shape.form == "quartiles":
        if shape.range_named == "" and average_named(place) is None:
            return UNSURE
        kind = average_named(place) or (ArmValueKind.MEDIAN if shape.range_named == "iqr" else ArmValueKind.MEAN)
        return Judgement(kind, 0.8, True)
    if shape.form == "percent":
        return _judge_percent(shape, place, before, after)
    return judge_number(shape, place, before, after)


def _judge_percent(shape: Shape, place: Place, before: str, after: str) -> Judgement:
    if is_sample(place, before, after, fraction=False):
        return NOT
    if before.endswith("/") and not before.endswith("%/") and not _DECIMAL_AND_SLASH.search(before[-8:]):
        return NOT
    clause = place.clause
    if _PROPORTION.search(clause[-110:]):
        return Judgement(ArmValueKind.PERCENT, 0.9, True)
    listed = _AND_ANOTHER.match(after)
    told = after[listed.end() :] if listed else after
    relative = contexts.RELATIVE_AFTER.match(told)
    if relative and not contexts.FROM_BASELINE_AFTER.match(told[relative.end() :]):
        return NOT
    strength = _THING_BEFORE.search(before)
    if strength and _is_a_strength(place, strength.group(), behind=False):
        return NOT
    named = _THING_AFTER.match(after)
    if named and _is_a_strength(place, named.group(), behind=True):
        return NOT
    if shape.signed:
        return Judgement(average_named(place) or ArmValueKind.MEAN, 0.8, True)
    if cues.SHARE_AFTER.match(after):
        return Judgement(ArmValueKind.PERCENT, 0.95, True)
    if relative and not listed:
        return Judgement(ArmValueKind.MEAN, 0.6, True)
    changed = cues.CHANGED_BY.search(clause) if place.has("changed") else None
    if (
        changed
        and cues.BY.match(changed.group("between") or "")
        and not _in_a_contrast(before, after)
        and not (before.endswith("(") and changed.group().startswith(_GERUNDS))
        and not re.search(
            r"(?<![a-z])(?:from|proportion|percentage|incidence|frequency|than|often|commonly|frequently)(?![a-z])",
            changed.group("between") or "",
        )
    ):
        share = [m.start() for m in cues.SHARE.finditer(clause)]
        if not share or share[-1] < changed.start() - 60 or "," in clause[share[-1] : changed.start()]:
            return Judgement(average_named(place) or ArmValueKind.MEAN, 0.65, True)
    average = average_named(place)
    measured = _last(cues.MEASURED_IN_PERCENT, clause)
    shared = _last(cues.SHARE, clause)
    if average is not None:
        last = max(m.start() for m in cues.AVERAGE.finditer(clause))
        if shared is None or (
            shared.start() < last or (shared.start() - last < 40 and shared.group().startswith("rate"))
        ):
            return Judgement(average, 0.7, True)
    if _MORE_PEOPLE.search(clause) and (changed is None or not before.endswith(" by ")):
        return Judgement(ArmValueKind.PERCENT, 0.85, True)
    if measured is not None and (shared is None or shared.start() < measured.start() - 70):
        if re.search(r"[<>≤≥] ?/?=? ?\d", clause[measured.end() :]):
            return Judgement(ArmValueKind.PERCENT, 0.8, True)
        return Judgement(ArmValueKind.MEAN, 0.7, True)
    return Judgement(ArmValueKind.PERCENT, 0.9 if shared else 0.8, True)


# a strength stands before what is that strong, as in "2% ketoconazole"; a share before none of these words
_THING_AFTER = re.compile(
    r" (?!(?:of|in|with|and|versus|vs|for|had|were|was|at|on|or|to|from|after|patients|participants|women|men|than|per"
    r"|compared|respectively|reported|achieved|developed|experienced|among|during|by|survival|response|as|the|lower"
    r"|higher|when|while|whereas|received|did|have|has|died|showed|which|who|both|without|not|remained|would|within"
    r"|mortality|but|using|increase|reduction|decrease|more|less|greater)(?![a-z]))[a-z]{4,24}(?![a-z])"
)
# a strength behind what is that strong: "travoprost 0.004%"
_THING_BEFORE = re.compile(
    r"(?<![a-z])(?!(?:about|group|rates?|score|survival|was|were|for|and|the|with|than|from|had|has|but|not|only|are|"
    r"[a-z]+(?:ed|ly|ing)) )[a-z]{3,24} \Z"
)
_WINDOW = 4000


def _is_a_strength(place: Place, name: str, *, behind: bool) -> bool:
    """Whether another sentence prints the word beside the percentage: "travoprost 0.004%", "0.004% travoprost"."""
    share, name = place.lower[place.start : place.end], name.strip()
    elsewhere = (place.lower[max(0, place.begin - _WINDOW) : place.begin], place.lower[place.stop :][:_WINDOW])
    either = (f"{share} {name}", f"{name} {share}") if len(name) > 5 else ()
    same = f"{share} {name}" if behind else f"{name} {share}"
    return any(printed in text for printed in (same, *either) for text in elsewhere)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[-1] if found else None


def _in_a_contrast(before: str, after: str) -> bool:
    """Whether a bracket holds the shares of two groups: "infection decreased (3% vs. 15%)"."""
    return (before.endswith(("(", "[")) and re.match(r" ?(?:v|vs\.?|versus) ", after) is not None) or re.search(
        r" (?:v|vs\.?|versus) \Z", before
    ) is not None
