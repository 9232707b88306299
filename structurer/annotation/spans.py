"""A report -> spans with labels and the relations between them, in one form for all tools.

Labels are a kind, and behind a point the role where the kind has several: `EFFECT.HR`, `CI`, `P_VALUE.result`,
`SAMPLE_SIZE.randomized`, `ARM_VALUE.events`, `REGISTRY_ID`, `SECTION.FINDINGS`, `OUTCOME`, `TIMEPOINT`, `INTERVENTION`,
`COMPARATOR`, `GROUP`. Spans overlap: a section holds an effect, which holds its interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from structurer.schema import ArmValue, EffectEstimate, EffectMeasure, Phrase, PValueRole, SampleSizeRole, TrialReport
from structurer.schema import ArmValueKind as Kind
from structurer.schema import SectionLabel as Label

RELATIONS = (
    "has_interval",
    "has_p_value",
    "has_outcome",
    "has_timepoint",
    "has_intervention",
    "has_comparator",
    "of_group",
)
_PHRASES = ("OUTCOME", "TIMEPOINT", "INTERVENTION", "COMPARATOR", "GROUP")


def all_labels() -> list[str]:
    """Every label that a span can have, which a tool must know before it takes them."""
    found = [f"SECTION.{label}" for label in Label] + ["SECTION.UNKNOWN"]
    found += [f"EFFECT.{measure}" for measure in EffectMeasure] + ["CI"]
    found += [f"P_VALUE.{role}" for role in PValueRole]
    found += [f"ARM_VALUE.{kind}" for kind in Kind]
    found += [f"SAMPLE_SIZE.{role}" for role in SampleSizeRole]
    return [*found, "REGISTRY_ID", *_PHRASES]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the abstract with its label: character offsets (code points), end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """`kind` (one of RELATIONS) from one span to another, by their places among the spans."""

    source: int
    target: int
    kind: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """One abstract with its spans in the order of the text, the longer first, and their relations."""

    record_id: str
    text: str
    spans: Sequence[Span]
    relations: Sequence[Relation]


def annotated(report: TrialReport) -> Annotated:
    """The spans of `report`, each once, without white space at their ends."""
    # Half of a surrogate pair, which no file holds, becomes "?" as in the tables: no offset moves.
    text = (report.record.abstract or "").encode("utf-8", "replace").decode("utf-8")
    spans: set[Span] = set()
    pairs: set[tuple[Span, Span, str]] = set()

    def add(start: int, end: int, label: str) -> Span | None:
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        stop = begin + len(words.strip())
        if begin >= stop:
            return None
        span = Span(begin, stop, label)
        spans.add(span)
        return span

    def relate(source: Span | None, found: Iterable[tuple[Phrase | None, str, str]]) -> None:
        for phrase, label, kind in found:
            target = add(phrase.start, phrase.end, label) if phrase else None
            if source and target:
                pairs.add((source, target, kind))

    for section in report.sections:
        add(section.start, section.end, f"SECTION.{section.label or 'UNKNOWN'}")
    for p in report.p_values:
        add(p.start, p.end, f"P_VALUE.{p.role}")
    for size in report.sample_sizes:
        add(size.start, size.end, f"SAMPLE_SIZE.{size.role}")
    for number in report.registry_ids:
        add(number.start, number.end, "REGISTRY_ID")
    for effect in report.effects:
        relate(add(effect.start, effect.end, f"EFFECT.{effect.measure}"), _of_effect(effect))
    for value in report.arm_values:
        relate(add(value.start, value.end, f"ARM_VALUE.{value.kind}"), _of_arm_value(value))
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.label))
    place = {span: number for number, span in enumerate(ordered)}
    relations = sorted(Relation(place[source], place[target], kind) for source, target, kind in pairs)
    return Annotated(report.record.record_id, text, ordered, relations)


def _of_effect(effect: EffectEstimate) -> Iterable[tuple[Phrase | None, str, str]]:
    if effect.interval:
        interval = effect.interval
        yield Phrase(interval.text, interval.start, interval.end), "CI", "has_interval"
    if effect.p:
        yield Phrase(effect.p.text, effect.p.start, effect.p.end), f"P_VALUE.{effect.p.role}", "has_p_value"
    yield effect.outcome, "OUTCOME", "has_outcome"
    yield effect.timepoint, "TIMEPOINT", "has_timepoint"
    if effect.comparison:
        first, second = effect.comparison
        if second is None:
            yield first, "GROUP", "of_group"
        else:
            yield first, "INTERVENTION", "has_intervention"
            yield second, "COMPARATOR", "has_comparator"


def _of_arm_value(value: ArmValue) -> Iterable[tuple[Phrase | None, str, str]]:
    yield value.outcome, "OUTCOME", "has_outcome"
    yield value.timepoint, "TIMEPOINT", "has_timepoint"
