"""Decide which effect measure an estimate is, from the names and units around it.

Order of trust: a measure named before the estimate; words behind its interval ("times more likely"); the unit; the
measure of the estimate before it in the same list.
"""

from __future__ import annotations

import re

from structurer.mentions.effect_estimates.context_signs import is_own_change, is_time_to_event, told_of_group
from structurer.mentions.effect_estimates.measure_context import Context
from structurer.mentions.effect_estimates.measure_cues import (
    AFTER_COUNT,
    AGAINST,
    BEHIND,
    BEHIND_ONLY_SIGNS,
    CHANGE_NAMED,
    CHANGED_BY,
    CHANGES,
    COMPARED,
    COMPARED_BEHIND,
    COUNTED_RATE,
    COUNTED_SHARES,
    EFFECTS_OF,
    EFFICACY_BEHIND,
    HAZARD_NAMED,
    IN_GROUP,
    IN_PER_CENT,
    IN_POINTS,
    LESS_RISK,
    MEAN_OF_ONE_LESS,
    MORE_BEFORE,
    NAMED_JUST_BEFORE,
    NEGATED,
    ODDS_NAMED,
    ONE_SIDED,
    PROPORTION_OUTCOME,
    RATE_NAMED,
    RATE_UNIT,
    RISK,
    SHARE_NAMED,
    SHARE_OF,
    THAN_BEHIND,
    TIME_TO_EVENT,
    TIME_UNIT,
    TIMES_LIST,
    TO_A_LEVEL,
    TWO_SHARES,
    TWO_VALUES,
)
from structurer.mentions.effect_estimates.measure_names import MeasureName
from structurer.schema import EffectMeasure as M

RATIOS = frozenset({M.HR, M.OR, M.RR, M.IRR, M.RATIO})
_CARRIED_PERCENT = frozenset({M.RD, M.MD, M.RRR, M.CHANGE, M.RATIO, M.OTHER})
# What a bracket, and the word "events" or "episodes", may put between an interval and its unit
_CLOSING = ") ]eventsiodpc"
_FOLDS = re.compile(r"[ -]?(?:times|fold)")
_STRONG = frozenset(code.value for code in (*RATIOS, M.RD, M.MD, M.SMD, M.NNT, M.BETA, M.CORR, M.OTHER, M.RRR))


def choose_measure(
    context: Context, names: list[MeasureName], previous: M | None, previous_like: bool
) -> tuple[M, str, bool | None]:
    """The measure, the rule that decided it and whether it is adjusted.

    `names` are the measure names in `context.before` and `between`, in order; `previous` is the measure of the
    result before, and `previous_like` whether that one has the same kind of unit in the same sentence.
    """
    if "diff" in context.about:
        return _difference(context), "interval-for-difference", None
    unitless = not (context.percent or context.unit)
    strong = [name for name in names if name.code in _STRONG and _fits(name.code, name.rule, context)]
    weak = [name for name in names if name.code not in _STRONG]
    differences = [n for n in weak if n.code == "DIFFERENCE" and not _negated(context.before, n, names)]
    folds = _FOLDS.match(context.between) is not None
    if folds and strong and strong[-1].code == "OTHER":
        return M.RATIO, "times-more", None  # "increased the area under the curve 10.0-fold (90% CI 7.2-13.9)"
    if strong:
        last = strong[-1]
        if last.code == "OTHER" and (ratios := [name for name in strong if M(name.code) in RATIOS]):
            last = ratios[-1]  # "geometric mean ratios of the area under the curve were"
        own = context.versus or (context.paired and not context.straddles and IN_GROUP.match(context.behind))
        if last.code == "MD" and own and _negated(context.before, last, names):
            # "no difference in changes (-0.2 (-0.4 to 0.0) vs -0.1 (-0.3 to 0.1))": each group's own
            if context.percent:
                return _from_unit(context, weak, previous, previous_like)
            return (M.CHANGE if CHANGES.search(context.before) else M.MEAN), last.rule, last.adjusted
        # "hazard ratio" before, but the number right behind "median": the nearer name owns it, if it fits.
        nearer = [n for n in weak if n.start > last.end and n.code in {"MEDIAN", "DIFFERENCE"}]
        other = last.code == "OTHER" and any(n.code == "DIFFERENCE" for n in nearer)
        if not other and not (nearer and M(last.code) in RATIOS and not unitless):
            measure = M(last.code)
            if measure is M.RRR and not (context.percent or unitless):
                measure = M.MD
            elif measure is M.RRR and not context.percent and (context.above_one or previous in RATIOS):
                # No reduction is of more than the whole: "aRRR 1.26 (1.02-1.56)" is a relative risk ratio.
                measure = M.RR
            return measure, last.rule, last.adjusted
    if differences and unitless and context.around_one and differences[-1].rule in EFFECTS_OF:
        return M.RATIO, differences[-1].rule, differences[-1].adjusted
    if differences and not _own_values(context, differences[-1], weak):
        return _difference(context), differences[-1].rule, differences[-1].adjusted
    return _from_unit(context, weak, previous, previous_like)


