"""Find the name of a group right behind a value, whatever it is called: "54% for the RT-only group"."""

from __future__ import annotations

import re
from dataclasses import replace

from structurer.linking.arm_values.runs import is_share_of
from structurer.linking.arm_values.sentence import Sentence
from structurer.schema import ArmValue

Span = tuple[int, int]

_LEAD = (
    r"%?(?: (?:of )?(?:the )?(?:patients?|participants|subjects|women|men|children|cases|events|deaths|infants"
    r"|individuals|those))?"
    r"(?: (?:cancers|nodes|courses|cycles)(?: diagnosed)?)?"
)
_NAME = r"[A-Za-z0-9(][\w()/+-]*(?: (?:\+ )?[\w()/+-]+){0,4}?"
# The word "group" says that it is one.
_SAID = re.compile(
    _LEAD + rf"(?:(?!compared|versus|than)[^.;,()]){{0,22}}? (?:in|for|among|with|on|of|to|assigned"
    rf"|allocated) (?:the )?(?P<name>{_NAME})(?: (?:[Gg]roup|[Aa]rm|cohort|unit)s?(?![a-z]"
    rf"| [A-Z0-9]{{1,2}}(?![A-Za-z0-9]))|-treated(?= |[.,;)]))"
    r"|" + _LEAD + r" (?:in|for|among|with|on|of) (?P<letter>(?:[Gg]roup|[Aa]rm)[ -][A-Z0-9]{1,3})(?![A-Za-z0-9])"
)
_PEOPLE = (
    r"(?:(?:\d+ |the |these |all )?(?:patients|participants|subjects|women|men|children|individuals"
    r"|people|eyes|infants|adults|families|rats|mice|dogs|cases)"
    r"|those|the \d+)"
)
# So do those who received it: "4 of 41 patients receiving surgery alone", "for those treated with drug + AI".
_RECEIVED = re.compile(
    rf"(?: ?[(\[](?:\d[\d.]* ?%|[Pp] ?[<>=] ?\.?\d[\d.]*)[)\]])?(?: (?:of|in|for|among))?(?: the)? {_PEOPLE}"
    r" (?:receiving|given|treated with|who (?:received|took|had received|started with|were given|underwent)|taking"
    r"|randomi[sz]ed to|assigned to|allocated to|on)(?: the| a| an)? "
    rf"(?P<name>{_NAME})(?= ?[,.;:()[]|\Z| (?:and|or|versus|vs\.?|v|compared|at|for|had|were|was|did|completed|achieved"
    r"|experienced|reported|died|developed|showed|with|who|during|after|than|in)(?![a-z]))"
)
# Without it, only two side by side say it: "6.2% with glargine treatment and 6.5% with standard care".
_UNSAID = re.compile(
    _LEAD + rf" (?:in|for|with|on|using|receiving|given)(?: the)? (?P<name>{_NAME})(?: treatment| therapy)?(?=[,.;:)]"
    rf"| and | or | versus | vs\.? | v | compared | \(| (?:had|were|was|completed|achieved|experienced|reported|died"
    r"|developed|showed|received|responded)(?![a-z])|\Z)"
)
_NO_NAME = re.compile(
    r"(?:the|two|three|both|same|other|total|whole|entire|overall|study|treatment|each|first|second|latter|former|age"
    r"|all|either|patients?|those|participants|women|men|children|subjects|week|weeks|month|months|"
    r"year|years|day|days|an?|which|whom|at|general|this|these|terms|cohort|period|baseline|respect|regard"
    r"|evaluable|therapy|our|one|courses|cycles|\d+)(?: |\Z)",
    re.I,
)


def group_behind(sentence: Sentence, value: ArmValue) -> Span | None:
    """The offsets of the name of a group right behind `value`, None where nothing there is one."""
    said = _name(sentence, value, _SAID)
    if said is not None:
        return said
    received = _name(sentence, value, _RECEIVED)
    if received is not None:
        return received
    unsaid = _name(sentence, value, _UNSAID)
    if unsaid is None:
        return None
    at = sentence.values.index(value)
    for other in (*sentence.values[max(0, at - 1) : at], *sentence.values[at + 1 : at + 2]):
        beside = _name(sentence, other, _SAID) or _name(sentence, other, _RECEIVED) or _name(sentence, other, _UNSAID)
        if beside is not None and beside != unsaid and _side_by_side(sentence, value, other, unsaid, beside):
            return unsaid
    return None


