"""Find named effect measures that are printed without an interval: `OR 0.41, p<0.001`; `r = -0.37`; `an NNT of 12`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from structurer.mentions.effect_estimates.listed_effects import listed_effects
from structurer.mentions.effect_estimates.measure_cues import IN_PER_CENT, PROPORTION_OUTCOME
from structurer.mentions.effect_estimates.measure_names import MeasureName
from structurer.mentions.effect_estimates.number_neighbours import is_compound
from structurer.mentions.effect_estimates.relative_changes import find_relative_changes
from structurer.mentions.effect_estimates.units import read_unit
from structurer.schema import EffectEstimate, EffectMeasure
from structurer.text.notation import Kind, Token
from structurer.text.numerals import parse_number
from structurer.text.reading import Reading

_RATIOS = frozenset({"HR", "OR", "RR", "IRR"})
_UNITLESS = _RATIOS | {"SMD", "CORR", "NNT", "RATIO"}
_OF_ONE_GROUP = frozenset({"CHANGE", "MEAN"})
# "difference in fasting glucose between A and B was": told of two groups, and then presented
_FAR_DIFFERENCE = re.compile(
    r" (?:in|of|for) (?!(?:[^.;]*(?<![a-z]))?(?:which|if|pre-?|post|baseline)(?![a-z]))[^.;:()]{3,60} "
    r"between [^.;:()]{3,60} (?:was|were|is|=) -?\Z"
)
_NO_DIFFERENCE = re.compile(r"\b(?:no|not|any|minimal|minimum)\b[a-z ,-]{0,40}$")
_BETWEEN_GROUPS = re.compile(r"\bbetween [^.;]{2,60} and [^.;]{2,40}?(?= (?:was|were|is|of)\b)")
_CODES = _RATIOS | {"SMD", "CORR", "NNT", "MD", "RD", "RRR", "DIFFERENCE", "BETA", "RATIO"}
# Words that make a number a plan or a margin instead of a result.
_PLANNED = re.compile(
    r"\b(?:detect|power|powered|margin|assum\w+|hypothes\w+|expected|sample size|boundar\w+|threshold|upper limit|"
    r"lower limit|minimum|clinically (?:important|relevant|meaningful)|prespecified|criteri\w+|defined as|"
    r"alpha|would|target|inferiority of)\b"
)
# Words between a name and its number that make the number a bound or one end of a range.
_BOUND = re.compile(
    r"\b(?:at least|less than|greater than|more than|limit of|set at|exceed\w*|between|from|at most|up to|below|above|"
    r"ranged|ranging|range|per|version)\b|[<>≤≥]"
)
# Words behind a number that make it a plan: "a difference of 10% or greater was sought"
_SOUGHT = re.compile(
    r" (?:or|and) (?:greater|more|larger|higher|over)\b|[a-z -]{0,40}\bwas (?:sought|considered|assumed)\b"
)
# The last word before the number of a bare estimate: "was 0.72", "of 3.2", "OR 1.4".
_LEADS_IN = frozenset("of was were is are = : , about approximately being only by to ~ ≈".split())
_SCALED = re.compile(r" ?[x×*] ?10")
# A test statistic: "intervention effect (t = -1.99"
_STATISTIC = re.compile(r"\b(?:t|f|z|χ2?|x2|chi-square)(?: ?\([\d., ]{1,12}\))? ?[=:] ?-?$")
# "6.5% more than", "5.4% lower with": a difference told by comparison, between two groups.
_COMPARED = re.compile(
    r"(?P<number>\d(?<![\d.].)\d{0,2}(?:\.\d+)?)\ ?(?P<percent>%)\ ?(?:\([^()]{0,30}\)\ )?"
    r"(?:(?P<relative>(?:relative\ |lower|higher|greater|reduced|increased|decreased|less|reduction|decrease|increase)"
    r"(?:\ in|\ of)?(?:\ the)?(?:\ relative|\ overall|\ adjusted)?\ (?:risks?|odds|hazards?|likelihood|rate\ of))"
    r"|(?P<absolute>(?:more|less|higher|lower|greater|fewer|better|worse)\ (?:than|with|among)(?!\ \d)))"
)
# A verb, a risk, a share: "reduced the risk of fracture by 65.7%"
_REDUCED_RISK = re.compile(
    r"\b(?:reduc(?:ed|es|ing|tion of)|lower(?:ed|s)|decreas(?:ed|es)|cut|increas(?:ed|es))\b[^.;()]{0,25}\b"
    r"(?:risks?|odds|hazards?|likelihood)\b[^.;()%]{0,90}?\bby (?:about |approximately |a further )?"
    r"(?P<number>\d{1,3}(?:\.\d+)?)\ ?(?P<percent>%)"
)
# The end of the pattern above, found at once by its first letters.
_BY_NUMBER = re.compile(r"by (?:about |approximately |a further )?\d")
# "1.3 times more likely", "2.5-fold higher"
_TIMES = re.compile(
    r"(?P<number>\d(?<![\d.-].)\d?\.\d+)(?:\ times|[ -]?fold)\ (?:as|more|less|higher|greater|lower)\ "
    r"(?:likely|likelihood|risk|odds|probab\w+)"
)


# "the hazard for relapse was 1.9 times greater"
_TIMES_GREATER = re.compile(
    r"(?<![\d.-])(?P<number>\d{1,2}\.\d+)(?: times|[ -]?fold) "
    r"(?:greater|higher|lower|more|less|smaller|larger)(?![a-z])"
)
_SET_AGAINST = re.compile(
    r" (?:in|for|with|among|than)(?! (?:baseline|before|the (?:baseline|first|upper|normal)|normal)\b)"
)
_OF_WHAT = re.compile(r"(?<![a-z])(hazard|odds|risk)(?! ratio)(?![a-z])")
_RATIO_OF = {"hazard": EffectMeasure.HR, "odds": EffectMeasure.OR, "risk": EffectMeasure.RR}


def find_bare_effects(
    reading: Reading, names: Sequence[MeasureName], taken: Sequence[tuple[int, int]]
) -> list[EffectEstimate]:
    """Named measures with a number and no interval; `taken` are the character spans that other results hold."""
    found: list[EffectEstimate] = []
    for k, name in enumerate(names):
        # "the difference in weight loss between A and B was": a change or a mean between is what differs
        own = _OF_ONE_GROUP if name.code == "DIFFERENCE" else frozenset[str]()
        following = next((other.start for other in names[k + 1 :] if other.code not in own), len(reading.text))
        made = _behind_name(reading, name, following, taken)
        if made is not None and not _overlaps(made, [(f.start, f.end) for f in found]):
            found.append(made)
    for made in _told_by_comparison(reading):
        if not _overlaps(made, taken) and not _overlaps(made, [(f.start, f.end) for f in found]):
            found.append(made)
    for made in listed_effects(found, reading):
        if not _overlaps(made, taken) and not _overlaps(made, [(f.start, f.end) for f in found]):
            found.append(made)
    return found


def _overlaps(made: EffectEstimate, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = made.start, made.end
    return any(start < b and a < end for a, b in spans)


def _behind_name(
    reading: Reading, name: MeasureName, next_name: int, taken: Sequence[tuple[int, int]]
) -> EffectEstimate | None:
    """The estimate that follows a measure's name closely, or None."""
    if name.code not in _CODES:
        return None
    tokens = reading.tokens
    i, words = _next_number(reading, name)
    if i is None or next_name < tokens[i].start:
        return None
    token = tokens[i]
    if token.value is None or any(a < token.end and name.start < b for a, b in taken):
        return None
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    joined = {Kind.DASH, Kind.TO, Kind.SLASH}
    if _SCALED.match(reading.lower, token.end):
        return None  # "-8.47 x 10-3": the number alone would be wrong
    signed = i + 3 < len(tokens) and tokens[i + 2].kind is Kind.DASH  # "-1.14 to -1.52"
    other = tokens[i + 2 + signed] if i + 2 + signed < len(tokens) else None
    if behind is not None and behind.kind in joined and other is not None and other.kind is Kind.NUMBER:
        return None
    percent = behind is not None and behind.kind is Kind.PERCENT
    gap = reading.lower[name.end : token.start]
    around = reading.lower[max(reading.sentence_at(name.start)[0], name.start - 70) : token.start]
    if _PLANNED.search(around) or _BOUND.search(_BETWEEN_GROUPS.sub(" ", gap)) or _STATISTIC.search(gap):
        return None
    unit, after = (None, i + 1) if name.code in _UNITLESS else read_unit(reading, i, len(tokens))
    end = tokens[after - 1].end
    behind_unit = tokens[after] if after < len(tokens) else None
    if is_compound(tokens, i) or reading.norm[token.end : token.end + 1] == "*":
        return None
    if (
        name.code == "DIFFERENCE"
        and gap.strip() == ":"
        and _NO_DIFFERENCE.search(reading.lower, max(0, name.start - 50), name.start)
    ):
        return None  # "there was no difference: 0.8% (n = 29) in the one group and"
    if behind_unit is not None and behind_unit.kind is Kind.VERSUS:
        return None  # "no difference: 33.6 versus 27.3%" are the values of two groups
    if _SOUGHT.match(reading.lower, end):
        return None
    value = -token.value if _is_negative(tokens, i) else token.value
    lead = tokens[i - 2] if tokens[i - 1].kind is Kind.DASH and i > 1 else tokens[i - 1]
    leads_in = lead.text in _LEADS_IN or lead.end <= name.end or _p_follows(reading, end) or lead.kind is Kind.CLOSE
    if (
        name.code in {"DIFFERENCE", "MD", "RD"}
        and _FAR_DIFFERENCE.match(gap)
        and (unit or "." in token.text)
        and not _NO_DIFFERENCE.search(around[: -len(gap)])
    ):
        words = 0
    if not leads_in or not _plausible(name.code, value, token.text, percent, words, behind):
        return None
    return EffectEstimate(
        start=name.start,
        end=end,
        text=reading.text[name.start : end],
        rule=f"{name.rule}-bare",
        measure=EffectMeasure.RR
        if _is_relative_risk(name.code, value, token.text, percent, words)
        else _measure(name.code, percent, reading.lower[reading.sentence_at(name.start)[0] : token.start]),
        estimate=value,
        unit=unit,
        adjusted=name.adjusted,
    )


