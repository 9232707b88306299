"""Let arithmetic decide which group an estimate puts first: "5% v 9%, difference 4%" is the second versus the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from structurer.linking.arms.group_assignment import assign_groups
from structurer.linking.arms.mentions import ArmMention
from structurer.schema import EffectEstimate, EffectMeasure
from structurer.text.notation import Kind, Token
from structurer.text.numerals import places
from structurer.text.reading import Reading

_DIFFERENCES = frozenset({EffectMeasure.RD, EffectMeasure.MD})
_RATIOS = frozenset({EffectMeasure.OR, EffectMeasure.RR, EffectMeasure.IRR, EffectMeasure.RATIO})
# How far a ratio of rounded percentages may lie from the printed one, which may also be adjusted.
_NEAR = 0.12
_LONGEST_GAP = 160


def computed_pair(
    effect: EffectEstimate, mentions: Sequence[ArmMention], reading: Reading, sentence: int
) -> tuple[int, int] | None:
    """The two groups whose printed values give the estimate, in its order; None where none of the values do."""
    if effect.estimate is None or len(mentions) < 2:
        return None
    if effect.measure not in _DIFFERENCES and effect.measure not in _RATIOS:
        return None
    start, _ = reading.sentences[sentence]
    values = _values(reading.tokens, reading.token_index(start), reading.token_index(effect.start))
    if effect.measure is not EffectMeasure.MD:
        values = [value for value in values if value[2]] or values
    estimate = float(effect.estimate)
    for (x, x_token, _), (y, y_token, _) in reversed(list(pairwise(values))):
        if y_token.start - x_token.end > _LONGEST_GAP:
            continue
        sign = _order(effect, estimate, x, y, x_token, y_token)
        if sign == 0:
            continue
        if estimate < 0 < min(x, y) and _fell_by(reading.lower, start, x_token.start):
            sign = -sign
        spans = [(x_token.start, x_token.end), (y_token.start, y_token.end)]
        first, second = assign_groups(reading.lower, spans, mentions)
        if first is None or second is None or first == second:
            return None
        return (first, second) if sign > 0 else (second, first)
    return None


# Values told as falls have a minus that is not printed: "decreased by 1.0% with A and 1.3% with B (-0.3%)".
_FALL = re.compile(r"(?<![a-z])(?:decreas|reduc|fell|falls?|declin|drop|los[st])[a-z]*(?![a-z])")
_TO = (" to ", " from ")


def _fell_by(lower: str, start: int, value: int) -> bool:
    """Whether the clause tells the number at offset `value` as how much something fell, not as where it fell to."""
    begin = max(start, lower.rfind(";", start, value))
    return _FALL.search(lower, begin, value) is not None and not lower.endswith(_TO, begin, value)


def _values(tokens: Sequence[Token], first: int, stop: int) -> list[tuple[float, Token, bool]]:
    """The numbers of `tokens[first:stop]`, signs read, and whether each is a percentage; bracketed ones only if so."""
    values: list[tuple[float, Token, bool]] = []
    depth = 0
    for i in range(first, stop):
        token = tokens[i]
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif token.kind is Kind.NUMBER and token.value is not None:
            kinds = [t.kind for t in tokens[i + 1 : min(i + 4, stop)]]
            # "43 vs. 19%": the first is a percentage too
            shared = kinds[:3] == [Kind.VERSUS, Kind.NUMBER, Kind.PERCENT]
            percent = shared or kinds[:1] == [Kind.PERCENT]
            level = kinds[1:2] == [Kind.INTERVAL]
            if level or (depth and not percent):
                continue
            minus = i > first and tokens[i - 1].kind is Kind.DASH and (i < 2 or tokens[i - 2].end < tokens[i - 1].start)
            values.append((-float(token.value) if minus else float(token.value), token, percent))
    return values


def _order(effect: EffectEstimate, estimate: float, x: float, y: float, x_token: Token, y_token: Token) -> int:
    """1 where the estimate is x against y, -1 where it is y against x, 0 where it is neither."""
    if effect.measure in _DIFFERENCES:
        decimals = min(places(t.value) for t in (x_token, y_token) if t.value is not None)
        slack = 10.0**-decimals * 1.01
        if abs(estimate) <= slack:
            return 0
        if abs((x - y) - estimate) <= slack:
            return 1
        if abs((y - x) - estimate) <= slack:
            return -1
        # An adjusted difference of risks is near the crude one.
        if effect.measure is EffectMeasure.RD and 0.75 <= abs(x - y) / abs(estimate) <= 1.25:
            return 1 if (x - y > 0) == (estimate > 0) else -1
        return 0
    if x <= 0 or y <= 0 or x == y or estimate <= 0:
        return 0
    ratios = [x / y]
    if effect.measure is EffectMeasure.OR and x < 100 and y < 100:
        ratios = [x * (100 - y) / (y * (100 - x))]
    for ratio in ratios:
        if abs(ratio - estimate) / estimate <= _NEAR and (ratio > 1) == (estimate > 1):
            return 1
        if abs(1 / ratio - estimate) / estimate <= _NEAR and (1 / ratio > 1) == (estimate > 1):
            return -1
    return 0
