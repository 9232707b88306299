"""One scan of a normalised text into typed tokens of statistical notation, with offsets.

The scan is a single alternation that never backtracks over what it has passed, so its time is linear in the text.
Finders are small grammars over these tokens: whether a dash is a minus or a range is decided by them, from the
neighbours, and not by the scanner.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from structurer.text.numerals import NUMBER, parse_number


class Kind(IntEnum):
    """What a token is."""

    NUMBER = 1
    PERCENT = 2  # % and "percent"
    OPERATOR = 3  # = < > ≤ ≥
    OPEN = 4  # ( [ {
    CLOSE = 5
    DASH = 6
    PLUS_MINUS = 7  # ± and +/-
    SEPARATOR = 8  # , ; :
    SLASH = 9
    STOP = 10  # . ? !
    INTERVAL = 11  # CI, confidence interval, CrI, confidence limits
    TO = 12  # to
    AND = 13  # and, &
    VERSUS = 14  # vs, versus, v, compared with
    OPEN_LIMIT = 15  # not reached, NR, NE, ∞
    CURRENCY = 16
    WORD = 17
    OTHER = 18


class Token(NamedTuple):
    """A token: its kind, its offsets, its text in lower case and, for a number, its unsigned value."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal | None


# A word that can begin nothing else, by its first letters.
_PLAIN = "[bdegjklmoqrsuwxyz][a-z]"
_LIKELY = r"""(?: (?: [ABDEGJ-MO-Z] | C(?!onf|redib|ompat|[ir]) | F(?!iducial) | H(?!ighest) | I(?!nfinit)
      | N(?!ot|ever|on) )[a-z]
    | [atv] | c(?!onf|redib|ompat|i) | f(?!iducial) | h(?!ighest) | i(?!nfinit) | n(?!ot|ever|on)
    | p(?!er[ ]?cent|ct) )"""
_SCAN = re.compile(
    rf"""
    # Most words can begin nothing else and are left at once, by their first letters; those with a space behind each
    # are taken together, as they stand.
    (?: (?P<WORDS> (?: (?: {_PLAIN} | {_LIKELY} )[a-z]*+[ ] )++ )
  | (?P<PLAIN> {_PLAIN}[a-z]*+(?![A-Za-z\d'-]) )
  | (?P<LIKELY> {_LIKELY}[a-z]*+(?![\w'-]) )
    # Signs and digits begin nothing that is told from here on, and are settled before it is tried.
  | (?P<OPEN> [(\[{{] )
  | (?P<CLOSE> [)\]}}] )
  | (?P<SEPARATOR> [,;:] )
  | (?P<SHARE> % )
  | (?P<DASH> - )
  | (?P<SLASH> / )
  | (?P<NUMBER> {NUMBER} )
  | (?P<INTERVAL>
        # "confidence interval", "credible intervals", "conf. int.", "confidence-limits", "confidence region"
        (?<![A-Za-z])(?:[Cc]onfiden(?:ce|t|tial|s)|CONFIDENCE|[Cc]redib(?:le|ility)|CREDIBLE|[Cc]onf\.?
            |[Hh]ighest[ ](?:posterior[ ])?density|[Cc]ompatibility|[Ff]iducial)
            [ -]?(?:[Ii]nter+v?al+e?|INTERVAL|[Ii]nt\.?|[Ll]imit|LIMIT|[Bb]ound|[Rr]ange|[Rr]egion)[sS]?(?![a-z])
        # CI, CIs, C.I., CrI, BCI, HDI; glued to what follows ("CI0.70") or to a footnote ("CIca")
      | (?<![A-Za-z])(?:C\.[ ]?I\.?|CIs?|ci|Cis?|cis|CrIs?|CRIs?|Crls?|BCIs?|HDIs?|HPDs?|CLs?|CIca)(?![A-Za-z])
    )
  | (?P<OPEN_LIMIT>
        (?<![A-Za-z])(?:[Nn]ot|NOT|[Nn]ever|[Nn]on)[ -](?:yet[ ])?(?:been[ ])?
            (?:reached|reach|estimable|estimated|evaluable|calculable|calculated|available|assessable|attained
            |determined|defined|applicable|computable)(?![a-z])
      | (?<![A-Za-z])(?:NR|NE|NA|NC|N/A|NYR)(?![A-Za-z\d])
      | [+]?∞ | (?<![A-Za-z])[Ii]nfinit[ye](?![a-z])
    )
    # drug codes, gene names and scores: their digits are no numbers ("IL-6", "HbA1c", "CA-125", "R2.5", "T-DM1")
  | (?P<CODE> (?<![A-Za-z\d])
        (?!(?:CIs?|HR|OR|RR|MD|SMD|RD|IRR|aHR|aOR|aRR|SHR|SD|SE|P|p|n|N|[Vv]s|of|to|and|was|by)-?\d)
        [A-Za-zα-ωΑ-Ω]{{1,24}}(?:-[A-Za-z]{{1,12}}){{0,2}}-?\d+(?:\.\d+)?[A-Za-zα-ω]* )
  | (?P<PERCENT> (?<![A-Za-z])(?:per[ ]?cent|PERCENT|pct)(?![A-Za-z]) )
  | (?P<PLUS_MINUS> ± | \+[ ]?/?[ ]?-(?:/)?(?=[ ]?[\d.]) )
  | (?P<OPERATOR> [<>]\ ?(?:or)?\ ?= | =\ ?[<>] | [=<>≤≥≈] )
  | (?P<STOP> [.?!] )
  | (?P<CURRENCY> (?:US|AU|AUS|CA|CAN|NZ|A|C)?[$] | [€£¥] )
  | (?P<WORD> [^\W\d_]+ (?: ['-] [^\W\d_]+ )* )
  | (?P<OTHER> [^\s] )
    )[ ]?  # a space begins nothing, so that no search need begin at it
    """,
    re.VERBOSE,
)