def _fits(code: str, rule: str, context: Context) -> bool:
    """Whether a name can be the measure of an estimate with this unit: no ratio is in per cent or months."""
    if code == "RRR":
        return context.percent or not context.unit
    if M(code) in RATIOS and (context.negative or context.straddles):
        return False
    if M(code) is M.RATIO and context.percent:
        return rule not in {"ratio-ratio", "ratio-ratios"}  # a geometric mean ratio may be in per cent
    if M(code) in RATIOS or code in {"CORR", "SMD"}:
        return not context.percent and not (context.unit and TIME_UNIT.match(context.unit))
    if code == "NNT":
        return not context.percent
    return True


def _negated(before: str, name: MeasureName, names: list[MeasureName]) -> bool:
    # `before` ends at the estimate; offsets of names are absolute, so the text before this one is found by its words.
    cut = before.rfind("differ")
    return cut >= 0 and bool(NEGATED.search(before[:cut]))


def _own_values(context: Context, difference: MeasureName, weak: list[MeasureName]) -> bool:
    """Whether a "median" or "mean" behind the word difference makes this one group's own value."""
    behind = [n for n in weak if n.start > difference.end and n.code in {"MEDIAN", "MEAN"}]
    return bool(behind) and context.paired


def _difference(context: Context) -> M:
    """A difference of risks or of means: by what is measured."""
    if context.unit and not context.percent:
        return M.RD if re.match(r"(?:percentage|percent|%)", context.unit) else M.MD
    near = context.before[-120:] + " " + context.sentence
    if not context.has_estimate and TWO_SHARES.search(context.before):
        return M.RD
    if context.percent and COUNTED_SHARES.search(context.before):
        return M.RD
    if context.percent or not context.has_estimate:
        return M.MD if IN_PER_CENT.search(near) and not PROPORTION_OUTCOME.search(context.before[-60:]) else M.RD
    return M.RD if re.search(r"\b(?:risk|proportion|probability)\b", context.before[-80:]) else M.MD


