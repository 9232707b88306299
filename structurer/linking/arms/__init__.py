"""Recognise the trial arms of an abstract once: their names, other names for them, their sizes at allocation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from structurer.linking.arms.allocation import allocated_groups, compared_pair, placebo_pair, versus_pair, without_pair
from structurer.linking.arms.descriptions import described
from structurer.linking.arms.doses import dosed_arms
from structurer.linking.arms.labels import is_arm_label, names_outcome
from structurer.linking.arms.matching import best_match, likeness, words_of
from structurer.linking.arms.mentions import looks_like_control
from structurer.linking.arms.names import LETTERED, Span, group_mentions
from structurer.linking.arms.size_names import names_beside
from structurer.schema import Arm, SampleSize, SampleSizeRole, Section
from structurer.text.reading import Reading

Role = SampleSizeRole
_MOST_ARMS = 8
_SAME = 0.6


@dataclass(slots=True)
class _Draft:
    """An arm being put together: where its name stands first, its names, its size."""

    start: int
    names: list[str]
    n: int | None = None
    mentions: list[str] = field(default_factory=list)


def find_arms(
    text: str | Reading,
    sizes: Sequence[SampleSize],
    *,
    sections: Sequence[Section] = (),
    title: str | None = None,
) -> tuple[Arm, ...]:
    """The arms of the trial that `text` reports, in text order; empty where it tells of none.

    Names are read beside the counts of `sizes`, in the sentence of allocation, before `group` and `arm`, and around
    `versus` in the text and in `title`. `n` is the size at allocation, else the analysed size where no larger total
    is stated, else None.
    """
    reading = Reading.of(text)
    beside = names_beside(reading, sizes)
    mentions = list(group_mentions(reading.norm, reading.lower))
    drafts = _drafts(reading, sizes, beside, mentions, title)
    for draft in drafts:
        draft.names.extend(_named_in_brackets(reading, draft))
    lettered = {i: draft.names[0] for i, draft in enumerate(drafts) if LETTERED.fullmatch(draft.names[0])}
    for i, name in described(reading, lettered).items():
        drafts[i].names.append(name)
    _add_mentions(reading, drafts, mentions)
    _add_sizes(reading, drafts, sizes, beside)
    return tuple(_arm(draft) for draft in drafts)


def settle_sizes(sizes: Sequence[SampleSize], arms: Sequence[Arm], text: str | Reading) -> list[SampleSize]:
    """`sizes` with the label of its arm in each that counts one arm."""
    reading = Reading.of(text)
    names = [[arm.label, *arm.aliases] for arm in arms]
    settled: list[SampleSize] = []
    for size, span in zip(sizes, names_beside(reading, sizes), strict=True):
        index = _arm_of(reading, size, span, names)
        if index is None and size.role is Role.ANALYZED and size.rule in {"of", "slash"}:
            same = [i for i, arm in enumerate(arms) if arm.n == size.value]
            index = same[0] if len(same) == 1 else None
        settled.append(replace(size, arm=arms[index].label) if index is not None else size)
    return settled


def _arm_of(reading: Reading, size: SampleSize, span: Span | None, names: list[list[str]]) -> int | None:
    if span is None or size.role in {Role.RANDOMIZED, Role.SCREENED, Role.PLANNED, Role.OTHER}:
        return None
    return best_match(reading.text[span[0] : span[1]], names, reading.definitions)


def _drafts(
    reading: Reading,
    sizes: Sequence[SampleSize],
    beside: Sequence[Span | None],
    mentions: Sequence[Span],
    title: str | None,
) -> list[_Draft]:
    """The arms by the best evidence there is."""
    sized = [span for size, span in zip(sizes, beside, strict=True) if span and size.role is Role.ARM]
    drafts = _clustered(reading, sized)
    if 2 <= len(drafts) <= _MOST_ARMS:
        return drafts
    for spans in _evidence(reading, sizes, beside, mentions, title):
        more = _clustered(reading, spans)
        if 2 <= len(more) <= _MOST_ARMS:
            return more
    return drafts if len(drafts) <= _MOST_ARMS else []


def _evidence(
    reading: Reading,
    sizes: Sequence[SampleSize],
    beside: Sequence[Span | None],
    mentions: Sequence[Span],
    title: str | None,
) -> Iterable[list[Span]]:
    counted = {Role.ANALYZED, Role.COMPLETED}
    named = [
        span
        for size, span in zip(sizes, beside, strict=True)
        if span and size.role in counted and size.rule not in {"of", "slash"}
    ]
    if len(named) > 1 and all(_is_mention(span, mentions) for span in named):
        yield named
    yield [span for size, span in zip(sizes, beside, strict=True) if span and size.rule == "of-clusters"]
    yield _lettered(reading, mentions)
    yield allocated_groups(reading)
    yield [
        span
        for size, span in zip(sizes, beside, strict=True)
        if span and size.role in counted and _is_mention(span, mentions)
    ]
    often = [span for span in mentions if _count(reading, span, mentions) > 1]
    yield often
    yield list(mentions)
    if mentions and all(looks_like_control(reading.lower[start:end]) for start, end in mentions):
        yield [*mentions, *(match.span(1) for match in _TESTED.finditer(reading.lower))]
    yield [match.span(1) for match in _UNITS.finditer(reading.lower)]
    if title:
        yield _in_text(reading, [title[start:end] for start, end in versus_pair(title) or compared_pair(title)])
    yield versus_pair(reading.norm)
    yield placebo_pair(reading)
    yield compared_pair(reading.norm)
    yield without_pair(reading)


# Names of the tested group that tell no treatment.
_TESTED = re.compile(r"(?<![\w-])(treatment|treated|study|intervention|experimental|test)(?= (?:group|arm)(?![a-z]))")
# "3 intervention and 4 control practices": units that are no groups.
_UNITS = re.compile(
    r"(?<![\w-])(intervention|controls?)(?= (?:(?:and|or|versus|vs\.?) (?:\d+ )?(?:intervention|control) )?(?:clusters"
    r"|practices|schools|sites|hospitals|villages|wards|homes|communities|cent(?:re|er)s|clinics|areas|participants"
    r"|patients|women|men|children|families|residents|households|subjects|towns|regions|teams|students))"
)


def _lettered(reading: Reading, mentions: Sequence[Span]) -> list[Span]:
    """`group A`, `group B`, where the text speaks of two or more of them again and again."""
    lettered = [span for span in mentions if LETTERED.fullmatch(reading.norm, *span)]
    return [span for span in lettered if _count(reading, span, lettered) > 1]


def _is_mention(span: Span, mentions: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in mentions)


def _count(reading: Reading, span: Span, mentions: Sequence[Span]) -> int:
    name = reading.lower[span[0] : span[1]]
    return sum(reading.lower[start:end] == name for start, end in mentions)


def _in_text(reading: Reading, names: list[str]) -> list[Span]:
    """Where each name of the title stands in the text; those that stand nowhere are left out."""
    spans: list[Span] = []
    for name in names:
        at = reading.lower.find(name.lower())
        if at >= 0:
            spans.append((at, at + len(name)))
    return spans


def _clustered(reading: Reading, spans: Sequence[Span]) -> list[_Draft]:
    """One draft for each different name, in text order."""
    drafts: list[_Draft] = []
    listed: list[Span] = []
    for start, end in sorted(set(spans)):
        if any(start < last and first < end for first, last in listed):
            continue
        name = reading.text[start:end]
        doses = dosed_arms(reading.norm, reading.lower, start, reading.sentence_at(start)[1])
        if any(start < first and last <= end for (first, last), _ in doses):
            listed += [span for span, _ in doses]
            drafts += [_Draft(span[0], [dosed, dosed.partition(" ")[2]]) for span, dosed in doses]
            continue
        if not _is_label(name, reading):
            continue
        words = words_of(name, reading.definitions)
        same = next((d for d in drafts if any(_same(words, n, reading) for n in d.names)), None)
        if same is None:
            drafts.append(_Draft(start, [name]))
        elif name not in same.names:
            same.names.append(name)
    return drafts


def _is_label(name: str, reading: Reading) -> bool:
    """Whether a name, and what it stands for where it is a short form, can be that of an arm."""
    return is_arm_label(name) and not names_outcome(reading.definitions.get(name, "").lower())


def _same(words: frozenset[str], name: str, reading: Reading) -> bool:
    other = words_of(name, reading.definitions)
    if words == other:
        return True
    # each has a word of its own ("brand A with sodium", "brand B with sodium"): two arms, if no mere inflection
    return (
        likeness(words, other) >= _SAME
        and all(any(own[:5] == known[:5] for known in other - words) for own in words - other)
        and bool(words - other)
        and bool(other - words)
    )


def _add_mentions(reading: Reading, drafts: list[_Draft], mentions: Sequence[Span]) -> None:
    """Other names for the arms, from `the ... group` and from the short forms that the text defines."""
    if not drafts:
        return
    for start, end in mentions:
        name = reading.text[start:end]
        if not is_arm_label(name):
            continue
        index = best_match(name, [d.names for d in drafts], reading.definitions)
        if index is not None:
            drafts[index].mentions.append(name)
    for draft in drafts:
        draft.names.extend(name for name in dict.fromkeys(draft.mentions) if name not in draft.names)
    for draft in drafts:
        for name in list(draft.names):
            for short, long in reading.definitions.items():
                if name == short:
                    draft.names.append(long)
                elif name.lower() == long.lower():
                    draft.names.append(short)


def _add_sizes(
    reading: Reading, drafts: list[_Draft], sizes: Sequence[SampleSize], beside: Sequence[Span | None]
) -> None:
    names = [d.names for d in drafts]
    total = max((s.value for s in sizes if s.role in {Role.RANDOMIZED, Role.ENROLLED}), default=None)
    for role in (Role.ARM, Role.ANALYZED, Role.COMPLETED):
        first: dict[int, int] = {}
        for size, span in zip(sizes, beside, strict=True):
            if size.role is not role:
                continue
            if size.rule == "each":
                whole = total == size.value * len(drafts) or (total is None and role is Role.ARM)
                first = first or (dict.fromkeys(range(len(drafts)), size.value) if whole else {})
                continue
            index = _arm_of(reading, size, span, names)
            if index is not None:
                first.setdefault(index, size.value)
        if role is not Role.ARM and (len(first) < len(drafts) or (total is not None and sum(first.values()) != total)):
            continue
        for index, n in first.items():
            drafts[index].n = n
        if first:
            _drop_others(drafts, sizes)
            return


def _drop_others(drafts: list[_Draft], sizes: Sequence[SampleSize]) -> None:
    """Drop what follows the arms that already add up to a stated total (subgroups with counts of their own)."""
    totals = {size.value for size in sizes if size.role in {Role.RANDOMIZED, Role.ENROLLED}}
    running = 0
    for i, draft in enumerate(drafts):
        if draft.n is None:
            return
        running += draft.n
        if i and running in totals:
            del drafts[i + 1 :]
            return


_BRACKET = re.compile(
    r" ?\((?:[^()]{0,40}[;,] )?(?:([A-Z][A-Za-z0-9+/-]{0,11})|((?:[\w/+-]+ ){1,4})(?:group|"
    r"arm))(?:[;,] ?[Nn] ?= ?\d[\d,]*)?\)"
)


def _named_in_brackets(reading: Reading, draft: _Draft) -> list[str]:
    """The short name given right after the first: `active control (ACG)`, `iron plus zinc (combined group)`."""
    match = _BRACKET.match(reading.norm, draft.start + len(draft.names[0]))
    if match is None:
        return []
    name = (match.group(1) or match.group(2)).strip()
    return [name] if name.lower() not in {"n", "the"} else []


def _arm(draft: _Draft) -> Arm:
    """The arm with its canonical label: the first name, or a shorter one where that is a whole phrase."""
    names = list(dict.fromkeys(draft.names))
    label = names[0]
    if label.lower() == "not" and len(names) > 1:
        label = names[1]
    if len(label) > 45:
        label = min((name for name in names if len(name) > 2), key=len, default=label)
    return Arm(label=label, n=draft.n, aliases=tuple(name for name in names if name != label))
