"""Frames of one report, with cells that a spreadsheet or a file format could spoil."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from structurer.schema import ArmValue, ArmValueKind, Phrase, TrialReport
from structurer.tables.frames import to_tables

# Texts that spreadsheets run, cut, or choke on.
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2.3 (SD 1)",
    "@SUM(A1)",
    "\t=1+1",
    "=",
    "-2.3",
    "https://example.org/" + "x" * 3000,
    "<r>not ready-made</r>",
    "x" * 40_000,
    "bell \x07, half a pair \ud835, no character \uffff",
    "two\nlines, and a \u2028 third",
)


@pytest.fixture
def frames(report: TrialReport) -> dict[str, pd.DataFrame]:
    """The tables of one report."""
    return to_tables([report])


@pytest.fixture
def hostile(report: TrialReport) -> TrialReport:
    """A report whose outcomes and arms are the hostile texts."""
    values = tuple(
        ArmValue(
            start=0,
            end=7,
            text="METHODS",
            rule="by-hand",
            kind=ArmValueKind.EVENTS,
            events=3,
            outcome=Phrase(text, 0, 7),
            arm=text,
        )
        for text in HOSTILE
    )
    return replace(report, effects=(), arm_values=values, flags=())
