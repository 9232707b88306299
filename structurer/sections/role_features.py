"""What the sentence-role model looks at in each sentence: words, pairs, beginnings, numbers, place in the abstract."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

_NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0%=<>±(\[:;?]")
_NUMERALS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand""".split()
)
_AUXILIARIES = frozenset(
    "is are was were has have had be been will would may might can could should must do does did".split()
)
# A sentence that only tells how many were screened, enrolled or randomised: words it has, words it has not.
_FLOW = frozenset(
    """enrolled randomised randomized recruited screened assigned included allocated randomisation randomization
    registered entered accrued eligible enrolment enrollment participated""".split()
)
_NO_FLOW = frozenset(
    """median mean survival hazard response analysed analyzed evaluable treated withdrew discontinued died outcome
    occurred toxicity adverse baseline efficacy significant significantly follow ratio ci difference rate higher lower
    %""".split()
)
_PREFIX, _SUFFIX = 5, 3
_pair = " ".join


def role_tokens(sentence: str) -> list[str]:
    """The words and signs of a normalised sentence, in lower case, each number as `0`.

    >>> role_tokens("A total of 61 women (P<.05)")
    ['a', 'total', 'of', '0', 'women', '(', 'p', '<', '0']
    """
    lower = _NUMBER.sub("0", sentence.lower()).replace("≤", "<").replace("≥", ">")
    return _TOKEN.findall(lower)


def tells_flow(tokens: Collection[str]) -> bool:
    """Whether a sentence only tells how many were screened, enrolled or randomised.

    >>> tells_flow(role_tokens("Between 2001 and 2004, 412 women were enrolled.")), tells_flow(["we", "enrolled"])
    (True, False)
    """
    words = tokens if isinstance(tokens, set) else set(tokens)
    return (
        not words.isdisjoint(_FLOW) and ("0" in words or not words.isdisjoint(_NUMERALS)) and words.isdisjoint(_NO_FLOW)
    )


def affix_features(word: str) -> tuple[str, ...]:
    """The features of a word's beginning and end, by which unknown words speak too.

    >>> affix_features("randomised"), affix_features("of")
    (('p~rando', 's~sed'), ())
    """
    if len(word) > _PREFIX:
        return (f"p~{word[:_PREFIX]}", f"s~{word[-_SUFFIX:]}")
    return (f"s~{word[-_SUFFIX:]}",) if len(word) > _SUFFIX else ()


class Described(NamedTuple):
    """The features of one sentence: those of its words, and groups that come back in many sentences as they stand."""

    names: list[str]
    groups: tuple[tuple[str, ...], ...]


def sentence_features(sentences: Sequence[str]) -> list[list[str]]:
    """The names of the features that each sentence of one abstract has. `sentences` are normalised, in order."""
    return [[*each.names, *chain.from_iterable(each.groups)] for each in describe_sentences(sentences)]


def describe_sentences(sentences: Sequence[str], folded: Container[str] = ()) -> list[Described]:
    """What `sentence_features` names, sentence by sentence, without the affixes of the words in `folded`."""
    count = len(sentences)
    total = sum(map(len, sentences)) or 1
    passed = 0
    tokenised = [role_tokens(sentence) for sentence in sentences]
    joined = [" ".join(tokens) for tokens in tokenised]
    evident = [_reports_numbers(text) for text in joined]
    behind, ahead = 0, sum(evident)
    found: list[Described] = []
    for i, tokens in enumerate(tokenised):
        words = set(tokens)
        names = [*words, *set(map(_pair, pairwise(tokens)))]
        for word in words:
            if word not in folded and len(word) > _SUFFIX:
                names += affix_features(word)
        names += ["^" + " ".join(tokens[:length]) for length in range(1, 5)]
        if tells_flow(words):
            names += ("#flow", f"#flow@{behind > 0:d}")
        start = passed / total
        passed += len(sentences[i])
        ahead -= evident[i]
        fifth = int(start * 5)
        groups = (
            _place(i, count, int(start * 10), int(passed / total * 9.999)),
            _numbers(
                min(tokens.count("0"), 6),
                min(tokens.count("%"), 4),
                _has_p_value(joined[i]),
                min(len(words & _NUMERALS), 2),
                next((word for word in tokens if word in _AUXILIARIES), "-"),
                fifth,
                min(len(tokens) // 5, 12),
            ),
            _evidence(min(behind, 4), evident[i], min(ahead, 4), fifth),
        )
        behind += evident[i]
        found.append(Described(names, groups))
    return found


def _has_p_value(joined: str) -> bool:
    return "p = 0" in joined or "p < 0" in joined or "p > 0" in joined


def _reports_numbers(joined: str) -> bool:
    """Whether the tokens hold what results are told with: a p-value, an interval, shares."""
    return (
        _has_p_value(joined)
        or ("% " in joined and joined.count("0") > 1)
        or " ci " in joined
        or "±" in joined
        or "significant" in joined
    )


@lru_cache(maxsize=4096)
def _place(i: int, count: int, start: int, end: int) -> tuple[str, ...]:
    left = count - 1 - i
    return (
        f"@start{start}",
        f"@end{end}",
        f"@from-head{min(i, 12)}",
        f"@from-tail{min(left, 12)}",
        f"@of{min(count, 20)}",
        f"@from-head{min(i, 8)}/{min(count, 12)}",
        f"@from-tail{min(left, 8)}/{min(count, 12)}",
    )


@lru_cache(maxsize=4096)
def _numbers(
    numbers: int, shares: int, p_value: bool, in_words: int, verb: str, fifth: int, length: int
) -> tuple[str, ...]:
    kind = f"{min(numbers, 4)}{min(shares, 2)}{p_value:d}"
    return (
        f"#numbers{numbers}",
        f"#shares{shares}",
        f"#p{p_value:d}",
        f"#kind{kind}",
        f"#kind{kind}@{fifth}",
        f"#numerals{in_words}",
        f"#verb-{verb}",
        f"#verb-{verb}@{fifth}",
        f"#length{length}",
    )


@lru_cache(maxsize=1024)
def _evidence(behind: int, here: bool, ahead: int, fifth: int) -> tuple[str, ...]:
    """Whether results have been told before, are told here, and come after."""
    return (
        f"@behind{behind}",
        f"@ahead{ahead}",
        f"@between{min(behind, 2)}{here:d}{min(ahead, 2)}",
        f"@any-behind{behind > 0:d}{fifth}",
        f"@any-ahead{ahead > 0:d}{fifth}",
    )
