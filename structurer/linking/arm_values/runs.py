"""Group a sentence's values into runs: values side by side that are told of several groups, or of several outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from structurer.linking.arms.mentions import ArmMention
from structurer.schema import ArmValue, ArmValueKind

_GAP = re.compile(
    r"(?: (?:events?|patients?|participants|women|men|children|cases?|deaths?|subjects|eyes|days|months))?"
    r"(?: ?[(\[]\d[\d.]*(?: ?%)?(?:-|–| to |, )\d[\d.]*(?: ?%)?[)\]])?"
    r"\W{0,4}(?:p ?[<>=] ?[\d.]+\W{0,3})?(?:(?P<versus>vs?\.?|versus|compared (?:with|to)|against|/)|(?P<to>to)"
    r"|(?P<and>and|or|&))?"
    r"(?: (?:only|just|about|from|approximately|by|of|a|another|the|was|patients?|participants|children|women"
    r"|cases))?\W{0,4}\Z"
)


# A whole percentage is rounded by no more, in points.
_ROUNDED = 0.6


_FROM = re.compile(
    r"\W{0,3}(?:,? (?:down |up )?from (?:an? |the )?(?:mean |median |average )?(?:baseline|initial|pre-?treatment)"
    r"(?: (?:value|level|score|mean))?(?: of| was)? ?)\W?"
)


@dataclass(slots=True)
class Run:
    """Values `first` to `stop` (exclusive) of a sentence; its `parts` stand side by side or against each other.

    `versus` is whether the parts are joined by "versus"; each part is a list of indices of values.
    """

    parts: list[list[int]]
    versus: bool

    @property
    def first(self) -> int:
        """The index of the run's first value."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """The index of the run's last value."""
        return self.parts[-1][-1]


# What stands between a count and its rate in a bracket
_RATE_OF_COUNT = re.compile(r" ?(?:[a-z]+ )?[(\[](?:[a-z-]+ ){0,3}(?:rate|incidence|risk|proportion)[,:]? ?")


def is_rate_of(value: ArmValue, before: ArmValue, lower: str) -> bool:
    """Whether a value is told in a bracket behind a count as the count's rate: "238 cases (annualized rate, 0.30%)"."""
    counted = before.kind is ArmValueKind.EVENTS and value.kind in (ArmValueKind.PERCENT, ArmValueKind.RATE)
    return counted and _RATE_OF_COUNT.fullmatch(lower, before.end, value.start) is not None


def is_share_of(value: ArmValue, before: ArmValue, lower: str) -> bool:
    """Whether a percentage right behind a count is the count's own: "72 of 207, 34.8%"."""
    if value.kind is not ArmValueKind.PERCENT or before.kind is not ArmValueKind.EVENTS or before.percent is not None:
        return False
    if value.percent is None or before.events is None or not before.n or before.end > value.start:
        return False
    if len(lower[before.end : value.start].strip(" ,;:([=-")) > 0:
        return False
    return abs(100 * before.events / before.n - float(value.percent)) <= _ROUNDED


def runs_of(values: Sequence[ArmValue], mentions: Sequence[ArmMention], lower: str) -> list[Run]:
    """The runs of a sentence's values (sorted by start); a naming of an arm between two values parts them."""
    runs: list[Run] = []
    links: list[str] = []
    for i in range(len(values)):
        if not i or not runs:
            runs.append(Run([[i]], False))
            links = []
            continue
        before, value = values[i - 1], values[i]
        if value.start == before.start:
            runs.append(Run([[i]], False))
            continue
        gap = lower[before.end : value.start]
        if is_share_of(value, before, lower):
            runs[-1].parts[-1].append(i)
            continue
        if _FROM.fullmatch(gap):
            # "-0.5% (-6 mmol/mol) from a baseline of 7.5%": one group's
            runs[-1].parts[-1].append(i)
            continue
        named = any(before.end <= m.start and m.end <= value.start for m in mentions)
        link = None if named or len(gap) > 60 or ";" in gap else _GAP.match(gap)
        slash = gap.strip() == "/" and value.kind is ArmValueKind.PERCENT
        if (
            link is not None
            and not slash
            and link.lastgroup is None
            and "," not in gap
            and gap.strip() not in ("(", "[")
        ):
            link = None
        kind = (
            "" if link is None else ("versus" if slash or link.group("versus") else "to" if link.group("to") else "and")
        )
        if link is None or (
            value.kind is not before.kind
            and {value.kind.value, before.kind.value} != {"events", "percent"}
            and not (kind == "versus" and {value.kind.value, before.kind.value} == {"mean", "median"})
        ):
            runs.append(Run([[i]], False))
            links = []
            continue
        run = runs[-1]
        if (gap.strip() == "/" and value.kind is not ArmValueKind.PERCENT and value.value is not None) or (
            gap.strip() in ("(", "[") and value.unit != before.unit
        ):
            # "131/74 mm Hg", "-0.6% (-6.6 mmol/mol)": one group's
            run.parts[-1].append(i)
            continue
        if kind == "to":
            run.parts[-1].append(i)
            continue
        if kind == "versus" and not run.versus:
            # "78% and 61% v 61% and 39%": what stood in one list so far is one side
            if links and all(link == "and" for link in links):
                run.parts = [[j for part in run.parts for j in part]]
            run.versus = True
            run.parts.append([i])
        elif run.versus and kind == "and" and len(run.parts[0]) > len(run.parts[-1]):
            run.parts[-1].append(i)
        elif (run.versus and kind == "and" and ";" in gap) or (run.versus and kind == "and" and len(run.parts) >= 2):
            runs.append(Run([[i]], False))
            links = []
            continue
        else:
            run.parts.append([i])
        links.append(kind)
    return runs
