"""Verdicts -> the tables: into the reviewer's columns, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from structurer.exports.row_identity import RowKey, digests
from structurer.exports.row_identity import row_keys as row_keys
from structurer.review.problem_codes import CHANGED, REPLACED, WITHOUT_ROW
from structurer.review.settled import as_column
from structurer.review.settled import settled as settled
from structurer.review.verdicts import Verdict, format_corrected
from structurer.tables.columns import RESULTS, ProblemRow, columns

REVIEWER_COLUMNS = ("verdict", "corrected", "reviewer", "note")
PROBLEMS = "problems"


def with_verdicts(frames: Mapping[str, pd.DataFrame], verdicts: Iterable[Verdict]) -> dict[str, pd.DataFrame]:
    """`frames` (of `to_tables`) with the reviewer's columns of the results filled from `verdicts`.

    No verdict is lost: one without a row, and one that a later verdict on its row replaces, stands among the
    problems with all that the person wrote. A row that was read otherwise since it was judged keeps its verdict and
    is flagged `changed_since_verdict`. `frames` themselves stay as they are.
    """
    results = frames[RESULTS].copy()
    keys, now = row_keys(results), digests(results)
    places = {key: place for place, key in enumerate(keys)}
    cells: dict[str, list[Any]] = {name: results[name].astype(object).tolist() for name in (*REVIEWER_COLUMNS, "flags")}
    last: dict[RowKey, Verdict] = {}
    problems: list[ProblemRow] = []
    for verdict in verdicts:
        before = last.get(verdict.key)
        if before is not None:
            later = (verdict.decided_at or "") >= (before.decided_at or "")
            problems.append(problem_of(before if later else verdict, REPLACED, "a later verdict stands in the row"))
            if not later:
                continue
        last[verdict.key] = verdict
    for verdict in last.values():
        place = places.get(verdict.key)
        if place is None:
            problems.append(problem_of(verdict, WITHOUT_ROW, "the row that was judged is not among the results"))
            continue
        cells["verdict"][place] = verdict.judgement.value if verdict.judgement else None
        cells["corrected"][place] = format_corrected(verdict.corrected) or None
        cells["reviewer"][place] = verdict.reviewer or None
        cells["note"][place] = verdict.note or None
        if verdict.judged and verdict.judged != now[place]:
            cells["flags"][place] = with_flag(cells["flags"][place], CHANGED)
            message = f"the row was read otherwise when it was judged{_by(verdict)}: look at it again"
            problems.append(problem_of(verdict, CHANGED, message, results.iloc[place].to_dict()))
    for name, values in cells.items():
        results[name] = as_column(values, "str")
    return {**frames, RESULTS: results, PROBLEMS: with_problems(frames[PROBLEMS], problems)}


def with_flag(flags: Any, code: str) -> str:
    """The cell `flags` with `code` in it.

    >>> with_flag("a; b", "c"), with_flag(None, "c"), with_flag("c", "c")
    ('a; b; c', 'c', 'c')
    """
    codes = [] if pd.isna(flags) else str(flags).split("; ")
    return "; ".join([*codes, *([] if code in codes else [code])])


def with_problems(frame: pd.DataFrame, problems: Sequence[ProblemRow]) -> pd.DataFrame:
    """The table of problems with `problems` at its end."""
    if not problems:
        return frame
    added = pd.DataFrame(
        {
            column.name: as_column([getattr(problem, column.name) for problem in problems], column.dtype)
            for column in columns(PROBLEMS)
        }
    )
    return pd.concat([frame, added], ignore_index=True) if len(frame) else added


def problem_of(verdict: Verdict, code: str, message: str, row: Mapping[Any, Any] | None = None) -> ProblemRow:
    """The row among the problems that tells all of `verdict`; `row` is the row of the results, where there is one."""
    key = verdict.key
    said = {
        "verdict": verdict.judgement,
        "corrected": format_corrected(verdict.corrected),
        "reviewer": verdict.reviewer,
        "note": verdict.note,
        "decided": verdict.decided_at,
    }
    return ProblemRow(
        record_id=key.record_id,
        file=None,
        record=None,
        line=None,
        field="verdict",
        problem=code,
        message=f"{message} ({worded(said)}; {key.kind} at {key.start} to {key.end})",
        source=None,
        text=row["quote"] if row else None,
        start=key.start,
        end=key.end,
    )


def worded(cells: Mapping[str, Any]) -> str:
    """The cells that are not empty, by name.

    >>> worded({"verdict": "wrong", "note": "", "reviewer": "KL"})
    'verdict: wrong; reviewer: KL'
    """
    return "; ".join(f"{name}: {value}" for name, value in cells.items() if value)


def _by(verdict: Verdict) -> str:
    return f" by {verdict.reviewer}" if verdict.reviewer else ""
