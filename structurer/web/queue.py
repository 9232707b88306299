"""Which record comes next, by the filters and the order that the reviewer chose, and how much is done."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from structurer.review.store import VerdictStore
from structurer.schema import ArmValueKind

# What each choice is called on the page; the first of each is the usual one, and is left out of addresses.
ORDERS = {"file": "file order", "flagged": "flagged first", "unsure": "least confident first"}
SHOWN = {"all": "all rows", "undecided": "undecided rows", "flagged": "flagged rows", "decided": "decided rows"}
KINDS = {"all": "all kinds", "effect": "effects", "arm": "values of one arm"} | {
    kind.value: f"only {kind.value}" for kind in ArmValueKind
}

_BY = {"file": "line.position", "flagged": "line.by_flags", "unsure": "line.by_doubt"}
# A verdict on a row that was read otherwise since then decides nothing.
DECIDED = (
    "EXISTS (SELECT 1 FROM in_force WHERE in_force.record_id = line_row.record_id AND in_force.kind = line_row.kind "
    "AND in_force.start = line_row.start AND in_force.stop = line_row.stop AND in_force.number = line_row.number "
    "AND in_force.judgement IS NOT NULL AND in_force.judged IN ('', line_row.digest))"
)
_SHOWING = {"undecided": f"NOT {DECIDED}", "decided": DECIDED, "flagged": "line_row.flagged"}
_JOINED = (
    "FROM in_force JOIN line_row USING (record_id, kind, start, stop, number) "
    "WHERE in_force.judgement IS NOT NULL AND in_force.judged IN ('', line_row.digest)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reviewer wants to see, and in which order: keys of ORDERS, SHOWN and KINDS."""

    order: str = "file"
    show: str = "all"
    kind: str = "all"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Choice:
        """The choice in the parameters of an address; what is unknown there counts as not said."""
        known = {"order": ORDERS, "show": SHOWN, "kind": KINDS}
        return cls(**{name: query[name] for name, values in known.items() if query.get(name) in values})

    def query(self, **more: str | int) -> str:
        """The parameters of an address that say this choice, and `more`; "" where there are none.

        >>> Choice(order="unsure").query(after=3), Choice().query()
        ('?order=unsure&after=3', '')
        """
        usual = Choice()
        chosen = {name: getattr(self, name) for name in Choice.__slots__}
        said = {name: value for name, value in chosen.items() if value != getattr(usual, name)} | more
        return f"?{urlencode(said)}" if said else ""

    def has(self, kind: str) -> bool:
        """Whether rows of `kind` are wanted."""
        return self.kind in ("all", kind) or (self.kind == "arm" and kind != "effect")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is decided, of what is known of the file so far; `unread` lines of it are no reports."""

    rows: int
    decided: int
    records: int
    done: int
    unread: int = 0


def neighbour(
    store: VerdictStore, choice: Choice, position: int | None, *, backwards: bool = False, undecided: bool = False
) -> int | None:
    """The position of the record after (or before) the one at `position`, of the first (or last) where that is None.

    Only records with a row that `choice` shows count, with `undecided` one that is also undecided; where the choice
    is to see everything, records without a row count too. A line that is no report is passed over (`progress` counts
    them). None where there is no more.
    """
    by = _BY[choice.order]
    conditions = ["line.problem IS NULL"]
    values: list[Any] = []
    if position is not None:
        sign = "<" if backwards else ">"
        conditions.append(
            f"({by}, line.position) {sign} (SELECT {by.replace('line.', 'here.')}, here.position "
            "FROM line AS here WHERE here.position = ?)"
        )
        values.append(position)
    wanted = []
    if choice.show != "all":
        wanted.append(_SHOWING[choice.show])
    if undecided and choice.show != "undecided":
        wanted.append(_SHOWING["undecided"])
    if choice.kind == "arm":
        wanted.append("line_row.kind <> 'effect'")
    elif choice.kind != "all":
        wanted.append("line_row.kind = ?")
        values.append(choice.kind)
    if wanted:
        inside = " AND ".join(("line_row.position = line.position", *wanted))
        conditions.append(f"EXISTS (SELECT 1 FROM line_row WHERE {inside})")
    where = f"WHERE {' AND '.join(conditions)} "
    way = "DESC" if backwards else "ASC"
    query = f"SELECT line.position FROM line {where}ORDER BY {by} {way}, line.position {way} LIMIT 1"
    with store.lock, closing(store.connection.execute(query, values)) as found:
        row = found.fetchone()
    return None if row is None else int(row[0])


def progress(store: VerdictStore) -> Progress:
    """How much is decided; the cost grows with what is decided, not with the file."""

    def one(query: str) -> int:
        with closing(store.connection.execute(query)) as found:
            return int(found.fetchone()[0] or 0)

    with store.lock:
        return Progress(
            rows=one("SELECT SUM(rows) FROM line"),
            decided=one(f"SELECT COUNT(*) {_JOINED}"),
            records=one("SELECT COUNT(*) FROM line"),
            done=one(
                f"SELECT COUNT(*) FROM (SELECT position, COUNT(*) AS decided {_JOINED} GROUP BY position) AS some "
                "JOIN line USING (position) WHERE line.rows = some.decided"
            )
            + one("SELECT COUNT(*) FROM line WHERE rows = 0 AND problem IS NULL"),
            unread=one("SELECT COUNT(*) FROM line WHERE problem IS NOT NULL"),
        )
