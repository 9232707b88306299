"""Rows that a person typed into the results: what the program missed, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from structurer.exports.row_identity import BY_HAND, CORRECTABLE, is_missing
from structurer.review.reviewed_table import ReviewedRow, as_text
from structurer.review.settled import UnreadableCorrectionError, as_column, cell_of, estimate_of, kind_of, signed_number
from structurer.tables.columns import RESULTS, columns
from structurer.tables.standard_errors import pooled_input

_DTYPES = {column.name: column.dtype for column in columns(RESULTS)}
# What a row takes from its record, where the person left it empty.
_OF_STUDY = ("pmid", "doi", "n_total", "registry_ids")


def hand_row(row: ReviewedRow, studies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """The row of the results that a person typed; None where it names no record of `studies` or says no result.

    A text that its column cannot hold goes into the note, with the name of the column.
    """
    record_id = as_text(row.cells.get("record_id", "")).strip()
    study = studies.get(record_id)
    if study is None or not row.cells.keys() & set(CORRECTABLE):
        return None
    cells: dict[str, Any] = dict(row.own)
    unread = []
    for name, cell in row.cells.items():
        cells[name], fits = _fitting(name, cell)
        if not fits:
            unread.append(f"{name}: {as_text(cell)}")
    for name in _OF_STUDY:
        if is_missing(cells.get(name)):
            cells[name] = study.get(name)
    if is_missing(cells.get("study")):
        year = study.get("year")
        cells["study"] = f"{study['title']}{'' if is_missing(year) else f' ({year})'}" if study.get("title") else None
    if is_missing(cells.get("kind")):
        cells["kind"] = kind_of(cells)
    pooled = pooled_input(estimate_of(cells))
    if cells["kind"] == "effect" and pooled.yi is not None:
        cells["yi"], cells["sei"] = pooled
    # Of a copied row, these would be those of the row that it was copied from.
    elif row.key is not None:
        cells["yi"] = cells["sei"] = None
    quote = cells.get("quote")
    note = "; ".join(filter(None, (cells.get("note"), *unread))) or None
    return {
        **cells,
        "record_id": record_id,
        "sentence": cells.get("sentence") or quote,
        "confidence": None,
        "flags": None,
        "rule": BY_HAND,
        "note": note,
    }


def with_hand_rows(results: pd.DataFrame, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """`results` with `rows` below."""
    if not rows:
        return results
    added = pd.DataFrame(
        {
            str(name): as_column([row.get(str(name)) for row in rows], str(dtype))
            for name, dtype in results.dtypes.items()
        }
    )
    return pd.concat([results, added], ignore_index=True) if len(results) else added


def _fitting(name: str, cell: Any) -> tuple[Any, bool]:
    """What column `name` holds of a typed cell, and whether it holds it."""
    text = as_text(cell)
    if name in CORRECTABLE:
        try:
            return cell_of(name, text), True
        except UnreadableCorrectionError:
            return None, False
    if _DTYPES[name] == "str":
        return text, True
    number = signed_number(text)
    if number is None or (_DTYPES[name] == "Int64" and number != number.to_integral_value()):
        return None, False
    return (int(number) if _DTYPES[name] == "Int64" else float(number)), True
