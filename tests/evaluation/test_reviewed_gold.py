"""What people decided about each row becomes the gold of its record, or is left out with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from structurer.evaluation.gold import PARTS, Gold, read_gold
from structurer.evaluation.reviewed_gold import gold_of_review, rows_of_verdicts
from structurer.evaluation.scores import score
from structurer.exports import write_tables
from structurer.exports.jsonl import report_to_dict
from structurer.exports.row_identity import digests
from structurer.review.apply import row_keys
from structurer.review.missing import MissingResult
from structurer.review.reviewed_table import read_reviewed
from structurer.review.verdicts import Judgement, Verdict
from structurer.schema import TrialReport
from structurer.tables.frames import to_tables

HAZARD = {
    "quote": "hazard ratio 0.62, 95% CI 0.45-0.85; P=0.003",
    "outcome": "Flares",
    "timepoint": "week 24",
    "measure": "HR",
    "estimate": 0.62,
    "unit": None,
    "ci_level": 95,
    "ci_low": 0.45,
    "ci_high": 0.85,
    "p": ["=", 0.003],
    "comparison": ["rovacept", "placebo"],
}
PAIN = {
    "quote": "-1.4 points more (90% CI -2.1 to -0.7)",
    "outcome": None,
    "timepoint": None,
    "measure": "MD",
    "estimate": -1.4,
    "unit": "points",
    "ci_level": 90,
    "ci_low": -2.1,
    "ci_high": -0.7,
    "p": None,
    "comparison": None,
}
EVENTS = {
    "quote": "12/120 (10%)",
    "outcome": "Serious events",
    "timepoint": None,
    "kind": "events",
    "arm": "rovacept",
    "events": 12,
    "n": 120,
    "percent": 10,
}
URATE = {
    "quote": "5.1 (SD 1.2) mg/dl",
    "outcome": None,
    "timepoint": None,
    "kind": "mean",
    "arm": None,
    "value": 5.1,
    "unit": "mg/dl",
    "sd": 1.2,
    "se": None,
}


@dataclass(frozen=True)
class Case:
    """Verdict and correction of the four rows (two effects, two arm values), and what comes of them."""

    verdicts: tuple[str | None, ...]
    corrected: tuple[str | None, ...] = (None,) * 4
    effects: list[dict[str, Any]] | None = None
    arm_values: list[dict[str, Any]] | None = None
    left_out: list[str] = field(default_factory=list)


YES = "correct"
CASES = {
    "all correct": Case((YES,) * 4, effects=[HAZARD, PAIN], arm_values=[EVENTS, URATE]),
    "effects alone": Case((YES, YES, None, None), effects=[HAZARD, PAIN]),
    "nothing judged": Case((None,) * 4),
    "not to the end": Case(
        (YES, None, YES, YES),
        arm_values=[EVENTS, URATE],
        left_out=["gout-1: effects: not every row has a verdict"],
    ),
    "rejected": Case((YES, "not an effect", "wrong", YES), effects=[HAZARD], arm_values=[URATE]),
    "corrected": Case(
        ("partly", "wrong", "partly", YES),
        ("estimate=0.64; outcome=any flare", "measure=SMD; unit=", "11/120 (9.2%)", None),
        effects=[HAZARD | {"estimate": 0.64, "outcome": "any flare"}, PAIN | {"measure": "SMD", "unit": None}],
        arm_values=[EVENTS | {"events": 11, "percent": 9.2}, URATE],
    ),
    "corrected without a verdict": Case(
        (None, YES, None, None),
        ("0.64", None, None, None),
        effects=[HAZARD | {"estimate": 0.64}, PAIN],
    ),
    "partly right, the truth left open": Case(
        ("partly", YES, YES, YES),
        arm_values=[EVENTS, URATE],
        left_out=["gout-1: effects: a row that is partly right is not corrected"],
    ),
    "a word that is no verdict": Case(
        ("hm", YES, YES, YES),
        arm_values=[EVENTS, URATE],
        left_out=["gout-1: effects: the verdict is not one of the list: hm"],
    ),
    "a correction that cannot be read": Case(
        (YES, YES, YES, "partly"),
        (None, None, None, "sd=large"),
        effects=[HAZARD, PAIN],
        left_out=["gout-1: arm_values: the correction of sd is no number: large"],
    ),
}


def table(
    report: TrialReport, path: Path, case: Case, change: Callable[[pd.DataFrame], pd.DataFrame] | None = None
) -> Path:
    frames = to_tables([report])
    results = frames["results"].assign(
        verdict=pd.array(case.verdicts, dtype="str"), corrected=pd.array(case.corrected, dtype="str")
    )
    write_tables({**frames, "results": change(results) if change else results}, path)
    return path


@pytest.mark.parametrize("extension", [".xlsx", ".csv"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_review_becomes_gold(report: TrialReport, tmp_path: Path, case: Case, extension: str) -> None:
    reviewed = read_reviewed(table(report, tmp_path / f"t{extension}", case))
    found = gold_of_review([report], reviewed.rows)
    parts = {"effects": case.effects, "arm_values": case.arm_values}
    judged = [part for part, entries in parts.items() if entries is not None]
    assert found.gold == (
        [{"id": "gout-1", "judged": judged, **{part: parts[part] for part in judged}}] if judged else []
    )
    assert found.left_out == case.left_out
    assert [record["abstract"] for record in found.corpus] == [report.record.abstract] * bool(judged)
    assert found.added == 0


def test_a_result_added_by_hand_is_one_that_was_missed(report: TrialReport, tmp_path: Path) -> None:
    def add(results: pd.DataFrame) -> pd.DataFrame:
        new = {"record_id": "gout-1", "outcome": "tophi", "measure": "RR", "estimate": 0.5, "rule": "by hand"}
        return pd.concat([results, pd.DataFrame([new]).reindex(columns=results.columns)], ignore_index=True).astype(
            results.dtypes
        )

    path = table(report, tmp_path / "t.xlsx", CASES["all correct"], add)
    found = gold_of_review([report], read_reviewed(path).rows)
    assert (found.added, found.rows) == (1, 5)
    missed = dict.fromkeys(HAZARD) | {"outcome": "tophi", "measure": "RR", "estimate": 0.5}
    assert found.gold[0]["effects"] == [HAZARD, PAIN, missed]


def test_the_table_is_what_was_judged_where_the_program_reads_otherwise_now(
    report: TrialReport, tmp_path: Path
) -> None:
    path = table(report, tmp_path / "t.xlsx", CASES["all correct"])
    hazard, pain = report.effects
    worse = replace(report, effects=(replace(hazard, estimate=None), pain))
    [gold] = gold_of_review([worse], read_reviewed(path).rows).gold
    assert gold["effects"] == [HAZARD, PAIN]
    fewer = replace(report, effects=(pain,))
    [gold] = gold_of_review([fewer], read_reviewed(path).rows).gold
    assert gold["effects"] == [PAIN, HAZARD]


def test_a_row_that_the_table_never_showed_was_not_judged(report: TrialReport, tmp_path: Path) -> None:
    older = replace(report, effects=report.effects[:1])
    path = table(older, tmp_path / "t.xlsx", Case((YES,) * 3, (None,) * 3))
    found = gold_of_review([report], read_reviewed(path).rows)
    assert [gold["judged"] for gold in found.gold] == [["arm_values"]]
    assert found.left_out == ["gout-1: effects: not every row has a verdict"]


def test_verdicts_from_the_page(report: TrialReport) -> None:
    results = to_tables([report])["results"]
    keys, now = row_keys(results), digests(results)
    verdicts = [
        Verdict(keys[0], Judgement.CORRECT, judged=now[0]),
        Verdict(keys[1], Judgement.WRONG, {"estimate": "-1.5"}, judged=now[1]),
        Verdict(keys[2], Judgement.CORRECT, judged=now[2]),
        Verdict(keys[3], Judgement.CORRECT, judged="read otherwise"),
    ]
    missing = [MissingResult("gout-1", "effect", "Flares", 50, 56, {"estimate": "0.5", "measure": "RR", "unit": ""})]
    found = gold_of_review([report], rows_of_verdicts([report], verdicts, missing))
    added = dict.fromkeys(HAZARD) | {"quote": "Flares", "measure": "RR", "estimate": 0.5}
    assert found.gold == [
        {"id": "gout-1", "judged": ["effects"], "effects": [HAZARD, PAIN | {"estimate": -1.5}, added]}
    ]
    assert found.left_out == ["gout-1: arm_values: not every row has a verdict"]


def test_only_what_was_judged_is_scored(report: TrialReport, tmp_path: Path) -> None:
    found = report_to_dict(report)
    gold = Gold("gout-1", effects=[HAZARD, PAIN], judged=frozenset({"effects"}))
    rows = score([gold], {"gout-1": str(report.record.abstract)}, {"gout-1": found}).rows()
    assert rows["whole effect rows"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 2, "found": 2}
    assert rows["outcome"] == {"accuracy": 1.0, "of": 1}
    assert not rows.keys() & {"p_values", "sections", "arm values", "n_total", "sample sizes", "registry_ids"}
    (tmp_path / "g.jsonl").write_text('{"id": "1", "judged": ["arm_values"]}\n{"id": "2"}\n')
    assert [one.judged for one in read_gold(tmp_path / "g.jsonl")] == [frozenset({"arm_values"}), PARTS]
