"""Find how a text calls the groups that it compares, whatever its arms are called elsewhere.

"the usual-care group", "arm B", "placebo", "medial versus lateral tumours": names that stand where results stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from structurer.linking.arms.outcome_control import controls_an_outcome
from structurer.linking.word_classes import word_classes
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading

_GROUP = frozenset(
    """group groups arm arms recipients users regimen regimens clusters condition conditions practices schools villages
    wards phase diet diets""".split()
)
_PLAIN = frozenset({"placebo", "control", "controls", "sham", "comparator", "observation"})
_PLAIN_TWO = frozenset({("usual", "care"), ("standard", "care"), ("standard", "treatment"), ("no", "treatment")})
# "no treatment difference", "control rate" name no group.
_NOT_OF_A_GROUP = frozenset(
    {
        "difference",
        "differences",
        "effect",
        "effects",
        "rate",
        "rates",
        "period",
        "periods",
        "time",
        "unit",
        "units",
        "room",
    }
)
# Before "group" these words name none: "the two groups", "each study arm".
_NAMELESS = frozenset(
    """treatment study both each either two three four five six other all same respective between age patient
    subject trial overall different whole entire one first second third large small parallel comparison
    patients participants run-in washout extension maintenance-phase double-blind open-label health number
    numbers total randomized randomised research analysis single another between-group safety""".split()
)
_CAPITAL = frozenset("abcdefgh") | frozenset({"i", "ii", "iii", "iv"})
_LONGEST = 5
_BEFORE_OPERAND = frozenset(
    {"in", "with", "for", "on", "after", "among", "the", "those", "a", "of", "from", "receiving"}
)
_SIDES = frozenset("patients women men those participants subjects children people tumors tumours".split())
_CUES = _GROUP | _PLAIN | {"care", "treatment", "versus", "vs", "v", "than", "with", "to"}

Span = tuple[int, int]


def group_names_of(reading: Reading, first: int, stop: int) -> list[Span]:
    """`find_group_names` in a text's own tokens, looked for once: of effects, of values and of outcomes it is asked."""
    known = reading.kept.get(("group names", first, stop))
    if known is None:
        tokens = reading.tokens
        cues = reading.once("group cues", (), lambda: _cues(tokens, 0, len(tokens)))
        own = cues[bisect_left(cues, first) : bisect_left(cues, stop)]
        known = reading.kept["group names", first, stop] = _named_at(own, tokens, first, stop, reading.norm)
    return known


def find_group_names(tokens: Sequence[Token], first: int, stop: int, norm: str) -> list[Span]:
    """The names of groups in `tokens[first:stop]` as character offsets into `norm`, in order, none inside another."""
    return _named_at(_cues(tokens, first, stop), tokens, first, stop, norm)


def _cues(tokens: Sequence[Token], first: int, stop: int) -> list[int]:
    """The indices of the tokens by which a group may be named."""
    return [i for i, token in enumerate(tokens[first:stop], first) if token[3] in _CUES]


def _named_at(cues: Sequence[int], tokens: Sequence[Token], first: int, stop: int, norm: str) -> list[Span]:
    if not cues:
        return []
    found: list[tuple[int, int]] = []
    for i in cues:
        token = tokens[i]
        word = token.text
        if token.kind is Kind.VERSUS or (word in ("with", "to") and i > first and tokens[i - 1].text == "compared"):
            found += _operands(tokens, i, first, stop)
        elif word == "than":
            found += _right(tokens, i, stop)
        elif token.kind is not Kind.WORD:
            continue
        elif word in _GROUP:
            found += _beside_group(tokens, i, first, stop, norm)
        elif (i + 1 < stop and tokens[i + 1].text in _NOT_OF_A_GROUP) or (
            word == "control" and _is_of_an_outcome(token, norm)
        ):
            continue
        elif word in _PLAIN or (i > first and (tokens[i - 1].text, word) in _PLAIN_TWO):
            found.append((i if word in _PLAIN else i - 1, i + 1))
    names: list[Span] = []
    for low, high in sorted(found, key=lambda span: (span[0], -span[1])):
        start, end = tokens[low].start, tokens[high - 1].end
        if not names or start >= names[-1][1]:
            names.append((start, end))
    return names


