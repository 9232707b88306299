"""A long run's finished lines, kept beside the output until it is whole, so that a killed run can go on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from structurer.errors import ExportError


class Journal:
    """The lines of JSON that were finished for `target`, in a file `.NAME.KEY.part` beside it.

    `run` is all that decides what is written (inputs, options, version): with another, nothing is taken over. Used as
    a context, it leaves the finished lines where they are if anything stops the run, and at the end puts them in
    place of `target` in one step. Raises ExportError where the file system refuses.
    """

    def __init__(self, target: str | Path, run: str) -> None:
        self._final = Path(os.path.realpath(target))
        self._target = str(target)
        if self._final.exists() and not self._final.is_file():
            raise ExportError("is no file, so a run into it cannot be resumed", target=self._target)
        key = hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=6).hexdigest()
        self.path = self._final.with_name(f".{self._final.name}.{key}.part")
        self._whole = _whole_lines(self.path)
        self._stream: TextIO | None = None

    def finished(self) -> Iterator[dict[str, Any]]:
        """What earlier runs wrote, line by line."""
        if not self._whole:
            return
        at = 0
        with self.path.open("rb") as lines:
            for line in lines:
                at += len(line)
                if at > self._whole:
                    return
                yield json.loads(line)

    def __enter__(self) -> TextIO:
        try:
            if self.path.exists():
                os.truncate(self.path, self._whole)
            # Line by line, for what a kill finds in the buffer would have to be done again.
            self._stream = self.path.open("a", 1, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise ExportError(error.strerror or str(error), target=self._target) from error
        return self._stream

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        assert self._stream is not None
        try:
            if kind is None:
                self._stream.flush()
                os.fsync(self._stream.fileno())
            self._stream.close()
            if kind is None:
                self.path.replace(self._final)
        except OSError as refusal:
            raise ExportError(refusal.strerror or str(refusal), target=self._target) from refusal
        if isinstance(error, OSError):
            raise ExportError(error.strerror or str(error), target=self._target) from error


def _whole_lines(path: Path) -> int:
    """How many bytes of a journal are whole lines of JSON; 0 where there is none."""
    whole = 0
    try:
        with path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n") or not _is_report(line):
                    break
                whole += len(line)
    except FileNotFoundError:
        return 0
    return whole


def _is_report(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and {"record_id", "effects", "arm_values"} <= found.keys()
