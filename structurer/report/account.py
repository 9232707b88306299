"""What happened to each record that was seen, as a flow diagram of a review tells it, and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from structurer.schema import TrialReport


class Fate(StrEnum):
    """What became of a record: together they make up the records that were seen."""

    EXTRACTED = "extracted"
    WITHOUT_ABSTRACT = "without an abstract"
    DUPLICATE = "duplicates"
    FILTERED = "filtered out"
    PROBLEM = "problems"


@dataclass(frozen=True, slots=True)
class Told:
    """One record: its name (title, or file and number), why it came to its fate, and its place in the page, if any."""

    name: str
    why: str = ""
    page_record: int | None = None


@dataclass(slots=True)
class Account:
    """All records of a run by their fate.

    `unknown` says of a fate why nothing is known of it; then `seen` is unknown too. `counted` holds the number of
    records of a fate where that is known and each of them is not. `notes` are what the readers
    noted besides. `totals` counts what was found in the records.
    """

    inputs: tuple[str, ...] = ()
    told: dict[Fate, list[Told]] = field(default_factory=lambda: {fate: [] for fate in Fate})
    unknown: dict[Fate, str] = field(default_factory=dict)
    counted: dict[Fate, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)

    def add(self, report: TrialReport, page_record: int) -> None:
        """Count one report, which the page shows as its record number `page_record`."""
        record = report.record
        name = record.title or record.record_id
        if report.error is not None:
            self.told[Fate.PROBLEM].append(Told(name, report.error, page_record))
        elif record.abstract is None or not record.abstract.strip():
            self.told[Fate.WITHOUT_ABSTRACT].append(Told(name, "", page_record))
        else:
            self.told[Fate.EXTRACTED].append(Told(name, _results(report), page_record))
        for found, count in _totals(report).items():
            self.totals[found] = self.totals.get(found, 0) + count

    def number(self, fate: Fate) -> int | None:
        """How many records came to `fate`; None where that is not known."""
        return None if fate in self.unknown else self.counted.get(fate, len(self.told[fate]))

    @property
    def pages(self) -> int:
        """How many records the page shows."""
        return sum(one.page_record is not None for told in self.told.values() for one in told)

    @property
    def seen(self) -> int | None:
        """How many records were seen; None where one of the fates is not known."""
        numbers = [self.number(fate) for fate in Fate]
        return None if any(number is None for number in numbers) else sum(number or 0 for number in numbers)

    def leave_out(self, fate: Fate, told: Iterable[Told]) -> None:
        """Records that gave no report."""
        self.told[fate].extend(told)


def _results(report: TrialReport) -> str:
    counts = {"effect": len(report.effects), "arm value": len(report.arm_values), "flag": len(report.flags)}
    return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n) or "no results"


def _totals(report: TrialReport) -> Mapping[str, int]:
    return {
        "effects": len(report.effects),
        "effects with an interval": sum(effect.interval is not None for effect in report.effects),
        "values of single arms": len(report.arm_values),
        "p-values": len(report.p_values),
        "numbers of participants": len(report.sample_sizes),
        "registration numbers": len(report.registry_ids),
        "numbers that do not add up (flags)": len(report.flags),
        "records with a result": int(bool(report.effects or report.arm_values)),
    }
