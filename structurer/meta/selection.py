"""From an earlier output to the estimates of one meta-analysis: reviewed where it was, one a study and outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from structurer.exports.reading_back import Output
from structurer.meta.candidates import Printed, find_estimates
from structurer.meta.choice import Choice, choose

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def select(
    output: Output,
    *,
    outcome: re.Pattern[str] | None = None,
    measure: str | None = None,
    timepoint: re.Pattern[str] | None = None,
    unit: str | None = None,
) -> Choice:
    """The one estimate of each study and outcome of `output` that can be pooled, and the others with the reason.

    Where reviewers wrote verdicts into the output, rejected rows are left out and corrections are taken over.
    """
    printed = Printed.of_reports(output.reports) if output.reports is not None else None
    estimates, refused = find_estimates(_reviewed(output.frames), printed)
    choice = choose(estimates, outcome=outcome, measure=measure, timepoint=timepoint, unit=unit)
    return Choice(choice.chosen, [*refused, *choice.left_out])


def _reviewed(frames: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    results = frames["results"]
    if not results[["verdict", "corrected"]].notna().any(axis=None):
        return frames
    from structurer.review.apply import settled

    return {**frames, "results": settled(frames)}
