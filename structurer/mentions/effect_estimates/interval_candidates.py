"""Pairs of limits that are intervals: announced by name, or carried over from an interval announced before.

"HR 0.76 (95% CI 0.57-1.00), 0.88 (0.74-1.04)": the second pair is an interval because the first was announced as
one. The last statistic named decides: after "IQR" or "range" a pair in brackets is no interval.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.mentions.effect_estimates.confidence_intervals import Announcement, announcements
from structurer.mentions.effect_estimates.limits import Limits, read_limits, within
from structurer.mentions.effect_estimates.measure_names import MeasureName
from structurer.mentions.effect_estimates.number_neighbours import number_just_before
from structurer.mentions.effect_estimates.units import TIME_UNITS
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading

_NINETY_FIVE = Decimal(95)
# Names of statistics that a pair in brackets belongs to instead of an interval.
_OTHER_STATISTIC = frozenset(
    """iqr iqrs interquartile quartile quartiles quartil range ranges ranged sd sds sem se ses min max tertile
    percentile percentiles""".split()
)
_RATIO_CODES = frozenset({"HR", "OR", "RR", "IRR", "RATIO"})
_NAMED_CODES = _RATIO_CODES | {"RD", "MD", "SMD", "RRR", "NNT", "BETA"}
_DIFFERENCE_CODES = frozenset({"MD", "RD", "SMD", "DIFFERENCE", "RRR", "NNT"})
# What brackets hold where no interval has been named, and where quartiles, ranges or deviations have.
_NOTHING_NAMED, _OTHER_NAMED = -1, -2
# What limits that nobody announced may stand behind.
_BEFORE_LIMITS = frozenset({Kind.OPEN, Kind.SEPARATOR})
# What limits can begin with: without one of these behind them brackets and separators need no look.
_BEGINS_LIMITS = frozenset({Kind.NUMBER, Kind.DASH, Kind.CURRENCY, Kind.OPERATOR, Kind.OPEN_LIMIT, Kind.OTHER})
# How far behind an announced interval, in characters, an unannounced pair is still taken for one.
_REACH = 900


@dataclass(frozen=True, slots=True)
class Candidate:
    """An interval: its limits, its level, and tokens [first, after) that it occupies with its name.

    `announced` is False for a pair carried over. `bracketed` says whether a carried pair opens a bracket of its own.
    """

    limits: Limits
    level: Decimal
    first: int
    after: int
    announced: bool
    one_sided: bool
    credible: bool
    about: str


def find_candidates(reading: Reading, names: list[MeasureName]) -> list[Candidate]:
    """Every interval of a text, announced or carried over, in order."""
    tokens = reading.tokens
    named = announcements(reading)
    at = {made.first: made for made in named}
    first_level = next((made.level for made in named if made.level is not None), _NINETY_FIVE)
    level = None
    # The offset of the last interval's end while intervals are what brackets hold.
    mode_end = _NOTHING_NAMED
    comma_style = False
    found: list[Candidate] = []
    name_ends = {name.end: name for name in names}
    last: MeasureName | None = None
    last_shape = ""
    behind = 0
    for i in _turning_points(tokens, name_ends, at):
        if i < behind:
            continue
        token = tokens[i]
        if token.end in name_ends:
            last = name_ends[token.end]
        if i in at:
            made = at[i]
            level = made.level if made.level is not None else level
            mode_end = tokens[max(made.after, i + 1) - 1].end
            if made.limits is not None:
                found.append(_announced(made, level or first_level))
                comma_style = made.limits.separator is Kind.SEPARATOR
                last_shape = _shape(reading, made.first - 1, made.after)
                behind = made.after
                continue
            # "[mean (95% CI)] of 25% (15, 34)": an announcement without limits leaves their separator open.
            comma_style = True
            behind = made.after
            continue
        minutes = token.text == "min" and i > 0 and tokens[i - 1].kind is Kind.NUMBER
        if token.kind is Kind.WORD and token.text in _OTHER_STATISTIC and not minutes:
            mode_end = _OTHER_NAMED
        elif token.kind in _BEFORE_LIMITS and i + 1 < len(tokens) and tokens[i + 1].kind in _BEGINS_LIMITS:
            carried = _carried(reading, i, mode_end, last, comma_style)
            if carried is not None and _strays(reading, carried, mode_end, last, last_shape):
                carried = None
            if carried is not None:
                last_shape = _shape(reading, carried.first - 2, carried.after)
                found.append(
                    Candidate(carried, level or first_level, carried.first, carried.after, False, False, False, "")
                )
                mode_end = tokens[carried.after - 1].end
                behind = carried.after
    return found


def _turning_points(tokens: Sequence[Token], name_ends: Container[int], announced: Container[int]) -> list[int]:
    """The tokens at which something may begin or change: most are words and numbers that do neither."""
    opening, separator = Kind.OPEN, Kind.SEPARATOR
    return [
        i
        for i, (kind, _, end, text, _) in enumerate(tokens)
        if kind is opening or kind is separator or text in _OTHER_STATISTIC or end in name_ends or i in announced
    ]


def _announced(made: Announcement, level: Decimal) -> Candidate:
    assert made.limits is not None
    return Candidate(
        made.limits,
        made.level if made.level is not None else level,
        made.first,
        made.after,
        True,
        made.one_sided is not None,
        made.credible,
        made.about,
    )


def _carried(reading: Reading, i: int, mode_end: int, last: MeasureName | None, comma_style: bool) -> Limits | None:
    """The limits behind the bracket or separator at token `i`, where they can only be an interval's."""
    tokens = reading.tokens
    if i == 0 or i + 1 >= len(tokens):
        return None
    before = tokens[i - 1]
    if before.kind not in {Kind.NUMBER, Kind.PERCENT, Kind.WORD, Kind.OPEN_LIMIT, Kind.CLOSE}:
        return None
    bracket = tokens[i].kind is Kind.OPEN
    limits = read_limits(tokens, i + 1, loose=False) or _with_units(reading, i)
    # "OR 3.29; 1.12, 9.62": behind a named ratio a semicolon may begin what a comma parts
    after_ratio = tokens[i].text == ";" and _named(reading, i, last, _RATIO_CODES)
    after_ratio = after_ratio or (bracket and mode_end == _NOTHING_NAMED and _named(reading, i, last, _RATIO_CODES))
    if limits is None and ((bracket and comma_style) or after_ratio):
        limits = read_limits(tokens, i + 1, loose=True)
    if limits is not None and limits.separator in {Kind.SLASH, Kind.AND}:
        return None  # "17.9% (10/56)" is a count and its denominator
    if limits is None or limits.after - limits.first < 3 or limits.low is None:
        return None
    if limits.high is None and not (bracket and mode_end >= 0):
        return None
    if limits.after < len(tokens):
        behind = tokens[limits.after]
        if bracket and behind.kind not in {Kind.CLOSE, Kind.SEPARATOR}:
            # "(5.3-6.1 months)": a unit of a word or two closes the bracket.
            j = limits.after
            while j < len(tokens) and j < limits.after + 4 and tokens[j].kind in {Kind.WORD, Kind.SLASH}:
                j += 1
            closed = j < len(tokens) and tokens[j].kind in {Kind.CLOSE, Kind.SEPARATOR}
            if not closed or behind.text in {"years", "year", "yr", "yrs"}:
                return None
        elif not bracket and behind.kind not in {
            Kind.CLOSE,
            Kind.SEPARATOR,
            Kind.STOP,
            Kind.AND,
            Kind.WORD,
            Kind.OPEN,
            Kind.VERSUS,
        }:
            return None
    estimate = number_just_before(reading.tokens, i)
    if estimate is None or not (within(estimate, limits) or (mode_end >= 0 and _mirrors(limits, estimate))):
        return None
    if mode_end >= 0 and _is_time_since(reading, i, limits.after):
        return None
    if not bracket and estimate in {limits.low, limits.high}:
        return None  # "<40%, 40-60%": classes of a scale
    named = _named(reading, i, last, _NAMED_CODES)
    if mode_end < 0 or tokens[i].start - mode_end > _REACH:
        # No interval has been announced: only a named ratio makes a pair behind it one, "HR 0.61 (0.47-0.79)".
        if _named(reading, i, last, _RATIO_CODES) and _looks_like_ratio(limits):
            return limits
        of_one = limits.after + 1 < len(tokens) and _is_one_of_two(tokens, limits.after)
        differs = mode_end != _OTHER_NAMED and _named(reading, i, last, _DIFFERENCE_CODES)
        return limits if differs and not of_one else None
    elsewhere = reading.sentence_index(tokens[i].start) != reading.sentence_index(mode_end - 1)
    if not bracket and not named and elsewhere and not _opens_bracket(tokens, i, limits.after):
        return None
    return limits


