"""What stands of the results after a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isclose, log
from typing import Any

import pandas as pd
import pytest

from structurer.review.settled import settle, settled


@dataclass(frozen=True)
class Case:
    verdict: str | None
    corrected: str | None
    cells: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None


# Of the row `hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003`.
CASES = [
    Case(None, None, {"estimate": 0.62, "ci_low": 0.45}),
    Case("correct", None, {"estimate": 0.62}),
    Case("CORRECT ", None, {"estimate": 0.62}),
    Case("partly", "0.64", {"estimate": 0.64, "ci_low": 0.45, "yi": log(0.64)}),
    Case("partly", "outcome=any flare; timepoint=", {"outcome": "any flare", "timepoint": None, "yi": log(0.62)}),
    Case("wrong", "measure=rr; estimate=0,60", {"measure": "RR", "estimate": 0.6}),
    Case("wrong", "ci_low=; ci_high=", {"estimate": 0.62, "ci_low": None, "sei": None}),
    Case("partly", "p<0.001", {"p_operator": "<", "p_value": 0.001}),
    Case(None, "estimate=0.64", {"estimate": 0.64}),
    Case("partly", "0.64; the text says 0.64", {"estimate": 0.64}),
    Case("partly", "estimate=9", {"estimate": 9.0, "yi": None, "sei": None}),
    Case("wrong", None, reason="wrong and not corrected"),
    Case("partly", None, reason="partly and not corrected"),
    Case("not an effect", "0.64", reason="not an effect"),
    Case("dunno", None, reason="the verdict is not one of the list: dunno"),
    Case("partly", "look again", reason="the correction names no column: look again"),
    Case("partly", "estimate=low", reason="the correction of estimate is no number: low"),
    Case("partly", "n=3.5", reason="the correction of n is no number: 3.5"),
    Case("partly", "measure=XR", reason="no such measure: XR"),
    Case("partly", "p_operator=about", reason="no such operator of a p-value: about"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verdict}: {case.corrected}")
def test_what_stands_and_what_is_left_out(frames: dict[str, pd.DataFrame], case: Case) -> None:
    frames["results"].loc[0, ["verdict", "corrected"]] = [case.verdict, case.corrected]
    found = settle(frames)
    assert [left.reason for left in found.left_out] == ([case.reason] if case.reason else [])
    assert len(found.results) == (3 if case.reason else 4)
    assert (found.results.dtypes == frames["results"].dtypes).all()
    row = found.results.iloc[0]
    for name, value in case.cells.items():
        if value is None:
            assert pd.isna(row[name]), name
        elif isinstance(value, float):
            assert isclose(row[name], value), name
        else:
            assert row[name] == value


def test_without_verdicts_nothing_changes(frames: dict[str, pd.DataFrame]) -> None:
    pd.testing.assert_frame_equal(settled(frames), frames["results"])


def test_a_corrected_limit_gives_another_standard_error(frames: dict[str, pd.DataFrame]) -> None:
    frames["results"].loc[0, ["verdict", "corrected"]] = ["partly", "ci_low=0.40; ci_high=0.95"]
    sei = settled(frames)["sei"][0]
    assert isclose(sei, (log(0.95) - log(0.40)) / (2 * 1.959964), rel_tol=1e-6)
    assert sei != frames["results"]["sei"][0]


def test_a_row_that_a_person_typed_without_a_kind_is_what_its_numbers_say(frames: dict[str, pd.DataFrame]) -> None:
    typed = pd.DataFrame([{"record_id": "gout-1", "measure": "MD", "estimate": -2.0, "verdict": "correct"}])
    results = frames["results"]
    added = typed.reindex(columns=results.columns).astype(results.dtypes)
    frames["results"] = pd.concat([results, added], ignore_index=True)
    last = settled(frames).iloc[-1]
    assert (last["kind"], last["yi"]) == ("effect", -2.0)
