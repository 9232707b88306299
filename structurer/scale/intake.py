"""What comes in: the records of all inputs, each once, and an account of what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from structurer.errors import ReaderError
from structurer.readers import read_records
from structurer.readers.duplicates import Duplicates
from structurer.readers.likely_trials import LeftOut, LikelyTrials
from structurer.schema import Record, TrialReport

# The name of standard input.
_STREAM = "-"


@dataclass(slots=True)
class Intake:
    """The inputs of one run.

    `problems` holds all that the readers noted, and a line for each duplicate. `seen` counts the records of the inputs,
    `unread` those of them that could not be read, `duplicates` those that were left out as repeating an earlier one.
    With `keep_place`, a record that could not be read still gives a report, which holds nothing but the error. With
    `trials_only`, records that are hardly reports of trials are counted as `not_trials` and told to `left_out`, before
    anything else is done with them.
    """

    inputs: list[str]
    file_format: str | None = None
    columns: Mapping[str, str] | None = None
    keep_place: bool = False
    keep_duplicates: bool = False
    trials_only: bool = False
    left_out: Callable[[LeftOut], None] | None = None
    problems: list[ReaderError] = field(default_factory=list)
    seen: int = 0
    unread: int = 0
    duplicates: int = 0
    likely: LikelyTrials = field(default_factory=LikelyTrials)
    _known: Duplicates = field(default_factory=Duplicates)
    _reasons: dict[tuple[str | None, int | None], str] = field(default_factory=dict)

    @property
    def lost(self) -> list[ReaderError]:
        """The problems by which a record, a part of one or a file is missing."""
        return [problem for problem in self.problems if problem.lost]

    @property
    def not_trials(self) -> int:
        """How many records were left out as hardly reports of trials."""
        return self.likely.left_out

    def records(self) -> Iterator[Record]:
        """The records of all inputs in order; an input that cannot be read is a problem, and the next one follows."""
        for source in self.inputs:
            yield from self._records_of(source)

    def with_errors(self, reports: Iterable[TrialReport]) -> Iterator[TrialReport]:
        """The same reports, those in the place of an unread record with the reason as their error."""
        for report in reports:
            record = report.record
            reason = self._reasons.pop((record.source, record.number), None)
            yield replace(report, error=reason) if reason else report

    def _records_of(self, source: str) -> Iterator[Record]:
        given = Numbers()
        pending: list[ReaderError] = []
        at = len(self.problems)
        for record in self._read(source):
            number = record.number or 0
            pending += self.problems[at:]
            # A problem of a record that is still to come may be a mere note.
            given.add(number)
            yield from self._places([problem for problem in pending if (problem.record or 0) < number], given)
            pending = [problem for problem in pending if (problem.record or 0) > number]
            self.seen += 1
            if self.trials_only and (left := self.likely.left(record)):
                if self.left_out:
                    self.left_out(left)
                at = len(self.problems)
                continue
            repeated = None if self.keep_duplicates else self._known.first_of(record)
            if repeated is None:
                at = len(self.problems)
                yield record
                continue
            kept, by = repeated
            self.duplicates += 1
            # That its id was there before is said by this too.
            self.problems[at:] = [problem for problem in self.problems[at:] if not _tells_id(problem, number)]
            elsewhere = f" of {kept.source}" if kept.source != record.source else ""
            self.problems.append(
                ReaderError(
                    f"a duplicate of record {kept.number}{elsewhere}, left out",
                    file=record.source,
                    record=number,
                    field=by,
                )
            )
            at = len(self.problems)
        yield from self._places([*pending, *self.problems[at:]], given)

    def _read(self, source: str) -> Iterator[Record]:
        try:
            yield from read_records(source, format=self.file_format, columns=self.columns, problems=self.problems)
        except ReaderError as error:
            error.lost = True
            self.problems.append(error)

    def _places(self, problems: list[ReaderError], given: Numbers) -> Iterator[Record]:
        """A place for each record that has a problem and was not given."""
        for problem in problems:
            number = problem.record
            if number is None or number in given:
                continue
            given.add(number)
            problem.lost = True
            self.seen += 1
            self.unread += 1
            if self.keep_place:
                self._reasons[problem.file, number] = problem.reason
                name = "stdin" if problem.file in (None, _STREAM) else Path(str(problem.file)).name
                yield Record(record_id=f"{name}#{number}", abstract=None, source=problem.file, number=number)


class Numbers:
    """A set of numbers from 1, of which nearly all come in their order: little memory, however many.

    >>> seen = Numbers()
    >>> for number in (1, 2, 4):
    ...     seen.add(number)
    >>> [number in seen for number in range(6)]
    [False, True, True, False, True, False]
    """

    def __init__(self) -> None:
        self._upto = 0
        self._beyond: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return 0 < number <= self._upto or number in self._beyond

    def add(self, number: int) -> None:
        """Put `number` in."""
        if number not in self:
            self._beyond.add(number)
        while self._upto + 1 in self._beyond:
            self._upto += 1
            self._beyond.remove(self._upto)


def _tells_id(problem: ReaderError, number: int) -> bool:
    return problem.record == number and problem.field == "record_id"
