"""Which encoding a file is in, and a decoder that reads on where the file breaks its own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s{0,5}=\s{0,5}["']([A-Za-z0-9._-]{2,40})["']""")
_AS_WINDOWS = "structurer-windows-1252"
# What XML forbids and no text needs: NUL and other controls go, vertical tab and form feed are spaces to a reader.
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c")
_TO_SPACE = bytes.maketrans(b"\x0b\x0c", b"  ")
_NO_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS),
    0x0B: " ",
    0x0C: " ",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)


def encoding_of(start: bytes) -> str:
    """The encoding by byte-order mark, by the XML declaration, or by where the zero bytes of UTF-16 stand.

    >>> encoding_of(b"TY  - JOUR")
    'utf-8'
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if declared := _DECLARED.match(start[:200].lstrip()):
        try:
            codec = codecs.lookup(declared.group(1).decode("ascii")).name
        except LookupError:
            codec = "utf-8"
        # Files that declare ISO-8859-1 are written in its superset windows-1252.
        if codec == "iso8859-1":
            return "cp1252"
        if codec.startswith(("iso8859", "cp125")):
            return codec
    return _by_zero_bytes(start)


def without_controls(data: bytes, encoding: str) -> bytes:
    """`data` without control characters; untouched in an encoding whose characters hold zero bytes."""
    return data if encoding.startswith(("utf-16", "utf-32")) else data.translate(_TO_SPACE, _CONTROLS)


def decoder_for(encoding: str, on_guess: Callable[[], None]) -> codecs.IncrementalDecoder:
    """A decoder that never raises; `on_guess` is called when bytes that are not UTF-8 are read as windows-1252."""
    if encoding == "utf-8":
        return _Utf8OrWindows(on_guess)
    return _WithoutMark(codecs.getincrementaldecoder(encoding)("replace"))


class _Utf8OrWindows(codecs.BufferedIncrementalDecoder):
    """UTF-8 after an optional mark; a byte that is not UTF-8 is read as windows-1252."""

    def __init__(self, on_guess: Callable[[], None]) -> None:
        super().__init__("strict")
        self._on_guess = on_guess
        self._at_start = True

    def _buffer_decode(self, input: bytes, errors: str, final: bool) -> tuple[str, int]:  # type: ignore[override]  # noqa: A002
        if self._at_start and input and not final and len(input) < len(codecs.BOM_UTF8):
            return "", 0
        try:
            text, used = codecs.utf_8_decode(input, "strict", final)
        except UnicodeDecodeError:
            self._on_guess()
            text, used = codecs.utf_8_decode(input, _AS_WINDOWS, final)
        if self._at_start and text:
            self._at_start = False
            text = text.removeprefix("\ufeff")
        return text, used


class _WithoutMark(codecs.IncrementalDecoder):
    """Another decoder, without the byte-order mark that it leaves at the front and without control characters."""

    def __init__(self, inner: codecs.IncrementalDecoder) -> None:
        super().__init__("replace")
        self._inner = inner
        self._at_start = True

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        text = self._inner.decode(input, final)
        if self._at_start and text:
            self._at_start = False
            text = text.removeprefix("\ufeff")
        return text.translate(_NO_CHARACTERS)


def _by_zero_bytes(start: bytes) -> str:
    sample = start[:512]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if half >= 4 and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return "utf-8"
