"""What the commands for meta-analysis share: their options, and what they say of the choice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.terminal import tell

if TYPE_CHECKING:
    from structurer.meta.choice import Choice

OutcomeOption = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="Only outcomes with these words (a regular expression); all count as one."),
]
MeasureOption = Annotated[str | None, typer.Option(metavar="CODE", help="Only this measure: HR, RR, OR, RD, MD, ...")]
TimepointOption = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Only time points with these words; else the longest is taken.")
]
UnitOption = Annotated[str | None, typer.Option(help="Only estimates in this unit, as mmol/L.")]


def chosen(source: str, outcome: str | None, measure: str | None, timepoint: str | None, unit: str | None) -> Choice:
    """The choice among the estimates of the output `source`; its problems are told on standard error."""
    from structurer.exports.reading_back import read_output
    from structurer.meta.choice import MEASURES
    from structurer.meta.selection import select

    if measure is not None and measure.upper() not in MEASURES:
        raise typer.BadParameter(f"no such measure: {measure}; use {', '.join(MEASURES)}", param_hint="--measure")
    patterns = (_pattern(outcome, "--outcome"), _pattern(timepoint, "--timepoint"))
    output = read_output(source)
    for problem in output.problems:
        tell(str(problem))
    return select(output, outcome=patterns[0], measure=measure and measure.upper(), timepoint=patterns[1], unit=unit)


def tell_left_out(choice: Choice) -> None:
    """Say how many estimates were left out, for each reason."""
    reasons = Counter(left.reason.partition(":")[0] for left in choice.left_out)
    for reason, often in reasons.most_common():
        tell(f"{often} left out: {reason}")


def check_files(source: str, output: str) -> None:
    """Refuse, as a wrong call, an input that is not there, a folder that is not, and an output that is the input."""
    if not Path(source).is_file():
        raise typer.BadParameter(f"no such file: {source}", param_hint="OUT")
    target = Path(output)
    if not target.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {target.parent}", param_hint="--output")
    if target.exists() and target.samefile(source):
        raise typer.BadParameter(f"would replace the input: {output}", param_hint="--output")


def _pattern(text: str | None, option: str) -> re.Pattern[str] | None:
    if text is None:
        return None
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise typer.BadParameter(f"no regular expression: {text} ({error})", param_hint=option) from error
