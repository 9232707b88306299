"""A person's verdict on one row of the results, and what identifies that row from one run to the next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from structurer.errors import ReaderError
from structurer.exports.visible import visible
from structurer.review.corrections import CORRECTABLE as CORRECTABLE
from structurer.review.corrections import format_corrected as format_corrected
from structurer.review.corrections import parse_corrected as parse_corrected

# What a verdict speaks of: the cells that were read from the abstract, and the words that they were read from.
JUDGED = (*CORRECTABLE, "quote")
_KEY = re.compile(r"(?P<record>[^:]*):(?P<kind>[^:]*):(?P<start>\d{1,9}):(?P<end>\d{1,9}):(?P<number>\d{1,9})\Z")
_BLANKS = re.compile(r"\s+")


class Judgement(StrEnum):
    """What a reviewer says of a row."""

    CORRECT = "correct"
    WRONG = "wrong"
    PARTLY = "partly"
    NOT_AN_EFFECT = "not an effect"

    @classmethod
    def read(cls, text: str) -> Judgement | None:
        """The judgement that `text` names, whatever its case and blanks; None for any other text.

        >>> Judgement.read(" Not an  Effect "), Judgement.read("perhaps")
        (<Judgement.NOT_AN_EFFECT: 'not an effect'>, None)
        """
        wanted = _BLANKS.sub(" ", text).strip().lower()
        return next((judgement for judgement in cls if judgement == wanted), None)


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person decided about one row.

    `judgement` is None where the person corrected or noted something and has not decided yet. `corrected` holds the
    right texts by column (one of CORRECTABLE; an empty text for a cell that should be empty; see `parse_corrected`).
    `decided_at` is the time in UTC as ISO 8601. `judged` is the `digest` of the row at that time, so that a row that
    was read otherwise since then is seen; empty where it is not known.
    """

    key: RowKey
    judgement: Judgement | None
    corrected: Mapping[str, str] = field(default_factory=dict, hash=False)
    reviewer: str = ""
    note: str = ""
    decided_at: str | None = None
    judged: str = ""


def digest(cells: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that tell whether the JUDGED cells of a row are still what they were.

    A cell may be text, a number of any type, or missing (None, NaN, pandas' NA, not there); 95, 95.0 and
    Decimal("95.00") are one number.

    >>> from decimal import Decimal
    >>> digest({"estimate": 0.8, "unit": None}) == digest({"estimate": Decimal("0.80"), "yi": 1})
    True
    >>> digest({"estimate": 0.8}) == digest({"estimate": 0.81})
    False
    """
    texts = "\x1f".join(cell_as_text(cells.get(name)) for name in JUDGED)
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def cell_as_text(value: Any) -> str:
    """A cell's content as text that is the same for the same content, however a file or a frame holds it.

    >>> [cell_as_text(value) for value in (None, float("nan"), 95.0, 0.8, " two  words ")]
    ['', '', '95', '0.8', 'two words']
    """
    if isinstance(value, str):
        return _BLANKS.sub(" ", visible(str(value))).strip()
    # pandas' NA has no truth value, and NaN is not itself.
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return ""
    number = float(value)
    return str(int(number)) if number.is_integer() else f"{number:.12g}"
