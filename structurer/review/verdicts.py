"""A person's verdict on one row of the results, and what identifies that row from one run to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from structurer.exports.row_identity import CORRECTABLE as CORRECTABLE
from structurer.exports.row_identity import JUDGED as JUDGED
from structurer.exports.row_identity import RowKey as RowKey
from structurer.exports.row_identity import cell_as_text as cell_as_text
from structurer.exports.row_identity import digest as digest
from structurer.review.corrections import format_corrected as format_corrected
from structurer.review.corrections import parse_corrected as parse_corrected

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
