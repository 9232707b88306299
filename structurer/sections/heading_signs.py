"""Find what is printed like a heading: where it stands, what sets it off, and what the vocabulary says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from structurer.schema import SectionLabel
from structurer.sections.heading_labels import HeadingLabel, Match, first_words, known_heading, label_heading


class Sign(IntEnum):
    """What sets a heading off from its text."""

    COLON = 1
    LINE = 2
    BRACKETS = 3
    DASH = 4
    STOP = 5
    NONE = 6


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """What may be a heading: `start` and `body` are offsets, `known` is None for capitals of unknown meaning."""

    start: int
    body: int
    printed: str
    sign: Sign
    capitals: bool
    known: HeadingLabel | None
    label: SectionLabel | None


# Where a heading can stand: at the head of the text or of a line, after a stop (with or without a space)
# and after a word that only says that this is the abstract.
OPENING = r"(?i:(?:expanded |structured )?abstract|summary|unlabell?ed)[.:-]{0,2}"
_BEFORE_WORD = r"\s{0,6}(?=[\[(*]{0,2}([A-Z][A-Za-z'.]*))"
_HEAD = re.compile(rf"(?:{OPENING}\s)?{_BEFORE_WORD}")
# Begins with one sign of a class, so that `re` looks for that alone.
_PLACE = re.compile(rf"[.?!\n](?:(?<!\n)[\"')\]]{{0,3}})?{_BEFORE_WORD}")
# Words of a heading: "DESIGN, SETTING, AND PARTICIPANTS", "ClinicalTrials.gov identifier", "What's new?"
_WORDS = r"[A-Za-z](?:[A-Za-z,&/\\'() -]|\.(?=[A-Za-z])){1,90}?(?:\([sS]\))?"
# METHODS:   Methods :   METHODS.:   ABSTRACT-:   [METHODS]:   *METHODS*:
_COLON = re.compile(rf"[\[(*]{{0,2}}({_WORDS})[\])*]{{0,2}}\??[ ]?[.-]?[ ]?[\])]?:(?!//|\d)\s*")
# [METHODS] We   (Methods) We   *Methods* We
_BRACKETS = re.compile(rf"[\[(*]({_WORDS})[\])*][ .-]{{0,3}}\s*(?=[A-Z0-9])")
# Methods. We   Patients and methods. Adults
_STOP = re.compile(r"([A-Z][A-Za-z,&/' ]{2,60}?)\.\s+(?=[A-Z0-9(])")
# METHODS- We   Methods - We   Objective-To assess
_DASH = re.compile(r"([A-Z][A-Za-z,&/' ]{2,60}?)(?: -{1,2}|-) ?(?=[A-Z0-9(])")
# Methods We   PATIENTS AND METHODS From: words of a heading, all that can be one
_RUN = re.compile(r"[A-Z][A-Za-z'/&]+,?(?: (?:[A-Za-z'/&]+,?)){0,8}")
# The weaker patterns, each with a sign that it cannot do without (if any), within so many characters.
_WEAKER = ((_BRACKETS, "", Sign.BRACKETS), (_STOP, ".", Sign.STOP), (_DASH, "-", Sign.DASH))
_FARTHEST = 120
_CAPITAL_COLON = re.compile(r"[A-Z] ?:\s")
# METHODS: where the stop before it was forgotten
_MIDDLE = re.compile(
    r"(?<=[\w%)\],;] )(?:(?:MATERIALS?|PATIENTS|SUBJECTS) AND METHODS?|METHODS?|FINDINGS|RESULTS?|CONCLUSIONS?"
    r"|DISCUSSION|INTERPRETATION|OBJECTIVES?|BACKGROUND|PARTICIPANTS|(?:CLINICAL )?TRIAL REGISTRATIONS?|FUNDING)"
    r"(?: ?(?:/|AND) ?[A-Z]{4,20})?\s?:(?=\s)"
)
# A line that holds a heading and nothing else
_LINE = re.compile(r"[\[*]{0,2}([A-Za-z][A-Za-z,&/'() .?-]{1,80}?)[\]*:.]{0,2}[ ]{0,3}\n\s*(?=\S)")
_SPACE = re.compile(r"\s*")


def find_printed_headings(norm: str) -> list[PrintedHeading]:
    """All that is printed like a heading in a normalised text whose line ends were left in, in text order."""
    found: list[PrintedHeading] = []
    first = first_words()
    taken = 0
    head = _HEAD.match(norm)
    places = _PLACE.finditer(norm, head.end() if head else 0)
    for place in places if head is None else chain([head], places):
        at, word = place.end(), place.group(1)
        if at < taken or not (word.isupper() or word.rstrip(".").lower() in first):
            continue
        heading = _heading_at(norm, at, opens_line=at == 0 or "\n" in place.group())
        if heading is not None:
            found.append(heading)
            taken = heading.body
    found += _forgotten_stops(norm, found)
    return sorted(found, key=lambda heading: heading.start)


def _heading_at(norm: str, at: int, *, opens_line: bool) -> PrintedHeading | None:
    """The heading that stands at `at`, by the strongest sign that it has."""
    if opens_line and (match := _LINE.match(norm, at)) and "\n" in match.group():
        heading = _known(match, Sign.LINE, at)
        if heading is not None:
            return heading
    if norm.find(":", at, at + _FARTHEST) >= 0 and (match := _COLON.match(norm, at)):
        heading = _known(match, Sign.COLON, at)
        if heading is not None:
            # "TRIAL REGISTRATION Trial registration: NCT...": the capitals are the heading, the rest its text.
            bare = None if heading.capitals else _bare(norm, at)
            return bare if bare is not None and bare.capitals else heading
        if _is_capitals(match.group(1)) and _may_be_unknown(norm, match):
            return PrintedHeading(at, match.end(), match.group(1).strip(), Sign.COLON, True, None, None)
    for pattern, needed, sign in _WEAKER:
        if norm.find(needed, at, at + _FARTHEST) >= 0 and (match := pattern.match(norm, at)):
            heading = _known(match, sign, at)
            if heading is not None:
                return heading
    return _bare(norm, at)


def _known(match: re.Match[str], sign: Sign, at: int) -> PrintedHeading | None:
    """The matched words as a heading, where the vocabulary knows them well enough for how they are set off."""
    printed = match.group(1).strip()
    capitals = _is_capitals(printed)
    if not capitals and printed.count(" ") > 7:
        return None
    if sign > Sign.LINE:
        known = known_heading(printed)
    else:
        known = label_heading(printed, misprints=capitals)
        # Capitals are a heading by themselves, and one cue or a misprint will do to label it; small letters are none.
        if known is not None and not capitals and known.match < Match.COVERED:
            return None
    if known is None or known.label is None:
        return None
    return PrintedHeading(at, match.end(), printed, sign, capitals, known, known.label)


def _is_capitals(printed: str) -> bool:
    if printed.isupper():
        return True
    letters = list(filter(str.isalpha, printed.replace("(s)", "")))
    return sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _may_be_unknown(norm: str, match: re.Match[str]) -> bool:
    """Whether capitals before a colon that no row knows can be a heading: words, not a short form of the text."""
    printed = match.group(1).strip()
    if known_heading(printed) is not None:
        return False
    words = printed.split()
    if len(max(words, key=len)) < 5 or not printed.replace(" ", "").isalpha() or not printed.isupper():
        return False
    return norm[match.end() : match.end() + 1].isupper() and norm.count(printed) == 1


def _bare(norm: str, at: int) -> PrintedHeading | None:
    """A heading that only its capitals or its place set off: `PURPOSE To compare`, `Results Of 45 adults`."""
    run = _RUN.match(norm, at)
    if run is None:
        return None
    words = run.group().split(" ")
    for count in range(len(words), 0, -1):
        printed = " ".join(words[:count])
        following = norm[at + len(printed) :].lstrip()[:1] if count == len(words) else words[count][:1]
        if printed[-1] == "," or not (following.isupper() or following.isdigit()):
            continue
        known = known_heading(printed)
        if known is None or known.label is None:
            continue
        if not norm[at + len(printed) : at + len(printed) + 1].isspace():
            continue
        body = _SPACE.match(norm, at + len(printed))
        return PrintedHeading(
            at, body.end() if body else at, printed, Sign.NONE, _is_capitals(printed), known, known.label
        )
    return None


def _forgotten_stops(norm: str, found: list[PrintedHeading]) -> list[PrintedHeading]:
    """Headings in capitals before a colon inside what looks like a sentence: the stop before them was forgotten."""
    extra: list[PrintedHeading] = []
    known_ones = sum(heading.sign is Sign.COLON and heading.capitals for heading in found)
    if norm.count(":") <= known_ones or len(_CAPITAL_COLON.findall(norm)) <= known_ones:
        return extra
    starts = {heading.start for heading in found}
    for match in _MIDDLE.finditer(norm):
        printed = match.group()[:-1].strip()
        known = known_heading(printed)
        if match.start() in starts or known is None:
            continue
        if any(heading.start <= match.start() < heading.body for heading in found):
            continue
        body = _SPACE.match(norm, match.end())
        extra.append(
            PrintedHeading(
                match.start(), body.end() if body else match.end(), printed, Sign.COLON, True, known, known.label
            )
        )
    return extra
