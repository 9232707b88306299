"""What surrounds a number: the sentence that it stands in, and the clause that it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from structurer.schema import SampleSizeRole, SectionLabel

Role = SampleSizeRole
Met = tuple[SampleSizeRole, str]


_ASIDE = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_ASIDE_APART = re.compile(r" [(\[][^()\[\]]{0,200}[)\]](?=[ ,.;:)\]]|\Z)")


_CLAUSE = re.compile(r";|(?<![a-z])(?:while|whereas)(?![a-z])|[)\]]")


_NEXT_COUNT = re.compile(
    r", (?:only |a total of |we )?(?:\d{1,6}|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty)) "
)


PERCENT = re.compile(r" ?[(\[,] ?(?:approximately |about |[<>~≤≥] ?)?\d{1,3}(?:\.\d+)? ?(?:%|[)\]])")


ALSO_RANDOMIZED = re.compile(
    r".{0,45}?\band (?:then |subsequently |were |was |underwent )*(?:randomi[sz]|randomly|allocated|assigned)"
)


GROUP_ASIDE = re.compile(
    r" ?[(\[](?![^()]{0,40}(?:each|per |both))(?:[^()\[\]\d]{0,40} )?(?:groups?|arms?)(?: [a-z0-9]{1,3})?[)\]]"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its sentence (`begin`, `stop`) in the text in lower case, and what that says.

    Of the sentence: `allocation`, it speaks of assigning people to groups; `design`, it names a trial's design;
    `will`, it tells of what is to come; `solitary`, it holds one `n =` only. Of the text: `clustered`, it randomises
    clusters; `findings`, it has come to its findings; `totalled`, an earlier sentence has told how many took part.
    Of the number: `last`, the role of the sample size before it in the sentence; `left`, where the words before the
    count end; `adds_up`, numbers after it add up to it.
    """

    lower: str
    begin: int
    stop: int
    label: SectionLabel | None
    allocation: bool
    design: bool
    will: bool
    clustered: bool
    last: SampleSizeRole | None
    findings: bool
    totalled: bool
    left: int
    solitary: bool
    adds_up: bool


def clause_after(lower: str, at: int, stop: int, *, shared: bool = True) -> str:
    """The rest of the clause that begins at `at`; not `shared`: only up to the next count (`of 90 women, 40 were`)."""
    clause = without_asides(lower[at : min(stop, at + 300)])
    if not shared:
        count = _NEXT_COUNT.search(clause)
        clause = clause[: count.start()] if count else clause
    cut = _CLAUSE.search(clause)
    return clause[: cut.start()] if cut else clause


def without_asides(text: str) -> str:
    """`text` without its brackets, those inside brackets too."""
    if "(" not in text and "[" not in text:
        return text
    return _ASIDE.sub(" ", _ASIDE_APART.sub("", _ASIDE_APART.sub("", text)))
