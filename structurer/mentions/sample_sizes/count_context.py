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


_ALLOCATION = re.compile(
    r"randomi[sz]ed(?! (?:controlled|trial|study|clinical|double|phase|placebo|open|to be))|randomly|"
    r"at random|randomi[sz]ation|assigned|allocated|"
    r"allotted|divided into|split into|group(?:s|ed)? (?:a|1|i)\b"
)
_DESIGN = re.compile(r"randomi[sz]|cross-?over|double-blind|placebo-controlled|assigned|allocated")
_WILL = re.compile(
    r"(?<![a-z])will (?:be|receive|recruit|include|enroll?|randomi|participate|undergo|consist|involve|comprise|take)"
)


@dataclass(frozen=True, slots=True)
class SentenceSigns:
    """What the sentence that begins at `begin` says as a whole; the fields of the same names in `Place` tell more."""

    begin: int
    allocation: bool
    design: bool
    will: bool
    solitary: bool
    totalled: bool


def sentence_signs(lower: str, begin: int, stop: int, *, totalled: bool) -> SentenceSigns:
    """Read the sentence [begin, stop) once for all of its numbers; `totalled` is told by the sentences before it."""
    words = lower[begin:stop]
    return SentenceSigns(
        begin=begin,
        allocation=bool(_ALLOCATION.search(words)),
        design=bool(_DESIGN.search(words)),
        will="will " in words and bool(_WILL.search(words)),
        solitary=words.count("n =") + words.count("n=") == 1,
        totalled=totalled,
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
