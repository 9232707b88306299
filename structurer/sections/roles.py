"""Say of each sentence of an abstract what it does: background, methods, findings or interpretation.

A linear chain: each sentence is scored by its own features and those of the sentences
beside it, and the labels of all sentences are chosen together. Plain Python, no numerical library.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from structurer.resources.models import model_folder
from structurer.schema import SectionLabel
from structurer.sections.announcements import tells_aim, tells_end_point, tells_trial
from structurer.sections.reporting import tells_finding, tells_outcome, tells_procedure
from structurer.sections.role_features import describe_sentences
from structurer.sections.role_weights import LANES, ROLES, RoleWeights, read_role_weights
from structurer.sections.sequence import IMPOSSIBLE

_N = len(ROLES)
_BACKGROUND, _METHODS, _FINDINGS, _INTERPRETATION = range(_N)
# What speaks for background where a sentence of the first half is an aim, and for methods where one (though not the
# first) tells of the trial itself, or one anywhere only names end points. Chosen on the labelled abstracts: more
# goes against the printed headings too often.
_AIM_BONUS, _METHODS_BONUS = 2.5, 3.7
# What speaks for methods where a sentence tells what was done, and for findings where one says that it was found.
_PROCEDURE_BONUS, _FINDING_BONUS = 1.5, 2.0
# What speaks for findings, and against background and methods, where a sentence tells in words how something came out.
_OUTCOME_BONUS, _OUTCOME_MALUS = 0.5, 2.0
# A label whose score leads by so much, or lags so far, is not asked for by wording any more.
_SURE = 3.0
# Short abstracts were written without headings: they conclude in a sentence or two, long ones in a section of its own.
_SHORT, _SHORT_CONCLUDES_LESS = 1700, 0.7
# What stands before the first sentence and after the last.
_NOTHING = [0] * LANES
# Scores are multiplied by this before they become probabilities, so that these agree with the share that is right on
# labelled abstracts of other kinds than the model was trained on.
SHARPNESS = 0.7


@dataclass(frozen=True, slots=True)
class SentenceRole:
    """What one sentence does, and the probability of each label in the order of ROLES."""

    label: SectionLabel
    probabilities: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The probability of the label given."""
        return self.probabilities[ROLES.index(self.label)]


@cache
def shipped_weights() -> RoleWeights:
    """The weights that come with the package, read once. Raises ModelNotFoundError where there are none."""
    return read_role_weights(model_folder("sections"))


def label_sentences(
    sentences: Sequence[str],
    allowed: Sequence[Collection[SectionLabel] | None] | None = None,
    *,
    weights: RoleWeights | None = None,
    sharpness: float = SHARPNESS,
) -> list[SentenceRole]:
    """The role of each of an abstract's sentences, given in order and normalised.

    `allowed[i]`, where given, are the labels that sentence i can have: what is known steers its neighbours.
    `sharpness` under 1 evens the probabilities out, and changes no label.
    Raises ModelNotFoundError where no weights are given and none are installed.
    """
    if not sentences:
        return []
    model = weights or shipped_weights()
    lanes = [_NOTHING, *map(model.lanes, describe_sentences(sentences, model.packed)), _NOTHING]
    scored = [
        [
            model.scale * sum(three)
            for three in zip(own[: 2 * _N], before[2 * _N : 4 * _N], after[4 * _N :], strict=True)
        ]
        for before, own, after in zip(lanes, lanes[1:], lanes[2:], strict=False)
    ]
    here = [row[:_N] for row in scored]
    _add_announced(sentences, here)
    begins = [row[_N:] for row in scored]
    for i, labels in enumerate(allowed or ()):
        if labels:
            here[i] = [score if role in labels else IMPOSSIBLE for role, score in zip(ROLES, here[i], strict=True)]
    path = model.chain.best(here, begins)
    probabilities = model.chain.times(sharpness).probabilities(
        [[score * sharpness for score in row] for row in here], [[score * sharpness for score in row] for row in begins]
    )
    return [SentenceRole(ROLES[label], shares) for label, shares in zip(path, probabilities, strict=True)]


def _add_announced(sentences: Sequence[str], here: Sequence[list[float]]) -> None:
    """Add to the scores what sentences say of themselves by their wording."""
    short = sum(map(len, sentences)) < _SHORT
    count = len(sentences)
    for i, (sentence, scores) in enumerate(zip(sentences, here, strict=True)):
        early = 2 * i < count
        if early and tells_aim(sentence, first=not i):
            scores[_BACKGROUND] += _AIM_BONUS
        elif (i and early and tells_trial(sentence)) or tells_end_point(sentence):
            scores[_METHODS] += _METHODS_BONUS
        background, methods, findings, interpretation = scores
        rival = max(background, interpretation)
        if i and abs(methods - max(rival, findings)) < _SURE and tells_procedure(sentence):
            scores[_METHODS] += _PROCEDURE_BONUS
        if i and tells_finding(sentence):
            scores[_FINDINGS] += _FINDING_BONUS
        if not short:
            continue
        if 4 * i >= count and findings - max(rival, methods) < _SURE and tells_outcome(sentence):
            scores[_FINDINGS] += _OUTCOME_BONUS
            scores[_METHODS] -= _OUTCOME_MALUS
            scores[_BACKGROUND] -= _OUTCOME_MALUS
        scores[_INTERPRETATION] -= _SHORT_CONCLUDES_LESS
