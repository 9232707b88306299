"""What the sentence-role model looks at in each sentence: words, pairs, beginnings, numbers, place in the abstract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|0|[%=<>±(\[:;?]")
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
_pair = "%s %s".__mod__


def role_tokens(sentence: str) -> list[str]:
    """The words and signs of a normalised sentence, in lower case, each number as `0`.

    >>> role_tokens("A total of 61 women (P<.05)")
    ['a', 'total', 'of', '0', 'women', '(', 'p', '<', '0']
    """
    lower = _NUMBER.sub("0", sentence.lower()).replace("≤", "<").replace("≥", ">")
    return _TOKEN.findall(lower)


def tells_flow(tokens: Sequence[str]) -> bool:
    """Whether a sentence only tells how many were screened, enrolled or randomised.

    >>> tells_flow(role_tokens("Between 2001 and 2004, 412 women were enrolled.")), tells_flow(["we", "enrolled"])
    (True, False)
    """
    words = set(tokens)
    return (
        not words.isdisjoint(_FLOW) and ("0" in words or not words.isdisjoint(_NUMERALS)) and words.isdisjoint(_NO_FLOW)
    )


def sentence_features(sentences: Sequence[str]) -> list[set[str]]:
    """The names of the features that each sentence of one abstract has; `sentences` are normalised, in order."""
    count = len(sentences)
    total = sum(map(len, sentences)) or 1
    passed = 0
    tokenised = [role_tokens(sentence) for sentence in sentences]
    evident = [_reports_numbers(" ".join(tokens)) for tokens in tokenised]
    behind, ahead = 0, sum(evident)
    found: list[set[str]] = []
    for i, tokens in enumerate(tokenised):
        features = set(tokens)
        long = [word for word in features if len(word) > _SUFFIX]
        features.update(map(_pair, pairwise(tokens)))
        features.update([f"p~{word[:_PREFIX]}" for word in long if len(word) > _PREFIX])
        features.update([f"s~{word[-_SUFFIX:]}" for word in long])
        start = passed / total
        passed += len(sentences[i])
        ahead -= evident[i]
        features.update(_beginning(tokens))
        features.update(_place(i, count, start, passed / total))
        features.update(_numbers(tokens, start))
        fifth = int(start * 5)
        features.update(
            (
                f"@behind{min(behind, 4)}",
                f"@ahead{min(ahead, 4)}",
                f"@between{min(behind, 2)}{evident[i]:d}{min(ahead, 2)}",
                f"@any-behind{behind > 0:d}{fifth}",
                f"@any-ahead{ahead > 0:d}{fifth}",
            )
        )
        if tells_flow(tokens):
            features.add("#flow")
            features.add(f"#flow@{behind > 0:d}")
        behind += evident[i]
        found.append(features)
    return found


def _reports_numbers(joined: str) -> bool:
    """Whether the tokens hold what results are told with: a p-value, an interval, shares."""
    return (
        "p = 0" in joined
        or "p < 0" in joined
        or "p > 0" in joined
        or ("% " in joined and joined.count("0") > 1)
        or " ci " in joined
        or "±" in joined
        or "significant" in joined
    )


def _beginning(tokens: Sequence[str]) -> list[str]:
    return ["^" + " ".join(tokens[:length]) for length in range(1, 5)]


def _place(i: int, count: int, start: float, end: float) -> tuple[str, ...]:
    left = count - 1 - i
    return (
        f"@start{int(start * 10)}",
        f"@end{int(end * 9.999)}",
        f"@from-head{min(i, 12)}",
        f"@from-tail{min(left, 12)}",
        f"@of{min(count, 20)}",
        f"@from-head{min(i, 8)}/{min(count, 12)}",
        f"@from-tail{min(left, 8)}/{min(count, 12)}",
    )


def _numbers(tokens: Sequence[str], start: float) -> tuple[str, ...]:
    fifth = int(start * 5)
    numbers, shares = tokens.count("0"), tokens.count("%")
    joined = " ".join(tokens)
    p_value = "p = 0" in joined or "p < 0" in joined or "p > 0" in joined
    kind = f"{min(numbers, 4)}{min(shares, 2)}{p_value:d}"
    verb = next((word for word in tokens if word in _AUXILIARIES), "-")
    in_words = sum(word in _NUMERALS for word in tokens)
    return (
        f"#numbers{min(numbers, 6)}",
        f"#shares{min(shares, 4)}",
        f"#p{p_value:d}",
        f"#kind{kind}",
        f"#kind{kind}@{fifth}",
        f"#length{min(len(tokens) // 5, 12)}",
        f"#numerals{min(in_words, 2)}",
        f"#verb-{verb}",
        f"#verb-{verb}@{fifth}",
    )
