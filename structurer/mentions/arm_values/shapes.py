"""Read the printed values of a sentence: `10/56 (17.9%)`, `7.2 (SD 1.1)`, `17.8 ± 2.9 mm Hg`, `61.6%`, `8.6/1,000`.

A grammar that runs once over a sentence's tokens; whether a value is a result is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions.arm_values.fractions import (
    COUNTED,
    LABELLED,
    adopt,
    read_fraction,
    read_noun_then_share,
    read_share,
    read_total,
)
from structurer.mentions.arm_values.shape import Shape, has_own_interval, set_spread
from structurer.mentions.arm_values.spreads import (
    RANGE_WORDS,
    SD_WORDS,
    SE_WORDS,
    has_limits_and_p,
    read_named_range,
    read_named_spread,
    read_plain_range,
    read_plus_minus,
    read_range_behind,
)
from structurer.mentions.arm_values.tokens import closing, is_whole, is_word_number, sign_before
from structurer.mentions.arm_values.units import MONEY, is_over_person_time, read_rate, read_unit
from structurer.text.notation import Kind, Token

# Units that stand behind numbers in words, as in "six months"
_TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes"})
# What a bracket begins with that holds a measure between groups, and its interval.
_CONTRASTS = frozenset({"hazard", "hr", "odds", "or", "rr", "relative", "ratio", "rate", "risk", "difference", "p"})


def read_shapes(tokens: Sequence[Token], text: str, spread: str) -> list[Shape]:
    """The printed shapes of a sentence, in order; each number belongs to one at most.

    `spread` is "se" where the sentence announces standard errors for unnamed spreads ("mean (SE)"), else "sd".
    """
    shapes: list[Shape] = []
    number = Kind.NUMBER
    free = 0
    for i, (kind, _, _, _, value) in enumerate(tokens):
        if kind is number and value is not None and i >= free:
            shape = _read_one(tokens, i, text, spread)
            shapes.append(shape)
            free = shape.last + 1
    return shapes


def _read_one(tokens: Sequence[Token], i: int, text: str, spread: str) -> Shape:
    token = tokens[i]
    signed = sign_before(tokens, i, text)
    value = token.value if token.value is not None else Decimal(0)
    number = -value if signed < 0 else value
    shape = Shape("number", i - 1 if signed else i, i, i, number, signed=signed)
    if i and (tokens[i - 1].kind is Kind.CURRENCY or (tokens[i - 1].text in MONEY and not is_word_number(token))):
        shape.unit = tokens[i - 1].text
    j = i + 1
    if j >= len(tokens):
        return shape
    kind = tokens[j].kind
    if i >= 2 and tokens[i - 1].text == "=" and tokens[i - 2].text == "n" and is_whole(token):
        shape.form = "size"
        shape.events = int(value)
        if (
            j + 3 < len(tokens)
            and tokens[j].text in (";", ",")
            and tokens[j + 1].kind is Kind.NUMBER
            and tokens[j + 2].kind is Kind.PERCENT
            and tokens[j + 3].kind in (Kind.CLOSE, Kind.SEPARATOR)
        ):
            shape.form, shape.percent, shape.last = "share", tokens[j + 1].value, j + 2
        elif kind is Kind.OPEN:
            read_share(tokens, j, shape, words=0)
            if shape.percent is not None:
                shape.form = "share"
        return shape
    if kind is Kind.PERCENT:
        shape.last, shape.unit = j, "%"
        _after_percent(tokens, shape, text, spread)
        return shape
    if kind is Kind.PLUS_MINUS and read_plus_minus(tokens, j, shape, spread):
        read_unit(tokens, shape, text)
        return shape
    if (
        kind is Kind.SLASH
        and not signed
        and not is_over_person_time(text, tokens[j].start)
        and read_fraction(tokens, i, shape)
    ):
        return shape
    if read_rate(tokens, shape, text):
        return shape
    if not signed and is_whole(token):
        counted = tokens[j].text in COUNTED and j + 2 < len(tokens) and tokens[j + 2].text == "the"
        if read_total(tokens, j + 1 if counted else j, shape, int(value)):
            return shape  # "145 of 347", "5 cases of the 7"
    if kind is not Kind.OPEN and (not is_word_number(token) or tokens[j].text in _TIMES):
        read_unit(tokens, shape, text)
    j = shape.last + 1
    if shape.unit == "%":
        _after_percent(tokens, shape, text, spread)
        return shape
    if j < len(tokens) and tokens[j].kind is Kind.PLUS_MINUS and read_plus_minus(tokens, j, shape, spread):
        return shape
    if j < len(tokens) and tokens[j].kind is Kind.OPEN:
        _number_with_bracket(tokens, j, shape, text, spread)
        if shape.unit is None and shape.form in ("spread", "quartiles"):
            read_unit(tokens, shape, text)
        if shape.form != "number":
            return shape
    if (
        j < len(tokens)
        and tokens[j].text == ","
        and shape.form == "number"
        and j + 2 < len(tokens)
        and tokens[j + 1].text in SD_WORDS | SE_WORDS
    ):
        read_named_spread(tokens, j + 1, len(tokens), shape)
        return shape
    if (
        j + 2 < len(tokens)
        and tokens[j].text in (",", ";")
        and shape.form == "number"
        and tokens[j + 1].text in RANGE_WORDS
        and read_range_behind(tokens, j + 1, shape, text)
    ):
        return shape
    if not signed and is_whole(token) and shape.unit is None:
        read_noun_then_share(tokens, i, shape)
    return shape


def _after_percent(tokens: Sequence[Token], shape: Shape, text: str, spread: str) -> None:
    """What may stand after `61.6%`: a spread, or the count that the percentage stands for."""
    shape.form, shape.percent = "percent", shape.number
    j = shape.last + 1
    if j < len(tokens) and tokens[j].kind is Kind.PLUS_MINUS and read_plus_minus(tokens, j, shape, spread):
        return
    if j + 2 < len(tokens) and tokens[j].text == "," and tokens[j + 1].text in SD_WORDS | SE_WORDS:
        read_named_spread(tokens, j + 1, len(tokens), shape)
        return
    # a share with its fraction behind a semicolon, as in "48%; 24/50"
    if j + 3 < len(tokens) and tokens[j].text in ";," and is_whole(tokens[j + 1]) and tokens[j + 2].kind is Kind.SLASH:
        inner = Shape("number", j + 1, j + 1, j + 1, tokens[j + 1].value or Decimal(0))
        if read_fraction(tokens, j + 1, inner):
            adopt(shape, inner)
            return
    if j + 3 < len(tokens) and tokens[j].text == ";" and is_whole(tokens[j + 1]) and tokens[j + 2].text == "of":
        inner = Shape("number", j + 1, j + 1, j + 1, tokens[j + 1].value or Decimal(0))
        if read_total(tokens, j + 2, inner, int(inner.number)):
            adopt(shape, inner)  # "(3%; 1 of 37)"
            return
    # a share of people with the count in a bracket, as in "10% of patients (2 of 20)"
    k = j
    while k < len(tokens) and k - j < 6 and tokens[k].kind is Kind.WORD:
        k += 1
    if k >= len(tokens) or tokens[k].kind is not Kind.OPEN or (k > j and tokens[j].text != "of"):
        return
    close = closing(tokens, k)
    if close < 0:
        return
    shape.interval = k == j and has_own_interval(tokens, k, close)
    first = k + 1
    while first < close and (tokens[first].kind is Kind.OPEN or tokens[first].text in ("n", "=", "ie", "i", ".", "e")):
        first += 1
    if first >= close or tokens[first].kind is not Kind.NUMBER:
        if k == j and first < close:
            before = shape.last
            if read_named_spread(tokens, first, close, shape) or read_named_range(tokens, first, close, shape, text):
                shape.last = close
            else:
                shape.last = before
                read_plain_range(tokens, first, close, shape, text)
        return
    if k == j and has_limits_and_p(tokens, first, close, shape.number):
        shape.interval, shape.last = True, close
        return
    if k == j and first + 2 == close and tokens[first + 1].kind is Kind.PERCENT and spread != "none":
        set_spread(shape, tokens[first].value, spread)  # "49.8% (13.4%)", behind "57.2% (SD 13.2%)"
        shape.last = close
        return
    inner = Shape("number", first, first, first, tokens[first].value or Decimal(0))
    nxt = tokens[first + 1] if first + 1 < len(tokens) else tokens[close]
    if (nxt.kind is Kind.SLASH and read_fraction(tokens, first, inner, bracketed=True)) or (
        is_whole(tokens[first]) and read_total(tokens, first + 1, inner, int(inner.number))
    ):
        adopt(shape, inner)
        shape.last = close
    elif is_whole(tokens[first]) and (
        tokens[first - 1].text == "="
        or (nxt.kind is Kind.WORD and nxt.text in COUNTED)
        or (first + 1 == close and shape.number <= 100 and (k > j or _people_follow(tokens, close)))
    ):
        further = any(token.kind is Kind.NUMBER for token in tokens[first + 1 : close])
        shape.events, shape.form, shape.last = int(inner.number), "share", first + 1 if further else close
    elif (k == j and first + 1 == close and spread == "se") or (
        k == j and first + 1 == close and tokens[first].text.count(".") and shape.number.as_tuple().exponent != 0
    ):
        # "-0.57 (0.13)%" is read elsewhere; "8.0% (0.8)" is a mean with its spread
        set_spread(shape, tokens[first].value, spread)
        shape.last = close
    elif k == j:
        read_plain_range(tokens, first, close, shape, text)


def _people_follow(tokens: Sequence[Token], close: int) -> bool:
    """Whether people follow a bracket, as in `61.2% (170) of patients`, `19.7% (27) who received placebo`."""
    after = tokens[close + 1].text if close + 1 < len(tokens) else ""
    return after in ("of", "who", "patients", "participants", "women", "subjects")


def _number_with_bracket(tokens: Sequence[Token], j: int, shape: Shape, text: str, spread: str) -> None:
    """A number with a bracket at `j`: `106 (79%)`, `7.2 (SD 1.1)`, `135 [129, 143]`, `131 (3)`."""
    close = closing(tokens, j)
    if close < 0:
        return
    if any(token.kind is Kind.INTERVAL for token in tokens[j:close]) and tokens[j + 1].text not in _CONTRASTS:
        shape.interval = True
    whole = is_whole(tokens[shape.at]) and not shape.signed and shape.unit is None
    if whole and not (shape.at and tokens[shape.at - 1].text in LABELLED) and read_share(tokens, j, shape, words=0):
        shape.form, shape.events = "share", int(shape.number)
        read_total(tokens, shape.last + 1, shape, shape.events)
        return
    if is_word_number(tokens[shape.at]):
        return
    last = shape.last
    first = j + 1
    if read_named_spread(tokens, first, close, shape) or read_named_range(tokens, first, close, shape, text):
        shape.last = close
        return
    shape.last = last
    if tokens[first].kind is Kind.PLUS_MINUS and read_plus_minus(tokens, first, shape, spread):
        shape.last = close
        return
    if first + 1 == close and tokens[first].kind is Kind.NUMBER and spread != "none":
        set_spread(shape, tokens[first].value, spread)
        shape.last = close
        if close + 1 < len(tokens) and tokens[close + 1].kind is Kind.PERCENT:
            shape.unit, shape.last = "%", close + 1
        return
    if shape.signed and first + 1 == close and tokens[first].kind is Kind.NUMBER and "." in tokens[first].text:
        shape.form, shape.last = "spread", close  # "+7.5(14.6) vs. -3.8(8.4)": a spread that nothing names
        return
    if tokens[first].kind in (Kind.NUMBER, Kind.DASH):
        if has_limits_and_p(tokens, first, close, shape.number):
            shape.interval, shape.last = True, close
            return
        read_plain_range(tokens, first, close, shape, text)
        if (
            shape.form == "quartiles"
            and shape.last == close
            and close + 1 < len(tokens)
            and tokens[close + 1].kind is Kind.PERCENT
        ):
            shape.unit, shape.last = "%", close + 1
