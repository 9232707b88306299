"""What people wrote into the table of an earlier run -> the tables of a new run; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from structurer.exports.row_identity import CORRECTABLE, JUDGED, RowKey, digest, is_missing, judged_text
from structurer.review.apply import PROBLEMS, row_keys, with_flag, with_problems, worded
from structurer.review.apply import REVIEWER_COLUMNS as TYPED
from structurer.review.corrections import format_corrected, parse_corrected
from structurer.review.hand_rows import hand_row, with_hand_rows
from structurer.review.pairing import is_changed_by_hand, pair
from structurer.review.problem_codes import (
    CHANGED,
    NOT_CARRIED_OVER,
    REPLACED,
    STRAY_ROW,
    TYPED_OVER,
    UNKNOWN_VERDICT,
    WITHOUT_ROW,
)
from structurer.review.reviewed_table import ReviewedRow, ReviewedTable, as_text
from structurer.review.settled import as_column
from structurer.review.verdicts import Judgement
from structurer.tables.columns import RESULTS, ProblemRow


def joined(batches: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of a run whole, from those of its batches; there is at least one batch."""
    pieces = list(batches)
    return {table: pd.concat([piece[table] for piece in pieces], ignore_index=True) for table in pieces[0]}


def merged(frames: Mapping[str, pd.DataFrame], old: ReviewedTable) -> dict[str, pd.DataFrame]:
    """`frames` (of `to_tables`) with all that people wrote into `old`.

    Verdict, corrected value, reviewer and note stand in their rows, columns of a person's own behind them, rows that a
    person added below. A row that reads otherwise than when it was judged keeps its verdict and is flagged
    `changed_since_verdict`; a value typed over one of ours becomes a correction and is flagged `typed_over`. What has
    no place any more stands among the problems, in full. `frames` themselves stay as they are.
    """
    merging = _Merging(frames, old)
    return merging.frames()


