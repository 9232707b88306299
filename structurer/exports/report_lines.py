"""JSON Lines -> the reports that were written there, so that what was extracted once can be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from structurer.contrasts import ComputedEffect, Contrast, Derived
from structurer.errors import ReaderError
from structurer.exports.jsonl import NUMBERS
from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    ConfidenceInterval,
    EffectEstimate,
    EffectMeasure,
    Flag,
    Phrase,
    PValue,
    PValueRole,
    Record,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    Section,
    SectionLabel,
    SectionSource,
    SourceSection,
    TrialReport,
)

_COUNTS = ("events", "n")
_ComparedGroups = tuple[Phrase | None, Phrase | None]


def read_reports(path: str | Path, problems: list[ReaderError] | None = None) -> Iterator[TrialReport]:
    """The reports that `write_jsonl` wrote to `path`, one at a time and equal to those written.

    Raises ReaderError, with the file and the line, where the file cannot be read or a line is no such report. Given a
    list of `problems`, such a line is added to it, and the lines behind it are read.

    >>> import tempfile
    >>> from structurer.exports.jsonl import write_jsonl
    >>> report = TrialReport(record=Record(record_id="7", abstract="We enrolled 40 women."), n_total=40)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_jsonl([report], Path(folder) / "out.jsonl")
    ...     list(read_reports(Path(folder) / "out.jsonl")) == [report]
    True
    """
    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield _report_of_line(line, str(path), number)
                except ReaderError as error:
                    if problems is None:
                        raise
                    error.lost = True
                    problems.append(error)
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(path)) from error


def _report_of_line(line: bytes, file: str, number: int) -> TrialReport:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReaderError(f"not JSON: {getattr(error, 'msg', error)}", file=file, line=number) from error
    try:
        return report_from_dict(found)
    except (AttributeError, IndexError, InvalidOperation, KeyError, TypeError, ValueError) as error:
        reason = "not a report as `structurer extract` writes it with this version"
        detail = f"{type(error).__name__}: {error}"
        raise ReaderError(f"{reason} ({detail})", file=file, line=number) from error


def report_from_dict(found: Mapping[str, Any]) -> TrialReport:
    """The report that `report_to_dict` made `found` from.

    Raises KeyError, TypeError or ValueError where `found` was not made so.

    >>> from structurer.exports.jsonl import report_to_dict
    >>> report = TrialReport(record=Record(record_id="7", abstract="We enrolled 40 women."), n_total=40)
    >>> report_from_dict(report_to_dict(report)) == report
    True
    """
    p_values = tuple(_p_value(item) for item in found["p_values"])
    role = found["n_total_role"]
    return TrialReport(
        record=_record(found),
        sections=tuple(_section(item) for item in found["sections"]),
        registry_ids=tuple(RegistryId(**item) for item in found["registry_ids"]),
        p_values=p_values,
        effects=tuple(_effect(item) for item in found["effects"]),
        arm_values=tuple(_arm_value(item) for item in found["arm_values"]),
        sample_sizes=tuple(
            SampleSize(**{**item, "role": SampleSizeRole(item["role"])}) for item in found["sample_sizes"]
        ),
        n_total=found["n_total"],
        n_total_role=None if role is None else SampleSizeRole(role),
        arms=tuple(Arm(item["label"], item["n"], tuple(item["aliases"])) for item in found["arms"]),
        abbreviations=dict(found["abbreviations"]),
        flags=tuple(Flag(**item) for item in found["flags"]),
        error=found.get("error"),
        contrasts=tuple(_contrast(item) for item in found["contrasts"]),
        derived=tuple(_derived(item) for item in found["derived"]),
    )


def _record(found: Mapping[str, Any]) -> Record:
    source = found["source"]
    return Record(
        record_id=found["record_id"],
        abstract=found["abstract"],
        title=found["title"],
        pmid=found["pmid"],
        doi=found["doi"],
        journal=found["journal"],
        year=found["year"],
        sections=tuple(SourceSection(*part) for part in source["sections"]),
        registry_ids=tuple(source["registry_ids"]),
        publication_types=tuple(source["publication_types"]),
        source=source["file"],
        number=source["number"],
    )


def _section(item: Mapping[str, Any]) -> Section:
    return Section(**{**item, "label": _label(item["label"]), "by": SectionSource(item["by"])})


def _label(name: str | None) -> SectionLabel | None:
    return None if name is None else SectionLabel(name)


def _p_value(item: Mapping[str, Any]) -> PValue:
    return PValue(
        **_place(item), operator=item["operator"], value=_number(item, "value"), role=PValueRole(item["role"])
    )


def _effect(item: Mapping[str, Any]) -> EffectEstimate:
    interval, p = item["ci_place"], item["p_place"]
    return EffectEstimate(
        **_place(item),
        measure=EffectMeasure(item["measure"]),
        estimate=_number(item, "estimate"),
        unit=item["unit"],
        interval=ConfidenceInterval(
            **_place(interval),
            level=_number(item, "ci_level"),
            lower=_number(item, "ci_low"),
            upper=_number(item, "ci_high"),
            credible=item["credible"],
        )
        if interval
        else None,
        p=PValue(**_place(p), operator=item["p_operator"], value=_number(item, "p_value"), role=PValueRole(p["role"]))
        if p
        else None,
        adjusted=item["adjusted"],
        outcome=_phrase(item, "outcome", item["outcome"]),
        comparison=_comparison(item),
        timepoint=_phrase(item, "timepoint", item["timepoint"]),
        section=_label(item["section"]),
        primary=item["primary"],
        confidence=item["confidence"],
    )


def _comparison(item: Mapping[str, Any]) -> _ComparedGroups | None:
    if item["comparison"] is None:
        return None
    intervention, comparator = item["comparison"]
    return _phrase(item, "intervention", intervention), _phrase(item, "comparator", comparator)


def _arm_value(item: Mapping[str, Any]) -> ArmValue:
    numbers: dict[str, Any] = {name: item.get(name) for name in (*_COUNTS, "unit")}
    numbers |= {name: _number(item, name) for name in NUMBERS if name not in numbers}
    return ArmValue(
        **_place(item),
        kind=ArmValueKind(item["kind"]),
        **numbers,
        outcome=_phrase(item, "outcome", item["outcome"]),
        arm=item["arm"],
        timepoint=_phrase(item, "timepoint", item["timepoint"]),
        section=_label(item["section"]),
        confidence=item["confidence"],
    )


def _contrast(item: Mapping[str, Any]) -> Contrast:
    first, second = item["values"]
    return Contrast(
        values=(first, second),
        effects=tuple(item["effects"]),
        computed=tuple(_computed(effect) for effect in item["computed"]),
    )


def _computed(item: Mapping[str, Any]) -> ComputedEffect:
    fields = {name: value for name, value in item.items() if name != "source"}
    return ComputedEffect(**{**fields, "measure": EffectMeasure(item["measure"])})


def _derived(item: Mapping[str, Any]) -> Derived:
    value = _number(item, "value")
    if value is None:
        raise ValueError("a derived cell without a value")
    return Derived(item["value_index"], item["field"], value, item["origin"])


def _place(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("text", "start", "end", "rule")}


def _phrase(item: Mapping[str, Any], name: str, text: str | None) -> Phrase | None:
    return None if text is None else Phrase(text, *item["places"][name])


def _number(item: Mapping[str, Any], name: str) -> Decimal | None:
    """A number as printed: by its own digits where JSON would have lost some."""
    printed = item.get("printed", {}).get(name)
    if printed is not None:
        return Decimal(printed)
    number = item.get(name)
    return None if number is None else Decimal(repr(number))
