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
    _reasons: dict[tuple[str | None, int | None], str] = field(default_factory=dict)

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
            reason = self._reasons.pop((record.source, record.number), None)
            yield replace(report, error=reason) if reason else report

    def _records_of(self, source: str) -> Iterator[Record]:
        given: set[int] = set()
        pending: list[ReaderError] = []
        seen = len(self.problems)
        for record in read_records(source, format=self.file_format, columns=self.columns, problems=self.problems):
            number = record.number or 0
            pending += self.problems[seen:]
            seen = len(self.problems)
            # A problem of a record that is still to come may be a mere note.
            given.add(number)
            yield from self._places([problem for problem in pending if (problem.record or 0) < number], given)
            pending = [problem for problem in pending if (problem.record or 0) > number]
            yield record
        yield from self._places([*pending, *self.problems[seen:]], given)

    def _places(self, problems: list[ReaderError], given: set[int]) -> Iterator[Record]:
        """A place for each record that has a problem and was not given."""
        for problem in problems:
            number = problem.record
            if number is None or number in given:
                continue
            given.add(number)
            self.lost.append(problem)
            if self.keep_place:
                self._reasons[problem.file, number] = problem.reason
                name = "stdin" if problem.file in (None, STREAM) else Path(str(problem.file)).name
                yield Record(record_id=f"{name}#{number}", abstract=None, source=problem.file, number=number)
