"""TrialReports -> tidy DataFrames, one row an estimate, a study, a section, a mention or a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from structurer.errors import ReaderError
from structurer.schema import TrialReport
from structurer.tables import columns as tables
from structurer.tables.columns import LARGEST, TABLES, Column, columns
from structurer.tables.contrasts import contrast_rows
from structurer.tables.results import joined, registrations, result_rows

_Rows = dict[str, list[tuple[Any, ...]]]
# Reports in one piece of the tables: enough that a file's pieces are read fast, few enough that memory stays small.
BATCH = 1000


def to_tables(reports: Iterable[TrialReport], problems: Iterable[ReaderError] = ()) -> dict[str, pd.DataFrame]:
    """Tables of `reports` by name: those of `structurer.tables.columns.TABLES`, from `results` to `problems`.

    Every table has all of its columns even when it has no row; text is `str`, counts `Int64`, other numbers
    `Float64`, and an empty cell is missing, never 0 or "". `reports` is consumed once, before `problems`, so a list
    that a reader is still filling may be given as `problems`.

    >>> from structurer.schema import Record, TrialReport
    >>> report = TrialReport(record=Record(record_id="1", abstract="We enrolled 40 patients."), n_total=40)
    >>> tables = to_tables([report])
    >>> tables["studies"][["record_id", "n_total"]].to_dict("records")
    [{'record_id': '1', 'n_total': 40}]
    """
    rows = _no_rows()
    for report in reports:
        _add(rows, report)
    return _with_problems(rows, problems)


def tables_in_batches(
    reports: Iterable[TrialReport], problems: Iterable[ReaderError] = (), *, size: int = BATCH
) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables of `to_tables(reports, problems)` in pieces of `size` reports, from the first rows to the last.

    There is one piece at least, each with all tables, so that a run of any length needs the memory of one piece.

    >>> from structurer.schema import Record, TrialReport
    >>> reports = [TrialReport(record=Record(record_id=str(n), abstract=None)) for n in range(3)]
    >>> [tables["studies"]["record_id"].to_list() for tables in tables_in_batches(reports, size=2)]
    [['0', '1'], ['2']]
    """
    rows, held = _no_rows(), 0
    for report in reports:
        if held == size:
            yield _frames(rows)
            rows, held = _no_rows(), 0
        _add(rows, report)
        held += 1
    yield _with_problems(rows, problems)


def _no_rows() -> _Rows:
    return {name: [] for name in TABLES}


def _add(rows: _Rows, report: TrialReport) -> None:
    rows["results"].extend(result_rows(report))
    rows["studies"].append(_study(report))
    rows["sections"].extend(_sections(report))
    rows["sample_sizes"].extend(_sample_sizes(report))
    rows["p_values"].extend(_p_values(report))
    rows["registry_ids"].extend(_registry_ids(report))
    rows["arm_values"].extend(_arm_values(report))
    rows["contrasts"].extend(contrast_rows(report))
    rows["problems"].extend(_problems(report))


def _with_problems(rows: _Rows, problems: Iterable[ReaderError]) -> dict[str, pd.DataFrame]:
    rows["problems"].extend(tables.ProblemRow.of_reader_error(error) for error in problems)
    return _frames(rows)


def _frames(rows: _Rows) -> dict[str, pd.DataFrame]:
    return {name: _frame(name, rows[name]) for name in TABLES}


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    kinds = columns(name)
    cells = zip(*rows, strict=True) if rows else ([] for _ in kinds)
    return pd.DataFrame({column.name: _array(column, values) for column, values in zip(kinds, cells, strict=True)})


def _array(column: Column, values: Iterable[Any]) -> Any:
    dtype: Any = column.dtype
    if dtype == "str":
        return pd.array([None if value is None else _text(value) for value in values], dtype=dtype)
    # No count or measurement is this large: a run of digits, which the types of a column cannot hold.
    return pd.array([None if value is None or abs(value) > LARGEST else value for value in values], dtype=dtype)


