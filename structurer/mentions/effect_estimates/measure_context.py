"""What surrounds an estimate: all that the choice of its measure goes by."""

from __future__ import annotations

from dataclasses import dataclass

from structurer.schema import EffectMeasure


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds an estimate, in lower case.

    `before` reaches from the last result (or the sentence's start) to the estimate, `between` from the estimate to
    its interval, `behind` from the interval on, `sentence` is the whole; `about` is the interval's own words
    ("for difference"); `paired` says that a like estimate stands on the other side of a "versus" or "and", `versus`
    that it is a "versus"; `positive` that all numbers are above nothing, `straddles` that the interval holds nothing
    or lies below it, `around_one` that its limits lie about one and above nothing, `negative` that the estimate is
    below nothing, `large` that it is above anything that a ratio comes to, `above_one` that the upper limit is above
    one and no larger than a ratio's. `one_group` is the measure of one group that the sentence gave last, `ratio`
    the ratio that the text gave last, and `governed` says that the result before it in its sentence is a difference
    and that the sentence lists differences.
    """

    before: str
    between: str
    behind: str
    sentence: str
    about: str
    unit: str | None
    percent: bool
    has_estimate: bool
    paired: bool
    versus: bool
    positive: bool
    straddles: bool
    around_one: bool
    negative: bool
    large: bool
    above_one: bool
    one_group: EffectMeasure | None
    governed: bool
    ratio: EffectMeasure | None
