"""The rows of one report's table of results, as a page shows them: texts with their places, flags in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from structurer.report.places import Result, keyed_results, places, stretches
from structurer.report.shown import number_text, shown
from structurer.review.verdicts import RowKey
from structurer.schema import ArmValue, EffectEstimate, Flag, TrialReport

# What makes up one group's value beside the columns of the table of results.
_SPREADS = ("se", "q1", "q3", "low", "high")


@dataclass(frozen=True, slots=True)
class FlagText:
    """A flag in words: `name` is its code with spaces, `message` what the number would have to be."""

    code: str
    name: str
    message: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of results.

    `key` is `row_key.text()`. `cells` holds the shown text of each column that is not empty, by the names of the
    table of results (numbers as printed, and `se`, `q1`, `q3`, `low`, `high` of an arm value); `marks` the id of the
    place in the abstract that a column was read from. `mark` is the id of the row's own words.
    """

    key: str
    row_key: RowKey
    kind: str
    cells: Mapping[str, str]
    marks: Mapping[str, str]
    mark: str | None
    flags: tuple[FlagText, ...]
    confidence: float | None
    quote: str
    section: str | None
    start: int
    end: int


def report_rows(report: TrialReport, prefix: str = "m") -> list[Row]:
    """The rows of `report` in the order of the table of results; `prefix` is that given to `render_abstract`."""
    known = places(report, prefix)
    rows = []
    for key, result in keyed_results(report):
        *parts, (_, own) = stretches(result)
        mark = known[own].id if own in known else None
        cells = {name: text for name, text in _cells(result).items() if text is not None}
        marks = dict.fromkeys(cells, mark) if mark is not None else {}
        for columns, stretch in parts:
            if stretch in known:
                marks |= {name: known[stretch].id for name in columns if name in cells}
        rows.append(
            Row(
                key=key.text(),
                row_key=key,
                kind=key.kind,
                cells=cells,
                marks=marks,
                mark=mark,
                flags=tuple(_worded(f) for f in report.flags if f.start < result.end and result.start < f.end),
                confidence=result.confidence,
                quote=shown(result.text),
                section=result.section.value if result.section else None,
                start=result.start,
                end=result.end,
            )
        )
    return rows


def _worded(flag: Flag) -> FlagText:
    code = shown(flag.code)
    name = code.replace("_", " ").replace("-", " ")
    return FlagText(code, name, shown(flag.message), shown(flag.source) if flag.source else None)


def _cells(result: Result) -> dict[str, str | None]:
    common = {
        "kind": "effect" if isinstance(result, EffectEstimate) else result.kind.value,
        "section": result.section.value if result.section else None,
        "outcome": shown(result.outcome.text) if result.outcome else None,
        "timepoint": shown(result.timepoint.text) if result.timepoint else None,
        "unit": shown(result.unit) if result.unit else None,
    }
    return common | (_effect_cells(result) if isinstance(result, EffectEstimate) else _arm_value_cells(result))


def _effect_cells(effect: EffectEstimate) -> dict[str, str | None]:
    first, second = effect.comparison or (None, None)
    interval, p = effect.interval, effect.p
    one = "intervention" if second else "arm"
    return {
        one: shown(first.text) if first else None,
        "comparator": shown(second.text) if second else None,
        "measure": effect.measure.value,
        "estimate": _number(effect.estimate),
        "ci_level": _number(interval.level) if interval else None,
        "ci_low": _number(interval.lower) if interval else None,
        "ci_high": _number(interval.upper) if interval else None,
        "p_operator": shown(p.operator) if p else None,
        "p_value": _number(p.value) if p else None,
    }


def _arm_value_cells(value: ArmValue) -> dict[str, str | None]:
    return {
        "arm": shown(value.arm) if value.arm else None,
        "estimate": _number(value.value),
        "events": _number(value.events),
        "n": _number(value.n),
        "percent": _number(value.percent),
        "sd": _number(value.sd),
        **{name: _number(getattr(value, name)) for name in _SPREADS},
    }


def _number(number: Decimal | int | None) -> str | None:
    return None if number is None else number_text(number)
