"""Judge a number that is printed bare: a count of events, an average, a change, or none of these."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import cues
from structurer.mentions.arm_values.averages import FOLLOW_UP_AFTER, average_named, judge_time
from structurer.mentions.arm_values.exclusions import is_sample
from structurer.mentions.arm_values.place import NOT, UNSURE, Judgement, Place
from structurer.mentions.arm_values.shape import Shape
from structurer.schema import ArmValueKind

_ONE_AS_CRITERION = re.compile(
    r"(?<![a-z])(?:reported|least|prevent|had|experienced|received|than|to|or|per|with|into|only|every|each) \Z"
)


_PEOPLE_NOT_WHO = re.compile(cues.PEOPLE_AFTER.pattern + r"(?! who)")


_HAPPENED_NEXT = re.compile(
    r" (?:had|achieved|developed|experienced|died|relapsed|recurred|responded|showed|reported|progressed"
    r"|required)(?![a-z])"
)


_EXPERIENCED_AFTER = re.compile(r" \([^()]{0,80}\) (?:experienced|developed|died|relapsed)(?![a-z])")


_CLAUSE_BEGINS = re.compile(r"(?:[,;:(]|(?<![a-z])and|\A) ?\Z")


_NUMBER_OF = re.compile(r"(?<![a-z])numbers? of [^;()]{3,90}(?: was| were|[(\[:,]| in [^;()]{3,30}[(\[]) ?\Z")


_BRACKETED_IN_GROUP = re.compile(
    r" (?:in|with|on|for) (?:the )?[^,;()]{2,45}? (?:and|vs\.?|versus|compared with) (?:\d|one |two |three |four "
    r"|five |six |seven |eight |nine |ten |none )"
)


_BRACKETED_UNIT = re.compile(r"[)\]]")


_FROM = re.compile(
    r"(?<![a-z])(?:increas|decreas|reduc|declin|improv|rose|rise|fell|fall|dropp|chang|went|lower|rais|shift|grew"
    r"|progress)[a-z]*[^;]{0,90}[ (]from (?:a (?:mean|median|baseline) (?:of )?)?[-+]?\Z"
)


# the second end of it, behind the first
_FROM_TO = re.compile(_FROM.pattern.removesuffix("\\Z") + r"\d[\d.]* ?(?:[a-z/%]{1,12} )?to [-+]?\Z")


# lent by its neighbour: "4.1 vs 9.9/patient-year"
_RATE_UNIT = re.compile(r"(?:events? ?)?(?:/|per )(?:\d[\d, ]* )?(?:patient|person|woman|child|participant)")
_TO_ANOTHER = re.compile(r" to [-+]?\d")
_TO_A_TIME = re.compile(r" to \d{1,3} (?:months|years)(?![a-z])")
_OTHER_TIMES = frozenset({"day", "days", "week", "weeks", "hours", "h"})


DOSE_UNITS = frozenset(
    {"mg", "g", "mcg", "µg", "μg", "ug", "IU", "Gy", "mg/day", "mg/d", "mg/kg", "mg/m2", "ml", "mL", "U", "mg/week"}
)


# "The 445 participants had a mean age of ..."
_HAD_MEAN = re.compile(rf" ?{cues.PEOPLE} had (?:an? )?(?:mean|median|average) ")
# "12 ml/min higher in A than in B": a difference between groups
_HIGHER_AFTER = re.compile(
    r" (?:\([^()]{1,16}\) )?(?:higher|lower|greater|less|more|longer|shorter|fewer|better|worse) (?:in|with|than|among)"
    r"(?![a-z])"
)
_WINDOW = 4000


def _is_named_elsewhere(place: Place) -> bool:
    """Whether another sentence prints the same number with its unit: it is a dose, then, and no result."""
    printed = place.lower[place.start : place.end]
    return (
        printed in place.lower[max(0, place.begin - _WINDOW) : place.begin]
        or printed in place.lower[place.stop : place.stop + _WINDOW]
    )


# "greater with quetiapine 300 and 600 mg/day"
_DRUG_BEFORE = re.compile(
    r"(?<![a-z])(?:with|receiving|taking|given|plus|than|versus|vs) (?!(?:mean|median|average|an|those|the)(?![a-z]))"
    r"[a-z-]{5,24} (?:[\d.]+(?: mg)?(?:,| and|, and| or) )?\Z"
)
# How well a test tells the ill from the well: "AUC from 0.68 to 0.83"
_DISCRIMINATION = re.compile(r"(?<![a-z])(?:auc|aucs|auroc|c-statistics?|c-index)(?![a-z])[^;]{0,60}\Z")
# "the change in uptake was +1.01"
_CHANGE_WAS = re.compile(
    r"(?<![a-z])(?:changes?|increases?|decreases?|reductions?|improvements?|gains?|losses|loss)(?: [^.;,()]{1,60})?"
    r" (?:was|were|averaged) [-+]?\Z"
)


def judge_number(shape: Shape, place: Place, before: str, after: str) -> Judgement:
    """The kind of a bare number by its words; UNSURE where only its neighbours can tell."""
    clause = place.clause
    printed = place.norm[place.start : place.end]
    whole = "." not in printed and shape.unit is None and not shape.signed
    if whole and before.endswith(("none of the ", "none of ")):
        return NOT
    if shape.unit is None and abs(shape.number) < 1 and _DISCRIMINATION.search(clause[-80:]):
        return NOT
    if place.has("from") and shape.unit in _OTHER_TIMES and _FROM_TO.search(before):
        return Judgement(average_named(place) or ArmValueKind.MEAN, 0.65, True)
    if place.has("from") and _FROM.search(before) and _TO_ANOTHER.match(after):
        if shape.unit in _OTHER_TIMES and _TO_A_TIME.match(after):
            return NOT
        return Judgement(average_named(place) or ArmValueKind.MEAN, 0.7, True)
    if shape.unit is not None and cues.TIME_UNIT.match(shape.unit):
        return judge_time(clause, before, after)
    if shape.unit is not None and _RATE_UNIT.match(shape.unit):
        return Judgement(ArmValueKind.RATE, 0.7, True)
    if shape.unit is not None and _HIGHER_AFTER.match(after):
        return NOT
    dosed = shape.unit in DOSE_UNITS and (
        before.endswith(" at ") or _DRUG_BEFORE.search(before[-50:]) or _is_named_elsewhere(place)
    )
    if FOLLOW_UP_AFTER.match(after) or dosed:
        return NOT
    if whole and not (printed.lower() == "one" and _ONE_AS_CRITERION.search(before)):
        if cues.EVENT_NOUN_AFTER.match(after) and re.search(r"total of \Z", before[-10:]):
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        if re.search(
            r"(?:% of|subgroup of|among|there (?:were|was)|of the|total of) \Z", before[-20:]
        ) and not cues.EVENT_NOUN_AFTER.match(after):
            return UNSURE
        if is_sample(place, before, after, fraction=False) or _HAD_MEAN.match(after):
            return NOT
        if cues.EVENT_NOUN_AFTER.match(after) and (shape.number < 1900 or shape.number > 2100):
            return Judgement(ArmValueKind.EVENTS, 0.7, True)
        if cues.PEOPLE_HAPPENED_AFTER.match(after) or cues.PEOPLE_IN_GROUP_HAPPENED_AFTER.match(after):
            return Judgement(ArmValueKind.EVENTS, 0.7, True)
        if _PEOPLE_NOT_WHO.match(after) and cues.IN_PEOPLE_BEFORE.search(before):
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        if _HAPPENED_NEXT.match(after) and _CLAUSE_BEGINS.search(before):
            return Judgement(ArmValueKind.EVENTS, 0.55, True)
        if (
            cues.AVERAGE.search(clause) is None
            and _NUMBER_OF.search(before[-110:])
            and (cues.COUNTABLE.search(before[-110:]))
        ):
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        if _BRACKETED_IN_GROUP.match(after) and before.endswith(("(", "[")) and cues.EVENT_WORD.search(clause):
            return Judgement(ArmValueKind.EVENTS, 0.55, True)
        if cues.PEOPLE_AFTER.match(after) or printed[:1].isalpha():
            return UNSURE
    if whole and _EXPERIENCED_AFTER.match(after):
        return Judgement(ArmValueKind.EVENTS, 0.5, True)
    average = average_named(place)
    if average is not None:
        last = max(m.end() for m in cues.AVERAGE.finditer(clause))
        distance = len(clause) - last
        if distance < 165 and (shape.unit is not None or not whole or distance < 60):
            return Judgement(average, 0.75, True)
    if shape.unit is not None and re.search(r"(?<![a-z])(?:was|were)(?: about| approximately)? -?\Z", before[-24:]):
        return Judgement(ArmValueKind.MEAN, 0.65, True)
    if (
        shape.unit is not None
        and before.endswith("(")
        and _BRACKETED_UNIT.match(after)
        and shape.unit not in DOSE_UNITS
    ):
        return Judgement(ArmValueKind.MEAN, 0.55, True)
    changed = cues.CHANGED_BY.search(clause) if place.has("changed") else None
    told = (shape.signed or not whole) and shape.unit not in DOSE_UNITS and place.has("changed")
    if told and _CHANGE_WAS.search(clause[-110:]):
        return Judgement(ArmValueKind.MEAN, 0.6, True)
    if (
        changed
        and cues.BY.match(changed.group("between") or "")
        and (shape.unit is not None or shape.signed or not whole)
        and shape.unit not in DOSE_UNITS
        and not changed.group().startswith(("inhibit", "suppress", "attenuat"))
    ):
        return Judgement(ArmValueKind.MEAN, 0.6, True)
    return UNSURE