def _mirrors(limits: Limits, estimate: Decimal) -> bool:
    """Whether a fall told without its sign lies in limits that show theirs: "fell by 12 (-15 to -9)"."""
    return limits.high is not None and limits.high < 0 < estimate and within(-estimate, limits)


def _opens_bracket(tokens: Sequence[Token], i: int, after: int) -> bool:
    """Whether the estimate before the separator at `i` opens the bracket that its limits close: "(50%, 39-61; p"."""
    k = i - 2 if tokens[i - 1].kind is Kind.PERCENT else i - 1
    k -= k > 0 and tokens[k - 1].kind is Kind.DASH
    ends = after < len(tokens) and (tokens[after].kind is Kind.CLOSE or tokens[after].text == ";")
    return ends and k > 0 and tokens[k - 1].kind is Kind.OPEN


def _is_one_of_two(tokens: Sequence[Token], after: int) -> bool:
    """Whether a bracket that token `after` closes belongs to one of two values: "no difference (-0.5 [-1-0]% vs"."""
    k = after + 1 + (tokens[after + 1].kind is Kind.PERCENT)
    return k < len(tokens) and tokens[k].kind is Kind.VERSUS


def _with_units(reading: Reading, i: int) -> Limits | None:
    """The limits in a bracket of their own that print their unit twice: "9.5 mm Hg (7.7 mm Hg to 11.2 mm Hg"."""
    tokens = reading.tokens
    limits = read_limits(tokens, i + 1, loose=True)
    if limits is None or limits.separator not in {Kind.TO, Kind.DASH} or limits.percent:
        return None
    units = [token for token in tokens[limits.first : limits.after] if token.kind is Kind.WORD]
    printed = [token.text for token in tokens[max(0, i - len(units)) : i]]
    behind = [token.text for token in tokens[limits.after : limits.after + len(units)]]
    return limits if units and [token.text for token in units] == printed == behind else None


