"""Judge a printed shape: is it one group's result, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from structurer.mentions import arm_value_contexts as contexts
from structurer.mentions import arm_value_cues as cues
from structurer.mentions.arm_value_shapes import Shape
from structurer.schema import ArmValueKind

_REACH = 170


class Judgement(NamedTuple):
    """What a shape is (None: no result), how sure that is, and whether it may be judged anew by its neighbours."""

    kind: ArmValueKind | None
    confidence: float
    firm: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape stands: its sentence's bounds and its own, in the normalised text and the same in lower case."""

    norm: str
    lower: str
    begin: int
    stop: int
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.lower[max(self.begin, self.start - _REACH) : self.start]

    @property
    def after(self) -> str:
        return self.lower[self.end : min(self.stop, self.end + 120)]

    @property
    def clause(self) -> str:
        """What stands before the value in its own clause."""
        before = self.before
        return before[before.rfind(";") + 1 :]


NOT = Judgement(None, 0.0, True)
UNSURE = Judgement(None, 0.0, False)


def judge(shape: Shape, place: Place) -> Judgement:
    """The kind of a shape by its own form and the words around it; neighbours are not looked at."""
    before, after = place.before, place.after
    if shape.interval or _is_no_value(shape, place, before, after):
        return NOT
    if shape.form == "rate":
        return Judgement(ArmValueKind.RATE, 0.8, True)
    if shape.form in ("fraction", "share"):
        if _is_sample(before, after, shape.form == "fraction"):
            return NOT
        return Judgement(ArmValueKind.EVENTS, 0.95 if shape.form == "fraction" else 0.9, True)
    if shape.form == "size":
        if _EVENT_BEFORE_SIZE.search(before[-60:]) and shape.events:
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        return UNSURE
    if (
        shape.form in ("spread", "quartiles")
        and shape.unit
        and cues.TIME_UNIT.match(shape.unit)
        and _is_follow_up(place)
    ):
        return NOT
    if shape.form == "spread":
        return Judgement(_average(place) or ArmValueKind.MEAN, 0.9, True)
    if shape.form == "quartiles":
        if shape.range_named == "" and _average(place) is None:
            return UNSURE
        kind = _average(place) or (ArmValueKind.MEDIAN if shape.range_named == "iqr" else ArmValueKind.MEAN)
        return Judgement(kind, 0.8, True)
    if shape.form == "percent":
        return _judge_percent(shape, place, before, after)
    return _judge_number(shape, place, before, after)


def _is_no_value(shape: Shape, place: Place, before: str, after: str) -> bool:
    if contexts.INTERVAL_BEFORE.search(before[-45:]) or _is_part_of_a_name(shape, place):
        return True
    bare = before.rstrip("-+~( [") if shape.form in ("number", "percent", "spread", "quartiles") else before
    if contexts.P_BEFORE.search(before[-60:]) or contexts.STATISTIC_BEFORE.search(
        place.norm[max(place.begin, place.start - 60) : place.start]
    ):
        return True
    if contexts.AFTER_NOT.match(after) and shape.form not in ("fraction", "share"):
        return True
    if (
        contexts.CHARACTERISTIC_BEFORE.search(before[-90:])
        or contexts.SEX_BEFORE.search(before[-24:])
        or contexts.SIZE_BEFORE.search(before[-14:] if len(before) > 14 else before)
    ):
        return True
    if contexts.CHARACTERISTIC_AFTER.match(after) and not _IN_A_LIST.search(before[-60:]):
        return True
    if contexts.OWN_INTERVAL_AFTER.match(after) or (shape.unit in _AGE_UNITS and _AGE.search(before)):
        return True
    if shape.form == "fraction" and shape.percent is None and _ITEMS_AFTER.match(after):
        return True
    if shape.form in ("fraction", "share"):
        return (
            bool(re.search(r"(?<![a-z])(?:grades?|stage|phase|hpv|brca|type|vs) ?\Z", bare[-12:]))
            and shape.percent is None
            and shape.form == "fraction"
            and (shape.n or 0) < 20
        )
    if shape.form == "size":
        return False
    if contexts.BOUND_BEFORE.search(before[-40:]):
        # "grade 3 ≥ 49.7%" misprints the grade's sign, not a bound of the value
        return not re.search(r"grades? \d(?:-\d)? ?≥ ?\Z", before[-16:])
    if contexts.DIFFERENCE_BEFORE.search(before[-80:]) and not re.search(
        r"(?<![a-z])(?:no|not) [a-z ]{0,30}differen", before[-90:]
    ):
        return True
    if contexts.RISK_BY_BEFORE.search(before[-110:]):
        return True
    if shape.form in ("number", "percent") and (
        contexts.LABEL_LIST_BEFORE.search(before[-50:]) or _BOUND_RESTATED.search(before[-40:])
    ):
        return True
    if shape.form != "number" and not (shape.form == "percent" and contexts.COUNTER_BEFORE.search(before[-9:])):
        return False
    if shape.form == "percent":
        return not before.endswith(("in ", "per "))
    if shape.unit is None and 1900 <= shape.number <= 2100 and not cues.EVENT_NOUN_AFTER.match(after):
        return True
    if contexts.LABEL_BEFORE.search(before[-18:]):
        return True
    time = shape.unit is not None and cues.TIME_UNIT.match(shape.unit) is not None
    counted = cues.PEOPLE_AFTER.match(after)
    return (time or (shape.unit is None and not counted)) and contexts.COUNTER_BEFORE.search(before[-12:]) is not None


