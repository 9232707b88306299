"""Read what stands beside an average: `± 2.9`, `(SD 1.1)`, `(IQR 8.7-9.2)`, `[129, 143]`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions.arm_values.shape import Shape, set_spread
from structurer.mentions.arm_values.tokens import sign_before
from structurer.text.notation import Kind, Token

SE_WORDS = frozenset({"se", "sem", "s.e", "s.e.m", "standard error"})


SD_WORDS = frozenset({"sd", "s.d", "standard", "std"})


RANGE_WORDS = {
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


def read_plus_minus(tokens: Sequence[Token], j: int, shape: Shape, spread: str) -> bool:
    """`± 2.9` at `j`."""
    if j + 1 >= len(tokens) or tokens[j + 1].kind is not Kind.NUMBER:
        return False
    set_spread(shape, tokens[j + 1].value, spread)
    shape.last = j + 1
    if j + 2 < len(tokens) and tokens[j + 2].kind is Kind.PERCENT:
        shape.unit, shape.last = "%", j + 2
    return True


def read_named_spread(tokens: Sequence[Token], first: int, close: int, shape: Shape) -> bool:
    """`SD 1.1`, `SE = 0.07`, `standard deviation, 2.0` from `first`."""
    word = tokens[first].text
    if word not in SD_WORDS and word not in SE_WORDS:
        return False
    k = first + 1
    name = "se" if word in SE_WORDS else "sd"
    while k < close and tokens[k].kind is not Kind.NUMBER:
        if tokens[k].text in ("error", "errors"):
            name = "se"
        if k - first > 4:
            return False
        k += 1
    if k >= min(close, len(tokens)):
        return False
    set_spread(shape, tokens[k].value, name)
    shape.last = k
    if k + 1 < len(tokens) and tokens[k + 1].kind is Kind.PERCENT:
        shape.last = k + 1
    return True


def read_named_range(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str) -> bool:
    """`IQR 8.7-9.2`, `range, -3.8 to +5.3` between `first` and `close`."""
    name = next(
        (RANGE_WORDS[token.text] for token in tokens[first : min(first + 3, close)] if token.text in RANGE_WORDS), ""
    )
    return bool(name) and _two_limits(tokens, first, close, shape, text, name)


def read_range_behind(tokens: Sequence[Token], first: int, shape: Shape, text: str) -> bool:
    """`range, 161-957` or `IQR 3 to 8` from `first`, behind the number and a comma, up to its second limit."""
    numbers = 0
    for k in range(first, min(first + 9, len(tokens))):
        if tokens[k].kind in (Kind.CLOSE, Kind.STOP, Kind.VERSUS):
            return False
        numbers += tokens[k].kind is Kind.NUMBER
        if numbers == 2:
            if not read_named_range(tokens, first, k + 1, shape, text):
                return False
            shape.last = k
            return True
    return False


def read_plain_range(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str) -> None:
    """`135 [129, 143]`, `37 (24-52)`: limits without a name around the number."""
    if _two_limits(tokens, first, close, shape, text, ""):
        shape.last = close


def has_limits_and_p(tokens: Sequence[Token], first: int, close: int, value: Decimal) -> bool:
    """Whether a bracket holds two limits around `value` and then a p-value: an interval in all but name."""
    limits: list[Decimal] = []
    for k in range(first, min(first + 8, close)):
        token = tokens[k]
        if token.kind is Kind.NUMBER and token.value is not None:
            limits.append(token.value)
        elif token.text == "p" and len(limits) == 2:
            return limits[0] <= abs(value) <= limits[1]
        elif token.kind not in (Kind.DASH, Kind.PERCENT, Kind.SEPARATOR) and token.text != "to":
            return False
    return False


def _two_limits(tokens: Sequence[Token], first: int, close: int, shape: Shape, text: str, name: str) -> bool:
    limits: list[Decimal] = []
    for k in range(first, close):
        token = tokens[k]
        if token.kind is Kind.NUMBER and token.value is not None:
            minus = sign_before(tokens, k, text) < 0
            limits.append(-token.value if minus else token.value)
        elif (
            token.kind is Kind.VERSUS
            or (token.kind is Kind.PERCENT and shape.unit not in (None, "%"))
            or (token.kind in (Kind.WORD, Kind.OPERATOR, Kind.INTERVAL) and not name)
        ):
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