def _next_number(reading: Reading, name: MeasureName) -> tuple[int | None, int]:
    """The token of the first number behind a name within its clause, and how many words stand between."""
    tokens = reading.tokens
    i = first = reading.token_index(name.end)
    sentence_end = reading.sentence_at(name.start)[1]
    words = 0
    while i < len(tokens) and tokens[i].start < sentence_end and i - first < 16:
        token = tokens[i]
        if token.kind is Kind.NUMBER:
            return i, words
        if token.kind is Kind.STOP or token.text == ";" or (token.kind is Kind.OPERATOR and token.text != "="):
            break
        words += token.kind is Kind.WORD
        i += 1
    return None, words


def _is_negative(tokens: Sequence[Token], i: int) -> bool:
    if i == 0 or tokens[i - 1].kind is not Kind.DASH:
        return False
    if i == 1:
        return True
    before = tokens[i - 2]
    return not (before.kind in {Kind.NUMBER, Kind.WORD} and before.end == tokens[i - 1].start)


def _p_follows(reading: Reading, end: int) -> bool:
    return bool(re.match(r"[ ,;(\[]{0,3}p[ <>=≤-]", reading.lower[end : end + 8]))


def _measure(code: str, percent: bool, before: str) -> EffectMeasure:
    if code == "DIFFERENCE":
        of_means = IN_PER_CENT.search(before) and not PROPORTION_OUTCOME.search(before[-60:])
        return EffectMeasure.RD if percent and not of_means else EffectMeasure.MD
    return EffectMeasure(code)


