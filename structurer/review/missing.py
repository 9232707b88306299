"""Results that the program missed and a person added: kept beside the verdicts, and rows of the reviewed table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from structurer.exports.row_identity import BY_HAND as BY_HAND
from structurer.review.store_schema import transaction
from structurer.review.verdicts import Judgement

if TYPE_CHECKING:
    import pandas as pd

    from structurer.review.store import VerdictStore

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})\Z")
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d{1,15},(?!\d{3}\Z)\d{1,15}|0?,\d{1,15})\Z")


@dataclass(frozen=True, slots=True)
class MissingResult:
    """A result that stands in a record's abstract and was not found.

    `kind` is that of a row of results. `quote` holds its words and `start` and `end` their place, offsets into the
    abstract. `cells` holds texts by column (those of `structurer.review.verdicts.CORRECTABLE`). `entry` is its number
    in the store, 0 before it is there.
    """

    record_id: str
    kind: str
    quote: str
    start: int
    end: int
    cells: Mapping[str, str] = field(default_factory=dict, hash=False)
    reviewer: str = ""
    note: str = ""
    added_at: str = ""
    entry: int = 0


def add_missing(store: VerdictStore, result: MissingResult, *, removes: int | None = None) -> int:
    """Keep `result`, and return its number; with `removes`, this only takes back the one of that number."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with (
        store.lock,
        transaction(store.connection) as connection,
        closing(
            connection.execute(
                "INSERT INTO missing (record_id, kind, quote, start, stop, cells, reviewer, note, added_at, removes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    result.record_id,
                    result.kind,
                    result.quote,
                    result.start,
                    result.end,
                    json.dumps(dict(result.cells), ensure_ascii=False),
                    result.reviewer,
                    result.note,
                    now,
                    removes,
                ),
            )
        ) as inserted,
    ):
        return inserted.lastrowid or 0


def remove_missing(store: VerdictStore, entry: int, *, reviewer: str = "") -> bool:
    """Take back the addition `entry`; False where there is none, or none any more."""
    with store.lock:
        present = next((result for result in missing_results(store) if result.entry == entry), None)
        if present is None:
            return False
        taken = MissingResult(present.record_id, present.kind, "", 0, 0, reviewer=reviewer)
        add_missing(store, taken, removes=entry)
    return True


def missing_results(store: VerdictStore, record_id: str | None = None) -> list[MissingResult]:
    """What was added and not taken back, of one record or of all, in the order in which it was added."""
    query = (
        "SELECT * FROM missing WHERE removes IS NULL AND (? IS NULL OR record_id = ?) "
        "AND entry NOT IN (SELECT removes FROM missing WHERE removes IS NOT NULL) ORDER BY entry"
    )
    with store.lock, closing(store.connection.execute(query, (record_id, record_id))) as found:
        rows = found.fetchall()
    return [
        MissingResult(
            record_id=row["record_id"],
            kind=row["kind"],
            quote=row["quote"],
            start=row["start"],
            end=row["stop"],
            cells=json.loads(row["cells"]),
            reviewer=row["reviewer"],
            note=row["note"],
            added_at=row["added_at"],
            entry=row["entry"],
        )
        for row in rows
    ]


def with_missing(frames: Mapping[str, pd.DataFrame], missing: Iterable[MissingResult]) -> dict[str, pd.DataFrame]:
    """`frames` (as `to_tables` makes them) with a row of `results` for each of `missing`, judged correct.

    A cell whose text is no number of its column stays empty, and what was typed is said in the note.
    """
    import pandas as pd

    from structurer.review.settled import estimate_of
    from structurer.tables.standard_errors import pooled_input

    results = frames["results"]
    dtypes = {str(name): str(dtype) for name, dtype in results.dtypes.items()}
    studies = {study["record_id"]: study for study in frames["studies"].to_dict("records")}
    rows = []
    for result in missing:
        study = studies.get(result.record_id, {})
        cells, unread = _typed(result.cells, dtypes)
        row: dict[str, Any] = {
            "record_id": result.record_id,
            **{name: study.get(name) for name in ("pmid", "doi", "n_total", "registry_ids")},
            "study": study.get("title"),
            "kind": result.kind,
            **cells,
            "quote": result.quote,
            "sentence": result.quote,
            "start": result.start,
            "end": result.end,
            "rule": BY_HAND,
            "verdict": Judgement.CORRECT.value,
            "reviewer": result.reviewer or None,
            "note": "; ".join(filter(None, (result.note, *unread))) or None,
        }
        if result.kind == "effect":
            row["yi"], row["sei"] = pooled_input(estimate_of(row))
        rows.append(row)
    if not rows:
        return dict(frames)
    added = pd.DataFrame(
        {name: pd.array([_none(row.get(name)) for row in rows], dtype=kind) for name, kind in dtypes.items()}  # type: ignore[call-overload]
    )
    return {**frames, "results": pd.concat([results, added], ignore_index=True)}


def _typed(cells: Mapping[str, str], dtypes: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    typed: dict[str, Any] = {}
    unread = []
    for name, text in cells.items():
        if dtypes[name] == "str":
            typed[name] = text
            continue
        number = number_of(text)
        if number is None or (dtypes[name] == "Int64" and not number.is_integer()):
            unread.append(f"{name}={text}")
        else:
            typed[name] = int(number) if dtypes[name] == "Int64" else number
    return typed, unread


def number_of(text: str) -> float | None:
    """The number that a person typed, with a point or a decimal comma; None where it is none.

    What could be either a decimal comma or a thousand's ("1,200") is none.

    >>> number_of("0,72"), number_of("\\u22121.4"), number_of("0,125"), number_of("1,200"), number_of("NA")
    (0.72, -1.4, 0.125, None, None)
    """
    from structurer.text.normalise import normalise

    plain = normalise(text).strip()
    if _DECIMAL_COMMA.match(plain):
        plain = plain.replace(",", ".")
    elif not _NUMBER.match(plain):
        return None
    return float(plain)


def _none(value: Any) -> Any:
    return None if value is None or value != value or type(value).__name__ == "NAType" else value
