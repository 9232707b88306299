"""structurer bench: how fast the package reads, against spaCy's tokenizer and whatever else is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.terminal import failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.schema import Record

# Formats of records that the sample folder holds and that a bench reads from a folder.
_FROM_A_FOLDER = "*.csv"


def bench(
    texts: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Records to read, in any format of `extract`; of a folder, its CSV files."),
    ] = Path("data"),
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="MODULE:NAME", help="A rival: any callable that takes one text; may be repeated."),
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, help="Passes over the texts.")] = 5,
    limit: Annotated[int, typer.Option(min=1, help="Take no more than this many abstracts.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
) -> None:
    """Time reading against spaCy's blank tokenizer, stage by stage, on the same texts.

    Exit status: 0; 1 where a contender could not be run; 2 for a wrong command line.
    """
    with failing_in_one_line():
        from structurer.benchmark import report, stages, start_up, timing
        from structurer.benchmark.contenders import FLOOR, OURS, contender

        records = _records(texts, limit)
        for name in against or ():
            try:
                contender(name)
            except (ValueError, ImportError, AttributeError) as error:
                raise typer.BadParameter(str(error), param_hint="--against") from error
        measured = []
        for one in timing.measure([FLOOR, *OURS, *(against or ())], records, repeats):
            tell(f"{one.name}: {one.per_second:.0f} abstracts/s")
            measured.append(one)
        spent = stages.time_stages(records, repeats)
        started = start_up.time_start_up(repeats)
        if as_json:
            typer.echo(json.dumps(report.as_json(measured, spent, started, len(records), repeats), indent=2))
        else:
            mean = sum(len(record.abstract or "") for record in records) / len(records)
            typer.echo(f"{len(records)} abstracts of {mean:,.0f} characters, {repeats} repeats, processor time")
            typer.echo(report.as_table(measured, spent, started))


def _records(texts: Path, limit: int) -> list[Record]:
    from structurer.readers import read_records

    files = sorted(texts.glob(_FROM_A_FOLDER)) if texts.is_dir() else [texts]
    if not files or not files[0].exists():
        raise typer.BadParameter(f"no such file, or no CSV file in it: {texts}", param_hint="--texts")
    found = []
    for file in files:
        for record in read_records(file, problems=[]):
            if record.abstract and record.abstract.strip():
                found.append(record)
            if len(found) == limit:
                return found
    if not found:
        raise typer.BadParameter(f"no abstract in it: {texts}", param_hint="--texts")
    return found
