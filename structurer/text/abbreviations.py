"""Find what a text's short forms stand for, where the text itself says so.

The letters of the short form are matched from the right to the words before its bracket, the first letter at the
beginning of a word (Schwartz and Hearst, 2003). Read besides round brackets: square ones (`confidence interval [CI]`),
brackets that go on (`(PFS; primary endpoint)`, `(VAS, 0-100)`), long forms in brackets (`CI (confidence interval)`)
and keys (`RR: response rate`). Names of effect measures are held to the initials of whole words, because to take a
value's label for a definition (`fewer falls in one room (RR, 0.8)`) would change what every such number means.
"""

from __future__ import annotations

import re

from structurer.text.normalise import lowered
from structurer.text.reading import Reading

# PFS and CI as in "(PFS)" and "[CI]", VAS in "(VAS, 0-100)", LDL-C and ORs
_SHORT = r"[A-Za-zα-ωΑ-Ω0-9][A-Za-zα-ωΑ-Ω0-9/+&.-]{0,10}[A-Za-zα-ωΑ-Ω0-9+]"
_BRACKET = re.compile(rf"[(\[] ?[\"']?({_SHORT})[\"']? ?(?=[)\];,:=])(.)")
# A long form in brackets, as in "CI (confidence interval)"
_LONG_IN_BRACKETS = re.compile(r"[(\[]([a-z][a-z' -]{5,60})[)\]]")
_BEFORE_LONG = re.compile(r"([A-Z](?<![\w-].)[A-Za-z0-9-]{1,9}) \Z")
# A key, as "RR: response rate" or "OR = odds ratio"
_MEANS = re.compile(r"[=:] ?([a-z][a-z' -]{4,50})(?![a-z])")
_KEY = re.compile(r"([A-Z](?<![\w-].)[A-Za-z]{1,8}) ?\Z")
_WORD = re.compile(r"[^\W_]+")
# In signs.
LONGEST_SHORT = 10
_MEASURES = frozenset(
    "HR OR RR RD MD CI ES SMD WMD IRR AIRR ARR RRR ARRR NNT NNH AOR AHR SHR POR PR CR IR ER SE SD CRI IQR AUC".split()
)
# The words that say a measure: where a value follows, nothing else is being defined.
_MEASURE_WORDS = frozenset(
    "ratio ratios risk risks odds hazard hazards difference differences interval intervals size sizes effect mean rate "
    "rates number deviation error range curve response reduction reductions".split()
)
_LINKING = frozenset("of in the a an and for to with by on at or as from was were is than vs versus per".split())


def find_definitions(text: str | Reading) -> dict[str, str]:
    """What each short form stands for in `text`, as printed there, the first definition of each; in text order.

    A plural (`ORs`) also defines its singular.

    >>> find_definitions("The overall response (OR) and the 95% confidence interval [CI] were given.")
    {'OR': 'overall response', 'CI': 'confidence interval'}
    """
    reading = Reading.of(text)
    norm = reading.norm
    found: list[tuple[int, str, str]] = []
    for match in _BRACKET.finditer(norm):
        start = max(reading.sentence_at(match.start())[0], match.start() - 150)
        valued = match.group(2) in ",:=" and norm[match.end() : match.end() + 2].strip(" -.<>")[:1].isdigit()
        long = _long_form(norm[start : match.start()], match.group(1), valued=valued)
        if long is not None:
            found.append((match.start(), match.group(1), long))
    # Brackets and signs are rarer than the capitals before them, and so looked for first.
    for match in _LONG_IN_BRACKETS.finditer(norm):
        short = _BEFORE_LONG.search(norm, max(0, match.start() - 11), match.start())
        if short is not None and _spells(match.group(1), short.group(1)):
            found.append((short.start(), short.group(1), match.group(1).strip()))
    for match in _MEANS.finditer(norm):
        key = _KEY.search(norm, max(0, match.start() - 10), match.start())
        long = _keyed(match.group(1), key.group(1)) if key is not None else None
        if key is not None and long:
            found.append((key.start(), key.group(1), long))
    definitions: dict[str, str] = {}
    for _, defined, meant in sorted(found, key=lambda item: item[0]):
        definitions.setdefault(defined, meant)
        if defined[-1] == "s" and len(defined) > 2 and defined[:-1].isupper():
            definitions.setdefault(defined[:-1], meant)
    return definitions


