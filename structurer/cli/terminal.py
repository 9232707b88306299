"""What the commands say, and where: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

import typer

from structurer.errors import StructurerError

# The name of standard input and standard output.
STREAM = "-"

_Item = TypeVar("_Item")


def tell(message: str) -> None:
    """Say `message` in one line on standard error."""
    typer.echo(f"structurer: {' '.join(message.split())}", err=True)


@contextmanager
def failing_in_one_line() -> Iterator[None]:
    """Turn a failure that the user can mend into one line and exit status 1."""
    try:
        yield
    except BrokenPipeError as error:
        tell("the output was closed before its end")
        raise typer.Exit(1) from error
    except StructurerError as error:
        tell(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        tell(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
        raise typer.Exit(1) from error


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output as UTF-8 text, whatever the locale, each line sent as it is written."""
    stream = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True
    )
    try:
        yield stream
        stream.flush()
    except OSError:
        # What could not be written stays in the buffer, and the interpreter would try again, and complain, at exit.
        with suppress(OSError, io.UnsupportedOperation):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
    finally:
        with suppress(OSError):
            stream.detach()


def counting(items: Iterable[_Item], *, quiet: bool, unit: str = "records") -> Iterator[_Item]:
    """The same items, with their number shown on standard error where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = (SpinnerColumn(), TextColumn(f"{{task.completed:.0f}} {unit}"), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for item in items:
            progress.advance(task)
            yield item
