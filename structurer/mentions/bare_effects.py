"""Find named effect measures that are printed without an interval: `OR 0.41, p<0.001`; `r = -0.37`; `an NNT of 12`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions.measure_names import MeasureName
from structurer.schema import EffectEstimate, EffectMeasure
from structurer.text.notation import Kind
from structurer.text.reading import Reading

_RATIOS = frozenset({"HR", "OR", "RR", "IRR"})
# Words that make a number a plan, a margin or a bound instead of a result.
_PLANNED = re.compile(
    r"\b(?:detect|power|powered|margin|assum\w+|hypothes\w+|expected|sample size|boundar\w+|threshold|upper limit|lower limit|"
    r"at least|less than|greater than|more than|minimum|clinically (?:important|relevant|meaningful)|limit of|prespecified|"
    r"criteri\w+|defined as|set at|exceed\w*|between|from|alpha|at most|up to|below|above|would|ranged|ranging|range)\b"
)
_BETWEEN_WORDS = frozenset(
    ["of", "was", "were", "is", "are", "for", "the", "a", "an", "between", "in", "=", ":", ",", "at", "with", "to", "and", "on", "from", "by", "among", "treatment", "group", "groups"]
)


def find_bare_effects(
    reading: Reading, names: Sequence[MeasureName], taken: Sequence[tuple[int, int]]
) -> list[EffectEstimate]:
    """Named measures with a number and no interval; `taken` are the character spans that other results hold."""
    found: list[EffectEstimate] = []
    for k, name in enumerate(names):
        nxt = names[k + 1].start if k + 1 < len(names) else len(reading.text)
        made = _behind_name(reading, name, nxt, taken)
        if made is not None and not any(made.start < b and a < made.end for a, b in ((f.start, f.end) for f in found)):
            found.append(made)
    return found


def _behind_name(
    reading: Reading, name: MeasureName, next_name: int, taken: Sequence[tuple[int, int]]
) -> EffectEstimate | None:
    """The estimate that follows a measure's name closely, or None."""
    code = name.code
    if code not in _RATIOS and code not in {"SMD", "CORR", "NNT", "MD", "RD", "RRR", "DIFFERENCE", "BETA", "RATIO"}:
        return None
    tokens = reading.tokens
    i = reading.token_index(name.end)
    sentence_end = reading.sentence_at(name.start)[1]
    first, words = i, 0
    while i < len(tokens) and tokens[i].start < sentence_end and i - first < 16:
        token = tokens[i]
        if token.kind is Kind.NUMBER:
            break
        if token.kind is Kind.STOP or token.text == ";" or (token.kind is Kind.OPERATOR and token.text != "="):
            return None
        if token.kind is Kind.WORD:
            words += 1
        i += 1
    else:
        return None
    token = tokens[i]
    if token.value is None or token.start >= sentence_end:
        return None
    negative = tokens[i - 1].kind is Kind.DASH and not (
        i > 1 and tokens[i - 2].kind in {Kind.NUMBER, Kind.WORD} and tokens[i - 2].end == tokens[i - 1].start
    )
    value = -token.value if negative else token.value
    start = name.start
    if next_name < token.start or any(a < token.end and start < b for a, b in taken):
        return None
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if (
        behind is not None
        and behind.kind in {Kind.DASH, Kind.TO, Kind.SLASH, Kind.PLUS_MINUS}
        and i + 2 < len(tokens)
        and tokens[i + 2].kind is Kind.NUMBER
    ):
        return None
    percent = bool(behind and behind.kind is Kind.PERCENT)
    gap = reading.lower[name.end : token.start]
    around = reading.lower[max(reading.sentence_at(start)[0], start - 70) : token.start]
    if _PLANNED.search(around) or not _plausible(
        code, value, token.text, percent, words, gap, behind.text if behind else ""
    ):
        return None
    end = tokens[i + 1].end if percent else token.end
    measure = _measure(code, percent)
    return EffectEstimate(
        start=start,
        end=end,
        text=reading.text[start:end],
        rule=f"{name.rule}-bare",
        measure=measure,
        estimate=value,
        unit=reading.text[behind.start : behind.end] if percent and behind else None,
        adjusted=name.adjusted,
    )


def _measure(code: str, percent: bool) -> EffectMeasure:
    if code == "DIFFERENCE":
        return EffectMeasure.RD if percent else EffectMeasure.MD
    return EffectMeasure(code)


def _plausible(code: str, value: Decimal, printed: str, percent: bool, words: int, gap: str, behind: str) -> bool:
    """Whether a number behind a name can be its estimate."""
    decimal = "." in printed
    if code in _RATIOS or code == "RATIO":
        limit = 8 if code != "RATIO" else 2
        return decimal and not percent and 0 < value < 200 and words <= limit
    if code == "CORR":
        return decimal and not percent and abs(value) <= 1 and words <= 6
    if code == "SMD":
        return decimal and not percent and abs(value) < 10 and words <= 5
    if code == "BETA":
        return decimal and not percent and words <= 2
    if code == "NNT":
        return not percent and value >= 1 and words <= 14
    if code == "RRR":
        return percent and words <= 3 and "%" not in gap
    return (
        words <= 3
        and ("of" in gap.split() or ":" in gap or "=" in gap or "was" in gap.split() or "," in gap)
        and behind not in {"of", "/", "months", "weeks"}
    )
