"""Find the estimate that an interval belongs to: the number before it, its sign and its unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.mentions.interval_candidates import Candidate
from structurer.mentions.limits import Limits
from structurer.mentions.units import TIME_UNITS, UNIT_STOP, read_unit, unit_of_limits
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading

# How many tokens before an interval its estimate may stand, with words between ("42% of patients were cured (95% CI").
_FAR = 26
_NEAR = 7
_NEVER_BEFORE = frozenset(
    """n p grade grades day week month year stage z t f df phase arm group level cohort se sd aged age i² χ""".split()
)
# Words before a number that make it a denominator or a time: "per 100 woman-years", "over 5 visits".
_NOT_MEASURED = frozenset("per over within after during every each first last next version ci".split())
# "at 12 months", "for 6 weeks": times, which an interval may hold by chance
_BEFORE_TIMES = frozenset("at in by for until through since from up to".split())
_POWERS_OF_TEN = frozenset({"10", "100", "1000", "10000", "100000", "1000000"})
# "18.6% lower (90% upper confidence limit, -8.0%)": behind these the number before is the estimate all the same
_COMPARATIVES = frozenset("higher lower greater less more fewer longer shorter better worse fold times".split())


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number as estimate: its signed value, tokens [first, after) with sign and unit, unit, and whether in per cent.

    `value` is None, and `unit` may be given, where the text says "not reached".
    """

    value: Decimal | None
    first: int
    after: int
    unit: str | None
    percent: bool


def within(value: Decimal, limits: Limits) -> bool:
    """Whether a value lies inside limits, an open limit being none."""
    return (limits.low is None or limits.low <= value) and (limits.high is None or value <= limits.high)


def scaled_within(value: Decimal, limits: Limits, percent: bool) -> bool:
    """Whether a percentage lies inside limits that are printed as fractions of one."""
    small = all(x is None or abs(x) <= 1 for x in (limits.low, limits.high))
    return percent and small and not limits.percent and within(value / 100, limits)


def search_estimate(
    reading: Reading, candidate: Candidate, not_before: int, skip: Sequence[tuple[int, int]]
) -> Estimate | None:
    """The estimate of an interval, looked for backwards from it to token `not_before`.

    `skip` are character spans (p-values, earlier intervals) whose numbers are none. A number with only its unit
    between it and the interval is the estimate even if it lies outside; one farther off must lie inside.
    """
    tokens = reading.tokens
    sentence_start = reading.sentence_at(tokens[candidate.first].start)[0]
    j = candidate.first - 1
    distance = 0
    plain = True  # only units, brackets and separators so far
    while j >= not_before and distance < _FAR and tokens[j].start >= sentence_start:
        token = tokens[j]
        covered = _covering(skip, token)
        if covered is not None:
            while j >= not_before and tokens[j].start >= covered[0]:
                j -= 1
            continue
        if token.kind is Kind.CLOSE:
            inner = _bracket_number(reading, j, candidate, distance)
            if inner is not None:
                return inner
            opened = _opening(tokens, j, not_before)
            if opened is None:
                return None
            j = opened - 1
            distance += 1
            continue
        if token.kind is Kind.OPEN_LIMIT:
            return Estimate(None, j, j + 1, unit_of_limits(reading, candidate.limits), False)
        if token.kind is Kind.NUMBER:
            made = _read_estimate(reading, j, candidate, plain and distance <= _NEAR)
            if made is not None:
                return made
            plain = plain and _is_in_unit(tokens, j)
        elif token.kind is Kind.STOP and not _is_product_dot(tokens, j):
            return None
        elif token.kind is Kind.WORD and token.text in UNIT_STOP and token.text not in _COMPARATIVES:
            plain = False
        if token.kind is Kind.WORD:
            distance += 1
        else:
            distance += 1 if token.kind is not Kind.OPEN else 0
        j -= 1
    return None


def _is_product_dot(tokens: Sequence[Token], j: int) -> bool:
    """Whether a point is a product's, with spaces on both sides: "kcal · kg−1 · h−1"."""
    return 0 < j < len(tokens) - 1 and tokens[j - 1].end < tokens[j].start and tokens[j].end < tokens[j + 1].start


def _covering(spans: Sequence[tuple[int, int]], token: Token) -> tuple[int, int] | None:
    return next(((a, b) for a, b in spans if a <= token.start < b), None)


def _opening(tokens: Sequence[Token], close: int, not_before: int) -> int | None:
    depth = 0
    for k in range(close, max(not_before - 1, close - 40), -1):
        if tokens[k].kind is Kind.CLOSE:
            depth += 1
        elif tokens[k].kind is Kind.OPEN:
            depth -= 1
            if depth == 0:
                return k
    return None


def _bracket_number(reading: Reading, close: int, candidate: Candidate, distance: int) -> Estimate | None:
    """The estimate of a bracket that holds nothing else: "HR (0.72) (95% CI ...", "108 (90%) patients (95% CI"."""
    if distance > _NEAR:
        return None
    tokens = reading.tokens
    first = close - 1
    if tokens[first].kind is Kind.PERCENT:
        first -= 1
    if tokens[first].kind is not Kind.NUMBER:
        return None
    start = first - 1 if tokens[first - 1].kind is Kind.DASH else first
    if start == 0 or tokens[start - 1].kind is not Kind.OPEN:
        return None
    return _read_estimate(reading, first, candidate, close=False)


