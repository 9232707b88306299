"""structurer train: make a model that the package ships."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from structurer.cli.terminal import failing_in_one_line, tell

app = typer.Typer(no_args_is_help=True, help="Make the models that the package ships (needs the extra `train`).")


@app.callback()
def models() -> None:
    """Make the models that the package ships (needs the extra `train`)."""


@app.command()
def sections(
    files: Annotated[
        list[Path], typer.Option("--from", metavar="FILE", help="Abstracts with headings, JSON Lines; may be repeated.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder to write the model into.")],
    seed: Annotated[int, typer.Option(help="The same files and seed give the same model.")] = 0,
    source: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Take only records of this source; may be repeated.")
    ] = None,
    held_out: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Learn nothing from these abstracts; may be repeated.")
    ] = None,
) -> None:
    """Train the model that labels the sentences of abstracts without headings.

    A record has `id` and `labels` (pairs of a heading and its text), or an `abstract` whose printed headings are read.
    """
    with failing_in_one_line():
        try:
            from structurer.training.sections import train_sections
        except ModuleNotFoundError as error:
            tell(f"training needs {error.name}: pip install '.[train]'")
            raise typer.Exit(1) from error
        used = train_sections(files, out, seed, sources=source or (), held_out=held_out or ())
        typer.echo(f"{out}: trained on {used} abstracts", err=True)
