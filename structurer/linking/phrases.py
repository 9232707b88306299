"""Cut a sentence into noun phrases without a parser: closed classes of words end a phrase, the rest make one.

Result sentences of abstracts are plain: names of outcomes stand between verbs, prepositions, brackets and numbers.
The closed classes (determiners, prepositions, auxiliaries, the verbs of reporting) therefore suffice, and a phrase
that came out a word too long is trimmed of what measures ("risk of", "mean") and what changes ("lower", "reduction").
"""

from __future__ import annotations

from collections.abc import Sequence
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
_JOINS = frozenset({"of"})
# "follow-up time": how long people were watched is no outcome
_LENGTHS = frozenset({"time", "times", "period", "periods", "duration", "durations", "length"})
_PEOPLE = frozenset({"patients", "participants", "women", "men", "children", "subjects"})
_ALL_CAUSE = ["all", "cause"]
_ARTICLES = frozenset({"the", "a", "an", "their", "its"})
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
    breaks, events, units = classes.breaks, classes.event_verb, classes.units
    a_word = Kind.WORD
    phrases: list[NounPhrase] = []
    run: list[int] = []
    depth = 0
    for i in range(first, stop):
        token = tokens[i]
        kind = token.kind
        if kind is a_word:
            word = token.text
            if not run and i > first and word in units and tokens[i - 1].kind in _BEFORE_UNITS:
                continue
            if word in events or (word in short_forms and _is_name(token, norm, classes)):
                _close(phrases, tokens, run, first, depth, classes)
                phrases.append(_phrase(tokens, [i], first, depth))
            elif word in breaks or word in _COUNTED or (run and _is_finite_verb(word, tokens, run, classes)):
                _close(phrases, tokens, run, first, depth, classes)
            else:
                # "7PP": a number glued to the front
                glued = not run and i > first and tokens[i - 1].end == token.start
                # "all cause mortality": a compound printed without its dash
                if (glued and tokens[i - 1].kind is Kind.NUMBER) or (word == "cause" and _is_all_cause(tokens, i, run)):
                    run.append(i - 1)
                run.append(i)
            continue
        if kind in (Kind.SLASH, Kind.DASH) and run and _glued(tokens, i, stop):
            continue
        # "P-CPQ-16", "CD4", "EQ-5D": a number glued to the name is part of it
        if kind is Kind.NUMBER and run and tokens[i].start == tokens[i - 1].end:
            run.append(i)
            continue
        if run:
            _close(phrases, tokens, run, first, depth, classes)
        if kind is Kind.OPEN:
            depth += 1
        elif kind is Kind.CLOSE:
            depth = max(0, depth - 1)
    _close(phrases, tokens, run, first, depth, classes)
    return phrases


def _is_all_cause(tokens: Sequence[Token], i: int, run: Sequence[int]) -> bool:
    """Whether "all" stands before the "cause" at token `i`, which begins a phrase."""
    return not run and i > 0 and tokens[i - 1].text == "all"


def _is_name(token: Token, norm: str, classes: WordClasses) -> bool:
    """Whether an abbreviation that spells like a closed-class word stands as a name, in capitals."""
    word = token.text
    closed = word in classes.breaks or word in classes.generic or word in classes.trailing
    return closed and norm[token.start : token.end].isupper()


def _glued(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """Whether a slash or a dash stands inside a word ("latanoprost/timolol")."""
    return i + 1 < stop and tokens[i].start == tokens[i - 1].end and tokens[i + 1].start == tokens[i].end


def _is_finite_verb(word: str, tokens: Sequence[Token], run: list[int], classes: WordClasses) -> bool:
    """Whether an "-ed" word inside a phrase is its verb ("Radiotherapy improved ..."), not an adjective."""
    if not word.endswith("ed") or "-" in word or word in classes.participle or len(word) < 5:
        return False
    return tokens[run[-1]].text not in classes.leading


def _close(
    phrases: list[NounPhrase], tokens: Sequence[Token], run: list[int], first: int, depth: int, classes: WordClasses
) -> None:
    if not run:
        return
    words = [tokens[i].text for i in run]
    low, high = _trim(words, classes)
    if low < high:
        phrases.append(_phrase(tokens, run[low:high], first, depth, run[:low]))
    run.clear()


def _phrase(
    tokens: Sequence[Token], run: Sequence[int], first: int, depth: int, dropped: Sequence[int] = ()
) -> NounPhrase:
    begin, last = (dropped or run)[0], run[-1]
    # "assigned to the drug": the word before is "to"
    if begin > first and tokens[begin - 1].text in _ARTICLES:
        begin -= 1
    return NounPhrase(
        tokens[run[0]].start,
        tokens[last].end,
        tuple(tokens[i].text for i in run),
        run[0],
        last,
        depth,
        tokens[begin - 1].text if begin > first else "",
        tokens[begin - 2].text if begin - 1 > first else "",
        tokens[last + 1].text if last + 1 < len(tokens) else "",
        tuple(tokens[i].text for i in dropped),
    )


def _trim(words: list[str], classes: WordClasses) -> tuple[int, int]:
    """The part of a phrase that names something: (low, high), empty where it is all measure and people."""
    low, high = 0, len(words)
    joins = [i for i, word in enumerate(words) if word in _JOINS]
    for join in joins:
        if all(
            word in classes.generic or word in classes.leading or word in classes.population or word.endswith("ly")
            for word in words[low:join]
        ):
            low = join + 1
        elif all(word in classes.population or word in classes.leading for word in words[join + 1 : high]):
            high = join
            break
    while low < high and (
        (words[low] in classes.leading and words[low : low + 2] != _ALL_CAUSE)
        or words[low] in _JOINS
        or (words[low].endswith("ly") and len(words[low]) > 5)
    ):
        low += 1
    whole = high
    while high > low and (words[high - 1] in classes.trailing or words[high - 1] in _JOINS):
        high -= 1
    if words[high:whole] and words[high] in _PEOPLE:
        return 0, 0  # "protocol-adherent patients"
    if words[low:high] and words[low].startswith("follow") and words[high - 1] in _LENGTHS:
        return 0, 0
    if all(word in classes.generic or word in classes.population or word in classes.units for word in words[low:high]):
        return 0, 0
    return low, high
