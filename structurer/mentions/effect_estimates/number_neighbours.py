"""What a number is not: told from the tokens beside it, before it is taken for an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from structurer.text.notation import Kind, Token

_SMALL_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve none".split())


def opening_bracket(tokens: Sequence[Token], close: int, not_before: int) -> int | None:
    """The token of the bracket that the one at token `close` closes, not before `not_before`, or None."""
    depth = 0
    for k in range(close, max(not_before - 1, close - 40), -1):
        if tokens[k].kind is Kind.CLOSE:
            depth += 1
        elif tokens[k].kind is Kind.OPEN:
            depth -= 1
            if depth == 0:
                return k
    return None


def is_product_dot(tokens: Sequence[Token], j: int) -> bool:
    """Whether a point is a product's, apart from both sides or glued to words: "kcal · kg−1", "h·mg/dl"."""
    if not 0 < j < len(tokens) - 1:
        return False
    left, right = tokens[j - 1].end == tokens[j].start, tokens[j].end == tokens[j + 1].start
    words = tokens[j - 1].kind is Kind.WORD and tokens[j + 1].kind is Kind.WORD
    return not (left or right) or (left and right and words)


def is_count(tokens: Sequence[Token], i: int) -> bool:
    """Whether what stands before "of" is a count: "31 of 32", "31 [97%] of 32", "eight of 15"."""
    if i > 0 and tokens[i].kind is Kind.CLOSE:
        i -= 1
    if i > 0 and tokens[i].kind is Kind.PERCENT:
        i -= 1
    return i >= 0 and (tokens[i].kind is Kind.NUMBER or tokens[i].text in _SMALL_NUMBERS)


def is_compound(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is the first part of a word: "2-sided", "6-month"; "2.1-fold" is a value."""
    if j + 2 >= len(tokens) or tokens[j + 1].kind is not Kind.DASH or tokens[j + 2].kind is not Kind.WORD:
        return False
    glued = tokens[j].end == tokens[j + 1].start and tokens[j + 1].end == tokens[j + 2].start
    return glued and not tokens[j + 2].text.startswith("fold")


def is_test_statistic(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is a test statistic with its degrees of freedom: "t(268) = 2.04", "F(1, 58) = 4.2"."""
    k = j - 1
    while k >= 0 and tokens[k].kind in {Kind.OPERATOR, Kind.DASH}:
        k -= 1
    if k < 3 or k == j - 1 or tokens[k].kind is not Kind.CLOSE:
        return False
    opened = opening_bracket(tokens, k, max(0, k - 6))
    return opened is not None and opened > 0 and tokens[opened - 1].text in {"t", "f", "z", "χ", "x", "χ2", "x2"}


def is_second_of_two(tokens: Sequence[Token], first: int) -> bool:
    """Whether a number is the second of two compared values, whose difference the interval is: "1.49% vs 1.89%"."""
    near = tokens[max(0, first - 11) : first]
    if (
        near
        and near[-1].kind is Kind.TO
        and any(t.kind is Kind.NUMBER for t in near)
        and "from" in {t.text for t in near}
    ):
        return True  # "increasing from 31.1 units at the start to 37.4"
    for k in range(len(near) - 1, -1, -1):
        if near[k].kind is Kind.VERSUS or near[k].text == "compared":
            return any(token.kind is Kind.NUMBER for token in near[:k])
    return False


def is_in_unit(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is part of a unit: "mL/min/1.73 m2", "per 100 patient-years"."""
    before = tokens[j - 1] if j else None
    return before is not None and (before.kind is Kind.SLASH or before.text == "per")


def is_number(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` is a number."""
    return 0 <= i < len(tokens) and tokens[i].kind is Kind.NUMBER


def is_year(token: Token, after: Token | None) -> bool:
    """Whether a number is a calendar year."""
    return len(token.text) == 4 and token.text[:2] in {"19", "20"} and not (after and after.kind is Kind.PERCENT)


def word_before(tokens: Sequence[Token], j: int) -> str:
    """The word right before the number at token `j`, over its sign and an equals sign, or ""."""
    k = j - 1
    while k >= 0 and tokens[k].kind in {Kind.OPERATOR, Kind.DASH}:
        k -= 1
    return tokens[k].text if k >= 0 and tokens[k].kind is Kind.WORD else ""


def is_beside_versus(tokens: Sequence[Token], first: int, behind: int) -> bool:
    """Whether the number at tokens [first, behind) is one of two values side by side: "66.8% vs 67.6%"."""
    before = tokens[first - 1].kind if first else None
    after = tokens[behind].kind if behind < len(tokens) else None
    return Kind.VERSUS in {before, after}


# The tokens of "28% (11/40": a share, and in the bracket behind it what it is of.
_COUNTED_SHARE = [Kind.NUMBER, Kind.PERCENT, Kind.OPEN, Kind.NUMBER, Kind.SLASH, Kind.NUMBER]


def _share_of_count(tokens: Sequence[Token], j: int) -> Decimal | None:
    """The percentage before the bracket whose count ends at token `j`: "28% (11/40 [15-44]"."""
    told = tokens[max(0, j - 5) : j + 1]
    return told[0].value if [token.kind for token in told] == _COUNTED_SHARE else None


def number_just_before(tokens: Sequence[Token], i: int) -> Decimal | None:
    """The signed number that stands right before token `i`, but for its unit and its count."""
    j = i - 1
    steps = 0
    kinds = {Kind.WORD, Kind.PERCENT, Kind.SLASH, Kind.CURRENCY}
    while j >= 0 and steps < 4 and (tokens[j].kind in kinds or (tokens[j].kind is Kind.DASH and steps == 1)):
        if tokens[j].text in {"of", "in", "and", "age", "aged", "years", "year", "or", "with", "for", "grade", "to"}:
            return None
        j -= 1
        steps += 1
    if j < 0 or tokens[j].kind is not Kind.NUMBER:
        return None
    value = tokens[j].value
    if j and tokens[j - 1].kind is Kind.SLASH and tokens[j - 1].end == tokens[j].start:
        return _share_of_count(tokens, j)
    if value is None:
        return None
    negative = (
        j > 0 and tokens[j - 1].kind is Kind.DASH and not (j > 1 and tokens[j - 2].kind in {Kind.NUMBER, Kind.PERCENT})
    )
    return -value if negative else value
