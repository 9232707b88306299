"""Check counts: events and denominators against percentages, arms against totals, the flow of participants."""

from __future__ import annotations

import itertools

from structurer.checks.rounding import printed_range
from structurer.schema import ArmValue, Flag, SampleSizeRole, TrialReport

_FLOW = "CONSORT 2010, item 13a"
_ONE_PLACE = 250  # characters
_NEAR_MISS = 0.15
# A count that exceeds the one before it by more is rather another study's or another unit's.
_OVERRUN = 1.25
_MOST_CHOICES = 64
# Beyond this many arms a sum is more likely over strata than over arms.
_MOST_ARMS = 6


def check_arm_value(value: ArmValue) -> list[Flag]:
    """A flag where events, denominator and percentage can't all be right."""
    if value.events is None or value.n is None:
        return []
    if value.n == 0 or value.events > value.n:
        message = f"{value.events} events among {value.n}"
        return [Flag("events_exceed_n", message, value.start, value.end)]
    if value.percent is None:
        return []
    exact = 100 * value.events / value.n
    printed = printed_range(value.percent)
    # Some journals cut digits off instead of rounding: allow a whole unit of the last place.
    slack = printed.high - printed.low
    if printed.low - slack / 2 <= exact <= printed.high + slack / 2:
        return []
    message = f"{value.events} of {value.n} is {exact:.1f}%, printed as {value.percent}%"
    return [Flag("percent_disagrees_with_counts", message, value.start, value.end)]


def check_totals(report: TrialReport) -> list[Flag]:
    """A flag where the arms' sizes at allocation don't sum to the number randomised."""
    sizes = [s for s in report.sample_sizes if s.role is SampleSizeRole.ARM and s.arm]
    total = next(
        (s for s in report.sample_sizes if s.role is SampleSizeRole.RANDOMIZED and s.value == report.n_total), None
    )
    per_arm = {s.arm: s.value for s in sizes}
    named = {arm.label for arm in report.arms}
    if total is None or not 2 <= len(per_arm) <= _MOST_ARMS or set(per_arm) != named:
        return []
    summed = sum(per_arm.values())
    sizes_of = [sorted({s.value for s in sizes if s.arm == arm}) for arm in per_arm]
    choices = itertools.islice(itertools.product(*sizes_of), _MOST_CHOICES)
    # Another set of sizes may be the one at allocation, and a sum that is printed itself is another population's.
    if any(sum(chosen) == total.value for chosen in choices) or any(s.value == summed for s in report.sample_sizes):
        return []
    # Sizes from another place are often a subgroup's, and sums far off another set's: only near misses in one place
    # are worth a reader's time.
    near = all(abs(size.start - total.start) <= _ONE_PLACE for size in sizes)
    if summed == total.value or not near or abs(summed - total.value) > _NEAR_MISS * total.value:
        return []
    parts = " + ".join(str(n) for n in per_arm.values())
    message = f"arms {parts} = {summed}, but {total.value} randomised"
    return [Flag("arms_do_not_sum", message, total.start, total.end, _FLOW)]


def check_flow(report: TrialReport) -> list[Flag]:
    """A flag where more were analysed or completed than randomised, or more randomised than screened."""
    order = (
        (SampleSizeRole.SCREENED, SampleSizeRole.RANDOMIZED),
        (SampleSizeRole.RANDOMIZED, SampleSizeRole.ANALYZED),
        (SampleSizeRole.RANDOMIZED, SampleSizeRole.COMPLETED),
    )
    whole = [s for s in report.sample_sizes if s.arm is None]
    flags: list[Flag] = []
    for earlier, later in order:
        firsts = [s for s in whole if s.role is earlier]
        seconds = [s for s in whole if s.role is later and s.rule != "of"]
        if not firsts or not seconds or report.n_total is None:
            continue
        for size in seconds:
            # "587 were randomised, and 568 were eligible": what is told later came later
            before = [s.value for s in firsts if s.start <= size.start or later is not SampleSizeRole.RANDOMIZED]
            limit = max(before, default=size.value)
            if limit < size.value <= _OVERRUN * limit:
                message = f"{size.value} {later.value}, but {limit} {earlier.value}"
                flags.append(Flag("flow_out_of_order", message, size.start, size.end, _FLOW))
    return flags
