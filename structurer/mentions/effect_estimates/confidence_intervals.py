"""Find confidence and credible intervals: those announced by their name, with level and limits.

`Announcement` is what the estimate finder needs besides: an interval's name without limits ("HR [95% CI]") announces
that the pairs of limits which follow are intervals, and at what level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from structurer.mentions.effect_estimates.limits import Limits, read_limit, read_limits
from structurer.schema import ConfidenceInterval
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading

_LEVELS = (Decimal(50), Decimal("99.999"))
# Words that may stand between a level and the name of the interval: "95% two-sided Wald confidence interval".
_LEVEL_GAP = 4
# Words that may stand between the name of an interval and its limits.
_FILLERS = frozenset(
    """of was were is are being for the a an from between ranging range ranged estimated as with at equal
    equals difference differences in and both sided two one mean median ratio adjusted around about
    values value lies lay lie around approximately hr or rr unadjusted extending excluding including
    spanning bounds limits limit treatment effect relative absolute risk hazard odds rate change group
    groups ratios diff change lower upper bound""".split()
)
_ONE_SIDED = {"upper": "upper", "lower": "lower", "higher": "upper", "maximum": "upper"}


@dataclass(frozen=True, slots=True)
class Announcement:
    """The name of an interval in the text: tokens [first, after), its level, and its limits where they follow it.

    `one_sided` is "upper" or "lower" where only one limit is given. `about` is the words between name and limits
    ("for difference").
    """

    first: int
    after: int
    level: Decimal | None
    limits: Limits | None
    one_sided: str | None
    credible: bool
    about: str


def announcements(reading: Reading) -> Sequence[Announcement]:
    """Every place where a text names an interval, in order."""
    # Asked for twice in one text.
    return reading.once("announcements", (), lambda: _announcements(reading.tokens))


def _announcements(tokens: Sequence[Token]) -> Sequence[Announcement]:
    interval = Kind.INTERVAL
    found: list[Announcement] = []
    behind = 0
    for i in [i for i, token in enumerate(tokens) if token.kind is interval]:
        if i >= behind:
            found.append(_announcement(tokens, i))
            behind = max(found[-1].after, i + 1)
    return tuple(found)


def _is_level(tokens: Sequence[Token], i: int) -> bool:
    value = tokens[i].value
    return tokens[i].kind is Kind.NUMBER and value is not None and _LEVELS[0] <= value <= _LEVELS[1]


def _level_before(tokens: Sequence[Token], name: int) -> tuple[Decimal | None, int]:
    """The level printed before the name at token `name`, and the first token of it all."""
    j = name - 1
    gap = 0
    # "95% (CI)" has its level outside the bracket; in "84.9% (CI, 80.8% to 89.0%)" that is the estimate.
    closed = name + 1 < len(tokens) and tokens[name + 1].kind is Kind.CLOSE
    while j >= 0 and gap <= _LEVEL_GAP:
        kind = tokens[j].kind
        if kind is Kind.PERCENT:
            if j and _is_level(tokens, j - 1):
                return tokens[j - 1].value, j - 1
            fraction = tokens[j - 1].value if j else None
            if fraction is not None and gap == 0 and Decimal("0.5") < fraction < 1:
                return fraction * 100, j - 1  # ".95% CI"
            return None, name
        if gap == 0 and _is_level(tokens, j) and tokens[j].end >= tokens[name].start - 1:
            return tokens[j].value, j  # "95 CI", "95CI"
        if kind not in {Kind.WORD, Kind.DASH, Kind.OPEN, Kind.SEPARATOR} or (kind is Kind.SEPARATOR and gap > 2):
            return None, name
        if kind is Kind.OPEN and not closed:
            return None, name
        j -= 1
        gap += 1
    return None, name


def _level_after(tokens: Sequence[Token], i: int) -> tuple[Decimal | None, int]:
    """The level printed from token `i` on ("CI 95%,", "CI (95%)", "CI95:"), and the token behind it."""
    size = len(tokens)
    opened = i < size and tokens[i].kind is Kind.OPEN
    j = i + 1 if opened or (i < size and tokens[i].text in {",", ":", "=", "-", "at"}) else i
    if j >= size or not _is_level(tokens, j):
        return None, i
    after = j + 1
    if after < size and tokens[after].kind is Kind.PERCENT:
        after += 1
    elif not (i == j and tokens[j].start == tokens[i - 1].end):
        return None, i
    if opened and after < size and tokens[after].kind is Kind.CLOSE:
        return tokens[j].value, after + 1
    if after < size and tokens[after].kind in {Kind.DASH, Kind.TO} and read_limit(tokens, after + 1):
        # "CI 95%-97%" holds limits and no level; "CI 95% -0.3 to 0.1" holds both.
        pair = read_limits(tokens, after, loose=True)
        if pair is None:
            return None, i
    return tokens[j].value, after


def _announcement(tokens: Sequence[Token], name: int) -> Announcement:
    size = len(tokens)
    level, first = _level_before(tokens, name)
    credible = tokens[name].text.startswith(("cred", "cri", "crl", "bci", "hdi", "hpd", "highest"))
    i = name + 1
    # "confidence interval (CI)", "confidence interval [CI]": the short form is part of the name.
    while i + 1 < size and tokens[i].kind is Kind.OPEN and tokens[i + 1].kind in {Kind.INTERVAL, Kind.NUMBER}:
        close = i + 2
        if tokens[i + 1].kind is Kind.NUMBER:  # "confidence interval (95% CI)"
            while close < size and close < i + 4 and tokens[close].kind in {Kind.PERCENT, Kind.INTERVAL}:
                close += 1
            if close < i + 3 or tokens[close - 1].kind is not Kind.INTERVAL:
                break
            level = level if level is not None else tokens[i + 1].value
        if close < size and tokens[close].kind is Kind.CLOSE:
            i = close + 1
        else:
            break
    if level is None:
        level, i = _level_after(tokens, i)
    if _closes_its_bracket(tokens, first, i):
        i += 1
    # The nearest word decides: "18.6% lower (90% upper confidence limit, -8.0%)" has an upper limit.
    nearby = [_ONE_SIDED[t.text] for t in tokens[max(0, first - 2) : name] if t.text in _ONE_SIDED]
    one_sided = nearby[-1] if nearby else None
    if one_sided is None and name >= 5:
        # The words may stand before the level: "upper bound of the 95% CI, 1.25".
        words = [t.text for t in tokens[max(0, first - 7) : first]]
        if "of" in words[-5:] and any(w in words for w in ("bound", "boundary", "limit", "limits", "end")):
            one_sided = next((_ONE_SIDED[w] for w in words if w in _ONE_SIDED), None)
    limits, after, about = _limits_behind(tokens, i, one_sided)
    if level is None and tokens[name].text == "cl" and tokens[i : i + 1] and tokens[i].start == tokens[name].end:
        limits, after = None, i  # "CL-011" is a name
    return Announcement(
        first,
        after,
        level,
        limits,
        one_sided if limits and limits.after and _is_single(limits) else None,
        credible,
        about,
    )


def _closes_its_bracket(tokens: Sequence[Token], first: int, i: int) -> bool:
    """Whether an interval's name has a bracket of its own behind the estimate: "OR 3.9 (95% CI) 1.7, 8.7"."""
    if first < 2 or i >= len(tokens) or tokens[i].kind is not Kind.CLOSE or tokens[first - 1].kind is not Kind.OPEN:
        return False
    return tokens[first - 2].kind in {Kind.NUMBER, Kind.PERCENT}