def _is_of_an_outcome(token: Token, norm: str) -> bool:
    begin = max(0, token.start - 20)
    return controls_an_outcome(norm[begin : token.end + 16].lower(), token.start - begin, token.end - begin)


def _beside_group(tokens: Sequence[Token], i: int, first: int, stop: int, norm: str) -> list[tuple[int, int]]:
    """ "arm B", or the name before "group"; the two names before "groups"."""
    after = tokens[i + 1] if i + 1 < stop else None
    if tokens[i].text == "phase" and after is not None and (after.kind is Kind.NUMBER or after.text in _CAPITAL):
        return []
    if after is not None and (after.kind is Kind.NUMBER or after.text in _CAPITAL):
        printed = norm[after.start : after.end]
        if after.end - after.start <= 3 and (printed.isupper() or (printed.isdigit() and after.end - after.start == 1)):
            return [(i, i + 2)]
    low = _back(tokens, i, first)
    if low == i:
        return []
    names = [(low, i)]
    joint = tokens[low - 1] if low > first else None
    if tokens[i].text.endswith("s") and joint is not None and joint.kind in (Kind.AND, Kind.VERSUS):
        other = _back(tokens, low - 1, first)
        if other < low - 1:
            names.append((other, low - 1))
    return names


def _is_part(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token can be part of a group's name."""
    classes = word_classes()
    token = tokens[i]
    # "R-CHOP14"
    if token.kind is Kind.NUMBER:
        return i > 0 and tokens[i - 1].kind is Kind.WORD and tokens[i - 1].end == token.start
    if token.kind is Kind.WORD:
        return (token.text not in classes.breaks and token.text != "of") or token.text in ("plus", "no", "without")
    return token.kind in (Kind.SLASH, Kind.DASH) or token.text == "+"


def _back(tokens: Sequence[Token], i: int, first: int) -> int:
    """Where the name that ends before token `i` begins; `i` where there is none."""
    low = i
    while low > first and i - low < _LONGEST and _is_part(tokens, low - 1):
        low -= 1
    while low < i and (tokens[low].text in _NAMELESS or tokens[low].kind is not Kind.WORD):
        low += 1
    return low if _is_name(tokens, low, i) else i


def _is_name(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether some word of `tokens[low:high]` is more than a measure or "treatment"."""
    dull = _dull()
    return any(t.kind is Kind.WORD and t.text not in dull for t in tokens[low:high])


@cache
def _dull() -> frozenset[str]:
    classes = word_classes()
    return classes.generic | classes.leading | classes.breaks | _NAMELESS


def _operands(tokens: Sequence[Token], i: int, first: int, stop: int) -> list[tuple[int, int]]:
    """Both sides of "versus"; only names, no numbers."""
    right = _right(tokens, i, stop)
    if not right or tokens[i].kind is not Kind.VERSUS:
        return right
    low = i
    while low > first and i - low < _LONGEST and _is_part(tokens, low - 1):
        low -= 1
    return [(low, i), *right] if _is_name(tokens, low, i) else right


def _right(tokens: Sequence[Token], i: int, stop: int) -> list[tuple[int, int]]:
    low = i + 1
    while low < stop and (tokens[low].text in _BEFORE_OPERAND or tokens[low].text in _SIDES):
        low += 1
    high = low
    while high < stop and high - low < _LONGEST and _is_part(tokens, high) and tokens[high].text not in _GROUP:
        high += 1
    while high - 1 > low and tokens[high - 1].text in _SIDES:
        high -= 1
    return (
        [(low, high)] if tokens[low : low + 1] and tokens[low].kind is Kind.WORD and _is_name(tokens, low, high) else []
    )
