"""What a p-value speaks of, told from its subscript and from the words around it."""

from __future__ import annotations

import re

from structurer.schema import PValueRole
from structurer.text.reading import Reading

_ROLES: tuple[tuple[PValueRole, re.Pattern[str]], ...] = (
    (PValueRole.INTERACTION, re.compile(r"interact|^[_ -]?int\b")),
    (PValueRole.NONINFERIORITY, re.compile(r"non-?inferior|non inferior|^[_ -]?ni\b")),
    (PValueRole.HETEROGENEITY, re.compile(r"heterogen|^[_ -]?het")),
    (PValueRole.TREND, re.compile(r"trend\b(?! (?:to|toward|in favo|for better|for (?:a )?(?:improve|longer)))")),
)
_AFTER = re.compile(
    r"[ ,(]{0,2}(?:for|of|on|in)? ?(?:the )?(?:test(?:s|ed)? (?:of|for) )?"
    r"(?:linear |quadratic |treatment[- ]by[- ][a-z]+ |dose[- ]response )?"
    r"(interaction|trend|heterogeneity|non-? ?inferiority)"
)
_BEFORE = re.compile(
    r"(interactions?|trends?|heterogeneity|non-? ?inferiority)"
    r"(?: (?:test|effect|term|was|were|is|with|p|of|a|margin|log-?rank|across|between|groups?|significant|not|no)){0,3}"
    r"[ ,:;(\[=]{0,3}(?:two-sided |one-sided |log-?rank |both |all )?$"
    # As in: "time by condition interactions on both speed (p = .02) and memory (ps < .07".
    r"|(interactions?)\b[a-z ,-]{0,60}(?:\(p ?[<=>] ?[\d.]+\)[a-z ,-]{0,40})?[(\[:;,] ?$"
)

_ROLE_WORDS = ("interaction", "trend", "heterogeneity", "inferiority")
_THRESHOLD_AFTER = re.compile(
    r"[ ),]*(?:\(?(?:two|one|2|1)-(?:sided|tailed)\)?,? ?)?"
    r"(?:for statistical tests )?(?:(?:was|were|is|are|being|has been) )?(?:a priori )?"
    r"(?:considered|regarded|deemed|defined|taken|accepted|judged|assumed|required|"
    r"used|set|chosen|indicating|indicated|indicates|denoting|denoted)"
    r"(?: to (?:be|indicate|denote|define|represent)| as| for)?[a-z ,-]{0,40}?(?:signifi|cut-?off|threshold)"
)
_THRESHOLD_BEFORE = re.compile(
    r"(?:significan(?:ce|t)(?: level| threshold| difference| test\w*)?s?(?: \w+){0,2}? (?:was|were|is|being)? ?"
    r"(?:set|defined|accepted|established|assumed|considered|declared|assessed|"
    r"determined|taken|specified|evaluated|assigned|fixed|inferred|based)[a-z ,-]{0,30}"
    r"|(?:considered|regarded|deemed|declared|accepted)(?: to be| as)? "
    r"(?:statistically )?significant (?:if|when|at|for|with)[a-z ,]{0,25}"
    r"|(?:level of significance|significance level|significance threshold|"
    r"threshold for (?:statistical )?significance)[a-z ,:(]{0,30})$"
)


def subscript_role(between: str) -> PValueRole | None:
    """The role that the words between a p and its operator give it, or None: "Pinteraction", "p for trend".

    >>> subscript_role(" for linear trend")
    <PValueRole.TREND: 'trend'>
    """
    if not between.strip():
        return None
    subscript = between.lower()
    return next((role for role, pattern in _ROLES if pattern.search(subscript)), None)


def p_value_role(reading: Reading, start: int, end: int, between: str) -> PValueRole:
    """The role of the p-value at [start, end), by its subscript, then by the words around it in its sentence."""
    said = subscript_role(between)
    if said is not None:
        return said
    first, last = reading.sentence_at(start)
    lower = reading.lower
    before = lower[max(first, start - 120) : start]
    after = lower[end : min(max(last, end), end + 110)]
    if _THRESHOLD_AFTER.match(after) or ("significan" in before and _THRESHOLD_BEFORE.search(before)):
        return PValueRole.THRESHOLD
    named = any(map(before.__contains__, _ROLE_WORDS))
    for context in (_AFTER.match(after), _BEFORE.search(before) if named else None):
        if context:
            word = context.group(context.lastindex or 0)
            for role, pattern in _ROLES:
                if pattern.search(word):
                    return role
    return PValueRole.RESULT
