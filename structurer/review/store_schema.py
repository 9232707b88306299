"""The tables of a review's database, and how it is opened: a history that only grows, and what is in force by it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from structurer.errors import ReaderError

# Stored in the database as `user_version`; raised whenever the tables below change.
SCHEMA_VERSION = 1
# "SRV1": tells a review's database from any other SQLite file.
_APPLICATION_ID = 0x53525631
# How long a save waits for another process that is writing.
_WAIT_SECONDS = 10.0

_TABLES = """
CREATE TABLE history (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, number INTEGER NOT NULL,
    judgement TEXT,  -- NULL: the row is undecided
    corrected TEXT NOT NULL,  -- a JSON object, column -> text
    reviewer TEXT NOT NULL, note TEXT NOT NULL, decided_at TEXT NOT NULL, judged TEXT NOT NULL,
    undoes INTEGER UNIQUE REFERENCES history (entry)
) STRICT;
CREATE TABLE in_force (
    record_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, number INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES history (entry),
    judgement TEXT, judged TEXT NOT NULL,
    PRIMARY KEY (record_id, kind, start, stop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_by_row ON history (record_id, kind, start, stop, number);
CREATE TABLE missing (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id TEXT NOT NULL, kind TEXT NOT NULL, quote TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    cells TEXT NOT NULL,  -- a JSON object, column -> text
    reviewer TEXT NOT NULL, note TEXT NOT NULL, added_at TEXT NOT NULL,
    removes INTEGER UNIQUE REFERENCES missing (entry)
) STRICT;
CREATE INDEX missing_by_record ON missing (record_id);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TRIGGER history_stands BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'the history only grows'); END;
CREATE TRIGGER history_stays BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'the history only grows'); END;
CREATE TRIGGER missing_stands BEFORE UPDATE ON missing BEGIN SELECT RAISE(ABORT, 'the history only grows'); END;
CREATE TRIGGER missing_stays BEFORE DELETE ON missing BEGIN SELECT RAISE(ABORT, 'the history only grows'); END;
CREATE TRIGGER newest_is_in_force AFTER INSERT ON history BEGIN
    INSERT INTO in_force VALUES (NEW.record_id, NEW.kind, NEW.start, NEW.stop, NEW.number,
                                 NEW.entry, NEW.judgement, NEW.judged)
    ON CONFLICT DO UPDATE SET entry = NEW.entry, judgement = NEW.judgement, judged = NEW.judged;
END;
"""


def open_store(path: str | Path) -> sqlite3.Connection:
    """A connection to the review database `path`, made there if it is not, in write-ahead mode.

    What a transaction has committed outlives the process and the machine's power. Raises ReaderError where the file
    cannot be opened, is no such database, or was made by a later version.
    """
    try:
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            _prepare(connection, str(path))
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise ReaderError(f"cannot be used as a review's database ({error})", file=str(path)) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    with transaction(connection):
        version = _number(connection, "user_version")
        if version == 0 and not _number(connection, "schema_version"):
            for statement in _statements(_TABLES):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif _number(connection, "application_id") != _APPLICATION_ID:
            raise ReaderError("is a database, but not that of a review", file=path)
        elif version != SCHEMA_VERSION:
            reason = f"is a review of schema version {version}; this version of structurer knows {SCHEMA_VERSION}"
            raise ReaderError(reason, file=path)


class transaction:  # noqa: N801 - reads as a verb, like contextlib's own
    """All that is done inside is kept together, or none of it; other writers wait meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self._connection.execute("BEGIN IMMEDIATE")
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT" if kind is None else "ROLLBACK")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    with closing(connection.execute(f"PRAGMA {pragma}")) as found:
        return int(found.fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of `script`; `executescript` would commit the transaction that they are to be part of."""
    found, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found
