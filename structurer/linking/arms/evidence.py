"""Where a text may name its arms, from the surest place to the least sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from structurer.linking.arms.allocation import allocated_groups, factors, received_either
from structurer.linking.arms.crossover import formulations, given_in_turn, is_crossover
from structurer.linking.arms.lettered import lettered
from structurer.linking.arms.mentions import looks_like_control
from structurer.linking.arms.names import Span
from structurer.linking.arms.versus_pairs import compared_pair, placebo_pair, versus_pair, without_pair
from structurer.schema import SampleSize, SampleSizeRole
from structurer.text.reading import Reading

Role = SampleSizeRole


def evidence(
    reading: Reading,
    sizes: Sequence[SampleSize],
    beside: Sequence[Span | None],
    mentions: Sequence[Span],
    title: str | None,
) -> Iterator[tuple[list[Span], bool]]:
    """The places in turn: offsets of names, and whether they stand in one list, so that no two are the same arm.

    `beside` are the names beside the counts `sizes`, `mentions` those before `group` and `arm`.
    """
    counted = {Role.ANALYZED, Role.COMPLETED}
    named = [
        span
        for size, span in zip(sizes, beside, strict=True)
        if span and size.role in counted and size.rule not in {"of", "slash"}
    ]
    crossover = is_crossover(reading)
    if crossover:
        yield allocated_groups(reading), True
        for spans in given_in_turn(reading):
            yield spans, True
    if len(named) > 1 and all(_is_mention(span, mentions) for span in named):
        yield named, False
    yield [span for size, span in zip(sizes, beside, strict=True) if span and size.rule == "of-clusters"], False
    yield lettered(reading, mentions), False
    yield factors(reading), True
    yield allocated_groups(reading), True
    crossover = is_crossover(reading)
    if crossover:
        for spans in given_in_turn(reading):
            yield spans, True
    yield (
        [
            span
            for size, span in zip(sizes, beside, strict=True)
            if span and size.role in counted and _is_mention(span, mentions)
        ],
        False,
    )
    yield [span for span in mentions if _count(reading, span, mentions) > 1], False
    yield list(mentions), False
    if mentions and all(looks_like_control(reading.lower[start:end]) for start, end in mentions):
        yield [*mentions, *(match.span(match.lastindex or 0) for match in _TESTED.finditer(reading.lower))], False
    yield received_either(reading), True
    yield formulations(reading), True
    controlled = "control" in reading.lower
    if controlled or "intervention" in reading.lower:
        yield [match.span(1) for match in _UNITS.finditer(reading.lower)], False
    if title:
        yield _in_text(reading, [title[start:end] for start, end in versus_pair(title) or compared_pair(title)]), False
    yield versus_pair(reading.norm), False
    yield placebo_pair(reading), False
    yield compared_pair(reading.norm), False
    yield without_pair(reading), False
    for match in _AND_CONTROLS.finditer(reading.lower) if controlled else ():
        yield [match.span(1), match.span(2)], False


# Names of the tested group that tell no treatment.
_TESTED = re.compile(
    r"(?<![\w-])(?:(treatment|treated|study|intervention|experimental|test)(?= (?:group|arm)(?![a-z]))"
    r"|(?<=the )(intervention)(?= (?:comprised|consisted|included|involved|was|program)))"
)
# "3 intervention and 4 control practices": units that are no groups.
_UNITS = re.compile(
    r"(?<![\w-])(intervention|controls?)(?= (?:(?:and|or|versus|vs\.?) (?:\d+ )?(?:intervention|control) )?(?:clusters"
    r"|practices|schools|sites|hospitals|villages|wards|homes|communities|cent(?:re|er)s|clinics|areas|participants"
    r"|patients|women|men|children|families|residents|households|subjects|towns|regions|teams|students))"
)

# "between pathway and control patients"
_AND_CONTROLS = re.compile(
    r"(?<![\w-])(?!(?:case|between|both|the|quality|treatment)s? )([a-z][\w-]{2,30}) (?:and|versus|vs\.?)"
    r" (?:the )?(controls?)"
    r"(?= (?:patients|participants|subjects|children|women|men|infants|families|students|residents|eyes|animals|rats"
    r"|individuals|volunteers|dogs|mice))"
)


def _is_mention(span: Span, mentions: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in mentions)


def _count(reading: Reading, span: Span, mentions: Sequence[Span]) -> int:
    name = reading.lower[span[0] : span[1]]
    return sum(reading.lower[start:end] == name for start, end in mentions)


def _in_text(reading: Reading, names: list[str]) -> list[Span]:
    """Where each name of the title stands in the text; those that stand nowhere are left out."""
    spans: list[Span] = []
    for name in names:
        at = reading.lower.find(name.lower())
        if at >= 0:
            spans.append((at, at + len(name)))
    return spans
