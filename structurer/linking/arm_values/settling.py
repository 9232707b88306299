"""Settle the arms of a sentence's values by one another, once each has been looked at alone."""

from __future__ import annotations

import re

from structurer.linking.arm_values.acting import is_reference, rival
from structurer.linking.arm_values.namings import Trial
from structurer.linking.arm_values.sentence import Sentence

_CONTRAST = re.compile(
    r"(?<![a-z])(?:compared|versus|vs\.?|than|whereas|while)(?![a-z])|\A[)\]]? and [A-Za-z][a-z-]+ ?[(\[]\Z"
)


def set_against(sentence: Sentence, trial: Trial) -> None:
    """Give a value set against one of the same arm the other arm, where only one of them has its arm beside it."""
    for i in range(len(sentence.values) - 1):
        arm = sentence.chosen[i]
        if arm is None or sentence.chosen[i + 1] != arm:
            continue
        a, b = sentence.values[i], sentence.values[i + 1]
        if (i in sentence.sure) == (i + 1 in sentence.sure):
            _part(sentence, trial, i)
            continue
        other = trial.partner(arm)
        if other is not None and a.kind is b.kind and _CONTRAST.search(sentence.lower[a.end : b.start]):
            sentence.chosen[i + 1 if i in sentence.sure else i] = other


_VERSUS = re.compile(r"(?:(?! and )[a-z0-9/%±().,+ -]){0,40}(?<![a-z])(?:versus|vs\.?) [-+~]?")


def _part(sentence: Sentence, trial: Trial, i: int) -> None:
    """Part two values set against each other, of which neither has its arm beside it: what is compared with is last."""
    a, b = sentence.values[i], sentence.values[i + 1]
    arm = sentence.chosen[i]
    if (
        arm is None
        or i in sentence.sure
        or a.kind is not b.kind
        or not _VERSUS.fullmatch(sentence.lower, a.end, b.start)
    ):
        return
    named = [m for m in sentence.mentions if m.end <= a.start and m.arm == arm]
    last = named[-1] if named else None
    references = [m for m in sentence.mentions if m.end <= a.start and is_reference(m, sentence.lower)]
    if last is not None and is_reference(last, sentence.lower):
        other, order = rival(last, sentence, trial), 0
    else:
        other, order = (references[-1].arm if references else trial.partner(arm)), 1
    if other is not None and other != arm:
        sentence.chosen[i + order] = other


_LISTED = re.compile(r"[)\]],?(?: and)?(?: (?!compared|versus|vs|than|whereas|while)[a-z0-9/-]+){1,6} [(\[][-+~]? ?")
_OPENED = re.compile(r"[(\[][-+~]? ?\Z")


def fill_backwards(sentence: Sentence) -> None:
    """Give the values of a list the arm that is named behind its last: "fever (5%), rash (4%) and cough (3%) in A"."""
    values = sentence.values
    for i in range(len(values) - 2, -1, -1):
        last = i + 1
        if last not in sentence.ahead or i in sentence.sure or values[i].kind is not values[last].kind:
            continue
        gap = sentence.lower[values[i].end : values[last].start]
        low = values[i - 1].end if i else sentence.begin
        named = any(low <= m.start < values[last].start and m not in sentence.used for m in sentence.mentions)
        opened = _OPENED.search(sentence.lower, max(0, values[i].start - 4), values[i].start)
        if not named and opened and _LISTED.fullmatch(gap):
            sentence.chosen[i] = sentence.chosen[last]
            sentence.sure.add(i)
            sentence.ahead.add(i)
