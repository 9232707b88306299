"""Estimates built by hand, and R with metafor where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from structurer.meta.estimates import ErrorSource, Estimate, Population


@pytest.fixture
def make_estimate() -> Callable[..., Estimate]:
    """Makes the hazard ratio of one study; its keywords are the fields that differ."""
    return _make_estimate


def _make_estimate(**cells: Any) -> Estimate:
    known: dict[str, Any] = {
        "record_id": "1",
        "pmid": None,
        "study": "TIDEWAY 2015",
        "year": 2015,
        "outcome": "stroke",
        "timepoint": None,
        "days": None,
        "intervention": "varolimide",
        "comparator": "placebo",
        "measure": "HR",
        "estimate": 0.8,
        "ci_low": 0.65,
        "ci_high": 0.98,
        "ci_level": 95.0,
        "unit": None,
        "yi": -0.2231,
        "sei": 0.1,
        "source": ErrorSource.INTERVAL,
        "handbook": "6.3.2",
        "arms": None,
        "population": Population.NOT_SAID,
        "subgroup": False,
        "primary": False,
        "adjusted": None,
        "flags": None,
        "notes": (),
        "confidence": 0.9,
        "quote": "HR 0.80",
        "start": 0,
    } | cells
    known.setdefault("trial", known["record_id"])
    known.setdefault("outcome_in_full", known["outcome"])
    return Estimate(**known)


@cache
def _has_metafor() -> bool:
    program = shutil.which("Rscript")
    if program is None:
        return False
    asked = subprocess.run(
        [program, "-e", "cat(requireNamespace('metafor', quietly = TRUE))"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == "TRUE"


@pytest.fixture
def run_r(tmp_path: Path) -> Callable[[str], list[list[float]]]:
    """Run R commands after `library(metafor)`; each line that they print is a list of numbers (NA: nan)."""
    if not _has_metafor():
        pytest.skip("R with metafor is not installed (Debian: r-cran-metafor)")

    def run(commands: str) -> list[list[float]]:
        script = tmp_path / "commands.R"
        script.write_text(f"suppressMessages(library(metafor))\noptions(digits = 15)\n{commands}\n", encoding="utf-8")
        done = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        return [[float("nan") if cell == "NA" else float(cell) for cell in line.split()] for line in lines]

    return run
