"""Join an estimate to the p-value that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.linking.replacement import replace
from structurer.schema import EffectEstimate, EffectMeasure, PValue, PValueRole
from structurer.text.reading import Reading

_ONE_GROUP = frozenset(
    {EffectMeasure.PROPORTION, EffectMeasure.MEAN, EffectMeasure.MEDIAN, EffectMeasure.RATE, EffectMeasure.CHANGE}
)
_RATIOS = frozenset({EffectMeasure.HR, EffectMeasure.OR, EffectMeasure.RR, EffectMeasure.IRR, EffectMeasure.RATIO})
_JOINABLE = frozenset({PValueRole.RESULT, PValueRole.NONINFERIORITY})
# What may stand between an estimate (or its interval) and its p-value: brackets, separators and a few words.
_BRIDGE = re.compile(
    r"""(?:
        [])}\s,;:([.*/&"=-]
      | \A\ ?[a-zµ]{1,6}/[a-zµ]{1,6}(?=[])])                                          # the unit of the limits
      | \b(?:two|one|2|1)[ -](?:sided|tailed)\b
      | \b(?:log-?rank|stratified|adjusted|nominal|both|all|with|and|cox|wald|test|superiority|corresponding|fisher'?s?
          |exact|mann-whitney|favou?ring\ [a-z-]{1,20})\b
      | \[-?\d+(?:\.\d+)?\ [a-z/%]+\]                                            # [-7.1 mmol/mol]: in another unit
      | \b(?:z|t|f|χ2?|chi-square)\ ?(?:\(\d+(?:,\ ?\d+)?\)\ ?)?=\ ?-?\d+(?:\.\d+)?  # t(12)=2.3: a test statistic
      | \[-?\d+(?:\.\d+)?\ to\ -?\d+(?:\.\d+)?\ [a-z/%.]+\]                         # [-15.8 to -10.2 h·mmol/L]
      | ±\ ?\d+(?:\.\d+)?(?:\ ?%|\ [a-z]+(?:[\ /][a-z]+)?)?
      | \b(?:se|sem|sd)[ ,=:]{1,3}\d*\.?\d+
      | \bmedian,?\ \d+(?:\.\d+)?(?:\ [a-z]+)?\ (?:vs?\.?|versus)\ \d+(?:\.\d+)?\ (?:months|weeks|days|years)
          (?:,\ respectively)?                                                       # the medians that a ratio compares
      | \b(?:for|in|at|with)\ (?:[a-z/-]+\ ){0,3}[a-z/-]+(?=[;,(]\ ?)                # in the overall population;
    )*""",
    re.VERBOSE,
)
_LONG_BRIDGE = 70
# The rules of estimates that end with their comparison: "5.4% lower with"
_ENDS_COMPARING = frozenset({"compared-bare", "compared-with-unit"})
# The rule of a difference told once more in a second unit, whose p-value is the first one's
_SECOND_UNIT = "second-unit"
# Between a p-value and an estimate in one bracket: "(P = .05, log-rank; hazard ratio [HR], 1.45"
_BEFORE_ESTIMATE = re.compile(
    r"[ ;,:(\[]*(?:(?:by|the|stratified|log-?rank|wald|cox|fisher'?s? exact|test|[a-z]+ ratio|ratio|difference)"
    r"[ ;,:(\[]*){0,5}"
)
# Between an estimate and a bracket with its p-value: whom it compares, and when, without another result
_COMPARED_ASIDE = re.compile(
    r"[)\] ,]{1,3}(?:[a-z/%]+ )?(?:with|in|for|than|favou?ring|in favou?r of|less|more|higher|lower|greater)\b"
    r"[^.;:()\[\]=<>]{0,110}[(\[] ?"
)
# Between two items of a list of results: a comma and the next one's name
_LISTED = re.compile(r"[)\]]?,(?: and)? [a-z][a-z -]{2,40}")
_AGAINST_WHOM = re.compile(r" (?:relative to|compared (?:with|to)|versus|vs\.?) (?:the )?[a-z -]{3,25}[,;)(\[ ]{1,3}")
_VERSUS_BEFORE = re.compile(r"\b(?:vs?\.?|versus) [(\[]?\Z")
_OPENED = re.compile(r"[)\]]? ?[(\[]")
_OTHER_NUMBER = re.compile(r"\d[ \d]*\.\d|\d ?%|\bvs\b|\bversus\b|\band\b.*\band\b")


def join_p_values(
    effects: Sequence[EffectEstimate], p_values: Sequence[PValue], text: str | Reading
) -> list[EffectEstimate]:
    """Each effect with the p-value that belongs to it, where one does; order kept.

    A p-value belongs to the estimate that it follows in the same bracket or clause, or, failing one, to the one that
    it stands right before. A p-value for a trend, an interaction or heterogeneity belongs to no estimate, and one
    between groups to no single group's own value.
    """
    reading = Reading.of(text)
    joined: list[EffectEstimate] = []
    used: set[int] = set()
    for i, effect in enumerate(effects):
        until = next((e.start for e in effects[i + 1 :] if e.rule != _SECOND_UNIT), len(reading.text))
        own = effect.measure in _ONE_GROUP or _is_one_of_two(reading, effect)
        p = None if own else _following(reading, effect, until, p_values)
        if p is None and not own:
            since = effects[i - 1].end if i else 0
            p = _preceding(reading, effect, since, p_values, used)
        if p is not None:
            used.add(p.start)
            end = p.end if effect.end < p.end and p.start - effect.end < 12 else effect.end
            joined.append(replace(effect, p=p, end=end, text=reading.text[effect.start : end]))
        else:
            joined.append(effect)
    for i in range(1, len(joined)):
        if joined[i].rule == _SECOND_UNIT or _told_again(joined[i - 1], joined[i], reading):
            p = joined[i].p or joined[i - 1].p
            joined[i - 1 : i + 1] = [replace(joined[i - 1], p=joined[i - 1].p or p), replace(joined[i], p=p)]
    return _shared(reading, joined)


def _following(reading: Reading, effect: EffectEstimate, until: int, p_values: Sequence[PValue]) -> PValue | None:
    for p in p_values:
        if effect.start <= p.start < effect.end and p.role in _JOINABLE:
            return p  # between the estimate and its interval
        if p.start >= effect.end:
            if p.start > until or p.start - effect.end > 160 or p.role not in _JOINABLE:
                return None
            gap = reading.lower[effect.end : p.start]
            if effect.rule in _ENDS_COMPARING:
                gap = f" with{gap}"  # the estimate ends with its "lower in"
            if effect.rule == "changed-against-control" and _AGAINST_WHOM.fullmatch(gap):
                return p
            return p if _bridged(gap) or _said_of_it(gap) or _compares(gap) else None
    return None


def _bridged(gap: str) -> bool:
    """Whether what lies between an estimate and a p-value holds nothing but joints."""
    if len(gap) > _LONG_BRIDGE:
        return False
    return _BRIDGE.fullmatch(gap) is not None and not re.search(r"[.] ", gap)


def _said_of_it(gap: str) -> bool:
    """Whether the words between say that the estimate is significant, and name no other number."""
    return len(gap) < 110 and "signific" in gap and not re.search(r"\d|[.;] ", gap)


def _compares(gap: str) -> bool:
    """Whether the words between an estimate and a bracket tell only what is compared: ") with A than with B (P"."""
    return _COMPARED_ASIDE.fullmatch(gap) is not None and not _OTHER_NUMBER.search(gap)


def _preceding(
    reading: Reading, effect: EffectEstimate, since: int, p_values: Sequence[PValue], used: set[int]
) -> PValue | None:
    """A p-value in the same bracket right before the estimate: "(p=0.01; relative risk 8.8, 95% CI 1.2-66.3)"."""
    for p in p_values:
        if since <= p.start and p.end <= effect.start and p.start not in used and p.role in _JOINABLE:
            gap = reading.lower[p.end : effect.start]
            if len(gap) < 60 and _BEFORE_ESTIMATE.fullmatch(gap):
                return p
    return None


def _shared(reading: Reading, effects: list[EffectEstimate]) -> list[EffectEstimate]:
    """Give "P = .0001 for both" and "both P < .001" to the estimate before the last one too."""
    for i in range(len(effects) - 1, 0, -1):
        p = effects[i].p
        if p is None or reading.sentence_index(effects[i - 1].start) != reading.sentence_index(effects[i].start):
            continue
        if effects[i - 1].p is not None or effects[i - 1].measure in _ONE_GROUP:
            continue
        around = (
            reading.lower[max(0, p.start - 10) : p.start] + " | " + reading.lower[p.end : p.end + 16].split(". ")[0]
        )
        if (
            re.search(r"\bboth|\ball\b|\beach\b", around)
            or _restates(effects[i - 1], effects[i])
            or _in_a_list(reading, effects[i - 1], effects[i], p)
        ):
            effects[i - 1] = replace(effects[i - 1], p=p)
    return effects


def _is_one_of_two(reading: Reading, effect: EffectEstimate) -> bool:
    """Whether an estimate of another kind is the second of two groups' values: "(92% [88-95] vs 65% [60-69]; p"."""
    before = reading.lower[max(0, effect.start - 10) : effect.start]
    return effect.measure is EffectMeasure.OTHER and _VERSUS_BEFORE.search(before) is not None


