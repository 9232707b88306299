"""The words around a number that say whether it counts participants, and which ones: `sample_size_cues.csv`.

Each row of the vocabulary is one kind of evidence. `side` says where its `words` (a plain alternation) stand: `noun`
for what is counted, `after` for what was done with those counted, `before` for what introduces the count.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from structurer.resources import load_vocabulary

COLUMNS = ("side", "role", "words")


class CountedNoun(NamedTuple):
    """What is counted: where the noun ends, its kind (`people`, `unit`, `cluster`), and the words before it."""

    end: int
    kind: str
    modifiers: tuple[str, ...]


class Cue(NamedTuple):
    """A cue met: its row's id, the role it gives, and its offsets in the searched text."""

    rule: str
    role: str
    start: int
    end: int


# One step of a noun phrase: an aside in brackets, then a word and perhaps a comma.
_STEP = re.compile(
    r"(?: ?[(\[](?:[^()\[\]]|"
    r"\[[^\[\]]{0,20}\]){0,90}[)\]])?[ -]{1,2}((?:[a-z\u00c0-\u024f\u0370-\u03ff][a-z\u00c0-\u024f'/+.-]{0,30}\d{0,3}|"
    r"\d{1,3}(?= [a-z])|>=? ?\d{1,3}))(,?)"
)
_STOP_WORDS = frozenset(
    """of in with to from at by for on who whom whose which that were was are is be been had have has having received
    receiving given died vs versus than per as not did does completed withdrew underwent undergoing years year
    months month weeks week days day hours hour minutes times experienced developed reported achieved showed each both
    between after before during into within without if when while because responded continued assigned-to took
    samples sample specimens lesions episodes events deaths visits items countries nations cells trials studies
    doses different groups arms measures questionnaires points questions regimens types sets factors outcomes
    conditions sequences periods among identified observed consequences due phases parts reports
    articles records biopsies scans images measurements cycles classes classrooms teams""".split()
)
_LAST_WORDS = 10
# "88 normal to slightly overweight men"
_SCALE = frozenset(
    {"mild", "mildly", "normal", "low", "lean", "minimal", "slightly", "moderate", "moderately", "light"}
)
# Words that end like a plural and are none: "hepatitis and cirrhosis patients", but "3 therapists, and patients"
_NO_PLURAL = ("is", "us", "ss", "tes", "a's")
_COUNTS = re.compile(
    r"\d+|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty)"
)
# In the singular these only describe another noun ("39 outpatient centres"), but after "one".
_SINGULAR = frozenset(
    """patient inpatient outpatient in-patient out-patient subject participant volunteer individual person respondent
    survivor responder completer case control user smoker resident adult adolescent child boy girl infant neonate
    newborn baby student mother father parent caregiver carer couple dyad family pair twin household worker man woman
    female male employee nonsmoker non-smoker responder pregnancy eye knee hip tooth limb leg breast implant cluster
    pharmacy home village community school ward hospital clinic center centre site facility""".split()
)


@cache
def _vocabulary(side: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in load_vocabulary("sample_size_cues", COLUMNS) if row["side"] == side)


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{row['role']}_{i}>{row['words']})" for i, row in enumerate(_vocabulary("noun"))))


@cache
def _after() -> tuple[re.Pattern[str], tuple[dict[str, str], ...]]:
    rows = _vocabulary("after")
    pattern = "|".join(f"(?P<r{i}>{row['words']})" for i, row in enumerate(rows))
    return re.compile(rf"(?<![a-z-])(?:{pattern})(?![a-z])"), rows


@cache
def _before() -> tuple[re.Pattern[str], tuple[dict[str, str], ...]]:
    rows = sorted(_vocabulary("before"), key=lambda row: row["role"] not in {"planned", "subgroup"})
    pattern = "|".join(f"(?P<r{i}>{row['words']})" for i, row in enumerate(rows))
    fillers = (
        r"(?: (?:a|an|total|of|the|in|all|up|to|about|approximately|only|at|least|first|additional|another|further|"
        r"consecutive|from|on|for|with|among|and|some|over|altogether|nearly|participants?:?|patients?|subjects|these|our|which|sample)){0,5}"
    )
    ratio = r"(?:,? in an? (?:\d{1,2}:)+\d{1,2} (?:ratio|fashion|manner),?)?"
    return re.compile(rf"(?<![a-z-])(?:{pattern}){ratio}{fillers}[ (,:]{{0,2}}\Z"), tuple(rows)