_AGE_UNITS = frozenset({"years", "year", "yr", "yrs", "y"})
_AGE = re.compile(r"(?<![a-z])(?:mean|median|average) (?:[(\[][^)\]]{1,12}[)\]] )?(?:\w+ )?ages?(?![a-z])[^;]{0,70}\Z")
_IN_A_LIST = re.compile(r"(?<![a-z])in (?:\d+ ?\(\d+(?:\.\d+)?%?\),? (?:and )?){0,3}\Z")
_ITEMS_AFTER = re.compile(
    r" (?:[a-z-]+ ){0,4}?(?:items|domains|scales|subscales|measures|parameters|outcomes|variables|questions|components|dimensions|studies|trials|centres|centers|sites|cycles|criteria|biomarkers|genes|cytokines|symptoms|tests|endpoints)(?![a-z])"
)
_EVENT_BEFORE_SIZE = re.compile(
    rf"(?<![a-z])(?:{cues.EVENTS}|mortality|death from [a-z ]{{2,30}}|nonfatal [a-z]+|fatal [a-z]+) ?[(\[]n ?= ?\Z",
    re.I,
)
_BOUND_RESTATED = re.compile(r"[<>≤≥] ?=? ?\d[^()]{0,15}[(\[]\Z")
_RANGE_BEFORE = re.compile(r"\d ?%? ?-\Z|\d-[a-z]*-?\Z")
_RANGE_AFTER = re.compile(r" ?-\d|:\d\d(?!\d)|\(\d\)")


def _is_part_of_a_name(shape: Shape, place: Place) -> bool:
    """A digit inside a name ("R-CHOP14", "BRCA1/2", "CA-125"), a range ("20-40%") or a time of day ("8:00")."""
    norm, start = place.norm, place.start
    before = norm[max(0, start - 2) : start]
    if (
        before
        and before[-1].isalpha()
        and norm[start].isdigit()
        and not norm[max(0, start - 3) : start].endswith(("USD", "EUR", "Rs", "n"))
    ):
        return True
    if len(before) == 2 and before[1] in "-/" and before[0].isalnum() and shape.form in ("number", "percent", "share"):
        if before[1] == "/" and before[0].isdigit():
            return re.search(r"[A-Za-z]\d{1,3}/\Z", norm[max(0, start - 6) : start]) is not None
        return True
    if before.endswith(":") and before[0].isdigit():
        return True
    return shape.form in ("number", "percent") and _RANGE_AFTER.match(place.after) is not None


def _is_sample(before: str, after: str, fraction: bool) -> bool:
    if contexts.SAMPLE_AFTER.match(after) or contexts.SAMPLE_VERB_AFTER.match(after):
        return True
    return not fraction and contexts.SAMPLE_BEFORE.search(before[-70:]) is not None


_ASIDE = re.compile(r"\([^()]{6,80}\)")


def _average(place: Place) -> ArmValueKind | None:
    """Mean or median, by the last of these words before the value in its clause."""
    last = None
    clause = _ASIDE.sub(" ", place.clause)
    for match in cues.AVERAGE.finditer(clause):
        if not cues.FOLLOW_UP_NEXT.match(clause, match.end()):
            last = match
    if last is None:
        return None
    return ArmValueKind.MEDIAN if last.group("median") else ArmValueKind.MEAN


