"""Find the estimate that an interval belongs to: the number before it, its sign and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.mentions.effect_estimates.interval_candidates import Candidate
from structurer.mentions.effect_estimates.limits import Limits, within
from structurer.mentions.effect_estimates.number_neighbours import (
    is_beside_versus,
    is_compound,
    is_count,
    is_in_unit,
    is_number,
    is_product_dot,
    is_second_of_two,
    is_test_statistic,
    is_year,
    opening_bracket,
    word_before,
)
from structurer.mentions.effect_estimates.units import TIME_UNITS, UNIT_STOP, read_unit, unit_of_limits
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
# Words that present the number behind them as a result
_LEADS_IN = frozenset("was were is are of by = : with hr or rr".split())
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


def scaled_within(value: Decimal, limits: Limits, percent: bool) -> bool:
    """Whether a percentage lies inside limits that are printed as fractions of one."""
    small = all(x is None or abs(x) <= 1 for x in (limits.low, limits.high))
    return percent and small and not limits.percent and within(value / 100, limits)


def search_estimate(
    reading: Reading, candidate: Candidate, not_before: int, skip: Sequence[tuple[int, int]]
) -> Estimate | None:
    """The estimate of an interval, looked for backwards from it to token `not_before`.

    `skip` are character spans (p-values, earlier intervals) whose numbers are none. A number with only its unit
    between it and the interval is the estimate even if it lies outside, unless a like number before it lies inside;
    one farther off must lie inside.
    """
    tokens = reading.tokens
    sentence_start = reading.sentence_at(tokens[candidate.first].start)[0]
    j = candidate.first - 1
    distance = 0
    plain = True  # only units, brackets and separators so far
    outside: Estimate | None = None
    while j >= not_before and distance < _FAR and tokens[j].start >= sentence_start:
        token = tokens[j]
        covered = _covering(skip, token)
        if covered is not None:
            while j >= not_before and tokens[j].start >= covered[0]:
                j -= 1
            continue
        if token.kind is Kind.CLOSE:
            inner = _bracket_number(reading, j, candidate, distance)
            if inner is not None and (outside is None or inner.percent == outside.percent):
                return inner
            opened = opening_bracket(tokens, j, not_before)
            if opened is None:
                return outside
            j = opened - 1
            distance += 1
            continue
        if token.kind is Kind.OPEN_LIMIT and outside is None:
            return Estimate(None, j, j + 1, unit_of_limits(reading, candidate.limits), False)
        if token.kind is Kind.NUMBER:
            close = plain and distance <= _NEAR and outside is None
            made = _read_estimate(reading, j, candidate, close)
            if made is not None and distance > _NEAR and _is_dose(tokens, made):
                made = None
            if made is not None and _is_inside(made, candidate.limits):
                if outside is None or made.percent or not outside.percent:
                    return made
            elif made is not None:
                if _is_led_in(tokens, made.first):
                    return made
                outside = made
            plain = plain and is_in_unit(tokens, j)
        elif token.kind is Kind.STOP and not is_product_dot(tokens, j):
            return outside
        elif token.kind is Kind.WORD and token.text in UNIT_STOP and token.text not in _COMPARATIVES:
            plain = False
        if token.kind is Kind.WORD:
            distance += 1
        else:
            distance += 1 if token.kind is not Kind.OPEN else 0
        j -= 1
    return outside


_DOSE = re.compile(r"(?:mg|mcg|µg|μg|ug|g|iu|gy|mg/(?:kg|day|d|m2))(?![a-z])")


def _is_dose(tokens: Sequence[Token], estimate: Estimate) -> bool:
    """Whether a number in milligrams stands right behind a drug's name, with a comma or without: "drug, 15 mg"."""
    if estimate.unit is None or not _DOSE.match(estimate.unit.lower()) or not estimate.first:
        return False
    before = tokens[estimate.first - 1]
    word = before.kind is Kind.WORD and before.text not in _LEADS_IN | UNIT_STOP | _COMPARATIVES
    return word or before.text == ","