def is_definition(short: str, long: str) -> bool:
    """Whether `short` can be the short form of `long`: at most ten signs, a capital among them, and shorter.

    >>> is_definition("PFS", "progression-free survival"), is_definition("staff", "study staff")
    (True, False)
    """
    if not 2 <= len(short) <= LONGEST_SHORT or len(long) <= len(short) + 1:
        return False
    if not any(sign.isupper() for sign in short) or short.lower() == long.lower():
        return False
    return short.lower() not in {word.lower() for word in long.split()}


def is_measure(short: str) -> bool:
    """Whether `short` is also the name of an effect measure or a statistic, plural or not."""
    return short.upper() in _MEASURES or (short[-1:] == "s" and short[:-1].upper() in _MEASURES)


def _long_form(before: str, short: str, *, valued: bool) -> str | None:
    """The last words of `before` that `short` stands for."""
    if before[-1:] not in (" ", '"', "'"):
        return None
    before = before.rstrip(" \"'")
    if not before or before[-1] in ",;:([)]":
        return None
    if is_measure(short):
        return _initials(before, short, valued=valued)
    words = list(_WORD.finditer(before))
    letters = [sign.lower() for sign in short if sign.isalnum()]
    if not words or len(letters) < 2:
        return None
    first = words[max(0, len(words) - min(len(letters) + 5, 2 * len(letters)))].start()
    for candidate in (short, short[:-1] if short[-1] == "s" and short[:-1].isupper() else ""):
        start = _leftmost(before, candidate, first) if candidate else None
        if start is None:
            continue
        long = before[start:]
        if is_definition(short, long) and not re.search(r"[()\[\];:=<>%]|\d\.\d", long):
            return long
    return None


def _leftmost(before: str, short: str, first: int) -> int | None:
    """Where the words spelt by `short` begin in `before`, not left of `first`; None where its letters are not there."""
    at = len(before) - 1
    lower = lowered(before)
    letters = [sign.lower() for sign in short if sign.isalnum()]
    for i in range(len(letters) - 1, -1, -1):
        while at >= first and (lower[at] != letters[i] or (i == 0 and at > 0 and lower[at - 1].isalnum())):
            at -= 1
        if at < first:
            return None
        at -= 1
    start = at + 1
    # "out-of-hospital cardiac arrest (OHCA)": the compound begins further left, with the same letter; and a linking
    # word begins no long form ("Australia and New Zealand ... (ANZ...)").
    begin = before.rfind(" ", 0, start) + 1
    if begin < start and lower[begin] == letters[0]:
        return max(begin, first)
    if _WORD.match(lower, start) and lower[start:].split(" ", 1)[0] in _LINKING:
        further = re.search(rf"(?<!\w){re.escape(letters[0])}[^ ]*(?: [^ ]+)? \Z", lower[first:start])
        return first + further.start() if further else start
    return start


def _initials(before: str, short: str, *, valued: bool) -> str | None:
    """The last words of `before` whose initials are the letters of `short`, or None."""
    letters = short.lower().removesuffix("s") if short[-1] == "s" and len(short) > 2 else short.lower()
    words = list(_WORD.finditer(before))[-len(letters) :]
    if len(words) < len(letters):
        return None
    if any(word.group()[0].lower() != letter for word, letter in zip(words, letters, strict=True)):
        return None
    printed = [word.group().lower() for word in words]
    if printed[0] in _LINKING or (valued and not _MEASURE_WORDS.intersection(printed)):
        return None
    long = before[words[0].start() : words[-1].end()]
    return None if re.search(r"[^\w' -]", long) else long


def _spells(long: str, short: str) -> bool:
    """Whether `short` is spelt by the initials of all content words of `long`."""
    initials = "".join(word[0] for word in _WORD.findall(long) if word not in _LINKING)
    return initials == short.lower() and is_definition(short, long)


def _keyed(long: str, short: str) -> str | None:
    """The head of `long` that `short` spells, for keys that run on (`RR: response rate and ...`)."""
    words = _WORD.findall(long)[: len(short)]
    if len(words) != len(short) or "".join(word[0] for word in words) != short.lower():
        return None
    end = long.find(words[-1], sum(len(word) for word in words[:-1])) + len(words[-1])
    return long[:end] if is_definition(short, long[:end]) and words[0] not in _LINKING else None
