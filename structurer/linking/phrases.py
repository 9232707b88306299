"""Cut a sentence into noun phrases without a parser: closed classes of words end a phrase, the rest make one.

Result sentences of abstracts are plain: names of outcomes stand between verbs, prepositions, brackets and numbers.
The closed classes (determiners, prepositions, auxiliaries, the verbs of reporting) therefore suffice, and a phrase
that came out a word too long is trimmed of what measures ("risk of", "mean") and what changes ("lower", "reduction").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from structurer.linking.word_classes import WordClasses, word_classes
from structurer.text.notation import Kind, Token


class NounPhrase(NamedTuple):
    """A noun phrase: its offsets, its words in lower case, and the words beside it.

    `first` and `last` are the indices of its first and last token; `depth` is how many brackets are open around it;
    `before` and `before2` are the word and the word but one that precede the untrimmed phrase, `after` the token that
    follows, `dropped` what was trimmed from its front.
    """

    start: int
    end: int
    words: tuple[str, ...]
    first: int
    last: int
    depth: int
    before: str
    before2: str
    after: str
    dropped: tuple[str, ...]


# "Sixty-six percent of ..."
_COUNTED = frozenset(
    f"{ten}-{one}"
    for ten in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
    for one in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
)
_OF = "of"
# "follow-up time": how long people were watched is no outcome
_LENGTHS = frozenset({"time", "times", "period", "periods", "duration", "durations", "length"})
_LONG = ("-day", "-week", "-month", "-year", "-hour")
_PEOPLE = frozenset({"patients", "participants", "women", "men", "children", "subjects"})
_ALL_CAUSE = ("all", "cause")
_ARTICLES = frozenset({"the", "a", "an", "their", "its"})
_KINDS = (Kind.WORD, Kind.NUMBER, Kind.SLASH, Kind.DASH, Kind.OPEN, Kind.CLOSE)
# A unit follows its number: "9.4 months", "12 mm Hg".
_BEFORE_UNITS = (Kind.NUMBER, Kind.DASH, Kind.SLASH, Kind.PERCENT)


def noun_phrases(
    tokens: Sequence[Token], first: int, stop: int, short_forms: frozenset[str] = frozenset(), norm: str = ""
) -> list[NounPhrase]:
    """The noun phrases of `tokens[first:stop]`, in order, without those that name no thing measured.

    `short_forms` are abbreviations (in lower case) that name something in this text although they look like a
    measure ("OR" for objective response); `norm` tells whether they stand in capitals.
    """
    classes = word_classes()
    events, units, participles = classes.event_verb, classes.units, classes.participle
    ends = _unions().ends
    a_word, a_number, a_slash, a_dash, opens, closes = _KINDS
    phrases: list[NounPhrase] = []
    run: list[int] = []
    depth = 0
    for i, (kind, start, _, word, _) in enumerate(tokens[first:stop], first):
        if kind is a_word:
            if not run and word in units and i > first and tokens[i - 1].kind in _BEFORE_UNITS:
                continue
            if word in events or (word in short_forms and _is_name(tokens[i], norm, classes)):
                if run:
                    _close(phrases, tokens, run, first, depth)
                phrases.append(_phrase(tokens, [i], (word,), first, depth))
            elif word in ends:
                if run:
                    _close(phrases, tokens, run, first, depth)
            elif not run:
                # "7PP": a number glued to the front
                glued = i > first and tokens[i - 1].end == start
                # "all cause mortality": a compound printed without its dash
                all_cause = word == "cause" and i > 0 and tokens[i - 1].text == "all"
                if all_cause or (glued and tokens[i - 1].kind is a_number):
                    run.append(i - 1)
                run.append(i)
            elif word[-2:] == "ed" and word not in participles and _is_finite_verb(word, tokens[run[-1]].text, classes):
                _close(phrases, tokens, run, first, depth)
            else:
                run.append(i)
            continue
        if run:
            if (kind is a_slash or kind is a_dash) and _glued(tokens, i, stop):
                continue
            # "P-CPQ-16", "CD4", "EQ-5D": a number glued to the name is part of it
            if kind is a_number and start == tokens[i - 1].end:
                run.append(i)
                continue
            _close(phrases, tokens, run, first, depth)
        if kind is opens:
            depth += 1
        elif kind is closes and depth:
            depth -= 1
    if run:
        _close(phrases, tokens, run, first, depth)
    return phrases


def _is_name(token: Token, norm: str, classes: WordClasses) -> bool:
    """Whether an abbreviation that spells like a closed-class word stands as a name, in capitals."""
    word = token.text
    closed = word in classes.breaks or word in classes.generic or word in classes.trailing
    return closed and norm[token.start : token.end].isupper()


def _glued(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """Whether a slash or a dash stands inside a word ("latanoprost/timolol")."""
    return i + 1 < stop and tokens[i].start == tokens[i - 1].end and tokens[i + 1].start == tokens[i].end


def _is_finite_verb(word: str, before: str, classes: WordClasses) -> bool:
    """Whether an "-ed" word inside a phrase is its verb ("Radiotherapy improved ..."), not an adjective."""
    return len(word) > 4 and "-" not in word and before not in classes.leading


def _close(phrases: list[NounPhrase], tokens: Sequence[Token], run: list[int], first: int, depth: int) -> None:
    """Make a phrase of a run of tokens that has ended, where it names something, and empty the run."""
    words = tuple([tokens[i].text for i in run])
    low, high = _trim(words)
    if low < high:
        phrases.append(_phrase(tokens, run[low:high], words[low:high], first, depth, run[0], words[:low]))
    run.clear()


def _phrase(
    tokens: Sequence[Token],
    run: Sequence[int],
    words: tuple[str, ...],
    first: int,
    depth: int,
    begin: int | None = None,
    dropped: tuple[str, ...] = (),
) -> NounPhrase:
    """The phrase of the tokens `run`; `begin` is the first token of what was there before its front was `dropped`."""
    low, last = run[0], run[-1]
    if begin is None:
        begin = low
    # "assigned to the drug": the word before is "to"
    if begin > first and tokens[begin - 1].text in _ARTICLES:
        begin -= 1
    return NounPhrase(
        tokens[low].start,
        tokens[last].end,
        words,
        low,
        last,
        depth,
        tokens[begin - 1].text if begin > first else "",
        tokens[begin - 2].text if begin - 1 > first else "",
        tokens[last + 1].text if last + 1 < len(tokens) else "",
        dropped,
    )


def _trim(words: tuple[str, ...]) -> tuple[int, int]:
    """The part of a phrase that names something: (low, high), empty where it is all measure and people."""
    unions = _unions()
    low, high = 0, len(words)
    if _OF in words:
        for join in [i for i, word in enumerate(words) if word == _OF]:
            if all(word in unions.measuring or word.endswith("ly") for word in words[low:join]):
                low = join + 1
            elif unions.people.issuperset(words[join + 1 : high]):
                high = join
                break
    leading, trailing = unions.leading, unions.trailing
    while low < high and (
        (words[low] in leading and words[low : low + 2] != _ALL_CAUSE)
        or (words[low].endswith("ly") and len(words[low]) > 5)
    ):
        low += 1
    whole = high
    while high > low and words[high - 1] in trailing:
        high -= 1
    if high < whole and words[high] in _PEOPLE:
        return 0, 0  # "protocol-adherent patients"
    named = words[low:high]
    if named and named[-1] in _LENGTHS and named[0].endswith(_LONG):
        return 0, 0  # "over the six-week period"
    if not named or unions.nameless.issuperset(named) or (named[0].startswith("follow") and named[-1] in _LENGTHS):
        return 0, 0
    return low, high


class _Unions(NamedTuple):
    """Closed classes together, as phrases are cut and trimmed by them."""

    ends: frozenset[str]
    measuring: frozenset[str]
    people: frozenset[str]
    leading: frozenset[str]
    trailing: frozenset[str]
    nameless: frozenset[str]


@cache
def _unions() -> _Unions:
    classes = word_classes()
    return _Unions(
        classes.breaks | _COUNTED,
        classes.generic | classes.leading | classes.population,
        classes.population | classes.leading,
        classes.leading | {_OF},
        classes.trailing | {_OF},
        classes.generic | classes.population | classes.units,
    )
