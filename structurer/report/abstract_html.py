"""An abstract as HTML: its sections, and every mention as a mark that can be reached by mouse and by keyboard."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from markupsafe import Markup, escape

from structurer.report.places import PHRASE, Place, places
from structurer.report.shown import shown
from structurer.schema import Section, TrialReport


class _Piece(NamedTuple):
    """A part of a place that no element of the page cuts in two; the first one carries the place's id."""

    start: int
    before: int  # the end, negative: of pieces that begin together the longest is the outermost
    order: int
    place: Place

    @property
    def end(self) -> int:
        return -self.before


def render_abstract(report: TrialReport, prefix: str = "m") -> Markup:
    """The abstract of `report` with its sections and marks, escaped; its plain text is that of the abstract.

    A mention is `<mark class="effect|arm-value|p-value|sample-size|registry-id" id="m-N" data-rows="KEY KEY"
    tabindex="0" aria-describedby="about-CLASS">`, the keys those of the rows of results that it belongs to
    (`RowKey.text()`). Words of an outcome, a group, a time point or an interval are `<span class="phrase">` with the
    same id and rows. What crosses another mark, or the end of a section, is continued in further marks with
    `data-of="m-N"` in place of an id. The page holds a legend with the ids `about-CLASS` (template `legend.html`).
    `prefix` begins every id, for pages that show several abstracts.

    Characters that show nothing or turn the direction of text are written out (`<U+202E>`).

    >>> from structurer.schema import Record, SampleSize, SampleSizeRole, TrialReport
    >>> size = SampleSize(start=11, end=19, text="40 women", rule="r", value=40, role=SampleSizeRole.ENROLLED)
    >>> print(render_abstract(TrialReport(Record("7", "We studied 40 women & men."), sample_sizes=(size,))))
    <div class="abstract">We studied <mark class="sample-size" id="m-0" tabindex="0" \
aria-describedby="about-sample-size">40 women</mark> &amp; men.</div>
    """
    text = report.record.abstract
    if report.error is not None:
        return Markup('<p class="absent">This record could not be read: {}</p>').format(shown(report.error))
    if not text or not text.strip():
        return Markup('<p class="absent">This record has no abstract.</p>')
    parts = list(_parts(report.sections, text))
    cuts = sorted({place for part in parts for place in (part.start, part.body, part.end)})
    pieces = _pieces(places(report, prefix).values(), cuts)
    begins = [piece.start for piece in pieces]

    def inner(start: int, end: int) -> str:
        return _nested(text, start, end, pieces[bisect_left(begins, start) : bisect_left(begins, end)])

    found = []
    for part in parts:
        if part.section is None:
            found.append(inner(part.start, part.end))
            continue
        label = part.section.label.value if part.section.label else "UNPLACED"
        heading = inner(part.start, part.body)
        found.append(
            f'<div class="section" role="group" aria-label="{label}" data-label="{label}" '
            f'data-by="{part.section.by.value}"{_said(part.section, label)}>'
            + (f'<b class="heading">{heading}</b>' if heading else "")
            + f"{inner(part.body, part.end)}</div>"
        )
    return Markup(f'<div class="abstract">{"".join(found)}</div>')


def _said(section: Section, label: str) -> str:
    """Whether the printed heading is the label itself, so that a page need not say it twice."""
    return ' data-said=""' if section.heading.strip(" :.").casefold() == label.casefold() else ""


class _Part(NamedTuple):
    """A section, or what stands between two; text from `body` on is not heading."""

    start: int
    body: int
    end: int
    section: Section | None


def _parts(sections: Iterable[Section], text: str) -> Iterator[_Part]:
    at = 0
    for section in sorted(sections, key=lambda section: (section.start, section.end)):
        start, end = max(at, section.start), min(section.end, len(text))
        if start >= end:
            continue
        if text[at:start].strip():
            yield _Part(at, at, start, None)
            at = start
        # White space behind a section is shown with it, so that it makes no line of its own.
        end += len(text[end:]) - len(text[end:].lstrip())
        yield _Part(at, min(max(at, section.body), end), end, section)
        at = end
    if at < len(text):
        yield _Part(at, at, len(text), None)


def _pieces(found: Iterable[Place], cuts: list[int]) -> list[_Piece]:
    """The places cut at `cuts`, in the order of the text."""
    pieces = []
    for order, place in enumerate(found):
        inside = cuts[bisect_right(cuts, place.start) : bisect_left(cuts, place.end)]
        for start, end in zip((place.start, *inside), (*inside, place.end), strict=True):
            pieces.append(_Piece(start, -end, order, place))
    return sorted(pieces)


def _nested(text: str, start: int, end: int, pieces: list[_Piece]) -> str:
    """`text[start:end]` with `pieces`, all of them inside it; one that crosses another is cut at the other's end."""
    waiting = list(pieces)
    heapify(waiting)
    open_: list[_Piece] = []
    found: list[str] = []
    at = start
    while waiting or open_:
        if open_ and (not waiting or open_[-1].end <= waiting[0].start):
            closed = open_.pop()
            found += _escaped(text[at : closed.end]), "</span>" if closed.place.kind == PHRASE else "</mark>"
            at = closed.end
            continue
        piece = heappop(waiting)
        if open_ and piece.end > open_[-1].end:
            heappush(waiting, piece._replace(start=open_[-1].end))
            piece = piece._replace(before=open_[-1].before)
        found += _escaped(text[at : piece.start]), _opening(piece)
        at = piece.start
        open_.append(piece)
    found.append(_escaped(text[at:end]))
    return "".join(found)


def _opening(piece: _Piece) -> str:
    place = piece.place
    first = piece.start == place.start
    rows = f' data-rows="{escape(" ".join(place.rows))}"' if place.rows else ""
    which = f'id="{escape(place.id)}"' if first else f'data-of="{escape(place.id)}"'
    if place.kind == PHRASE:
        return f'<span class="phrase" {which}{rows}>'
    reached = f' tabindex="0" aria-describedby="about-{place.kind}"' if first else ""
    return f'<mark class="{place.kind}" {which}{rows}{reached}>'


def _escaped(text: str) -> str:
    return str(escape(shown(text)))
