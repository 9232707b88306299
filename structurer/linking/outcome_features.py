"""What speaks for a phrase being the outcome of a result: named features, of the phrase and of the pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from structurer.linking.phrases import NounPhrase
from structurer.text.notation import Kind, Token


class Context(NamedTuple):
    """What a text says of its outcomes outside the sentence at hand.

    `endpoints` are the words of sentences that name endpoints, `methods` those of the methods, `arms` the words of
    arm labels, `heads` the head nouns of outcomes.
    """

    endpoints: frozenset[str]
    methods: frozenset[str]
    arms: frozenset[str]
    heads: frozenset[str]


def phrase_features(phrase: NounPhrase, index: int, context: Context, printed: str) -> list[str]:
    """Features of a phrase alone; `index` is its place in the sentence, `printed` its text as printed."""
    words = phrase.words
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    features = [f"w={word}" for word in words]
    features += [
        f"head={head}",
        f"tail={head[-4:]}",
        f"prev={phrase.before}",
        f"next={phrase.after}",
        f"prevs={phrase.before2} {phrase.before}",
        f"len={min(len(words), 5)}",
        f"index={min(index, 3)}",
        f"depth={min(phrase.depth, 2)}",
    ]
    if phrase.dropped:
        features += [f"drop={word}" for word in phrase.dropped]
    if head in context.heads:
        features.append("known head")
    if any(word in context.heads for word in words):
        features.append("known word")
    if head in context.endpoints:
        features.append("endpoint head")
    elif not context.endpoints.isdisjoint(words):
        features.append("endpoint word")
    if head in context.methods:
        features.append("methods head")
    shared = sum(word in context.arms for word in words)
    if shared:
        features.append("arm" if shared == len(words) else "arm word")
    if printed.isupper() and len(printed) > 1:
        features.append("capitals")
    if index == 0 and phrase.after in _COPULAS:
        features.append("subject")
    return features


_COPULAS = frozenset({"was", "were", "is", "are", "occurred", "did", "had", "decreased", "increased", "improved", "("})


def pair_features(
    phrase: NounPhrase, rank: int, tokens: Sequence[Token], first: int, last: int, opened: int | None, kind: str
) -> list[str]:
    """Features of a phrase and the result in `tokens[first:last + 1]`.

    `rank` counts the phrases from the result outwards, negative before it; `opened` is the index of the bracket that
    stands open at the result, None where none does.
    """
    if rank < 0:
        side, between = "before", tokens[phrase.last + 1 : first]
    else:
        side, between = "after", tokens[last + 1 : phrase.first]
    semicolons = numbers = closes = opens = 0
    for token in between:
        k = token.kind
        if k is Kind.NUMBER:
            numbers += 1
        elif k is Kind.SEPARATOR:
            semicolons += token.text == ";"
        elif k is Kind.CLOSE:
            closes += 1
        elif k is Kind.OPEN:
            opens += 1
    near = min(abs(rank), 5)
    features = [
        f"{side} {near}",
        f"{side} {near} {kind}",
        f"{side} distance {min(len(between) // 3, 8)}",
        f"{side} numbers {min(numbers, 4)}",
        f"{side} semicolons {min(semicolons, 2)}",
        f"{side} brackets {min(opens, 2)} {min(closes, 2)}",
        f"{side} prev={phrase.before}",
        f"{side} next={phrase.after}",
    ]
    if opened is not None:
        features.append(f"{side} bracketed {near}")
        if phrase.last + 1 == opened:
            features.append("heads the bracket")
        if phrase.first > opened:
            features.append(f"{side} inside the bracket")
    if side == "before":
        if not between:
            features.append("touches")
        elif len(between) == 1:
            features.append(f"touches {between[0].text}")
        gap = [t.text for t in between if t.kind is Kind.WORD]
        if not gap:
            features.append("no word between")
        else:
            features.append(f"gap={gap[-1]}")
    elif phrase.before in ("for", "in", "of", "with"):
        words = sum(t.kind is Kind.WORD for t in between)
        features.append(f"after {phrase.before} {min(words, 3)} {min(numbers, 2)}")
    return features
