"""The index knows every record of the file, goes on where it was stopped, and begins anew where the file changed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from structurer.errors import ReaderError
from structurer.exports.jsonl import write_jsonl
from structurer.review.apply import row_keys
from structurer.review.store import VerdictStore
from structurer.review.verdicts import Judgement, Verdict
from structurer.schema import Record, TrialReport
from structurer.tables.frames import to_tables
from structurer.web.index import ReportIndex
from structurer.web.queue import progress


def refreshed(out: Path, store: VerdictStore) -> ReportIndex:
    index = ReportIndex(out, store)
    for _ in index.refresh():
        pass
    return index


def test_it_knows_the_rows_of_the_table_of_results(index: ReportIndex, reports: list[TrialReport]) -> None:
    known = [row.key for position in range(1, 5) for row in index.rows(position)]
    assert known == row_keys(to_tables(reports)["results"])
    assert [index.report(position) for position in range(1, 5)] == reports
    assert list(index.reports()) == reports
    assert [row.flagged for row in index.rows(4)] == [True, False, False, False]
    assert index.position_of(index.rows(2)[0].key) == 2
    assert index.position_of(index.rows(2)[0].key._replace(number=5)) is None


def test_two_records_of_one_id_have_rows_of_their_own(tmp_path: Path, report: TrialReport) -> None:
    twice = [report, replace(report, effects=report.effects[:1]), report]
    write_jsonl(twice, tmp_path / "out.jsonl")
    with VerdictStore(tmp_path / "s") as store:
        index = refreshed(tmp_path / "out.jsonl", store)
        keys = [row.key for position in (1, 2, 3) for row in index.rows(position)]
        assert keys == row_keys(to_tables(twice)["results"])
        assert len(set(keys)) == len(keys)


def test_a_stopped_reading_goes_on(out: Path, store: VerdictStore, report: TrialReport, rename: Any) -> None:
    write_jsonl([rename(report, f"r{number}") for number in range(60)], out)
    first = next(iter(ReportIndex(out, store).refresh()))
    assert (0 < first.records < 60, first.complete) == (True, False)
    store.close()
    with VerdictStore(store.path) as again:
        index = ReportIndex(out, again)
        assert index.state() == first
        assert list(index.refresh())[-1].records == 60
        assert [index.report(position).record.record_id for position in (1, 60)] == ["r0", "r59"]
        assert list(index.refresh()) == []


def test_two_readers_of_one_file_do_not_read_it_twice(
    out: Path, store: VerdictStore, report: TrialReport, rename: Any
) -> None:
    write_jsonl([rename(report, f"r{number}") for number in range(100)], out)
    with VerdictStore(store.path) as other:
        mine, theirs = ReportIndex(out, store).refresh(), ReportIndex(out, other).refresh()
        for _ in mine:
            next(theirs, None)
        assert progress(store).records == 100


def test_verdicts_outlive_a_new_extraction(
    out: Path, store: VerdictStore, index: ReportIndex, reports: list[TrialReport]
) -> None:
    kept, changed = index.rows(1)[0], index.rows(1)[2]
    store.save(Verdict(kept.key, Judgement.CORRECT, judged=kept.digest), 0)
    store.save(Verdict(changed.key, Judgement.CORRECT, judged=changed.digest), 0)
    assert (progress(store).rows, progress(store).decided) == (12, 2)
    first = reports[0]
    other = (replace(first.arm_values[0], events=13), *first.arm_values[1:])
    write_jsonl([replace(first, arm_values=other)], out)
    os.utime(out, ns=(1, 1))
    assert not ReportIndex.describes(store, out)
    again = refreshed(out, store)
    assert ReportIndex.describes(store, out)
    assert again.rows(1)[0] == kept
    # What was read otherwise since it was judged waits for a person again; its verdict is still there.
    assert (progress(store).rows, progress(store).decided) == (4, 1)
    assert len(store.verdicts()) == 2


BAD = {
    "not json": "not a report",
    '{"record_id": "x"}': "KeyError",
    "[1]": "not a report",
    "[" * 100_000: "not a report",
    '{"record_id": "x", "effects": 3, "arm_values": [], "p_values": 7}': "not a report",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items(), ids=range(len(BAD)))
def test_a_line_that_is_no_report_is_a_problem_and_the_rest_is_read(
    line: str, reason: str, out: Path, store: VerdictStore, reports: list[TrialReport]
) -> None:
    good = out.read_text()
    out.write_text(f"{line}\n\n{good}")
    index = refreshed(out, store)
    [problem] = index.problems()
    assert (problem.file, problem.record, problem.lost) == (str(out), 1, True)
    assert reason in problem.reason
    assert list(index.reports()) == reports
    with pytest.raises(ReaderError, match="not a report"):
        index.report(1)


def test_half_a_surrogate_pair_in_an_id_can_be_kept(out: Path, store: VerdictStore) -> None:
    out.write_text(out.read_text().splitlines()[0].replace('"gout-0"', '"gout\\ud800"') + "\n")
    index = refreshed(out, store)
    [key, *_] = [row.key for row in index.rows(1)]
    assert key.record_id == "gout?" == index.report(1).record.record_id


def test_a_file_that_went_away(out: Path, index: ReportIndex, store: VerdictStore) -> None:
    with pytest.raises(KeyError):
        index.report(9)
    out.unlink()
    with pytest.raises(ReaderError, match="No such file"):
        index.report(1)
    with pytest.raises(ReaderError, match="No such file"):
        ReportIndex(out, store)


def test_an_empty_file_is_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch()
    with VerdictStore(tmp_path / "s") as store:
        index = refreshed(tmp_path / "out.jsonl", store)
        assert index.state().complete
        assert list(index.reports()) == []


def test_a_record_that_failed_is_indexed(tmp_path: Path) -> None:
    failed = TrialReport(record=Record(record_id="bad", abstract=None), error="no abstract could be read")
    write_jsonl([failed], tmp_path / "out.jsonl")
    with VerdictStore(tmp_path / "s") as store:
        assert list(refreshed(tmp_path / "out.jsonl", store).reports()) == [failed]
