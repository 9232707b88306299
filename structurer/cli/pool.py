"""structurer pool: an earlier output -> a pooled estimate and its forest plot."""

from __future__ import annotations

from collections import Counter
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.choosing import (
    MeasureOption,
    OutcomeOption,
    TimepointOption,
    UnitOption,
    check_files,
    chosen,
    tell_left_out,
)
from structurer.cli.terminal import failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.meta.pooling import Pooled

_METHODS = ("REML", "DL")


def pool(
    source: Annotated[str, typer.Argument(metavar="OUT", help="What extract wrote: .jsonl, .xlsx, .csv or .parquet.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="PICTURE", help="A forest plot: .svg or .png.")],
    outcome: OutcomeOption = None,
    measure: MeasureOption = None,
    timepoint: TimepointOption = None,
    unit: UnitOption = None,
    method: Annotated[str, typer.Option(help="Variance between studies: REML or DL (DerSimonian-Laird).")] = "REML",
    hartung_knapp: Annotated[
        bool, typer.Option("--hartung-knapp", help="Interval of random effects by Hartung and Knapp.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="Words above the picture.")] = None,
    favours: Annotated[
        tuple[str, str], typer.Option(metavar="LEFT RIGHT", help="Words on either side of no effect.")
    ] = ("Favours intervention", "Favours control"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes.")] = False,
) -> None:
    """Pool one estimate a study, by fixed and by random effects, print the figures and draw the forest plot.

    Exit status: 0; 1 where there is nothing to pool, or estimates that cannot be pooled; 2 for a wrong command line.
    """
    check_files(source, output)
    if method.upper() not in _METHODS:
        raise typer.BadParameter(f"no such method: {method}; use {' or '.join(_METHODS)}", param_hint="--method")
    if Path(output).suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"no picture: {output}; use .svg or .png", param_hint="--output")
    with failing_in_one_line():
        from structurer.meta.choice import doubts, hindrances
        from structurer.meta.forest_plot import ForestPlot, draw_forest_plot
        from structurer.meta.pooling import Method
        from structurer.meta.pooling import pool as pooled_of
        from structurer.tables.standard_errors import RATIOS

        choice = chosen(source, outcome, measure, timepoint, unit)
        against = hindrances(choice.chosen)
        if not quiet:
            for doubt in doubts(choice.chosen, merged=outcome is not None):
                if doubt not in against:
                    tell(doubt)
            tell_left_out(choice)
        for reason in against:
            tell(reason)
        if against:
            raise typer.Exit(1)
        estimates = choice.chosen
        yi, sei = [found.yi for found in estimates], [found.sei for found in estimates]
        fixed = pooled_of(yi, sei, Method.FIXED)
        random = pooled_of(yi, sei, Method(method.upper()), hartung_knapp=hartung_knapp)
        names = Counter((found.outcome_in_full or "").lower() for found in estimates)
        shown = title or names.most_common(1)[0][0].capitalize()
        draw_forest_plot(
            ForestPlot(estimates=estimates, fixed=fixed, random=random, title=shown, favours=favours), output
        )
        for line in _lines(fixed, random, estimates[0].measure, is_ratio=estimates[0].measure in RATIOS):
            typer.echo(line)


def _lines(fixed: Pooled, random: Pooled, measure: str, *, is_ratio: bool) -> list[str]:
    def shown(value: float) -> str:
        return f"{exp(value) if is_ratio else value:.4f}"

    lines = []
    for name, found in (("fixed effect", fixed), (f"random effects ({random.method})", random)):
        lines.append(
            f"{name}: {measure} {shown(found.estimate)} (95% CI {shown(found.low)} to {shown(found.high)}), "
            f"estimate {found.estimate:.6f}, se {found.se:.6f}, p {found.p:.4g}, {found.k} studies"
        )
    lines.append(
        f"heterogeneity: tau2 {random.tau2:.6f}, I2 {random.i2:.4f}%, "
        f"Q {random.q:.6f} (df {random.q_df}, p {random.q_p:.4g})"
    )
    if random.predicted is not None:
        low, high = (shown(value) for value in random.predicted)
        lines.append(f"95% prediction interval: {low} to {high}")
    return lines