# "534 6- to 10-year-old children"
_AGES = re.compile(
    r" (?:[a-z-]+ )?(?:american society of an(?:a)?esthesiologist(?:s|'s|s')?|asa)"
    r"(?: \(asa\))?(?: physical)?(?: status| class| grade)?"
    r"(?: [iv]{1,3}(?:(?:-| and | or |/)[iv]{1,3})?)?(?= [a-z])|"
    r" \d{1,2}-?(?: to |-| and )\d{1,2}[ -](?:years?|months?|weeks?|yr)[ -]olds?(?= [a-z])"
    r"| [a-z]{3,9}(?:-[a-z]{3,5})?-? to [a-z]{3,9}(?:-[a-z]{3,5})?-(?:year|month|week)-olds?(?= [a-z])"
)
# "1 outpatient department"
_PLACE_NEXT = re.compile(
    r" (?:departments?|clinics?|units?|wards?|services?|centres?|centers?|hospitals?|practices?)(?![a-z])"
)


def counted_noun(
    lower: str, at: int, stop: int, *, one: bool = False, short: frozenset[str] = frozenset()
) -> CountedNoun | None:
    """The noun that the number ending at `at` counts, looked for before `stop`; None where it counts no one.

    `one`: the number is 1, so that a noun in the singular may be what it counts. `short`: short forms that
    this text defines for people (`bcs` for breast cancer survivors).
    """
    nouns = _nouns()
    words: list[str] = []
    ages = _AGES.match(lower, at, stop)
    at = ages.end() if ages is not None else at
    after_comma = False
    for _ in range(_LAST_WORDS):
        step = _STEP.match(lower, at, stop)
        if step is None:
            return None
        word = step.group(1).rstrip(".")
        at = step.start(1) + len(word)
        if after_comma and _ends_plural(words):
            return None
        if word in short:
            return CountedNoun(at, "people", tuple(words))
        found = nouns.fullmatch(word)
        if found is not None and (
            word not in _SINGULAR
            or (one and not _PLACE_NEXT.match(lower, at))
            or (word in {"female", "male"} and not _STEP.match(lower, at, stop))
        ):
            return _last_noun(lower, at, stop, str(found.lastgroup), tuple(words))
        if (
            (word in _STOP_WORDS and not (word == "to" and words and words[-1] in _SCALE))
            or (word in {"and", "or"} and _ends_plural(words))
            or (
                words
                and words[-1] in {"and", "or"}
                and _COUNTS.fullmatch(word)
                and not _COUNTS.fullmatch(words[-2:][0])
            )
        ):
            return None
        words.append(word)
        after_comma = bool(step.group(2))
        at = step.end()
    return None


def _ends_plural(words: list[str]) -> bool:
    """Whether the last of `words` is what the number counts, so that "and" begins something else."""
    return bool(words) and words[-1].endswith("s") and not words[-1].endswith(_NO_PLURAL)


# "Fifty orderlies were recruited": whatever can be recruited or assigned is someone
_SOMEONE = re.compile(
    r" (?:[a-z-]{2,20} ){0,2}?([a-z-]{4,20}s) (?:were|had been) (?:then |also |\w+ly )?"
    r"(?:randomi[sz]ed|randomly|recruited|enrolled|assigned|allocated|placed (?:in|into|on)|divided)(?![a-z])"
)


# "SUBJECTS: Forty dependent opiate injectors seeking ...": whoever stands under that heading
_HEADED = re.compile(r"(?:participants|subjects|patients|population):? \Z")
_ANY_PLURAL = re.compile(
    r" (?:[a-z-]{2,20} ){0,4}?([a-z-]{4,20}[a-rt-z]s)(?=[,.;]|"
    r" (?:with|who|seeking|from|aged|attending|undergoing|in|recruited)\b)"
)
# Where a count begins its clause: "patients with nine nodes were randomised" counts nodes
_BEGINS = re.compile(r"(?:\A|[.:;,(] ?|(?<![a-z])(?:and|another|total of|the|other|remaining|which) )\Z")


