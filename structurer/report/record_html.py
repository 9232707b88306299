"""One record as HTML: what is known of it, its abstract with the marks, and its tables beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from structurer.report.abstract_html import render_abstract
from structurer.report.places import keyed_results, places
from structurer.report.rows import Row, report_rows
from structurer.report.shown import number_text, shown
from structurer.report.templates import templates
from structurer.schema import Flag, TrialReport
from structurer.tables.contrasts import contrast_rows

# Below this, as shown, the program is unsure enough to say so by a word beside the number.
_UNSURE = 0.8


@dataclass(frozen=True, slots=True)
class OtherMention:
    """A mention that belongs to no row: a number of participants, a p-value or a registration number."""

    kind: str
    value: str
    what: str
    mark: str | None
    url: str | None = None


def render_record(report: TrialReport, number: int) -> Markup:
    """Record `number` of a page (from 0): all of its ids begin with `rNUMBER-`."""
    from structurer.exports.excel_cells import link_of

    prefix = f"r{number}-m"
    record = report.record
    return Markup(
        templates()
        .get_template("record.html")
        .render(
            number=number,
            record=record,
            report=report,
            file=PurePath(record.source).name if record.source else "",
            links=[
                (name, text, link_of(name.lower(), text, {}))
                for name, text in (("PMID", record.pmid), ("DOI", record.doi))
                if text
            ],
            abstract=render_abstract(report, prefix),
            rows=report_rows(report, prefix),
            unsure=unsure,
            value_text=value_text,
            interval_text=interval_text,
            p_text=p_text,
            computed_text=computed_text,
            others=list(other_mentions(report, prefix)),
            flags=flags_of_no_row(report),
            computed=[found for found in contrast_rows(report) if found.measure],
        )
    )


def unsure(confidence: float | None) -> bool:
    """Whether the program says of a row that it is not sure.

    >>> unsure(0.799), unsure(0.75), unsure(None)
    (False, True, False)
    """
    return confidence is not None and round(confidence, 2) < _UNSURE


def value_text(row: Row) -> str:
    """What a row says, without its interval: the estimate, or one arm's numbers with their spread.

    >>> from structurer.schema import ArmValue, ArmValueKind, Record
    >>> value = ArmValue(start=0, end=1, text="", rule="", kind=ArmValueKind.EVENTS, events=12, n=120)
    >>> [value_text(row) for row in report_rows(TrialReport(Record("1", "12"), arm_values=(value,)))]
    ['12/120']
    """
    cells = {name: _minus(text) if name != "unit" else text for name, text in row.cells.items()}
    unit = cells.get("unit", "")
    gap = "" if unit == "%" else " "
    parts = []
    if "events" in cells:
        parts.append(cells["events"] + (f"/{cells['n']}" if "n" in cells else ""))
        parts += [f"({cells['percent']}%)"] if "percent" in cells else []
    elif "percent" in cells:
        parts.append(f"{cells['percent']}%")
    elif "estimate" in cells:
        parts.append(cells["estimate"] + (gap + unit if unit else ""))
    parts += [f"({name.upper()} {cells[name]})" for name in ("sd", "se") if name in cells]
    for low, high, name in (("q1", "q3", "IQR"), ("low", "high", "range")):
        if low in cells or high in cells:
            parts.append(f"({name} {cells.get(low, '?')} to {cells.get(high, '?')})")
    return " ".join(parts)


def interval_text(row: Row) -> str:
    """The interval of a row with its level, "" where it has none; a limit that is open is said to be so.

    >>> from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure, Record
    >>> from decimal import Decimal
    >>> interval = ConfidenceInterval(
    ...     start=0, end=1, text="", rule="", level=Decimal(95), lower=Decimal("-0.70"), upper=None
    ... )
    >>> effect = EffectEstimate(
    ...     start=0, end=1, text="", rule="", measure=EffectMeasure.MD, estimate=None, interval=interval
    ... )
    >>> [interval_text(row) for row in report_rows(TrialReport(Record("1", "x"), effects=(effect,)))]
    ['95% CI −0.70 to open']
    """
    cells = row.cells
    if not {"ci_low", "ci_high"} & cells.keys():
        return ""
    level = f"{cells['ci_level']}% CI" if "ci_level" in cells else "CI, level not printed,"
    limits = " to ".join(_minus(cells.get(name, "open")) for name in ("ci_low", "ci_high"))
    return f"{level} {limits}"


def p_text(row: Row) -> str:
    """The p-value of a row with its operator, "" where it has none."""
    operator, value = row.cells.get("p_operator", ""), row.cells.get("p_value", "")
    return " ".join(part for part in (operator, value) if part)


def computed_text(number: float | None) -> str:
    """A computed number, which no text prints, to two places, and to two figures where it is small.

    >>> computed_text(2.2), computed_text(-0.0283), computed_text(0.0), computed_text(None)
    ('2.20', '−0.028', '0.00', '')
    """
    if number is None:
        return ""
    return _minus(f"{number:.2f}" if number == 0 or abs(number) >= 0.1 else f"{number:.2g}")


def _minus(number: str) -> str:
    return number.replace("-", "\u2212")


def other_mentions(report: TrialReport, prefix: str = "m") -> Iterator[OtherMention]:
    """The mentions of `report` that belong to no row, in the order of the text."""
    known = places(report, prefix)
    own = {(p.start, p.end) for _, result in keyed_results(report) if (p := getattr(result, "p", None))}
    found: list[tuple[int, OtherMention]] = []

    def mark(kind: str, start: int, end: int) -> str | None:
        place = known.get((kind, start, end))
        return place.id if place else None

    for size in report.sample_sizes:
        role = size.role.value + (f", {shown(size.arm)}" if size.arm else "")
        spot = mark("sample-size", size.start, size.end)
        found.append((size.start, OtherMention("participants", number_text(size.value), role, spot)))
    for p in report.p_values:
        if (p.start, p.end) not in own:
            value = " ".join((shown(p.operator), *([number_text(p.value)] if p.value is not None else [])))
            spot = mark("p-value", p.start, p.end)
            found.append((p.start, OtherMention("p-value", value, p.role.value, spot)))
    for number in report.registry_ids:
        spot = mark("registry-id", number.start, number.end)
        url = number.url if number.url and number.url.startswith("https://") else None
        found.append((number.start, OtherMention("registration", shown(number.id), shown(number.registry), spot, url)))
    yield from (mention for _, mention in sorted(found, key=lambda pair: pair[0]))


def flags_of_no_row(report: TrialReport) -> list[Flag]:
    """The flags that no row shows: they speak of totals, arms or registration numbers."""
    results = [*report.effects, *report.arm_values]
    return [f for f in report.flags if not any(f.start < found.end and found.start < f.end for found in results)]