def _is_time_since(reading: Reading, bracket: int, after: int) -> bool:
    """Whether a number and its range are a time that something is told at: "at 6.3 (3.0-9.5) years after surgery"."""
    tokens = reading.tokens
    before = tokens[bracket - 2] if bracket > 1 else None
    behind = tokens[after + 1 : after + 2]
    return before is not None and before.text in {"at", "after", "for"} and any(t.text in TIME_UNITS for t in behind)


def _shape(reading: Reading, before: int, after: int) -> str:
    """What kind of unit the estimate right before token `before` has: "percent", "unit" or "" for none."""
    tokens = reading.tokens
    k = before
    while k >= 0 and tokens[k].kind in {Kind.OPEN, Kind.SEPARATOR}:
        k -= 1
    if k >= 0 and tokens[k].kind is Kind.PERCENT:
        return "percent"
    if k >= 0 and tokens[k].kind is Kind.WORD:
        return "unit"
    behind = tokens[after + 1] if after + 1 < len(tokens) and tokens[after].kind is Kind.CLOSE else None
    return "unit" if behind is not None and behind.text in TIME_UNITS else ""


def _strays(reading: Reading, pair: Limits, mode_end: int, last: MeasureName | None, last_shape: str) -> bool:
    """Whether an unannounced pair in a later sentence is of another kind than the last interval's estimate.

    "OR 2.1 (95% CI 1.2-3.4). ... 7 (6 to 8) days" goes on with medians and their quartiles.
    """
    tokens = reading.tokens
    if mode_end < 0 or reading.sentence_index(tokens[pair.first].start) == reading.sentence_index(mode_end - 1):
        return False
    if _named(reading, pair.first - 1, last, _NAMED_CODES):
        return False
    estimate = number_just_before(tokens, pair.first - 1)
    if estimate is not None and _mirrors(pair, estimate):
        return False
    shape = _shape(reading, pair.first - 2, pair.after)
    # a range with a per cent sign at each limit goes on with intervals of whatever else
    return shape != last_shape and not (shape == "percent" and pair.percent and last_shape == "")


def _looks_like_ratio(limits: Limits) -> bool:
    return limits.low is not None and limits.low >= 0 and not limits.percent


def _named(reading: Reading, i: int, last: MeasureName | None, codes: frozenset[str]) -> bool:
    """Whether the estimate before token `i` is what the last measure name, one of `codes`, speaks of.

    That is so where the name stands in the same sentence and no number but the estimate stands between.
    """
    tokens = reading.tokens
    if last is None or last.code not in codes:
        return False
    if reading.sentence_index(last.start) != reading.sentence_index(tokens[i].start):
        return False
    between = tokens[reading.token_index(last.end) : i]
    return sum(token.kind is Kind.NUMBER for token in between) <= 1
