"""The reviewed tables hold every verdict, every correction and every result added by hand, in every format."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from structurer.errors import ExportError
from structurer.review.missing import MissingResult, add_missing
from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, Verdict
from structurer.web.downloads import FORMATS, download, reviewed_frames, write_reviewed
from structurer.web.index import ReportIndex


@pytest.fixture
def reviewed(store: VerdictStore, index: ReportIndex) -> ReportIndex:
    rows = index.rows(1)
    store.reviewer = "Ann"
    store.save(Verdict(rows[0].key, Judgement.CORRECT, reviewer="Ann", judged=rows[0].digest), 0)
    corrected = {"estimate": "-1.5", "unit": ""}
    store.save(Verdict(rows[1].key, Judgement.PARTLY, corrected, "Ann", "page 3", judged=rows[1].digest), 0)
    store.save(Verdict(rows[0].key._replace(record_id="gone"), Judgement.WRONG, reviewer="Bo"), 0)
    cells = {"events": "7", "n": "12.5", "outcome": "falls", "percent": "5,8"}
    add_missing(store, MissingResult("gout-1", "events", "adults", 3, 9, cells, "Ann", "seen"))
    return index


def test_the_rows_of_the_reviewed_table(reviewed: ReportIndex, store: VerdictStore) -> None:
    frames = reviewed_frames(reviewed, store)
    results = frames["results"]
    assert len(results) == 13
    said = results[["verdict", "corrected", "reviewer", "note"]].astype(object).where(results.notna(), None)
    assert said.iloc[0].to_list() == ["correct", None, "Ann", None]
    assert said.iloc[1].to_list() == ["partly", "estimate=-1.5; unit=", "Ann", "page 3"]
    assert said.iloc[2].to_list() == [None] * 4
    added = results.iloc[12]
    assert (added["record_id"], added["events"], added["percent"], added["outcome"]) == ("gout-1", 7, 5.8, "falls")
    assert (added["rule"], added["verdict"], added["note"]) == ("by hand", "correct", "seen; n=12.5")
    assert (added["pmid"], added["n_total"]) == ("91234567", 240)
    assert pd.isna(added["n"])
    assert pd.isna(added["confidence"])
    assert dict(results.dtypes) == dict(reviewed_frames(reviewed, store)["results"].dtypes)
    # The verdict on a row that is not there any more is among the problems.
    assert "gone" in frames["problems"]["record_id"].to_list()


def test_an_effect_added_by_hand_can_be_pooled(index: ReportIndex, store: VerdictStore) -> None:
    cells = {"measure": "HR", "estimate": "0.5", "ci_low": "0.25", "ci_high": "1", "ci_level": "95"}
    add_missing(store, MissingResult("gout-1", "effect", "adults", 3, 9, cells))
    added = reviewed_frames(index, store)["results"].iloc[-1]
    assert (round(added["yi"], 3), round(added["sei"], 3)) == (-0.693, 0.354)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_downloaded(name: str, reviewed: ReportIndex, page: Any) -> None:
    answer = page.get(f"/export/{name}")
    assert answer.status_code == 200
    packed = name in ("csv", "tsv", "parquet")
    wanted = f"out.reviewed.{name}.zip" if packed else f"out.reviewed.{name}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{wanted}"'
    if packed:
        files = zipfile.ZipFile(io.BytesIO(answer.content))
        assert f"out.reviewed.{name}" in files.namelist()
        assert f"out.reviewed.studies.{name}" in files.namelist()
    elif name == "jsonl":
        rows = [json.loads(line) for line in answer.text.splitlines()]
        assert [row["verdict"] for row in rows].count("correct") == 2
        assert (rows[0]["estimate"], rows[0]["events"], rows[2]["events"]) == (0.62, None, 12)


def test_the_csv_reads_back(reviewed: ReportIndex, store: VerdictStore, tmp_path: Path) -> None:
    write_reviewed(reviewed, store, tmp_path / "reviewed.csv")
    table = pd.read_csv(tmp_path / "reviewed.csv", dtype=str, encoding="utf-8-sig")
    assert table["verdict"].dropna().to_list() == ["correct", "partly", "correct"]


def test_a_download_leaves_no_file_behind(reviewed: ReportIndex, store: VerdictStore) -> None:
    made = download(reviewed, store, "csv")
    assert made.path.exists()
    made.remove()
    assert not made.path.parent.exists()


@pytest.mark.parametrize("name", ["reviewed.doc", "reviewed", "no/such/folder.csv"])
def test_what_cannot_be_written_is_told(name: str, index: ReportIndex, store: VerdictStore, tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_reviewed(index, store, tmp_path / name)


def test_no_other_format_is_served(page: Any) -> None:
    assert page.get("/export/doc").status_code == 404
