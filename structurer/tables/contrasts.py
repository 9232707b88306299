"""The rows of the contrasts table: what two arms' values give by arithmetic, beside what the text prints of the two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import exp

from structurer.checks.contrasts import Agreement, agreement
from structurer.contrasts import ComputedEffect, Contrast
from structurer.schema import EffectMeasure, TrialReport
from structurer.tables.columns import ContrastRow
from structurer.tables.standard_errors import RATIOS, normal_quantile

_LEVEL = Decimal(95)


def contrast_rows(report: TrialReport) -> Iterator[ContrastRow]:
    """One row for each effect computed from a contrast of `report`, and one for a contrast that gives none."""
    for contrast in report.contrasts:
        for effect in contrast.computed or (None,):
            yield _row(report, contrast, effect)


def _row(report: TrialReport, contrast: Contrast, effect: ComputedEffect | None) -> ContrastRow:
    first, second = (report.arm_values[i] for i in contrast.values)
    estimate, low, high = (None, None, None) if effect is None else _interval(effect)
    return ContrastRow(
        record_id=report.record.record_id,
        pmid=report.record.pmid,
        outcome=first.outcome.text if first.outcome else None,
        timepoint=first.timepoint.text if first.timepoint else None,
        intervention=first.arm,
        comparator=second.arm,
        measure=effect.measure if effect else None,
        estimate=estimate,
        ci_low=low,
        ci_high=high,
        yi=effect.yi if effect else None,
        sei=effect.sei if effect else None,
        source="computed" if effect else None,
        handbook=effect.handbook if effect else None,
        corrected="yes" if effect and effect.corrected else None,
        inputs=effect.inputs if effect else None,
        printed="; ".join(dict.fromkeys(report.effects[i].text for i in contrast.effects)) or None,
        agreement=_agreement(report, contrast, effect.measure) if effect else None,
        quote_1=first.text,
        start_1=first.start,
        end_1=first.end,
        quote_2=second.text,
        start_2=second.start,
        end_2=second.end,
    )


def _interval(effect: ComputedEffect) -> tuple[float, float, float]:
    """The computed effect with its limits, a ratio on its own scale."""
    half = normal_quantile(_LEVEL) * effect.sei
    points = (effect.yi, effect.yi - half, effect.yi + half)
    first, low, high = (exp(point) for point in points) if effect.measure in RATIOS else points
    return first, low, high


def _agreement(report: TrialReport, contrast: Contrast, measure: EffectMeasure) -> Agreement | None:
    found = {
        agreement(report, contrast, report.effects[i]) for i in contrast.effects if report.effects[i].measure is measure
    }
    return next((verdict for verdict in (Agreement.DISAGREES, Agreement.AGREES) if verdict in found), None)
