"""structurer compare: an output beside a second reader's own spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from structurer.cli.terminal import failing_in_one_line, tell

_WRITTEN = (".xlsx", ".csv", ".tsv")
_MOST_SHOWN = 12


def compare(
    source: Annotated[str, typer.Argument(metavar="OUT", help="What extract wrote: .jsonl, .xlsx, .csv or .parquet.")],
    theirs: Annotated[str, typer.Argument(metavar="MINE", help="The other table: .xlsx, .ods, .csv, .tsv.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write all of it: .xlsx, .csv or .tsv.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="OURS=THEIRS", help="Their column of ours, as estimate=Effect; may be repeated."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no list of differences.")] = False,
) -> None:
    """Line up a second reader's table with ours: agreements, disagreements, what only one has, agreement and kappa.

    Exit status: 0, also where cells differ; 1 where a file cannot be read or written; 2 for a wrong command line.
    """
    for name in (source, theirs):
        if not Path(name).is_file():
            raise typer.BadParameter(f"no such file: {name}")
    if output is not None:
        _check_output(output, source, theirs)
    columns = _columns(mapping or [])
    with failing_in_one_line():
        from structurer.comparison.findings import Found
        from structurer.comparison.findings import compare as compared
        from structurer.comparison.ours import our_records
        from structurer.comparison.sheet import read_sheet
        from structurer.comparison.tables import comparison_frames, summary_lines, write_comparison
        from structurer.exports.reading_back import read_output

        sheet = read_sheet(theirs, columns)
        earlier = read_output(source)
        for problem in earlier.problems:
            tell(str(problem))
        comparison = compared(our_records(earlier), sheet)
        if output is not None:
            write_comparison(comparison_frames(comparison, sheet), output)
        if not comparison.records:
            tell("no row of theirs is of a record of ours: name their column of the id with --map pmid=COLUMN")
        for line in summary_lines(comparison):
            typer.echo(line)
        if not comparison.records:
            raise typer.Exit(1)
        if quiet:
            return
        differing = [cell for cell in comparison.cells if cell.found in (Found.DISAGREE, Found.UNREAD)]
        if differing:
            typer.echo("")
        for cell in differing[:_MOST_SHOWN]:
            note = f" ({cell.note})" if cell.note else ""
            typer.echo(
                f"{cell.record_id}, line {cell.their_line}, {cell.column}: "
                f"ours {cell.ours or 'empty'}, theirs {cell.theirs}{note}"
            )
            if cell.sentence:
                typer.echo(f"    {' '.join(cell.sentence.split())}")
        if len(differing) > _MOST_SHOWN:
            rest = f"{len(differing) - _MOST_SHOWN} further differences"
            typer.echo(f"{rest} in {output}" if output else f"{rest}: write them all with -o FILE.xlsx")
        for note in sheet.notes:
            tell(note)


def _check_output(output: str, source: str, theirs: str) -> None:
    target = Path(output)
    if target.suffix.lower() not in _WRITTEN:
        raise typer.BadParameter(f"no table: {output}; use {', '.join(_WRITTEN)}", param_hint="--output")
    if not target.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {target.parent}", param_hint="--output")
    if target.exists() and any(target.samefile(name) for name in (source, theirs)):
        raise typer.BadParameter(f"would replace an input: {output}", param_hint="--output")


def _columns(mapping: list[str]) -> dict[str, str]:
    from structurer.comparison.column_names import FIELDS

    columns = {}
    for pair in mapping:
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise typer.BadParameter(f"not OURS=THEIRS: {pair}", param_hint="--map")
        if name not in FIELDS:
            raise typer.BadParameter(f"no such column: {name}; use {', '.join(FIELDS)}", param_hint="--map")
        columns[name] = column
    return columns
