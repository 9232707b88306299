"""The files that programs for meta-analysis read: their columns, in their words.

metafor: `rma(yi, sei = sei, slab = slab)`, `escalc(ai =, n1i =, ci =, n2i =)`, `escalc(m1i =, sd1i =, n1i =, ...)`.
R meta: `metagen(TE, seTE, studlab, sm)`, `metabin(event.e, n.e, event.c, n.c)`, `metacont(n.e, mean.e, sd.e, ...)`.
Stata: `meta set es se`, `meta set es cil ciu`, `meta esize n1 mean1 sd1 n2 mean2 sd2`, `meta esize n11 n12 n21 n22`.
RevMan: the names that its data package has in "...-data-rows.csv"; a naming model, and no import that it promises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from math import exp
from typing import TYPE_CHECKING, Any

from structurer.meta.distributions import normal_quantile
from structurer.meta.estimates import Estimate, TwoByTwo, TwoMeans
from structurer.tables.standard_errors import RATIOS

if TYPE_CHECKING:
    import pandas as pd

_Z95 = normal_quantile(95)
# R's meta has no name of its own for a ratio that is none of these.
_SUMMARY = {"RATIO": "ROM", "IRR": "IRR"}


class Layout(StrEnum):
    """Whose columns a file has."""

    METAFOR = "metafor"
    META = "meta"
    STATA = "stata"
    REVMAN = "revman-data-rows"


def layout_frame(estimates: Sequence[Estimate], layout: Layout) -> pd.DataFrame:
    """One row an estimate, with the columns that `layout` reads first and what the estimate is from behind them.

    A cell that an estimate does not fill is missing. RevMan's rows have its columns only, the source in Footnotes.
    """
    import pandas as pd

    made = [_ROWS[layout](estimate) for estimate in estimates]
    if layout is not Layout.REVMAN:
        made = [{**row, **_source(estimate)} for row, estimate in zip(made, estimates, strict=True)]
    names = list(made[0]) if made else []
    return pd.DataFrame({name: pd.array([row[name] for row in made], dtype=_dtype(made, name)) for name in names})


def _dtype(rows: Sequence[Mapping[str, Any]], name: str) -> Any:
    kinds = {type(row[name]) for row in rows if row[name] is not None}
    if kinds <= {int} and kinds:
        return "Int64"
    return "Float64" if kinds and kinds <= {int, float} else "str"


def _counts(estimate: Estimate) -> tuple[int | None, int | None, int | None, int | None]:
    arms = estimate.arms
    return (arms.events1, arms.n1, arms.events2, arms.n2) if isinstance(arms, TwoByTwo) else (None,) * 4


def _means(estimate: Estimate) -> tuple[float | None, float | None, float | None, float | None]:
    arms = estimate.arms
    return (arms.mean1, arms.sd1, arms.mean2, arms.sd2) if isinstance(arms, TwoMeans) else (None,) * 4


def _sizes(estimate: Estimate) -> tuple[int | None, int | None]:
    return (estimate.arms.n1, estimate.arms.n2) if estimate.arms else (None, None)


def _limits(estimate: Estimate) -> tuple[float, float]:
    """The 95% limits on the scale of pooling, from the standard error."""
    return estimate.yi - _Z95 * estimate.sei, estimate.yi + _Z95 * estimate.sei


def _metafor(estimate: Estimate) -> dict[str, Any]:
    events1, _, events2, _ = _counts(estimate)
    mean1, sd1, mean2, sd2 = _means(estimate)
    n1, n2 = _sizes(estimate)
    return {
        "slab": estimate.study,
        "year": estimate.year,
        "measure": estimate.measure,
        "yi": estimate.yi,
        "sei": estimate.sei,
        "vi": estimate.sei**2,
        "ai": events1,
        "n1i": n1,
        "ci": events2,
        "n2i": n2,
        "m1i": mean1,
        "sd1i": sd1,
        "m2i": mean2,
        "sd2i": sd2,
    }


def _meta(estimate: Estimate) -> dict[str, Any]:
    events1, _, events2, _ = _counts(estimate)
    mean1, sd1, mean2, sd2 = _means(estimate)
    n1, n2 = _sizes(estimate)
    low, high = _limits(estimate)
    return {
        "studlab": estimate.study,
        "year": estimate.year,
        "sm": _SUMMARY.get(estimate.measure, estimate.measure),
        "TE": estimate.yi,
        "seTE": estimate.sei,
        "lower": low,
        "upper": high,
        "event.e": events1,
        "n.e": n1,
        "event.c": events2,
        "n.c": n2,
        "mean.e": mean1,
        "sd.e": sd1,
        "mean.c": mean2,
        "sd.c": sd2,
    }


def _stata(estimate: Estimate) -> dict[str, Any]:
    events1, of1, events2, of2 = _counts(estimate)
    mean1, sd1, mean2, sd2 = _means(estimate)
    n1, n2 = _sizes(estimate)
    low, high = _limits(estimate)
    return {
        "study": estimate.study,
        "year": estimate.year,
        "measure": estimate.measure,
        "es": estimate.yi,
        "se": estimate.sei,
        "cil": low,
        "ciu": high,
        "n11": events1,
        "n12": None if events1 is None or of1 is None else of1 - events1,
        "n21": events2,
        "n22": None if events2 is None or of2 is None else of2 - events2,
        "n1": n1,
        "mean1": mean1,
        "sd1": sd1,
        "n2": n2,
        "mean2": mean2,
        "sd2": sd2,
    }


def _revman(estimate: Estimate) -> dict[str, Any]:
    events1, _, events2, _ = _counts(estimate)
    mean1, sd1, mean2, sd2 = _means(estimate)
    n1, n2 = _sizes(estimate)
    low, high = _limits(estimate)
    shown = [exp(value) if estimate.measure in RATIOS else value for value in (estimate.yi, low, high)]
    return {
        "Analysis group": 1,
        "Analysis number": 1,
        "Analysis name": f"{estimate.outcome_in_full} ({estimate.measure})",
        "Subgroup": None,
        "Applicability": None,
        "Study": estimate.study,
        "Study year": estimate.year,
        "GIV Mean": estimate.yi,
        "GIV SE": estimate.sei,
        "Experimental mean": mean1,
        "Experimental SD": sd1,
        "Experimental cases": events1,
        "Experimental N": n1,
        "Control mean": mean2,
        "Control SD": sd2,
        "Control cases": events2,
        "Control N": n2,
        "O-E": None,
        "Variance": None,
        "Weight": None,
        "Mean": shown[0],
        "CI start": shown[1],
        "CI end": shown[2],
        "Footnotes": "; ".join(
            (
                f"SE from {estimate.source} (Handbook {estimate.handbook})",
                *estimate.notes,
                f"record {estimate.record_id}",
            )
        ),
    }


def _source(estimate: Estimate) -> dict[str, Any]:
    """What an analyst checks an estimate by; names that no program above takes for its own."""
    return {
        "record_id": estimate.record_id,
        "pmid": estimate.pmid,
        "outcome": estimate.outcome,
        "timepoint": estimate.timepoint,
        "intervention": estimate.intervention,
        "comparator": estimate.comparator,
        "printed_estimate": estimate.estimate,
        "printed_low": estimate.ci_low,
        "printed_high": estimate.ci_high,
        "printed_level": estimate.ci_level,
        "unit": estimate.unit,
        "se_from": str(estimate.source),
        "handbook": estimate.handbook,
        "note": "; ".join(estimate.notes) or None,
        "quote": estimate.quote,
    }


_ROWS: Mapping[Layout, Callable[[Estimate], dict[str, Any]]] = {
    Layout.METAFOR: _metafor,
    Layout.META: _meta,
    Layout.STATA: _stata,
    Layout.REVMAN: _revman,
}