# "GP (39%), PP (20%)", "on E = 17%", "DA- 3%": a short form right before its value
_SHORT = re.compile(r"(?<![\w/-])([A-Z][A-Za-z0-9/+-]{0,9})(?: group| arm)?(?: ?[(\[=:] ?| )[-+~]?\Z")
_NO_SHORT = re.compile(
    r"(?:P|N|CI|IQR|SD|SE|SEM|OR|HR|RR|AOR|[A-Z]?OS|[A-Z]{0,2}PFS|[DERM]{1,2}FS|D?CR|PR|ORR|CBR|AUC|BMI|US|USA|UK|VAS|QALYs?"
    r"|QoL|ADL|In|At|On|The|Of|For|And|A|Grade|Mean|Median|LDL|HDL|HbA1c|CRP|BP|SBP|DBP|AEs?|SAEs?|I{1,3}|IV|V)\Z"
)
_JOINED = re.compile(
    r"[)\]%]?[^()\[\];.]{0,25}[)\]]?(?:, and|,| and|;|,? versus|,? vs\.?|,? v|,? compared (?:with|to)"
    r"|, whereas|, while)"
    r"(?: in| on| for| with| the){0,2} \Z"
)


def short_form_before(sentence: Sentence, value: ArmValue) -> Span | None:
    """The offsets of an undefined short form right before a value, beside another value's group: "EA (17%), SA (3%)".

    The value beside it must have a known group right before it, and another short form.
    """
    span = _short_before(sentence, value)
    if span is None or any(m.start < span[1] and span[0] < m.end for m in sentence.mentions):
        return None
    at = sentence.values.index(value)
    behind = sentence.values[at - 1] if at else None
    if at > 1 and behind is not None and is_share_of(behind, sentence.values[at - 2], sentence.lower):
        behind = replace(sentence.values[at - 2], end=behind.end)
    ahead = sentence.values[at + 1] if at + 1 < len(sentence.values) else None
    norm = sentence.reading.norm
    for first, second in ((behind, value), (value, ahead)):
        if first is None or second is None or first.end > second.start:
            continue
        other = first if second is value else second
        beside = _short_before(sentence, other)
        named = next((m for m in sentence.mentions if beside and m.start <= beside[0] and beside[1] <= m.end), None)
        start = span[0] if second is value else beside[0] if beside else 0
        apart = beside is not None and norm[slice(*beside)] != norm[slice(*span)]
        if named is not None and apart and _JOINED.fullmatch(norm, first.end, start):
            return span
    return None


def _short_before(sentence: Sentence, value: ArmValue) -> Span | None:
    match = _SHORT.search(sentence.reading.norm, max(sentence.begin, value.start - 22), value.start)
    if match is None or _NO_SHORT.match(match.group(1)) or match.group(1).islower():
        return None
    capitals = sum(sign.isupper() for sign in match.group(1))
    return match.span(1) if capitals >= 2 or (capitals == 1 and len(match.group(1)) <= 2) else None


# The name alone in a bracket behind its value.
_BRACKETED = re.compile(r" ?\((?:the )?(?P<name>[A-Za-z][\w/+. -]{2,40}?)(?: group| arm)?(?=\))")


def side_by_side(sentence: Sentence, value: ArmValue, other: ArmValue) -> Span | None:
    """The printed group behind `value`, where `other` stands beside it with a printed group of its own."""
    for pattern in (_RECEIVED, _UNSAID, _BRACKETED):
        span, beside = _name(sentence, value, pattern), _name(sentence, other, pattern)
        if span is not None and beside is not None and _side_by_side(sentence, value, other, span, beside):
            return span
    return None


def _side_by_side(sentence: Sentence, value: ArmValue, other: ArmValue, span: Span, beside: Span) -> bool:
    """Whether two values with a name behind each are joined: "... with A and 6.5% with B"."""
    first, second = (span, other) if value.start < other.start else (beside, value)
    gap = sentence.lower[first[1] : second.start]
    return (
        re.fullmatch(
            r"(?: treatment| therapy| group| arm)?\)?[,;]?(?: and| versus| vs\.?| v| compared (?:with|to))?"
            r"(?: in)? ?[-(]?",
            gap,
        )
        is not None
    )


def _name(sentence: Sentence, value: ArmValue, pattern: re.Pattern[str]) -> Span | None:
    norm = sentence.reading.norm
    match = pattern.match(norm, value.end, min(sentence.stop, value.end + 100))
    if match is None:
        return None
    group = "letter" if match.groupdict().get("letter") else "name"
    start, end = match.span(group)
    if any(value.end < other.start < end for other in sentence.values):
        return None
    name = norm[start:end]
    if name.count("(") != name.count(")"):
        return None
    if group == "name" and _NO_NAME.match(name):
        return None
    return start, end
