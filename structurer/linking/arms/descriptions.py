"""What a text says that a lettered or numbered group was given: "group 1 received drug", "arm B: usual care"."""

from __future__ import annotations

import re

from structurer.linking.arms.labels import is_arm_label
from structurer.linking.arms.names import Span, trimmed
from structurer.text.reading import Reading

_GIVEN = (
    r"(?:who |which |that |was |were |being )?(?:randomly )?(?:received|receives?|receiving|given|underwent|undergoing"
    r"|treated with|treated by|assigned to|allocated to|used|using|got|consumed|took|taking|administered)(?![a-z])"
)
# What leads from a group to its treatment, as in "group 1 (n = 30, 12 men) received" or "group A: drug".
_HEAD = re.compile(
    rf"(?: ?\([^()]{{1,40}}\))?(?:,? (?:of )?\d+ )?(?: ?patients| ?participants| ?subjects| ?women| ?men| ?children)?"
    rf"(?:,? {_GIVEN}(?: either| only)?| ?[:=](?= )| (?=\())"
)
_NAME_END = re.compile(r"[;()\[\]]|,|\.(?:\s|\Z)| (?:and|while|whereas|or) (?:the )?(?:patients|group|arm|those|in )")
_BRACKET = re.compile(r" \((?!n ?=)([^()=]{3,50})\)", re.IGNORECASE)
_LONGEST = 80


def described(reading: Reading, labels: dict[int, str]) -> dict[int, str]:
    """For each arm (by index) whose label is lettered or numbered, the first name of what it was given, if told once.

    A name that the text gives to two of the groups tells none apart and is left out.
    """
    found = {i: name for i, label in labels.items() if (name := _description(reading, label))}
    names = [name.lower() for name in found.values()]
    return {i: name for i, name in found.items() if names.count(name.lower()) == 1}


def _description(reading: Reading, label: str) -> str | None:
    lower = label.lower()
    at = reading.lower.find(lower)
    while at >= 0:
        end = at + len(lower)
        if not reading.lower[end : end + 1].isalnum():
            span = _behind(reading, end)
            if span is not None:
                return reading.text[span[0] : span[1]]
        at = reading.lower.find(lower, end)
    return None


def _behind(reading: Reading, end: int) -> Span | None:
    _, stop = reading.sentence_at(end - 1)
    bracket = _BRACKET.match(reading.norm, end, stop)
    if bracket is not None and re.search(r"[a-z]{3}", bracket.group(1)):
        return _name(reading, *bracket.span(1))
    head = _HEAD.match(reading.lower, end, stop)
    if head is None or head.end() == end or reading.lower[head.end() - 1 : head.end() + 1] == " (":
        return None
    finish = _NAME_END.search(reading.norm, head.end(), min(stop, head.end() + _LONGEST))
    return _name(reading, head.end(), finish.start() if finish else min(stop, head.end() + _LONGEST))


def _name(reading: Reading, start: int, end: int) -> Span | None:
    span = trimmed(reading.norm, start, end)
    if span is None or not is_arm_label(reading.text[span[0] : span[1]]):
        return None
    return span
