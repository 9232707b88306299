"""Where each record of an extraction stands in its file, and what its rows are, so that no page reads the whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from structurer.errors import ReaderError
from structurer.exports.report_lines import report_from_dict
from structurer.report.places import keyed_results
from structurer.review.store import VerdictStore
from structurer.review.store_schema import transaction
from structurer.review.verdicts import RowKey, digest
from structurer.schema import TrialReport
from structurer.tables.results import result_rows

# Raised whenever the tables below, or what is written to them, change: an index of another version is made anew.
_VERSION = 1
_STATE = "index"
# Records between two commits: what a kill may cost, and how long a verdict may have to wait. The first ones come
# sooner, for somebody is waiting for them.
_BATCH, _FIRST_BATCH = 10, 2
CHANGED = "has changed and is being read anew; load the page again in a moment"
_MALFORMED = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)

_TABLES = (
    "DROP TABLE IF EXISTS line",
    "DROP TABLE IF EXISTS line_row",
    """CREATE TABLE line (
        position INTEGER PRIMARY KEY, first_byte INTEGER NOT NULL, bytes INTEGER NOT NULL, record_id TEXT NOT NULL,
        rows INTEGER NOT NULL, by_flags INTEGER NOT NULL, by_doubt REAL NOT NULL, problem TEXT
    ) STRICT""",
    "CREATE INDEX line_by_flags ON line (by_flags, position)",
    "CREATE INDEX line_by_doubt ON line (by_doubt, position)",
    "CREATE INDEX line_by_record ON line (record_id)",
    """CREATE TABLE line_row (
        position INTEGER NOT NULL, place INTEGER NOT NULL,
        record_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
        number INTEGER NOT NULL, confidence REAL, flagged INTEGER NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (position, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE UNIQUE INDEX line_row_by_key ON line_row (record_id, kind, start, stop, number)",
)


@dataclass(frozen=True, slots=True)
class IndexedRow:
    """One row of results as the index knows it; `digest` is that of its cells (`structurer.review.verdicts`)."""

    key: RowKey
    confidence: float | None
    flagged: bool
    digest: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index has come: `bytes` of the `size` of the file, whose last change was at `changed`."""

    size: int
    changed: int
    bytes: int = 0
    records: int = 0
    rows: int = 0
    version: int = _VERSION

    @property
    def complete(self) -> bool:
        """Whether the whole file is known."""
        return self.bytes >= self.size


class ReportIndex:
    """The index of the JSON Lines file `out`, in the database of `store`.

    It is filled by `refresh`, and may be read meanwhile. Raises ReaderError where `out` cannot be read.
    """

    def __init__(self, out: str | Path, store: VerdictStore) -> None:
        self.out = Path(out)
        self._store = store
        self._prepare()

    def state(self) -> IndexState:
        """How far the index has come."""
        found = self._ask("SELECT value FROM setting WHERE name = ?", _STATE)
        return IndexState(**json.loads(found[0]["value"]))

    @staticmethod
    def describes(store: VerdictStore, out: Path) -> bool:
        """Whether the index in `store` is complete and speaks of `out` as it stands there now."""
        with (
            store.lock,
            closing(store.connection.execute("SELECT value FROM setting WHERE name = ?", (_STATE,))) as row,
        ):
            found = row.fetchone()
        state = IndexState(**json.loads(found["value"])) if found else None
        return state is not None and state.complete and (state.size, state.changed) == _stamp(out)

    def refresh(self) -> Iterator[IndexState]:
        """Read on to the end of the file, from the beginning where it has changed; yields after every few records."""
        self._prepare()
        state = self.state()
        while not state.complete:
            state = self._read_on(state)
            yield state

    def report(self, position: int) -> TrialReport:
        """The report at `position`, counted from 1.

        Raises KeyError where the index has none there, ReaderError where the line cannot be read as one, or where the
        file has changed since it was indexed.
        """
        if not self._is_of_this_file():
            raise ReaderError(CHANGED, file=str(self.out))
        found = self._ask("SELECT first_byte, bytes FROM line WHERE position = ?", position)
        if not found:
            raise KeyError(position)
        try:
            with self.out.open("rb") as file:
                file.seek(found[0]["first_byte"])
                line = file.read(found[0]["bytes"])
        except OSError as error:
            raise ReaderError(error.strerror or str(error), file=str(self.out)) from error
        return self._parsed(line, position)

    def rows(self, position: int) -> list[IndexedRow]:
        """The rows of the record at `position`, in the order of the table of results."""
        found = self._ask("SELECT * FROM line_row WHERE position = ? ORDER BY place", position)
        return [
            IndexedRow(
                RowKey(row["record_id"], row["kind"], row["start"], row["stop"], row["number"]),
                row["confidence"],
                bool(row["flagged"]),
                row["digest"],
            )
            for row in found
        ]

    def position_of(self, key: RowKey) -> int | None:
        """Where the record of the row `key` stands; None where the file has no such row."""
        query = (
            "SELECT position FROM line_row WHERE record_id = ? AND kind = ? AND start = ? AND stop = ? AND number = ?"
        )
        found = self._ask(query, *key)
        return int(found[0]["position"]) if found else None

    def problems(self) -> list[ReaderError]:
        """The lines that are no reports."""
        found = self._ask("SELECT position, problem FROM line WHERE problem IS NOT NULL ORDER BY position")
        return [ReaderError(row["problem"], file=str(self.out), record=row["position"], lost=True) for row in found]

    def reports(self) -> Iterator[TrialReport]:
        """Every report of the file that can be read, one at a time."""
        for row in self._ask("SELECT position FROM line WHERE problem IS NULL ORDER BY position"):
            yield self.report(row["position"])

    def _is_of_this_file(self) -> bool:
        state = self.state()
        return (state.size, state.changed) == _stamp(self.out)

    def _prepare(self) -> None:
        """Begin anew unless the index is of this file as it is now, and of this version."""
        size, changed = _stamp(self.out)
        with self._store.lock, transaction(self._store.connection) as connection:
            found = self._ask("SELECT value FROM setting WHERE name = ?", _STATE)
            old = json.loads(found[0]["value"]) if found else {}
            if (old.get("version"), old.get("size"), old.get("changed")) == (_VERSION, size, changed):
                return
            for statement in _TABLES:
                connection.execute(statement)
            self._keep(IndexState(size, changed))

    def _read_on(self, state: IndexState) -> IndexState:
        """Take in the next few records; nothing where another process has taken them in meanwhile."""
        lines: list[tuple[int, bytes]] = []
        at = state.bytes
        try:
            with self.out.open("rb") as file:
                file.seek(at)
                wanted = _BATCH if state.records else _FIRST_BATCH
                while len(lines) < wanted and at < state.size:
                    line = file.readline()
                    if not line:
                        at = state.size
                        break
                    lines.append((at, line))
                    at += len(line)
        except OSError as error:
            raise ReaderError(error.strerror or str(error), file=str(self.out)) from error
        position, rows = state.records, state.rows
        found = []
        for first, line in lines:
            if line.strip():
                position += 1
                found.append((position, first, len(line), *self._described(line, position)))
                rows += len(found[-1][-1])
        now = replace(state, bytes=at, records=position, rows=rows)
        with self._store.lock, transaction(self._store.connection):
            if self.state() != state:
                return self.state()
            for described in found:
                self._insert(*described)
            self._keep(now)
        return now

    def _described(self, line: bytes, position: int) -> tuple[str, str | None, list[IndexedRow]]:
        """The record's id, why the line is no report, and its rows, their numbers counted within the record."""
        try:
            report = self._parsed(line, position)
            machine = [digest(row._asdict()) for row in result_rows(report)]
            rows = [
                IndexedRow(
                    key,
                    result.confidence,
                    any(flag.start < result.end and result.start < flag.end for flag in report.flags),
                    judged,
                )
                for (key, result), judged in zip(keyed_results(report), machine, strict=True)
            ]
        except ReaderError as error:
            return f"line {position}", error.reason, []
        return report.record.record_id, None, rows

    def _insert(
        self, position: int, first: int, length: int, record_id: str, problem: str | None, rows: list[IndexedRow]
    ) -> None:
        connection = self._store.connection
        known = self._ask("SELECT 1 FROM line WHERE record_id = ? LIMIT 1", record_id)
        flagged = sum(row.flagged for row in rows)
        doubt = min((row.confidence for row in rows if row.confidence is not None), default=2.0)
        connection.execute(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (position, first, length, record_id, len(rows), -flagged, doubt, problem),
        )
        for place, row in enumerate(rows):
            key = row.key
            # Two records under one id: their rows are numbered on, as in the table of results.
            before = self._alike(key, position) if known else 0
            connection.execute(
                "INSERT INTO line_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (position, place, *key[:4], key.number + before, row.confidence, row.flagged, row.digest),
            )

    def _alike(self, key: RowKey, position: int) -> int:
        query = (
            "SELECT COUNT(*) FROM line_row WHERE record_id = ? AND kind = ? AND start = ? AND stop = ? AND position < ?"
        )
        return int(self._ask(query, *key[:4], position)[0][0])

    def _keep(self, state: IndexState) -> None:
        value = json.dumps({name: getattr(state, name) for name in IndexState.__slots__})
        self._store.connection.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (_STATE, value)
        )

    def _parsed(self, line: bytes, position: int) -> TrialReport:
        try:
            report = report_from_dict(json.loads(line))
        except _MALFORMED as error:
            reason = "not a report as `structurer extract` writes it with this version"
            detail = f"{reason} ({type(error).__name__}: {error})"
            raise ReaderError(detail, file=str(self.out), record=position, lost=True) from error
        name = report.record.record_id
        # Half of a surrogate pair can be stored nowhere; the tables too write "?" for it.
        plain = name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")
        return report if plain == name else replace(report, record=replace(report.record, record_id=plain))

    def _ask(self, query: str, *values: Any) -> list[Any]:
        with self._store.lock, closing(self._store.connection.execute(query, values)) as found:
            return found.fetchall()


def _stamp(file: Path) -> tuple[int, int]:
    """What tells that a file has changed: its size, and when it was last written."""
    try:
        found = file.stat()
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(file)) from error
    return found.st_size, found.st_mtime_ns
