"""What a person types into the cell `corrected`: `estimate=0.72; ci_low=0.6`, or just the right number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from structurer.exports.row_identity import CORRECTABLE
from structurer.text.normalise import normalise

# The key of words that name no column: they are a remark of the reviewer, which no program may guess at.
UNREAD = ""
_MAIN = {"events": "events", "percent": "percent"}
_OTHER_NAMES = {
    "value": "estimate",
    "mean": "estimate",
    "median": "estimate",
    "lower": "ci_low",
    "low": "ci_low",
    "upper": "ci_high",
    "high": "ci_high",
    "level": "ci_level",
    "percentage": "percent",
    "p": "p_value",
}
# `ci_low =`, `CI low:`, `p <`; the longest name first, so that `p_value` is not read as `p`.
_NAMES = "|".join(
    name.replace("_", "[_ -]") for name in sorted((*CORRECTABLE, *_OTHER_NAMES), key=lambda name: -len(name))
)
_ASSIGNMENT = re.compile(rf"(?<!\w)(?P<name>{_NAMES}) {{0,3}}(?P<sign>[<>]=?|=|:|≤|≥) {{0,9}}", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
# What cannot stand in a value that has no quotation marks around it.
_SIGNS_OF_MORE = re.compile(r'[;,"=:<>≤≥\t\n\r]')
_OPERATORS = {"≤": "<=", "≥": ">=", ":": "="}
_NUMBER = r"[-+]?(?:\d[\d.,]{0,20}\d|\d|\.\d{1,20})"
_ALONE = re.compile(rf"({_NUMBER}) ?%?\Z")
# `0.72 (0.60 to 0.86)`, `0.72 [95% CI 0.60-0.86]`
_WITH_INTERVAL = re.compile(
    rf"({_NUMBER}) ?%? ?[(\[] ?(?:(\d{{2}}(?:\.\d)?) ?% ?(?:CI|CrI)?:? ?)?"
    rf"({_NUMBER}) ?%? ?(?:to|-|,) ?({_NUMBER}) ?%? ?[)\]]\Z",
    re.IGNORECASE,
)
# `10/56`, `10 of 56 (17.9%)`
_COUNT = re.compile(rf"(\d{{1,9}}) ?(?:/|of) ?(\d{{1,9}})(?: ?[(\[] ?({_NUMBER}) ?% ?[)\]])?\Z", re.IGNORECASE)
_LONGEST_SHAPE = 80


def main_column(kind: str) -> str:
    """The column that holds the main number of a row of `kind` (its cell of that name).

    >>> [main_column(kind) for kind in ("effect", "events", "percent", "median")]
    ['estimate', 'events', 'percent', 'estimate']
    """
    return _MAIN.get(kind, "estimate")


def parse_corrected(text: str, kind: str = "effect") -> dict[str, str]:
    """The right texts by column that a person wrote into `corrected` of a row of `kind`.

    A number alone is the row's main number; an estimate may bring its interval, a count its denominator. A name with
    nothing after its sign means that the cell should be empty. What names no column stands under UNREAD.

    >>> parse_corrected("0.72"), parse_corrected("10/56", "events")
    ({'estimate': '0.72'}, {'events': '10', 'n': '56'})
    >>> parse_corrected("CI low = 0.60; p<0.001, unit=")
    {'ci_low': '0.60', 'p_operator': '<', 'p_value': '0.001', 'unit': ''}
    >>> parse_corrected("0.72 (0.60 to 0.86); see the table")
    {'estimate': '0.72', 'ci_low': '0.60', 'ci_high': '0.86', '': 'see the table'}
    """
    found: dict[str, str] = {}
    unread: list[str] = []
    at = 0
    while at < len(text):
        assignment = _ASSIGNMENT.match(text, at)
        if assignment:
            value, at = _value(text, assignment.end())
            _assign(found, assignment, value)
        else:
            begin, at = at, _stop(text, at)
            piece = text[begin:at].strip(" \t,")
            shape = {} if found else _shape(piece, kind)
            found |= shape
            if piece and not shape:
                unread.append(piece)
        while at < len(text) and text[at] in ";,\n\r\t ":
            at += 1
    if unread:
        found[UNREAD] = "; ".join(unread)
    return found


def format_corrected(corrected: Mapping[str, str]) -> str:
    """`corrected` as a person would write it, in the order of the columns; `parse_corrected` reads it back.

    >>> format_corrected({"ci_low": "0.60", "estimate": "0.72", "outcome": "death; stroke"})
    'outcome="death; stroke"; estimate=0.72; ci_low=0.60'
    """
    order = {name: place for place, name in enumerate(CORRECTABLE)}
    parts = [
        f"{name}={_as_value(corrected[name])}"
        for name in sorted(corrected, key=lambda name: order.get(name, len(order)))
        if name != UNREAD
    ]
    return "; ".join([*parts, *filter(None, [corrected.get(UNREAD)])])


def _as_value(value: str) -> str:
    if _SIGNS_OF_MORE.search(value) or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value


def _assign(found: dict[str, str], assignment: re.Match[str], value: str) -> None:
    typed = re.sub("[ -]", "_", assignment["name"].lower())
    name, sign = _OTHER_NAMES.get(typed, typed), _OPERATORS.get(assignment["sign"], assignment["sign"])
    if name == "p_value" and (typed == "p" or sign != "=") and value:
        found["p_operator"] = sign
    elif sign != "=":
        value = f"{sign}{value}"
    found[name] = value


def _value(text: str, at: int) -> tuple[str, int]:
    """The value that begins at `at`, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted:
        return quoted[1].replace('""', '"'), quoted.end()
    # Of `unit= n=30` the unit should be empty.
    stop = at if _ASSIGNMENT.match(text, at) else _stop(text, at)
    return text[at:stop].strip(), stop


def _stop(text: str, at: int) -> int:
    """Where what begins at `at` ends: at `;` or a line's end, or before the name of a column with its sign."""
    begin = at
    while at < len(text) and text[at] not in ";\n\r":
        if at > begin and text[at - 1] in ", \t" and _ASSIGNMENT.match(text, at):
            # The comma before the next name belongs to neither.
            while at > begin and text[at - 1] in ", \t":
                at -= 1
            return at
        at += 1
    return at


def _shape(piece: str, kind: str) -> dict[str, str]:
    """The cells of a number, with its interval or denominator, that stands without a name."""
    written = " ".join(normalise(piece).split())
    if len(written) > _LONGEST_SHAPE:
        return {}
    alone, interval, count = _ALONE.match(written), _WITH_INTERVAL.match(written), _COUNT.match(written)
    if alone:
        return {main_column(kind): alone[1]}
    if interval and kind == "effect":
        estimate, level, low, high = interval.groups()
        return {"estimate": estimate, **({"ci_level": level} if level else {}), "ci_low": low, "ci_high": high}
    if count and kind in ("events", "percent"):
        events, n, percent = count.groups()
        return {"events": events, "n": n, **({"percent": percent} if percent else {})}
    return {}
