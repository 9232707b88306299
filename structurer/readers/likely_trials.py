"""Keep records that are likely to report a randomised trial, by what costs next to nothing to look at.

The words are those of Cochrane's highly sensitive search strategy for MEDLINE, in its sensitivity-maximising version
(Cochrane Handbook, technical supplement to chapter 4, box 3.a), as far as a record carries what they are looked for
in: publication types, title and abstract. Animal studies are left out there by subject headings, which records do not
carry; they are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from structurer.schema import Record


class Reason(StrEnum):
    """Why a record was kept, or that it was left out."""

    PUBLICATION_TYPE = "publication type"
    WORDS = "words of title or abstract"
    LEFT_OUT = "left out"


# Publication types of MEDLINE and Embase: "Randomized Controlled Trial", "Clinical Trial, Phase II", "Adaptive Trial".
_TRIAL_TYPE = re.compile(r"\btrial\b")
# A protocol and a veterinary trial report no results in people.
_NO_REPORT_TYPE = re.compile(r"protocol|veterinary|as topic")
# "randomised", "randomization", "randomly", "at random"; "placebo"; "trial", "trials"; "groups"
_WORDS = re.compile(r"(?<![a-z])(?:randomi[sz]|randomly|at random|placebo|trials?(?![a-z])|groups(?![a-z]))")


def reason_for(record: Record) -> Reason:
    """Why a record is kept, or `Reason.LEFT_OUT`.

    >>> reason_for(Record(record_id="1", abstract="Adults were randomly assigned to heat or ice.")).value
    'words of title or abstract'
    >>> reason_for(Record(record_id="2", abstract="We describe a man with gout.")).value
    'left out'
    """
    for printed in record.publication_types:
        kind = printed.lower()
        if _TRIAL_TYPE.search(kind) and not _NO_REPORT_TYPE.search(kind):
            return Reason.PUBLICATION_TYPE
    if any(text and _WORDS.search(text.lower()) for text in (record.title, record.abstract)):
        return Reason.WORDS
    return Reason.LEFT_OUT


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that was left out: where it stands, its id, and what it lacks."""

    source: str | None
    number: int | None
    record_id: str
    why: str


class LikelyTrials:
    """Lets likely trial reports pass, and counts every record by what became of it.

    >>> kept = LikelyTrials()
    >>> [r.record_id for r in kept.of([Record(record_id="1", abstract="A trial."), Record(record_id="2", abstract="")])]
    ['1']
    >>> kept.summary()
    '1 of 2 records kept as likely trials: 0 by publication type, 1 by words of title or abstract; 1 left out'
    """

    def __init__(self) -> None:
        self.counts: Counter[Reason] = Counter()

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        """The likely trial reports among `records`, in order, one at a time."""
        for record in records:
            if not self.left(record):
                yield record

    def left(self, record: Record) -> LeftOut | None:
        """What to say of a record that is left out; None, and counted, where it passes."""
        reason = reason_for(record)
        self.counts[reason] += 1
        if reason is not Reason.LEFT_OUT:
            return None
        where = "in the title, and no abstract" if record.abstract is None else "in title or abstract"
        why = f"no trial among its publication types, and none of the words {where}"
        return LeftOut(source=record.source, number=record.number, record_id=record.record_id, why=why)

    @property
    def left_out(self) -> int:
        """How many were left out so far."""
        return self.counts[Reason.LEFT_OUT]

    def summary(self) -> str:
        """What was kept and what was left out, in one line."""
        by_type, by_words, out = (self.counts[reason] for reason in Reason)
        return (
            f"{by_type + by_words} of {by_type + by_words + out} records kept as likely trials: "
            f"{by_type} by {Reason.PUBLICATION_TYPE}, {by_words} by {Reason.WORDS}; {out} left out"
        )
