"""structurer bench: how fast the package reads, against spaCy's tokenizer and whatever else is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.terminal import failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.schema import Record

# Of the formats that the sample folder holds, the one that is read; made-up files need labels, which XML keeps.
_FROM_A_FOLDER = "*.csv"
_LABELLED = "*.xml"


def bench(
    texts: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="Records to read, in any format; of a folder, its CSV files (for made-up files, XML).",
        ),
    ] = Path("data"),
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="MODULE:NAME", help="A rival: any callable that takes one text; may be repeated."),
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, help="Passes over the texts.")] = 5,
    limit: Annotated[int, typer.Option(min=1, help="Take no more than this many abstracts.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    lengths: Annotated[
        list[int] | None,
        typer.Option("--length", min=1, help="Instead, cost and memory of so many records; may be repeated."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="EXTENSION", help="With --length: only this format; may be repeated."),
    ] = None,
    make_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Instead, write made-up files like those of PubMed's baseline."),
    ] = None,
    files: Annotated[int, typer.Option(min=1, help="With --make-baseline: how many files.")] = 4,
    records_each: Annotated[
        int, typer.Option("--records", min=1, help="With --make-baseline: records a file.")
    ] = 30_000,
    trials: Annotated[float, typer.Option(min=0, max=1, help="With --make-baseline: the share of trials.")] = 0.06,
    seed: Annotated[int, typer.Option(help="With --make-baseline: the same seed, the same bytes.")] = 0,
) -> None:
    """Time reading against spaCy's blank tokenizer, stage by stage, on the same texts.

    medspaCy and EDS-NLP are timed too where they are installed.

    Exit status: 0; 1 where a contender could not be run; 2 for a wrong command line.
    """
    with failing_in_one_line():
        from structurer.benchmark import report, stages, start_up, timing
        from structurer.benchmark.contenders import FLOOR, OURS, contender, installed_others

        records = _records(texts, limit, _LABELLED if make_baseline else _FROM_A_FOLDER)
        if make_baseline:
            _make_baseline(make_baseline, records, files, records_each, trials, seed)
            return
        if lengths:
            _measure_lengths(records, lengths, formats or [], as_json=as_json)
            return
        for name in against or ():
            try:
                contender(name)
            except (ValueError, ImportError, AttributeError) as error:
                raise typer.BadParameter(str(error), param_hint="--against") from error
        measured = []
        for one in timing.measure([FLOOR, *OURS, *installed_others(), *(against or ())], records, repeats):
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


def _make_baseline(folder: Path, texts: list[Record], files: int, records: int, trials: float, seed: int) -> None:
    from structurer.benchmark.baseline import write_baseline

    for path in write_baseline(folder, texts, files=files, records=records, trials=trials, seed=seed):
        tell(f"{path}: {records} records, {path.stat().st_size / 2**20:.1f} MB")


def _measure_lengths(records: list[Record], lengths: list[int], formats: list[str], *, as_json: bool) -> None:
    from structurer.benchmark.lengths import FORMATS, WHOLE, as_lines, as_rows, measure_lengths

    for name in formats:
        if name not in FORMATS:
            raise typer.BadParameter(f"no such format: {name}; use {', '.join(FORMATS)}", param_hint="--format")
    measured = []
    for one in measure_lengths(records, formats or [WHOLE, *FORMATS], sorted(lengths)):
        tell(f"{one.what}, {one.records} records: {one.milliseconds:.3f} ms each, {one.peak:.0f} MB")
        measured.append(one)
    typer.echo(json.dumps(as_rows(measured), indent=2) if as_json else "\n".join(as_lines(measured)))


def _records(texts: Path, limit: int, pattern: str) -> list[Record]:
    from structurer.readers import read_records

    files = sorted(texts.glob(pattern)) if texts.is_dir() else [texts]
    if not files or not files[0].exists():
        raise typer.BadParameter(f"no such file, or no {pattern} in it: {texts}", param_hint="--texts")
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