def _plausible(code: str, value: Decimal, printed: str, percent: bool, words: int, behind: Token | None) -> bool:
    """Whether a number behind a name can be its estimate."""
    decimal = "." in printed
    if code in _RATIOS or code == "RATIO":
        return decimal and not percent and 0 < value < 200 and words <= (8 if code != "RATIO" else 2)
    if code in {"CORR", "SMD", "BETA"}:
        most = {"CORR": 6, "SMD": 5, "BETA": 2}[code]
        return decimal and not percent and words <= most and (code != "CORR" or abs(value) <= 1)
    if code == "NNT":
        return not percent and value >= 1 and words <= 14
    if code == "RRR":
        return (percent and words <= 3) or _is_relative_risk(code, value, printed, percent, words)
    if not decimal and not words and behind is not None and behind.kind is Kind.AND:
        return False  # "the difference between groups 1 and 2"
    return words <= 3 and (behind is None or behind.text not in {"of", "/", "weeks", "patients", "groups", "arms"})


def _is_relative_risk(code: str, value: Decimal, printed: str, percent: bool, words: int) -> bool:
    """Whether a number is more than a reduction can be, so that its "RRR" is a ratio of risks: "aRRR = 1.21"."""
    return code == "RRR" and not percent and not words and "." in printed and 1 < value < 10