def _text(value: str) -> str:
    """Plain text of a text or an enum member; half of a surrogate pair, which no file format holds, becomes "?"."""
    text = str(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _study(report: TrialReport) -> tables.StudyRow:
    record = report.record
    arms = (f"{arm.label} ({arm.n})" if arm.n is not None else arm.label for arm in report.arms)
    return tables.StudyRow(
        record_id=record.record_id,
        pmid=record.pmid,
        doi=record.doi,
        title=record.title,
        journal=record.journal,
        year=record.year,
        registry_ids=registrations(report),
        n_total=report.n_total,
        n_total_role=report.n_total_role,
        arms=joined(arms),
        sections=joined(section.label for section in report.sections if section.label),
        sections_by=joined(section.by for section in report.sections),
        effects=len(report.effects),
        arm_values=len(report.arm_values),
        p_values=len(report.p_values),
        sample_sizes=len(report.sample_sizes),
        flags=joined(flag.code for flag in report.flags),
        error=report.error,
        file=record.source,
        record=record.number,
    )


def _sections(report: TrialReport) -> Iterator[tables.SectionRow]:
    abstract = report.record.abstract or ""
    for section in report.sections:
        yield tables.SectionRow(
            record_id=report.record.record_id,
            pmid=report.record.pmid,
            label=section.label,
            heading=section.heading,
            text=abstract[section.body : section.end].strip(),
            by=section.by,
            confidence=section.confidence,
            start=section.start,
            end=section.end,
        )


def _sample_sizes(report: TrialReport) -> Iterator[tables.SampleSizeRow]:
    for size in report.sample_sizes:
        yield tables.SampleSizeRow(
            record_id=report.record.record_id,
            pmid=report.record.pmid,
            value=size.value,
            role=size.role,
            arm=size.arm,
            text=size.text,
            start=size.start,
            end=size.end,
            rule=size.rule,
        )


def _p_values(report: TrialReport) -> Iterator[tables.PValueRow]:
    for p in report.p_values:
        yield tables.PValueRow(
            record_id=report.record.record_id,
            pmid=report.record.pmid,
            operator=p.operator,
            value=None if p.value is None else float(p.value),
            role=p.role,
            text=p.text,
            start=p.start,
            end=p.end,
            rule=p.rule,
        )


def _registry_ids(report: TrialReport) -> Iterator[tables.RegistryIdRow]:
    for found in report.registry_ids:
        yield tables.RegistryIdRow(
            record_id=report.record.record_id,
            pmid=report.record.pmid,
            id=found.id,
            registry=found.registry,
            url=found.url,
            text=found.text,
            start=found.start,
            end=found.end,
            rule=found.rule,
        )


def _arm_values(report: TrialReport) -> Iterator[tables.ArmValueRow]:
    derived = {cell.value_index: cell for cell in report.derived}
    for place, value in enumerate(report.arm_values):
        cell = derived.get(place)
        yield tables.ArmValueRow(
            record_id=report.record.record_id,
            pmid=report.record.pmid,
            outcome=value.outcome.text if value.outcome else None,
            arm=value.arm,
            timepoint=value.timepoint.text if value.timepoint else None,
            kind=value.kind,
            events=value.events,
            n=value.n,
            unit=value.unit,
            text=value.text,
            start=value.start,
            end=value.end,
            rule=value.rule,
            events_derived=int(cell.value) if cell and cell.field == "events" else None,
            n_derived=int(cell.value) if cell and cell.field == "n" else None,
            percent_derived=float(cell.value) if cell and cell.field == "percent" else None,
            derived_from=cell.origin if cell else None,
            **{
                name: None if number is None else float(number)
                for name in ("percent", "value", "sd", "se", "q1", "q3", "low", "high")
                for number in (getattr(value, name),)
            },
        )


def _problems(report: TrialReport) -> Iterator[tables.ProblemRow]:
    record = report.record
    if report.error is not None:
        yield tables.ProblemRow(
            record_id=record.record_id,
            file=record.source,
            record=record.number,
            line=None,
            field=None,
            problem="failed",
            message=report.error,
            source=None,
            text=None,
            start=None,
            end=None,
        )
    for flag in report.flags:
        yield tables.ProblemRow(
            record_id=record.record_id,
            file=record.source,
            record=record.number,
            line=None,
            field=None,
            problem=flag.code,
            message=flag.message,
            source=flag.source,
            text=(record.abstract or "")[flag.start : flag.end],
            start=flag.start,
            end=flag.end,
        )
