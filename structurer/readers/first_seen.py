"""What was seen first under each key, on disk, so that a file of any number of records needs little memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence

# SQLite's own memory, in KiB; what does not fit goes to a temporary file, which ends with the connection.
_CACHE = 2048
_Cell = str | int | None


class FirstSeen:
    """Remembers one row of cells for each key.

    >>> seen = FirstSeen(2)
    >>> seen.get(b"a"), seen.put(b"a", ("search.ris", 1)), seen.get(b"a")
    (None, None, ('search.ris', 1))
    """

    def __init__(self, cells: int) -> None:
        names = [f"c{place}" for place in range(cells)]
        # An empty name is a database of this connection alone: in memory while it is small, then in a file.
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in (f"cache_size = -{_CACHE}", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._rows.execute(f"PRAGMA {setting}")
        self._rows.execute(f"CREATE TABLE seen (key BLOB PRIMARY KEY, {', '.join(names)}) WITHOUT ROWID")
        self._rows.execute("BEGIN")
        self._get = f"SELECT {', '.join(names)} FROM seen WHERE key = ?"
        self._put = f"INSERT OR REPLACE INTO seen VALUES (?{', ?' * cells})"

    def get(self, key: bytes) -> tuple[_Cell, ...] | None:
        """The cells of `key`; None where it was not seen."""
        found = self._rows.execute(self._get, (key,)).fetchone()
        # Halves of surrogate pairs, which names of files may hold, are no text to SQLite.
        return found and tuple(c.decode("utf-8", "surrogatepass") if isinstance(c, bytes) else c for c in found)

    def put(self, key: bytes, cells: Sequence[_Cell]) -> None:
        """Remember `cells` for `key`, in place of those remembered before."""
        stored = (c.encode("utf-8", "surrogatepass") if isinstance(c, str) else c for c in cells)
        self._rows.execute(self._put, (key, *stored))


def digest(*parts: str) -> bytes:
    """A key of 16 bytes for `parts`: those of the texts of a million records would fill the memory.

    >>> digest("pmid", "1") == digest("pmid", "1"), digest("ab", "c") == digest("a", "bc"), len(digest("x"))
    (True, False, 16)
    """
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
