"""Names that only their doses or their ways of giving tell apart: "drug 25 mg", "oral drug"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from structurer.linking.arms.names import Span, trimmed

_DOSE = (
    r"\d[\d.,]*(?<![.,])(?: ?- ?|-| )?"
    r"(?:(?:mg|g|µg|μg|mcg|ug|microg|micrograms?|ml|iu|u|units?|gy|%|mmol|kg)(?:/[a-z0-9]+)*(?![a-z]))?"
)
_DOSE_ALONE = re.compile(
    rf"\s*(?:the )?({_DOSE})(?: (?:once|twice|three times|daily|weekly|a|per|every|day|week"
    r"|b\.?i\.?d\.?|q\.?d\.?|dose|doses)\.?)*[ ,]*",
    re.I,
)
# "randomised to treatment (a coil) or control".
_NAMELESS = re.compile(r"\s*(?:the |a )?(treatment|study)(?: (?:group|arm))?\s*(?:\(.*)?\Z", re.IGNORECASE | re.DOTALL)
_DOSE_AT_END = re.compile(rf"(?<![\w.]){_DOSE}(?: (?:once|twice|daily|weekly))*[ ,]*\Z", re.I)
_ASIDE_AT_END = re.compile(r" ?\([^()]{1,40}\) *\Z")
_DOSE_AFTER = re.compile(rf" {_DOSE}", re.I)


def _nameless(text: str, start: int, stop: int) -> Span | None:
    match = _NAMELESS.match(text, start, stop)
    return match.span(1) if match else None


def dosed_groups(text: str, lower: str, parts: Sequence[Span]) -> list[Span]:
    """The names in the members of a list; where doses tell them apart, with the dose ("drug 25 mg", "50 mg").

    A dose behind a comma ("drug, 25 mg daily, or") is told of the name before it. Empty where a member has no name.
    """
    spans: list[Span] = []
    by_dose: set[int] = set()
    before = ""
    for start, stop in parts:
        aside = _ASIDE_AT_END.search(text, start, stop)
        alone = _DOSE_ALONE.fullmatch(text, start, aside.start() if aside else stop)
        if alone is None:
            span = trimmed(text, start, stop) or _nameless(text, start, stop)
            if span is None:
                return []
            spans.append(span)
        elif not spans or (alone.group(1).isdigit() and not _DOSE_AT_END.search(before)):
            return []
        elif _DOSE_AT_END.search(before):
            by_dose.update((len(spans) - 1, len(spans)))
            spans.append(alone.span(1))
        before = text[start : aside.start() if aside else stop]
    names = [lower[first:last] for first, last in spans]
    for i, (first, last) in enumerate(spans):
        dose = _DOSE_AFTER.match(text, last)
        if dose is not None and (i in by_dose or names.count(names[i]) > 1):
            spans[i] = (first, dose.end())
    return by_route(lower, spans)


# Ways of giving a drug, which are no part of its name but where they tell two arms apart.
_ROUTE = (
    r"(?:oral|intravenous|i\.?v\.?|topical|subcutaneous|s\.?c\.?|intramuscular|i\.?m\.?|inhaled|vaginal|rectal|nasal|daily"
    r"|weekly|monthly|once-daily|twice-daily)"
)
_ROUTE_BEFORE = re.compile(rf"(?<![\w-]){_ROUTE} \Z")
ROUTE_ALONE = re.compile(rf"\s*(?:an? |either )?({_ROUTE})\s*")


def by_route(lower: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` of a list in `lower`, with the way of giving before a name that is another's too: "oral drug"."""
    names = [lower[first:last] for first, last in spans]
    longer: list[Span] = []
    for i, (first, last) in enumerate(spans):
        alike = any(name == names[i] or name.endswith(f" {names[i]}") for j, name in enumerate(names) if j != i)
        route = _ROUTE_BEFORE.search(lower, max(0, first - 14), first) if alike else None
        longer.append((route.start(), last) if route else (first, last))
    return longer


def by_dose(text: str, spans: Sequence[Span | None]) -> list[Span | None]:
    """`spans` of names in `text`, those that are equal with the dose behind each, where the doses differ."""
    printed = [text[first:last].lower() for first, last in filter(None, spans)]
    if len(printed) == len(set(printed)):
        return list(spans)
    names = Counter(printed)
    told = [_with_dose(text, span) if span and names[text[span[0] : span[1]].lower()] > 1 else span for span in spans]
    doses: dict[str, set[str]] = {}
    for span, longer in zip(spans, told, strict=True):
        if span is not None and longer is not None:
            doses.setdefault(text[slice(*span)].lower(), set()).add(text[slice(*longer)].lower())
    return [
        longer if span is not None and len(doses[text[slice(*span)].lower()]) > 1 else span
        for span, longer in zip(spans, told, strict=True)
    ]


def _with_dose(text: str, span: Span) -> Span:
    dose = _DOSE_RANGE.match(text, span[1])
    return (span[0], dose.end()) if dose is not None else span


_DOSE_RANGE = re.compile(rf"{_DOSE_AFTER.pattern}(?: ?(?:-|to) ?{_DOSE})?", re.I)
