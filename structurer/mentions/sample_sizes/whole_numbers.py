"""Whole numbers in digits or words that may count something, with what stands right beside them ruled out.

A year, a percentage, a dose, a duration, a range, a decimal, part of a code or of a compound (`24-week`) is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from structurer.text.number_words import find_number_words
from structurer.text.reading import Reading


class WholeNumber(NamedTuple):
    """A whole number: its offsets and its value."""

    start: int
    end: int
    value: int


_RUN = re.compile(r"[0-9][0-9]*")
# "1,234", "12 345" (a space only where the text goes on with words or a bracket's end)
_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+(?= [a-z(\[]|[).,;\]]))(?![\d])")
# Signs that make a run of digits part of something else when they stand right before it.
_GLUE = frozenset(".,/^$€£#<>≤≥±×+*°-_")
# Units of measure and of time, and the signs of a number that counts nothing, right after it.
_NO_COUNT_AFTER = re.compile(
    r"[.,·]\d|[%‰/^°'×*]|:(?! [a-z])|\)?-(?:[a-z\d]| ?(?:and|to|or) )|[a-z]"
    r"| ?[(\[]\d{1,3}(?:\.\d+)?[)\]] (?:years|yrs|y|months|weeks|days|hours|min|kg|mm|cm|points)(?![a-z])"
    r"| ?(?:%|per ?cent|±|\+/-|×|x \d|\*|to \d|or (?:more|less|fewer)|\.\d|o'clock|: ?\d)"
    r"| (?:consecutive |additional |further |more |full )?(?:[mµμknp]?g|[mdµμ]?l|[mcµμnk]?m|"
    r"[mµμnp]?mol|gy|[mk]?iu|[mµμ]?ci|m?sv|[mgk]?bq|meq|k?pa|[mk]?hz|s|mcg|ug|mm ?hg|mm\d?|cm\d?|kcal|"
    r"kj|iu|units?|"
    r"gy|grays?|tesla|volts?|watts?|hz|db|rads?|cgy|min|mins|minutes?|h|hr|hrs|hours?|secs?|seconds?|"
    r"d|days?|nights?|wk|wks|weeks?|"
    r"mo|mos|months?|mths?|y|yr|yrs|years?|decades?|fractions?|doses?|cycles?|courses?|times|fold|"
    r"degrees?|points?|percentage|"
    r"millions?|billions?|thousands?|copies|cells|tablets?|capsules?|drops?|puffs?|sessions?|visits?|"
    r"items?|mets?|am|pm|a\.m|p\.m|euros?|dollars?|pounds?|"
    r"bpm|beats|breaths|metres?|meters?|km|miles|inch(?:es)?|feet|steps|kilograms?|grams?|milligrams?|"
    r"litres?|liters?)(?![a-z])(?!-)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|early|late|mid|years?)"
)
_DATE_BEFORE = re.compile(
    rf"(?:{_MONTH}\.?,? ?(?:\d{{1,2}},? ?)?|(?<![a-z])(?:in|from|since|until|till|between|before|after|"
    rf"during|through|by|(?:from|between|and|\d{{4}}) [^.;]{{0,12}}(?:to|and)|\() ?)\Z"
)
_YEARS_BEFORE = re.compile(r"(?<![a-z])(?:between|from) (?:19|20)\d\d (?:and|to|until|through) \Z")
_TO_A_TIME = re.compile(r" to (\d{1,3})[ -](?:days?|weeks?|months?|years?|hours?)(?![a-z])")
_DAY_BEFORE = re.compile(rf"(?<![a-z]){_MONTH}\.? \Z")
_DAY_AFTER = re.compile(rf",? (?:19|20)\d\d| {_MONTH}(?![a-z])")
_ORDINAL_BEFORE = re.compile(
    r"(?<![a-z])(?:days?|weeks?|months?|years?|visits?|cycles?|grades?|stages?|phases?|types?|levels?|"
    r"classe?s?|steps?|version|table|fig(?:ure)?|age[ds]?|"
    r"aged? (?:over|under|above|below|between)|chapter|criteria|score[ds]?(?: of)?|scale|part|study|"
    r"trial|cohort|group|arm|scenario|lines?|weeks? \d{1,3} and|"
    r"number|no\.|id|older than|younger than|level of|day[s]? \d{1,3}(?:,| and)|p ?[=<>]|[<>=≤≥±~] ?|"
    r"ratio of|median of|mean of|average of|"
    r"mean|median|weeks \d+,|months? \d{1,3} and|power of|alpha of|dose of|doses of|once every|every|"
    r"interval of)[ (]?\Z"
)
# "on days 1, 3, 5, 7 and 9": what joins the numbers of one label
_LABEL_LIST = re.compile(r",? (?:and |or |to )?|-")
_LABEL_AFTER = re.compile(r",? (?:and|or|to|of|after) |, ?\d|[);.]|\Z")
# "(1) a trained group, (2) ...": the number of an item
_ENUMERATED = re.compile(r"\) (?:an? |the )?[a-z]")
_LABELS = ("day", "days", "week", "weeks", "month", "months", "visit", "visits", "grade", "grades", "cycle", "cycles")
_LABEL_BEFORE = re.compile(r"(?<![a-z])(?:days?|weeks?|months?|visits?|grades?|cycles?)\Z")
_N_EQUALS = re.compile(r"(?<![a-z\d])n'?s? ?(?:=|:) ?\Z|[(\[]n\Z|(?<![a-z])(?:group|arm) ?= ?\Z")


_NO_DIGIT = re.compile(r"\D")


def find_whole_numbers(reading: Reading) -> list[WholeNumber]:
    """The numbers of a text that may count something, in text order, apart."""
    lower = reading.lower
    found: list[WholeNumber] = []
    done = 0
    labelled = -1
    length = len(lower)
    for match in _RUN.finditer(lower):
        start, end = match.span()
        before_sign = lower[start - 1] if start else " "
        if start < done or before_sign in _GLUE or (before_sign.isalnum() and not _is_glued_n(lower, start, end)):
            continue
        if start > 1 and before_sign in " ,':" and lower[start - 2].isdigit():
            continue
        done = end
        if end < length and lower[end] in ", " and (thousands := _THOUSANDS.match(lower, start)):
            done = end = thousands.end()
        if end - start > 9 or _is_glued_after(lower, end):
            continue
        before = lower[max(0, start - 24) : start]
        printed = lower[start:end]
        if end - start < 3 and (
            (before_sign == " " and _is_label(before[:-1]))
            or (labelled >= 0 and _LABEL_LIST.fullmatch(lower, labelled, start) and _LABEL_AFTER.match(lower, end))
        ):
            labelled = end
            continue
        if (
            end - start == 1
            and _ENUMERATED.match(lower, end)
            and (
                before_sign == "("
                or lower.rfind("(", max(0, start - 90), start) <= lower.rfind(")", max(0, start - 90), start)
            )
        ):
            continue
        if not is_n_equals(lower, start) and _is_no_count(lower, printed, start, end, before):
            continue
        found.append(WholeNumber(start, end, int(printed if printed.isdigit() else _NO_DIGIT.sub("", printed))))
    for word in find_number_words(lower):
        before = lower[max(0, word.start - 24) : word.start]
        if word.value and not _NO_COUNT_AFTER.match(lower, word.end) and not _is_ordinal(before):
            found.append(WholeNumber(*word))
    found.sort()
    return found


def _is_glued_n(lower: str, start: int, end: int) -> bool:
    """Whether a number that follows a letter is the 12 of `(n12)`."""
    return lower[start - 2 : start] in {"(n", "[n"} and lower[end : end + 1] in {")", "]", ",", ";"}


def _is_label(before: str) -> bool:
    """Whether a number of one or two digits right after `before` names a day, a week, a visit (`on days 5`)."""
    return before.endswith(_LABELS) and _LABEL_BEFORE.search(before) is not None


def _is_glued_after(lower: str, end: int) -> bool:
    """Whether the sign after a number makes it a decimal, a percentage, or part of a code."""
    after = lower[end : end + 2]
    if not after:
        return False
    return after[0] in "%‰^°'*" or after[0].isalpha() or (after[0] in ".,:" and after[1:].isdigit())


_ORDINAL_WORDS = frozenset(
    """
    day days week weeks month months year years visit visits cycle cycles grade grades stage stages phase
    phases type types level levels class classes step steps version table fig figure age aged ages over
    under above below between chapter criteria score scores scored of scale part study trial cohort group
    arm scenario line lines number no. id than = < > ≤ ≥ ~ ± mean median every and week, day,""".split()
)


# "In this open trial 182 patients": what stands before such a count is no name that it numbers
_COUNTED_NEXT = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:patients|participants|subjects|women|men|adults|children|volunteers|individuals|people|"
    r"cases|pts)"
    r"(?![a-z])"
)
_NAMED_BY_NUMBER = ("trial", "study", "cohort", "group", "arm")


def _is_ordinal(before: str, counted: bool = False) -> bool:
    last = before.rstrip(" (").rsplit(" ", 1)[-1]
    if counted and last in _NAMED_BY_NUMBER:
        return False
    if last[-1:] not in "=<>≤≥~±," and last not in _ORDINAL_WORDS:
        return False
    return bool(_ORDINAL_BEFORE.search(before))


def is_n_equals(lower: str, start: int) -> bool:
    """Whether the number that begins at `start` is written `n = ...` or `control group = ...`."""
    sign = lower[start - 2 : start]
    return ("=" in sign or ":" in sign or sign in {"(n", "[n"}) and _N_EQUALS.search(
        lower, max(0, start - 9), start
    ) is not None


def start_with_n(lower: str, start: int) -> int:
    """Where the `n` of `n = 61` begins, for the number that begins at `start`; `start` itself where there is none."""
    match = _N_EQUALS.search(lower, max(0, start - 9), start)
    return match.start() if match is not None and lower[match.start()] == "n" else start


def _is_no_count(lower: str, printed: str, start: int, end: int, before: str) -> bool:
    counted = len(printed) > 1 and _COUNTED_NEXT.match(lower, end) is not None
    if (_NO_COUNT_AFTER.match(lower, end) and not _goes_to_a_time(lower, printed, end)) or _is_ordinal(before, counted):
        return True
    if before.endswith(("=", "= ", "<", ">", "+ ", "± ", "× ")):
        return True
    if len(printed) <= 2 and (_DAY_BEFORE.search(before) or _DAY_AFTER.match(lower, end)):
        return True
    return _is_year(lower, printed, end, before)


def _goes_to_a_time(lower: str, printed: str, end: int) -> bool:
    """Whether a number is allocated to a length of treatment (`327 to 14 days`), and begins no range."""
    time = _TO_A_TIME.match(lower, end)
    return time is not None and printed.isdigit() and int(printed) > 2 * int(time.group(1))


def _is_year(lower: str, printed: str, end: int, before: str) -> bool:
    if len(printed) != 4 or not printed.startswith(("19", "20")) or not 1940 <= int(printed) <= 2035:
        return False
    if not _DATE_BEFORE.search(before):
        return False
    if re.search(rf"{_MONTH}\.?,? ?(?:\d{{1,2}},? ?)?\Z", before):
        return True
    if _YEARS_BEFORE.search(before):
        return True
    if re.match(r" [(\[]\d{1,3}(?:\.\d+)? ?%| (?:were|are|completed|received)\b", lower[end : end + 16]):
        return False
    # "of 2003 patients" counts; "in 2003, patients" does not
    return not re.match(
        r" (?:[a-z-]+ ){0,3}(?:patients|participants|subjects|women|men|children|adults|people|individuals|infants)\b",
        lower[end : end + 60],
    )
