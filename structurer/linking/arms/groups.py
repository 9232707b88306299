"""All the groups that a text may compare: the trial's arms, and what else it calls a group where results stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from structurer.linking.arms.group_names import group_names_of
from structurer.linking.arms.mentions import ArmMention, ArmNames, looks_like_control, referred_to
from structurer.linking.outcomes.context import outcome_heads
from structurer.linking.word_classes import word_classes
from structurer.schema import Arm, Section, SectionLabel
from structurer.text.reading import Reading

_EDGE = re.compile(
    r"\A(?:the|a|an|all|both|patients|those) | (?:groups?|arms?|regimens?|recipients|users|patients|participants"
    r"|children|women|men|clusters|conditions?|practices|schools|villages|wards|phase)\Z"
)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one text by index: first the `arms`, then what else is called a group.

    `labels` are those of the arms as given; `pair` are the two groups that a result compares where its sentence names
    none.
    """

    names: ArmNames
    labels: tuple[str, ...]
    arms: int
    controls: frozenset[int]
    pair: tuple[int, int] | None

    @classmethod
    def of(cls, reading: Reading, arms: Sequence[Arm], sections: Sequence[Section]) -> Groups:
        """The groups that `reading` names."""
        arms = [arm for arm in arms if _names_something(arm, len(arms))]
        known_labels = tuple(arm.label for arm in arms)
        arms = [_with_short_forms(_as_group(arm, arms), reading) for arm in arms]
        names_of = tuple(arms)
        namings = reading.once("namings", names_of, lambda: _Namings(ArmNames.of(names_of), reading))
        known = namings.known
        body = min((s.start for s in sections if s.label is SectionLabel.FINDINGS), default=0)
        told = [namings.told(i) for i, (_, end) in enumerate(reading.sentences) if end > body]
        used = Counter([mention.arm for named, _ in told for mention in named])
        others = Counter([name for _, unknown in told for name in unknown])
        others.pop("", None)
        if len(arms) < 2:
            others.update(name for name in _acting(reading) if name not in others)
        extra = [name for name, _ in others.most_common(12)]
        names = ArmNames.of([*arms, *(Arm(name) for name in extra)]).within(reading.lower) if extra else known
        count = len(arms)
        controls = {count + i for i, name in enumerate(extra) if looks_like_control(name)}
        control = known.control
        if control is None and count > 1:
            # the arm that results compare the others with
            often = Counter([arm for named, _ in told for arm in referred_to(named, reading.lower)]).most_common(2)
            control = often[0][0] if often and (len(often) == 1 or often[0][1] > often[1][1]) else None
        if control is not None:
            controls.add(control)
        used.update({count + i: others[name] for i, name in enumerate(extra)})
        return cls(names, known_labels, count, frozenset(controls), _usual_pair(control, count, used, controls))


class _Told(NamedTuple):
    """What a sentence names: the known groups, and what it calls a group beside them ("" where that is no name)."""

    named: list[ArmMention]
    unknown: list[str]


class _Namings:
    """The namings of the known groups, sentence by sentence, each read once: effects and values ask for them."""

    def __init__(self, known: ArmNames, reading: Reading) -> None:
        self.known = known.within(reading.lower)
        self._reading = reading
        self._told: dict[int, _Told] = {}

    def told(self, sentence: int) -> _Told:
        """What the sentence of that number names."""
        found = self._told.get(sentence)
        if found is None:
            found = self._told[sentence] = self._read(*self._reading.sentences[sentence])
        return found

    def _read(self, start: int, end: int) -> _Told:
        reading = self._reading
        named = self.known.mentions(reading.lower, start, end)
        unknown: list[str] = []
        for low, high in group_names_of(reading, reading.token_index(start), reading.token_index(end)):
            inside = [m for m in named if m.start < high and low < m.end]
            if not inside and not _is_outcome(reading, low, high):
                unknown.append(_trimmed(reading.lower[low:high]))
        return _Told(named, unknown)


# "Vorelatin significantly reduced": what acts, at the head of a sentence.
_ACTS = re.compile(
    r"(?:\A|[.:] )([a-z][a-z0-9-]{4,30}) (?:also |significantly |markedly |further )?"
    r"(?:reduced|increased|lowered|raised"
    r"|decreased|improved|attenuated|prevented|enhanced|inhibited|delayed|prolonged|shortened)(?![a-z])"
)
_OFTEN = 3


