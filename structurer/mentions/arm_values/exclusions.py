"""Tell what is no result of a group: labels, doses, bounds, statistics, ages, sizes of samples, parts of names."""

from __future__ import annotations

import re

from structurer.mentions.arm_values import contexts, cues
from structurer.mentions.arm_values.differences import is_difference, is_relative
from structurer.mentions.arm_values.place import Place
from structurer.mentions.arm_values.shape import Shape

_AGE_UNITS = frozenset({"years", "year", "yr", "yrs", "y"})


# How old a group is, behind its size: (n=140; 58.9 years)
_AGE_BEHIND_SIZE = re.compile(r"[(\[]n ?= ?\d{1,5}[;,] \Z")
_AGE = re.compile(r"(?<![a-z])(?:mean|median|average) (?:[(\[][^)\]]{1,12}[)\]] )?(?:\w+ )?ages?(?![a-z])[^;]{0,130}\Z")


_IN_A_LIST = re.compile(r"(?<![a-z])in (?:\d+ ?\(\d+(?:\.\d+)?%?\),? (?:and )?){0,3}\Z")


_VERSUS_CONTROL = re.compile(r" ?(?:vs?\.?|versus) (?:the )?(?:placebo|controls?)(?: group)?[;,)]")
_RELATIVE_TO_PLACEBO = re.compile(
    r"relative to placebo,? [^;]{0,90}(?:by|of|in|[(\[])[^;]{0,50}\Z"
    r"|(?:lower|higher|greater|reduced|less|more|better) [^;]{0,60}(?:compared with|compared to|versus|vs\.?|than)"
    r" placebo,? (?!group|[(\[])[^;]{2,90}[(\[]-\Z"
    r"|placebo-(?:corrected|adjusted|subtracted)[^.;]{0,110}\Z"
)
_ANOTHER_AFTER = re.compile(r"[^();]{0,30} (?:vs?\.?|versus|compared with) ")
# "the difference was small (16.2% vs 13.4%)": two groups' values
_AGAINST_AFTER = re.compile(r" ?(?:vs?\.?|versus|compared (?:with|to)) ")
# "4.6 of 5.0", "7 out of 10": the most that a scale gives
_OUT_OF = re.compile(r"\d\.\d+ (?:out )?of (?:a possible |a maximum of )?\Z|\d out of (?:a possible |a maximum of )\Z")
_APPROACHED_AFTER = re.compile(
    r" (?:were )?lost to follow|(?: ?of) (?:the |all )?(?:approached|invited|contacted|screened)(?![a-z])"
)
# "(n = 58; 47% surgery, 34% tablets": what the people of a group were given
_GIVEN_BEFORE = re.compile(r"[(\[]n ?= ?[\d,]{1,7}[,;] (?:\d[\d.]*% [a-z][a-z -]{1,30}, (?:and )?){1,5}\Z")
# "at 12 h (3.2 vs 4.1) and 24 h (2.2 vs 3.1)": the second time of such a list
_TIME_OF_LIST = re.compile(
    r"(?<![a-z])(?:at|after) (?:the )?(?:baseline|\d+ ?(?:h|hrs?|hours?|min|minutes?|days?|weeks?|months?|years?))"
    r"(?: \([^()]{1,40}\)(?:[,;]| and|, and) \d+ ?[a-z]{1,7}){0,4} \([^()]{1,40}\)(?:[,;]| and|, and) \Z"
)
_SET_AGAINST = re.compile(r" ?(?:and|,|;|vs?\.?|versus) ")
# "-1. 28 l/min": a decimal that a space has split would be read as a whole number
_SPLIT_DECIMAL = re.compile(r"\. \d")
_ITEMS_AFTER = re.compile(
    r" (?:[a-z-]+ |\([a-z0-9-]{1,8}\) ){0,4}?(?:items|domains|behaviou?rs|facets|tasks|indicators|aspects|features"
    r"|scales|subscales|measures|parameters|outcomes|variables|questions"
    r"|components|dimensions|studies|trials|centres|centers|sites|cycles|criteria|biomarkers|genes|cytokines"
    r"|symptoms|tests|endpoints|snps|polymorphisms|variants|loci|mutations)(?![a-z])"
)


