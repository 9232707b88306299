"""Read counts with what they are a part of: `10/56 (17.9%)`, `145 of 347`, `34 [67%] of 51`, `six patients (10%)`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions.arm_values.shape import Shape
from structurer.mentions.arm_values.tokens import closing, is_whole, is_word_number
from structurer.text.notation import Kind, Token

_SCALES = frozenset({100, 1000, 10000, 100000, 1000000})


_NOT_PEOPLE = frozenset(
    """weeks months years days hours items treatment treatments arms groups doses study regimens interventions drugs
    domains measures outcomes times scales subscales endpoints parameters""".split()
)


COUNTED = frozenset(
    """patients patient participants participant subjects subject women woman men man children child infants infant
    people persons individuals adults volunteers eyes eye dogs cats mice rats animals cases case events event
    deaths pregnancies babies neonates newborns girls boys students residents families households teeth knees hips
    limbs tumors tumours lesions nodes recipients responders smokers mothers episodes isolates sites wounds
    implants cycles procedures embryos oocytes couples""".split()
)


# The numbers behind these are labels: "grade 3/4 neutropenia (33%)"
LABELLED = frozenset(
    {
        "day",
        "week",
        "month",
        "year",
        "visit",
        "cycle",
        "grade",
        "grades",
        "stage",
        "stages",
        "phase",
        "type",
        "class",
        "score",
        "scores",
    }
)


# What a patient gets one of
_ONE_OF_THEM = frozenset(
    "groups arms regimens strategies treatments drugs doses interventions conditions schedules sequences".split()
)
# Between a count and its share: 37 (point estimate 27%)
_ABOUT = frozenset({"point", "estimate", "approximately", "about", "nearly", "almost"})


_STOPPERS = frozenset(
    """of in and or to with was were had by for vs who versus than from at on after groups group arms treatments
    regimens cohorts studies trials months weeks days years""".split()
)


_WITHIN = frozenset("in on from receiving given of treated with for the".split())


_VERBS = frozenset("was were had have has and who which that did than compared died developed experienced".split())


def adopt(shape: Shape, inner: Shape) -> None:
    """Make `shape` the fraction that `inner` is, and let it reach as far."""
    shape.form, shape.events, shape.n, shape.last = "fraction", inner.events, inner.n, inner.last


def read_fraction(tokens: Sequence[Token], i: int, shape: Shape, bracketed: bool = False) -> bool:
    """`10/56`, `8.6/1,000`, with a bracketed percentage after it."""
    if i + 2 >= len(tokens) or tokens[i + 2].kind is not Kind.NUMBER or _is_labelled(tokens, i):
        return False
    if i > 1 and tokens[i - 1].kind is Kind.SLASH and tokens[i - 2].kind is Kind.NUMBER:
        return False  # "149/118/134"
    top, bottom = tokens[i], tokens[i + 2]
    if top.value is None or bottom.value is None or is_word_number(bottom):
        return False
    if not is_whole(bottom) or (i + 3 < len(tokens) and tokens[i + 3].kind in (Kind.SLASH, Kind.PERCENT)):
        return False
    if int(bottom.value) in _SCALES and (not is_whole(top) or "," in bottom.text or bottom.value >= 10000):
        shape.form, shape.last, shape.unit = "rate", i + 2, f"/{bottom.text}"
        return True
    if not is_whole(top) or top.value > bottom.value or bottom.value < 2:
        return False
    if top.value <= 12 and 1900 <= bottom.value <= 2100 and "," not in bottom.text:
        return False
    shape.form, shape.events, shape.n, shape.last = "fraction", int(top.value), int(bottom.value), i + 2
    if not bracketed and not read_share(tokens, i + 3, shape, words=3):
        _read_share_behind(tokens, i + 3, shape)
        _read_share_after(tokens, i, shape)
    return True


def agrees(events: int, n: int, percent: Decimal) -> bool:
    """Whether a printed percentage is that of `events` in `n`, as rounded in print."""
    return n > 0 and abs(Decimal(100 * events) / n - percent) <= 1


def _read_share_after(tokens: Sequence[Token], i: int, shape: Shape) -> None:
    """`(183/274) 66.8%`: the percentage behind a fraction in brackets."""
    if i == 0 or i + 5 >= len(tokens) or tokens[i - 1].kind is not Kind.OPEN or tokens[i + 3].kind is not Kind.CLOSE:
        return
    value = tokens[i + 4].value
    if tokens[i + 5].kind is not Kind.PERCENT or value is None or shape.events is None or shape.n is None:
        return
    if agrees(shape.events, shape.n, value):
        shape.percent, shape.first, shape.last = value, i - 1, i + 5


def _read_share_behind(tokens: Sequence[Token], j: int, shape: Shape) -> None:
    """`, 89%` at `j`, in the bracket of the fraction that it tells once more."""
    if j + 3 >= len(tokens) or tokens[j].text not in (",", ";") or tokens[j + 2].kind is not Kind.PERCENT:
        return
    if tokens[j + 1].kind is Kind.NUMBER and tokens[j + 3].kind is Kind.CLOSE:
        shape.percent, shape.last = tokens[j + 1].value, j + 2


def read_total(tokens: Sequence[Token], j: int, shape: Shape, events: int) -> bool:
    """`of 347`, `out of the 11`, `of a total of 60` at `j`, with a bracketed percentage after it."""
    k = j
    if k < len(tokens) and tokens[k].text == "out":
        k += 1
    if k >= len(tokens) or tokens[k].text not in ("of", "in", "among"):
        return False
    in_total = tokens[k].text != "of"
    k += 1
    while k < len(tokens) and tokens[k].text in ("the", "a", "total", "of", "all", "these", "those"):
        k += 1
    total = tokens[k].value if k < len(tokens) and is_whole(tokens[k]) else None
    if total is None or total < events:
        return False
    if in_total and shape.form == "number" and not _share_agrees(tokens, k, events, int(total)):
        return False
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if after is not None and (after.kind in (Kind.PERCENT, Kind.DASH) or after.text in _NOT_PEOPLE):
        return False
    if events == 1 and any(token.text in _ONE_OF_THEM for token in tokens[k + 1 : k + 5]):
        return False
    shape.form, shape.events, shape.n, shape.last = "fraction", events, int(total), k
    if shape.percent is None:
        read_share(tokens, k + 1, shape, words=3)
    return True


def _share_agrees(tokens: Sequence[Token], k: int, events: int, n: int) -> bool:
    """Whether a bracket a few words behind `n` at `k` opens with the percentage of `events` in `n`."""
    for j in range(k + 1, min(k + 5, len(tokens) - 2)):
        if tokens[j].kind is Kind.OPEN:
            value = tokens[j + 1].value
            return tokens[j + 2].kind is Kind.PERCENT and value is not None and agrees(events, n, value)
        if tokens[j].kind not in (Kind.WORD, Kind.DASH):
            return False
    return False


def read_share(tokens: Sequence[Token], j: int, shape: Shape, words: int) -> bool:
    """`(66%)` or `patients (66%)` at `j`: the percentage of a count."""
    k = j
    while (
        k < len(tokens)
        and k - j < words
        and tokens[k].kind in (Kind.WORD, Kind.DASH)
        and tokens[k].text not in _STOPPERS
    ):
        k += 1
    if k + 2 >= len(tokens) or tokens[k].kind is not Kind.OPEN:
        return False
    first = k + 1
    while first < k + 4 and first < len(tokens) and tokens[first].text in _ABOUT:
        first += 1
    bound = tokens[first].kind is Kind.OPERATOR
    if bound:
        bound = tokens[first].text != "="
        first += 1
    if first + 1 >= len(tokens) or tokens[first].kind is not Kind.NUMBER or tokens[first + 1].kind is not Kind.PERCENT:
        return False
    close = closing(tokens, k)
    if close < 0 or (
        close > first + 2 and tokens[first + 2].kind not in (Kind.SEPARATOR, Kind.OPEN, Kind.WORD, Kind.INTERVAL)
    ):
        return False
    if k > j and tokens[k - 1].text not in COUNTED and tokens[first + 2].kind is Kind.WORD:
        return False  # "between the two formulas (17% had ...)"
    shape.interval = shape.interval or any(
        token.kind in (Kind.INTERVAL, Kind.DASH) for token in tokens[first + 2 : close]
    )
    if not bound:
        shape.percent = tokens[first].value
    shape.last = close if close <= first + 2 else first + 1
    if shape.form == "number":
        shape.form = "share"
    return True


def read_noun_then_share(tokens: Sequence[Token], i: int, shape: Shape) -> None:
    """`six patients (10%)`, and `47 patients (11%) of 420`."""
    if _is_labelled(tokens, i):
        return
    if tokens[i + 1].kind is Kind.WORD and read_share(tokens, i + 1, shape, words=4):
        shape.events = int(shape.number)
        read_total(tokens, shape.last + 1, shape, shape.events)
    elif shape.form == "number":
        _share_of_a_group(tokens, i, shape)


def _is_labelled(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is a label's, or the second one of it: "grade 4 mucositis", "grade 3/4", "grade 3 or 4"."""
    if i and tokens[i - 1].text in LABELLED:
        return True
    # "by day 30 (38/241": what a bracket holds is no second number of the label
    if i < 3 or tokens[i - 1].kind is Kind.OPEN:
        return False
    return tokens[i - 3].text in LABELLED and tokens[i - 2].kind is Kind.NUMBER


