"""What a form of the page says about a row -> what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping

from structurer.errors import StructurerError
from structurer.report.rows import Row
from structurer.review.missing import MissingResult
from structurer.review.store import Entry, VerdictStore
from structurer.review.verdicts import CORRECTABLE, Judgement, RowKey, Verdict
from structurer.schema import ArmValueKind
from structurer.web.cells import LABELS, p_value_cells, refusal, same_text, tidy
from structurer.web.index import IndexedRow

# What else the buttons of a row say, beside the judgements.
NOTE, CELL, CLEAR = "note", "cell", "clear"
KINDS = ("effect", *(kind.value for kind in ArmValueKind))
_LONGEST_NOTE = 2000
_LONGEST_NAME = 80


class RefusedFormError(StructurerError):
    """A form that cannot be taken as it is; the message says why in words for the person who filled it in."""


def decide(store: VerdictStore, row: Row, indexed: IndexedRow, form: Mapping[str, str]) -> Entry:
    """Keep what `form` says of one row, which the program read as `row`.

    `action` is a judgement, `note`, `cell` (with `column` and `value`) or `clear`; `version` is the version of the
    row that the person saw; `note` is kept with each. Raises RefusedFormError, and StaleVerdictError where the row was
    changed meanwhile.
    """
    action, version = form.get("action", ""), form.get("version", "")
    if not version.isdecimal() or len(version) > 18:
        raise RefusedFormError("the form does not say which version of the row it speaks of")
    key, expected = indexed.key, int(version)
    present = store.in_force(key)
    old = present.verdict if present else None
    if action == CLEAR:
        return store.withdraw(key, expected, reviewer=store.reviewer)
    judgement = old.judgement if old else None
    corrected = dict(old.corrected) if old else {}
    if action == CELL:
        corrected = _with_cell(corrected, row, form.get("column", ""), form.get("value", ""))
        judgement = _after_correction(judgement, corrected)
    elif action != NOTE:
        judgement = Judgement.read(action)
        if judgement is None:
            raise RefusedFormError(f"there is no verdict {action!r}")
        if judgement is Judgement.NOT_AN_EFFECT:
            corrected = {}
        elif judgement is Judgement.CORRECT and corrected:
            # Who accepts a row after correcting it accepts it as corrected.
            judgement = Judgement.PARTLY
    note = form.get("note", old.note if old else "").strip()
    if len(note) > _LONGEST_NOTE:
        raise RefusedFormError(f"the note is longer than {_LONGEST_NOTE} characters")
    if judgement is None and not corrected and not note:
        return store.withdraw(key, expected, reviewer=store.reviewer)
    verdict = Verdict(key, judgement, corrected, store.reviewer, note, judged=indexed.digest)
    return store.save(verdict, expected)


def _with_cell(corrected: dict[str, str], row: Row, column: str, value: str) -> dict[str, str]:
    if column not in CORRECTABLE:
        raise RefusedFormError(f"{column!r} cannot be corrected")
    typed = p_value_cells(value) if column == "p_value" else {column: value}
    for name, said in typed.items():
        text = tidy(name, said)
        reason = refusal(name, text)
        if reason:
            raise RefusedFormError(reason)
        corrected = {known: right for known, right in corrected.items() if known != name}
        if not same_text(name, text, row.cells.get(name, "")):
            corrected[name] = text
    return corrected


def _after_correction(judgement: Judgement | None, corrected: Mapping[str, str]) -> Judgement | None:
    if corrected:
        return judgement if judgement is Judgement.WRONG else Judgement.PARTLY
    return None if judgement is Judgement.PARTLY else judgement


def missing_result(record_id: str, abstract: str, form: Mapping[str, str], reviewer: str) -> MissingResult:
    """The result that a person adds to a record. Raises RefusedFormError where `form` cannot be taken.

    `quote` must be words of the abstract; `nth` says which time they stand there, from 0, where they do so more often.
    """
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise RefusedFormError("choose what kind of result it is")
    quote = form.get("quote", "").replace("\r\n", "\n").strip()
    if not quote:
        raise RefusedFormError("copy the words of the abstract that say it")
    start = _nth(abstract, quote, form.get("nth", "0"))
    if start is None:
        raise RefusedFormError("these words do not stand in the abstract; copy them exactly")
    cells = {}
    for column in CORRECTABLE:
        value = tidy(column, form.get(column, ""))
        reason = refusal(column, value)
        if reason:
            raise RefusedFormError(reason)
        if value:
            cells[column] = value
    if not any(column in cells for column in ("estimate", "ci_low", "p_value", "p_operator", "events", "percent", "n")):
        raise RefusedFormError(f"give at least one number: {LABELS['estimate']}, events, per cent, ...")
    note = form.get("note", "").strip()[:_LONGEST_NOTE]
    return MissingResult(record_id, kind, quote, start, start + len(quote), cells, reviewer, note)


def _nth(abstract: str, quote: str, nth: str) -> int | None:
    found = abstract.find(quote)
    first = found if found >= 0 else None
    for _ in range(int(nth) if nth.isdecimal() and len(nth) < 4 else 0):
        found = abstract.find(quote, found + 1) if found >= 0 else -1
    return found if found >= 0 else first


def reviewer_name(form: Mapping[str, str]) -> str:
    """The reviewer's name as typed, in one line.

    >>> reviewer_name({"reviewer": " Ann  Lee "})
    'Ann Lee'
    """
    return " ".join(form.get("reviewer", "").split())[:_LONGEST_NAME]


def row_named(rows: list[IndexedRow], text: str) -> int | None:
    """The place of the row whose key `text` writes; None where there is none."""
    try:
        key = RowKey.parse(text)
    except ValueError:
        return None
    return next((place for place, row in enumerate(rows) if row.key == key), None)