def _is_single(limits: Limits) -> bool:
    return limits.separator is Kind.OTHER


def _limits_behind(tokens: Sequence[Token], i: int, one_sided: str | None) -> tuple[Limits | None, int, str]:
    """The limits that follow token `i` over fillers; the token behind all; the fillers' words."""
    size = len(tokens)
    words: list[str] = []
    j = i
    steps = 0
    while j < size and steps < 14:
        kind, text = tokens[j].kind, tokens[j].text
        if (
            kind in {Kind.NUMBER, Kind.OPEN_LIMIT, Kind.CURRENCY, Kind.DASH}
            or (kind is Kind.OTHER and text == "+")
            or text in {"<", ">"}
        ):
            limits = read_limits(tokens, j, loose=True)
            if limits is None and one_sided:
                single = read_limit(tokens, j)
                if single and single.value is not None:
                    low, high = (None, single.value) if one_sided == "upper" else (single.value, None)
                    limits = Limits(low, high, j, single.after, single.percent, Kind.OTHER)
            if limits is None and kind is Kind.DASH:
                j += 1
                steps += 1
                continue
            if limits is not None and _goes_on(tokens, limits):
                limits = None  # "relative risk, 95% CI 4.1, 1.3-12.7": the first number is the estimate
            return limits, limits.after if limits else i, " ".join(words)
        if kind in {Kind.SEPARATOR, Kind.OPERATOR, Kind.OPEN, Kind.AND, Kind.VERSUS}:
            pass
        elif kind in {Kind.WORD, Kind.TO}:
            if text not in _FILLERS and not ("for" in words and len(words) < 9):
                break
            words.append(text)
        else:
            break
        j += 1
        steps += 1
    return None, i, " ".join(words)


def _goes_on(tokens: Sequence[Token], limits: Limits) -> bool:
    """Whether what a comma parts is a number and the lower limit of a range behind it."""
    ranged = limits.separator is Kind.SEPARATOR and tokens[limits.after : limits.after + 1]
    if not ranged or tokens[limits.after].kind not in {Kind.DASH, Kind.TO}:
        return False
    return read_limit(tokens, limits.after + 1) is not None


def as_interval(reading: Reading, made: Announcement, level: Decimal | None) -> ConfidenceInterval | None:
    """The schema's interval of an announcement that holds limits, `level` standing in where none is printed."""
    if made.limits is None:
        return None
    start = reading.tokens[made.first].start
    end = reading.tokens[made.limits.after - 1].end
    return ConfidenceInterval(
        start=start,
        end=end,
        text=reading.text[start:end],
        rule="credible-interval" if made.credible else "confidence-interval",
        level=made.level if made.level is not None else level,
        lower=made.limits.low,
        upper=made.limits.high,
        credible=made.credible,
    )


def named_spans(reading: Reading) -> list[tuple[int, int]]:
    """The character spans of the names of intervals, with their levels, that hold no limits themselves."""
    tokens = reading.tokens
    return [
        (tokens[made.first].start, tokens[max(made.after, made.first + 1) - 1].end)
        for made in announcements(reading)
        if made.limits is None
    ]


def find_confidence_intervals(text: str | Reading) -> list[ConfidenceInterval]:
    """Every interval that the text names, in order; a level stated once is carried over. Never raises.

    >>> [(str(i.level), str(i.lower), str(i.upper)) for i in find_confidence_intervals("HR 0·8 (95% CI 0·65–0·99)")]
    [('95', '0.65', '0.99')]
    """
    reading = Reading.of(text)
    level: Decimal | None = None
    found: list[ConfidenceInterval] = []
    for made in announcements(reading):
        interval = as_interval(reading, made, level)
        if interval is not None:
            found.append(interval)
        level = made.level if made.level is not None else level
    return found
