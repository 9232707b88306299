"""Sentences of an abstract, by offsets.

A full stop ends a sentence only before white space and something that can begin one, and never after an
abbreviation, an initial or inside a bracket.
"""

from __future__ import annotations

import re

# Abbreviations of abstracts after which a stop ends nothing: "vs.", "i.v.", "e.g.", "Fig.", "et al.", "St."
_ABBREVIATIONS = frozenset(
    """vs v cf ca approx e.g eg i.e ie et al fig figs no nos dr drs prof mr mrs ms st inc ltd co corp resp
    i.v i.m s.c p.o b.i.d t.i.d q.d q.i.d o.d b.d subsp sp spp ssp var min max sec hr hrs wk wks mo mos yr yrs
    jan feb mar apr jun jul aug sep sept oct nov dec dept univ vol pp incl excl est avg std dev n.b nb viz a.m p.m
    u.s u.k e.u ph.d m.d sr jr ref refs eq eqs tab suppl ed eds conc wt temp h.pylori""".split()
)
_END = re.compile(r"[.?!](?:[\"')\]]*)(?=\s)|\n")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*\Z")
# What can begin a sentence: a capital, a digit, a bracket, a quotation mark, a Greek letter or a sign.
_CAN_BEGIN = re.compile(r"\s+[\"'(\[]*(?:[A-Z0-9\u00c0-\u00de\u0370-\u03ff+<>=~\u2264\u2265-]|[a-z]+[A-Z0-9-]|mTOR|p[ -])")


def sentence_spans(norm: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of a normalised text, without the white space around it.

    >>> text = "We used i.v. drug vs. placebo (p = .03). It worked."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['We used i.v. drug vs. placebo (p = .03).', 'It worked.']
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(norm):
        stop = match.end()
        if match.group() != "\n" and not _ends_sentence(norm, match.start(), stop):
            continue
        _add(spans, norm, begin, stop)
        begin = stop
    _add(spans, norm, begin, len(norm))
    return spans


def _add(spans: list[tuple[int, int]], norm: str, begin: int, stop: int) -> None:
    while begin < stop and norm[begin].isspace():
        begin += 1
    while stop > begin and norm[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        spans.append((begin, stop))


def _ends_sentence(norm: str, stop_sign: int, after: int) -> bool:
    if not _CAN_BEGIN.match(norm, after):
        return False
    if norm[stop_sign] != ".":
        return True
    word = _LAST_WORD.search(norm, max(0, stop_sign - 12), stop_sign)
    if word is None:
        # "0. 80", "p = 0. 03": a decimal point with a space that crept in.
        return not (norm[max(0, stop_sign - 2) : stop_sign].endswith(" 0") and norm[after + 1 : after + 2].isdigit())
    printed = word.group()
    if printed.lower() in _ABBREVIATIONS:
        # "min.", "no." and the like do end sentences when a capitalised word follows; "vs. Placebo" does not.
        return printed.lower() in {"min", "max", "no", "hr", "wk", "yr", "hrs", "wks", "yrs", "sec", "al", "a.m", "p.m", "st", "est", "sp"} and bool(
            re.match(r"\s+(?:The|In|At|No|We|This|There|All|Both|These|Of|A|An|After|Patients|Our|It|[A-Z][a-z]+ (?:was|were|is|are))\b", norm[after : after + 60])
        )
    # A single capital is an initial ("St. John's", "E. coli"), unless it names an arm, a vitamin or a grade.
    return not (len(printed) == 1 and printed.isupper() and not re.search(r"(?:group|arm|vitamin|hepatitis|cohort|grade|class|type|regimen|treatment|part|influenza|stage|hemoglobin|haemoglobin) \Z", norm[max(0, word.start() - 14) : word.start()], re.IGNORECASE))