# The kind of each group of the scan, by its number; WORDS, PLAIN, LIKELY and CODE are words.
_KINDS = [Kind.OTHER] + [Kind.__members__.get(name, Kind.WORD) for name in _SCAN.groupindex]
_KINDS[_SCAN.groupindex["SHARE"]] = Kind.PERCENT
_WORDS = _SCAN.groupindex["WORDS"]
_WORD_KINDS = {
    "to": Kind.TO,
    "and": Kind.AND,
    "vs": Kind.VERSUS,
    "versus": Kind.VERSUS,
    "v": Kind.VERSUS,
}


# In digits before the point.
_LONGEST_NUMBER = 18


def scan(normalised: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `normalised[start:end]`, in order, offsets counted from the text's beginning.

    >>> [token.kind.name for token in scan("HR 0.72 (95% CI -1.2 to 3)")]
    ['WORD', 'NUMBER', 'OPEN', 'NUMBER', 'PERCENT', 'INTERVAL', 'DASH', 'NUMBER', 'TO', 'NUMBER', 'CLOSE']
    """
    tokens: list[Token] = []
    add, make = tokens.append, tuple.__new__
    kinds, word_kind, number, word = _KINDS, _WORD_KINDS.get, Kind.NUMBER, Kind.WORD
    words = _WORDS
    stop = len(normalised) if end is None else end
    for match in _SCAN.finditer(normalised, start, stop):
        group = match.lastindex or 0
        first, after = match.span(group)
        text = normalised[first:after]
        if group == words:
            for plain in text.lower().split():
                after = first + len(plain)
                add(make(Token, (word_kind(plain, word), first, after, plain, None)))
                first = after + 1
            continue
        kind = kinds[group]
        if kind is number:
            value = _value(text)
            # A run of digits that measures nothing; arithmetic on it would fail or take long.
            measured = len(text) < _LONGEST_NUMBER or (value is not None and value.adjusted() < _LONGEST_NUMBER)
            add(make(Token, (number if measured else Kind.OTHER, first, after, text, value if measured else None)))
            continue
        text = text.lower()
        add(make(Token, (word_kind(text, word) if kind is word else kind, first, after, text, None)))
    return tokens


# Abstracts print the same few numbers again and again: 95, 0.05, 1, 2.
_value = lru_cache(maxsize=4096)(parse_number)
