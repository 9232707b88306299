"""Find counts of participants and say what each counts.

A number is a sample size where its own words say so: `n = 61`, the n of `x of n`, a number with a noun for people and
a verb of a trial's flow (enrolled, randomised, analysed, ...), or an item of a list that adds up to such a number.
A number that counts events or people with a characteristic is none; what stays unclear is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from structurer.mentions.sample_sizes.bare_roles import bare_role
from structurer.mentions.sample_sizes.count_context import Place, SentenceSigns, sentence_signs
from structurer.mentions.sample_sizes.count_cues import CountedNoun, counted_noun, people_short_forms, someone
from structurer.mentions.sample_sizes.count_roles import counted_role
from structurer.mentions.sample_sizes.denominators import (
    is_count_before,
    is_denominator,
    slash_pairs,
    taken_of_slash,
    taken_role,
)
from structurer.mentions.sample_sizes.equals_roles import equals_role
from structurer.mentions.sample_sizes.group_lists import each_group, list_that_adds_up, splits_by_trait
from structurer.mentions.sample_sizes.pairs import AND_PAIR, NAMED_PAIR, are_named_pair
from structurer.mentions.sample_sizes.parts_of_totals import parts_of_arms, parts_of_totals
from structurer.mentions.sample_sizes.treated_groups import treated_groups
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber, find_whole_numbers, is_n_equals, start_with_n
from structurer.schema import SampleSize, SampleSizeRole, Section, SectionLabel
from structurer.text.reading import Reading

_ARM = SampleSizeRole.ARM
_WHOLE = frozenset({SampleSizeRole.RANDOMIZED, SampleSizeRole.ENROLLED})
_SILENT = frozenset({SectionLabel.INTERPRETATION, SectionLabel.FUNDING, SectionLabel.REGISTRATION})
# Those behind a total who were assigned: 137 completed the run-in, 69 of them were randomly assigned to tea
_ASSIGNED_AFTER = re.compile(
    r" (?:patients |participants )?(?:were |was )?(?:randomly |then )?(?:assigned|allocated|randomi[sz]ed)"
)

# "43 and 26 men were accrued to arms A and B, respectively"
_GROUPS_IN_TURN = re.compile(r" [^.;()]{0,30}(?:to|in|into) [^.;()]{0,40}(?:arms|groups)[^.;()]{0,40}respectively")


@dataclass(frozen=True, slots=True)
class _Found:
    number: WholeNumber
    start: int
    end: int
    role: SampleSizeRole
    rule: str


def find_sample_sizes(text: str | Reading, sections: Sequence[Section] = ()) -> list[SampleSize]:
    """Every count of participants in `text`, in text order; `arm` is still None in each.

    `sections` (offsets into the same text) tell methods from findings; without them both are read alike.

    >>> [(s.value, s.role.value) for s in find_sample_sizes("Of 90 adults screened, 64 were randomly assigned.")]
    [(90, 'screened'), (64, 'randomized')]
    """
    reading = Reading.of(text)
    found = [size for size in _Finder(reading, sections).run() if size.number.value > 0]
    return [
        SampleSize(
            start=size.start,
            end=size.end,
            text=reading.text[size.start : size.end],
            rule=size.rule,
            value=size.number.value,
            role=size.role,
        )
        for size in found
    ]


_OF_THOSE = re.compile(r"(?<![a-z])(?:in|for|of|among|from|on) (?:the |these |those |all )?\Z")


def counts_only_people(lower: str, size: SampleSize) -> bool:
    """Whether the number of `size` (found in `lower`, a text in lower case) is no result of a group as well.

    The n of `x of n` stands inside a result, and `six patients in the drug group` may be one.
    """
    if size.rule in {"of", "slash", "taken-of"}:
        return False
    if size.rule in {"in", "group"} and size.role is SampleSizeRole.ANALYZED:
        return _OF_THOSE.search(lower, max(0, size.start - 14), size.start) is not None
    return True


class _Finder:
    """One pass over the numbers of one text; later numbers see what was made of earlier ones."""

    def __init__(self, reading: Reading, sections: Sequence[Section]) -> None:
        self.reading = reading
        self.lower = reading.lower
        self.sections = sections
        self.short = people_short_forms(reading.norm)
        self.clustered = "cluster" in reading.lower
        self.numbers = find_whole_numbers(reading)
        self.pairs = slash_pairs(reading.lower)
        self.slashes = {n.start: begin for begin, n in self.pairs}
        self.sentence: SentenceSigns | None = None
        self.traits: set[int] = set()
        self.found: dict[int, _Found] = {}

    def run(self) -> list[_Found]:
        taken = {start for begin, n in self.pairs for start in (begin, n.start)}
        self.numbers = sorted([n for n in self.numbers if n.start not in taken] + [n for _, n in self.pairs])
        for i, number in enumerate(self.numbers):
            if number.start not in self.found and number.start not in self.traits:
                self._read(i, number)
        self._add_treated()
        found = [self.found[start] for start in sorted(self.found)]
        told = [(size.number, size.role, size.rule) for size in found]
        arms, traits = parts_of_totals(told), parts_of_arms(told)
        kept = enumerate(found)
        return [replace(size, role=_ARM) if i in arms else size for i, size in kept if i not in traits]

    def _add_treated(self) -> None:
        """The groups of a total that only what they were given tells."""
        whole = {size.number: size.role for size in self.found.values() if size.rule not in {"of", "slash", "each"}}
        for group, role in treated_groups(self.lower, self.numbers, whole):
            self._keep(group, group.start, group.end, role, "list")

    def _read(self, i: int, number: WholeNumber) -> None:
        lower = self.lower
        begin, stop = self.reading.sentence_at(number.start)
        label = self._label(number.start)
        if label in _SILENT:
            return
        if number.start in self.slashes:
            self._read_slash(number, stop)
            return
        previous = self.numbers[i - 1] if i and self.numbers[i - 1].start >= begin else None
        sentence = self._sentence(begin, stop)
        place = Place(
            lower=lower,
            begin=begin,
            stop=stop,
            label=label,
            allocation=sentence.allocation,
            design=sentence.design,
            will=sentence.will,
            clustered=self.clustered,
            last=self._last_role(begin, number.start),
            findings=label is SectionLabel.FINDINGS or (label is None and sentence.totalled),
            totalled=sentence.totalled,
            left=self._left(i, number),
            solitary=sentence.solitary,
            adds_up=bool(self._groups_after(i, stop)),
        )
        if is_n_equals(lower, number.start):
            self._read_equals(i, number, place)
        elif is_denominator(lower, number, previous, stop):
            noun = counted_noun(lower, number.end, stop)
            if noun is not None and previous is not None and self._taken_from(previous, number, noun, stop):
                return
            start = number.start
            if previous is not None and is_count_before(lower, previous, number):
                start = previous.start
            elif lower.endswith("one of ", begin, start):
                start -= len("one of ")
            self._keep(number, start, noun.end if noun else number.end, SampleSizeRole.ANALYZED, "of")
        elif (each := each_group(lower, number, place)) is not None:
            end, role = each
            if role is not None:
                self._keep(number, number.start, end, role, "each")
        else:
            self._read_counted(i, number, place)

    def _read_slash(self, number: WholeNumber, stop: int) -> None:
        """The n of `x/n`, and the x of `75/950 women approached agreed to take part`."""
        begin = self.slashes[number.start]
        noun = counted_noun(self.lower, number.end, stop)
        taken = taken_of_slash(self.lower, noun, stop) if noun is not None else None
        if noun is None or taken is None or self._totalled(begin):
            end = noun.end if noun is not None else number.end
            self._keep(number, begin, end, SampleSizeRole.ANALYZED, "slash")
            return
        printed = self.lower[begin : self.lower.index("/", begin)].strip()
        count = WholeNumber(begin, begin + len(printed), int(printed.replace(",", "")))
        self._keep(count, count.start, count.end, taken, "taken-of")
        self._keep(number, number.start, noun.end, SampleSizeRole.SCREENED, "of")

    def _taken_from(self, taken: WholeNumber, number: WholeNumber, noun: CountedNoun, stop: int) -> bool:
        """`68 of 109 patients were recruited`, `31 of 322 eligible women`: those taken are the sample."""
        role = taken_role(self.lower, noun, stop)
        if role is SampleSizeRole.ENROLLED and self._totalled(taken.start):
            return False
        if role is None or not is_count_before(self.lower, taken, number):
            return False
        self._keep(taken, taken.start, taken.end, role, "taken-of")
        planned = "planned" in noun.modifiers
        whole = SampleSizeRole.PLANNED if planned else SampleSizeRole.SCREENED
        self._keep(number, number.start, noun.end, whole, "of")
        return True

    def _read_equals(self, i: int, number: WholeNumber, place: Place) -> None:
        met = equals_role(number, place)
        if met is not None:
            self._keep(number, start_with_n(self.lower, number.start), number.end, *met)
            self._add_list(i, number, place)

    def _read_counted(self, i: int, number: WholeNumber, place: Place) -> None:
        lower = self.lower
        noun = counted_noun(lower, number.end, place.stop, one=number.value == 1, short=self.short)
        noun = noun or (someone(lower, number.start, number.end, place.stop) if number.value > 2 else None)
        met = counted_role(number, noun, place) if noun is not None else bare_role(number, place)
        if met is None or (number.value == 1 and met[0] is SampleSizeRole.RANDOMIZED):
            return  # "one patient was randomised but not treated"
        role, rule = met
        end = noun.end if noun is not None else number.end
        self._keep(number, number.start, end, role, rule)
        self._add_pair(i, number, noun, role, rule)
        if role not in {SampleSizeRole.LOST, SampleSizeRole.OTHER} and rule != "aside":
            self._add_list(i, number, place)

    def _add_pair(self, i: int, number: WholeNumber, noun: CountedNoun | None, role: SampleSizeRole, rule: str) -> None:
        """`46 and 23 participants`: the number before shares the noun and its role."""
        if not i:
            return
        before = self.numbers[i - 1]
        if before.start in self.found:
            return
        if are_named_pair(self.lower, before, number, noun):
            self._keep(before, before.start, before.end, role, rule)
        if not AND_PAIR.fullmatch(self.reading.norm, before.end, number.start):
            return
        in_turn = noun is not None and bool(_GROUPS_IN_TURN.match(self.lower, noun.end))
        shared = _ARM if role is SampleSizeRole.RANDOMIZED or (role in _WHOLE and in_turn) else role
        self._keep(before, before.start, before.end, shared, rule)
        if shared is not role:
            kept = self.found[number.start]
            self.found[number.start] = _Found(number, kept.start, kept.end, shared, rule)

    def _add_list(self, i: int, number: WholeNumber, place: Place) -> None:
        """The groups that follow a total and add up to it."""
        total = self.found[number.start]
        groups = self._groups_after(i, place.stop)
        if splits_by_trait(self.lower, groups, place.stop):
            # what stands behind a colon tells of groups again: 34 (17 M, 17 F) were randomised: 17 received tea
            told = [group.start for group in groups if ":" not in self.lower[number.end : group.start]]
            self.traits.update(told)
            return
        allocated = total.role in {SampleSizeRole.RANDOMIZED, SampleSizeRole.ENROLLED, SampleSizeRole.ARM}
        given = allocated or any(_ASSIGNED_AFTER.match(self.lower, group.end, place.stop) for group in groups)
        for group in groups:
            role = SampleSizeRole.ARM if given else total.role
            self._keep(group, start_with_n(self.lower, group.start), group.end, role, "list")

    def _groups_after(self, i: int, stop: int) -> list[WholeNumber]:
        """The numbers after the i-th, in its sentence and not far from it, that add up to it."""
        number = self.numbers[i]
        limit = min(stop, number.end + 330)
        after = [n for n in self.numbers[i + 1 : i + 10] if n.start < limit]
        return list_that_adds_up(self.lower, number, after, stop) if len(after) > 1 else []

    def _keep(self, number: WholeNumber, start: int, end: int, role: SampleSizeRole, rule: str) -> None:
        self.found[number.start] = _Found(number, min(start, number.start), max(end, number.end), role, rule)

    def _last_role(self, begin: int, start: int) -> SampleSizeRole | None:
        """The role of the sample size found last in this sentence before `start`."""
        last: SampleSizeRole | None = None
        for at, size in self.found.items():
            if begin <= at < start and size.role is not SampleSizeRole.OTHER:
                last = size.role
        return last

    def _sentence(self, begin: int, stop: int) -> SentenceSigns:
        """What the sentence says as a whole, read once for all of its numbers."""
        if self.sentence is None or self.sentence.begin != begin:
            self.sentence = sentence_signs(self.lower, begin, stop, totalled=self._totalled(begin))
        return self.sentence

    def _totalled(self, begin: int) -> bool:
        """Whether an earlier sentence has told how many took part."""
        told = {SampleSizeRole.RANDOMIZED, SampleSizeRole.ENROLLED, SampleSizeRole.ARM}
        return any(
            at < begin
            and (size.role in told or (size.role is SampleSizeRole.ANALYZED and size.rule not in {"of", "slash"}))
            for at, size in self.found.items()
        )

    def _left(self, i: int, number: WholeNumber) -> int:
        """Where the words before a count end: before the first number of a pair (`46 and 23 participants`)."""
        if i:
            between = (self.numbers[i - 1].end, number.start)
            if AND_PAIR.fullmatch(self.reading.norm, *between) or NAMED_PAIR.fullmatch(self.lower, *between):
                return self.numbers[i - 1].start
        return number.start

    def _label(self, offset: int) -> SectionLabel | None:
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.label
        return None
