"""structurer review: check what was extracted, row by row, in a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from structurer.cli.terminal import failing_in_one_line, tell

_JSONL = (".jsonl", ".ndjson")


def review(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="A .jsonl of `extract`; or a file of records, which is extracted beside itself first.",
        ),
    ],
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the reviewed tables and serve nothing: .xlsx, .csv, .tsv, .jsonl, .parquet or .duckdb.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to serve on; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address and open no browser.")] = False,
    reviewer: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name under which verdicts are given; kept for the next time."),
    ] = None,
) -> None:
    """Serve a page on this machine where a person accepts, corrects or rejects every row, by keyboard or mouse.

    Verdicts are kept at once in OUT.review.sqlite; extracting anew keeps them. Only this machine's browser, by the
    printed address, can see the page. Ctrl-C ends it.

    Exit status: 0; 1 where the page cannot be served, or a line of OUT could not be read for the export; 2 for a wrong
    command line.
    """
    if not out.is_file():
        reason = "is a folder" if out.is_dir() else "no such file"
        raise typer.BadParameter(f"{reason}: {out}", param_hint="OUT")
    if is_table_of_ours(out):
        raise typer.BadParameter(
            f"{out} is a table that extract wrote, which a spreadsheet program opens; the page needs the .jsonl: "
            "extract the same records once more with -o NAME.jsonl",
            param_hint="OUT",
        )
    if export is not None:
        _check_export(export, out)
    with failing_in_one_line():
        if export is None:
            from structurer.web.serving import check_libraries

            check_libraries()
        project = out if is_extraction(out) else _extracted(out)
        database = project.with_name(f"{project.name}.review.sqlite")
        if reviewer is not None:
            from structurer.review.store import VerdictStore

            with VerdictStore(database) as store:
                store.reviewer = " ".join(reviewer.split())[:80]
        if export is None:
            from structurer.web.serving import serve

            serve(project, database, port=port, browser=not no_browser, announce=_announce)
        elif not _export(project, database, export):
            raise typer.Exit(1)


def _announce(address: str) -> None:
    # On standard output and sent at once: a program that starts the review reads it there.
    typer.echo(f"Review at {address}", err=False)
    tell("verdicts are kept as they are given; end with Ctrl-C")


def _check_export(export: Path, out: Path) -> None:
    from structurer.web.downloads import EXTENSIONS

    if export.suffix.lower() not in (*EXTENSIONS, ".ndjson"):
        known = ", ".join(EXTENSIONS)
        raise typer.BadParameter(f"no format has the extension {export.suffix!r}; use {known}", param_hint="--export")
    if not export.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {export.parent}", param_hint="--export")
    if export.exists() and export.samefile(out):
        raise typer.BadParameter(f"would replace what is reviewed: {export}", param_hint="--export")


def _export(project: Path, database: Path, export: Path) -> bool:
    """Write the reviewed tables; whether every line of `project` is in them."""
    from structurer.review.store import VerdictStore
    from structurer.web.downloads import write_reviewed
    from structurer.web.index import ReportIndex
    from structurer.web.queue import progress

    with VerdictStore(database) as store:
        index = ReportIndex(project, store)
        for _ in index.refresh():
            pass
        write_reviewed(index, store, export)
        problems = index.problems()
        for problem in problems:
            tell(str(problem))
        done = progress(store)
    tell(f"{done.decided} of {done.rows} rows decided, {done.done} of {done.records} records done; written to {export}")
    return not problems


def is_table_of_ours(file: Path) -> bool:
    """Whether `file` is a workbook or another table of results that `extract` wrote."""
    from structurer.errors import StructurerError
    from structurer.exports.reading_back import LINES, READ_BACK, read_output

    if file.suffix.lower() not in READ_BACK or file.suffix.lower() in LINES:
        return False
    try:
        frames = read_output(file).frames
    except StructurerError:
        return False
    return bool(frames["results"]["start"].notna().any())


def is_extraction(file: Path) -> bool:
    """Whether `file` is what `extract` wrote, told by its first line."""
    if file.suffix.lower() not in _JSONL:
        return False
    with file.open("rb") as lines:
        first = next((line for line in lines if line.strip()), b"")
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and {"record_id", "effects", "arm_values"} <= found.keys()


def _extracted(records: Path) -> Path:
    """The extraction of `records` beside them, made now unless it is there and as new."""
    project = records.with_suffix(".jsonl")
    if project == records:
        project = records.with_name(f"{records.stem}.extracted.jsonl")
    if project.exists():
        if not is_extraction(project):
            raise typer.BadParameter(
                f"{project} is in the way: extract to another name first, and review that", param_hint="OUT"
            )
        if project.stat().st_mtime_ns >= records.stat().st_mtime_ns:
            tell(f"{records} was extracted before: reviewing {project}")
            return project
    from structurer.cli.extract import extract

    tell(f"extracting {records} to {project}")
    try:
        extract([str(records)], str(project))
    except typer.Exit:
        # What was lost has been told; the rest can be reviewed.
        if not project.exists():
            raise
    return project
