"""The tables of one report, which a reviewer then judges."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from structurer.exports import write_tables
from structurer.schema import TrialReport
from structurer.tables.frames import to_tables


@pytest.fixture
def frames(report: TrialReport) -> dict[str, pd.DataFrame]:
    """The tables of one report: two effects, a count and a mean."""
    return to_tables([report])


@pytest.fixture
def wrote() -> dict[int, tuple[str | None, ...]]:
    """Verdict, corrected value, reviewer and note of each row of the workbook `reviewed`."""
    return {
        0: ("correct", None, "KL", None),
        1: ("partly", "ci_low=-2.0", "KL", "see figure 2"),
        2: (None, None, None, "unsure"),
        3: ("not an effect", None, "MB", "line one\nline two"),
    }


@pytest.fixture
def reviewed(frames: dict[str, pd.DataFrame], wrote: dict[int, tuple[str | None, ...]], tmp_path: Path) -> Path:
    """A workbook in which two people judged three of the four rows."""
    results = frames["results"].copy()
    for place, texts in wrote.items():
        results.loc[place, ["verdict", "corrected", "reviewer", "note"]] = list(texts)
    write_tables({**frames, "results": results}, tmp_path / "old.xlsx")
    return tmp_path / "old.xlsx"