def _from_unit(
    context: Context, weak: list[MeasureName], previous: M | None, previous_like: bool
) -> tuple[M, str, bool | None]:
    codes = [name.code for name in weak]
    if {"MEAN", "CHANGE", "MEDIAN"} & set(codes) and MEAN_OF_ONE_LESS.search(context.before):
        return _difference(context), "mean-of-one-less-other", None
    behind = BEHIND.match(context.behind)
    word = behind.group(1) if behind else ""
    if word in {"times", "fold", "-fold"} or TIMES_LIST.match(context.behind) or _FOLDS.match(context.between):
        return M.RATIO, "times-more", None
    between = ONE_SIDED.sub("", context.between)
    compared = bool(COMPARED.search(between)) or bool(COMPARED.fullmatch(word))
    if not context.paired and MORE_BEFORE.search(context.before) and THAN_BEHIND.match(context.behind):
        compared = True
    if context.governed and not (context.versus or "MEDIAN" in codes or AFTER_COUNT.search(context.before)):
        return _difference(context), "carried-over", None
    own = context.one_group if context.one_group in {M.CHANGE, M.MEAN} and not is_time_to_event(context) else None
    if context.versus and own and not context.percent and not codes:
        return own, "carried-over", None
    if RATE_UNIT.search(context.between) or (context.unit and RATE_UNIT.search(context.unit)):
        return (M.MD if compared or word == "difference" else M.RATE), "rate-unit", None
    if context.percent:
        if word == "difference":
            return _difference(context), "difference-behind", None
        if EFFICACY_BEHIND.match(context.behind):
            return M.RRR, "efficacy-behind", None
        if SHARE_OF.match(context.between):
            return M.PROPORTION, "percent", None
        if compared or re.search(r"(?:higher|lower|greater|less) by $", context.before):
            near = context.before[-60:] + context.between + context.behind[:80]
            return (M.RRR if LESS_RISK.search(near) else _difference(context)), "compared", None
        if context.negative and "CHANGE" not in codes and (not context.paired or previous in {M.RD, M.MD, M.RRR}):
            return (
                (previous if previous_like and previous in {M.RD, M.MD, M.RRR} else _difference(context)),
                "negative",
                None,
            )
        if previous in {M.RD, M.RRR} and BEHIND_ONLY_SIGNS.fullmatch(context.before):
            return previous, "carried-over", None
        if AFTER_COUNT.search(context.before) or SHARE_NAMED.search(context.before):
            return M.PROPORTION, "percent", None
        if re.search(r"\b(?:from|to)(?: a| an)? $", context.before):
            return M.PROPORTION, "percent", None
        changed = CHANGED_BY.search(context.before) is not None
        if changed or ("CHANGE" in codes[-1:] and not re.search(r"[(\[;] ?\+?$", context.before)):
            if context.straddles and not context.paired:
                return M.MD, "around-nothing", None
            if IN_GROUP.match(context.behind) or (is_own_change(context) and not RISK.search(context.before)):
                return M.CHANGE, "change-of-a-group", None
            if AGAINST.search(context.before) and IN_PER_CENT.search(context.before[-120:]):
                return M.MD, "change", None
            return (M.MD if IN_POINTS.search(context.before) else M.RRR), "reduction", None
        if "CHANGE" in codes and not context.versus and COMPARED_BEHIND.search(context.behind):
            return _difference(context), "change", None  # "increased it (9.6% [0.9 to 18.3]) compared to placebo"
        listed = previous in {M.CHANGE, M.OTHER} or not context.versus
        if previous_like and previous in _CARRIED_PERCENT and listed and not told_of_group(context):
            return previous, "carried-over", None
        if context.one_group is M.CHANGE and not codes and not PROPORTION_OUTCOME.search(context.before):
            return M.CHANGE, "carried-over", None
        if codes and codes[-1] == "MEDIAN" and not context.paired:
            return M.PROPORTION, "percent", None
        if codes and codes[-1] == "MEAN" and not PROPORTION_OUTCOME.search(context.before[-80:]):
            return M.MEAN, "mean", None
        return (_difference(context) if context.straddles else M.PROPORTION), "percent", None
    if context.unit:
        if compared or word == "difference":
            return M.MD, "compared", None
        if context.straddles and not context.versus and not set(codes) & {"CHANGE", "MEDIAN"}:
            # Nobody's mean is on both sides of nothing: this is a difference.
            return M.MD, "around-nothing", None
        if previous_like and previous in {M.MD, M.CHANGE, M.MEAN} and not ({"MEDIAN", "MEAN"} & set(codes)):
            return previous, "carried-over", None
        if "MEDIAN" in codes:
            return M.MEDIAN, "median", None
        if codes[-1:] == ["MEAN"] and NAMED_JUST_BEFORE.search(context.before):
            return M.MEAN, "mean", None
        if "CHANGE" in codes and context.versus and is_time_to_event(context):
            return M.MEDIAN, "unit", None
        if "CHANGE" in codes:
            return (M.CHANGE if is_own_change(context) else M.MD), "change", None
        if "MEAN" in codes:
            return M.MEAN, "mean", None
        return (M.MEDIAN if TIME_UNIT.match(context.unit) else M.MEAN), "unit", None
    if not context.has_estimate:
        if "MEDIAN" in codes:
            return M.MEDIAN, "median", None
        if TWO_SHARES.search(context.before):
            return M.RD, "no-estimate", None
        if TWO_VALUES.search(context.before):
            return M.MD, "no-estimate", None
        if previous is not None and previous_like:
            return previous, "carried-over", None
        return (_difference(context) if context.straddles else M.OTHER), "no-estimate", None
    if "MEDIAN" in codes:
        return M.MEDIAN, "median", None
    if context.positive and ODDS_NAMED.search(context.before):
        return M.OR, "odds", None
    if context.positive and HAZARD_NAMED.search(context.before):
        return M.HR, "hazard", None
    if (
        context.ratio
        and previous in {M.MEAN, M.RATE}
        and context.positive
        and BEHIND_ONLY_SIGNS.fullmatch(context.before)
    ):
        return context.ratio, "carried-over", None  # "24.6 (20-29) v 34.7 (27-44); 0.71 (0.54-0.94)"
    if previous is not None and previous_like and not (previous in RATIOS and (context.negative or context.straddles)):
        return previous, "carried-over", None
    if context.straddles and not context.versus and "CHANGE" not in codes:
        return M.MD, "around-nothing", None
    if compared and COMPARED.fullmatch(word):
        return M.MD, "compared", None
    told_as_ratio = previous in RATIOS and context.positive and not (context.large or context.versus)
    if told_as_ratio and previous is not None and TIME_TO_EVENT.search(context.before):
        return previous, "carried-over", None
    if TO_A_LEVEL.search(context.before):
        return M.MEAN, "mean", None
    if CHANGE_NAMED.search(context.before) or ("CHANGE" in codes and is_own_change(context)):
        return M.CHANGE, "change", None
    if "MEAN" in codes:
        return M.MEAN, "mean", None
    if compared:
        return M.MD, "compared", None
    if "CHANGE" in codes:
        return M.MD, "change", None
    if RATE_NAMED.search(context.before) and context.positive:
        told = RATE_UNIT.search(context.sentence) or COUNTED_RATE.search(context.before)
        timed = told is not None and "cumulative incidence" not in context.before
        return (M.RATE if timed else M.PROPORTION), "rate-named", None
    if RATE_UNIT.match(context.behind.lstrip(_CLOSING)):
        return M.RATE, "rate-unit", None
    if told_as_ratio and previous is not None:
        return previous, "carried-over", None
    if context.positive and not context.versus and TIME_TO_EVENT.search(context.sentence):
        return context.ratio or M.HR, "time-to-event", None
    return (M.MEAN if context.paired or context.large else M.OTHER), "unnamed", None
