"""Groups listed after a total: numbers that add up to it, and one number said of each group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from structurer.mentions.sample_sizes.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole

if TYPE_CHECKING:
    from structurer.mentions.sample_sizes.count_context import Place

_MOST_GROUPS = 8
# What splits people by who they are, and not by what they were given.
_CHARACTERISTIC = re.compile(
    r"\s?(?:[(\[][^()\[\]]{0,25}[)\]])?\s?(?:were |was |of them |patients |of whom were |"
    r"participants )?(?:m[ae]n|wom[ae]n|males?|females?|boys?|girls?|"
    r"smokers|non-?smokers|whites?|blacks?|malaysian|korean|indian|filipino|african|europeans?|latin|"
    r"asians?|chinese|japanese|caucasian|hispanic|m\b|f\b|years|died|deaths|alive|"
    r"responders|non-?responders|premenopausal|postmenopausal)(?![a-z])"
)
_CHARACTERISTIC_BEFORE = re.compile(
    r"(?<![a-z])(?<!\d )(?:males?|females?|men|women|boys|girls|m|f|age)(?: ?[:,=/]| were)? ?(?:n ?= ?)?\Z"
)
_LOSS = re.compile(
    r"ineligible|excluded|withdr|dropped out|lost to|discontinu|died|discharged|"
    r"did not (?:provide|attend|return|complete)"
)
# "94 men were randomised: 31 had tea": what follows is what they were given
_SPLIT_UP = re.compile(r"[^:(]{0,60}(?:randomi[sz]|allocat|assign|divid|study|trial|groups|arms)[^:(]{0,30}: ?")
# Events that the people of a list had, as in: three had a mutation
_EVENT_AFTER = re.compile(
    r" (?:[(\[][^()\[\]]{0,20}[)\]] )?(?:had|showed|developed|experienced|achieved|responded|relapsed)(?![a-z])"
)
_EACH = re.compile(
    r"(?: [a-z]{3,14})?,? ?(?:were |was )?(?:randomly )?(?:enrolled |included |recruited |treated )?"
    r"(?:in |to |for |per |assigned to |allocated to |randomi[sz]ed to )?(?:each|per|both|every|"
    r"either)(?: of (?:the )?(?:two|three|four|five|\d)?)? ?"
    r"(?:(?:treatment|study|intervention|trial|parallel|randomi[sz]ed|dose) )?(?:groups?|arms?|"
    r"conditions?|cohorts?|sequences?|treatments?|regimens?|schedules?|interventions?)(?![a-z])"
)
_EACH_WORDS = ("each", "per", "both", "every", "either")
# "two groups of 24 each", "four equal groups of 15 patients"
_GROUPS_OF = re.compile(r"(?<![a-z])(?:groups|arms),? (?:each )?of \Z")
# A size for each in the bracket behind the groups: three groups (25 each)
_GROUPS_OPENED = re.compile(r"(?<![a-z])(?:groups|arms)[^()\[\].;]{0,60}[(\[](?:of )?\Z")
_EACH_BEHIND = re.compile(
    r"(?: (?:patients|participants|subjects|women|men|children|volunteers|adults))? each(?![a-z])"
)


def list_that_adds_up(lower: str, total: WholeNumber, after: Sequence[WholeNumber], stop: int) -> list[WholeNumber]:
    """The first two to eight numbers of `after` whose sum is `total`; empty where none do.

    >>> text = "90 were randomised (a, 44; b, 46)"
    >>> numbers = [WholeNumber(0, 2, 90), WholeNumber(23, 25, 44), WholeNumber(30, 32, 46)]
    >>> [n.value for n in list_that_adds_up(text, numbers[0], numbers[1:], len(text))]
    [44, 46]
    """
    for first in range(min(2, len(after))):
        running = 0
        for last in range(first, min(len(after), first + _MOST_GROUPS)):
            running += after[last].value
            if running >= total.value:
                break
        else:
            continue
        groups = list(after[first : last + 1])
        between = lower[total.end : groups[-1].end + 30]
        even = min(number.value for number in groups) * 50 >= total.value
        if running != total.value or len(groups) < 2 or not even or _LOSS.search(between):
            continue
        named = _SPLIT_UP.fullmatch(lower, total.end, groups[0].start)
        if named or not all(_EVENT_AFTER.match(lower, group.end, stop) for group in groups):
            return groups
    return []


def splits_by_trait(lower: str, groups: Sequence[WholeNumber], stop: int) -> bool:
    """Whether a list tells who the people are (sex, origin), and not what they were given.

    A list that names the same people each time (`90 women ... 93 women`) tells nothing of the kind.
    """
    traits = [_trait(lower, number, stop) for number in groups]
    return len(set(traits)) > 1


def _trait(lower: str, number: WholeNumber, stop: int) -> str | None:
    after = _CHARACTERISTIC.match(lower, number.end, stop)
    before = _CHARACTERISTIC_BEFORE.search(lower, max(0, number.start - 19), number.start)
    return after.group() if after else before.group() if before else None


# Those taken into each group were allocated to it, whatever the sentence calls it
_TAKEN_IN = re.compile(r"enrol|includ|recruit")


def each_group(lower: str, number: WholeNumber, place: Place) -> tuple[int, SampleSizeRole | None] | None:
    """Where `90 in each group` ends and what it counts (None: left open), for the number that begins it; else None."""
    end = _each_end(lower, number, place)
    if end is None or number.value < 3:
        return None
    sizes = bool(_follows_groups(lower, number, place) or _TAKEN_IN.search(lower, number.end, end))
    told = not place.findings and place.last in {SampleSizeRole.RANDOMIZED, SampleSizeRole.ENROLLED}
    if place.allocation or sizes or told:
        return end, SampleSizeRole.ARM
    if place.will:
        return end, SampleSizeRole.PLANNED
    return end, (SampleSizeRole.ANALYZED if place.last is not None else None)


def _follows_groups(lower: str, number: WholeNumber, place: Place) -> bool:
    return (
        lower.endswith(" of ", 0, number.start)
        and _GROUPS_OF.search(lower, max(place.begin, number.start - 18), number.start) is not None
    )


def _each_end(lower: str, number: WholeNumber, place: Place) -> int | None:
    if _follows_groups(lower, number, place) or (
        lower[number.start - 1 : number.start] in {"(", "["} and _GROUPS_OPENED.search(lower, place.begin, number.start)
    ):
        of = _EACH_BEHIND.match(lower, number.end, place.stop)
        if of is not None:
            return of.end()
    behind = lower[number.end : min(place.stop, number.end + 110)]
    match = _EACH.match(lower, number.end, place.stop) if any(map(behind.__contains__, _EACH_WORDS)) else None
    return match.end() if match is not None else None


# "369 cases and 662 controls", "40 incident cases of gout and 90 healthy controls"
_AND_CONTROLS = re.compile(
    r" (?:of [^.;,()\d]{3,50} )?(?:and|versus|vs\.?) \d[\d,]* (?:[a-z-]+ ){0,3}controls(?![a-z])"
)


def are_cases(lower: str, end: int, stop: int) -> bool:
    """Whether the counted noun that ends at `end` is the cases of `40 cases and 90 controls`."""
    return lower.endswith("cases", 0, end) and _AND_CONTROLS.match(lower, end, stop) is not None