def _judge_percent(shape: Shape, place: Place, before: str, after: str) -> Judgement:
    if _is_sample(before, after, fraction=False):
        return NOT
    if place.norm[max(0, place.start - 1) : place.start] == "/" and place.norm[place.start - 2 : place.start] != "%/":
        return NOT
    clause = place.clause
    if _PROPORTION.search(clause[-110:]):
        return Judgement(ArmValueKind.PERCENT, 0.9, True)
    relative = contexts.RELATIVE_AFTER.match(after)
    if relative and not contexts.FROM_BASELINE_AFTER.match(after[relative.end() :]):
        return NOT
    if shape.signed:
        return Judgement(_average(place) or ArmValueKind.MEAN, 0.8, True)
    if cues.SHARE_AFTER.match(after):
        return Judgement(ArmValueKind.PERCENT, 0.95, True)
    if relative:
        return Judgement(ArmValueKind.MEAN, 0.6, True)
    changed = cues.CHANGED_BY.search(clause)
    if (
        changed
        and cues.BY.match(changed.group("between"))
        and not _in_a_contrast(before, after)
        and not re.search(
            r"(?<![a-z])(?:from|proportion|percentage|incidence|frequency)(?![a-z])", changed.group("between")
        )
    ):
        share = [m.start() for m in cues.SHARE.finditer(clause)]
        if not share or share[-1] < changed.start() - 60:
            return Judgement(_average(place) or ArmValueKind.MEAN, 0.65, True)
    average = _average(place)
    measured = None
    for measured in cues.MEASURED_IN_PERCENT.finditer(clause):
        pass
    shared = None
    for shared in cues.SHARE.finditer(clause):
        pass
    if average is not None:
        last = max(m.start() for m in cues.AVERAGE.finditer(clause))
        if shared is None or (
            shared.start() < last or (shared.start() - last < 40 and shared.group().startswith("rate"))
        ):
            return Judgement(average, 0.7, True)
    if measured is not None and (shared is None or shared.start() < measured.start() - 70):
        if re.search(r"[<>≤≥] ?=? ?\d", clause[measured.end() :]):
            return Judgement(ArmValueKind.PERCENT, 0.8, True)
        return Judgement(ArmValueKind.MEAN, 0.7, True)
    return Judgement(ArmValueKind.PERCENT, 0.9 if shared else 0.8, True)


def _judge_number(shape: Shape, place: Place, before: str, after: str) -> Judgement:
    clause = place.clause
    printed = place.norm[place.start : place.end]
    whole = "." not in printed and shape.unit is None and not shape.signed
    if _FROM.search(before) and re.match(r" to [-+]?\d", after):
        return Judgement(_average(place) or ArmValueKind.MEAN, 0.7, True)
    if shape.unit is not None and cues.TIME_UNIT.match(shape.unit):
        return _judge_time(clause, before)
    if whole and not (printed.lower() == "one" and _ONE_AS_CRITERION.search(before)):
        if cues.EVENT_NOUN_AFTER.match(after) and re.search(r"total of \Z", before[-10:]):
            return Judgement(ArmValueKind.EVENTS, 0.6, True)
        if re.search(
            r"(?:% of|subgroup of|among|there (?:were|was)|of the|total of) \Z", before[-20:]
        ) and not cues.EVENT_NOUN_AFTER.match(after):
            return UNSURE
        if _is_sample(before, after, fraction=False):
            return NOT
        if cues.EVENT_NOUN_AFTER.match(after) and (shape.number < 1900 or shape.number > 2100):
            return Judgement(ArmValueKind.EVENTS, 0.7, True)
        if cues.PEOPLE_HAPPENED_AFTER.match(after) or cues.PEOPLE_IN_GROUP_HAPPENED_AFTER.match(after):
            return Judgement(ArmValueKind.EVENTS, 0.7, True)
        if cues.PEOPLE_AFTER.match(after) and cues.IN_PEOPLE_BEFORE.search(before) and cues.EVENT_WORD.search(clause):
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
    average = _average(place)
    if average is not None:
        last = max(m.end() for m in cues.AVERAGE.finditer(clause))
        distance = len(clause) - last
        if distance < 130 and (shape.unit is not None or not whole or distance < 60):
            return Judgement(average, 0.75, True)
    if shape.unit is not None and re.search(r"(?<![a-z])(?:was|were)(?: about| approximately)? -?\Z", before[-24:]):
        return Judgement(ArmValueKind.MEAN, 0.65, True)
    if (
        shape.unit is not None
        and before.endswith("(")
        and _BRACKETED_UNIT.match(after)
        and shape.unit not in _DOSE_UNITS
    ):
        return Judgement(ArmValueKind.MEAN, 0.55, True)
    changed = cues.CHANGED_BY.search(clause)
    if (
        changed
        and cues.BY.match(changed.group("between"))
        and (shape.unit is not None or shape.signed or not whole)
        and shape.unit not in _DOSE_UNITS
    ):
        return Judgement(ArmValueKind.MEAN, 0.6, True)
    return UNSURE


