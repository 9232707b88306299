"""Sentences of an abstract, by offsets.

A full stop ends a sentence only before something that can begin one, and never after an abbreviation, an initial,
inside a number or before a bracket closes its own remark. White space is asked for, except where two sentences are
plainly glued together (`in both groups.We found`).
"""

from __future__ import annotations

import re

# Abbreviations of abstracts after which a stop ends nothing: "vs.", "i.v.", "e.g.", "Fig.", "et al.", "St."
_ABBREVIATIONS = frozenset(
    """vs v cf ca approx e.g eg i.e ie et al fig figs no nos dr drs prof mr mrs ms st inc ltd co corp resp
    i.v i.m s.c p.o i.p i.d b.i.d t.i.d q.i.d q.d q.h o.d b.d p.r.n subsp sp spp ssp var min max sec hr
    hrs wk wks mo mos yr yrs jan feb mar apr jun jul aug sep sept oct nov dec dept univ vol pp incl excl
    est avg std dev n.b nb viz a.m p.m u.s u.k e.u u.s.a ph.d m.d m.sc b.sc sr jr ref refs eq eqs tab
    suppl ed eds conc wt temp cat aff int bull arch ann am br eur natl s.d s.e s.e.m c.i""".split()
)
# Of these, the ones that do end a sentence when it plainly goes on with a new one.
_MAY_END = frozenset(
    """min max no hr wk yr hrs wks yrs sec mo mos al a.m p.m est sp spp inc ltd co corp i.v i.m s.c p.o
    b.i.d t.i.d q.d q.i.d u.s u.k u.s.a e.u ph.d m.d std dev wt conc temp resp ref refs am int s.d s.e s.e.m
    c.i""".split()
)
# Some finders look back and forth within a sentence, so one without end would take them the square of its length. The
# longest sentences of real abstracts, lists of endpoints, have half as many characters.
LONGEST_SENTENCE = 3000
# Begins with one sign of a class, so that `re` looks for that alone and not for each way of ending.
_END = re.compile(r"[.?!\n](?:(?<!\n)[\"')\]]{0,4}(?=\s)|(?<=\n)|(?<=[a-z%)\]\d]\.)(?=[A-Z][a-z]{0,14}(?: |-[a-z])))")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*\Z")
# What can begin a sentence: a capital, a digit, a bracket, a quotation mark, a Greek letter, a sign or an address.
_CAN_BEGIN = re.compile(
    r"\s+[\"'(\[]{0,3}(?:[A-Z0-9©\u00c0-\u00de\u0370-\u03ff+<>=~\u2264\u2265-]|[a-z]{1,12}[A-Z0-9-]|p[ -]|www\."
    r"|https?:|(?:clinicaltrials|alpha|beta|gamma|delta)\b)"
)
_BEGINS_AFRESH = re.compile(
    r"\s+(?:The|In|At|No|We|This|There|All|Both|These|Of|A|An|After|Patients|Our|It|Results?|Conclusions?|Methods?"
    r"|[A-Z][a-z]+ (?:was|were|is|are|had|received|showed))\b"
)
# An initial is no initial where it names something: "group A.", "vitamin D.", "hepatitis B."
_NAMED_BY_LETTER = re.compile(
    r"(?:groups?|arms?|vitamin|hepatitis|cohort|grade|class|type|regimen|treatment|part|influenza|stage|child(?:-pugh)?|\+"
    r"|h(?:a)?emoglobin|sequence|and|or|/|immunoglobulin|phase|panel|cyclosporin|factor|plan|strain|subtype|step) ?\Z",
    re.IGNORECASE,
)


def sentence_spans(norm: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of a normalised text, without the white space around it.

    One of more than `LONGEST_SENTENCE` characters is cut, at white space where there is some.

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
    while stop - begin > LONGEST_SENTENCE:
        cut = norm.rfind(" ", begin + LONGEST_SENTENCE // 2, begin + LONGEST_SENTENCE)
        cut = cut if cut >= 0 else begin + LONGEST_SENTENCE
        _add_stripped(spans, norm, begin, cut)
        begin = cut
    _add_stripped(spans, norm, begin, stop)


def _add_stripped(spans: list[tuple[int, int]], norm: str, begin: int, stop: int) -> None:
    while begin < stop and norm[begin].isspace():
        begin += 1
    while stop > begin and norm[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        spans.append((begin, stop))


def _ends_sentence(norm: str, stop_sign: int, after: int) -> bool:
    glued = not norm[after : after + 1].isspace()
    if not glued and not _CAN_BEGIN.match(norm, after):
        return False
    if norm[stop_sign] != ".":
        return True
    before = norm[stop_sign - 1 : stop_sign]
    if before == " ":
        # A product sign ("kcal . kg"), unless a new sentence plainly begins.
        return norm[after : after + 2].strip()[:1].isupper()
    word = _LAST_WORD.search(norm, max(0, stop_sign - 12), stop_sign)
    if word is None:
        # "0. 80", "p = 0. 03": a decimal point with a space that crept in.
        return not (
            norm[max(0, stop_sign - 2) : stop_sign].endswith((" 0", "=0", "<0", ">0", "(0"))
            and norm[after + 1 : after + 2].isdigit()
        )
    printed = word.group()
    if glued:
        return _ends_glued(norm, word.start(), printed)
    if after - stop_sign > 1 and norm[after - 1] in ")]":
        # "(approx.)", "[i.v.]": the bracket closes a remark, so the stop belongs to the abbreviation.
        return printed.lower() not in _ABBREVIATIONS
    if printed.isupper() and len(printed) > 1 and "." not in printed:
        # Capitals are a short form of the text's own: "MS." is a disease, "AL." an arm.
        return True
    if printed.lower() in _ABBREVIATIONS:
        # "min.", "no." and the like do end sentences when a new one plainly begins; "vs. Placebo" does not.
        return printed.lower() in _MAY_END and bool(_BEGINS_AFRESH.match(norm, after))
    # A single capital is an initial ("St. John's", "E. coli"), unless it names an arm, a vitamin or a grade.
    if len(printed) > 1 or not printed.isupper() or norm[word.start() - 1 : word.start()].isdigit():
        return True
    named = _NAMED_BY_LETTER.search(norm, max(0, word.start() - 16), word.start())
    return named is not None or bool(_BEGINS_AFRESH.match(norm, after))


def _ends_glued(norm: str, word_start: int, printed: str) -> bool:
    """Whether `both groups.We` are two sentences; `ClinicalTrials.Gov` and `www.Who` are addresses."""
    if len(printed) < 3 or "." in printed or printed.lower() in _ABBREVIATIONS:
        return False
    return norm[word_start - 1 : word_start] not in {"/", "@", ".", "_"} and printed.lower() not in {
        "www",
        "clinicaltrials",
    }
