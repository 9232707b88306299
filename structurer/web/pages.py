"""Records -> HTML: the abstract beside its rows, whole pages and the parts of them that a script replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import jinja2

from structurer.errors import ReaderError, StructurerError
from structurer.report.abstract_html import render_abstract
from structurer.report.rows import Row, report_rows
from structurer.report.shown import shown
from structurer.review.missing import MissingResult, missing_results
from structurer.review.store import Entry, VerdictStore
from structurer.review.verdicts import CORRECTABLE, Judgement
from structurer.schema import EffectMeasure, TrialReport
from structurer.web.cells import LABELS, NUMBERS, OPERATORS, Cell, cells_of
from structurer.web.decisions import KINDS
from structurer.web.index import CHANGED, IndexedRow, IndexState, ReportIndex
from structurer.web.queue import KINDS as KIND_CHOICES
from structurer.web.queue import ORDERS, SHOWN, Choice, neighbour, progress

# A row's state in one sign and in words; the sign is never the only one.
STATES = {
    "undecided": ("\u25cb", "undecided"),
    "correct": ("\u2713", "correct"),
    "partly": ("\u25d0", "partly right"),
    "wrong": ("\u2717", "wrong"),
    "not an effect": ("\u2298", "not an effect"),
    "changed": ("\u21bb", "read otherwise since it was judged"),
}


@dataclass(frozen=True, slots=True)
class RowView:
    """One row on the page: what was read, what was decided, and how it is called in one line."""

    row: Row
    key: str
    place: int
    numbers: list[Cell]
    words: list[Cell]
    entry: Entry | None
    state: str
    wanted: bool

    @property
    def version(self) -> int:
        """The version of the row that this page shows."""
        return self.entry.number if self.entry else 0

    @property
    def note(self) -> str:
        """The reviewer's note."""
        return self.entry.verdict.note if self.entry and self.entry.verdict else ""

    @property
    def title(self) -> str:
        """The row in a few words, for a heading and for who hears the page."""
        said = {cell.column: cell.text for cell in (*self.numbers, *self.words)}
        name = said.get("measure") or self.row.kind
        value = said.get("estimate") or ""
        if said.get("events") and said.get("n"):
            value = f"{said['events']} of {said['n']}"
        elif not value and said.get("percent"):
            value = f"{said['percent']}%"
        elif not value:
            value = said.get("events") or ""
        about = said.get("outcome") or ""
        arm = said.get("arm") or ""
        return ", ".join(part for part in (f"{name} {value}".strip(), about, arm) if part)


def row_view(place: int, row: Row, indexed: IndexedRow, entry: Entry | None, choice: Choice) -> RowView:
    """The view of one row."""
    verdict = entry.verdict if entry else None
    state = verdict.judgement.value if verdict and verdict.judgement else "undecided"
    if verdict and verdict.judgement and verdict.judged not in ("", indexed.digest):
        state = "changed"
    numbers, words = cells_of(row, verdict.corrected if verdict else {})
    decided = state not in ("undecided", "changed")
    shown_here = {"all": True, "undecided": not decided, "decided": decided, "flagged": indexed.flagged}[choice.show]
    wanted = shown_here and choice.has(row.kind)
    return RowView(row, indexed.key.text(), place, numbers, words, entry, state, wanted)


class Pages:
    """Renders what the server answers with, from the index and the store.

    `formats` are those of the export, by name; `assets` the addresses of style sheets and scripts, by file name.
    """

    def __init__(
        self, index: ReportIndex, store: VerdictStore, formats: Mapping[str, str], assets: Mapping[str, str]
    ) -> None:
        self._index = index
        self._store = store
        loaders = [jinja2.PackageLoader("structurer.web"), jinja2.PackageLoader("structurer.report")]
        self._templates = jinja2.Environment(
            loader=jinja2.ChoiceLoader(loaders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._templates.filters["shown"] = shown
        self._templates.globals.update(
            asset=assets.__getitem__,
            states=STATES,
            orders=ORDERS,
            shows=SHOWN,
            kind_choices=KIND_CHOICES,
            kinds=KINDS,
            labels=LABELS,
            numbers=NUMBERS,
            operators=OPERATORS,
            measures=list(EffectMeasure.__members__),
            correctable=CORRECTABLE,
            judgements=[judgement.value for judgement in Judgement],
            formats=formats,
            file_name=index.out.name,
        )

    def prepare(self) -> None:
        """Make the first page once for nobody, so that no person waits for the templates to be compiled."""
        position = neighbour(self._store, Choice(), None)
        with suppress(StructurerError, LookupError):
            self.record(position or 1, Choice(), whole=True)
            self.row_html(position or 1, self.row(position or 1, 0, Choice()), Choice())

    def rows(self, position: int, report: TrialReport, choice: Choice) -> list[RowView]:
        """The rows of the record at `position`."""
        entries = self._store.of_record(report.record.record_id)
        found, indexed = report_rows(report), self._index.rows(position)
        if len(found) != len(indexed):
            raise ReaderError(CHANGED, file=str(self._index.out))
        return [
            row_view(place, row, known, entries.get(known.key), choice)
            for place, (row, known) in enumerate(zip(found, indexed, strict=True))
        ]

    def record(self, position: int, choice: Choice, *, whole: bool, **more: Any) -> str:
        """The page of the record at `position`; not `whole`, only what changes from record to record.

        `more` may hold `said` (a message), `typed` (what a refused form held) and `refused` (why it was).
        """
        report = self._index.report(position)
        missing: list[MissingResult] = missing_results(self._store, report.record.record_id)
        values = {
            "position": position,
            "report": report,
            "record": report.record,
            "abstract": render_abstract(report),
            "rows": self.rows(position, report, choice),
            "missing": missing,
            "choice": choice,
            "said": "",
            "refused": "",
            **more,
            "typed": defaultdict(str, more.get("typed", {})),
        }
        return self._render("page.html" if whole else "record.html", **values)

    def row(self, position: int, place: int, choice: Choice) -> RowView:
        """The view of one row, as it is now."""
        return self.rows(position, self._index.report(position), choice)[place]

    def row_html(self, position: int, view: RowView, choice: Choice) -> str:
        """One row alone."""
        return self._render("row_alone.html", row=view, position=position, choice=choice)

    def progress_html(self) -> str:
        """How much is done, and how far the index has come."""
        return self._render("progress.html")

    def message(self, title: str, text: str, back: str = "/") -> str:
        """A page that only says something."""
        return self._render("message.html", title=title, text=text, back=back)

    def _render(self, template: str, **values: Any) -> str:
        state: IndexState = self._index.state()
        return self._templates.get_template(template).render(
            progress=progress(self._store),
            state=state,
            reading=None if state.complete else round(100 * state.bytes / max(1, state.size)),
            reviewer=self._store.reviewer,
            **values,
        )
