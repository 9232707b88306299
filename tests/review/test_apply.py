"""Verdicts in the tables: every one is in its row or among the problems."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structurer.exports.row_identity import digests
from structurer.review.apply import REVIEWER_COLUMNS, row_keys, with_verdicts
from structurer.review.problem_codes import CHANGED
from structurer.review.verdicts import CORRECTABLE, Judgement, RowKey, Verdict, format_corrected


def reviewer_cells(frame: pd.DataFrame, place: int) -> list[str | None]:
    return [None if pd.isna(frame[name][place]) else frame[name][place] for name in REVIEWER_COLUMNS]


def test_the_key_of_a_row_is_its_place_and_kind(frames: dict[str, pd.DataFrame]) -> None:
    results = frames["results"]
    rows = results.to_dict("records")
    assert row_keys(results) == [RowKey(row["record_id"], row["kind"], row["start"], row["end"]) for row in rows]
    twice = pd.concat([results, results.iloc[:1], results.iloc[:1]], ignore_index=True)
    assert [key.number for key in row_keys(twice)] == [0, 0, 0, 0, 1, 2]


def test_a_verdict_fills_the_columns_of_its_row(frames: dict[str, pd.DataFrame]) -> None:
    key = row_keys(frames["results"])[1]
    verdict = Verdict(key, Judgement.PARTLY, {"ci_low": "-2.0", "estimate": "-1.4"}, "KL", "see figure 2")
    found = with_verdicts(frames, [verdict])
    assert reviewer_cells(found["results"], 1) == ["partly", "estimate=-1.4; ci_low=-2.0", "KL", "see figure 2"]
    others = [place for place in range(4) if place != 1]
    assert all(reviewer_cells(found["results"], place) == [None] * 4 for place in others)
    pd.testing.assert_frame_equal(found["problems"], frames["problems"])
    assert frames["results"]["verdict"].isna().all()
    assert (found["results"].dtypes == frames["results"].dtypes).all()


def test_a_verdict_without_a_row_is_a_problem_with_all_that_was_written(frames: dict[str, pd.DataFrame]) -> None:
    gone = Verdict(RowKey("gout-9", "effect", 3, 8), Judgement.WRONG, {"n": "7"}, "KL", "odd", "2026-03-01T10:00:00Z")
    [row] = with_verdicts(frames, [gone])["problems"].iloc[len(frames["problems"]) :].to_dict("records")
    assert (row["record_id"], row["problem"], row["start"], row["end"]) == ("gout-9", "verdict_without_row", 3, 8)
    assert row["message"] == (
        "the row that was judged is not among the results (verdict: wrong; corrected: n=7; reviewer: KL; note: odd; "
        "decided: 2026-03-01T10:00:00Z; effect at 3 to 8)"
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_later_of_two_verdicts_stands_and_the_other_is_told(
    frames: dict[str, pd.DataFrame], order: tuple[int, int]
) -> None:
    key = row_keys(frames["results"])[0]
    both = [
        Verdict(key, Judgement.WRONG, decided_at="2026-01-01T00:00:00Z"),
        Verdict(key, Judgement.CORRECT, decided_at="2026-01-02T00:00:00Z"),
    ]
    found = with_verdicts(frames, [both[place] for place in order])
    assert found["results"]["verdict"][0] == "correct"
    assert "verdict: wrong" in found["problems"]["message"].iloc[-1]


def test_a_row_that_was_read_otherwise_when_judged_is_flagged(frames: dict[str, pd.DataFrame]) -> None:
    keys, now = row_keys(frames["results"]), digests(frames["results"])
    verdicts = [
        Verdict(keys[0], Judgement.CORRECT, judged=now[0]),
        Verdict(keys[1], Judgement.CORRECT, judged="0" * 12),
        Verdict(keys[2], Judgement.CORRECT),
    ]
    found = with_verdicts(frames, verdicts)
    flags = found["results"]["flags"]
    assert [CHANGED in str(flag) for flag in flags] == [False, True, False, False]
    assert found["results"]["verdict"].tolist()[:3] == ["correct"] * 3
    added = found["problems"].iloc[len(frames["problems"]) :]
    assert added["problem"].tolist() == [CHANGED]


WORDS = st.text(alphabet='ab;=" 0.5\n', max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(data=st.data())
def test_no_verdict_is_lost(frames: dict[str, pd.DataFrame], data: st.DataObject) -> None:
    keys = [*row_keys(frames["results"]), RowKey("gone", "effect", 1, 2)]
    verdicts = data.draw(
        st.lists(
            st.builds(
                Verdict,
                key=st.sampled_from(keys),
                judgement=st.sampled_from(Judgement),
                corrected=st.dictionaries(st.sampled_from(CORRECTABLE), WORDS, max_size=2),
                note=WORDS,
                decided_at=st.none() | st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]),
            ),
            max_size=6,
        )
    )
    found = with_verdicts(frames, verdicts)
    rows = [reviewer_cells(found["results"], place) for place in range(4)]
    messages = found["problems"]["message"].tolist()
    for verdict in verdicts:
        written = [verdict.judgement, format_corrected(verdict.corrected) or None, None, verdict.note or None]
        in_row = verdict.key in keys[:4] and rows[keys.index(verdict.key)] == written
        told = [part for part in (verdict.judgement, format_corrected(verdict.corrected), verdict.note) if part]
        assert in_row or any(all(part in message for part in told) for message in messages)
