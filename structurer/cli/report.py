"""structurer report: what was extracted, as one HTML file for a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from structurer.cli.terminal import STREAM, counting, failing_in_one_line, tell

if TYPE_CHECKING:
    from structurer.errors import ReaderError
    from structurer.readers.likely_trials import LeftOut
    from structurer.report.account import Account
    from structurer.scale.intake import Intake
    from structurer.schema import TrialReport

# The extensions of a page.
PAGES = (".html", ".htm")
# Records that a browser opens in a few seconds.
_MANY = 10_000
# How the note on a duplicate begins.
_DUPLICATE = "a duplicate of record "
_UNKNOWN = (
    "`structurer extract` leaves these out before it writes JSON Lines, which do not tell of them; "
    "a page that `structurer extract ... -o report.html` writes does."
)


def report(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="JSON Lines that `structurer extract` wrote.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="The page: a file that ends in .html.")],
    title: Annotated[str | None, typer.Option(help="What the page is about; else the names of the inputs.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Make one HTML file of extracted records: abstracts with their marks, tables, forest plots, an account.

    It opens in any browser by a double click and asks nothing of the network. Exit status: 0; 1 where anything was
    lost (the rest is written); 2 for a wrong command line.
    """
    _check_usage(inputs, output)
    with failing_in_one_line():
        from structurer.exports.report_lines import read_reports
        from structurer.report.account import Account, Fate, Told
        from structurer.report.page import write_page

        problems: list[ReaderError] = []

        def reports() -> Iterator[TrialReport]:
            for name in inputs:
                yield from read_reports(name, problems)

        def complete(account: Account) -> None:
            account.leave_out(Fate.PROBLEM, [Told(_place(problem), problem.reason) for problem in problems])

        account = Account(tuple(inputs), unknown=dict.fromkeys((Fate.DUPLICATE, Fate.FILTERED), _UNKNOWN))
        names = title or _names(inputs)
        write_page(counting(reports(), quiet=quiet), output, title=names, account=account, complete=complete)
        for problem in problems:
            tell(str(problem))
        _tell_size(account)
        lost = account.number(Fate.PROBLEM)
        if not quiet:
            known = (Fate.EXTRACTED, Fate.WITHOUT_ABSTRACT, Fate.PROBLEM)
            terms = " + ".join(f"{account.number(fate)} {fate.value}" for fate in known)
            total = sum(account.number(fate) or 0 for fate in known)
            tell(f"{output}: {total} records = {terms}; duplicates and filtered records are not in JSON Lines")
    if lost:
        raise typer.Exit(1)


def is_page(output: str) -> bool:
    """Whether `output` names a page."""
    return output != STREAM and Path(output).suffix.lower() in PAGES


def write_intake(reports: Iterator[TrialReport], intake: Intake, output: str) -> None:
    """Write the page of a run of `extract`, which knows what became of every record that it saw.

    Raises ExportError where the file cannot be written.
    """
    from structurer.report.account import Account, Fate, Told
    from structurer.report.page import write_page

    filtered: list[Told] = []
    listed = intake.left_out

    def leave_out(left: LeftOut) -> None:
        place = ", record ".join(str(part) for part in (left.source, left.number) if part is not None)
        filtered.append(Told(f"{left.record_id} ({place})" if place else left.record_id, left.why))
        if listed:
            listed(left)

    def complete(account: Account) -> None:
        repeats = [problem for problem in intake.problems if problem.reason.startswith(_DUPLICATE)]
        account.leave_out(Fate.DUPLICATE, [Told(_place(problem), problem.reason) for problem in repeats])
        if len(repeats) != intake.duplicates:
            account.counted[Fate.DUPLICATE] = intake.duplicates
        account.leave_out(Fate.FILTERED, filtered)
        # A record that could not be read has a place in the page already, with the reason.
        account.notes += [
            f"lost: {problem}" if problem.lost else str(problem)
            for problem in intake.problems
            if not problem.reason.startswith(_DUPLICATE) and not (problem.lost and problem.record is not None)
        ]

    intake.left_out = leave_out
    account = Account(tuple(intake.inputs))
    write_page(reports, output, title=_names(intake.inputs), account=account, complete=complete)
    _tell_size(account)


def _tell_size(account: Account) -> None:
    shown = account.pages
    if shown > _MANY:
        tell(f"{shown} records are many for one page: a browser takes long to open it; `structurer review` does not")


def _place(problem: ReaderError) -> str:
    parts = (problem.file, f"record {problem.record}" if problem.record else None)
    line = f"line {problem.line}" if problem.line and not problem.record else None
    return ", ".join(part for part in (*parts, line) if part)


def _names(inputs: list[str]) -> str:
    return ", ".join("standard input" if name == STREAM else Path(name).name for name in inputs)


def _check_usage(inputs: list[str], output: str) -> None:
    files = [Path(name) for name in inputs]
    for file in files:
        if not file.exists():
            raise typer.BadParameter(f"no such file: {file}", param_hint="INPUT")
        if file.is_dir():
            raise typer.BadParameter(f"is a folder, name the files in it: {file}", param_hint="INPUT")
        with file.open("rb") as opened:
            begins = opened.read(4096).lstrip()
        if begins and not begins.startswith(b"{"):
            instead = f"`structurer extract {file} -o {output}` makes a page of records"
            raise typer.BadParameter(f"is not JSON Lines: {file}; {instead}", param_hint="INPUT")
    if not is_page(output):
        raise typer.BadParameter(f"a page ends in {PAGES[0]}: {output}", param_hint="OUT")
    if not Path(output).parent.is_dir():
        raise typer.BadParameter(f"no such folder: {Path(output).parent}", param_hint="OUT")
