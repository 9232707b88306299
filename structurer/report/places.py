"""Where in an abstract each mention stands, and each phrase that a row of the results speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from structurer.review.verdicts import RowKey
from structurer.schema import ArmValue, EffectEstimate, TrialReport

# Kinds of mentions that a page marks, the outermost first where two have the same words.
MENTIONS = ("effect", "arm-value", "sample-size", "p-value", "registry-id")
# The words of an outcome, a group, a time point or an interval: shown only when a cell points to them.
PHRASE = "phrase"

Result = EffectEstimate | ArmValue
# The stretch of words: kind, start, end.
Stretch = tuple[str, int, int]


@dataclass(slots=True)
class Place:
    """One stretch of the abstract: `kind` is one of MENTIONS or PHRASE, `rows` the keys of rows that it belongs to.

    `start` and `end` are offsets into the abstract, `id` is unique within the page.
    """

    id: str
    kind: str
    start: int
    end: int
    rows: list[str] = field(default_factory=list)


def keyed_results(report: TrialReport) -> list[tuple[RowKey, Result]]:
    """Each effect and arm value with the key of its row, in the order of the table of results."""
    results: list[Result] = sorted((*report.effects, *report.arm_values), key=lambda found: (found.start, found.end))
    seen: Counter[tuple[str, int, int]] = Counter()
    keyed = []
    for result in results:
        kind = "effect" if isinstance(result, EffectEstimate) else result.kind.value
        place = (kind, result.start, result.end)
        keyed.append((RowKey(report.record.record_id, *place, number=seen[place]), result))
        seen[place] += 1
    return keyed


def stretches(result: Result) -> Iterator[tuple[tuple[str, ...], Stretch]]:
    """The columns of a row and the stretch of words that each group of them was read from; the row's own are last."""
    if result.outcome:
        yield ("outcome",), (PHRASE, result.outcome.start, result.outcome.end)
    if result.timepoint:
        yield ("timepoint",), (PHRASE, result.timepoint.start, result.timepoint.end)
    if isinstance(result, ArmValue):
        yield (), ("arm-value", result.start, result.end)
        return
    first, second = result.comparison or (None, None)
    if first:
        yield ("intervention" if second else "arm",), (PHRASE, first.start, first.end)
    if second:
        yield ("comparator",), (PHRASE, second.start, second.end)
    if result.interval:
        yield ("ci_level", "ci_low", "ci_high"), (PHRASE, result.interval.start, result.interval.end)
    if result.p:
        yield ("p_operator", "p_value"), ("p-value", result.p.start, result.p.end)
    yield (), ("effect", result.start, result.end)


def places(report: TrialReport, prefix: str = "m") -> dict[Stretch, Place]:
    """Every place of `report` by its stretch, in the order of the text, with ids `PREFIX-0`, `PREFIX-1`, ...

    Stretches that hold no word of the abstract are left out.
    """
    rows: dict[Stretch, list[str]] = {}
    for key, result in keyed_results(report):
        for _, stretch in stretches(result):
            keys = rows.setdefault(stretch, [])
            if key.text() not in keys:
                keys.append(key.text())
    others = (
        ("p-value", report.p_values),
        ("sample-size", report.sample_sizes),
        ("registry-id", report.registry_ids),
    )
    for kind, mentions in others:
        for mention in mentions:
            rows.setdefault((kind, mention.start, mention.end), [])
    length = len(report.record.abstract or "")
    order = {kind: place for place, kind in enumerate((*MENTIONS, PHRASE))}
    inside = sorted(
        (stretch for stretch in rows if 0 <= stretch[1] < stretch[2] <= length),
        key=lambda stretch: (stretch[1], -stretch[2], order[stretch[0]]),
    )
    return {stretch: Place(f"{prefix}-{number}", *stretch, rows=rows[stretch]) for number, stretch in enumerate(inside)}
