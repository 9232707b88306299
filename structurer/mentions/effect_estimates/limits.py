"""The grammar of a pair of limits: `0.60 to 0.85`, `-0.3--0.1`, `6.9%-28.0%`, `(13.2, not reached)`, `-£18 to £55`.

Whether a dash is a minus sign or a range is decided here, from its neighbours: a dash after a number is a range, a
dash where a limit should begin is a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from structurer.text.notation import Kind, Token

_RANGE_WORDS = frozenset({"to", "through", "until", "till", "and", "&", "up"})
# Words that are no unit; those of direction give a limit a sign that its digits do not show ("12% fewer to 7% more").
_NO_UNIT = frozenset(
    """and or of with in for p vs from between at the respectively fewer more less lower higher greater reduction
    increase decrease better worse longer shorter""".split()
)


class Limit(NamedTuple):
    """One limit: its signed value (None where open), the token after it, whether a per cent sign follows it."""

    value: Decimal | None
    after: int
    percent: bool
    negative: bool


class Limits(NamedTuple):
    """A pair of limits in `tokens[first:after]`, `low` the smaller; a None is an open limit."""

    low: Decimal | None
    high: Decimal | None
    first: int
    after: int
    percent: bool
    separator: Kind

    def spans_nothing(self) -> bool:
        """Whether the lower limit lies below nothing, as only a difference's can."""
        return self.low is not None and self.low < 0


def read_limit(tokens: Sequence[Token], i: int, *, signed: bool = True) -> Limit | None:
    """The limit that begins at token `i`, or None. With `signed` False a leading dash is none of its sign."""
    size = len(tokens)
    negative = False
    steps = 0
    while i < size and steps < 4:
        kind, text = tokens[i].kind, tokens[i].text
        if kind is Kind.DASH and signed:
            negative = True
        elif not (
            kind is Kind.CURRENCY or (kind is Kind.OTHER and text == "+") or (kind is Kind.OPERATOR and text in "<>≤≥≈")
        ):
            break
        i += 1
        steps += 1
    if i >= size:
        return None
    token = tokens[i]
    if token.kind is Kind.OPEN_LIMIT:
        return Limit(None, i + 1, False, negative)
    if token.kind is not Kind.NUMBER or token.value is None:
        return None
    value = -token.value if negative else token.value
    i += 1
    percent = i < size and tokens[i].kind is Kind.PERCENT
    if percent or (i < size and tokens[i].kind is Kind.CURRENCY):
        i += 1
    return Limit(value, i, percent, negative)


def read_limits(tokens: Sequence[Token], first: int, *, loose: bool, signed: bool = True) -> Limits | None:
    """The pair of limits that begins at token `first`, or None.

    `loose` is for places where an interval has been announced: there a comma, a semicolon, "and" or a mere space may
    part the limits, and a unit may stand behind the first. `signed` False reads a leading dash as punctuation.
    """
    low = read_limit(tokens, first, signed=signed)
    if low is None:
        return None
    i = low.after
    if loose:
        i = _skip_unit(tokens, i)
    if i >= len(tokens):
        return _split_thousands(tokens, first, low) if loose else None
    separator = tokens[i].kind
    high: Limit | None = None
    if separator is Kind.DASH:
        high = read_limit(tokens, i + 1)
        if high and high.value is not None and high.negative and low.value is not None and low.value >= 0:
            high = Limit(-high.value, high.after, high.percent, False)  # "0.1--0.3": a double hyphen
    elif separator is Kind.TO or tokens[i].text in {"through", "until", "till", "~", "÷", "∼"}:
        separator = Kind.TO
        high = read_limit(tokens, i + 2 if tokens[i + 1 : i + 2] and tokens[i + 1].kind is Kind.TO else i + 1)
    elif loose and (separator in {Kind.SEPARATOR, Kind.AND, Kind.SLASH} or tokens[i].text == "up"):
        j = i + 1
        if separator is Kind.SEPARATOR and j < len(tokens) and tokens[j].kind is Kind.AND:
            j += 1
        high = read_limit(tokens, j + (tokens[i].text == "up"))
    elif loose and separator is Kind.NUMBER:  # a dash that got lost: "95% CI 0.60 0.85"
        high = read_limit(tokens, i)
        if high and (high.value is None or low.value is None or high.value <= low.value):
            high = None
    if high is None:
        return _split_thousands(tokens, first, low) if loose else None
    if low.value is None and high.value is None:
        return None
    a, b = low.value, high.value
    if a is not None and b is not None and a > b:
        a, b = b, a
    return Limits(a, b, first, high.after, low.percent or high.percent, separator)


def _skip_unit(tokens: Sequence[Token], i: int) -> int:
    """Past a unit of up to three tokens that a range sign follows: "5.4 months to", "-0.8 mm Hg to"."""
    j = i
    while (
        j < len(tokens) and j - i < 4 and tokens[j].kind in {Kind.WORD, Kind.SLASH} and tokens[j].text not in _NO_UNIT
    ):
        j += 1
    return j if j > i and j < len(tokens) and tokens[j].kind in {Kind.TO, Kind.DASH, Kind.SEPARATOR} else i


def _split_thousands(tokens: Sequence[Token], first: int, low: Limit) -> Limits | None:
    """Two limits that a comma without a space glued into one thousand: "95% CI 105,138"."""
    token = tokens[low.after - 1]
    if token.kind is not Kind.NUMBER or token.text.count(",") != 1 or "." in token.text:
        return None
    a, b = (Decimal(part) for part in token.text.split(","))
    if low.negative:
        a = -a
    return Limits(a, b, first, low.after, False, Kind.SEPARATOR) if a < b else None


def within(value: Decimal, limits: Limits) -> bool:
    """Whether a value lies inside limits, an open limit being none."""
    return (limits.low is None or limits.low <= value) and (limits.high is None or value <= limits.high)
