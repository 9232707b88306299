"""Find the further estimates of a list that names its measure once: "effect sizes of 0.73 and 1.01, respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from structurer.schema import EffectEstimate, EffectMeasure
from structurer.text.numerals import parse_number
from structurer.text.reading import Reading

_LISTABLE = frozenset(
    {
        EffectMeasure.HR,
        EffectMeasure.OR,
        EffectMeasure.RR,
        EffectMeasure.IRR,
        EffectMeasure.SMD,
        EffectMeasure.CORR,
        EffectMeasure.BETA,
    }
)
# ", 0.5 and 0.3": numbers alone, in the same notation
_NEXT = re.compile(r"(?: ?, ?(?:and )?| and )(?P<number>-?\d{0,2}\.\d{1,4})(?![\d.]|-\d| ?(?:%|to \d|\(|\[))")
_RESPECTIVELY = 110


def listed_effects(found: Sequence[EffectEstimate], reading: Reading) -> list[EffectEstimate]:
    """The estimates that follow one of `found` in a list told "respectively", with its measure and rule."""
    lower = reading.lower
    if "respectively" not in lower:
        return []
    made: list[EffectEstimate] = []
    for effect in found:
        if effect.measure not in _LISTABLE or effect.interval is not None or effect.p is not None:
            continue
        items: list[re.Match[str]] = []
        end = effect.end
        while (match := _NEXT.match(lower, end)) is not None:
            items.append(match)
            end = match.end()
        stop = min(reading.sentence_at(effect.start)[1], end + _RESPECTIVELY)
        if (
            not items
            or lower.find("respectively", end, stop) < 0
            or re.search(r"\d", lower[end:stop].split("respect")[0])
        ):
            continue
        for match in items:
            start, finish = match.span("number")
            made.append(
                replace(
                    effect,
                    start=start,
                    end=finish,
                    text=reading.text[start:finish],
                    estimate=parse_number(match["number"]),
                    rule=f"{effect.rule}-listed",
                )
            )
    return made
