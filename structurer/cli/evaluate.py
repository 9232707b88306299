"""structurer evaluate: how right the extraction is on a gold file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from structurer.cli.terminal import STREAM, counting, failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.evaluation.gold import Object
    from structurer.schema import TrialReport


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Annotations, one JSON object a line.")],
    corpus: Annotated[str, typer.Argument(metavar="CORPUS", help="Their abstracts, one JSON object a line.")],
    predictions: Annotated[
        str | None, typer.Option(metavar="FILE", help="Score this output of extract, and extract nothing.")
    ] = None,
    errors: Annotated[
        str | None, typer.Option(metavar="FILE", help="List every item missed or made up (TSV; - for here).")
    ] = None,
    against: Annotated[
        str | None, typer.Option(metavar="FILE", help="List gains and losses against this earlier output.")
    ] = None,
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep the output, to score a later run against it.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Accuracy of the surest effects, at each share kept.")
    ] = False,
    timing: Annotated[bool, typer.Option("--time", help="Abstracts a second, and peak memory.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the extraction against annotations: precision, recall and F1 of each field.

    A whole effect row is right when measure, estimate, limits and p-value all are. Exit status: 0; 1 where a
    record failed, or a file cannot be read or written; 2 for a wrong command line.
    """
    _check_usage([gold, corpus, *(name for name in (predictions, against) if name)], predictions, save, timing)
    with failing_in_one_line():
        from structurer.errors import ReaderError
        from structurer.evaluation.coverage import coverage as coverage_of
        from structurer.evaluation.gold import read_gold, read_predictions, read_texts
        from structurer.evaluation.report import change_lines, coverage_lines, miss_lines, score_lines
        from structurer.evaluation.scores import score

        golds, texts = read_gold(gold), read_texts(corpus)
        for annotated in golds:
            if annotated.record_id not in texts:
                raise ReaderError(f"holds no abstract of {annotated.record_id}", file=corpus)
        took: dict[str, float] = {}
        found = read_predictions(predictions) if predictions else _extracted(corpus, save, took)
        scores = score(golds, texts, found)
        document: dict[str, Any] = dict(scores.rows())
        parts: dict[str, list[str]] = {}
        if coverage:
            kept = coverage_of(golds, found)
            document["coverage"] = [row.as_dict() for row in kept]
            parts["coverage"] = coverage_lines(kept)
        if against:
            before = score(golds, texts, read_predictions(against)).misses
            document["against"] = parts["against"] = change_lines(before, scores.misses)
        if errors == STREAM:
            document["errors"] = parts["errors"] = miss_lines(scores.misses)
        if as_json:
            typer.echo(json.dumps(document, indent=1))
        else:
            typer.echo("\n\n".join("\n".join(lines) for lines in (score_lines(scores.rows()), *parts.values())))
        if errors and errors != STREAM:
            Path(errors).write_text("".join(f"{line}\n" for line in miss_lines(scores.misses)), encoding="utf-8")
        failures = [f"record {key}: {item['error']}" for key, item in found.items() if item.get("error")]
        for failure in failures:
            tell(failure)
        if timing:
            tell(f"{took['records'] / took['seconds']:.1f} abstracts a second, {_peak_memory()}")
    if failures:
        raise typer.Exit(1)


def _check_usage(files: list[str], predictions: str | None, save: str | None, timing: bool) -> None:
    for name in files:
        if not Path(name).is_file():
            raise typer.BadParameter(f"no such file: {name}")
    if predictions and (save or timing):
        raise typer.BadParameter("with --predictions nothing is extracted, so nothing can be saved or timed")


def _extracted(corpus: str, save: str | None, took: dict[str, float]) -> dict[str, Object]:
    """What the extraction finds in the abstracts of `corpus`, by record id."""
    from structurer.exports.jsonl import report_to_dict, write_jsonl
    from structurer.pipeline import extract, load
    from structurer.readers import read_records

    nlp = load()
    found: dict[str, Any] = {}
    records = list(read_records(corpus, format="jsonl", problems=[]))

    def kept(reports: Iterator[TrialReport]) -> Iterator[TrialReport]:
        for report in reports:
            found[report.record.record_id] = report_to_dict(report)
            yield report

    reports = kept(counting(_timed(extract(records, nlp=nlp), took), quiet=False))
    if save:
        write_jsonl(reports, save)
    else:
        for _ in reports:
            pass
    return found


def _timed(reports: Iterator[TrialReport], took: dict[str, float]) -> Iterator[TrialReport]:
    """The same reports; `took` gets their number and the seconds spent on making them."""
    took |= {"records": 0, "seconds": 1e-9}
    while True:
        begun = perf_counter()
        report = next(reports, None)
        took["seconds"] += perf_counter() - begun
        if report is None:
            return
        took["records"] += 1
        yield report


def _peak_memory() -> str:
    try:
        import resource
    except ImportError:
        return "peak memory not known on this system"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes, but bytes on a Mac.
    return f"peak memory {peak / (2**20 if sys.platform == 'darwin' else 2**10):.0f} MB"