_BOUND_RESTATED = re.compile(r"[<>≤≥] ?=? ?\d[^()]{0,15}[(\[]\Z")


# the digits of 25-hydroxyvitamin D and of glycated haemoglobin, printed with brackets
_LETTERS_AFTER = re.compile(r"\(OH\)|[a-z]\)")
_CLOCK = re.compile(r"0\d[.:][0-5]\d(?!\d)|(?:1\d|2[0-3])[.:][03]0 ?h(?![a-z])")
# "8 am and 4 p.m."
_CLOCK_AFTER = re.compile(r" ?[ap]\.?m(?![a-z])")
_RANGE_AFTER = re.compile(r" ?-\d|:\d\d(?!\d)|\(\d\)")


def is_no_value(shape: Shape, place: Place, before: str, after: str) -> bool:
    """Whether what stands right before or behind a number makes it something else than a group's result."""
    if place.has("background") and contexts.BACKGROUND_BEFORE.search(before[-120:]):
        return True
    if place.has("level") and shape.form in ("number", "percent") and contexts.LEVEL_BEFORE.search(before[-150:]):
        return True
    if (place.has("interval") and contexts.INTERVAL_BEFORE.search(before[-45:])) or _is_part_of_a_name(shape, place):
        return True
    bare = before.rstrip("-+~( [") if shape.form in ("number", "percent", "spread", "quartiles") else before
    if place.has("p") and _is_a_p_value(shape, before):
        return True
    statistic = place.names_statistic() and contexts.STATISTIC_BEFORE.search(
        place.norm[max(place.begin, place.start - 50) : place.start]
    )
    if statistic and not (shape.form == "spread" and statistic.group().startswith(("SE", "SD"))):
        return True  # "M ± SE = 83.9 ± 0.7" names the spread
    if contexts.AFTER_NOT.match(after) and shape.form not in ("fraction", "share"):
        return True
    if (
        (place.has("characteristic") and contexts.CHARACTERISTIC_BEFORE.search(before[-120:]))
        or (shape.form != "fraction" and place.has("sex") and contexts.SEX_BEFORE.search(before[-24:]))
        or (
            shape.form in ("percent", "share")
            and contexts.SIZE_BEFORE.search(before[-14:] if len(before) > 14 else before)
        )
    ):
        return True
    if contexts.AGE_AFTER.match(after) or (
        place.has("traits") and (contexts.AGE_FAR_BEFORE.search(before) or contexts.TRAITS_BEFORE.search(before[-140:]))
    ):
        return True
    if shape.form in ("percent", "share") and (
        contexts.TREATED_BEFORE.search(before[-18:]) or contexts.TREATED_AFTER.match(after)
    ):
        return True
    if shape.form in ("number", "percent") and _is_against_placebo(shape, place, before, after):
        return True
    if shape.unit is not None and before.endswith((") and ", "), ", "); ")) and _TIME_OF_LIST.search(before[-110:]):
        return True
    if shape.form in ("number", "percent") and _OUT_OF.search(before[-12:]):
        return True
    if shape.form == "percent" and (_APPROACHED_AFTER.match(after) or is_relative(place)):
        return True
    if shape.form == "percent" and _GIVEN_BEFORE.search(before[-90:]):
        return True
    if (
        shape.form in ("percent", "share")
        and place.has("sex")
        and contexts.SEX_AFTER.match(after)
        and not _IN_A_LIST.search(before[-60:])
    ):
        return True
    if shape.unit in _AGE_UNITS and _AGE_BEHIND_SIZE.search(before[-16:]):
        return True
    if contexts.OWN_INTERVAL_AFTER.match(after) or (shape.unit in _AGE_UNITS and _AGE.search(before)):
        return True
    if shape.form == "number" and _SPLIT_DECIMAL.match(place.norm, place.end) and before.rfind("(") > before.rfind(")"):
        return True
    if shape.form == "share" and before.endswith((" in the ", " for the ", " of the ", " among the ")):
        return "evaluable" in place.lower[place.start : place.end]
    if shape.form == "fraction" and shape.percent is None and _ITEMS_AFTER.match(after):
        return True
    if shape.form == "fraction" and after.startswith((" swollen", " tender", " grade")):
        return True
    if shape.form == "share" and (shape.events or 0) < 5 and before.endswith(("in group ", "of group ")):
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
    if before.endswith(contexts.BOUND_ENDS) and contexts.BOUND_BEFORE.search(before[-40:]):
        # "grade 3 ≥ 49.7%" misprints the grade's sign, not a bound of the value
        return not re.search(r"grades? \d(?:-\d)? ?≥ ?\Z", before[-16:])
    if (
        place.has("difference")
        and contexts.DIFFERENCE_BEFORE.search(before[-80:])
        and not re.search(r"(?<![a-z])(?:no|not) [a-z ]{0,30}differen", before[-90:])
        and not (before.endswith(("(", "[")) and _AGAINST_AFTER.match(after))
    ):
        return True
    if (place.has("by") and contexts.RISK_BY_BEFORE.search(before[-110:])) or is_difference(place):
        return True
    if shape.form in ("number", "percent") and (
        contexts.LIMITS_BEFORE.search(before[-40:])
        or (shape.form == "number" and place.has("label") and contexts.LABEL_LIST_BEFORE.search(before[-50:]))
        or (place.has("bound") and _BOUND_RESTATED.search(before[-40:]) and not _SET_AGAINST.match(after))
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


def _is_a_p_value(shape: Shape, before: str) -> bool:
    if contexts.P_BEFORE.search(before[-40:]):
        return True
    bare = shape.form == "number" and shape.unit is None and not shape.signed and shape.number <= 1
    return bare and contexts.P_LIST_BEFORE.search(before[-40:]) is not None


def _is_against_placebo(shape: Shape, place: Place, before: str, after: str) -> bool:
    """Whether one number tells the difference from a control: "(-0.6% vs placebo; P < .001)", "relative to placebo"."""
    if "placebo" not in before and "placebo" not in after and "control" not in after:
        return False
    if before.endswith(("(", "(-")) and _VERSUS_CONTROL.match(after):
        return True
    clause = place.clause + "-" if shape.signed < 0 else place.clause
    return _RELATIVE_TO_PLACEBO.search(clause) is not None and not _ANOTHER_AFTER.match(after)


def _is_part_of_a_name(shape: Shape, place: Place) -> bool:
    """A digit inside a name ("R-CHOP14", "BRCA1/2", "CA-125"), a range ("20-40%") or a time of day ("8:00")."""
    norm, start = place.norm, place.start
    before = norm[max(0, start - 2) : start]
    if shape.form == "number" and shape.unit is None:
        followed = norm[place.end : place.end + 1].isalpha() and shape.number % 1 == 0
        if followed or _LETTERS_AFTER.match(norm, place.end):
            return True  # "25(OH)D", "1RM"
    if shape.form == "number" and (shape.unit == "pm" or _CLOCK_AFTER.match(place.after)):
        return True
    if shape.form == "number" and _CLOCK.match(norm, start) and place.before.endswith((" at ", " and ", "-", "(")):
        return True
    if before == "0(" and norm[max(0, start - 3)] == "1" and norm.startswith(")", place.end):
        return True
    if before[-1:] == "(" and before[:1].isalpha() and norm.startswith("-", start) and norm.startswith(")", place.end):
        return True
    if before == "%-" and shape.form in ("percent", "share"):
        return True
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


def is_sample(place: Place, before: str, after: str, fraction: bool) -> bool:
    """Whether a count or a share is of the sample: who was screened, randomised, analysed or lost."""
    if not place.has("sample"):
        return False
    if not fraction and contexts.SAMPLE_FAR_AFTER.match(after):
        return True
    if contexts.SAMPLE_AFTER.match(after) or contexts.SAMPLE_VERB_AFTER.match(after):
        return True
    if (
        fraction
        or before.endswith("by a total of ")
        or (after.startswith((" of ", " (")) and before.endswith(" total of "))
    ):
        return False
    return contexts.SAMPLE_BEFORE.search(before[-70:]) is not None
