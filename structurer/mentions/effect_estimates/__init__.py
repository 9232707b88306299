"""Find effect estimates: every estimate that is printed with an interval, and named measures without one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from structurer.mentions.effect_estimates.bare_effects import find_bare_effects
from structurer.mentions.effect_estimates.confidence_intervals import named_spans
from structurer.mentions.effect_estimates.estimate_search import Estimate, search_estimate
from structurer.mentions.effect_estimates.interval_candidates import Candidate, find_candidates
from structurer.mentions.effect_estimates.limits import within
from structurer.mentions.effect_estimates.measure_choice import RATIOS, choose_measure
from structurer.mentions.effect_estimates.measure_context import Context
from structurer.mentions.effect_estimates.measure_cues import LISTED_DIFFERENCES
from structurer.mentions.effect_estimates.measure_names import MeasureName, find_measure_names
from structurer.mentions.effect_estimates.told_differences import find_told_differences
from structurer.schema import ConfidenceInterval, EffectEstimate, EffectMeasure, PValue
from structurer.text.reading import Reading

_UNITLESS = RATIOS | {EffectMeasure.SMD, EffectMeasure.CORR, EffectMeasure.NNT}
_ONE_GROUP = frozenset(
    {EffectMeasure.CHANGE, EffectMeasure.MEAN, EffectMeasure.MEDIAN, EffectMeasure.PROPORTION, EffectMeasure.RATE}
)
_VERSUS = re.compile(r"(?:^|\s)(?:vs?|versus|compared|than)\b")
_JOINED = re.compile(r" (?:vs|versus|v|and|compared|in|for|with)\b")
_OWN_VALUE = re.compile(r"(?: ?[(\[][a-z]{1,2})? ?[=:] ?[-+]?\d*\.?\d+ ?[)\]]")
# "a 30% relative reduction": this share is what the name behind it measures
_SHARE_BEFORE = re.compile(r"\d ?%,? \Z")
# The end of a sentence: a full stop that stands in no number
_ENDED = re.compile(r"\.(?!\d)")
# "8.3 (95% CI 3.2-20.7)%", "299 (288-310)/100 patient-years": a unit behind the bracket
_UNIT_BEHIND = re.compile(
    r"(?:[)\]] ?|(?= percentage) )(?P<unit>%|percentage points?|per ?cent(?![a-z])"
    r"|(?:/ ?|per )\d[\d, ]{0,8} ?(?:person|patient)?[ -]?(?:years?|pys?|months?)(?![a-z]))"
)
_PERCENT_BEHIND = re.compile(r"\) ?%|[)\]]? ?percentage points?(?![a-z])")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%")
_ANOTHER_CHANGE = re.compile(r"\b(?:reduction|decrease|increase|improvement|change)s?\b")
_FOR_DIFFERENCE = re.compile(r" (?:for|of|around) (?:the |an? )?(?:[a-z-]+ ){0,2}differences?\b")


@dataclass(frozen=True, slots=True)
class _Found:
    candidate: Candidate
    estimate: Estimate | None
    start: int  # offset of the estimate, or of the interval where there is none
    end: int


def find_effect_estimates(text: str | Reading, p_values: Sequence[PValue] = ()) -> list[EffectEstimate]:
    """Every effect estimate of a text, in order, with its interval; p-values are joined later. Never raises.

    >>> effect, = find_effect_estimates("The hazard ratio was 0·72 (95% CI 0·60–0·85).")
    >>> effect.measure.value, str(effect.estimate), str(effect.interval.lower), str(effect.interval.level)
    ('HR', '0.72', '0.60', '95')
    """
    reading = Reading.of(text)
    names = find_measure_names(reading)
    tokens = reading.tokens
    p_spans = [(p.start, p.end) for p in p_values]
    found: list[_Found] = []
    behind = 0
    # The level of an interval named without limits is no estimate of the next: "95% confidence interval, CI: 17 to -1".
    taken = [*p_spans, *named_spans(reading)]
    for candidate in find_candidates(reading, names):
        if any(a <= tokens[candidate.first].start < b for a, b in p_spans):
            continue
        estimate = search_estimate(reading, candidate, behind, taken)
        if estimate is not None and _is_of_a_difference(reading, candidate) and not _adjoins(estimate, candidate):
            estimate = None
        if estimate is None and (not candidate.announced or _is_criterion(reading, candidate)):
            continue
        if estimate is None and candidate.one_sided and _is_told_again(candidate, found):
            continue
        first = estimate.first if estimate else candidate.first
        start, end = tokens[first].start, tokens[candidate.after - 1].end
        found.append(_Found(candidate, estimate, start, end))
        taken.append((tokens[candidate.first].start, end))
        behind = candidate.first if estimate is None else candidate.after
        behind = candidate.after
    effects = _measured(reading, found, names)
    spans = [(item.start, item.end) for item in found]
    effects.extend(find_bare_effects(reading, names, [*spans, *p_spans]))
    held = [*p_spans, *((effect.start, effect.end) for effect in effects)]
    effects.extend(find_told_differences(reading, effects, held))
    effects.sort(key=lambda effect: (effect.start, effect.end))
    return effects


def _is_of_a_difference(reading: Reading, candidate: Candidate) -> bool:
    """Whether an interval is said to be that of a difference not printed itself: "(95% CI for difference, 7-21)"."""
    if "diff" in candidate.about:
        return True
    end = reading.tokens[candidate.after - 1].end
    return bool(_FOR_DIFFERENCE.match(reading.lower, end))


# What estimates have to lie in: "met the bioequivalence criteria [90% CI 80-125%]"
_CRITERION = re.compile(r"(?<![a-z])(?:criteri(?:a|on)|limits|margins?|range|bounds|boundaries)(?: of)? ?[(\[]? ?\Z")


def _is_criterion(reading: Reading, candidate: Candidate) -> bool:
    """Whether an interval is what estimates had to lie in."""
    start = reading.tokens[candidate.first].start
    return _CRITERION.search(reading.lower, max(0, start - 20), start) is not None


def _is_told_again(candidate: Candidate, found: Sequence[_Found]) -> bool:
    """Whether a single limit is one of an interval before it: "0.5 (95% CI -0.6 to 1.6). The upper limit (1.6)"."""
    limit = candidate.limits.high if candidate.limits.low is None else candidate.limits.low
    return any(limit in (item.candidate.limits.low, item.candidate.limits.high) for item in found)


def _adjoins(estimate: Estimate, candidate: Candidate) -> bool:
    """Whether an estimate stands right before its interval and inside it."""
    value = estimate.value
    return value is not None and candidate.first - estimate.after <= 2 and within(value, candidate.limits)


def _measured(reading: Reading, found: list[_Found], names: list[MeasureName]) -> list[EffectEstimate]:
    effects: list[EffectEstimate] = []
    previous: EffectMeasure | None = None
    previous_end = 0
    starts = [name.start for name in names]
    for i, item in enumerate(found):
        sentence = reading.sentence_at(item.start)
        before_start = max(sentence[0], previous_end if previous_end <= item.start else sentence[0])
        interval_start = reading.tokens[item.candidate.first].start
        near = names[bisect_left(starts, before_start) : bisect_left(starts, interval_start)]
        local = [n for n in near if n.end <= interval_start]
        local = [n for n in local if n.end > item.start or not _has_own_value(reading, n, before_start, item.start)]
        context = _context(reading, found, i, before_start, sentence, effects)
        if not local and _is_gap(context.before, item.estimate):
            context = replace(context, about=f"{context.about} diff")
        like = (
            i > 0
            and _alike(found[i - 1], item)
            and reading.sentence_index(found[i - 1].start) == reading.sentence_index(item.start)
        )
        measure, rule, adjusted = choose_measure(context, local, previous, like)
        start = item.start
        if local and local[-1].rule == rule and item.start - local[-1].end < 120 and local[-1].start < item.start:
            start = local[-1].start
        effects.append(_effect(reading, item, measure, rule, adjusted, start))
        previous, previous_end = measure, item.end
    return effects


def _has_own_value(reading: Reading, name: MeasureName, since: int, before: int) -> bool:
    """Whether a name's value stands beside it, before an estimate: "(d = 0.33), but (-1.7", "30% risk reduction"."""
    if _OWN_VALUE.match(reading.lower, name.end, before):
        return True
    return (
        name.code == "RRR" and _SHARE_BEFORE.search(reading.lower, max(since, name.start - 12), name.start) is not None
    )


