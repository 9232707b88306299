"""The tables of one report, which a reviewer then judges."""

from __future__ import annotations

import pandas as pd
import pytest

from structurer.schema import TrialReport
from structurer.tables.frames import to_tables


@pytest.fixture
def frames(report: TrialReport) -> dict[str, pd.DataFrame]:
    """The tables of one report: two effects, a count and a mean."""
    return to_tables([report])