def _read_estimate(reading: Reading, j: int, candidate: Candidate, close: bool) -> Estimate | None:
    """The number at token `j` as the estimate of an interval, or None where it is something else."""
    tokens = reading.tokens
    token = tokens[j]
    before = tokens[j - 1] if j else None
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if token.value is None or (before and before.kind is Kind.SLASH):
        return None
    # "20/152" is a count; "2.2/100 person-years" is a rate.
    counted = after and after.kind is Kind.SLASH and _is_number(tokens, j + 2)
    if counted and tokens[j + 2].text not in _POWERS_OF_TEN:
        return None
    if before and before.text in {"of", "/"} and _is_number(tokens, j - 2):
        return None
    if after and after.text == "of" and _is_number(tokens, j + 2):
        return None  # "34.1% (28 of 82 patients; 95% CI ...": a count
    if before and before.kind is Kind.DASH and before.end == token.start and _is_number(tokens, j - 2):
        return None  # the end of a range
    word = _word_before(tokens, j)
    if word in _NEVER_BEFORE and not candidate.announced:
        return None
    if word in {"n", "se", "sd", "z", "t", "p", "iqr", "range"} or (before and before.kind is Kind.PLUS_MINUS):
        # "81.3 ± 41.2 (95% CI ...": the number before the ± is the estimate, and the loop will come to it.
        return None
    if word in _NOT_MEASURED or _is_test_statistic(tokens, j) or _is_compound(tokens, j):
        return None
    if word in _BEFORE_TIMES and after and after.text in TIME_UNITS:
        return None
    percent = bool(after and after.kind is Kind.PERCENT)
    value, first = _signed(tokens, j, candidate.limits)
    inside = within(value, candidate.limits) or scaled_within(value, candidate.limits, percent)
    unit, behind = read_unit(reading, j, candidate.first)
    if not inside and (not close or _second_of_two(tokens, first)):
        return None
    if not inside and (_is_year(token, after) or (after and after.kind is Kind.DASH and after.start == token.end)):
        return None
    return Estimate(value, first, behind, unit, percent)


def _is_compound(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is the first part of a word: "2-sided", "6-month"; "2.1-fold" is a value."""
    if j + 2 >= len(tokens) or tokens[j + 1].kind is not Kind.DASH or tokens[j + 2].kind is not Kind.WORD:
        return False
    glued = tokens[j].end == tokens[j + 1].start and tokens[j + 1].end == tokens[j + 2].start
    return glued and not tokens[j + 2].text.startswith("fold")


def _is_test_statistic(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is a test statistic with its degrees of freedom: "t(268) = 2.04", "F(1, 58) = 4.2"."""
    k = j - 1
    while k >= 0 and tokens[k].kind in {Kind.OPERATOR, Kind.DASH}:
        k -= 1
    if k < 3 or k == j - 1 or tokens[k].kind is not Kind.CLOSE:
        return False
    opened = _opening(tokens, k, max(0, k - 6))
    return opened is not None and opened > 0 and tokens[opened - 1].text in {"t", "f", "z", "χ", "x", "χ2", "x2"}


def _second_of_two(tokens: Sequence[Token], first: int) -> bool:
    """Whether a number is the second of two compared values, whose difference the interval is: "1.49% vs 1.89%"."""
    near = tokens[max(0, first - 11) : first]
    for k in range(len(near) - 1, -1, -1):
        if near[k].kind is Kind.VERSUS or near[k].text == "compared":
            return any(token.kind is Kind.NUMBER for token in near[:k])
    return False


def _is_in_unit(tokens: Sequence[Token], j: int) -> bool:
    """Whether a number is part of a unit: "mL/min/1.73 m2", "per 100 patient-years"."""
    before = tokens[j - 1] if j else None
    return before is not None and (before.kind is Kind.SLASH or before.text == "per")


def _is_number(tokens: Sequence[Token], i: int) -> bool:
    return 0 <= i < len(tokens) and tokens[i].kind is Kind.NUMBER


def _is_year(token: Token, after: Token | None) -> bool:
    return len(token.text) == 4 and token.text[:2] in {"19", "20"} and not (after and after.kind is Kind.PERCENT)


def _word_before(tokens: Sequence[Token], j: int) -> str:
    k = j - 1
    while k >= 0 and tokens[k].kind in {Kind.OPERATOR, Kind.DASH}:
        k -= 1
    return tokens[k].text if k >= 0 and tokens[k].kind is Kind.WORD else ""


def _signed(tokens: Sequence[Token], j: int, limits: Limits) -> tuple[Decimal, int]:
    """The value at token `j` with its sign, and the token where it begins.

    A dash glued to the number is a minus unless it is glued to a word or a number before it too; a dash with spaces
    on both sides is what makes the value lie inside its interval.
    """
    value = tokens[j].value
    assert value is not None
    first = j
    if j and tokens[j - 1].kind is Kind.CURRENCY:
        first = j - 1
    if first == 0 or tokens[first - 1].kind is not Kind.DASH:
        return value, first
    dash = tokens[first - 1]
    previous = tokens[first - 2] if first > 1 else None
    glued_right = dash.end == tokens[first].start
    glued_left = previous is not None and previous.end == dash.start
    if glued_left and previous is not None and previous.kind in {Kind.WORD, Kind.NUMBER, Kind.PERCENT, Kind.CLOSE}:
        return value, first
    if glued_right or (within(-value, limits) and (not within(value, limits) or _spaced_sign(tokens, limits))):
        return -value, first - 1
    return value, first


def _spaced_sign(tokens: Sequence[Token], limits: Limits) -> bool:
    """Whether the lower limit's own minus stands apart from its digits, so that this text's minus signs do."""
    sign = tokens[limits.first]
    return sign.kind is Kind.DASH and sign.end < tokens[limits.first + 1].start
