"""Reports -> JSON Lines, one object a record, as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from structurer.contrasts import Contrast
from structurer.exports.replacement import replacing
from structurer.exports.visible import DIRECTION_MARKS
from structurer.schema import ArmValue, ArmValueKind, EffectEstimate, Mention, Phrase, TrialReport

# The numbers that each kind of arm value has.
NUMBERS_OF_KIND = {
    ArmValueKind.EVENTS: ("events", "n", "percent"),
    ArmValueKind.PERCENT: ("percent",),
    ArmValueKind.MEAN: ("value", "unit", "sd", "se"),
    ArmValueKind.MEDIAN: ("value", "unit", "q1", "q3", "low", "high"),
    ArmValueKind.RATE: ("value", "unit"),
}
NUMBERS = ("events", "n", "percent", "value", "unit", "sd", "se", "q1", "q3", "low", "high")
# Signs at which some programs end a line, though JSON allows them inside a string.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
# Those, and the marks that turn the direction of what stands around them on a screen.
_ESCAPED = _LINE_ENDS | {ord(mark): f"\\u{ord(mark):04x}" for mark in DIRECTION_MARKS}


def report_to_dict(report: TrialReport) -> dict[str, Any]:
    """`report` as plain dicts, lists, text and numbers, ready for JSON.

    Beside the promised fields stands all that `read_reports` needs to give the same report again: the abstract, where
    the record came from, the places of outcomes, groups, time points, intervals and p-values, and under `printed` each
    number that JSON cannot show as it was printed ("0.80"). `error` is a key only where the record could not be
    processed.

    >>> from structurer.schema import Record
    >>> report = TrialReport(record=Record(record_id="7", abstract="We enrolled 40 women."), n_total=40)
    >>> found = report_to_dict(report)
    >>> found["record_id"], found["n_total"], found["effects"]
    ('7', 40, [])
    """
    record = report.record
    found: dict[str, Any] = {
        "record_id": record.record_id,
        "pmid": record.pmid,
        "doi": record.doi,
        "title": record.title,
        "journal": record.journal,
        "year": record.year,
        "abstract": record.abstract,
        "source": {
            "file": record.source,
            "number": record.number,
            "sections": [[part.heading, part.start, part.end, part.body] for part in record.sections],
            "registry_ids": list(record.registry_ids),
            "publication_types": list(record.publication_types),
        },
        "sections": [_all_fields(section) for section in report.sections],
        "registry_ids": [_all_fields(found) for found in report.registry_ids],
        "p_values": [_all_fields(p) | _printed({"value": p.value}) for p in report.p_values],
        "effects": [_effect(effect) for effect in report.effects],
        "arm_values": [_arm_value(value) for value in report.arm_values],
        "sample_sizes": [_all_fields(size) for size in report.sample_sizes],
        "n_total": report.n_total,
        "n_total_role": _plain(report.n_total_role),
        "arms": [_all_fields(arm) for arm in report.arms],
        "abbreviations": dict(report.abbreviations),
        "flags": [_all_fields(flag) for flag in report.flags],
        "contrasts": [_contrast(report, contrast) for contrast in report.contrasts],
        "derived": [_all_fields(cell) | _printed({"value": cell.value}) for cell in report.derived],
    }
    if report.error is not None:
        found["error"] = report.error
    return found


def write_jsonl(reports: Iterable[TrialReport], target: str | Path | TextIO) -> int:
    """Write each report as one line of JSON (UTF-8) as soon as it comes, and return how many there were.

    `target` is a path, which keeps its old content unless every line could be written, or an open text stream.
    Raises ExportError where the path cannot be written.
    """
    if not isinstance(target, str | Path):
        return _write_lines(reports, target)
    with replacing(target) as path, path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        return _write_lines(reports, file)


def _write_lines(reports: Iterable[TrialReport], stream: TextIO) -> int:
    written = 0
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    escaped = [chr(code) for code in _ESCAPED]
    for report in reports:
        line = encode(report_to_dict(report))
        # To look for the few signs costs a hundredth of a translation of the whole line.
        if not line.isascii() and any(map(line.__contains__, escaped)):
            line = line.translate(_ESCAPED)
        stream.write(line + "\n")
        written += 1
    return written


def _all_fields(item: Any) -> dict[str, Any]:
    kind: Any = type(item)
    return {name: _plain(getattr(item, name)) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _place(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "start": mention.start, "end": mention.end, "rule": mention.rule}


def _effect(effect: EffectEstimate) -> dict[str, Any]:
    interval, p = effect.interval, effect.p
    numbers = {
        "estimate": effect.estimate,
        "ci_level": interval.level if interval else None,
        "ci_low": interval.lower if interval else None,
        "ci_high": interval.upper if interval else None,
        "p_value": p.value if p else None,
    }
    intervention, comparator = effect.comparison or (None, None)
    return {
        "measure": _plain(effect.measure),
        "unit": effect.unit,
        **{name: _plain(number) for name, number in numbers.items()},
        "credible": interval.credible if interval else None,
        "p_operator": p.operator if p else None,
        "outcome": _plain(effect.outcome),
        "comparison": _plain(effect.comparison),
        "timepoint": _plain(effect.timepoint),
        "adjusted": effect.adjusted,
        "primary": effect.primary,
        "section": _plain(effect.section),
        "confidence": effect.confidence,
        **_place(effect),
        **_places(outcome=effect.outcome, intervention=intervention, comparator=comparator, timepoint=effect.timepoint),
        "ci_place": _place(interval) if interval else None,
        "p_place": _place(p) | {"role": _plain(p.role)} if p else None,
        **_printed(numbers),
    }


def _arm_value(value: ArmValue) -> dict[str, Any]:
    numbers = {name: getattr(value, name) for name in NUMBERS}
    wanted = NUMBERS_OF_KIND[value.kind]
    return {
        "outcome": _plain(value.outcome),
        "arm": value.arm,
        "kind": _plain(value.kind),
        **{name: _plain(number) for name, number in numbers.items() if name in wanted or number is not None},
        "timepoint": _plain(value.timepoint),
        "section": _plain(value.section),
        "confidence": value.confidence,
        **_place(value),
        **_places(outcome=value.outcome, timepoint=value.timepoint),
        **_printed(numbers),
    }


def _places(**phrases: Phrase | None) -> dict[str, Any]:
    """Where each phrase stands; those that were not found are left out."""
    return {"places": {name: [phrase.start, phrase.end] for name, phrase in phrases.items() if phrase is not None}}


def _printed(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that come back from JSON otherwise than they were printed, as text; no key where there is none."""
    lost = {
        name: str(number)
        for name, number in numbers.items()
        if number is not None and isinstance(number, Decimal) and str(number) != repr(_plain(number))
    }
    return {"printed": lost} if lost else {}


def _contrast(report: TrialReport, contrast: Contrast) -> dict[str, Any]:
    """`values` and `effects` are places in the record's `arm_values` and `effects`, counted from 0."""
    first = report.arm_values[contrast.values[0]]
    return {
        "outcome": _plain(first.outcome),
        "timepoint": _plain(first.timepoint),
        "comparison": [report.arm_values[i].arm for i in contrast.values],
        "values": list(contrast.values),
        "effects": list(contrast.effects),
        "computed": [{**_all_fields(effect), "source": "computed"} for effect in contrast.computed],
    }


def _plain(value: Any) -> Any:
    """A value of the schema as JSON has it: a Decimal as a number, a phrase or a label as text, a tuple as a list."""
    if value is None or type(value) is str or type(value) is int:
        return value
    if isinstance(value, Decimal):
        # 95 is written 95 and not 95.0; a number too large for a float is none that was measured.
        number = int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
        return number if abs(number) < float("inf") else None
    if isinstance(value, Phrase):
        return value.text
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
