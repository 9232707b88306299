"""What comes in: the records of all inputs, and an account of what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from structurer.cli.terminal import STREAM
from structurer.errors import ReaderError
from structurer.readers import read_records
from structurer.schema import Record, TrialReport


@dataclass(slots=True)
class Intake:
    """The inputs of one run.

    `problems` holds all that the readers noted; `lost` those of them by which a record, or a whole file, is missing.
    With `keep_place`, a record that could not be read still gives a report, which holds nothing but the error.
    """

    inputs: list[str]
    file_format: str | None = None
    columns: Mapping[str, str] | None = None
    keep_place: bool = False
    problems: list[ReaderError] = field(default_factory=list)
    lost: list[ReaderError] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """The records of all inputs in order; an input that cannot be read is a problem, and the next one follows."""
        for source in self.inputs:
            try:
                yield from self._records_of(source)
            except ReaderError as error:
                self.problems.append(error)
                self.lost.append(error)

    def with_errors(self, reports: Iterable[TrialReport]) -> Iterator[TrialReport]:
        """The same reports, those in the place of an unread record with the reason as their error."""
        for report in reports:
            record = report.record
            reason = next((e.reason for e in self.lost if (e.file, e.record) == (record.source, record.number)), None)
            yield replace(report, error=reason) if reason and record.abstract is None else report

    def _records_of(self, source: str) -> Iterator[Record]:
        first = len(self.problems)
        given: set[int] = set()
        for record in read_records(source, format=self.file_format, columns=self.columns, problems=self.problems):
            number = record.number or 0
            yield from self._places_of_lost(source, first, given, before=number)
            given.add(number)
            yield record
        yield from self._places_of_lost(source, first, given, before=None)

    def _places_of_lost(self, source: str, first: int, given: set[int], before: int | None) -> Iterator[Record]:
        """A place for each record that has a problem, comes before record `before`, and was not given."""
        for problem in self.problems[first:]:
            number = problem.record
            if number is None or number in given or (before is not None and number >= before):
                continue
            given.add(number)
            self.lost.append(problem)
            if self.keep_place:
                name = "stdin" if source == STREAM else Path(source).name
                yield Record(record_id=f"{name}#{number}", abstract=None, source=problem.file, number=number)
