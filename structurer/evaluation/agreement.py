"""When an item that was found is the item of the gold file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from structurer.evaluation.gold import Object

Key: TypeAlias = tuple[Any, ...]

# Told apart only by what is measured, so they count as one.
_DIFFERENCES = frozenset({"MD", "RD"})
_OPERATORS = {"≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "＜": "<", "＞": ">"}
# Words that do not tell one outcome from another.
_EMPTY_WORDS = frozenset({"the", "of", "in", "a", "an", "and", "for", "rate", "rates"})
_SHARES = frozenset({"events", "percent"})


def number(value: Any) -> float | None:
    """`value` as a number that is compared: nine decimal places.

    >>> number(0.1 + 0.2) == number("0.3"), number(None)
    (True, None)
    """
    return None if value is None else round(float(value), 9)


def operator(sign: str) -> str:
    """The operator of a p-value in ASCII."""
    return _OPERATORS.get(sign, sign)


def p_key(sign: str | None, value: Any) -> Key | None:
    """The key of the p-value that belongs to an effect; None where it has none."""
    return (operator(sign), number(value)) if sign else None


class EffectKeys(NamedTuple):
    """One effect's keys: by its interval, by measure and interval, and whole (with its p-value)."""

    interval: Key
    measured: Key
    whole: Key

    @property
    def has_interval(self) -> bool:
        """Whether either limit is printed."""
        return self.interval[1] is not None or self.interval[2] is not None


def effect_keys(effect: Object) -> EffectKeys:
    """The keys of an effect of a gold file (`p`: [operator, value]) or of a prediction (`p_operator`, `p_value`)."""
    if "p" in effect:
        p = p_key(*effect["p"]) if effect["p"] else None
    else:
        p = p_key(effect.get("p_operator"), effect.get("p_value"))
    numbers = tuple(number(effect.get(name)) for name in ("estimate", "ci_low", "ci_high"))
    measure = effect.get("measure")
    measure = "DIFF" if measure in _DIFFERENCES else measure
    return EffectKeys(interval=numbers, measured=(measure, *numbers), whole=(measure, *numbers, p))


class ArmValueKeys(NamedTuple):
    """One arm value's keys: by its main numbers, and by all of them."""

    main: Key
    whole: Key


def arm_value_keys(value: Object) -> ArmValueKeys:
    """The keys of an arm value; counts and percentages are one kind, since either may be printed alone."""
    kind = value.get("kind")
    if kind in _SHARES:
        main: Key = ("share", number(value.get("percent")), number(value.get("events")))
    else:
        main = (kind, number(value.get("value")), None)
    return ArmValueKeys(main, main + tuple(number(value.get(name)) for name in ("n", "sd", "se", "q1", "q3")))


def words_agree(gold: str | None, found: str | None) -> bool:
    """Whether half of the shorter name's words are in the other, for any of the gold's wordings (`this | or that`).

    A found name much longer than the gold's is a sentence, not a name, and agrees with nothing.

    >>> words_agree("overall survival | death", "survival"), words_agree("pain at rest", "nausea")
    (True, False)
    """
    told = _words(found)
    return any(
        wanted and told and len(wanted & told) / min(len(wanted), len(told)) >= 0.5 and len(told) <= 2 * len(wanted) + 4
        for wanted in map(_words, (gold or "").split(" | "))
    )


def words_agree_or_absent(gold: str | None, found: str | None) -> bool:
    """Whether `found` agrees with the gold's words, or is empty as they are."""
    return words_agree(gold, found) if gold else not found


def keys_of_effects(effects: Iterable[Object]) -> dict[str, Counter[Key]]:
    """How often each key occurs, by the field of the score that counts it."""
    keys = [effect_keys(effect) for effect in effects]
    return {
        "intervals": Counter(key.interval for key in keys if key.has_interval),
        "intervals+measure": Counter(key.measured for key in keys if key.has_interval),
        "effects without interval": Counter(key.measured[:2] for key in keys if not key.has_interval),
        "whole effect rows": Counter(key.whole for key in keys),
    }


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - _EMPTY_WORDS
