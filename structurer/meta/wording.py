"""What the words around an estimate say of it: the population, a subgroup, adjustment, the primary outcome."""

from __future__ import annotations

import re

from structurer.meta.estimates import Population

_POPULATION = re.compile(
    r"(?P<itt>intent(?:ion)?[ -]to[ -]treat|(?<![a-z])m?itt(?![a-z])|full analysis set)"
    r"|(?P<pp>per[ -]protocol|as[ -]treated|on[ -]treatment analys|completers? analys"
    r"|(?<![a-z])pp (?:population|set|analys))"
)
_SUBGROUP = re.compile(
    r"sub-?groups?(?![a-z])|sub-?population|subset of|post[ -]hoc|interim analys|sensitivity analys|stratum"
)
_ADJUSTED = re.compile(r"(?P<crude>unadjusted|crude|not adjusted|univaria)|(?P<adjusted>adjust|multivaria|covariate)")
_PRIMARY = re.compile(r"(?:co-?)?primary(?:[ -]outcome| end ?-?points?| efficacy| composite| analysis)")
# How far behind an estimate the words that qualify it may begin, in characters.
_BEHIND = 60
# One-sided, and p-values that do not test the estimate against no effect.
_OTHER_TEST = re.compile(r"non-?\s?inferiority|one-sided|1-sided|interaction|(?:for|of) trend|heterogeneity|bonferroni")


def population_of(sentence: str, quote: str) -> Population:
    """The population that the nearest words before `quote` in `sentence` name, else those shortly behind it.

    >>> population_of("In the per-protocol population the HR was 0.8.", "HR was 0.8")
    <Population.PER_PROTOCOL: 2>
    """
    name = _nearest(_POPULATION, sentence, quote)
    if name is None:
        return Population.NOT_SAID
    return Population.INTENTION_TO_TREAT if name == "itt" else Population.PER_PROTOCOL


def is_adjusted(sentence: str, quote: str) -> bool | None:
    """Whether the words call the estimate adjusted (True) or crude (False); None where they do not say.

    >>> is_adjusted("The adjusted OR was 2.", "adjusted OR was 2"), is_adjusted("The OR was 2.", "OR was 2")
    (True, None)
    """
    within = _ADJUSTED.search(quote.casefold())
    name = within.lastgroup if within else _nearest(_ADJUSTED, sentence, quote)
    return None if name is None else name == "adjusted"


def is_subgroup(sentence: str, quote: str) -> bool:
    """Whether `sentence` speaks of a part of the trial, or of an analysis besides the main one, up to the estimate.

    >>> is_subgroup("In the subgroup aged over 75, the RR was 0.9.", "RR was 0.9")
    True
    """
    lower = sentence.casefold()
    return _SUBGROUP.search(lower, 0, _place(lower, quote)[1]) is not None


def is_primary(sentence: str) -> bool:
    """Whether `sentence` names a primary outcome."""
    return _PRIMARY.search(sentence.casefold()) is not None


def tests_no_effect(sentence: str) -> bool:
    """Whether nothing in `sentence` says that its p-values test something else than no effect, or one side only."""
    return _OTHER_TEST.search(sentence.casefold()) is None


def _nearest(pattern: re.Pattern[str], sentence: str, quote: str) -> str | None:
    lower = sentence.casefold()
    start, end = _place(lower, quote)
    last = None
    for match in pattern.finditer(lower, 0, end + _BEHIND):
        if match.start() >= end and last is not None:
            break
        last = match.lastgroup
        if match.start() >= start:
            break
    return last


def _place(lower: str, quote: str) -> tuple[int, int]:
    start = max(0, lower.find(quote.casefold()))
    return start, start + len(quote)
