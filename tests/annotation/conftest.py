"""Abstracts with all that makes offsets hard: characters beyond the basic plane, line ends, tight notation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from structurer.annotation.spans import Annotated, annotated
from structurer.pipeline import extract
from structurer.readers import read_records
from structurer.schema import Record

HARD = (
    "BACKGROUND: Interferon-\U0001d6fd was compared with placebo \U0001f9ea.\r\nMETHODS: We randomised 240 adults "
    "(n=120 each).\nRESULTS: Flares by week 24 were rarer with interferon than with placebo "
    "(HR=0·62;95%CI0·45–0·85,p=0·003).\nDeath occurred in 12/120\n(10%) patients with interferon and 20/120 (17%) with "
    "placebo.\nREGISTRATION: NCT09876543"
)


@pytest.fixture(scope="session")
def records() -> Sequence[Annotated]:
    """The sample abstracts, and one that is hard to hold."""
    sample = Path(__file__).parents[2] / "data" / "sample.nbib"
    hard = [
        Record(record_id="a/b:ß", abstract=HARD),
        Record(record_id="A?B ß", abstract="No findings."),
    ]
    return [annotated(report) for report in extract([*hard, *read_records(sample)])]
