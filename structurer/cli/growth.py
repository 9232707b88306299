"""structurer growth: look for texts whose reading takes more than its share of time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from structurer.cli.terminal import tell


def growth(
    length: Annotated[int, typer.Option(help="Characters of the shorter text.")] = 20_000,
    times: Annotated[int, typer.Option(help="How many times as long the longer one is.")] = 4,
    limit: Annotated[float, typer.Option(help="Say what grows by more than this, a linear part by `times`.")] = 8.0,
) -> None:
    """Time every finder and reader over texts made to be slow, and list those that grow too fast.

    Prints part, repeated unit, growth and seconds as TSV. Exit status: 0; 1 where anything grows by more than `limit`.
    """
    from structurer.evaluation.growth import UNITS, Part, finders, growths, whole
    from structurer.evaluation.reader_growth import READER_UNITS, readers

    found = 0
    with TemporaryDirectory() as folder:
        kinds: list[tuple[Mapping[str, Part], tuple[str, ...]]] = [
            (finders(), UNITS),
            (whole(), UNITS),
            (readers(Path(folder)), READER_UNITS),
        ]
        for parts, units in kinds:
            for grown in growths(parts, units, length, times):
                if grown.ratio > limit:
                    found += 1
                    typer.echo(f"{grown.part}\t{grown.unit!r}\t{grown.ratio:.1f}\t{grown.seconds:.2f}")
    tell(f"{found} parts grow by more than {limit:g} where the text grows by {times}")
    if found:
        raise typer.Exit(1)
