"""Tell which arm a name means: by its words, by the short forms that the text defines, by its part in the trial."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9\u00b5\u0370-\u03ff][a-z0-9\u0370-\u03ff.']*")
# Words that many arms of one trial share and that tell none apart.
_IDLE = frozenset(
    """the a an of in to and or plus with for on by from group groups arm arms alone only treatment therapy treated
    patients participants subjects women men children daily once twice mg mcg g ml per day week weekly
    received receiving given cohort condition program programme regimen recipients matching study followed
    standard-of""".split()
)
_CONTROL = frozenset(
    """control controls placebo usual standard sham comparator conventional waitlist waiting observation untreated
    vehicle routine no non tau""".split()
)
_CONTROL_NAMES = frozenset({"control", "controls", "comparison", "comparator", "reference", "control-group"})
_ACTIVE_NAMES = frozenset(
    {
        "intervention",
        "treatment",
        "experimental",
        "active",
        "study",
        "trial",
        "test",
        "investigational",
        "program",
        "therapy",
    }
)


# "EPO+" and "EPO-": with it and without it.
_SIGN = re.compile(r"(?<=[a-z0-9])[+-](?=\Z|[ ,;:)])")
_SIGNS = {"+": "plussed", "-": "without"}

_NEGATIONS = frozenset({"no", "non", "not"})


def words_of(name: str, definitions: Mapping[str, str] | None = None) -> frozenset[str]:
    """The words that tell a name apart, short forms replaced by what they stand for."""
    lower = name.lower()
    if "+" in lower or "-" in lower:
        lower = _SIGN.sub(lambda match: f" {_SIGNS[match.group()]}", lower)
    if definitions:
        for short, long in definitions.items():
            # To look for the letters first saves making a pattern of each short form.
            if short and (plain := short.lower()) in lower and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", lower):
                lower = lower.replace(plain, f" {long.lower()} ")
    return _telling(lower)


# Each name of a text is compared with each arm's.
@lru_cache(maxsize=1024)
def _telling(lower: str) -> frozenset[str]:
    words = frozenset(["without" if word in _NEGATIONS else word for word in _WORD.findall(lower)])
    return words - _IDLE or words


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How many words two names share, from 0 to 1 (equal); a name inside a longer one counts at least a half."""
    shared = len(a & b)
    if not shared:
        return 0.0
    jaccard = shared / len(a | b)
    return max(jaccard, 0.5 + jaccard / 4) if a <= b or b <= a else jaccard


def best_match(
    name: str, names: Sequence[Sequence[str]], definitions: Mapping[str, str], *, least: float = 0.34
) -> int | None:
    """The index of the arm (each a sequence of its names) that `name` means; None where none or several fit.

    >>> best_match("usual care group", [["telephone coaching"], ["usual care"]], {})
    1
    """
    lower = name.lower().strip()
    for i, known in enumerate(names):
        if any(lower == other.lower() for other in known):
            return i
    plain, full = words_of(name), words_of(name, definitions)
    scores: list[float] = []
    for known in names:
        pairs = [(likeness(plain, words_of(k)), likeness(full, words_of(k, definitions))) for k in known]
        scores.append(max((max(pair) for pair in pairs), default=0.0))
    top = max(scores, default=0.0)
    if top >= least and scores.count(top) == 1:
        return scores.index(top)
    if top >= least:
        return None
    return _by_part(set(_WORD.findall(lower)) - {"group", "arm", "the", "groups"}, names)


def _by_part(words: set[str], names: Sequence[Sequence[str]]) -> int | None:
    """`control group` means the placebo or usual-care arm, `treatment group` the other one of two."""
    controls = [i for i, known in enumerate(names) if any(_CONTROL & set(_WORD.findall(k.lower())) for k in known)]
    if not controls:
        controls = [
            i for i, known in enumerate(names) if any(re.search(r"(?<![a-z])alone(?![a-z])", k.lower()) for k in known)
        ]
    if not words or len(controls) != 1:
        return None
    if words <= _CONTROL_NAMES:
        return controls[0]
    if words <= _ACTIVE_NAMES and len(names) == 2:
        return 1 - controls[0]
    return None
