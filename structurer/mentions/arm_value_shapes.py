"""Read the printed shape of a value: `10/56 (17.9%)`, `34 [67%] of 51`, `7.2 (SD 1.1)`, `17.8 ± 2.9 mm Hg`, `8.6/1,000`.

A shape is what is printed, without a judgement whether it is a result. The grammar runs once over a sentence's tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.mentions.arm_value_tokens import closing, is_whole, is_word_number, sign_before
from structurer.text.notation import Kind, Token


@dataclass(slots=True)
class Shape:
    """One printed value: the tokens `first` to `last` that it takes, and its numbers.

    `number` is the main number as signed; `form` is `fraction` (x/n, x of n), `share` (x (p%)), `percent`,
    `spread` (with SD or SE), `quartiles`, `rate`, `size` (n = x) or `number`.
    """

    form: str
    first: int
    last: int
    at: int
    number: Decimal
    events: int | None = None
    n: int | None = None
    percent: Decimal | None = None
    unit: str | None = None
    sd: Decimal | None = None
    se: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    range_named: str = ""
    signed: int = 0
    interval: bool = False


_SE_WORDS = frozenset({"se", "sem", "s.e", "s.e.m", "standard error"})
_SD_WORDS = frozenset({"sd", "s.d", "standard", "std"})
_RANGE_WORDS = {
    "iqr": "iqr",
    "interquartile": "iqr",
    "quartiles": "iqr",
    "quartile": "iqr",
    "range": "range",
    "ranging": "range",
    "minimum": "range",
    "min": "range",
    "percentiles": "iqr",
    "q1": "iqr",
    "percentile": "iqr",
}
_UNIT = re.compile(
    r"""[ ]?(
      %|per[ ]?cent(?![a-z])
    | mm[ ]?[Hh][Gg](?![a-z]) | cm[ ]?H2O(?![a-z])
    | (?:person|patient)-(?:years?|months?|days?)
    | (?:U?S?[$]|€|£)
    | (?:percentage[ ]points?|euros?|dollars|points?|months?|weeks?|days?|years?|hours?|minutes?|mins?|seconds?|sessions?|letters?|units?|kcal|fibers|mos?|wks?|yrs?|hrs?|sec)(?![a-z])
      (?:(?:/|[ ]per[ ])(?:week|day|month|year|night|wk)(?![a-z]))?
    | (?:[µμmnpkcd]?(?:mol|g|l|L|m|M|IU|U|eq|Eq|N|J|W|V|Pa|s|h|Gy|sec)|IU|mIU|dB|D|cc|mcg|ug|ng|pg|bpm|beats|copies|cells|ms|kPa|logMAR|cm2|mm2|cm3|mm3|m2|µm|μm|ppm|ppb|lb|lbs|log10)
      (?:[ ]?[*·.]?[ ]?(?:/|[ ]per[ ])[ ]?(?:100[ ]?)?[A-Za-zµμ0-9.²³]{1,8}(?:\(\d\))?){0,3}(?![a-zA-Z])
    )""",
    re.VERBOSE,
)
_MONEY = frozenset({"usd", "eur", "gbp", "aud", "cad", "us$"})
_SCALES = frozenset({100, 1000, 10000, 100000, 1000000})


def read_shapes(tokens: Sequence[Token], text: str, spread: str) -> list[Shape]:
    """The printed shapes of a sentence, in order; each number belongs to one at most.

    `spread` is "se" where the sentence announces standard errors for unnamed spreads ("mean (SE)"), else "sd".
    """
    shapes: list[Shape] = []
    i = 0
    while i < len(tokens):
        if tokens[i].kind is not Kind.NUMBER or tokens[i].value is None:
            i += 1
            continue
        shape = _read_one(tokens, i, text, spread)
        shapes.append(shape)
        i = shape.last + 1
    return shapes


def _read_one(tokens: Sequence[Token], i: int, text: str, spread: str) -> Shape:
    token = tokens[i]
    signed = sign_before(tokens, i, text)
    value = token.value if token.value is not None else Decimal(0)
    number = -value if signed < 0 else value
    shape = Shape("number", i - 1 if signed else i, i, i, number, signed=signed)
    if i and (tokens[i - 1].kind is Kind.CURRENCY or (tokens[i - 1].text in _MONEY and not is_word_number(token))):
        shape.unit = tokens[i - 1].text
    j = i + 1
    if j >= len(tokens):
        return shape
    kind = tokens[j].kind
    if i >= 2 and tokens[i - 1].text == "=" and tokens[i - 2].text == "n" and is_whole(token):
        shape.form = "size"
        shape.events = int(value)
        return shape
    if kind is Kind.PERCENT:
        shape.last, shape.unit = j, "%"
        _after_percent(tokens, shape, text, spread)
        return shape
    if kind is Kind.PLUS_MINUS and _spread_follows(tokens, j, shape, spread):
        _unit_after(tokens, shape, text)
        return shape
    if not signed and kind is Kind.SLASH and _fraction(tokens, i, shape):
        return shape
    if _rate(tokens, shape, text):
        return shape
    if not signed and is_whole(token) and _of_total(tokens, j, shape, int(value)):
        return shape
    if kind is not Kind.OPEN and not is_word_number(token):
        _unit_after(tokens, shape, text)
    j = shape.last + 1
    if shape.unit == "%":
        _after_percent(tokens, shape, text, spread)
        return shape
    if j < len(tokens) and tokens[j].kind is Kind.PLUS_MINUS and _spread_follows(tokens, j, shape, spread):
        return shape
    if j < len(tokens) and tokens[j].kind is Kind.OPEN:
        _number_with_bracket(tokens, j, shape, text, spread)
        if shape.unit is None and shape.form in ("spread", "quartiles"):
            _unit_after(tokens, shape, text)
        if shape.form != "number":
            return shape
    if (
        j < len(tokens)
        and tokens[j].text == ","
        and shape.form == "number"
        and j + 2 < len(tokens)
        and tokens[j + 1].text in _SD_WORDS | _SE_WORDS
    ):
        _named_spread(tokens, j + 1, len(tokens), shape)
        return shape
    if not signed and is_whole(token) and shape.unit is None:
        _noun_then_share(tokens, i, shape)
    return shape


def _after_percent(tokens: Sequence[Token], shape: Shape, text: str, spread: str) -> None:
    """What may stand after `61.6%`: a spread, or the count that the percentage stands for."""
    shape.form, shape.percent = "percent", shape.number
    j = shape.last + 1
    if j < len(tokens) and tokens[j].kind is Kind.PLUS_MINUS and _spread_follows(tokens, j, shape, spread):
        return
    if j + 2 < len(tokens) and tokens[j].text == "," and tokens[j + 1].text in _SD_WORDS | _SE_WORDS:
        _named_spread(tokens, j + 1, len(tokens), shape)
        return
    # "47.8%; 2503/5293"
    if j + 3 < len(tokens) and tokens[j].text in ";," and is_whole(tokens[j + 1]) and tokens[j + 2].kind is Kind.SLASH:
        inner = Shape("number", j + 1, j + 1, j + 1, tokens[j + 1].value or Decimal(0))
        if _fraction(tokens, j + 1, inner):
            _adopt(shape, inner)
            return
    # "10.1% of patients (22 of 218)"
    k = j
    while k < len(tokens) and k - j < 6 and tokens[k].kind is Kind.WORD:
        k += 1
    if k >= len(tokens) or tokens[k].kind is not Kind.OPEN or (k > j and tokens[j].text != "of"):
        return
    close = closing(tokens, k)
    if close < 0:
        return
    shape.interval = k == j and _has_own_interval(tokens, k, close)
    first = k + 1
    while first < close and (tokens[first].kind is Kind.OPEN or tokens[first].text in ("n", "=", "ie", "i", ".", "e")):
        first += 1
    if first >= close or tokens[first].kind is not Kind.NUMBER:
        if k == j and first < close:
            before = shape.last
            if _named_spread(tokens, first, close, shape) or _named_range(tokens, first, close, shape, text):
                shape.last = close
            else:
                shape.last = before
        return
    inner = Shape("number", first, first, first, tokens[first].value or Decimal(0))
    nxt = tokens[first + 1] if first + 1 < len(tokens) else tokens[close]
    if (nxt.kind is Kind.SLASH and _fraction(tokens, first, inner, bracketed=True)) or (
        is_whole(tokens[first]) and _of_total(tokens, first + 1, inner, int(inner.number))
    ):
        _adopt(shape, inner)
        shape.last = close
    elif is_whole(tokens[first]) and (
        tokens[first - 1].text == "="
        or (nxt.kind is Kind.WORD and nxt.text in COUNTED)
        or (first + 1 == close and shape.number <= 100 and k > j)
    ):
        further = any(token.kind is Kind.NUMBER for token in tokens[first + 1 : close])
        shape.events, shape.form, shape.last = int(inner.number), "share", first + 1 if further else close
    elif (k == j and first + 1 == close and spread == "se") or (
        k == j and first + 1 == close and tokens[first].text.count(".") and shape.number.as_tuple().exponent != 0
    ):
        # "-0.57 (0.13)%" is read elsewhere; "8.0% (0.8)" is a mean with its spread
        _set_spread(shape, tokens[first].value, spread)
        shape.last = close
    elif k == j:
        _plain_range(tokens, first, close, shape, text)


def _has_own_interval(tokens: Sequence[Token], opening: int, close: int) -> bool:
    """Whether a bracket holds the interval of the value before it, and not one of a difference."""
    for k in range(opening, close):
        if tokens[k].kind is Kind.INTERVAL:
            return not any(token.text in ("difference", "differences") for token in tokens[opening:close])
    return False


def _adopt(shape: Shape, inner: Shape) -> None:
    shape.form, shape.events, shape.n, shape.last = "fraction", inner.events, inner.n, inner.last


def _spread_follows(tokens: Sequence[Token], j: int, shape: Shape, spread: str) -> bool:
    """`± 2.9` at `j`."""
    if j + 1 >= len(tokens) or tokens[j + 1].kind is not Kind.NUMBER:
        return False
    _set_spread(shape, tokens[j + 1].value, spread)
    shape.last = j + 1
    if j + 2 < len(tokens) and tokens[j + 2].kind is Kind.PERCENT:
        shape.unit, shape.last = "%", j + 2
    return True


def _set_spread(shape: Shape, value: Decimal | None, spread: str) -> None:
    shape.form, shape.percent = "spread", None
    if spread == "se":
        shape.se = value
    else:
        shape.sd = value


def _fraction(tokens: Sequence[Token], i: int, shape: Shape, bracketed: bool = False) -> bool:
    """`10/56`, `8.6/1,000`, with a bracketed percentage after it."""
    if i + 2 >= len(tokens) or tokens[i + 2].kind is not Kind.NUMBER:
        return False
    top, bottom = tokens[i], tokens[i + 2]
    if top.value is None or bottom.value is None or is_word_number(bottom):
        return False
    if not is_whole(bottom) or (i + 3 < len(tokens) and tokens[i + 3].kind in (Kind.SLASH, Kind.PERCENT)):
        return False
    if int(bottom.value) in _SCALES and (not is_whole(top) or "," in bottom.text or bottom.value >= 10000):
        shape.form, shape.last, shape.unit = "rate", i + 2, f"/{bottom.text}"
        return True
    if not is_whole(top) or top.value > bottom.value or bottom.value < 2:
        return False
    shape.form, shape.events, shape.n, shape.last = "fraction", int(top.value), int(bottom.value), i + 2
    if not bracketed:
        _share_after(tokens, i + 3, shape, words=3)
    return True


def _of_total(tokens: Sequence[Token], j: int, shape: Shape, events: int) -> bool:
    """`of 347`, `out of the 11`, `of a total of 60` at `j`, with a bracketed percentage after it."""
    k = j
    if k < len(tokens) and tokens[k].text == "out":
        k += 1
    if k >= len(tokens) or tokens[k].text not in ("of", "in", "among"):
        return False
    in_total = tokens[k].text != "of"
    k += 1
    while k < len(tokens) and tokens[k].text in ("the", "a", "total", "of", "all", "these", "those"):
        k += 1
    if k >= len(tokens) or not is_whole(tokens[k]) or tokens[k].value is None or tokens[k].value < events:
        return False
    if in_total and shape.form == "number":
        return False
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if after is not None and (after.kind in (Kind.PERCENT, Kind.DASH) or after.text in _NOT_PEOPLE):
        return False
    shape.form, shape.events, shape.n, shape.last = "fraction", events, int(tokens[k].value), k
    if shape.percent is None:
        _share_after(tokens, k + 1, shape, words=3)
    return True


_NOT_PEOPLE = frozenset(
    [
        "weeks",
        "months",
        "years",
        "days",
        "hours",
        "items",
        "domains",
        "measures",
        "outcomes",
        "times",
        "scales",
        "subscales",
        "endpoints",
        "parameters",
    ]
)
COUNTED = frozenset(
    [
        "patients",
        "patient",
        "participants",
        "participant",
        "subjects",
        "subject",
        "women",
        "woman",
        "men",
        "man",
        "children",
        "child",
        "infants",
        "infant",
        "people",
        "persons",
        "individuals",
        "adults",
        "volunteers",
        "eyes",
        "eye",
        "dogs",
        "cats",
        "mice",
        "rats",
        "animals",
        "cases",
        "case",
        "events",
        "event",
        "deaths",
        "pregnancies",
        "babies",
        "neonates",
        "newborns",
        "girls",
        "boys",
        "students",
        "residents",
        "families",
        "households",
        "teeth",
        "knees",
        "hips",
        "limbs",
        "tumors",
        "tumours",
        "lesions",
        "nodes",
        "recipients",
        "responders",
        "smokers",
        "girls",
        "mothers",
        "episodes",
        "isolates",
        "sites",
        "wounds",
        "implants",
        "cycles",
        "procedures",
        "embryos",
        "oocytes",
        "couples",
    ]
)


def _share_after(tokens: Sequence[Token], j: int, shape: Shape, words: int) -> bool:
    """`(66%)` or `patients (66%)` at `j`: the percentage of a count."""
    k = j
    while (
        k < len(tokens)
        and k - j < words
        and tokens[k].kind in (Kind.WORD, Kind.DASH)
        and tokens[k].text not in _STOPPERS
    ):
        k += 1
    if k + 2 >= len(tokens) or tokens[k].kind is not Kind.OPEN:
        return False
    first = k + 1
    bound = tokens[first].kind is Kind.OPERATOR
    if bound:
        bound = tokens[first].text != "="
        first += 1
    if first + 1 >= len(tokens) or tokens[first].kind is not Kind.NUMBER or tokens[first + 1].kind is not Kind.PERCENT:
        return False
    close = closing(tokens, k)
    if close < 0 or (
        close > first + 2 and tokens[first + 2].kind not in (Kind.SEPARATOR, Kind.OPEN, Kind.WORD, Kind.INTERVAL)
    ):
        return False
    shape.interval = shape.interval or any(
        token.kind in (Kind.INTERVAL, Kind.DASH) for token in tokens[first + 2 : close]
    )
    if not bound:
        shape.percent = tokens[first].value
    shape.last = close if close <= first + 2 else first + 1
    if shape.form == "number":
        shape.form = "share"
    return True


_STOPPERS = frozenset(
    """of in and or to with was were had by for vs who versus than from at on after groups group arms treatments
    regimens cohorts studies trials months weeks days years""".split()
)


_RATE = re.compile(
    r" ?(?:(?:new )?(?:events?|cases?|deaths?|exacerbations?|episodes?|infections?|fractures?|falls|relapses|attacks|seizures) )?(?:/|per) ?"
    r"(?:(?:\d[\d, ]{0,9}) ?)?(?:person|patient|woman|women|child|participant|subject|infant|man|catheter|device|ventilator|hospital)[s']{0,2}[- ]?(?:years?|months?|days?|yrs?|py)(?![a-z])"
    r"|(?: [a-z]{3,12})? ?(?:/|per) ?(?:100 |100,? ?000 |10,? ?000 |1[, ]?000 )(?:of )?[a-z-]{3,15}",
    re.I,
)


def _rate(tokens: Sequence[Token], shape: Shape, text: str) -> bool:
    """`2.3 per 100 person-years`, `8 deaths per 1000 births`."""
    match = _RATE.match(text, tokens[shape.last].end, tokens[shape.last].end + 70)
    if match is None:
        return False
    shape.form, shape.unit = "rate", match.group().strip()
    while shape.last + 1 < len(tokens) and tokens[shape.last + 1].start < match.end():
        shape.last += 1
    return True


_WITHIN = frozenset("in on from receiving given of treated with for the".split())


def _share_of_a_group(tokens: Sequence[Token], i: int, shape: Shape) -> bool:
    """`two patients in the drug group (5%)`, `one in the control arm (0.5%)`."""
    j = i + 1
    if tokens[j].text in COUNTED:
        j += 1
    if j + 1 >= len(tokens) or tokens[j].text not in _WITHIN:
        return False
    k = j
    while (
        k < len(tokens)
        and k - j < 7
        and tokens[k].kind in (Kind.WORD, Kind.DASH, Kind.SLASH)
        and tokens[k].text not in _VERBS
    ):
        k += 1
    end = tokens[k - 1].text
    if (
        k < len(tokens)
        and tokens[k].kind is Kind.OPEN
        and (end in ("group", "arm", "patients", "cohort") or k - j <= 4)
        and _share_after(tokens, k, shape, words=0)
    ):
        shape.events = int(shape.number)
        return True
    return False


_VERBS = frozenset("was were had have has and who which that did than compared died developed experienced".split())


def _noun_then_share(tokens: Sequence[Token], i: int, shape: Shape) -> None:
    """`six patients (10%)`, and `47 patients (11%) of 420`."""
    if tokens[i + 1].kind is Kind.WORD and _share_after(tokens, i + 1, shape, words=4):
        shape.events = int(shape.number)
        _of_total(tokens, shape.last + 1, shape, shape.events)
    elif shape.form == "number":
        _share_of_a_group(tokens, i, shape)


def _number_with_bracket(tokens: Sequence[Token], j: int, shape: Shape, text: str, spread: str) -> None:
    """A number with a bracket at `j`: `106 (79%)`, `7.2 (SD 1.1)`, `135 [129, 143]`, `131 (3)`."""
    close = closing(tokens, j)
    if close < 0:
        return
    if any(token.kind is Kind.INTERVAL for token in tokens[j:close]):
        shape.interval = True
    whole = is_whole(tokens[shape.at]) and not shape.signed and shape.unit is None
    if whole and _share_after(tokens, j, shape, words=0):
        shape.form, shape.events = "share", int(shape.number)
        _of_total(tokens, shape.last + 1, shape, shape.events)
        return
    if is_word_number(tokens[shape.at]):
        return
    last = shape.last
    first = j + 1
    if _named_spread(tokens, first, close, shape) or _named_range(tokens, first, close, shape, text):
        shape.last = close
        return
    shape.last = last
    if tokens[first].kind is Kind.PLUS_MINUS and _spread_follows(tokens, first, shape, spread):
        shape.last = close
        return
    if first + 1 == close and tokens[first].kind is Kind.NUMBER and spread != "none":
        _set_spread(shape, tokens[first].value, spread)
        shape.last = close
        if close + 1 < len(tokens) and tokens[close + 1].kind is Kind.PERCENT:
            shape.unit, shape.last = "%", close + 1
        return
    if tokens[first].kind in (Kind.NUMBER, Kind.DASH):
        _plain_range(tokens, first, close, shape, text)
        if (
            shape.form == "quartiles"
            and shape.last == close
            and close + 1 < len(tokens)
            and tokens[close + 1].kind is Kind.PERCENT
        ):
            shape.unit, shape.last = "%", close + 1


def _named_spread(tokens: Sequence[Token], first: int, close: int, shape: Shape) -> bool:
    """`SD 1.1`, `SE = 0.07`, `standard deviation, 2.0` from `first`."""
    word = tokens[first].text
    if word not in _SD_WORDS and word not in _SE_WORDS:
        return False
    k = first + 1
    name = "se" if word in _SE_WORDS else "sd"
    while k < close and tokens[k].kind is not Kind.NUMBER:
        if tokens[k].text in ("error", "errors"):
            name = "se"
        if k - first > 4:
            return False
        k += 1
    if k >= min(close, len(tokens)):
        return False
    _set_spread(shape, tokens[k].value, name)
    shape.last = k
    if k + 1 < len(tokens) and tokens[k + 1].kind is Kind.PERCENT:
        shape.last = k + 1
    return True


def _named_range(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str) -> bool:
    """`IQR 8.7-9.2`, `range, -3.8 to +5.3` between `first` and `close`."""
    name = next(
        (_RANGE_WORDS[token.text] for token in tokens[first : min(first + 3, close)] if token.text in _RANGE_WORDS), ""
    )
    return bool(name) and _two_limits(tokens, first, close, shape, text, name)


def _plain_range(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str) -> None:
    """`135 [129, 143]`, `37 (24-52)`: limits without a name around the number."""
    if _two_limits(tokens, first, close, shape, text, ""):
        shape.last = close


def _two_limits(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str, name: str) -> bool:
    limits: list[Decimal] = []
    for k in range(first, close):
        token = tokens[k]
        if token.kind is Kind.NUMBER and token.value is not None:
            minus = sign_before(tokens, k, text) < 0
            limits.append(-token.value if minus else token.value)
        elif token.kind in (Kind.WORD, Kind.OPERATOR, Kind.INTERVAL) and not name:
            return False
        elif token.kind is Kind.SEPARATOR and token.text == ";" and len(limits) == 2:
            break
    if len(limits) != 2:
        return False
    low, high = min(limits), max(limits)
    if not name and not low <= shape.number <= high:
        return False
    shape.form, shape.low, shape.high, shape.range_named, shape.last = "quartiles", low, high, name, close
    return True


def _unit_after(tokens: Sequence[Token], shape: Shape, text: str) -> None:
    """The unit right after the shape's last number."""
    end = tokens[shape.last].end
    match = _UNIT.match(text, end, end + 40)
    if match is None:
        return
    shape.unit = match.group(1)
    last = shape.last
    while last + 1 < len(tokens) and tokens[last + 1].start < match.end():
        last += 1
    shape.last = last