_ONE_AS_CRITERION = re.compile(
    r"(?<![a-z])(?:reported|least|prevent|had|experienced|received|than|to|or|per|with|into|only|every|each) \Z"
)


def _in_a_contrast(before: str, after: str) -> bool:
    """Whether a bracket holds the shares of two groups: "infection decreased (3% vs. 15%)"."""
    return (before.endswith(("(", "[")) and re.match(r" ?(?:v|vs\.?|versus) ", after) is not None) or re.search(
        r" (?:v|vs\.?|versus) \Z", before
    ) is not None


_HAPPENED_NEXT = re.compile(
    r" (?:had|achieved|developed|experienced|died|relapsed|recurred|responded|showed|reported|progressed|required)(?![a-z])"
)
_CLAUSE_BEGINS = re.compile(r"(?:[,;:(]|(?<![a-z])and|\A) ?\Z")
_NUMBER_OF = re.compile(r"(?<![a-z])numbers? of [^;()]{3,90}(?: was| were|[(\[:,]| in [^;()]{3,30}[(\[]) ?\Z")
_BRACKETED_IN_GROUP = re.compile(
    r" (?:in|with|on|for) (?:the )?[^,;()]{2,45}? (?:and|vs\.?|versus|compared with) (?:\d|one |two |three |four |five |six |seven |eight |nine |ten |none )"
)
_BRACKETED_UNIT = re.compile(r"[)\]]")
_FROM = re.compile(
    r"(?<![a-z])(?:increas|decreas|reduc|declin|improv|rose|rise|fell|fall|dropp|chang|went|lower|rais|shift|grew|progress)[a-z]*[^;]{0,90} from (?:a (?:mean|median|baseline) (?:of )?)?[-+]?\Z"
)
_PROPORTION = re.compile(
    r"(?<![a-z])(?:proportions?|percentages?) of (?:the )?[a-z]+(?! (?:was|were) (?:reduced|increased|decreased))"
)
_DOSE_UNITS = frozenset(
    {"mg", "g", "mcg", "µg", "μg", "ug", "IU", "Gy", "mg/day", "mg/d", "mg/kg", "mg/m2", "ml", "mL", "U", "mg/week"}
)


def _is_follow_up(place: Place) -> bool:
    clause = place.clause
    follow = clause.rfind("follow")
    if follow < 0:
        return bool(re.search(r" for (?:a (?:median|mean) of )?\Z", place.before[-24:]))
    return (
        not re.search(r"(?:median|mean|average)", clause[follow:].replace("median follow", ""))
        or len(clause) - follow < 60
    )


def _judge_time(clause: str, before: str) -> Judgement:
    anchors = [(m.start(), "follow") for m in cues.FOLLOW_UP.finditer(clause)]
    anchors += [(m.start(), "median" if m.group("median") else "mean") for m in cues.AVERAGE.finditer(clause)]
    if not anchors:
        if (
            cues.EVENT_TIME.search(clause)
            or re.search(r"durations? (?:was|were) \Z|durations? were [\d.]+ ?[a-z]* and \Z", before[-40:])
        ) and not contexts.TIME_BEFORE.search(before[-24:]):
            return Judgement(ArmValueKind.MEDIAN, 0.55, False)
        return UNSURE
    anchors.sort()
    if (
        anchors[-1][1] == "follow"
        and cues.EVENT_TIME.search(clause, anchors[-1][0])
        and not contexts.TIME_BEFORE.search(before[-24:])
    ):
        return Judgement(ArmValueKind.MEDIAN, 0.6, False)
    if anchors[-1][1] == "follow" or (
        len(anchors) > 1 and anchors[-2][1] == "follow" and anchors[-1][0] - anchors[-2][0] < 20
    ):
        return NOT
    between = clause[anchors[-1][0] :]
    if re.match(r"(?:median|mean|average) (?:[a-z]+ ){0,2}follow", between):
        return NOT
    if contexts.TIME_BEFORE.search(before[-24:]) and not re.search(
        r"(?:median|mean|average) (?:[a-z]+ ){0,6}of (?:about |approximately )?\Z", between
    ):
        if not re.search(r"(?<![a-z])(?:of|about|approximately|and|around|than) \Z", before[-16:]):
            return NOT
    if len(between) > 150:
        return UNSURE
    return Judgement(ArmValueKind.MEDIAN if anchors[-1][1] == "median" else ArmValueKind.MEAN, 0.8, True)
