"""The account of a run: every record seen is extracted, without an abstract, a duplicate, no trial or a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from structurer.errors import ReaderError

if TYPE_CHECKING:
    from structurer.scale.intake import Intake
    from structurer.schema import Record, TrialReport


@dataclass(slots=True)
class Tally:
    """What came out: reports by what they say, results, and a line for each record that failed."""

    extracted: int = 0
    without_abstract: int = 0
    effects: int = 0
    arm_values: int = 0
    failures: list[str] = field(default_factory=list)

    def counted(self, reports: Iterable[TrialReport]) -> Iterator[TrialReport]:
        """The same reports, counted as they pass."""
        for report in reports:
            self._count(report.record, report.error, len(report.effects), len(report.arm_values))
            yield report

    def count_written(self, record: Record, line: Mapping[str, Any]) -> None:
        """Count a report that an earlier run wrote as `line`."""
        self._count(record, line.get("error"), len(line["effects"]), len(line["arm_values"]))

    def counts(self, intake: Intake) -> dict[str, int]:
        """Records by what became of them, which add up to those seen, and results."""
        return {
            "extracted": self.extracted,
            "without an abstract": self.without_abstract,
            "duplicates": intake.duplicates,
            **({"not trials": intake.not_trials} if intake.trials_only else {}),
            "problems": len(self.failures) + intake.unread,
            "effects": self.effects,
            "arm values": self.arm_values,
        }

    def _count(self, record: Record, error: str | None, effects: int, arm_values: int) -> None:
        self.effects += effects
        self.arm_values += arm_values
        if error is None:
            if record.abstract is None:
                self.without_abstract += 1
            else:
                self.extracted += 1
        elif record.abstract is not None:
            # A record without an abstract that has an error was never read; the reader has said why.
            self.failures.append(str(ReaderError(error, file=record.source, record=record.number)))


def balance(tally: Tally, intake: Intake) -> tuple[str, bool]:
    """The account in one line, and whether the records that came out are those that went in."""
    counts = tally.counts(intake)
    results = tally.effects + tally.arm_values
    terms = {name: count for name, count in counts.items() if name not in ("effects", "arm values")}
    parts = [
        f"{intake.seen} records seen = {' + '.join(f'{count} {name}' for name, count in terms.items())}",
        f"{results} results ({tally.effects} effects, {tally.arm_values} arm values)",
        _notes(len(intake.problems), len(intake.lost)),
    ]
    if intake.trials_only:
        parts.insert(1, intake.likely.summary())
    balanced = intake.seen == sum(terms.values())
    if not balanced:
        parts.append("these do not add up: some records were lost on the way")
    return "; ".join(parts), balanced


def _notes(noted: int, lost: int) -> str:
    if not noted:
        return "nothing to note on reading"
    notes = "1 note" if noted == 1 else f"{noted} notes"
    return f"{notes} on reading, {lost or 'none'} of something lost"
