"""Where the arms of a trial are named in its text: by label, by another name, or by a word that only one arm has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from structurer.linking.arms.outcome_control import controls_an_outcome
from structurer.linking.word_classes import word_classes
from structurer.schema import Arm
from structurer.text.normalise import normalise

_CONTROL = re.compile(
    r"\b(?:placebo|controls?|standard|usual|sham|alone|conventional|no|not|non|without|observation|waiting|wait-?list"
    r"|routine|untreated|vehicle|supportive|comparator|comparison|care|monotherapy|dummy|only|deferred|delayed|on-demand"
    r"|current|reference|investigator's|physician's|enhanced|lowest|nonusers?|nonuse)\b"
)
_ADDS = re.compile(r" (?:plus|and|with|combined|followed)\b|\+|/")
_PLAIN_CONTROL = re.compile(r"\b(?:placebo|controls?|sham|usual|standard|untreated|vehicle|observation)\b")
_WORD = re.compile(r"[a-z0-9α-ω][a-z0-9α-ω'+./-]*")
_DOSING = frozenset(
    {"plus", "of", "mg", "kg", "daily", "once", "unit", "units", "twice", "weekly", "day", "week", "g", "d"}
)


_DOSE = re.compile(r"(?<=\d)(-| |)(?=(?:mg|[µ\u03bc]g|mcg|iu|ml|gy|g)(?![a-z]))")


def _other_joint(joint: re.Match[str]) -> str:
    """ "500-mg" for "500 mg", and the other way round."""
    return " " if joint.group() != " " else "-"


_LETTERED = re.compile(r"(?:group|arm|cohort) ([a-z0-9]{1,3})\Z")


_TWO_WORDS = re.compile(r"[a-z]{2,4} [a-z]{4,16}")


def _respelled(name: str) -> list[str]:
    """Other spellings of a name: "500 mg" and "500-mg", "group a" and "a group", "a + b" and "a+b"."""
    more = [_DOSE.sub(_other_joint, name)] if _DOSE.search(name) else []
    if "+" in name:
        more += [joint.join(part.strip() for part in name.split("+")) for joint in (" + ", "+")]
    if _TWO_WORDS.fullmatch(name):
        more.append(name.replace(" ", "-"))
    if lettered := _LETTERED.match(name):
        more += [f"{lettered.group(1)} group", f"{lettered.group(1)} arm", f"arm {lettered.group(1)}"]
        more += [f"group {lettered.group(1)}", f"group-{lettered.group(1)}", f"group- {lettered.group(1)}"]
    return [other for other in more if other != name]


class ArmMention(NamedTuple):
    """One naming of an arm: the arm's index and the offsets."""

    arm: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArmNames:
    """How each arm of one trial may be named: (name, arm) by length, `whole` those that are no mere parts of names.

    `control` is the index of the arm that the others are compared with, None where no name tells.
    """

    labels: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    whole: frozenset[str]
    control: int | None

    @classmethod
    def of(cls, arms: Sequence[Arm]) -> ArmNames:
        """The names of `arms`: labels and aliases, and the words that tell one arm from all others."""
        printed = [
            tuple(
                name
                for name in (normalise(n).lower() for n in (arm.label, *arm.aliases))
                if len(name) > 1 or name.isupper()
            )
            for arm in arms
        ]
        words = [set().union(*map(_telling_words, names)) for names in printed]
        names: list[tuple[str, int]] = []
        for i, own in enumerate(words):
            names += [(name, i) for name in printed[i]]
            names += [(other, i) for name in printed[i] for other in _respelled(name)]
            others = set().union(*(w for j, w in enumerate(words) if j != i)) if len(words) > 1 else set()
            names += [(word, i) for word in own - others if word not in printed[i]]
            names += _without(printed, words, i)
            names += _elliptic(printed, i)
        names += _monotherapy(printed)
        names.sort(key=lambda pair: (-len(pair[0]), pair[1]))
        labels = tuple(names_[0] if names_ else arm.label.lower() for names_, arm in zip(printed, arms, strict=True))
        whole = frozenset(name for own in printed for name in own)
        return cls(labels, tuple(names), whole, _control(printed))

    def mentions(self, lower: str, start: int, end: int) -> list[ArmMention]:
        """The namings of arms in `lower[start:end]`, in order, none inside another."""
        find = lower.find
        taken: list[ArmMention] = []
        for name, arm in self.names:
            at = find(name, start, end)
            while at >= 0:
                stop = at + len(name)
                free = True
                for _, first, last in taken:
                    if first < stop and at < last:
                        free = False
                        break
                if (
                    free
                    and _whole(lower, at, stop, end)
                    and not _ADJECTIVE.match(lower, stop)
                    and not controls_an_outcome(lower, at, stop)
                ):
                    taken.append(ArmMention(arm, at, stop))
                at = find(name, stop, end)
        taken.sort(key=_start)
        return taken

    def within(self, lower: str) -> ArmNames:
        """Those of the names that a text (in lower case) has."""
        return replace(self, names=tuple([pair for pair in self.names if pair[0] in lower]))


_start = itemgetter(1)


# The arms are asked with and without what else is called a group, by effects and by values.
@lru_cache(maxsize=256)
def _telling_words(name: str) -> frozenset[str]:
    """The words of a name that may tell an arm from others."""
    dull = _dull()
    return frozenset([word for word in _WORD.findall(name) if word not in dull and len(word) > 2])


