"""The rows of the results table: one report's effects and arm values, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, EffectMeasure, Phrase, TrialReport
from structurer.tables.columns import ResultRow
from structurer.tables.standard_errors import pooled_input
from structurer.text.reading import Reading

# The measure of one group's value that is printed without an interval.
_MEASURE_OF_KIND = {
    ArmValueKind.EVENTS: EffectMeasure.PROPORTION,
    ArmValueKind.PERCENT: EffectMeasure.PROPORTION,
    ArmValueKind.MEAN: EffectMeasure.MEAN,
    ArmValueKind.MEDIAN: EffectMeasure.MEDIAN,
    ArmValueKind.RATE: EffectMeasure.RATE,
}


def joined(parts: Iterable[str]) -> str | None:
    """`parts`, each once, in order, joined by "; "; None where there is none."""
    return "; ".join(dict.fromkeys(parts)) or None


def registrations(report: TrialReport) -> str | None:
    """The registration numbers of the text, then those of the record's metadata."""
    return joined((*(found.id for found in report.registry_ids), *report.record.registry_ids))


def result_rows(report: TrialReport) -> list[ResultRow]:
    """One row for each effect and each arm value of `report`, in the order of the text."""
    record = report.record
    reading = Reading(record.abstract or "")
    study = f"{record.title or ''}{f' ({record.year})' if record.year else ''}".strip() or None
    registered = registrations(report)

    def row(value: EffectEstimate | ArmValue, **cells: Any) -> ResultRow:
        return ResultRow(
            record_id=record.record_id,
            pmid=record.pmid,
            doi=record.doi,
            study=study,
            section=value.section,
            outcome=_words(value.outcome),
            timepoint=_words(value.timepoint),
            unit=value.unit,
            n_total=report.n_total,
            registry_ids=registered,
            confidence=value.confidence,
            flags=joined(f.code for f in report.flags if f.start < value.end and value.start < f.end),
            quote=value.text,
            sentence=_sentence(reading, value.start, value.end),
            start=value.start,
            end=value.end,
            rule=value.rule,
            **cells,
        )

    rows = [row(effect, **_effect_cells(effect)) for effect in report.effects]
    rows += [row(value, **_arm_value_cells(value)) for value in report.arm_values]
    return sorted(rows, key=lambda found: (found.start, found.end))


def _effect_cells(effect: EffectEstimate) -> dict[str, Any]:
    first, second = effect.comparison or (None, None)
    interval, p = effect.interval, effect.p
    one_group = second is None
    yi, sei = pooled_input(effect)
    return {
        "kind": "effect",
        "intervention": None if one_group else _words(first),
        "comparator": _words(second),
        "arm": _words(first) if one_group else None,
        "measure": effect.measure,
        "estimate": _float(effect.estimate),
        "ci_level": _float(interval.level) if interval else None,
        "ci_low": _float(interval.lower) if interval else None,
        "ci_high": _float(interval.upper) if interval else None,
        "p_operator": p.operator if p else None,
        "p_value": _float(p.value) if p else None,
        "events": None,
        "n": None,
        "percent": None,
        "sd": None,
        "yi": yi,
        "sei": sei,
    }


def _arm_value_cells(value: ArmValue) -> dict[str, Any]:
    return {
        "kind": value.kind,
        "intervention": None,
        "comparator": None,
        "arm": value.arm,
        "measure": _MEASURE_OF_KIND[value.kind],
        "estimate": _float(value.value),
        "ci_level": None,
        "ci_low": None,
        "ci_high": None,
        "p_operator": None,
        "p_value": None,
        "events": value.events,
        "n": value.n,
        "percent": _float(value.percent),
        "sd": _float(value.sd),
        "yi": None,
        "sei": None,
    }


def _words(phrase: Phrase | None) -> str | None:
    return phrase.text if phrase else None


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _sentence(reading: Reading, start: int, end: int) -> str:
    begin = reading.sentence_at(start)[0]
    stop = reading.sentence_at(max(start, end - 1))[1]
    # A quote may begin in the white space between two sentences.
    return reading.text[min(begin, start) : max(stop, end)]
