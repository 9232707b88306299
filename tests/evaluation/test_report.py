"""Figures, misses, gains and losses as lines."""

from __future__ import annotations

from structurer.evaluation.coverage import Kept
from structurer.evaluation.report import change_lines, coverage_lines, miss_lines, score_lines
from structurer.evaluation.scores import Miss

OLD = Miss("1", "p_values", "missed", "('=', 0.1)")
NEW = Miss("2", "intervals", "made up", "(1.0,\n2.0)")
BOTH = Miss("3", "n_total", "differs", "gold 1 found 2")


def test_score_lines() -> None:
    rows: dict[str, dict[str, float | int]] = {"p_values": {"precision": 1.0, "gold": 3}, "records": {"gold": 2}}
    assert score_lines(rows) == [
        "p_values                  precision 1.0000  gold 3",
        "records                   gold 2",
    ]


def test_a_miss_is_one_line() -> None:
    assert miss_lines([NEW]) == ["2\tintervals\tmade up\t(1.0, 2.0)"]


def test_gains_and_losses() -> None:
    assert change_lines([OLD, OLD, BOTH], [OLD, NEW, BOTH]) == [
        "p_values                  gained 1  lost 0",
        "intervals                 gained 0  lost 1",
        "gained\t1\tp_values\tmissed\t('=', 0.1)",
        "lost\t2\tintervals\tmade up\t(1.0, 2.0)",
    ]
    assert change_lines([BOTH], [BOTH]) == ["nothing gained, nothing lost"]


def test_coverage_lines() -> None:
    assert coverage_lines([Kept(0.5, 10, 9, 0.75, 0.6, 0.98), Kept(1.0, 20, 15, None, 0.53, 0.89)])[1:] == [
        "         50%     10      9    0.9000  0.6000-0.9800  0.750",
        "        100%     20     15    0.7500  0.5300-0.8900  -",
    ]
