"""Recognise the trial arms of an abstract once: their names, other names for them, their sizes at allocation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from structurer.linking.arms.bracket_names import called_behind, named_in_brackets
from structurer.linking.arms.descriptions import described
from structurer.linking.arms.drafts import Draft, clustered
from structurer.linking.arms.evidence import evidence
from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.matching import best_match
from structurer.linking.arms.names import LETTERED, Span, group_mentions
from structurer.linking.arms.sizes_named import names_beside
from structurer.linking.replacement import replace
from structurer.schema import Arm, SampleSize, SampleSizeRole, Section
from structurer.text.reading import Reading

Role = SampleSizeRole
_MOST_ARMS = 8


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
        draft.names.extend(named_in_brackets(reading, draft.start + len(draft.names[0])))
    lettered = {i: draft.names[0] for i, draft in enumerate(drafts) if LETTERED.fullmatch(draft.names[0])}
    for i, name in described(reading, lettered).items():
        drafts[i].names.append(name)
    _add_mentions(reading, drafts, mentions)
    _add_sizes(reading, drafts, sizes, beside)
    shared = Counter(name for draft in drafts for name in {name.lower() for name in draft.names})
    for draft in drafts:
        # what two arms are called tells neither
        draft.names[1:] = [name for name in draft.names[1:] if shared[name.lower()] == 1]
    return tuple(_arm(draft) for draft in drafts)


def settle_sizes(sizes: Sequence[SampleSize], arms: Sequence[Arm], text: str | Reading) -> list[SampleSize]:
    """`sizes` with the label of its arm in each that counts one arm."""
    reading = Reading.of(text)
    names = [[arm.label, *arm.aliases] for arm in arms]
    known = all(arm.n is not None for arm in arms)
    settled: list[SampleSize] = []
    for size, span in zip(sizes, names_beside(reading, sizes), strict=True):
        index = _arm_of(reading, size, span, names)
        if index is None and known and size.role is Role.ANALYZED and size.rule in {"of", "slash"}:
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
) -> list[Draft]:
    """The arms by the best evidence there is."""
    sized = [span for size, span in zip(sizes, beside, strict=True) if span and size.role is Role.ARM]
    drafts = clustered(reading, sized)
    if 2 <= len(drafts) <= _MOST_ARMS:
        return drafts
    called = called_behind(reading, mentions) if mentions else {}
    for spans, listed in evidence(reading, sizes, beside, mentions, title):
        more = clustered(reading, spans, listed=listed, called=called if listed else {})
        if 2 <= len(more) <= _MOST_ARMS:
            return more
    return drafts if len(drafts) <= _MOST_ARMS else []


def _add_mentions(reading: Reading, drafts: list[Draft], mentions: Sequence[Span]) -> None:
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
    reading: Reading, drafts: list[Draft], sizes: Sequence[SampleSize], beside: Sequence[Span | None]
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


def _drop_others(drafts: list[Draft], sizes: Sequence[SampleSize]) -> None:
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


def _arm(draft: Draft) -> Arm:
    """The arm with its canonical label: the first name, or a shorter one where that is a whole phrase."""
    names = list(dict.fromkeys(draft.names))
    label = names[0]
    if label.lower() == "not" and len(names) > 1:
        label = names[1]
    if len(label) > 45:
        label = min((name for name in names if len(name) > 2), key=len, default=label)
    return Arm(label=label, n=draft.n, aliases=tuple(name for name in names if name != label))
