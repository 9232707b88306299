"""A file is written whole or not at all: beside its place first, then put there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from structurer.errors import ExportError


@contextmanager
def replacing(target: str | Path) -> Iterator[Path]:
    """A path beside `target` to write to; what stands there at the end replaces `target` in one step.

    Whatever stops the writing, a kill included, `target` keeps its old content. Raises ExportError where the file
    system refuses (no folder, no right, no room).
    """
    # A link is written through, not replaced by a file.
    final = Path(os.path.realpath(target))
    if final.exists() and not final.is_file():
        if final.is_dir():
            raise ExportError("is a folder", target=str(target))
        # A pipe or a device cannot be replaced, and holds no old content to lose.
        yield final
        return
    beside = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    try:
        yield beside
        with beside.open("rb") as written:
            # Else a machine that stops could have the new name on data that never reached the disk.
            os.fsync(written.fileno())
        beside.replace(final)
    except OSError as error:
        raise ExportError(error.strerror or str(error), target=str(target)) from error
    finally:
        beside.unlink(missing_ok=True)