def _acting(reading: Reading) -> list[str]:
    """The treatment that a placebo-controlled text without arms says acts, and the placebo."""
    if "placebo" not in reading.lower:
        return []
    names = dict.fromkeys(match.group(1) for match in _ACTS.finditer(reading.lower))
    heads = outcome_heads()
    acting = [name for name in names if reading.lower.count(name) >= _OFTEN and name not in heads]
    return [*acting, "placebo"] if len(acting) == 1 else []


_NAMELESS = frozenset("treatment treatments group groups arm arms the study regimen regimens".split())

# A label with one of these is a piece of a sentence.
_CLAUSE = frozenset("may might have has had was were is are be been can could should evaluate investigate".split())


_LONGEST = 10


# Alone these are no name ("after treatment"); before "group" they are.
_GROUPED = frozenset({"treatment", "study"})


def _names_something(arm: Arm, arms: int) -> bool:
    """Whether an arm's label is more than "the groups"; of two `arms`, one may be "treatment"."""
    words = arm.label.lower().split()
    named = not all(word in _NAMELESS for word in words) or (arms == 2 and arm.label.lower() in _GROUPED)
    return len(words) <= _LONGEST and named and _CLAUSE.isdisjoint(words)


def _as_group(arm: Arm, arms: Sequence[Arm]) -> Arm:
    """`arm` with "treatment group" for its label "treatment", "no drug" for "not" beside "drug"."""
    if arm.label.lower() == "not" and len(arms) == 2:
        other = next(one for one in arms if one is not arm)
        return replace(arm, label=f"no {other.label}")
    if arm.label.lower() not in _GROUPED:
        return arm
    return replace(arm, label=f"{arm.label} group", aliases=(*arm.aliases, f"{arm.label} arm"))


def _with_short_forms(arm: Arm, reading: Reading) -> Arm:
    """`arm` with the short and long forms that the text defines for its label."""
    label = arm.label.lower()
    more = [long for short, long in reading.definitions.items() if short.lower() == label]
    more += [short for short, long in reading.definitions.items() if _trimmed(long.lower()) == label]
    return replace(arm, aliases=(*arm.aliases, *more)) if more else arm


def _is_outcome(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands beside "versus" is rather what was measured ("difference in PFS versus placebo")."""
    heads = outcome_heads()
    printed = reading.text[start:end]
    if looks_like_control(printed.lower()):
        return False
    long = reading.definitions.get(printed, printed).lower().split()
    while len(long) > 1 and long[-1] in word_classes().generic:
        long.pop()
    return bool(long) and (long[-1] in heads or long[0] in heads)


def _trimmed(name: str) -> str:
    previous = None
    while previous != name:
        previous, name = name, _EDGE.sub("", name).strip(" -/+")
    return name if len(name) > 1 else ""


def _usual_pair(control: int | None, arms: int, used: Counter[int], controls: set[int]) -> tuple[int, int] | None:
    """The trial's two arms; where results never name them, the two groups that they name most."""
    seen = [i for i in range(arms) if used[i]]
    if arms == 2 and (seen or not used):
        if control is not None:
            return 1 - control, control
        # neither arm is called a control, but results speak of one all along
        refs = [i for i, count in used.most_common() if i in controls and count > min(used[0], used[1])]
        return (0 if used[0] >= used[1] else 1, refs[0]) if refs else (0, 1)
    order = [i for i, _ in used.most_common()] + [i for i in range(arms) if not used[i]]
    tests = [i for i in order if i not in controls]
    refs = [i for i in order if i in controls]
    if tests and refs:
        return tests[0], refs[0]
    if arms >= 2:
        return (0, arms - 1) if control is None else ((0 if control else 1), control)
    return (order[0], order[1]) if len(order) > 1 and not controls.issuperset(order[:2]) else None


def mentions_in(groups: Groups, reading: Reading, sentence: int) -> list[ArmMention]:
    """The namings of groups in one sentence, in order."""
    return groups.names.mentions(reading.lower, *reading.sentences[sentence])


_AGAINST_CONTROL = re.compile(
    r"(?<![a-z])(?:compar(?:ison|ed) (?:with|to)|against|relative to) (?:an? |the )?controls?(?: group)?(?![a-z])"
)


def third_is_control(names: ArmNames, count: int, reading: Reading) -> bool:
    """Whether a text compares both of its arms with a control group that is a third: "A versus B against a control"."""
    for match in _AGAINST_CONTROL.finditer(reading.lower):
        begin, _ = reading.sentence_at(match.start())
        if len({m.arm for m in names.mentions(reading.lower, begin, match.start()) if m.arm < count}) > 1:
            return True
    return False
