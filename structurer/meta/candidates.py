"""Every estimate of the tables that can be pooled, and every one that cannot, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp
from typing import TYPE_CHECKING, Any

from structurer.meta.estimates import ErrorSource, Estimate, LeftOut
from structurer.meta.follow_up import days_of
from structurer.meta.standard_error import standard_error
from structurer.meta.study_labels import Study, study_labels
from structurer.meta.two_arms import TwoArms, two_arms
from structurer.meta.wording import is_adjusted, is_primary, is_subgroup, population_of
from structurer.schema import EffectMeasure, TrialReport
from structurer.tables.standard_errors import DIFFERENCES, RATIOS, normal_quantile

if TYPE_CHECKING:
    import pandas as pd

_COMPARING = frozenset({*RATIOS, *DIFFERENCES})
_Row = Mapping[str, Any]
_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What only the reports hold, not the tables: the primary outcome, adjustment, Bayesian intervals, short forms."""

    primary: frozenset[_Place] = frozenset()
    adjusted: Mapping[_Place, bool] = field(default_factory=dict)
    credible: frozenset[_Place] = frozenset()
    abbreviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of_reports(cls, reports: Iterable[TrialReport]) -> Printed:
        """All of it from `reports`."""
        reports = list(reports)
        effects = [
            ((report.record.record_id, effect.start, effect.end), effect)
            for report in reports
            for effect in report.effects
        ]
        return cls(
            frozenset(place for place, effect in effects if effect.primary),
            {place: effect.adjusted for place, effect in effects if effect.adjusted is not None},
            frozenset(place for place, effect in effects if effect.interval and effect.interval.credible),
            {report.record.record_id: report.abbreviations for report in reports},
        )


def find_estimates(
    frames: Mapping[str, pd.DataFrame], printed: Printed | None = None
) -> tuple[list[Estimate], list[LeftOut]]:
    """The estimates between two groups in `frames` (as `to_tables` makes them, reviewed or not).

    A printed estimate has its standard error from its interval at the interval's own level, else from its exact
    p-value; what two arms' values give is an estimate of its own. One group's means and proportions are none.
    """
    return _Finder(frames, printed or Printed()).found()


class _Finder:
    def __init__(self, frames: Mapping[str, pd.DataFrame], printed: Printed) -> None:
        self._printed = printed
        self._rows = plain_rows(frames["results"])
        studies = plain_rows(frames["studies"])
        self._years = {row["record_id"]: row["year"] for row in studies}
        self._labels = study_labels(Study(row["record_id"], row["title"], row["year"]) for row in studies)
        self._trials = {row["record_id"]: str(row["registry_ids"] or row["record_id"]) for row in studies}
        self._arms, self._refused = two_arms(plain_rows(frames["contrasts"]), self._rows)
        self._sentences = {(row["record_id"], row["start"], row["end"]): row["sentence"] for row in self._rows}

    def found(self) -> tuple[list[Estimate], list[LeftOut]]:
        estimates: list[Estimate] = []
        others = [left_out(row, self._label(row), reason) for row, reason in self._refused]
        for row in self._rows:
            if row["kind"] != "effect" or row["measure"] not in _COMPARING:
                continue
            made = self._of_effect(row)
            if isinstance(made, Estimate):
                estimates.append(made)
            else:
                others.append(left_out(row, self._label(row), made))
        estimates += [self._of_arms(arms) for arms in self._arms]
        return estimates, others

    def _label(self, row: _Row) -> str:
        return self._labels.get(row["record_id"], row["record_id"])

    def _of_effect(self, row: _Row) -> Estimate | str:
        error = standard_error(row)
        if isinstance(error, str):
            return error
        place = (row["record_id"], row["start"], row["end"])
        notes = list(error.notes)
        if place in self._printed.credible:
            notes.append("Bayesian interval")
        if row["corrected"]:
            notes.append("corrected by the reviewer")
        sentence, quote = row["sentence"] or "", row["quote"] or ""
        adjusted = self._printed.adjusted.get(place)
        return self._estimate(
            row,
            sentence,
            quote,
            primary=place in self._printed.primary or is_primary(sentence),
            adjusted=is_adjusted(sentence, quote) if adjusted is None else adjusted,
            ci_level=row["ci_level"],
            unit=error.unit,
            yi=error.yi,
            sei=error.sei,
            source=error.source,
            handbook=error.handbook,
            arms=next((arms.values for arms in self._arms if arms.prints(row)), None),
            notes=tuple(notes),
            flags=row["flags"],
            confidence=row["confidence"] or 0.0,
        )

    def _of_arms(self, arms: TwoArms) -> Estimate:
        row = arms.row
        sentence = self._sentences.get((row["record_id"], row["start_1"], row["end_1"]), "") or ""
        half = normal_quantile(Decimal(95)) * arms.sei
        scaled = [arms.yi, arms.yi - half, arms.yi + half]
        point, low, high = (exp(value) for value in scaled) if row["measure"] in RATIOS else scaled
        return self._estimate(
            {**row, "estimate": point, "ci_low": low, "ci_high": high, "start": row["start_1"]},
            sentence,
            row["quote_1"] or "",
            shown=f"{row['quote_1']} | {row['quote_2']}",
            primary=is_primary(sentence),
            adjusted=False,
            ci_level=95.0,
            unit=arms.unit,
            yi=arms.yi,
            sei=arms.sei,
            source=ErrorSource.ARMS,
            handbook=arms.handbook,
            arms=arms.values,
            notes=arms.notes,
            flags=None,
            confidence=0.0,
        )

    def _estimate(self, row: _Row, sentence: str, quote: str, *, shown: str | None = None, **cells: Any) -> Estimate:
        key, outcome = row["record_id"], row["outcome"]
        short = self._printed.abbreviations.get(key, {})
        return Estimate(
            record_id=key,
            pmid=row["pmid"],
            study=self._label(row),
            trial=self._trials.get(str(key), str(key)),
            year=self._years.get(key),
            outcome=outcome,
            outcome_in_full=short.get(outcome, outcome) if outcome else None,
            timepoint=row["timepoint"],
            days=days_of(row["timepoint"]) if row["timepoint"] else None,
            intervention=row["intervention"],
            comparator=row["comparator"],
            measure=str(EffectMeasure(row["measure"])),
            estimate=row["estimate"],
            ci_low=row["ci_low"],
            ci_high=row["ci_high"],
            population=population_of(sentence, quote),
            subgroup=is_subgroup(sentence, quote),
            quote=shown or quote,
            start=row["start"],
            **cells,
        )


def left_out(row: _Row, study: str | None, reason: str) -> LeftOut:
    """The entry of a row of the results or the contrasts that is not pooled."""
    return LeftOut(
        record_id=row["record_id"],
        study=study,
        outcome=row["outcome"],
        timepoint=row["timepoint"],
        intervention=row["intervention"],
        comparator=row["comparator"],
        measure=row["measure"],
        estimate=row["estimate"],
        quote=row.get("quote") or f"{row.get('quote_1')} | {row.get('quote_2')}",
        reason=reason,
    )


def plain_rows(frame: pd.DataFrame) -> Sequence[_Row]:
    """The rows as dicts of plain values, an empty cell as None."""
    import pandas as pd

    found: list[dict[str, Any]] = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in found]
