"""Our rows, as they are compared: the cells as text and number, what names the record, the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from structurer.comparison.column_names import NUMBERS, OF_ROW, OF_STUDY, PLACES
from structurer.exports.reading_back import Output

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class OurRow:
    """One row of our results: its number in the table (from 1), its filled cells by column, and its sentence."""

    number: int
    cells: Mapping[str, Decimal | str]
    places: Mapping[str, str]
    sentence: str


@dataclass(frozen=True, slots=True)
class OurRecord:
    """One record of ours: what names it, what is said of the study, its rows and its short forms."""

    record_id: str
    keys: Mapping[str, str]
    study: Mapping[str, Decimal | str]
    rows: Sequence[OurRow]
    short_forms: Mapping[str, str] = field(default_factory=dict)


def our_records(output: Output) -> list[OurRecord]:
    """The records of an output, in the order of its studies, each with its rows."""
    results, studies = _rows(output.frames["results"]), _rows(output.frames["studies"])
    short = {report.record.record_id: report.abbreviations for report in output.reports or ()}
    rows: dict[str, list[OurRow]] = {}
    heads: dict[str, Mapping[str, Any]] = {}
    for study in studies:
        heads.setdefault(study["record_id"], study)
    for number, row in enumerate(results, 1):
        heads.setdefault(row["record_id"], row)
        rows.setdefault(row["record_id"], []).append(_row(number, row))
    return [
        OurRecord(
            record_id=key,
            keys={name: str(head[name]) for name in ("pmid", "doi", "title") if head.get(name) is not None},
            study={name: _cell(name, head[name]) for name in OF_STUDY if head.get(name) is not None},
            rows=rows.get(key, []),
            short_forms=short.get(key, {}),
        )
        for key, head in heads.items()
    ]


def _row(number: int, row: Mapping[str, Any]) -> OurRow:
    return OurRow(
        number=number,
        cells={name: _cell(name, row[name]) for name in OF_ROW if row[name] is not None},
        places={name: str(row[name]) for name in PLACES if row[name] is not None},
        sentence=row["sentence"] or "",
    )


def _cell(name: str, value: Any) -> Decimal | str:
    return Decimal(repr(value)) if name in NUMBERS or name == "n_total" else str(value)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    import pandas as pd

    found: list[dict[str, Any]] = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in found]
