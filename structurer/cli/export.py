"""structurer export: an earlier output -> the layout of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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

_LAYOUTS = ("metafor", "meta", "stata", "revman-data-rows")
# What the name of an annotation tool's output ends with; brat has a folder.
_ANNOTATIONS = {"brat": "", "doccano": ".jsonl", "label-studio": ".json", "prodigy": ".jsonl", "docbin": ".spacy"}


def export(
    source: Annotated[str, typer.Argument(metavar="OUT", help="What extract wrote: .jsonl, .xlsx, .csv or .parquet.")],
    program: Annotated[
        str, typer.Option("--for", metavar="PROGRAM", help=f"One of {', '.join((*_LAYOUTS, *_ANNOTATIONS))}.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file (or folder) to write.")],
    outcome: OutcomeOption = None,
    measure: MeasureOption = None,
    timepoint: TimepointOption = None,
    unit: UnitOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and summary.")] = False,
) -> None:
    """Write an output in the layout of another program.

    For annotation tools (brat, doccano, label-studio, prodigy, docbin): every span with its role, and their relations.

    For meta-analysis (metafor, meta, stata, revman-data-rows): one estimate a study and outcome, the others beside it
    in FILE.left_out.csv with the reason. Reviewed tables are taken as the reviewer left them.

    Exit status: 0; 1 where nothing could be written, or a part of it; 2 for a wrong command line.
    """
    if program not in (*_LAYOUTS, *_ANNOTATIONS):
        known = ", ".join((*_LAYOUTS, *_ANNOTATIONS))
        raise typer.BadParameter(f"no such program: {program}; use {known}", param_hint="--for")
    check_files(source, output)
    given = Path(output).suffix.lower()
    wanted = _ANNOTATIONS.get(program, ".csv")
    if wanted and given != wanted:
        raise typer.BadParameter(f"{program} reads a {wanted} file, not {output}", param_hint="--output")
    if program in _ANNOTATIONS:
        if any((outcome, measure, timepoint, unit)):
            raise typer.BadParameter(f"{program} gets all spans; --outcome and the like choose estimates to pool")
        _annotate(source, program, output, quiet=quiet)
        return
    with failing_in_one_line():
        from structurer.meta.choice import doubts
        from structurer.meta.layout_files import write_layout
        from structurer.meta.layouts import Layout

        choice = chosen(source, outcome, measure, timepoint, unit)
        beside = write_layout(choice, Layout(program), output)
        if not choice.chosen:
            tell(f"no estimate to pool; {beside} says why")
            raise typer.Exit(1)
        if not quiet:
            for doubt in doubts(choice.chosen, merged=outcome is not None):
                tell(doubt)
            tell_left_out(choice)
            tell(f"{len(choice.chosen)} estimates in {output}; {len(choice.left_out)} left out, listed in {beside}")


def _annotate(source: str, program: str, output: str, *, quiet: bool) -> None:
    if Path(source).suffix.lower() not in (".jsonl", ".ndjson"):
        raise typer.BadParameter("spans need the abstracts, which only a .jsonl output holds", param_hint="OUT")
    with failing_in_one_line():
        import structurer
        from structurer.annotation.spans import annotated
        from structurer.exports.report_lines import read_reports

        records = (annotated(report) for report in read_reports(source) if report.record.abstract)
        if program == "brat":
            from structurer.annotation.brat import write_brat

            written = write_brat(records, output)
        elif program == "docbin":
            from structurer.annotation.docbin import write_docbin

            written = write_docbin(records, output)
        elif program == "label-studio":
            from structurer.annotation.lines import write_label_studio

            written = write_label_studio(records, output, f"structurer {structurer.__version__}")
        else:
            from structurer.annotation.lines import write_doccano, write_prodigy

            written = (write_doccano if program == "doccano" else write_prodigy)(records, output)
        if not quiet:
            tell(f"{written} abstracts with their spans in {output}")