def _context(
    reading: Reading,
    found: list[_Found],
    i: int,
    before_start: int,
    sentence: tuple[int, int],
    effects: list[EffectEstimate],
) -> Context:
    item = found[i]
    lower, tokens = reading.lower, reading.tokens
    limits, estimate = item.candidate.limits, item.estimate
    interval_start = tokens[item.candidate.first].start
    number_end = tokens[estimate.after - 1].end if estimate else interval_start
    values = [v for v in (limits.low, limits.high, estimate.value if estimate else None) if v is not None]
    earlier = [effect.measure for effect in effects if sentence[0] <= effect.start < item.start]
    before = lower[before_start : item.start]
    versus = _joint(reading, found, i, _VERSUS)
    return Context(
        before=before,
        between=lower[number_end:interval_start],
        behind=lower[item.end : item.end + 120],
        sentence=lower[sentence[0] : sentence[1]],
        about=item.candidate.about,
        unit=estimate.unit if estimate and not estimate.percent else None,
        percent=bool(estimate and estimate.percent)
        or (estimate is None and limits.percent)
        or _PERCENT_BEHIND.match(lower, item.end) is not None,
        has_estimate=estimate is not None and estimate.value is not None,
        paired=versus or _joint(reading, found, i, _JOINED),
        versus=versus,
        positive=all(v > 0 for v in values),
        large=bool(estimate and estimate.value is not None and estimate.value > 30),
        negative=bool(estimate and estimate.value is not None and estimate.value < 0),
        above_one=limits.high is not None and 1 < limits.high <= 30 and all(v > 0 for v in values),
        one_group=next((m for m in reversed(earlier) if m in _ONE_GROUP), None),
        governed=bool(earlier)
        and earlier[-1] in {EffectMeasure.MD, EffectMeasure.RD}
        and LISTED_DIFFERENCES.search(lower, sentence[0], item.start) is not None,
        straddles=limits.low is not None and limits.low < 0,
        ratio=next((effect.measure for effect in reversed(effects) if effect.measure in RATIOS), None),
        around_one=limits.low is not None and limits.high is not None and 0 < limits.low < 1 < limits.high,
    )