class _Merging:
    """One merge: the cells of the new results as they fill, and the problems met on the way."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], old: ReviewedTable) -> None:
        self._frames = frames
        self._old = old
        results = frames[RESULTS]
        self._rows: list[dict[str, Any]] = [
            {str(name): value for name, value in row.items()} for row in results.astype(object).to_dict("records")
        ]
        self._problems: list[ProblemRow] = []
        self._judged = JUDGED if old.quotes_kept else CORRECTABLE
        self._keys = row_keys(results)

    def frames(self) -> dict[str, pd.DataFrame]:
        pairing = pair(self._old.rows, self._keys, self._rows)
        for row, place in pairing.pairs:
            self._fill(self._rows[place], row)
        for row, place in pairing.again:
            self._compare_copy(self._rows[place], row)
        for row, key in pairing.gone:
            if typed := _typed(row):
                shown = {name: row.cells[name] for name in (*CORRECTABLE, "quote") if name in row.cells}
                message = "the row that was judged is not among the results any more"
                self._problem(WITHOUT_ROW, message, row, typed | {"row": _as_line(shown)}, key)
        for row in pairing.surplus:
            self._stray(row)
        added = self._hand_rows(pairing.by_hand)
        for what in self._old.elsewhere:
            self._problem(NOT_CARRIED_OVER, f"stands in the earlier file and is not carried over: {what}")
        results = self._frames[RESULTS].copy()
        for name in (*TYPED, "flags"):
            results[name] = as_column([row[name] for row in self._rows], "str")
        everything = [*self._rows, *added]
        for name in self._old.own_columns:
            cells = [cells.get(name) for cells in everything]
            numbers = all(is_missing(cell) or type(cell) is float for cell in cells) and not all(map(is_missing, cells))
            for into in everything:
                cell = into.get(name)
                into[name] = cell if numbers or is_missing(cell) else as_text(cell)
            results[name] = as_column([cells[name] for cells in self._rows], "Float64" if numbers else "str")
        results = with_hand_rows(results, added)
        told = {problem.message for problem in self._problems}
        problems = [*self._problems, *(problem for problem in self._old.lasting if problem.message not in told)]
        return {**self._frames, RESULTS: results, PROBLEMS: with_problems(self._frames[PROBLEMS], problems)}

    def _fill(self, new: dict[str, Any], row: ReviewedRow) -> None:
        typed = _typed(row)
        for name, cell in row.own.items():
            new[name] = cell
        for name in TYPED:
            if name in typed:
                new[name] = typed[name]
        self._read_verdict(new, row)
        earlier = _earlier_cells(row)
        over = self._typed_over(new, row)
        if over:
            typed["typed over"] = _as_line(over)
        # What a person typed over a cell of ours is no sign that the program reads it otherwise.
        before = digest(row.cells) if row.digest is None or not self._old.quotes_kept else row.digest
        now = digest(new)
        same = now == before or all(
            judged_text(name, new[name]) == judged_text(name, row.cells.get(name)) for name in self._judged
        )
        if typed and (not same or (CHANGED in as_text(row.cells.get("flags", "")) and "verdict" in typed)):
            new["flags"] = with_flag(new["flags"], CHANGED)
            changes = [
                f"{name} was {earlier.get(name) or 'empty'}, is {judged_text(name, new[name]) or 'empty'}"
                for name in self._judged
                if name not in over and earlier.get(name, "") != judged_text(name, new[name])
            ]
            message = "; ".join(changes) or "since an earlier run"
            self._problem(CHANGED, f"the row reads otherwise than when it was judged: {message}", row, typed, new=new)

    def _read_verdict(self, new: dict[str, Any], row: ReviewedRow) -> None:
        if is_missing(new["verdict"]) or "verdict" not in row.cells:
            return
        judgement = Judgement.read(str(new["verdict"]))
        if judgement is None:
            message = f"the verdict is not one of the list: {new['verdict']}"
            self._problem(UNKNOWN_VERDICT, message, row, _typed(row), new=new)
        else:
            new["verdict"] = judgement.value

    def _typed_over(self, new: dict[str, Any], row: ReviewedRow) -> dict[str, str]:
        """The cells of ours that a person typed over, which become corrections where `corrected` says none."""
        if not is_changed_by_hand(row):
            return {}
        if row.digest != digest(new):
            # The program's own earlier value is not known: every cell that differs may be a person's.
            different = {
                name: as_text(row.cells[name])
                for name in CORRECTABLE
                if name in row.cells and judged_text(name, row.cells[name]) != judged_text(name, new[name])
            }
            message = "cells of the row were typed over, and the row reads otherwise now"
            self._problem(TYPED_OVER, message, row, {"the earlier file held": _as_line(different)}, new=new)
            new["flags"] = with_flag(new["flags"], TYPED_OVER)
            return different
        over = {
            name: as_text(row.cells.get(name, ""))
            for name in CORRECTABLE
            if judged_text(name, row.cells.get(name)) != judged_text(name, new[name])
        }
        if not over:
            return {}
        kind = as_text(new["kind"])
        corrected = {} if is_missing(new["corrected"]) else parse_corrected(str(new["corrected"]), kind)
        new["corrected"] = format_corrected({**over, **corrected})
        new["flags"] = with_flag(new["flags"], TYPED_OVER)
        changes = "; ".join(
            f"{name}: {judged_text(name, new[name]) or 'empty'} to {over[name] or 'empty'}" for name in over
        )
        self._problem(TYPED_OVER, f"typed over the program's own cells, now in `corrected`: {changes}", row, new=new)
        return over

    def _compare_copy(self, new: dict[str, Any], row: ReviewedRow) -> None:
        typed = _typed(row)
        if any(_same_word(name, text) != _same_word(name, new.get(name)) for name, text in typed.items()):
            self._problem(REPLACED, "a copy of a row says something else than the row", row, typed, new=new)

    def _hand_rows(self, rows: Iterable[ReviewedRow]) -> list[dict[str, Any]]:
        studies = {
            str(study["record_id"]): {str(name): value for name, value in study.items()}
            for study in self._frames["studies"].astype(object).to_dict("records")
        }
        added = []
        for row in rows:
            made = hand_row(row, studies)
            if made is None:
                self._stray(row)
                continue
            if not is_missing(made.get("verdict")):
                self._read_verdict(made, row)
            added.append(made)
        return added

    def _stray(self, row: ReviewedRow) -> None:
        cells = {name: as_text(cell) for name, cell in {**row.cells, **row.own}.items()}
        self._problem(STRAY_ROW, "a row of the earlier file that is no result of a record", row, cells)

    def _problem(
        self,
        code: str,
        message: str,
        row: ReviewedRow | None = None,
        said: Mapping[str, Any] | None = None,
        key: RowKey | None = None,
        new: Mapping[str, Any] | None = None,
    ) -> None:
        told = f" ({worded(said)})" if said else ""
        place = f"; {row.place} of the earlier file" if row else ""
        self._problems.append(
            ProblemRow(
                record_id=key.record_id if key else str(new["record_id"]) if new else None,
                file=None,
                record=None,
                line=None,
                field=None,
                problem=code,
                message=f"{message}{told}{place}",
                source=None,
                text=as_text(row.cells["quote"]) if row and "quote" in row.cells else None,
                start=key.start if key else _number(new, "start"),
                end=key.end if key else _number(new, "end"),
            )
        )


def _typed(row: ReviewedRow) -> dict[str, str]:
    """All that a person wrote into the row's own columns and into those of the reviewer."""
    cells = {name: row.cells[name] for name in TYPED if name in row.cells} | row.own
    return {name: as_text(cell) for name, cell in cells.items()}


def _earlier_cells(row: ReviewedRow) -> dict[str, str]:
    return {name: judged_text(name, row.cells[name]) for name in JUDGED if name in row.cells}


def _same_word(name: str, cell: Any) -> str:
    text = "" if is_missing(cell) else as_text(cell)
    return (Judgement.read(text) or text) if name == "verdict" else text


def _as_line(cells: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={as_text(cell)}" for name, cell in cells.items())


def _number(row: Mapping[str, Any] | None, name: str) -> int | None:
    return None if row is None or is_missing(row.get(name)) else int(row[name])
