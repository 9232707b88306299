"""Put names that mean the same arm together: one draft of an arm for each different name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from structurer.linking.arms.doses import dosed_arms
from structurer.linking.arms.labels import is_arm_label, names_outcome
from structurer.linking.arms.lettered import singular
from structurer.linking.arms.matching import likeness, words_of
from structurer.linking.arms.names import Span
from structurer.text.reading import Reading

_SAME = 0.6
_TREATED = frozenset({"treatment", "treated"})
# How far behind a drug its list of doses begins.
_NEAR = 3
# How far behind the last name of a list its name in brackets may stand.
_FAR = 140
_NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(slots=True)
class Draft:
    """An arm being put together: where its name stands first, its names, its size."""

    start: int
    names: list[str]
    n: int | None = None
    mentions: list[str] = field(default_factory=list)


def clustered(
    reading: Reading, spans: Sequence[Span], *, listed: bool = False, called: Mapping[int, str] = _NOTHING
) -> list[Draft]:
    """One draft for each different name, in text order; of a list (`listed`), only equal names are one arm.

    `called` are names in brackets by their offset, which go before what stands in front of them.
    """
    drafts: list[Draft] = []
    by_dose: list[Span] = []
    places = sorted(set(spans))
    for i, (start, end) in enumerate(places):
        if any(start < last and first < end for first, last in by_dose):
            continue
        stop = min(places[i + 1][0] if i + 1 < len(places) else end + _FAR, reading.sentence_at(start)[1])
        printed = singular(reading.text[start:end])
        name = next((called[at] for at in called if end <= at < stop), printed)
        doses = dosed_arms(reading.norm, reading.lower, start, reading.sentence_at(start)[1])
        if doses and start < doses[0][0][0] <= end + _NEAR:
            by_dose += [span for span, _ in doses]
            drug = reading.text[start : doses[0][0][0]].rstrip(" ,(")
            drafts += [Draft(first, [f"{drug} {dose}", dose]) for (first, _), dose in doses]
            continue
        if not _is_label(name, reading):
            continue
        words = words_of(name, reading.definitions)
        same = next((d for d in drafts if any(_same(words, n, reading, listed) for n in d.names)), None)
        if same is None:
            drafts.append(Draft(start, [name] if name == printed or not is_arm_label(printed) else [name, printed]))
        elif name not in same.names:
            same.names.append(name)
    return drafts


def _is_label(name: str, reading: Reading) -> bool:
    """Whether a name, and what it stands for where it is a short form, can be that of an arm."""
    return is_arm_label(name) and not names_outcome(reading.definitions.get(name, "").lower())


def _same(words: frozenset[str], name: str, reading: Reading, listed: bool) -> bool:
    other = words_of(name, reading.definitions)
    if words == other or (words <= _TREATED and other <= _TREATED):
        return True
    if listed:
        return False
    # each has a word of its own ("brand A with sodium", "brand B with sodium"): two arms, if no mere inflection
    return (
        likeness(words, other) >= _SAME
        and all(any(own[:5] == known[:5] for known in other - words) for own in words - other)
        and bool(words - other)
        and bool(other - words)
    )
