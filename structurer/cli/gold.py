"""structurer gold: verdicts and corrections of a review -> a gold file for structurer evaluate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from structurer.cli.terminal import failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.review.reviewed_table import ReviewedRow
    from structurer.schema import TrialReport

_DATABASE = b"SQLite format 3\x00"


def gold(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The .jsonl that extract wrote, or the records.")],
    reviewed: Annotated[
        Path,
        typer.Argument(
            metavar="REVIEWED",
            help="The workbook or .csv with people's verdicts, or OUT.jsonl.review.sqlite of the review page.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="NAME", help="Writes NAME.gold.jsonl and NAME.corpus.jsonl.")
    ] = "reviewed",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not list what is left out.")] = False,
) -> None:
    """Make a gold file of a review, so that `structurer evaluate` tells how right the program is on your own field.

    A record counts for its effects, or its arm values, once each of them was judged. A result that you added by hand
    is one that the program missed.

    Exit status: 0; 1 where nothing was judged, or a file cannot be read or written; 2 for a wrong command line.
    """
    for file, name in ((out, "OUT"), (reviewed, "REVIEWED")):
        if not file.is_file():
            reason = "is a folder" if file.is_dir() else "no such file"
            raise typer.BadParameter(f"{reason}: {file}", param_hint=name)
    with failing_in_one_line():
        from structurer.evaluation.reviewed_gold import gold_of_review

        reports = list(_reports(out))
        found = gold_of_review(reports, _reviewed_rows(reviewed, reports))
        for reason in () if quiet else found.left_out:
            tell(f"left out: {reason}")
        if not found.gold:
            tell(f"{reviewed}: no record of {out} has a verdict on each of its effects, or of its arm values")
            raise typer.Exit(1)
        _write(found.gold, f"{output}.gold.jsonl")
        _write(found.corpus, f"{output}.corpus.jsonl")
    parts = {name: sum(name in record["judged"] for record in found.gold) for name in ("effects", "arm_values")}
    tell(
        f"{len(found.gold)} records ({parts['effects']} judged for effects, {parts['arm_values']} for arm values), "
        f"{found.rows} results, {found.added} of them added by hand"
    )
    if not found.added:
        tell("nobody added a result that was missed: the recall of this gold says nothing")
    tell(f"now: structurer evaluate {output}.gold.jsonl {output}.corpus.jsonl")


def _reports(out: Path) -> Iterator[TrialReport]:
    from structurer.cli.review import is_extraction

    if is_extraction(out):
        from structurer.exports.report_lines import read_reports

        yield from read_reports(out)
        return
    from structurer.scale.intake import Intake
    from structurer.scale.jobs import extract_parallel

    intake = Intake([str(out)])
    yield from extract_parallel(intake.records(), 1)
    for problem in intake.lost:
        tell(str(problem))


def _reviewed_rows(reviewed: Path, reports: list[TrialReport]) -> list[ReviewedRow]:
    with reviewed.open("rb") as stream:
        is_database = stream.read(len(_DATABASE)) == _DATABASE
    if not is_database:
        from structurer.review.reviewed_table import read_reviewed

        return read_reviewed(reviewed).rows
    from structurer.evaluation.reviewed_gold import rows_of_verdicts
    from structurer.review.missing import missing_results
    from structurer.review.store import VerdictStore

    with VerdictStore(reviewed) as store:
        return rows_of_verdicts(reports, store.verdicts(), missing_results(store))


def _write(items: Iterable[Any], path: str) -> None:
    from structurer.exports.replacement import replacing

    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(item, ensure_ascii=False, allow_nan=False) + "\n" for item in items)
