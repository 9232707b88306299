"""From an earlier output to the estimates of one meta-analysis: reviewed where it was, one a study and outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from structurer.exports.reading_back import Output
from structurer.meta.candidates import Printed, find_estimates, left_out, plain_rows
from structurer.meta.choice import Choice, choose
from structurer.meta.estimates import LeftOut

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
    frames, rejected = _reviewed(output.frames)
    estimates, refused = find_estimates(frames, printed)
    choice = choose(estimates, outcome=outcome, measure=measure, timepoint=timepoint, unit=unit)
    return Choice(choice.chosen, [*rejected, *refused, *choice.left_out])


def _reviewed(frames: Mapping[str, pd.DataFrame]) -> tuple[Mapping[str, pd.DataFrame], list[LeftOut]]:
    """`frames` with the results as the review settles them, and the effects that it does not let stand."""
    results = frames["results"]
    if not results[["verdict", "corrected"]].notna().any(axis=None):
        return frames, []
    from structurer.exports.row_identity import row_keys
    from structurer.review.settled import settle

    settled = settle(frames)
    rows = dict(zip(row_keys(results), plain_rows(results), strict=True))
    rejected = [
        left_out(rows[left.key], None, f"by the review: {left.reason}")
        for left in settled.left_out
        if rows[left.key]["kind"] == "effect"
    ]
    return {**frames, "results": settled.results}, rejected
