"""Read the unit that is printed right behind a number: "points", "mm Hg", "per 100 patient-years", "mL/min/1.73 m2"."""

from __future__ import annotations

from collections.abc import Sequence

from structurer.mentions.effect_estimates.limits import Limits
from structurer.text.notation import Kind, Token
from structurer.text.reading import Reading

TIME_UNITS = frozenset("months month weeks week years year days day hours hour h minutes min yr yrs mo wk".split())
# Words behind a number that begin no unit.
UNIT_STOP = frozenset(
    """in of for with and or vs versus at from to than the a among between after before by on as was were
    patients women men participants subjects children higher lower greater less more fewer longer shorter
    better worse compared difference respectively increase decrease reduction improvement vs that which
    when while but per-protocol p ci estimated favouring favoring times fold adjusted reduced lower-risk
    had have alive""".split()
)


def read_unit(reading: Reading, j: int, stop: int) -> tuple[str | None, int]:
    """The unit printed after the number at token `j`, up to token `stop`, and the token behind it."""
    tokens = reading.tokens
    k = j + 1
    if k < stop and tokens[k].kind is Kind.PERCENT:
        return reading.text[tokens[k].start : tokens[k].end], k + 1
    if j and tokens[j - 1].kind is Kind.CURRENCY:
        return reading.text[tokens[j - 1].start : tokens[j - 1].end], k
    while k < stop and k - j <= 8:
        token = tokens[k]
        joint = token.kind in {Kind.SLASH, Kind.DASH} or token.text in {"^", "°", "×", "*"} or _is_product(tokens, k)
        glued = tokens[k - 1].kind in {Kind.SLASH, Kind.DASH, Kind.WORD} and tokens[k - 1].end == token.start
        number = token.kind is Kind.NUMBER and (glued or tokens[k - 1].text == "per")
        if not (joint or number or (token.kind is Kind.WORD and token.text not in UNIT_STOP)):
            break
        k += 1
    while k > j + 1 and tokens[k - 1].kind in {Kind.DASH, Kind.SLASH, Kind.STOP}:
        k -= 1
    return (reading.text[tokens[j + 1].start : tokens[k - 1].end], k) if k > j + 1 else (None, j + 1)


def _is_product(tokens: Sequence[Token], k: int) -> bool:
    """Whether a point multiplies units, glued to both or apart from both: "kcal.kg", "kcal · kg"."""
    if tokens[k].text != "." or k + 1 >= len(tokens):
        return False
    return (tokens[k - 1].end == tokens[k].start) == (tokens[k].end == tokens[k + 1].start)


def unit_of_limits(reading: Reading, limits: Limits) -> str | None:
    """The unit that stands inside the limits of an estimate that was not reached."""
    for token in reading.tokens[limits.first : limits.after + 1]:
        if token.kind is Kind.WORD and token.text not in UNIT_STOP:
            return reading.text[token.start : token.end]
    return None
