"""Join a phrase to what tells which of its kind is meant: "freedom from relapse", "hospitalisation for heart failure".

The phrase behind the joint names no outcome of its own there: what was measured is the hospitalisation, not the heart
failure.
"""

from __future__ import annotations

from collections.abc import Sequence

from structurer.linking.phrases import NounPhrase
from structurer.linking.word_classes import word_classes
from structurer.text.notation import Kind, Token

_FROM = frozenset({("from",)})
_CAUSED = frozenset({("from",), ("due", "to"), ("because", "of"), ("attributable", "to"), ("related", "to")})
_CAUSING = frozenset({("leading", "to"), ("resulting", "in"), ("requiring",), ("causing",)})
_FOR = frozenset({("for",), ("due", "to"), ("because", "of")})
# Heads of phrases, each with the words that may join what it is of.
_JOINTS = {
    **dict.fromkeys("freedom abstinence abstinent abstained abstention".split(), _FROM),
    **dict.fromkeys("death deaths died mortality".split(), _CAUSED),
    **dict.fromkeys(
        """hospitalisation hospitalisations hospitalization hospitalizations rehospitalisation rehospitalisations
        rehospitalization rehospitalizations admission admissions readmission readmissions hospitalised hospitalized
        re-admission re-admissions""".split(),
        _FOR,
    ),
    **dict.fromkeys("discontinued discontinuation discontinuations withdrawals withdrew".split(), _CAUSED),
    **dict.fromkeys(
        "event events effect effects reaction reactions toxicity toxicities exacerbation exacerbations".split(),
        _CAUSING,
    ),
}
_UNCOUNTED = frozenset({"the", "any", "all", "a", "an", "other", "to", "of"})
_LONGEST_JOINT = 4


def joined_phrases(phrases: list[NounPhrase], tokens: Sequence[Token], arms: frozenset[str]) -> list[NounPhrase]:
    """`phrases` with each whose head has a joint behind it made one with the phrase after that.

    A phrase of words of `arms`, or of people, is not what a joint leads to: "hospitalisation for placebo recipients".
    """
    if not any(phrase.words[-1] in _JOINTS for phrase in phrases):
        return phrases
    people = word_classes().population
    made: list[NounPhrase] = []
    for phrase in phrases:
        last = made[-1] if made else None
        joints = None if last is None else _JOINTS.get(last.words[-1])
        if last is None or joints is None or last.depth != phrase.depth:
            made.append(phrase)
            continue
        between = tokens[last.last + 1 : phrase.first]
        words = tuple(token.text for token in between)
        told = words[: next((n for n in (1, 2) if words[:n] in joints), 0)]
        plain = all(token.kind in (Kind.WORD, Kind.TO) for token in between) and len(between) <= _LONGEST_JOINT
        named = not any(word in arms or word in people for word in phrase.words)
        if told and plain and named and _UNCOUNTED.issuperset(words[len(told) :]):
            made[-1] = last._replace(
                end=phrase.end, last=phrase.last, words=(*last.words, *words, *phrase.words), after=phrase.after
            )
        else:
            made.append(phrase)
    return made


def head_of(words: Sequence[str]) -> str:
    """The head of a phrase: its last word, or the one before what it is of or for."""
    for i in range(1, len(words)):
        if words[i] in _JOINT_WORDS:
            return words[i - 1]
    return words[-1]


_JOINT_WORDS = frozenset({"of"}).union(*({joint[0] for joint in joints} for joints in _JOINTS.values()))
