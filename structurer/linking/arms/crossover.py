"""What everybody was given in turn: the treatments of a cross-over trial, the formulations that are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from structurer.linking.arms.allocation import coordinated, listed_after_colon
from structurer.linking.arms.names import Span
from structurer.text.reading import Reading

_CROSSED = (
    "cross",
    "washout",
    "wash-out",
    "in random order",
    "randomized order",
    "randomised order",
    "counterbalanced",
)
_KIND = r"(?:design|stud(?:y|ies)|trials?|comparison|manner|fashion|experiment|investigation|method|protocol)"
_CROSSOVER = re.compile(
    rf"(?<![a-z])(?:cross-?over,? (?:[a-z-]+,? ){{0,3}}{_KIND}(?![a-z])"
    rf"|(?:{_KIND}|randomi[sz]ed|controlled|blind(?:ed)?|way|period)[ ,-]{{1,2}}(?:[a-z-]+,? ){{0,3}}"
    r"cross-?over(?![a-z])"
    r"|wash-?out|counterbalanced|(?:in|a) (?:[a-z]+ )?random(?:i[sz]ed)? (?:[a-z]+ )?order)"
)
# The sentence tells of more than one treatment for everybody.
_IN_TURN = re.compile(
    r"(?<![a-z])(?:random\w*|order|occasions?|cross(?:ed)?[ -]?over|sequences?|conditions|separate|periods?|visits"
    r"|trials|days|nights|following treatments|each of|on [2-6]|wash-?out|test meals|diets|sessions|rotations)(?![a-z])"
)
_GIVEN = re.compile(
    r"(?<![a-z])(?:rec(?:eive[ds]?|eiving)|consum(?:ed|ing|e)|ingest(?:ed|ing|ion of)|treated with|given|fed|drank|ate"
    r"|exposed to|ventilated|administered|administration of|breathed|wore|order of|sequences? (?:of|with)"
    r"|took|taking|comparing)(?![a-z])"
    r"(?: (?:either|both|each of|one of|\d+ days of|\d+ weeks of|the following(?: \w+){1,2}[:,]?|treatment with"
    r"|a single|single|doses? of|once|daily|oral|in random order|separately))*[:,]? "
)
_PEOPLE_OR_TIME = re.compile(
    r"(?:\d+ )?(?:healthy|patients|participants|subjects|men|women|volunteers|children|adults|type|moderate|severe|mild"
    r"|weeks?|days?|months?|hours?|respect|an? (?:\w+ )?(?:washout|wash-out)|baseline|\d|each|random|study|trial)"
)
_JOINT = re.compile(r"(?<![a-z])(?:and|or|versus|vs)(?![a-z])|;|\d\)")
_FORMULATION = re.compile(
    r"(?<![\w-])(test|reference)(?=\)? (?:and (?:test|reference) )?(?:formulations?|products?|tablets?|drugs?|capsules?"
    r"|preparations?|treatments?)(?![a-z])|\))"
)


def is_crossover(reading: Reading) -> bool:
    """Whether the text tells of a trial in which everybody gets more than one treatment in turn."""
    return any(sign in reading.lower for sign in _CROSSED) and _CROSSOVER.search(reading.lower) is not None


def given_in_turn(reading: Reading) -> Iterator[list[Span]]:
    """Lists of at least two treatments that everybody was given, sentence by sentence."""
    text, lower = reading.norm, reading.lower
    for begin, stop in reading.sentences:
        if not _IN_TURN.search(lower, begin, stop):
            continue
        colon = listed_after_colon(lower, begin, stop)
        if colon is not None:
            spans = coordinated(text, lower, colon, stop, listed=True)
            if len(spans) >= 2:
                yield spans
        for match in _GIVEN.finditer(lower, begin, stop):
            if _PEOPLE_OR_TIME.match(lower, match.end()):
                continue
            spans = coordinated(text, lower, match.end(), stop, listed=True)
            names = {lower[start:end] for start, end in spans}
            if len(spans) >= 2 and len(names) == len(spans) and _JOINT.search(lower, spans[-2][1], spans[-1][0]):
                yield spans


def formulations(reading: Reading) -> list[Span]:
    """ "test" and "reference", where a text sets two formulations side by side."""
    if "reference" not in reading.lower or "bioequivalen" not in reading.lower:
        return []
    found = {match.group(1): match.span(1) for match in reversed(list(_FORMULATION.finditer(reading.lower)))}
    return sorted(found.values()) if len(found) > 1 else []