def _is_inside(estimate: Estimate, limits: Limits) -> bool:
    value = estimate.value
    return value is None or within(value, limits) or scaled_within(value, limits, estimate.percent)


def _is_led_in(tokens: Sequence[Token], first: int) -> bool:
    """Whether the word right before a number presents it as a result: "HR 0.5", "was 0.5", "by 12"."""
    before = tokens[first - 1] if first else None
    return before is not None and (
        before.text in _LEADS_IN
        or (before.kind is Kind.WORD and before.text not in UNIT_STOP | _BEFORE_TIMES | _NEVER_BEFORE)
    )


def _covering(spans: Sequence[tuple[int, int]], token: Token) -> tuple[int, int] | None:
    return next(((a, b) for a, b in spans if a <= token.start < b), None)


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
    counted = after and after.kind is Kind.SLASH and is_number(tokens, j + 2)
    # "a mean score of 14.47/17" is a score and its maximum.
    if counted and tokens[j + 2].text not in _POWERS_OF_TEN and "." not in token.text:
        return None
    if before and before.text in {"of", "/"} and is_count(tokens, j - 2):
        return None
    if after and after.text == "of" and is_number(tokens, j + 2):
        return None  # "34.1% (28 of 82 patients; 95% CI ...": a count
    if before and before.kind is Kind.DASH and before.end == token.start and is_number(tokens, j - 2):
        return None  # the end of a range
    word = word_before(tokens, j)
    if word in _NEVER_BEFORE and not candidate.announced:
        return None
    if word in {"n", "se", "sd", "z", "t", "p", "iqr", "range", "wald"} or (before and before.kind is Kind.PLUS_MINUS):
        # "81.3 ± 41.2 (95% CI ...": the number before the ± is the estimate, and the loop will come to it.
        return None
    if word in _NOT_MEASURED or is_test_statistic(tokens, j) or is_compound(tokens, j):
        return None
    if word in _BEFORE_TIMES and after and after.text in TIME_UNITS:
        return None
    if word == "margin" or (word == "of" and j > 1 and tokens[j - 2].text in {"margin", "limit", "boundary"}):
        return None
    if not close and after and after.kind is Kind.DASH and after.start == token.end and is_number(tokens, j + 2):
        return None  # the beginning of a range
    whole = token.value == token.value.to_integral_value()
    if not close and whole and after and after.text in TIME_UNITS and candidate.limits.spans_nothing():
        return None  # "1 year costs ... (95% CI -1416 to 10782"
    percent = bool(after and after.kind is Kind.PERCENT)
    value, first = _signed(tokens, j, candidate.limits)
    inside = within(value, candidate.limits) or scaled_within(value, candidate.limits, percent)
    unit, behind = read_unit(reading, j, candidate.first)
    half_open = candidate.limits.low is None or candidate.limits.high is None
    if half_open and not close and is_beside_versus(tokens, first, behind):
        return None
    if not inside and (not close or is_second_of_two(tokens, first)):
        return None
    if not inside and (is_year(token, after) or (after and after.kind is Kind.DASH and after.start == token.end)):
        return None
    return Estimate(value, first, behind, unit, percent)


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
    # "a difference of - 3.4%": behind a word that presents a number, a dash with spaces is its sign too.
    told = previous is not None and previous.text in _LEADS_IN
    if glued_right or told or (within(-value, limits) and (not within(value, limits) or _spaced_sign(tokens, limits))):
        return -value, first - 1
    return value, first


def _spaced_sign(tokens: Sequence[Token], limits: Limits) -> bool:
    """Whether the lower limit's own minus stands apart from its digits, so that this text's minus signs do."""
    sign = tokens[limits.first]
    return sign.kind is Kind.DASH and sign.end < tokens[limits.first + 1].start