def someone(lower: str, start: int, at: int, stop: int) -> CountedNoun | None:
    """A noun that the vocabulary does not hold, right behind the number in [start, at), told to be recruited or so."""
    headed = _HEADED.search(lower, max(0, start - 16), start) and _ANY_PLURAL.match(lower, at, stop)
    match = headed or _SOMEONE.match(lower, at, stop)
    if not _BEGINS.search(lower, max(0, start - 14), start):
        return None
    if (
        match is None
        or not _STOP_WORDS.isdisjoint(lower[at : match.end(1)].split())
        or _nouns().fullmatch(match.group(1))
    ):
        return None
    return CountedNoun(match.end(1), "people", ())


def _last_noun(lower: str, at: int, stop: int, group: str, words: tuple[str, ...]) -> CountedNoun | None:
    """The noun met, or the one right after it (`family members`, `nursing home residents`)."""
    for _ in range(2):
        step = _STEP.match(lower, at, stop)
        if step is None or lower[at] != " ":
            break
        word = step.group(1).rstrip(".")
        found = _nouns().fullmatch(word)
        if found is None:
            break
        at, group = step.start(1) + len(word), str(found.lastgroup)
    held = lower.startswith(" of ", at) and not lower.startswith((" of which", " of whom"), at)
    if held and lower.endswith(("cases", "births", "users", "pairs"), 0, at):
        return None
    return CountedNoun(at, group.rsplit("_", 1)[0], words)


_LEAD = re.compile(
    r"[ ,]{0,5}(?:of (?:whom|them|these),? )?"
    r"(?:(?:were|was|are|had been|have been|also|then|who were|who) ){0,2}(?:\w+ly )?"
)
_RELATIVE = re.compile(r"(?<![a-z])(?:who|whom|that|which)(?: \w+ly| also| then| previously)? \Z|\Awho")
# "children who had experienced an injury were recruited"
_RELATIVE_EVENT = re.compile(r"(?<![a-z])(?:who|that|which) (?:had|have|has|were|was)(?: not)? \Z")


def cue_after(text: str, *, at_start: bool = False) -> Cue | None:
    """The first cue in `text`, which begins right after what is counted; `at_start`: only one that stands first.

    A cue in a relative clause (`who had undergone surgery`) gives way to one of the main clause.
    """
    pattern, rows = _after()
    relative: Cue | None = None
    for match in pattern.finditer(text):
        if at_start and not _LEAD.fullmatch(text, 0, match.start()):
            return None
        row = rows[int(str(match.lastgroup)[1:])]
        cue = Cue(row["id"], row["role"], match.start(), match.end())
        begin = max(0, match.start() - 24)
        inside = bool(_RELATIVE.search(text, begin, match.start())) or match.group().startswith("who")
        if cue.role == "event" and _RELATIVE_EVENT.search(text, begin, match.start()):
            inside = True
        if at_start or not inside:
            return cue
        relative = relative or cue
    return relative


_SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")
_PEOPLE_BEFORE = re.compile(
    r"(?:patients|participants|subjects|women|men|adults|children|survivors|"
    r"individuals|people|infants|volunteers|athletes|workers|smokers) \Z"
)


def people_short_forms(norm: str) -> frozenset[str]:
    """The short forms, in lower case, that a text defines for the people it studies (`cancer survivors (BCS)`)."""
    return frozenset(
        match.group(1).lower()
        for match in _SHORT_FORM.finditer(norm)
        if _PEOPLE_BEFORE.search(norm, max(0, match.start() - 13), match.start())
    )


def cue_before(text: str) -> Cue | None:
    """The cue that introduces a count: the last words of `text`, which ends right before the number."""
    pattern, rows = _before()
    match = pattern.search(text)
    if match is None:
        return None
    row = rows[int(str(match.lastgroup)[1:])]
    return Cue(row["id"], row["role"], match.start(), match.end())
