"""The results as a review settles them: corrections applied, rejected rows left out, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import pandas as pd

from structurer.exports.row_identity import RowKey, is_missing, row_keys
from structurer.review.corrections import UNREAD, parse_corrected
from structurer.review.verdicts import Judgement
from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure
from structurer.tables.columns import RESULTS, columns
from structurer.tables.standard_errors import pooled_input
from structurer.text.normalise import normalise
from structurer.text.numerals import parse_number

_DTYPES = {column.name: column.dtype for column in columns(RESULTS)}
_OPERATORS = ("=", "<", ">", "<=", ">=", "NS")
# The cells that yi and sei are computed from.
_POOLED_FROM = frozenset({"measure", "estimate", "unit", "ci_level", "ci_low", "ci_high"})


class LeftOut(NamedTuple):
    """A row that the review does not let stand, and why."""

    key: RowKey
    reason: str


class Settled(NamedTuple):
    """`results`: the rows that stand, in the columns of the results; `left_out`: the others."""

    results: pd.DataFrame
    left_out: list[LeftOut]


class UnreadableCorrectionError(ValueError):
    """A correction that no cell can hold."""


def settled(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The results of `frames` with corrections applied, without the rows that a reviewer rejected.

    See `settle`, which also tells what was left out.
    """
    return settle(frames).results


def settle(frames: Mapping[str, pd.DataFrame]) -> Settled:
    """What stands of the results after the review, and what does not.

    A row without a verdict stands as it is, as does a correct one. A corrected row stands with its corrections, and
    `yi` and `sei` computed anew. Left out are: rows that are no effect; rows that are wrong or only partly right
    with no correction; rows whose correction or verdict no program can read. A number that may be wrong is not
    pooled.
    """
    results = frames[RESULTS]
    rows: list[dict[str, Any]] = []
    left_out: list[LeftOut] = []
    for key, row in zip(row_keys(results), results.astype(object).to_dict("records"), strict=True):
        try:
            reason = _reason_against(row)
            if is_missing(row["kind"]):
                _complete(row)
            if reason is None:
                _correct(row)
        except UnreadableCorrectionError as error:
            reason = str(error)
        if reason:
            left_out.append(LeftOut(key, reason))
        else:
            rows.append({str(name): value for name, value in row.items()})
    # A column that a reviewer added has no type of its own.
    settled_rows = {
        name: as_column([row[name] for row in rows], _DTYPES.get(str(name), "object")) for name in results.columns
    }
    return Settled(pd.DataFrame(settled_rows), left_out)


def corrected_cells(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The cells that the reviewer corrected in `row`, as the columns hold them; None for one that should be empty.

    Raises UnreadableCorrectionError, naming the column and the text, for a correction that its column cannot hold.
    """
    if is_missing(row["corrected"]):
        return {}
    kind = "" if is_missing(row["kind"]) else str(row["kind"])
    written = parse_corrected(str(row["corrected"]), kind)
    unread = written.pop(UNREAD, None)
    if unread and not written:
        raise UnreadableCorrectionError(f"the correction names no column: {unread}")
    return {name: cell_of(name, text) for name, text in written.items()}


def as_column(values: list[Any], dtype: str) -> Any:
    """A column of a frame: `values`, whose empty cells are missing in the way of `dtype`."""
    exactly: Any = dtype
    return pd.array([None if is_missing(value) else value for value in values], dtype=exactly)


def kind_of(row: Mapping[Any, Any]) -> str:
    """The kind of a row that a person typed without one, by the numbers that it has.

    >>> kind_of({"events": 3, "n": 40}), kind_of({"percent": 7.5}), kind_of({"estimate": 0.8})
    ('events', 'percent', 'effect')
    """
    return next((name for name in ("events", "percent") if not is_missing(row.get(name))), "effect")


def _complete(row: dict[Any, Any]) -> None:
    """Give a row that a person typed its kind, and the numbers that are pooled."""
    row["kind"] = kind_of(row)
    if row["kind"] == "effect" and is_missing(row["yi"]):
        row["yi"], row["sei"] = pooled_input(estimate_of(row))


def _reason_against(row: Mapping[Any, Any]) -> str | None:
    if is_missing(row["verdict"]):
        return None
    judgement = Judgement.read(str(row["verdict"]))
    if judgement is None:
        return f"the verdict is not one of the list: {row['verdict']}"
    if judgement is Judgement.NOT_AN_EFFECT:
        return "not an effect"
    if judgement in (Judgement.WRONG, Judgement.PARTLY) and is_missing(row["corrected"]):
        return f"{judgement} and not corrected"
    return None


def _correct(row: dict[Any, Any]) -> None:
    cells = corrected_cells(row)
    row |= cells
    if cells.keys() & _POOLED_FROM and row["kind"] == "effect":
        row["yi"], row["sei"] = pooled_input(estimate_of(row))


def cell_of(name: str, text: str) -> Any:
    """What column `name`, one of CORRECTABLE, holds of a text that a person wrote; None of an empty one.

    Raises UnreadableCorrectionError, naming the column and the text, where it cannot hold it.
    """
    if not text.strip():
        return None
    if name == "measure":
        code = text.strip().upper()
        if code not in EffectMeasure.__members__:
            raise UnreadableCorrectionError(f"no such measure: {text}")
        return code
    if name == "p_operator":
        operator = normalise(text).strip().upper().replace("≤", "<=").replace("≥", ">=")
        if operator not in _OPERATORS:
            raise UnreadableCorrectionError(f"no such operator of a p-value: {text}")
        return operator
    if _DTYPES[name] == "str":
        return text
    number = signed_number(text)
    if number is None or (_DTYPES[name] == "Int64" and number != number.to_integral_value()):
        raise UnreadableCorrectionError(f"the correction of {name} is no number: {text}")
    return int(number) if _DTYPES[name] == "Int64" else float(number)


def signed_number(text: str) -> Decimal | None:
    """The number that a person wrote, with its sign; None where it is none.

    >>> signed_number("−0·80"), signed_number("0,85"), signed_number("1e-4"), signed_number("ten")
    (Decimal('-0.80'), Decimal('0.85'), Decimal('0.0001'), None)
    """
    written = normalise(text).strip().removesuffix("%").strip()
    sign, digits = (written[0], written[1:]) if written[:1] in ("-", "+") else ("", written)
    if not digits or not (digits[0].isdecimal() or digits[0] == "."):
        return None
    try:
        number = parse_number(digits.strip())
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    return -number if sign == "-" else number


def estimate_of(row: Mapping[Any, Any]) -> EffectEstimate:
    """A row as the formulas for its standard error take it; the places in the text play no part in them."""

    def decimal(name: str) -> Decimal | None:
        return None if is_missing(row.get(name)) else Decimal(str(row[name]))

    low, high = decimal("ci_low"), decimal("ci_high")
    interval = None
    if low is not None or high is not None:
        interval = ConfidenceInterval(
            start=0, end=0, text="", rule="", level=decimal("ci_level"), lower=low, upper=high
        )
    return EffectEstimate(
        start=0,
        end=0,
        text="",
        rule="",
        measure=EffectMeasure.__members__.get(str(row.get("measure")), EffectMeasure.OTHER),
        estimate=decimal("estimate"),
        unit=None if is_missing(row.get("unit")) else str(row["unit"]),
        interval=interval,
    )
