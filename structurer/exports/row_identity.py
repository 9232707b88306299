"""What identifies a row of the results from one run to the next, and what of it a person judges."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from structurer.errors import ReaderError
from structurer.exports.visible import visible

# The cells of a row of results that were read from the abstract, and so can be read wrongly.
CORRECTABLE = (
    "outcome",
    "timepoint",
    "intervention",
    "comparator",
    "arm",
    "measure",
    "estimate",
    "unit",
    "ci_level",
    "ci_low",
    "ci_high",
    "p_operator",
    "p_value",
    "events",
    "n",
    "percent",
    "sd",
)
# What a verdict speaks of: those cells, and the words that they were read from.
JUDGED = (*CORRECTABLE, "quote")
# The `rule` of a row that a person added.
BY_HAND = "by hand"
_NUMBERS = frozenset({"estimate", "ci_level", "ci_low", "ci_high", "p_value", "events", "n", "percent", "sd"})
_KEY = re.compile(r"(?P<record>[^:]*):(?P<kind>[^:]*):(?P<start>\d{1,9}):(?P<end>\d{1,9}):(?P<number>\d{1,9})\Z")
_BLANKS = re.compile(r"\s+")
# Characters that are none, which no sheet keeps.
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}


class RowKey(NamedTuple):
    """Identity of one row of `results`: where its words stand, and as what they were read.

    `kind` is the row's cell of that name, `start` and `end` are its offsets, and `number` counts, from 0, the rows
    that are alike in all four (one value printed for two arms).
    """

    record_id: str
    kind: str
    start: int
    end: int
    number: int = 0

    def text(self) -> str:
        """The key as one word without blanks, for an HTML id or a cell.

        >>> RowKey("PMC 1:2", "effect", 10, 42, 0).text()
        'PMC%201%3A2:effect:10:42:0'
        """
        record = quote(self.record_id, safe="", errors="surrogatepass")
        kind = quote(self.kind, safe="", errors="surrogatepass")
        return f"{record}:{kind}:{self.start}:{self.end}:{self.number}"

    @classmethod
    def parse(cls, text: str) -> RowKey:
        """The key that `text` writes. Raises ReaderError where it is none.

        >>> RowKey.parse("PMC%201%3A2:effect:10:42:0")
        RowKey(record_id='PMC 1:2', kind='effect', start=10, end=42, number=0)
        """
        found = _KEY.match(text)
        if found is None:
            raise ReaderError(f"not the key of a row: {text[:80]!r}")
        try:
            record, kind = (unquote(found[part], errors="surrogatepass") for part in ("record", "kind"))
        except UnicodeDecodeError as error:
            raise ReaderError(f"not the key of a row: {text[:80]!r}") from error
        return cls(record, kind, int(found["start"]), int(found["end"]), int(found["number"]))


def row_keys(results: Any) -> list[RowKey]:
    """The key of each row of a results frame, in its order; a row that a person added by hand stands at 0 to 0."""
    places = [
        (str(record_id), "" if is_missing(kind) else str(kind), _offset(start), _offset(end))
        for record_id, kind, start, end in zip(
            *(results[name].tolist() for name in ("record_id", "kind", "start", "end")), strict=True
        )
    ]
    seen: Counter[tuple[str, str, int, int]] = Counter()
    keys = []
    for place in places:
        keys.append(RowKey(*place, seen[place]))
        seen[place] += 1
    return keys


def digest(cells: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that tell whether the JUDGED cells of a row are still what they were.

    A cell may be text, a number of any type, or missing (None, NaN, pandas' NA, not there); 95, 95.0, "95.0" and
    Decimal("95.00") are one number.

    >>> from decimal import Decimal
    >>> digest({"estimate": 0.8, "unit": None}) == digest({"estimate": Decimal("0.80"), "yi": 1})
    True
    >>> digest({"estimate": 0.8}) == digest({"estimate": 0.81})
    False
    """
    texts = "\x1f".join(judged_text(name, cells.get(name)) for name in JUDGED)
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def digests(results: Any) -> list[str]:
    """The `digest` of each row of a results frame, in its order."""
    cells = zip(*(results[name].tolist() for name in JUDGED), strict=True)
    return [digest(dict(zip(JUDGED, row, strict=True))) for row in cells]


def key_cells(results: Any) -> list[str | None]:
    """What a sheet keeps of each row, to know it again: its key, and its digest; None for a row added by hand."""
    rows = zip(row_keys(results), digests(results), results["rule"].tolist(), strict=True)
    return [None if rule == BY_HAND else f"{key.text()} {cells}" for key, cells, rule in rows]


def judged_text(name: str, value: Any) -> str:
    """The content of a cell of column `name` as text; a number that a sheet keeps as text is that number.

    >>> judged_text("estimate", "0.80"), judged_text("outcome", "0.80")
    ('0.8', '0.80')
    """
    if name in _NUMBERS and isinstance(value, str):
        try:
            # A spreadsheet set to another language writes a decimal comma.
            value = Decimal(value.strip().replace(",", "."))
        except InvalidOperation:
            return cell_as_text(value)
    return cell_as_text(value)


def cell_as_text(value: Any) -> str:
    """A cell's content as text that is the same for the same content, however a file or a frame holds it.

    >>> [cell_as_text(value) for value in (None, float("nan"), 95.0, 0.8, " two  words ")]
    ['', '', '95', '0.8', 'two words']
    """
    if isinstance(value, str):
        return _BLANKS.sub(" ", visible(str(value)).translate(_NO_CHARACTERS)).strip()
    if is_missing(value):
        return ""
    number = float(value)
    if not isfinite(number):
        return str(number)
    return str(int(number)) if number.is_integer() else f"{number:.12g}"


def is_missing(value: Any) -> bool:
    """Whether a cell is empty, as a frame or as a plain row holds it."""
    # pandas' NA has no truth value, and NaN is not itself.
    return value is None or type(value).__name__ in ("NAType", "NaTType") or value != value


def _offset(value: Any) -> int:
    return 0 if is_missing(value) else int(value)
