"""Open a source: one stream of clean text, whatever the file's packing, encoding, byte-order mark or line ends."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from structurer.errors import ReaderError
from structurer.readers.encoding import decoder_for, encoding_of, without_controls

HEAD_BYTES = 1 << 16
_CHUNK_BYTES = 1 << 16
# A line longer than this is not a bibliographic export, and holding it would cost the machine its memory.
_LONGEST_LINE = 1 << 26
# Baseline files unpack to about 10 times their size; a gzip bomb to about 1,000 times.
_RATIO_CHECKED_FROM = 1 << 27
_LARGEST_RATIO = 200
# What marks the beginning of a record is shorter than this.
_LONGEST_BEGINNING = 80


class Source:
    """One open file: its text as `chunks`, `lines` or whole, and a list for what is wrong with its records.

    `file` is the path as given (`-` for standard input), `name` its last part, `head` the first text (up to 64 KiB)
    and `magic` the first bytes, after unpacking; `guessed_head` tells whether some of them are not UTF-8 and were read
    as windows-1252. `columns` maps a field's name to the column that holds it.
    `begun` counts the places where a record begins, by the pattern `begins`, in the text given so far.
    """

    def __init__(self, file: str | Path, problems: list[ReaderError], columns: Mapping[str, str] | None = None) -> None:
        self.file = str(file)
        self.name = "stdin" if self.file == "-" else Path(self.file).name
        self.columns = dict(columns or {})
        self._problems = problems
        self._closing = ExitStack()
        self._unpacked = 0
        self._truncated: str | None = None
        self._guessed = self.guessed_head = False
        self.begins: re.Pattern[str] | None = None
        self.begun = 0
        try:
            self._packed = _Counted(self._open())
            self._unpack = self._unpacker()
            self.magic = b""
            while len(self.magic) < HEAD_BYTES and (more := self._read(HEAD_BYTES - len(self.magic))):
                self.magic += more
        except BaseException:
            self._closing.close()
            raise
        self.encoding = encoding_of(self.magic)
        self.head = self._decoded_head()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *exc: object) -> None:
        self._closing.close()

    def report(
        self,
        reason: str,
        *,
        record: int | None = None,
        line: int | None = None,
        field: str | None = None,
        lost: bool = False,
    ) -> None:
        """Note what is wrong with one record, or with the rest of the file; `lost` where it is not read."""
        self._problems.append(ReaderError(reason, file=self.file, record=record, line=line, field=field, lost=lost))

    def refuse(self, reason: str, *, line: int | None = None) -> ReaderError:
        """The error to raise for a file that cannot be read at all."""
        return ReaderError(reason, file=self.file, line=line, lost=True)

    def whole(self) -> bytes:
        """The whole file, unpacked; for formats that need random access."""
        parts = [self.magic]
        while more := self._read(_CHUNK_BYTES):
            parts.append(more)
        return b"".join(parts)

    def chunks(self) -> Iterator[str]:
        """The text in pieces, newlines as `\\n`, without byte-order mark and control characters."""
        decoder = self._new_decoder()
        piece = self.magic
        begins = Beginnings(self.begins) if self.begins else None
        while piece:
            if text := decoder.decode(without_controls(piece, self.encoding)):
                if begins:
                    self.begun += begins.in_further(text)
                yield text
            piece = self._read(_CHUNK_BYTES)
        text = decoder.decode(b"", final=True)
        if begins:
            self.begun += begins.in_further(text, final=True)
        if text:
            yield text
        if self._guessed:
            self.report("some bytes are not UTF-8: read as windows-1252")

    def lines(self) -> Iterator[str]:
        """The text line by line, without line ends; split at newlines only.

        Raises ReaderError at a line of more than 64 Mi characters.
        """
        rest: list[str] = []
        held = 0
        for chunk in self.chunks():
            first, *others = chunk.split("\n")
            rest.append(first)
            held += len(first)
            if held > _LONGEST_LINE:
                raise self.refuse("a line of more than 64 million characters: not a bibliographic export")
            if others:
                yield "".join(rest)
                yield from others[:-1]
                rest = [others[-1]]
                held = len(others[-1])
        if held:
            yield "".join(rest)

    def text(self) -> str:
        """The whole text."""
        return "".join(self.chunks())

    @property
    def truncated(self) -> str | None:
        """Why the packed data ended early; None where they did not (yet)."""
        return self._truncated

    def _open(self) -> IO[bytes]:
        if self.file == "-":
            return cast(IO[bytes], getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode()))
        path = Path(self.file)
        try:
            if path.is_dir():
                raise self.refuse("is a directory: name the files in it")
            return self._closing.enter_context(path.open("rb"))
        except FileNotFoundError:
            raise self.refuse("no such file") from None
        except OSError as exc:
            raise self.refuse(f"cannot be opened: {exc.strerror or exc}") from None
        except ValueError as exc:
            if isinstance(exc, ReaderError):
                raise
            raise self.refuse(f"cannot be opened: {exc}") from None

    def _unpacker(self) -> Callable[[int], bytes]:
        """What reads the next bytes: all of those asked for, or what is there."""
        try:
            packed = self._packed.peek(2) == b"\x1f\x8b"
        except OSError as exc:
            raise self.refuse(f"cannot be read: {exc.strerror or exc}") from None
        if not packed:
            return self._packed.read
        unpacked = gzip.GzipFile(fileobj=cast(IO[bytes], self._packed), mode="rb")
        self._closing.callback(unpacked.close)
        # `read1` gives back what came before the place where the data are cut short; `read` would lose it.
        return unpacked.read1

    def _read(self, size: int) -> bytes:
        if self._truncated:
            return b""
        try:
            data = self._unpack(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as exc:
            self._truncated = f"the gzip data are cut short or damaged ({exc}): unpack or download the file again"
            self.report(self._truncated, lost=True)
            return b""
        except OSError as exc:
            raise self.refuse(f"cannot be read: {exc.strerror or exc}") from None
        self._unpacked += len(data)
        if self._unpacked > max(_RATIO_CHECKED_FROM, _LARGEST_RATIO * self._packed.count):
            raise self.refuse(f"unpacks to more than {_LARGEST_RATIO} times its size: refused as a gzip bomb")
        return data

    def _new_decoder(self) -> io.IncrementalNewlineDecoder:
        return io.IncrementalNewlineDecoder(decoder_for(self.encoding, self._note_guess), translate=True)

    def _note_guess(self) -> None:
        self._guessed = True

    def _decoded_head(self) -> str:
        head = self._new_decoder().decode(without_controls(self.magic, self.encoding))
        self.guessed_head, self._guessed = self._guessed, False
        return head


class Beginnings:
    """Counts the matches of a pattern in a text that comes in pieces."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._rest = ""
        self._at = 0

    def in_further(self, text: str, *, final: bool = False) -> int:
        """How many matches more the text has with this piece; one near its end is counted with the next piece."""
        self._rest += text
        stop = len(self._rest) if final else max(self._at, len(self._rest) - _LONGEST_BEGINNING)
        found = sum(1 for match in self._pattern.finditer(self._rest, self._at) if match.start() < stop)
        # One character more is kept, by which the pattern sees whether a line begins.
        self._rest, self._at = (self._rest[stop - 1 :], 1) if stop else (self._rest, 0)
        return found


class _Counted:
    """A byte stream whose first bytes can be looked at, and which counts what is read from it."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._start = b""
        self.count = 0

    def peek(self, size: int) -> bytes:
        """The first bytes, which stay to be read."""
        self._start = self._raw.read(size)
        return self._start

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data, self._start = self._start, b""
        data += self._raw.read(size if size < 0 else max(size - len(data), 0))
        self.count += len(data)
        return data
