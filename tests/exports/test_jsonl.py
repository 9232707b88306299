"""JSON Lines as OUTPUT.md promises them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from structurer.errors import ExportError
from structurer.exports.jsonl import report_to_dict, write_jsonl
from structurer.schema import ArmValue, ArmValueKind, PValue, Record, TrialReport

PLACE = {"rule": "by-hand"}
EXPECTED: dict[str, Any] = {
    "record_id": "gout-1",
    "pmid": "91234567",
    "doi": "10.1234/gout.1",
    "title": "=Rovacept in gout",
    "journal": "J Gout",
    "year": 2020,
    "abstract": "METHODS: We randomised 240 adults with gout to rovacept or placebo. "
    "RESULTS: Flares by week 24 were rarer with rovacept (hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003). "
    "Pain fell by -1.4 points more (90% CI -2.1 to -0.7). "
    "Serious events: 12/120 (10%) with rovacept. Urate was 5.1 (SD 1.2) mg/dl. "
    "REGISTRATION: NCT09876543.",
    "source": {"file": "search.ris", "number": 3, "sections": [], "registry_ids": ["ISRCTN12345678"]}
    | {"publication_types": []},
    "sections": [
        {"label": "METHODS", "heading": "METHODS", "start": 0, "end": 68, "body": 9, "by": "heading"}
        | {"confidence": None},
        {"label": "FINDINGS", "heading": "RESULTS", "start": 68, "end": 295, "body": 77, "by": "heading"}
        | {"confidence": 0.8},
        {"label": "REGISTRATION", "heading": "REGISTRATION", "start": 295, "end": 321, "body": 309, "by": "heading"}
        | {"confidence": None},
    ],
    "registry_ids": [
        PLACE
        | {"id": "NCT09876543", "registry": "ClinicalTrials.gov", "text": "NCT09876543", "start": 309, "end": 320}
        | {"url": "https://clinicaltrials.gov/study/NCT09876543"}
    ],
    "p_values": [
        PLACE | {"operator": "=", "value": 0.003, "role": "result", "text": "P=0.003", "start": 158, "end": 165}
    ],
    "effects": [
        PLACE
        | {
            "measure": "HR",
            "estimate": 0.62,
            "unit": None,
            "ci_level": 95,
            "ci_low": 0.45,
            "ci_high": 0.85,
            "credible": False,
            "p_operator": "=",
            "p_value": 0.003,
            "outcome": "Flares",
            "comparison": ["rovacept", "placebo"],
            "timepoint": "week 24",
            "adjusted": None,
            "primary": True,
            "section": "FINDINGS",
            "confidence": 0.9,
            "text": "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003",
            "start": 121,
            "end": 165,
            "places": {"outcome": [77, 83], "intervention": [47, 55]} | {"comparator": [59, 66], "timepoint": [87, 94]},
            "ci_place": PLACE | {"text": "95% CI 0.45-0.85", "start": 140, "end": 156},
            "p_place": PLACE | {"text": "P=0.003", "start": 158, "end": 165, "role": "result"},
        },
        PLACE
        | {
            "measure": "MD",
            "estimate": -1.4,
            "unit": "points",
            "ci_level": 90,
            "ci_low": -2.1,
            "ci_high": -0.7,
            "credible": False,
            "p_operator": None,
            "p_value": None,
            "outcome": None,
            "comparison": None,
            "timepoint": None,
            "adjusted": None,
            "primary": False,
            "section": "FINDINGS",
            "confidence": None,
            "text": "-1.4 points more (90% CI -2.1 to -0.7)",
            "start": 181,
            "end": 219,
            "places": {},
            "ci_place": PLACE | {"text": "90% CI -2.1 to -0.7", "start": 199, "end": 218},
            "p_place": None,
        },
    ],
    "arm_values": [
        PLACE
        | {"outcome": "Serious events", "arm": "rovacept", "kind": "events", "events": 12, "n": 120, "percent": 10}
        | {"timepoint": None, "section": "FINDINGS", "confidence": None}
        | {"text": "12/120 (10%)", "start": 237, "end": 249, "places": {"outcome": [221, 235]}},
        PLACE
        | {"outcome": None, "arm": None, "kind": "mean", "value": 5.1, "unit": "mg/dl", "sd": 1.2, "se": None}
        | {"timepoint": None, "section": "FINDINGS", "confidence": None}
        | {"text": "5.1 (SD 1.2) mg/dl", "start": 275, "end": 293, "places": {}},
    ],
    "sample_sizes": [
        PLACE | {"value": 240, "role": "randomized", "arm": None, "text": "240 adults", "start": 23, "end": 33}
    ],
    "n_total": 240,
    "n_total_role": "randomized",
    "arms": [{"label": "rovacept", "n": 120, "aliases": ["RVC"]}, {"label": "placebo", "n": None, "aliases": []}],
    "abbreviations": {"CI": "confidence interval"},
    "flags": [
        {"code": "ci-asymmetric", "message": "the estimate should be 0.618", "start": 140, "end": 156}
        | {"source": "Handbook 6.3.2"}
    ],
    "contrasts": [],
    "derived": [],
}


def test_every_field_of_a_report(report: TrialReport) -> None:
    assert json.loads(json.dumps(report_to_dict(report))) == EXPECTED


def test_every_value_is_plain_before_it_is_json(report: TrialReport) -> None:
    def types(value: object) -> set[type]:
        if isinstance(value, dict):
            return {dict}.union(*map(types, [*value, *value.values()]))
        return {list}.union(*map(types, value)) if isinstance(value, list) else {type(value)}

    assert types(report_to_dict(report)) == {dict, list, str, int, float, bool, type(None)}


def test_a_failed_record_still_gives_a_line(failed: TrialReport) -> None:
    found = report_to_dict(failed)
    assert found["record_id"] == "bad-1"
    assert found["error"] == "no abstract could be read"
    assert found["effects"] == []


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("events", {"events": None, "n": None, "percent": None}),
        ("percent", {"percent": None}),
        ("mean", {"value": None, "unit": None, "sd": None, "se": None}),
        ("median", {"value": None, "unit": None, "q1": None, "q3": None, "low": None, "high": None}),
        ("rate", {"value": None, "unit": None}),
    ],
)
def test_each_kind_of_arm_value_has_its_own_numbers(kind: str, numbers: dict[str, None]) -> None:
    value = ArmValue(start=0, end=1, text="x", rule="r", kind=ArmValueKind(kind))
    found = report_to_dict(TrialReport(record=Record("1", "x"), arm_values=(value,)))["arm_values"][0]
    shared = {"outcome", "arm", "kind", "timepoint", "section", "confidence", "text", "start", "end", "rule", "places"}
    assert {name: cell for name, cell in found.items() if name not in shared} == numbers


@pytest.mark.parametrize(
    ("printed", "json_number"),
    [("95", "95"), ("95.0", "95"), ("0.030", "0.03"), ("-10.8", "-10.8"), ("1.2E-5", "1.2e-05"), ("1E+400", "null")],
)
def test_numbers_as_json_has_them(printed: str, json_number: str) -> None:
    p = PValue(start=0, end=1, text="x", rule="r", operator="=", value=Decimal(printed))
    found = report_to_dict(TrialReport(record=Record("1", "x"), p_values=(p,)))
    assert json.dumps(found["p_values"][0]["value"]) == json_number
    assert found["p_values"][0].get("printed") == (
        None if printed in ("95", "-10.8") else {"value": str(Decimal(printed))}
    )


def test_a_stream_gets_each_line_as_its_report_comes(report: TrialReport, failed: TrialReport) -> None:
    stream = io.StringIO()
    lines_before: list[int] = []

    def reports() -> Iterator[TrialReport]:
        for each in (report, failed):
            lines_before.append(stream.getvalue().count("\n"))
            yield each

    assert write_jsonl(reports(), stream) == 2
    assert lines_before == [0, 1]
    assert [json.loads(line)["record_id"] for line in stream.getvalue().splitlines()] == ["gout-1", "bad-1"]


def test_hostile_text_reads_back_as_it_was(hostile: TrialReport, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    write_jsonl([hostile], target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert [value["arm"] for value in json.loads(lines[0])["arm_values"]] == [v.arm for v in hostile.arm_values]


def test_a_failure_on_the_way_keeps_the_old_file(report: TrialReport, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old\n")

    def reports() -> Iterator[TrialReport]:
        yield report
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_jsonl(reports(), target)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.jsonl", "old\n")]


def test_a_folder_that_is_not_there(report: TrialReport, tmp_path: Path) -> None:
    target = tmp_path / "none" / "out.jsonl"
    with pytest.raises(ExportError, match="No such file") as caught:
        write_jsonl([report], target)
    assert (caught.value.target, caught.value.column) == (str(target), None)
