"""structurer extract: files of search results -> a table of trial results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.terminal import STREAM, counting, failing_in_one_line, standard_output, tell
from structurer.errors import ReaderError

if TYPE_CHECKING:
    from structurer.cli.intake import Intake
    from structurer.schema import TrialReport

_JSONL = (".jsonl", ".ndjson")


def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files of records, or - for standard input.")],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A file: .jsonl, .xlsx, .csv, .tsv, .parquet or .duckdb; or - for JSON Lines on standard output.",
        ),
    ] = STREAM,
    file_format: Annotated[
        str | None, typer.Option("--format", help="Format of the input, where its content does not tell.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="The input's column of a field, as abstract=Summary."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Extract sections, participants, effects with intervals, p-values and registry IDs from abstracts.

    Exit status: 0; 1 where some records failed (the rest is written); 2 for a wrong command line.
    """
    _check_usage(inputs, output, file_format)
    columns = _columns(mapping or [])
    tally = Tally()
    with failing_in_one_line():
        from structurer.cli.intake import Intake
        from structurer.pipeline import extract as extract_reports
        from structurer.pipeline import load

        intake = Intake(inputs, file_format, columns, keep_place=_is_jsonl(output))
        reports = intake.with_errors(extract_reports(intake.records(), nlp=load()))
        _write(tally.counted(counting(reports, quiet=quiet)), intake, output)
    for problem in intake.problems:
        tell(str(problem))
    for failure in tally.failures:
        tell(failure)
    failed = len(intake.lost) + len(tally.failures)
    if not quiet:
        notes = len(intake.problems) - len(intake.lost)
        tell(f"{tally.summary()}; {failed} failed, {notes} notes on reading")
    if failed:
        raise typer.Exit(1)


@dataclass(slots=True)
class Tally:
    """What went by: records, those with an abstract, results, and a line for each record that failed."""

    records: int = 0
    abstracts: int = 0
    effects: int = 0
    arm_values: int = 0
    failures: list[str] = field(default_factory=list)

    def counted(self, reports: Iterable[TrialReport]) -> Iterator[TrialReport]:
        """The same reports, counted as they pass."""
        for report in reports:
            self.records += 1
            self.abstracts += bool(report.record.abstract)
            self.effects += len(report.effects)
            self.arm_values += len(report.arm_values)
            # A record without an abstract that has an error was never read; the reader has said why.
            if report.error is not None and report.record.abstract is not None:
                record = report.record
                self.failures.append(str(ReaderError(report.error, file=record.source, record=record.number)))
            yield report

    def summary(self) -> str:
        """What was found, in one line."""
        results = self.effects + self.arm_values
        return (
            f"{self.records} records, {self.abstracts} with an abstract; "
            f"{results} results ({self.effects} effects, {self.arm_values} arm values)"
        )


def _is_jsonl(output: str) -> bool:
    return output == STREAM or Path(output).suffix.lower() in _JSONL


def _check_usage(inputs: list[str], output: str, file_format: str | None) -> None:
    from structurer.exports import TABLE_EXTENSIONS

    files = [Path(name) for name in inputs if name != STREAM]
    for file in files:
        if not file.exists():
            raise typer.BadParameter(f"no such file: {file}", param_hint="INPUT")
        if file.is_dir():
            raise typer.BadParameter(f"is a folder, name the files in it: {file}", param_hint="INPUT")
    if inputs.count(STREAM) > 1:
        raise typer.BadParameter("standard input can be read once", param_hint="INPUT")
    if file_format is not None:
        from structurer.readers import FORMATS

        if file_format not in FORMATS:
            raise typer.BadParameter(f"no such format: {file_format}; use {', '.join(FORMATS)}", param_hint="--format")
    if output == STREAM:
        return
    target = Path(output)
    if not _is_jsonl(output) and target.suffix.lower() not in TABLE_EXTENSIONS:
        known = ", ".join((_JSONL[0], *TABLE_EXTENSIONS))
        raise typer.BadParameter(f"no format has the extension {target.suffix!r}; use {known} or -", param_hint="OUT")
    if not target.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {target.parent}", param_hint="OUT")
    if target.exists() and any(file.samefile(target) for file in files):
        raise typer.BadParameter(f"would replace an input: {output}", param_hint="OUT")


def _columns(mapping: list[str]) -> dict[str, str]:
    columns = {}
    for pair in mapping:
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise typer.BadParameter(f"not FIELD=COLUMN: {pair}", param_hint="--map")
        columns[name] = column
    if columns:
        from structurer.readers.table import FIELDS

        for name in columns:
            if name not in FIELDS:
                raise typer.BadParameter(f"no such field: {name}; use {', '.join(FIELDS)}", param_hint="--map")
    return columns


def _write(reports: Iterator[TrialReport], intake: Intake, output: str) -> None:
    from structurer.exports.jsonl import write_jsonl

    if output == STREAM:
        with standard_output() as stream:
            write_jsonl(reports, stream)
    elif _is_jsonl(output):
        write_jsonl(reports, output)
    else:
        from structurer.exports import write_tables
        from structurer.tables.frames import to_tables

        write_tables(to_tables(reports, intake.problems), output)
