"""What JSON Lines hold is what was extracted, every field of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.contrasts import ComputedEffect, Contrast, Derived
from structurer.errors import ReaderError
from structurer.exports.jsonl import report_to_dict, write_jsonl
from structurer.exports.report_lines import read_reports, report_from_dict
from structurer.pipeline import extract
from structurer.readers import read_records
from structurer.schema import EffectMeasure, PValue, Record, SourceSection, TrialReport

DATA = Path(__file__).parents[2] / "data"


def test_every_part_of_the_schema_comes_back(report: TrialReport, failed: TrialReport, tmp_path: Path) -> None:
    full = replace(
        report,
        record=replace(
            report.record,
            sections=(SourceSection("Methods", 0, 68, 9),),
            publication_types=("Randomized Controlled Trial",),
        ),
        contrasts=(
            Contrast(
                (0, 1),
                (0,),
                (ComputedEffect(measure=EffectMeasure.RR, yi=-0.1, sei=0.25, handbook="6.4", inputs="12 of 120"),),
            ),
        ),
        derived=(Derived(0, "n", Decimal("120"), "12 of it are 10%"),),
    )
    target = tmp_path / "out.jsonl"
    write_jsonl([full, failed], target)
    again = list(read_reports(target))
    assert again == [full, failed]
    # Decimals that are equal may still be printed with other places.
    assert repr(again) == repr([full, failed])


def test_the_sample_comes_back(tmp_path: Path) -> None:
    reports = list(extract(read_records(str(DATA / "sample.nbib"))))
    write_jsonl(reports, tmp_path / "out.jsonl")
    assert repr(list(read_reports(tmp_path / "out.jsonl"))) == repr(reports)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_printed_places(value: Decimal) -> None:
    p = PValue(start=0, end=1, text="x", rule="r", operator="=", value=value)
    found = json.loads(json.dumps(report_to_dict(TrialReport(record=Record("1", "x"), p_values=(p,)))))
    assert repr(report_from_dict(found).p_values) == repr((p,))


@dataclass(frozen=True)
class Bad:
    line: str
    reason: str


BAD_LINES = [
    Bad("{", "not JSON"),
    Bad("[]", "not a report"),
    Bad('{"record_id": "1", "abstract": "We enrolled 40 women."}', "not a report .*KeyError: 'p_values'"),
]


@pytest.mark.parametrize("bad", BAD_LINES, ids=lambda bad: bad.line)
def test_a_bad_line_is_named(bad: Bad, report: TrialReport, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    write_jsonl([report], target)
    with target.open("a") as file:
        file.write(f"\n{bad.line}\n")
    lines = read_reports(target)
    assert next(lines) == report
    with pytest.raises(ReaderError, match=bad.reason) as caught:
        next(lines)
    assert (caught.value.file, caught.value.line) == (str(target), 3)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="No such file"):
        next(read_reports(tmp_path / "none.jsonl"))


def test_extraction_reads_its_own_lines_as_records(report: TrialReport, tmp_path: Path) -> None:
    write_jsonl([report], tmp_path / "out.jsonl")
    [record] = read_records(str(tmp_path / "out.jsonl"))
    assert (record.record_id, record.abstract, record.pmid) == ("gout-1", report.record.abstract, "91234567")