def _told_by_comparison(reading: Reading) -> list[EffectEstimate]:
    """Effects told in words of comparison, with their number before or behind."""
    made: list[EffectEstimate] = []
    lower = reading.lower
    shares = "%" in lower
    for match in _COMPARED.finditer(lower) if shares else ():
        relative = match["relative"] is not None
        if match["number"] and _stands_alone(lower, match.start("number")):
            measure = EffectMeasure.RRR if relative else _of_what(reading, match)
            made.append(_from_match(reading, match, measure, "relative-reduction" if relative else "compared-bare"))
    for pattern, measure, rule, possible in (
        (_REDUCED_RISK, EffectMeasure.RRR, "reduced-risk-by", shares and _BY_NUMBER.search(lower) is not None),
        (_TIMES, EffectMeasure.RATIO, "times-more-bare", "fold" in lower or " times" in lower),
    ):
        if not possible:
            continue
        made.extend(
            _from_match(reading, match, measure, rule)
            for match in pattern.finditer(lower)
            if _stands_alone(lower, match.start("number")) or measure is EffectMeasure.RRR
        )
    made.extend(
        _from_match(reading, match, EffectMeasure.RRR, "relative-reduction")
        for match in (find_relative_changes(reading) if shares or " percent " in lower else ())
    )
    for match in _TIMES_GREATER.finditer(lower) if " times " in lower or "fold " in lower else ():
        named = _OF_WHAT.findall(lower, reading.sentence_at(match.start())[0], match.start())
        against = _SET_AGAINST.match(lower, match.end())
        if (named or against) and not lower.endswith((" to ", "-to "), 0, match.start("number")):
            measure = _RATIO_OF[named[-1]] if named else EffectMeasure.RATIO
            made.append(_from_match(reading, match, measure, "times-greater"))
    return [effect for effect in made if not _PLANNED.search(lower, max(0, effect.start - 60), effect.end)]


def _of_what(reading: Reading, match: re.Match[str]) -> EffectMeasure:
    """The measure of "so many per cent higher": of shares, of what is in per cent itself, of what is measured."""
    start, end = reading.sentence_at(match.start())
    near = reading.lower[max(start, match.start() - 110) : min(end, match.end() + 60)]
    if PROPORTION_OUTCOME.search(near):
        return EffectMeasure.RD
    return EffectMeasure.MD if IN_PER_CENT.search(near) else EffectMeasure.RRR


def _stands_alone(lower: str, start: int) -> bool:
    """Whether a number is no bound, no end of a range and no second value of a pair."""
    return not re.search(r"(?:[-<>≤≥±/]|than|least|over|vs\.?|to|and|versus) ?$", lower[max(0, start - 9) : start])


def _from_match(reading: Reading, match: re.Match[str], measure: EffectMeasure, rule: str) -> EffectEstimate:
    start, end = match.span()
    unit = None
    if "percent" in match.re.groupindex:
        unit = reading.text[match.start("percent") : match.end("percent")]
    return EffectEstimate(
        start=start,
        end=end,
        text=reading.text[start:end],
        rule=rule,
        measure=measure,
        estimate=parse_number(match["number"]),
        unit=unit,
    )