def _is_in_a_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether the number at `k` is of a dose or a label in a group's name: "the 2-mg/day group", "the 40 mg arm"."""
    if tokens[k].kind is not Kind.NUMBER or tokens[k - 1].text not in ("the", "-"):
        return False
    after = tokens[k + 1 : k + 3]
    return bool(after) and (after[-1] if after[0].kind is Kind.DASH else after[0]).kind is Kind.WORD


def _share_of_a_group(tokens: Sequence[Token], i: int, shape: Shape) -> bool:
    """`two patients in the drug group (5%)`, `one in the control arm (0.5%)`."""
    j = i + 1
    if tokens[j].text in COUNTED:
        j += 1
    if j + 1 >= len(tokens) or tokens[j].text not in _WITHIN:
        return False
    k = j
    while (
        k < len(tokens)
        and k - j < 7
        and (tokens[k].kind in (Kind.WORD, Kind.DASH, Kind.SLASH) or _is_in_a_name(tokens, k))
        and tokens[k].text not in _VERBS
    ):
        k += 1
    end = tokens[k - 1].text
    if (
        k < len(tokens)
        and tokens[k].kind is Kind.OPEN
        and (end in ("group", "arm", "patients", "cohort") or k - j <= 4)
        and read_share(tokens, k, shape, words=0)
    ):
        shape.events = int(shape.number)
        return True
    return False
