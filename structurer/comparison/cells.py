"""What a person typed into a cell: numbers as they are printed, intervals, counts, p-values.

`1 234` is 1234, `0,85` is 0.85 where the sheet has decimal commas, `0·80` is 0.80, `<0.001` keeps its sign, a minus is
a minus whatever its character. A cell that says "not reported" in one of the usual ways is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite

from structurer.text.normalise import normalise

_EMPTY = re.compile(
    r"(?:|-{1,3}|\.{1,3}|\?|n\.?/?a\.?|n\.?r\.?|n/r|na|nan|none reported|not (?:reported|stated|given|available"
    r"|applicable|clear)|unclear|unknown|missing|null)\Z"
)
_LONGEST = 200
_DIGITS = r"(?:\d{1,3}(?:[ ']\d{3}){1,4}(?![\d])|\d{1,15})"
_PLAIN = rf"{_DIGITS}(?:\.\d{{1,20}})?(?:e[-+]?\d{{1,3}})?|\.\d{{1,20}}"
# No number ends within its digits.
_SIGNED = rf"[-+]? ?(?:{_PLAIN})(?!\d|\.\d)"
_NUMBER = re.compile(
    rf"(?P<number>{_SIGNED}) ?(?P<percent>%)?"
    r"(?P<unit> ?(?!(?:and|or|to|vs?|but)(?![a-z]))[a-zµ°%][a-z0-9µ°/%.^ -]{0,25})?\Z"
)
_BETWEEN = r" ?%? ?(?:to|-|,|;|/|\.\.|and|until) ?"
_CI_WORDS = r"(?:(?P<level>\d{2}(?:\.\d{1,2})?) ?% ?)?(?:ci|cri|c\.i\.|confidence interval|interval)?[:,=]? ?"
_LIMITS = rf"[(\[]? ?(?P<low>{_SIGNED}){_BETWEEN}(?P<high>{_SIGNED}) ?%? ?[)\]]?"
_CI = re.compile(rf"[(\[]?{_CI_WORDS}{_LIMITS}\Z")
_LEAD = r"(?:[a-z][a-z .-]{0,30}[:=,]? )?"
_ESTIMATE_CI = re.compile(
    rf"{_LEAD}(?P<estimate>{_SIGNED})(?=[ %,;(\[]) ?%?[,;]? ?[(\[]? ?{_CI_WORDS}{_LIMITS}[)\]]?\Z"
)
_P = re.compile(rf"(?:p(?:[ -]?value)? ?)?(?P<sign>[<>]=?|=|≤|≥|~)? ?(?P<number>{_SIGNED})\Z")
_NS = re.compile(r"(?:p ?=? ?)?(?:n\.?s\.?|not significant|non-?significant)\Z")
_EVENTS_N = re.compile(
    rf"(?P<events>{_DIGITS}) ?(?:/|of|out of) ?(?P<n>{_DIGITS})(?: ?[(\[] ?(?P<percent>{_PLAIN}) ?%? ?[)\]])?\Z"
)
_EVENTS_PERCENT = re.compile(rf"(?P<events>{_DIGITS}) ?[(\[] ?(?P<percent>{_PLAIN}) ?%? ?[)\]]\Z")
_MEAN_SD = re.compile(rf"(?P<estimate>{_SIGNED}) ?(?:[(\[]|\+/-|±) ?(?:sd|s\.d\.)?[:=]? ?(?P<sd>{_PLAIN}) ?[)\]]?\Z")
_OPERATORS = {"≤": "<=", "≥": ">=", "~": "=", None: "="}
# A comma that can be nothing but a decimal sign, and a point that is one.
_COMMA = re.compile(r"(?<![\d.,])(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))(?![\d,])")
_POINT = re.compile(r"\d\.\d|(?<!\d)\.\d")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# The shapes that a cell of a field may have, the expected one first.
_SHAPES: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "ci": (("ci", _CI), ("ci", _ESTIMATE_CI)),
    "estimate_ci": (("ci", _ESTIMATE_CI), ("number", _NUMBER)),
    "estimate": (("number", _NUMBER), ("ci", _ESTIMATE_CI), ("pair", _MEAN_SD)),
    "mean_sd": (("pair", _MEAN_SD), ("number", _NUMBER)),
    "p": (("p", _P),),
    "p_value": (("p", _P),),
    "events": (("number", _NUMBER), ("pair", _EVENTS_N), ("pair", _EVENTS_PERCENT)),
    "events_n": (("pair", _EVENTS_N), ("number", _NUMBER)),
    "events_percent": (("pair", _EVENTS_PERCENT), ("pair", _EVENTS_N), ("number", _NUMBER)),
    "percent": (("number", _NUMBER), ("pair", _EVENTS_PERCENT)),
}
_ONE_NUMBER = (("number", _NUMBER),)
_ALONE = {"events_n": "events", "events_percent": "events", "estimate_ci": "estimate", "mean_sd": "estimate"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in a cell: the number or the text, and the words as they stand there."""

    value: Decimal | str
    written: str


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing, or words that say so.

    >>> is_empty(" n/a "), is_empty("Not reported"), is_empty(0)
    (True, True, False)
    """
    return cell is None or (isinstance(cell, str) and _EMPTY.match(" ".join(cell.casefold().split())) is not None)


def has_decimal_commas(cells: Iterable[object]) -> bool:
    """Whether the numbers of a sheet have a comma where others have a point.

    >>> has_decimal_commas(["0,85", "1,2", "12"]), has_decimal_commas(["0.85", "1,234"])
    (True, False)
    """
    texts = [normalise(cell) for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST]
    return any(map(_COMMA.search, texts)) and not any(map(_POINT.search, texts))


def read_numbers(field: str, cell: object, *, decimal_commas: bool = False) -> dict[str, Typed] | None:
    """The numbers by our columns that a cell of `field` holds; None where it cannot be read as such.

    >>> {name: str(typed.value) for name, typed in read_numbers("estimate_ci", "0.72 (0.60-0.86)").items()}
    {'estimate': '0.72', 'ci_low': '0.60', 'ci_high': '0.86'}
    >>> {name: str(typed.value) for name, typed in read_numbers("p", "P < 0,001", decimal_commas=True).items()}
    {'p_operator': '<', 'p_value': '0.001'}
    """
    written = shown(cell)
    if isinstance(cell, bool) or (isinstance(cell, float) and not isfinite(cell)):
        return None
    if isinstance(cell, int | float):
        return _of_number(field, Decimal(repr(cell)), written)
    if len(written) > _LONGEST:
        return None
    text = _with_points(" ".join(normalise(written).casefold().split()).lstrip("'"), decimal_commas)
    if field in ("p", "p_value") and _NS.match(text):
        return {"p_operator": Typed("NS", written)}
    for shape, pattern in _SHAPES.get(field, _ONE_NUMBER):
        match = pattern.match(text)
        if match:
            return _of_match(field, shape, match.groupdict(), written)
    return None


def shown(cell: object) -> str:
    """A cell as it shows: a whole number without a decimal point.

    >>> shown(95.0), shown(0.8), shown("0.80")
    ('95', '0.8', '0.80')
    """
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _of_number(field: str, value: Decimal, written: str) -> dict[str, Typed] | None:
    if field in ("ci",):
        return None
    if field in ("p", "p_value"):
        return {"p_operator": Typed("=", written), "p_value": Typed(value, written)}
    return {_ALONE.get(field, field): Typed(value, written)}


def _of_match(field: str, shape: str, groups: Mapping[str, str | None], written: str) -> dict[str, Typed] | None:
    if shape == "number":
        number = _decimal(groups["number"])
        return None if number is None else {_ALONE.get(field, field): Typed(number, written)}
    if shape == "p":
        number = _decimal(groups["number"])
        sign = groups["sign"]
        return (
            None
            if number is None
            else {
                "p_operator": Typed(_OPERATORS.get(sign, sign or "="), written),
                "p_value": Typed(number, written),
            }
        )
    names = {"low": "ci_low", "high": "ci_high", "level": "ci_level"}
    found = {}
    for name, text in groups.items():
        number = _decimal(text)
        if number is not None:
            found[names.get(name, name)] = Typed(number, written)
    return found


def _decimal(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.replace(" ", "").replace("'", ""))
    except InvalidOperation:
        return None


def _with_points(text: str, decimal_commas: bool) -> str:
    if decimal_commas:
        return re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text))
    return _THOUSANDS.sub(lambda match: match.group().replace(",", ""), text)
