"""structurer extract into a folder: a part for each input file, by one process, several, or a Dask cluster."""

from __future__ import annotations

from pathlib import Path

import typer

from structurer.cli.terminal import STREAM, counting, tell


def is_for_a_folder(inputs: list[str], output: str, dask: str | None) -> bool:
    """Whether each input gets a part in the folder `output`: it is one, or an input is one, or a cluster is named."""
    named = output.endswith(("/", "\\")) or (Path(output).is_dir() and not _names_a_file(output))
    return named or bool(dask) or any(name != STREAM and Path(name).is_dir() for name in inputs)


def _names_a_file(output: str) -> bool:
    from structurer.exports import TABLE_EXTENSIONS

    return output == STREAM or Path(output).suffix.lower() in (".jsonl", ".ndjson", ".html", *TABLE_EXTENSIONS)


def extract_to_folder(
    inputs: list[str],
    output: str,
    *,
    file_format: str | None,
    columns: dict[str, str],
    keep_duplicates: bool,
    trials_only: bool,
    jobs: int,
    dask: str | None,
    quiet: bool,
) -> None:
    """Write a part for each input file into `output`, and the manifest; exit status 1 where anything was lost."""
    if STREAM in inputs:
        raise typer.BadParameter("standard input has no name that a part could have", param_hint="INPUT")
    if _names_a_file(output):
        folder = next((name for name in inputs if Path(name).is_dir()), None)
        if folder is not None:
            raise typer.BadParameter(f"is a folder, whose parts need a folder as OUT: {folder}", param_hint="INPUT")
        raise typer.BadParameter(f"is a file, and --dask writes parts into a folder: {output}", param_hint="OUT")
    for name in inputs:
        if Path(name).is_dir() and Path(output).exists() and Path(output).samefile(name):
            raise typer.BadParameter(f"the parts would be among the inputs: {output}", param_hint="OUT")
    if not Path(output).absolute().parent.is_dir():
        raise typer.BadParameter(f"no such folder: {Path(output).parent}", param_hint="OUT")
    from structurer.scale.parts import Options, Summary
    from structurer.scale.spread import MANIFEST, by_processes, extract_files, input_files, one_by_one

    # Absolute, for the workers of a cluster have another working folder.
    paths = [str(Path(path).absolute()) for path in input_files(inputs)]
    options = Options(file_format, tuple(sorted(columns.items())), keep_duplicates, trials_only)
    if dask:
        from structurer.scale.dask_cluster import by_dask

        runner = by_dask(dask)
    else:
        runner = by_processes(jobs) if jobs > 1 else one_by_one
    done = found = 0
    whole = True
    outcomes = extract_files(paths, str(Path(output).absolute()), options, runner)
    for path, outcome in counting(outcomes, quiet=quiet, unit="files"):
        if not isinstance(outcome, Summary):
            whole = False
            tell(f"{path}: {outcome.why}")
            continue
        done += 1
        found += outcome.found
        whole = whole and outcome.whole
        for line in outcome.lost:
            tell(line)
        if not quiet:
            again = ", as an earlier run wrote it" if outcome.found else f" in {outcome.seconds:.0f} s"
            tell(f"{Path(path).name}: {outcome.account}{again}")
    if not quiet:
        tell(f"{done} of {len(paths)} parts in {output}, {found} of them from earlier runs; see {MANIFEST} there")
    if not whole:
        raise typer.Exit(1)
