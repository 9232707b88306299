"""Find zeros in words: `none in the placebo group`, `no deaths in either group`, `none of 445`."""

from __future__ import annotations

import re
from typing import NamedTuple

from structurer.mentions.arm_values.cues import EVENTS, PEOPLE
from structurer.text.number_words import parse_number_words


class Zero(NamedTuple):
    """No events: the offsets of the words, and the denominator where one is printed."""

    start: int
    end: int
    n: int | None


_NONE = re.compile(
    rf"(?<![a-z])none(?P<of> of (?:the |these |our )?(?P<n>\d{{1,3}}(?:,\d{{3}})*|[a-z]+teen|two|three|four|five"
    rf"|six|seven|eight|nine|ten|eleven|twelve|twenty(?:-[a-z]+)?)?(?: ?[a-z-]+){{0,2}}? ?{PEOPLE}?)?"
    r"(?=[ ,.;)\]])"
)
# "none of the placebo group", set beside a count
_NONE_OF_A_GROUP = re.compile(
    r"(?<![a-z])none(?= of (?:the )?(?:[a-z0-9-]+ ){1,3}?(?:group|arm)"
    r"(?: (?:and|vs\.?|versus|but|compared|had|[a-z]+ed)(?![a-z])|[,;.)]))"
)
_NONE_AFTER = re.compile(
    rf" ?(?:(?:of the |of )?{PEOPLE} |was |were |occurred |reported )?(?:in|with|on|for|given|receiving|who"
    rf"|allocated|assigned|among|vs\.?|versus|treated|attributable|related|considered|fatal|from|had|developed|died"
    rf"|relapsed|recurred|progressed|discontinued|responded|withdrew|needed|showed|achieved|experienced|required"
    rf"|reported|was|were|taking|under)(?![a-z])|[)\],;.]"
)
_NONE_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:vs\.?|versus|and|with|to|but|than|while|whereas|v|in|by) |[(\[,;.:] ?|\A\s*)\Z"
)
# No one, set against a count: none of the patients given A against 14 [9%] of those given B
_NO_ONE = re.compile(
    rf"(?:(?<![a-z])(?:vs\.?|versus|and|to|but|than|while|whereas|compared with)|[(\[,;:]) ?(?P<zero>no {PEOPLE})"
    r"(?= (?:in|on|given|receiving|treated|assigned|allocated|from|of the|of groups?|with the|had)(?![a-z]))"
)
_NO_ONE_DID = re.compile(
    rf"(?<![a-z])no {PEOPLE}(?= (?:died|discontinued|developed|experienced|withdrew|required|relapsed|needed|suffered"
    r")(?![a-z]))"
)
# A zero in digits behind a count with its share: 10 [21%] of 48 patients vs 0
_AGAINST_A_SHARE = re.compile(
    r"\d ?%[)\]](?: of (?:the )?\d{1,5})?(?: (?!and|versus|vs)[a-z]{1,14}){0,3} (?:vs\.?|versus|v|and|compared with)"
    r" (?P<zero>0)(?=[)\],;]| (?:in|with|of|on|patients|participants)(?![a-z]))"
)
_NOT_COUNTABLE = re.compile(
    r"(?<![a-z])(?:differ\w*|effects?|change[sd]?|association\w*|significan\w*|evidence|correlat\w*|interaction\w*"
    r"|outcomes|comparisons|variables|measures|parameters|improve\w*|increase\w*|decrease\w*|studies|these|those"
    r"|influence\w*|benefit\w*|impact)(?![a-z])"
)
_NO = re.compile(
    rf"(?<![a-z])no (?P<words>(?:(?!(?:difference|differences|significant|evidence|effect|change|changes|increase"
    rf"|decrease|association|relationship|improvement|impact|benefit|interaction|statistically|apparent|clinically"
    rf"|consistent|detectable|measurable|such|clear|reduction|unexpected|new|specific|further|additional|other"
    rf"|relevant|major difference|other difference|influence|data|information"
    rf"|correlation)\b)[a-z0-9/()≥≤-]+,? ){{0,8}}?)(?P<noun>{EVENTS})(?![a-z-])"
)
_COUNTABLE_END = re.compile(
    r"(?:s|ies|i|es)\Z|death\Z|event\Z|recurrence\Z|pregnancy\Z|mortality\Z|progression\Z|relapse\Z|case\Z|seroma\Z"
)
_NO_AFTER_NOT = re.compile(
    r" (?:differ\w*|rates?|free|risk|was (?:associated|different|related to)|between|reduction|improvement"
    r"|relationship|associat\w*|were (?:associated|significant|different)|than)(?![a-z])"
)
_NO_AS_GROUP = re.compile(
    r"(?:versus|vs\.?|with|without|or|compared (?:with|to)|patients (?:with|having)|received|having) \Z"
)


def find_zero_events(lower: str, begin: int, stop: int, counts_here: bool) -> list[Zero]:
    """The zeros in words of one sentence; `counts_here` says whether the sentence prints other counts of events."""
    zeros: list[Zero] = []
    if "none" in lower[begin:stop]:
        for match in _NONE.finditer(lower, begin, stop):
            if _is_none_of_a_group(lower, match, begin, stop, counts_here):
                n = match.group("n")
                number = None if n is None else (int(n.replace(",", "")) if n[0].isdigit() else parse_number_words(n))
                zeros.append(Zero(match.start(), match.end(), number))
        if counts_here:
            zeros.extend(Zero(*match.span(), None) for match in _NONE_OF_A_GROUP.finditer(lower, begin, stop))
    if "no " in lower[begin:stop]:
        for match in _NO.finditer(lower, begin, stop):
            before = lower[max(begin, match.start() - 24) : match.start()]
            if _NO_AFTER_NOT.match(lower, match.end(), stop) or _NO_AS_GROUP.search(before):
                continue
            if _COUNTABLE_END.search(match.group("noun")):
                zeros.append(Zero(match.start(), match.end(), None))
        if counts_here:
            zeros.extend(Zero(*match.span("zero"), None) for match in _NO_ONE.finditer(lower, begin, stop))
        for match in _NO_ONE_DID.finditer(lower, begin, stop):
            if all(zero.end <= match.start() or match.end() <= zero.start for zero in zeros):
                zeros.append(Zero(match.start(), match.end(), None))
    if counts_here and " 0" in lower[begin:stop]:
        zeros.extend(Zero(*match.span("zero"), None) for match in _AGAINST_A_SHARE.finditer(lower, begin, stop))
    return zeros


def _is_none_of_a_group(lower: str, match: re.Match[str], begin: int, stop: int, counts_here: bool) -> bool:
    words = match.group("of") or ""
    if _NOT_COUNTABLE.search(words) or (
        words and not match.group("n") and not re.search(rf"{PEOPLE}\Z", words.strip())
    ):
        return False
    if not words and not counts_here:
        return False
    if _NOT_COUNTABLE.match(lower, match.end() + 1, stop):
        return False
    if not _NONE_AFTER.match(lower, match.end(), stop):
        return False
    return bool(words) or _NONE_BEFORE.search(lower[max(begin, match.start() - 12) : match.start()]) is not None
