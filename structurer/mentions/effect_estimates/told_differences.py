"""Find differences between groups that no measure's name leads to.

A change corrected for placebo (`the placebo-corrected change was -6 (1) mmol/mol`), the same difference told once more
in a second unit (`-0.65% [-7.1 mmol/mol]`), and one told by comparison (`2.3 days shorter with A than with B`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from structurer.mentions.effect_estimates.measure_cues import IN_PER_CENT
from structurer.schema import EffectEstimate, EffectMeasure
from structurer.text.numerals import parse_number
from structurer.text.reading import Reading

SECOND_UNIT = "second-unit"
_NUMBER = r"(?P<number>-? ?\d{1,5}(?:\.\d{1,4})?)(?![\d.,]*\d)"
_SPREAD = r"(?: ?\((?:s\.?[ed]\.?m?\.?,? ?=? ?)?\d{0,4}\.?\d{1,4}\)| ?± ?\d{0,4}\.?\d{1,4})?"
_UNIT = (
    r"(?P<unit>%|percentage points?|(?:mm|µ|μ|u|p|n|m)?mol/(?:mol|l)|[mµμunp]?g/(?:d?l|ml|day|kg)|mm ?hg|kg|lb|"
    r"points?|[mc]?m|ml(?:/min)?|iu/m?l|g|kcal(?:/day)?|"
    r"units?|years?|months?|weeks?|days?|hours?|h|minutes?|min|seconds?|s|bpm|beats(?: per |/)min(?:ute)?)(?![a-z/])"
)
_CORRECTED = re.compile(
    r"(?<![a-z])placebo-(?:corrected|adjusted|subtracted) [^.;\[]{0,130}?(?<![a-z])(?:was|were|of|:|=) "
    rf"{_NUMBER}{_SPREAD} ?{_UNIT}"
)
# Right behind an estimate or its interval: "[-7.1 mmol/mol]", "(-10.4 (4.7) mg/dl)"
_IN_BRACKETS = re.compile(rf"[)\]]? ?[(\[] ?(?P<told>{_NUMBER}{_SPREAD} ?{_UNIT}) ?[)\]]")
_COMPARED = re.compile(
    r"(?P<number>\d(?<![\d.,<>≤≥±/-].)\d{0,3}(?:\.\d{1,3})?) " + _UNIT + r" (?:significantly )?"
    r"(?:higher|lower|greater|less|more|fewer|longer|shorter|larger|smaller|better|worse|faster|slower|heavier)"
    r" (?:than|with|in|for|among|on|compared (?:with|to))(?![a-z])"
    r"(?! (?:the |their |its )?(?:first|last|next|previous|past|baseline|pre-?treatment|normal|working|recommended|\d))"
)
# "(-0.56% vs. placebo; p < 0.0001)": one number set against a group is their difference
_VERSUS_PLACEBO = re.compile(
    rf"[(\[] ?(?P<told>{_NUMBER}{_SPREAD} ?{_UNIT}) (?:vs\.?|versus|compared with) placebo(?=[;,)\]])"
)
# "longer by 7.1 months in A than in B"
_BY_SO_MUCH = re.compile(
    rf"(?<![a-z])(?:longer|shorter|higher|lower|greater|less|faster|slower) by (?:about |approximately )?"
    rf"(?P<told>{_NUMBER}{_SPREAD} ?{_UNIT}) (?:in|with|for|than|among)(?![a-z])"
)
# A number and its unit before the word: "(6.7 units difference, P = 0.16)"
_THEN_DIFFERENCE = re.compile(
    rf"(?P<told>{_NUMBER}{_SPREAD}[ -]{_UNIT}) (?:mean |between-group |absolute |group )?difference(?![a-z])"
)
# In characters, with room to spare: "-12345.1234 (s.e.m., = 1234.1234) beats per minute between-group".
_LONGEST_BEFORE_DIFFERENCE = 90
# "reduced glucose by 15 mg/dl and weight by 2 kg relative to placebo": each a difference from the other group
_AGAINST_CONTROL = re.compile(
    r" (?:relative to|compared (?:with|to)|versus|vs\.?) (?:the )?(?:placebo|controls?|sham|usual care|no treatment)"
    r"(?![a-z])(?! ?[(\[]?-?\d| group ?[(\[])"
)
_CHANGED = re.compile(r"(?<![a-z])(?:reduc|decreas|lower|increas|rais|improv)(?:e|es|ed|ing|s)? [a-z]")
_BY = re.compile(rf" by (?:an average of |about |approximately )?{_NUMBER}{_SPREAD} ?{_UNIT}")
# "by 56% (p < .001) and 60%": the same of a further group
_FURTHER = re.compile(
    rf"(?: ?\([^()]{{1,40}}\))?(?: (?:with|for|in|at) [a-z0-9 -]{{1,40}}?)?(?:,? and|,) (?:by )?{_NUMBER}"
    rf"{_SPREAD} ?{_UNIT}(?! (?:of|in whom|had|were|was)(?![a-z]))"
)
_MOST_FURTHER = 5
_REACH = 190
# A bound, the end of a range, the second of two values: no difference of its own
_NOT_BEFORE = re.compile(
    r"(?:[-<>≤≥±/]|(?<![a-z])(?:than|least|most|vs\.?|to|and|versus|or|up to|between|within|every|for|at|after|in"
    r"|during)) ?\Z"
)
_PLANNED = re.compile(
    r"\b(?:detect|power|powered|margin|assum\w+|hypothes\w+|expected|sample size|threshold|clinically|defined|"
    r"criteri\w+|would|target|at baseline|baseline was)\b"
)
_AGAINST = re.compile(r"\b(?:from baseline|versus|vs|compared|relative to|than)\b")
_OF_MEANS = frozenset({EffectMeasure.MD, EffectMeasure.RD})


def find_told_differences(
    reading: Reading, effects: Sequence[EffectEstimate], taken: Sequence[tuple[int, int]]
) -> list[EffectEstimate]:
    """Differences beside those in `effects`; `taken` are the character spans that results and p-values hold."""
    lower = reading.lower
    found: list[EffectEstimate] = []
    for match in _CORRECTED.finditer(lower) if "placebo-" in lower else ():
        if not _overlaps(match.span(), taken):
            start = match.start() if match.end() - match.start() < 140 else match.start("number")
            found.append(_difference(reading, match, start, match.end(), "placebo-corrected"))
    for match in _COMPARED.finditer(lower):
        start = match.start("number")
        sentence = reading.sentence_at(start)[0]
        if _NOT_BEFORE.search(lower, max(0, start - 9), start) or _PLANNED.search(
            lower, max(sentence, start - 90), start
        ):
            continue
        if not _overlaps(match.span(), [*taken, *((f.start, f.end) for f in found)]):
            found.append(_difference(reading, match, start, match.end(), "compared-with-unit"))
    for match in _differences_behind(lower):
        start, end = reading.sentence_at(match.start())
        planned = _PLANNED.search(lower, start, end) or _NOT_BEFORE.search(
            lower, max(start, match.start() - 9), match.start()
        )
        if not planned and not _overlaps(match.span(), [*taken, *((f.start, f.end) for f in found)]):
            found.append(_difference(reading, match, match.start("told"), match.end(), "difference-behind"))
    matches = [*_VERSUS_PLACEBO.finditer(lower)] if " placebo" in lower else []
    if "er by " in lower or "less by " in lower:
        matches += _BY_SO_MUCH.finditer(lower)
    for match in matches:
        if not _overlaps(match.span("told"), [*taken, *((f.start, f.end) for f in found)]):
            made = _difference(reading, match, match.start("told"), match.end("told"), "changed-against-control")
            near = lower[reading.sentence_at(made.start)[0] : made.start]
            if match["unit"] != "%" or IN_PER_CENT.search(near):
                found.append(made)
    for made in _against_control(reading):
        if not _overlaps((made.start, made.end), [*taken, *((f.start, f.end) for f in found)]):
            found.append(made)
    seconds = [_in_second_unit(reading, effect) for effect in (*effects, *found)]
    found.extend(made for made in seconds if made is not None and not _overlaps((made.start, made.end), taken))
    return found


def _differences_behind(lower: str) -> Iterator[re.Match[str]]:
    """The matches of `_THEN_DIFFERENCE`, which begins with any number: the word at its end is looked for first."""
    at, done = lower.find(" difference"), 0
    while at >= 0:
        end = at + len(" difference")
        match = _THEN_DIFFERENCE.search(lower, max(done, at - _LONGEST_BEFORE_DIFFERENCE), end + 1)
        if match is not None:
            yield match
            done = match.end()
        at = lower.find(" difference", end)


def _against_control(reading: Reading) -> list[EffectEstimate]:
    """What a clause tells as changed by so much, one or more, against the control group."""
    lower = reading.lower
    made: list[EffectEstimate] = []
    if " by " not in lower:
        return made
    for told in _AGAINST_CONTROL.finditer(lower):
        begin = max(reading.sentence_at(told.start())[0], told.start() - _REACH)
        begin = max(begin, lower.rfind(";", begin, told.start()), lower.rfind(":", begin, told.start()))
        verbs = list(_CHANGED.finditer(lower, begin, told.start()))
        if not verbs or _AGAINST.search(lower, verbs[0].start(), told.start()):
            continue
        for by in _BY.finditer(lower, verbs[0].start(), told.start()):
            what = lower[verbs[0].start() : by.start()]
            measure = EffectMeasure.MD
            if by["unit"] == "%" and not IN_PER_CENT.search(what):
                measure = EffectMeasure.RRR
            for match in _with_further(lower, by, told.start()):
                found = _difference(reading, match, match.start("number"), match.end(), "changed-against-control")
                made.append(replace(found, measure=measure))
    return made


def _with_further(lower: str, by: re.Match[str], end: int) -> list[re.Match[str]]:
    """The numbers of a list that begins with `by`, all of one unit."""
    found = [by]
    while len(found) <= _MOST_FURTHER:
        further = _FURTHER.match(lower, found[-1].end(), end)
        if further is None or further["unit"] != by["unit"]:
            break
        found.append(further)
    return found


def _in_second_unit(reading: Reading, effect: EffectEstimate) -> EffectEstimate | None:
    """The same difference in another unit, in a bracket of its own right behind the first."""
    if effect.measure not in _OF_MEANS or effect.estimate is None or effect.unit is None:
        return None
    match = _IN_BRACKETS.match(reading.lower, effect.end)
    if match is None or match["unit"] == effect.unit.lower():
        return None
    number = parse_number(match["number"].replace(" ", ""))
    if number is None or (number < 0) != (effect.estimate < 0):
        return None
    return _difference(reading, match, match.start("told"), match.end("told"), SECOND_UNIT)


def _difference(reading: Reading, match: re.Match[str], start: int, end: int, rule: str) -> EffectEstimate:
    unit = reading.text[match.start("unit") : match.end("unit")]
    return EffectEstimate(
        start=start,
        end=end,
        text=reading.text[start:end],
        rule=rule,
        measure=EffectMeasure.RD if unit.lower().startswith("percentage") else EffectMeasure.MD,
        estimate=parse_number(match["number"].replace(" ", "")),
        unit=unit,
    )


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < b and a < span[1] for a, b in taken)
