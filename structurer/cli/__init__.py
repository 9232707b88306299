"""The command line: `structurer extract`, `structurer evaluate`, `structurer train`, `structurer bench`."""

from __future__ import annotations

from typing import Annotated

import typer

from structurer.cli.bench import bench
from structurer.cli.compare import compare
from structurer.cli.evaluate import evaluate
from structurer.cli.export import export
from structurer.cli.extract import extract
from structurer.cli.gold import gold
from structurer.cli.growth import growth
from structurer.cli.pool import pool
from structurer.cli.report import report
from structurer.cli.review import review
from structurer.cli.train import app as train_app

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(extract)
app.command()(evaluate)
app.command()(gold)
app.command()(review)
app.command()(bench)
app.command()(report)
app.command()(compare)
app.command()(export)
app.command()(pool)
app.command(hidden=True)(growth)
app.add_typer(train_app, name="train")


def _print_version(wanted: bool) -> None:
    if wanted:
        import structurer

        typer.echo(f"structurer {structurer.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Extract what clinical-trial abstracts report, each number with the place it was read from."""


def main() -> None:
    """Run the command line.

    The exit status is 0, 1 (some records failed and the rest was written, or nothing could be) or 2 (usage).
    """
    app()
