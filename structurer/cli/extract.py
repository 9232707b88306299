"""structurer extract: files of search results -> a table of trial results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.folders import extract_to_folder, is_for_a_folder
from structurer.cli.report import PAGES, is_page, write_intake
from structurer.cli.terminal import STREAM, counting, failing_in_one_line, standard_output, tell

if TYPE_CHECKING:
    from structurer.cli.earlier import Earlier
    from structurer.scale.accounts import Tally
    from structurer.scale.intake import Intake
    from structurer.schema import Record, TrialReport

_JSONL = (".jsonl", ".ndjson")


def extract(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Files of records, folders of them, or - for standard input.")
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A file: .jsonl, .xlsx, .csv, .tsv, .parquet, .duckdb or .html; - for JSON Lines on standard output; "
            "or a folder for a part for each input file, which goes on where such a run was stopped.",
        ),
    ] = STREAM,
    file_format: Annotated[
        str | None, typer.Option("--format", help="Format of the input, where its content does not tell.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="The input's column of a field, as abstract=Summary."),
    ] = None,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Extract every record, also one that repeats an earlier one.")
    ] = False,
    trials_only: Annotated[
        bool, typer.Option("--trials-only", help="Leave out what is hardly a trial's report, before it is read.")
    ] = False,
    left_out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --trials-only, list what was left out, and why (TSV).")
    ] = None,
    merge: Annotated[
        Path | None,
        typer.Option(
            metavar="OLD",
            help="Keep what reviewers wrote into this workbook or .csv of an earlier run; it may be OUT itself.",
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="For a .jsonl: keep what is finished beside OUT, and go on from there where such a run was stopped.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Read with this many processes; the output is the same.")] = 1,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Into a folder, by a Dask cluster: tcp://HOST:PORT, local or local:N."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes and summary.")] = False,
) -> None:
    """Extract sections, participants, effects with intervals, p-values and registry IDs from abstracts.

    A record with the PMID, DOI or text of an earlier one is left out, and listed among the problems.

    Exit status: 0; 1 where anything was lost (the rest is written); 2 for a wrong command line.
    """
    to_folder = is_for_a_folder(inputs, output, dask)
    _check_usage(inputs, output, file_format, to_folder=to_folder)
    if left_out and (resume or to_folder or not trials_only):
        reason = "goes with --trials-only and one output file, and not with --resume"
        raise typer.BadParameter(reason, param_hint="--left-out")
    columns = _columns(mapping or [])
    if to_folder:
        if merge:
            raise typer.BadParameter("goes with one output file", param_hint="--merge")
        with failing_in_one_line():
            extract_to_folder(
                inputs,
                output,
                file_format=file_format,
                columns=columns,
                keep_duplicates=keep_duplicates,
                trials_only=trials_only,
                jobs=jobs,
                dask=dask,
                quiet=quiet,
            )
        return
    if resume:
        _check_resumable(inputs, output)
    if merge:
        _check_merge(merge, output)
    with failing_in_one_line(), ExitStack() as listing:
        from structurer.scale.accounts import Tally, balance
        from structurer.scale.intake import Intake

        intake = Intake(
            inputs,
            file_format,
            columns,
            keep_place=_is_jsonl(output) or is_page(output),
            keep_duplicates=keep_duplicates,
            trials_only=trials_only,
        )
        if left_out:
            from structurer.exports.left_out import listing_left_out

            intake.left_out = listing.enter_context(listing_left_out(left_out))
        tally = Tally()
        if resume:
            _write_on(intake, tally, output, jobs=jobs, quiet=quiet)
        else:
            earlier = None
            if merge:
                # pandas, which a run to JSON Lines does without.
                from structurer.cli.earlier import read_earlier

                earlier = read_earlier(merge, quiet=quiet)
            _write(_reports(intake.records(), intake, tally, jobs=jobs, quiet=quiet), intake, output, earlier)
    for problem in intake.lost if quiet else intake.problems:
        tell(str(problem))
    for failure in tally.failures:
        tell(failure)
    account, balanced = balance(tally, intake)
    if not quiet or not balanced:
        tell(account)
    if intake.lost or tally.failures or not balanced:
        raise typer.Exit(1)


def _reports(
    records: Iterator[Record], intake: Intake, tally: Tally, *, jobs: int, quiet: bool
) -> Iterator[TrialReport]:
    from structurer.scale.jobs import extract_parallel

    reports = intake.with_errors(extract_parallel(records, jobs))
    return tally.counted(counting(reports, quiet=quiet))


def _write_on(intake: Intake, tally: Tally, output: str, *, jobs: int, quiet: bool) -> None:
    """Write the lines that are not there yet from a run that was stopped."""
    import structurer
    from structurer.exports.journal import Journal
    from structurer.exports.jsonl import write_jsonl

    stats = [(name, Path(name).stat()) for name in intake.inputs]
    files = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    options = (intake.file_format, sorted((intake.columns or {}).items()), intake.keep_duplicates, intake.trials_only)
    journal = Journal(output, repr((structurer.__version__, files, options)))
    records = intake.records()
    for line in journal.finished():
        tally.count_written(next(records), line)
    with journal as stream:
        write_jsonl(_reports(records, intake, tally, jobs=jobs, quiet=quiet), stream)


def _check_resumable(inputs: list[str], output: str) -> None:
    if output == STREAM or not _is_jsonl(output):
        raise typer.BadParameter("only a run into a .jsonl file can go on", param_hint="--resume")
    if STREAM in inputs:
        raise typer.BadParameter("standard input cannot be read again", param_hint="--resume")


def _check_merge(merge: Path, output: str) -> None:
    if output == STREAM or _is_jsonl(output):
        raise typer.BadParameter("verdicts stand in tables: write to .xlsx or .csv", param_hint="--merge")
    if not merge.is_file():
        reason = "is a folder" if merge.is_dir() else "no such file"
        raise typer.BadParameter(f"{reason}: {merge}", param_hint="--merge")


def _is_jsonl(output: str) -> bool:
    return output == STREAM or Path(output).suffix.lower() in _JSONL


def _check_usage(inputs: list[str], output: str, file_format: str | None, *, to_folder: bool) -> None:
    from structurer.exports import TABLE_EXTENSIONS

    files = [Path(name) for name in inputs if name != STREAM]
    for file in files:
        if not file.exists():
            raise typer.BadParameter(f"no such file: {file}", param_hint="INPUT")
    if inputs.count(STREAM) > 1:
        raise typer.BadParameter("standard input can be read once", param_hint="INPUT")
    if file_format is not None:
        from structurer.readers import FORMATS

        if file_format not in FORMATS:
            raise typer.BadParameter(f"no such format: {file_format}; use {', '.join(FORMATS)}", param_hint="--format")
    if output == STREAM or to_folder:
        return
    target = Path(output)
    if not (_is_jsonl(output) or is_page(output)) and target.suffix.lower() not in TABLE_EXTENSIONS:
        known = ", ".join((_JSONL[0], *TABLE_EXTENSIONS, PAGES[0]))
        raise typer.BadParameter(f"no format has the extension {target.suffix!r}; use {known} or -", param_hint="OUT")
    if not target.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {target.parent}", param_hint="OUT")
    if target.exists() and any(file.samefile(target) for file in files):
        raise typer.BadParameter(f"would replace an input: {output}", param_hint="OUT")


def _columns(mapping: list[str]) -> dict[str, str]:
    columns = {}
    for pair in mapping:
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise typer.BadParameter(f"not FIELD=COLUMN: {pair}", param_hint="--map")
        columns[name] = column
    if columns:
        from structurer.readers.table import FIELDS

        for name in columns:
            if name not in FIELDS:
                raise typer.BadParameter(f"no such field: {name}; use {', '.join(FIELDS)}", param_hint="--map")
    return columns


def _write(reports: Iterator[TrialReport], intake: Intake, output: str, earlier: Earlier | None) -> None:
    from structurer.exports.jsonl import write_jsonl

    if output == STREAM:
        with standard_output() as stream:
            write_jsonl(reports, stream)
    elif _is_jsonl(output):
        write_jsonl(reports, output)
    elif is_page(output):
        write_intake(reports, intake, output)
    else:
        from datetime import date

        from structurer.exports import write_batches
        from structurer.tables.frames import tables_in_batches

        batches = tables_in_batches(reports, intake.problems)
        reviewed = earlier.merged_into(batches, output) if earlier else batches
        write_batches(reviewed, output, made_on=date.today())