_NEGATED = re.compile(r"(?:no|without|not|non)[ -]")


def _without(printed: Sequence[Sequence[str]], words: Sequence[set[str]], i: int) -> list[tuple[str, int]]:
    """The namings that "no enema" gives: "enema" is the one other arm that has the word, "without enema" this arm."""
    negated = _NEGATED.match(printed[i][0]) if printed[i] else None
    if negated is None:
        return []
    names: list[tuple[str, int]] = []
    rest = [word for word in _WORD.findall(printed[i][0][negated.end() :]) if word in words[i]]
    if not any(set(rest) <= words[j] for j in range(len(words)) if j != i):
        # "no music usual-care control": only the music is missing
        rest = rest[:1]
    for word in rest:
        others = [j for j in range(len(words)) if j != i and word in words[j]]
        if len(others) == 1 and len(word) > 2:
            names.append((word, others[0]))
            names += [(f"{sign}{word}", i) for sign in ("no ", "without ", "non-", "not ", "no-", "non")]
    return names


_ALONE = re.compile(r"(?<![a-z])(?:alone|only|monotherapy)\Z")


def _monotherapy(printed: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    """ "monotherapy" for "drug alone", where it is the one arm so called."""
    alone = [i for i, names in enumerate(printed) if names and _ALONE.search(names[0])]
    return [("monotherapy", alone[0])] if len(alone) == 1 and len(printed) == 2 else []


_HYPHENED = re.compile(r"([a-z0-9]{2,}-)([a-z]+)(?: |\Z)")


def _elliptic(printed: Sequence[Sequence[str]], i: int) -> list[tuple[str, int]]:
    """ "high-" of "the high- and low-volume groups", where another arm shares the second part."""
    match = _HYPHENED.match(printed[i][0]) if printed[i] else None
    if match is None:
        return []
    tail = f"-{match.group(2)}"
    shared = any(tail in name for j, names in enumerate(printed) if j != i for name in names)
    return [(f"{match.group(1)}{joint}", i) for joint in (" and", " or", " versus", " vs")] if shared else []


_NEGATED_BEFORE = re.compile(r"(?<![a-z])(?:no|non)-\Z")
# "the placebo-controlled change" is not one with placebo.
_ADJECTIVE = re.compile(r"[- ](?:controlled|adjusted|corrected|subtracted)(?![a-z])")


def _whole(lower: str, at: int, stop: int, end: int) -> bool:
    """Whether `lower[at:stop]` is not part of a longer word."""
    before = at == 0 or not (lower[at - 1].isalnum() or (lower[at - 1] == "-" and at > 1 and lower[at - 2].isalpha()))
    before = before or _NEGATED_BEFORE.search(lower, max(0, at - 5), at) is not None
    return before and (stop >= end or not lower[stop].isalnum())


# Before the group that others are compared with.
_REFERENCE = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|than(?: (?:in|with|for|on|among|did|those (?:in|with|on)))?"
    r"|relative to|against)(?: the)? \Z"
)


def referred_to(mentions: Sequence[ArmMention], lower: str) -> set[int]:
    """The groups that a sentence names as what others are compared with: "than in the B group", "compared with B"."""
    return {m.arm for m in mentions if _REFERENCE.search(lower, max(0, m.start - 30), m.start)}


@cache
def _dull() -> frozenset[str]:
    """The words that tell no arm from another."""
    classes = word_classes()
    return (classes.breaks | classes.population | classes.generic | _DOSING) - {"placebo"}


@lru_cache(maxsize=256)
def looks_like_control(name: str) -> bool:
    """Whether a group's name (in lower case) is that of a comparator."""
    return bool(_CONTROL.search(name))


_ADDED_CARE = re.compile(
    r"(?<=[a-z0-9)]) ?(?:\+|(?:plus|added to|in addition to|(?:combined|in combination) with) )(?!.*(?:placebo|sham)).*"
)


def _base(name: str) -> str:
    """A name without what its treatment is added to: "drug plus standard care" is no control, "drug plus sham" is."""
    return _ADDED_CARE.sub("", name)


@lru_cache(maxsize=256)
def _is_called_control(name: str) -> tuple[bool, bool]:
    """Whether a name is plainly that of a comparator, and whether it may be."""
    base = _base(name)
    return _PLAIN_CONTROL.search(base) is not None, _CONTROL.search(base) is not None


def _control(printed: Sequence[Sequence[str]]) -> int | None:
    """The comparator: an arm named as one, or what the other arms add to; None where no name tells."""
    if len(printed) < 2:
        return None
    called = [[_is_called_control(name) for name in names] for names in printed]
    for sure in (0, 1):
        hits = [i for i, own in enumerate(called) if any(one[sure] for one in own)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            # "drug plus standard care" against "standard care": the comparator is the one with fewest words
            return min(hits, key=lambda i: len(printed[i][0].split()) if printed[i] else 99)
    # "A plus B" against "B"
    words = [set(_WORD.findall(" ".join(names[:1]))) for names in printed]
    for i, own in enumerate(words):
        others = [names[0] if names else "" for j, names in enumerate(printed) if j != i]
        if own and all(own < other for j, other in enumerate(words) if j != i) and all(map(_ADDS.search, others)):
            return i
    return None