def _is_gap(before: str, estimate: Estimate | None) -> bool:
    """Whether a percentage is the difference of the last two before it: "96% with A and 46% with B (50%, 39-61)"."""
    if estimate is None or estimate.value is None or not estimate.percent:
        return False
    shares = [Decimal(share) for share in _SHARE.findall(before)[-2:]]
    if len(shares) < 2 or abs(estimate.value) in shares or not estimate.value:
        return False
    exact = Decimal("0.15") if "." in str(estimate.value) else Decimal(1)
    return abs(abs(shares[0] - shares[1]) - abs(estimate.value)) <= exact


def _joint(reading: Reading, found: list[_Found], i: int, words: re.Pattern[str]) -> bool:
    """Whether one of `words` joins a result to the one before or after, of the same kind of unit."""
    for j, k in ((i, i + 1), (i - 1, i)):
        if j >= 0 and k < len(found) and _alike(found[j], found[k]):
            gap = reading.lower[found[j].end : max(found[k].start, found[j].end)]
            ended = _ENDED.search(gap.rstrip(" .)")) or _ANOTHER_CHANGE.search(gap)
            if len(gap) < 90 and words.search(gap) and not ended:
                return True
    return False


def _alike(a: _Found, b: _Found) -> bool:
    """Whether two results have the same kind of unit."""
    if a.estimate is None or b.estimate is None:
        return a.candidate.limits.percent == b.candidate.limits.percent
    if a.estimate.percent != b.estimate.percent:
        return False
    if bool(a.estimate.unit) == bool(b.estimate.unit):
        return True
    # "15.9 (13.2-17.1) vs 11.3 months": one unit for both, unless the numbers are of another size ("months; 0.73 [")
    x, y = a.estimate.value, b.estimate.value
    return x is not None and y is not None and abs(x) <= 5 * abs(y) and abs(y) <= 5 * abs(x)


def _effect(
    reading: Reading, item: _Found, measure: EffectMeasure, rule: str, adjusted: bool | None, start: int
) -> EffectEstimate:
    candidate, estimate = item.candidate, item.estimate
    tokens = reading.tokens
    a = tokens[candidate.first].start
    b = tokens[candidate.after - 1].end
    interval = ConfidenceInterval(
        start=a,
        end=b,
        text=reading.text[a:b],
        rule=("credible" if candidate.credible else "confidence")
        + "-interval"
        + ("" if candidate.announced else "-carried"),
        level=candidate.level,
        lower=candidate.limits.low,
        upper=candidate.limits.high,
        credible=candidate.credible,
    )
    unit = estimate.unit if estimate else ("%" if candidate.limits.percent else None)
    if unit is None and (behind := _UNIT_BEHIND.match(reading.lower, b)) is not None:
        unit = reading.text[slice(*behind.span("unit"))]
    if measure in _UNITLESS and not (measure is EffectMeasure.RATIO and estimate and estimate.percent):
        unit = None
    return EffectEstimate(
        start=start,
        end=b,
        text=reading.text[start:b],
        rule=rule,
        measure=measure,
        estimate=estimate.value if estimate else None,
        unit=unit,
        interval=interval,
        adjusted=adjusted,
    )