def _told_again(first: EffectEstimate, second: EffectEstimate, reading: Reading) -> bool:
    """Whether a difference stands once more in a second unit, with its interval: "-0.6% [..] [-6.8 mmol/mol (..)]"."""
    differences = {EffectMeasure.MD, EffectMeasure.RD}
    if first.measure not in differences or second.measure not in differences or first.p is not None:
        return False
    two = first.unit is not None and second.unit is not None and first.unit != second.unit
    return two and _OPENED.fullmatch(reading.lower, first.end, max(first.end, second.start)) is not None


def _in_a_list(reading: Reading, item: EffectEstimate, last: EffectEstimate, p: PValue) -> bool:
    """Whether a bound that nothing fell below stands at a list's end for all: "pain 0 (-2 to 1), ... (P > .28)"."""
    if p.operator not in {">", ">="} or item.measure is not last.measure:
        return False
    return _LISTED.fullmatch(reading.lower, item.end, max(item.end, last.start)) is not None


def _restates(reduction: EffectEstimate, ratio: EffectEstimate) -> bool:
    """Whether a relative reduction is the ratio behind it told once more: "a 25% lower risk (HR 0.75 ...)"."""
    if reduction.measure is not EffectMeasure.RRR or ratio.measure not in _RATIOS:
        return False
    if reduction.estimate is None or ratio.estimate is None:
        return False
    return abs(abs(1 - ratio.estimate) * 100 - abs(reduction.estimate)) <= 1
