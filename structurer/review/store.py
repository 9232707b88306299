"""The verdicts of a review, kept in an SQLite file beside what was extracted: saved at once, with their history."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from structurer.errors import StructurerError
from structurer.review.store_schema import open_store, transaction
from structurer.review.verdicts import Judgement, RowKey, Verdict

_ROW = "record_id = ? AND kind = ? AND start = ? AND stop = ? AND number = ?"
_REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history: what was said of a row, or None where everything said was taken back.

    `number` identifies it, and is the version of the row as long as no later entry speaks of the row; a row that was
    never decided has version 0. `undoes` is the number of the entry that it takes back.
    """

    number: int
    key: RowKey
    verdict: Verdict | None
    reviewer: str
    decided_at: str
    undoes: int | None = None


class StaleVerdictError(StructurerError):
    """A verdict on a row that somebody else has decided meanwhile; nothing was saved. `entry` is what stands there."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        now = entry.verdict.judgement if entry.verdict and entry.verdict.judgement else "undecided"
        by = f" by {entry.reviewer}" if entry.reviewer else ""
        super().__init__(f"this row was changed in another window: it is now {now}{by} ({entry.decided_at})")


class VerdictStore:
    """The verdicts in the database `path`, which is made where it is not there.

    Each method is one transaction: what it has returned from is on the disk, whatever happens to the process. Several
    stores, in any number of processes, may have one file open, and one store may be used from several threads.
    Raises ReaderError where the file cannot be opened or is no review.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.connection = open_store(path)
        self.lock = threading.RLock()

    def __enter__(self) -> VerdictStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the store cannot be used any more."""
        with self.lock:
            self.connection.close()

    def save(self, verdict: Verdict, expected: int) -> Entry:
        """Put `verdict` in force, decided now.

        `expected` is the version of the row that the verdict was given on. Raises StaleVerdictError where the row has
        another by now.
        """
        return self._append(verdict.key, verdict, expected, reviewer=verdict.reviewer)

    def withdraw(self, key: RowKey, expected: int, *, reviewer: str = "") -> Entry:
        """Make the row undecided again; raises StaleVerdictError as `save` does."""
        return self._append(key, None, expected, reviewer=reviewer)

    def undo(self, entry: int | None = None, *, reviewer: str = "") -> Entry | None:
        """Bring back what was in force before `entry`, as a new entry, and return that.

        Without `entry`, it is the last one that takes back none and was not taken back; None where there is none.
        Raises StaleVerdictError where a later entry speaks of the row, KeyError where there is no such entry.
        """
        with self.lock, transaction(self.connection):
            if entry is None:
                row = self._one(
                    "SELECT * FROM history WHERE undoes IS NULL AND NOT EXISTS (SELECT 1 FROM history AS later "
                    "WHERE later.undoes = history.entry) ORDER BY entry DESC LIMIT 1"
                )
                if row is None:
                    return None
            else:
                row = self._one("SELECT * FROM history WHERE entry = ?", entry)
                if row is None:
                    raise KeyError(entry)
            undone = _entry(row)
            present = self.in_force(undone.key) or undone
            standing: Entry | None = present
            while standing and standing.undoes is not None and standing.number != undone.number:
                standing = self._before(standing.key, standing.undoes)
            if standing is None or standing.number != undone.number:
                raise StaleVerdictError(present)
            before = self._before(undone.key, undone.number)
            verdict = before.verdict if before else None
            return self._insert(undone.key, verdict, present.number, reviewer=reviewer, undoes=undone.number)

    def in_force(self, key: RowKey) -> Entry | None:
        """The newest entry that speaks of the row `key`; None where it was never decided."""
        with self.lock:
            found = self._one(f"SELECT * FROM history WHERE entry = (SELECT entry FROM in_force WHERE {_ROW})", *key)
        return _entry(found) if found else None

    def of_record(self, record_id: str) -> dict[RowKey, Entry]:
        """The newest entry of each row of a record that was ever decided."""
        found = self._all(
            "SELECT * FROM history WHERE entry IN (SELECT entry FROM in_force WHERE record_id = ?)", record_id
        )
        return {entry.key: entry for entry in map(_entry, found)}

    def verdicts(self) -> list[Verdict]:
        """Every verdict in force, in the order in which they were given."""
        found = self._all("SELECT * FROM history WHERE entry IN (SELECT entry FROM in_force) ORDER BY entry")
        return [entry.verdict for entry in map(_entry, found) if entry.verdict]

    def history(self, key: RowKey) -> list[Entry]:
        """Everything that was ever decided of the row `key`, the first first."""
        return [_entry(row) for row in self._all(f"SELECT * FROM history WHERE {_ROW} ORDER BY entry", *key)]

    @property
    def reviewer(self) -> str:
        """The name under which verdicts are given; "" where none was."""
        with self.lock:
            row = self._one("SELECT value FROM setting WHERE name = ?", _REVIEWER)
        return str(row["value"]) if row else ""

    @reviewer.setter
    def reviewer(self, name: str) -> None:
        with self.lock, transaction(self.connection):
            self.connection.execute(
                "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (_REVIEWER, name)
            )

    def _append(self, key: RowKey, verdict: Verdict | None, expected: int, *, reviewer: str) -> Entry:
        with self.lock, transaction(self.connection):
            return self._insert(key, verdict, expected, reviewer=reviewer)

    def _insert(
        self, key: RowKey, verdict: Verdict | None, expected: int, *, reviewer: str, undoes: int | None = None
    ) -> Entry:
        present = self.in_force(key)
        if (present.number if present else 0) != expected:
            raise StaleVerdictError(present if present else Entry(0, key, None, "", "never decided"))
        now = _now()
        # What is brought back keeps the name of who decided it, unless another name takes the responsibility.
        name = reviewer or (verdict.reviewer if verdict else "")
        with closing(
            self.connection.execute(
                "INSERT INTO history (record_id, kind, start, stop, number, judgement, corrected, reviewer, note, "
                "decided_at, judged, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *key,
                    verdict.judgement.value if verdict and verdict.judgement else None,
                    json.dumps(dict(verdict.corrected) if verdict else {}, ensure_ascii=False),
                    name,
                    verdict.note if verdict else "",
                    now,
                    verdict.judged if verdict else "",
                    undoes,
                ),
            )
        ) as inserted:
            number = inserted.lastrowid or 0
        decided = replace(verdict, reviewer=name, decided_at=now) if verdict else None
        return Entry(number, key, decided, name, now, undoes)

    def _before(self, key: RowKey, entry: int) -> Entry | None:
        """The entry on the row `key` that stood when `entry` came."""
        query = f"SELECT * FROM history WHERE {_ROW} AND entry < ? ORDER BY entry DESC LIMIT 1"
        found = self._one(query, *key, entry)
        return _entry(found) if found else None

    def _one(self, query: str, *values: Any) -> sqlite3.Row | None:
        with closing(self.connection.execute(query, values)) as found:
            row: sqlite3.Row | None = found.fetchone()
        return row

    def _all(self, query: str, *values: Any) -> Iterator[sqlite3.Row]:
        with self.lock, closing(self.connection.execute(query, values)) as found:
            return iter(found.fetchall())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _entry(row: sqlite3.Row) -> Entry:
    key = RowKey(row["record_id"], row["kind"], row["start"], row["stop"], row["number"])
    verdict = Verdict(
        key=key,
        judgement=Judgement(row["judgement"]) if row["judgement"] is not None else None,
        corrected=json.loads(row["corrected"]),
        reviewer=row["reviewer"],
        note=row["note"],
        decided_at=row["decided_at"],
        judged=row["judged"],
    )
    says_something = verdict.judgement or verdict.corrected or verdict.note
    return Entry(
        row["entry"], key, verdict if says_something else None, row["reviewer"], row["decided_at"], row["undoes"]
    )
