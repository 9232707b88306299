"""The arm of values in a sentence that names none, from the sentence that it goes on from."""

from __future__ import annotations

import re

from structurer.linking.arm_values.namings import Trial, namings
from structurer.text.reading import Reading

_HEADED = re.compile(r"(?:[a-z]+: )?(?:in|for|with|among)(?: the)?(?: patients (?:in|on|with))?(?: the)? \Z")


def carried(trial: Trial, reading: Reading, begin: int) -> str | None:
    """The arm that the sentence before is headed by, where this one names none and the next is headed by another arm.

    "In the drug arm, response was 5%. Survival was 9 months. In the placebo arm, ...": the 9 months are the drug's.
    """
    at = reading.sentence_index(begin)
    subject = _subject_before(trial, reading, at)
    if subject is not None:
        return trial.labels[subject]
    if not 0 < at < len(reading.sentences) - 1 or namings(trial, reading.lower, *reading.sentences[at]):
        return None
    before, after = (_headed(trial, reading, i) for i in (at - 1, at + 1))
    return None if before is None or after is None or before == after else trial.labels[before]


# Of which the sentences that follow go on to tell: "A high-fat diet increased weight by 5%. Glucose rose by 3%."
_ACTS = re.compile(
    r"(?: (?:diet|group|arm|treatment|therapy|period|supplementation|exercise|training"
    r"|meal|patients|intake|administration)){0,2}"
    r"(?: also| significantly)? (?:induced|increased|reduced|decreased|produced|caused|led|resulted|lowered"
    r"|raised|elicited)(?![a-z])"
)
_ALL = re.compile(
    r"(?<![a-z])(?:both|groups|arms|between|overall|total|all|each|either|respectively|versus|vs|compared|than|difference"
    r"|differences|patients|participants|subjects|women|men|children|no|study|trial)(?![a-z])"
)
_MOST_CARRIED = 3


def _subject_before(trial: Trial, reading: Reading, at: int) -> int | None:
    """The arm that a sentence begins with as what acts, where the ones behind it name no group and set none apart."""
    if not trial.arms:
        return None
    for i in range(at, max(at - _MOST_CARRIED, 0), -1):
        if _ALL.search(reading.lower, *reading.sentences[i]) or namings(trial, reading.lower, *reading.sentences[i]):
            return None
        begin, stop = reading.sentences[i - 1]
        mentions = namings(trial, reading.lower, begin, stop)
        if mentions:
            first = mentions[0]
            lead = _LEAD.fullmatch(reading.lower, begin, first.start)
            acts = first.arm < trial.arms and lead and _ACTS.match(reading.lower, first.end, stop)
            return first.arm if acts and len({m.arm for m in mentions}) == 1 else None
    return None


_LEAD = re.compile(r"(?:[a-z]+: )?(?:the |an? )?")


def _headed(trial: Trial, reading: Reading, at: int) -> int | None:
    """The arm that a sentence begins with, where it names no other."""
    begin, stop = reading.sentences[at]
    mentions = namings(trial, reading.lower, begin, stop)
    if not mentions or len({m.arm for m in mentions}) > 1 or mentions[0].arm >= trial.arms:
        return None
    return mentions[0].arm if _HEADED.fullmatch(reading.lower, begin, mentions[0].start) else None
