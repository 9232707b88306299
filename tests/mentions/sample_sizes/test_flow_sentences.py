"""How trials tell of their groups: the other arm without a verb, one size for each, people that no vocabulary holds."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from structurer.mentions.sample_sizes import find_sample_sizes
from structurer.schema import Section, SectionLabel, SectionSource


@dataclass(frozen=True)
class Case:
    """A text, and the (value, role) of each count in it; `label` is the section that the text stands in."""

    text: str
    found: tuple[tuple[int, str], ...]
    label: SectionLabel | None = None


FLOW = [
    # the other arm, with a noun and without a verb
    Case(
        "In all, 88 men were randomly assigned to tea and 43 men to milk and formed the analysis set.",
        ((88, "arm"), (43, "arm")),
    ),
    Case("Twelve men were assigned tea for a year, and 13 no treatment.", ((12, "arm"), (13, "arm"))),
    # one size for each group
    Case("All were randomised into 2 groups of 24 each.", ((24, "arm"),)),
    Case(
        "In all, 61 boys were randomised, and 58 boys were eligible, with 29 in each regimen.",
        ((61, "randomized"), (58, "screened"), (29, "arm")),
    ),
    # whatever is recruited or assigned is someone; what is not said to be is none
    Case(
        "Fifty ushers were placed in the tea group and another 51 ushers were placed in the milk group.",
        ((50, "arm"), (51, "arm")),
    ),
    Case("Thirty waiters were recruited.", ((30, "enrolled"),)),
    Case("Thirty measures were recruited. Thirty waiters sang.", ()),
    # a count right behind the word trial; the number of a trial
    Case("In this open trial 182 patients were randomly assigned to tea or milk.", ((182, "randomized"),)),
    Case("In trial 2 patients drank tea.", ()),
    # one who was randomised and not treated
    Case("One patient in each group was randomly assigned but not treated.", ()),
    # the second of two events set against each other, behind a semicolon
    Case("Itch was commoner with wool (n = 15) than with silk (n = 7; p = 0.02).", (), SectionLabel.FINDINGS),
    # parts of a share are no sizes
    Case("Letters reached 652 (87%) cooks [430 (57%) called and 222 (30%) put off].", (), SectionLabel.FINDINGS),
]


@pytest.mark.parametrize("case", FLOW, ids=lambda case: case.text[:60])
def test_flow_sentences(case: Case) -> None:
    label = case.label or SectionLabel.METHODS
    sections = [Section(label, "", 0, len(case.text), 0, SectionSource.HEADING)]
    found = find_sample_sizes(case.text, sections)
    assert tuple((size.value, size.role.value) for size in found) == case.found
