"""The whole way: sample abstracts -> extract -> export -> R's metafor, and `structurer pool` beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from structurer.cli import app

DATA = Path(__file__).parents[2] / "data"
RunR = Callable[[str], list[list[float]]]
_NUMBER = r"(-?[\d.]+)"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What extract writes of the sample abstracts of one question."""
    file = tmp_path_factory.mktemp("extracted") / "trials.jsonl"
    done = CliRunner().invoke(app, ["extract", str(DATA / "pooling_sample.jsonl"), "-o", str(file), "-q"])
    assert done.exit_code == 0, done.output
    return file


def figures(line: str) -> list[float]:
    found = re.search(rf"estimate {_NUMBER}, se {_NUMBER}", line)
    assert found is not None, line
    return [float(found[1]), float(found[2])]


CHOICES = [("stroke", "HR"), ("death", "RR"), ("death", "RD"), ("death", "OR")]


def exported(extracted: Path, folder: Path, outcome: str, measure: str) -> tuple[Path, list[str]]:
    """The table for metafor, and the options that chose what is in it."""
    table = folder / f"{outcome}-{measure}.csv"
    choice = ["--outcome", outcome, "--measure", measure]
    done = CliRunner().invoke(app, ["export", str(extracted), "--for", "metafor", "-o", str(table), *choice])
    assert done.exit_code == 0, done.output
    return table, choice


def pooled(extracted: Path, picture: Path, choice: list[str], method: str) -> list[float]:
    """What `pool` prints: fixed effect, random effects, tau2, I2, Q."""
    done = CliRunner().invoke(app, ["pool", str(extracted), "-o", str(picture), "--method", method, *choice, "-q"])
    assert done.exit_code == 0, done.output
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    fixed, random, heterogeneity, *_ = done.stdout.splitlines()
    measured = re.search(rf"tau2 {_NUMBER}, I2 {_NUMBER}%, Q {_NUMBER}", heterogeneity)
    assert measured is not None
    return [*figures(fixed), *figures(random), *(float(number) for number in measured.groups())]


def test_rma_finds_what_pool_prints(extracted: Path, tmp_path: Path, run_r: RunR) -> None:
    commands, ours = [], []
    for outcome, measure in CHOICES:
        table, choice = exported(extracted, tmp_path, outcome, measure)
        commands.append(f'studies <- read.csv("{table.as_posix()}")')
        for method in ("REML", "DL"):
            ours.append(pooled(extracted, tmp_path / "forest.svg", choice, method))
            commands.append(
                f"""fixed <- rma(yi, sei = sei, slab = slab, method = "EE", data = studies)
                random <- rma(yi, sei = sei, slab = slab, method = "{method}", data = studies,
                              control = list(threshold = 1e-12, maxiter = 1000))
                cat(fixed$b, fixed$se, random$b, random$se, random$tau2, random$I2, random$QE, "\\n")"""
            )
    theirs = run_r("\n".join(commands))
    assert len(theirs) == len(ours)
    for mine, other in zip(ours, theirs, strict=True):
        # Printed with six places, I2 with four.
        assert mine[:5] + mine[6:] == pytest.approx(other[:5] + other[6:], abs=6e-7)
        assert mine[5] == pytest.approx(other[5], abs=6e-5)


def test_escalc_of_the_counts_is_what_the_file_says(extracted: Path, tmp_path: Path, run_r: RunR) -> None:
    commands = []
    for outcome, measure in CHOICES[1:]:
        table, _ = exported(extracted, tmp_path, outcome, measure)
        commands.append(
            f"""studies <- read.csv("{table.as_posix()}")
            again <- escalc("{measure}", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = studies,
                            var.names = c("y", "v"))
            cat(nrow(studies), max(abs(studies$yi - again$y)), max(abs(studies$vi - again$v)), "\\n")"""
        )
    for rows, yi, vi in run_r("\n".join(commands)):
        assert rows == 6
        assert (yi, vi) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_the_choice_among_the_estimates_of_one_study(extracted: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    arguments = [
        "export",
        str(extracted),
        "--for",
        "metafor",
        "-o",
        str(table),
        "--outcome",
        "stroke",
        "--measure",
        "HR",
    ]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    left_out = (tmp_path / "table.left_out.csv").read_text(encoding="utf-8")
    reasons = [line.rsplit(",", 1)[1] for line in left_out.splitlines()[1:] if ",HR," in line]
    assert sorted(reasons) == [
        "another estimate is adjusted",
        "another population was preferred",
        "another time point is longer",
        "of a subgroup or a further analysis",
    ]


def test_different_measures_are_not_pooled(extracted: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["pool", str(extracted), "-o", str(tmp_path / "forest.svg")])
    assert done.exit_code == 1
    assert "different measures" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "OUT", "--for", "spss", "-o", "table.csv"],
        ["export", "OUT", "--for", "metafor", "-o", "table.docx"],
        ["export", "OUT", "--for", "metafor", "-o", "nowhere/table.csv"],
        ["export", "missing.jsonl", "--for", "metafor", "-o", "table.csv"],
        ["export", "OUT", "--for", "metafor", "-o", "table.csv", "--outcome", "("],
        ["export", "OUT", "--for", "metafor", "-o", "table.csv", "--measure", "XX"],
        ["pool", "OUT", "-o", "forest.gif"],
        ["pool", "OUT", "-o", "forest.svg", "--method", "ML"],
    ],
)
def test_wrong_calls(arguments: list[str], extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [str(extracted) if word == "OUT" else word for word in arguments])
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []
