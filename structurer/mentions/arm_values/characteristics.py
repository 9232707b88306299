"""Tell who took part from what came of it: age and sex, and shares of the sample at baseline."""

from __future__ import annotations

import re

from structurer.mentions.arm_values.place import NOT, Judgement
from structurer.mentions.arm_values.shape import Shape
from structurer.text.words import words_in

_DEMOGRAPHIC_WORDS = frozenset({"age", "ages", "baseline"})
# A sentence that tells who took part: age and sex side by side
_DEMOGRAPHIC = re.compile(
    r"(?<![a-z])(?:mean|median|average) (?:[(\[][^)\]]{1,12}[)\]] )?ages?(?![a-z])[^;]{0,200}(?<![a-z])(?:male"
    r"|female|men|women|white|males|females)(?![a-z])"
    r"|(?<![a-z])at baseline,? [^;]{0,60}(?:treated with|receiving|taking|using)(?![a-z])"
)
# A sentence of shares at baseline, of the whole sample
_AT_BASELINE = re.compile(r"\s*(?:results?: ?)?at (?:baseline|enrol+ment|study entry|entry|inclusion)(?![a-z])")
_GROUPS = re.compile(r"(?<![a-z])(?:vs?\.?|versus|compared|groups?|arms?|than|respectively)(?![a-z])")
_SHARES = frozenset({"percent", "share", "fraction"})


def without_characteristics(
    lower: str, begin: int, stop: int, shapes: list[Shape], verdicts: list[Judgement]
) -> list[Judgement]:
    """The verdicts of the sentence `lower[begin:stop]`, NOT for what only tells who took part in it."""
    if words_in(lower[begin:stop]).isdisjoint(_DEMOGRAPHIC_WORDS):
        return verdicts
    if _DEMOGRAPHIC.search(lower, begin, stop):
        return [v if s.form == "spread" else NOT for s, v in zip(shapes, verdicts, strict=True)]
    if _AT_BASELINE.match(lower, begin, stop) and not _GROUPS.search(lower, begin, stop):
        return [NOT if s.form in _SHARES else v for s, v in zip(shapes, verdicts, strict=True)]
    return verdicts
