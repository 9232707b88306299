"""One report that fills every part of the schema -> every table, each cell read."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from structurer.errors import ReaderError
from structurer.schema import Record, SampleSize, SampleSizeRole, TrialReport
from structurer.tables.columns import TABLES, columns
from structurer.tables.frames import to_tables


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


SHARED = {
    "record_id": "gout-1",
    "pmid": "91234567",
    "doi": "10.1234/gout.1",
    "study": "=Rovacept in gout (2020)",
    "section": "FINDINGS",
    "n_total": 240,
    "registry_ids": "NCT09876543; ISRCTN12345678",
    "rule": "by-hand",
}
RESULTS = [
    SHARED
    | {
        "kind": "effect",
        "outcome": "Flares",
        "timepoint": "week 24",
        "intervention": "rovacept",
        "comparator": "placebo",
        "measure": "HR",
        "estimate": 0.62,
        "ci_level": 95.0,
        "ci_low": 0.45,
        "ci_high": 0.85,
        "p_operator": "=",
        "p_value": 0.003,
        "yi": pytest.approx(-0.478036, abs=1e-6),
        "sei": pytest.approx(0.162245, abs=1e-6),
        "confidence": 0.9,
        "flags": "ci-asymmetric",
        "quote": "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003",
        "sentence": "RESULTS: Flares by week 24 were rarer with rovacept "
        "(hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003).",
        "start": 121,
        "end": 165,
    },
    SHARED
    | {
        "kind": "effect",
        "measure": "MD",
        "estimate": -1.4,
        "unit": "points",
        "ci_level": 90.0,
        "ci_low": -2.1,
        "ci_high": -0.7,
        "yi": -1.4,
        "sei": pytest.approx(0.425570, abs=1e-6),
        "quote": "-1.4 points more (90% CI -2.1 to -0.7)",
        "sentence": "Pain fell by -1.4 points more (90% CI -2.1 to -0.7).",
        "start": 181,
        "end": 219,
    },
    SHARED
    | {
        "kind": "events",
        "outcome": "Serious events",
        "arm": "rovacept",
        "measure": "PROPORTION",
        "events": 12,
        "n": 120,
        "percent": 10.0,
        "quote": "12/120 (10%)",
        "sentence": "Serious events: 12/120 (10%) with rovacept.",
        "start": 237,
        "end": 249,
    },
    SHARED
    | {
        "kind": "mean",
        "measure": "MEAN",
        "estimate": 5.1,
        "unit": "mg/dl",
        "sd": 1.2,
        "quote": "5.1 (SD 1.2) mg/dl",
        "sentence": "Urate was 5.1 (SD 1.2) mg/dl.",
        "start": 275,
        "end": 293,
    },
]
IDENTITY = {"record_id": "gout-1", "pmid": "91234567"}
OTHER_TABLES: dict[str, list[dict[str, Any]]] = {
    "studies": [
        IDENTITY
        | {
            "doi": "10.1234/gout.1",
            "title": "=Rovacept in gout",
            "journal": "J Gout",
            "year": 2020,
            "registry_ids": "NCT09876543; ISRCTN12345678",
            "n_total": 240,
            "n_total_role": "randomized",
            "arms": "rovacept (120); placebo",
            "sections": "METHODS; FINDINGS; REGISTRATION",
            "sections_by": "heading",
            "effects": 2,
            "arm_values": 2,
            "p_values": 1,
            "sample_sizes": 1,
            "flags": "ci-asymmetric",
            "file": "search.ris",
            "record": 3,
        }
    ],
    "sections": [
        IDENTITY
        | {
            "label": "METHODS",
            "heading": "METHODS",
            "text": "We randomised 240 adults with gout to rovacept or placebo.",
            "by": "heading",
            "start": 0,
            "end": 68,
        },
        IDENTITY
        | {
            "label": "FINDINGS",
            "heading": "RESULTS",
            "text": "Flares by week 24 were rarer with rovacept "
            "(hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003). Pain fell by -1.4 points more "
            "(90% CI -2.1 to -0.7). Serious events: 12/120 (10%) with rovacept. Urate was 5.1 (SD 1.2) mg/dl.",
            "by": "heading",
            "confidence": 0.8,
            "start": 68,
            "end": 295,
        },
        IDENTITY
        | {
            "label": "REGISTRATION",
            "heading": "REGISTRATION",
            "text": "NCT09876543.",
            "by": "heading",
            "start": 295,
            "end": 321,
        },
    ],
    "sample_sizes": [
        IDENTITY
        | {"value": 240, "role": "randomized", "text": "240 adults", "start": 23, "end": 33, "rule": "by-hand"},
    ],
    "p_values": [
        IDENTITY
        | {
            "operator": "=",
            "value": 0.003,
            "role": "result",
            "text": "P=0.003",
            "start": 158,
            "end": 165,
            "rule": "by-hand",
        },
    ],
    "registry_ids": [
        IDENTITY
        | {
            "id": "NCT09876543",
            "registry": "ClinicalTrials.gov",
            "url": "https://clinicaltrials.gov/study/NCT09876543",
            "text": "NCT09876543",
            "start": 309,
            "end": 320,
            "rule": "by-hand",
        }
    ],
    "arm_values": [
        IDENTITY
        | {
            "outcome": "Serious events",
            "arm": "rovacept",
            "kind": "events",
            "events": 12,
            "n": 120,
            "percent": 10.0,
            "text": "12/120 (10%)",
            "start": 237,
            "end": 249,
            "rule": "by-hand",
        },
        IDENTITY
        | {
            "kind": "mean",
            "value": 5.1,
            "unit": "mg/dl",
            "sd": 1.2,
            "text": "5.1 (SD 1.2) mg/dl",
            "start": 275,
            "end": 293,
            "rule": "by-hand",
        },
    ],
    "problems": [
        {
            "record_id": "gout-1",
            "file": "search.ris",
            "record": 3,
            "problem": "ci-asymmetric",
            "message": "the estimate should be 0.618",
            "source": "Handbook 6.3.2",
            "text": "95% CI 0.45-0.85",
            "start": 140,
            "end": 156,
        }
    ],
}


@pytest.mark.parametrize(("table", "expected"), [("results", RESULTS), *OTHER_TABLES.items()])
def test_every_cell(report: TrialReport, table: str, expected: list[dict[str, Any]]) -> None:
    blank = dict.fromkeys(column.name for column in columns(table))
    assert rows(to_tables([report])[table]) == [blank | row for row in expected]


@pytest.mark.parametrize("table", TABLES)
def test_types_hold_with_and_without_rows(report: TrialReport, table: str) -> None:
    expected = {column.name: column.dtype for column in columns(table)}
    for frame in (to_tables([])[table], to_tables([report])[table]):
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == expected


def test_a_failed_record_is_a_study_and_a_problem(failed: TrialReport) -> None:
    found = to_tables([failed])
    assert found["studies"]["error"].tolist() == ["no abstract could be read"]
    assert found["problems"][["record_id", "record", "problem", "message"]].to_dict("records") == [
        {"record_id": "bad-1", "record": 4, "problem": "failed", "message": "no abstract could be read"}
    ]
    assert len(found["results"]) == 0


def test_problems_that_the_reader_meets_while_the_reports_are_read_are_listed(report: TrialReport) -> None:
    problems: list[ReaderError] = []

    def reports() -> Any:
        yield report
        problems.append(ReaderError("cut short", file="a.ris", record=9))

    found = to_tables(reports(), problems)["problems"]
    assert found["message"].tolist() == ["the estimate should be 0.618", "cut short"]


def test_a_count_too_large_for_a_cell_is_missing() -> None:
    size = SampleSize(start=0, end=2, text="99", rule="by-hand", value=10**30, role=SampleSizeRole.ENROLLED)
    report = TrialReport(record=Record(record_id="1", abstract="99"), sample_sizes=(size,))
    assert to_tables([report])["sample_sizes"]["value"].isna().tolist() == [True]
