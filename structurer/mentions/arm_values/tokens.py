"""The tokens of one sentence with its number words read as numbers, and the small moves of a grammar over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from structurer.text.notation import Kind, Token
from structurer.text.number_words import NumberWord
from structurer.text.reading import Reading

_ONE_OF = re.compile(
    r"(?<![a-z])one(?= of (?:the )?(?:\d|two |three |four |five |six |seven |eight |nine |ten |\w+teen |twenty))"
)
_BEFORE_MINUS = frozenset(
    "were was is are of by to with or than from change changed decrease between averaged =".split()
)


def tokens_between(reading: Reading, start: int, end: int, number_words: Sequence[NumberWord]) -> list[Token]:
    """The tokens of `reading.norm[start:end]`; a number in words is one NUMBER token whose text stays its words."""
    first, stop = reading.token_index(start), reading.token_index(end)
    tokens = reading.tokens[first:stop]
    numbers = [(word.start, word.end, word.value) for word in number_words if start <= word.start < end]
    if "one of " in reading.lower[start:end]:
        numbers += [(match.start(), match.end(), 1) for match in _ONE_OF.finditer(reading.lower, start, end)]
    if not numbers:
        return tokens
    numbers.sort()
    merged: list[Token] = []
    pending = iter(numbers)
    word = next(pending, None)
    for token in tokens:
        while word is not None and token.start >= word[1]:
            word = next(pending, None)
        if word is None or token.end <= word[0]:
            merged.append(token)
        elif token.start == word[0] or (merged and merged[-1].start < word[0] <= token.start):
            merged.append(Token(Kind.NUMBER, word[0], word[1], reading.lower[word[0] : word[1]], Decimal(word[2])))
    return merged


def is_word_number(token: Token) -> bool:
    """Whether a number was printed in words."""
    return token.kind is Kind.NUMBER and token.text[:1].isalpha()


def is_whole(token: Token) -> bool:
    """Whether a token is a number without decimal places."""
    return token.kind is Kind.NUMBER and token.value is not None and "." not in token.text and token.value % 1 == 0


def closing(tokens: Sequence[Token], opening: int, reach: int = 40) -> int:
    """The index of the bracket that closes the one at `opening`, or -1 within `reach` tokens."""
    depth = 0
    for i in range(opening, min(len(tokens), opening + reach)):
        kind = tokens[i].kind
        if kind is Kind.OPEN:
            depth += 1
        elif kind is Kind.CLOSE:
            depth -= 1
            if depth == 0:
                return i
    return -1


def sign_before(tokens: Sequence[Token], i: int, text: str) -> int:
    """-1 where the number at `i` has a minus, 1 where it has a plus, 0 without a sign.

    A dash is a minus unless it joins the number to another ("0.66-0.62") or to a word ("week-4").
    """
    if i == 0:
        return 0
    mark = tokens[i - 1]
    if mark.text == "+":
        return 1
    if mark.kind is not Kind.DASH or tokens[i].start - mark.end > 1:
        return 0
    if i == 1:
        return -1
    before = tokens[i - 2]
    if before.kind is Kind.DASH:
        return 0
    if before.end == mark.start:
        return -1 if before.kind in (Kind.OPEN, Kind.OPERATOR, Kind.SEPARATOR, Kind.SLASH, Kind.CURRENCY) else 0
    if before.kind in (Kind.NUMBER, Kind.PERCENT):
        # "1 - 2" is a range; "from 1 -2" is not printed
        return 0 if mark.end < tokens[i].start else -1
    if before.kind is Kind.STOP and i > 2 and tokens[i - 3].kind is Kind.VERSUS:
        return -1  # "-55.9% vs. - 45.9%"
    if tokens[i].start > mark.end and before.kind in (Kind.CLOSE, Kind.PERCENT, Kind.STOP):
        return 0
    if tokens[i].start > mark.end and before.kind is Kind.WORD and before.text not in _BEFORE_MINUS:
        # "RC - 100%": a dash between a name and its value
        return 0
    return -1
