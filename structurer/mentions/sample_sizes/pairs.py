"""Two counts that share one noun: `46 and 23 participants`, `58 tea and 65 control women`."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.count_cues import CountedNoun
from structurer.mentions.sample_sizes.group_lists import splits_by_trait
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber

# The groups' names may stand before the noun, a share behind the first.
NAMED_PAIR = re.compile(
    r"(?: [(\[][^()\[\]]{1,12}[)\]])? [a-z-]{2,14}(?<![bcdfghjklmnpqrtvwxyz]s)"
    r"(?: [(\[][^()\[\]]{1,40}[)\]])?,? (?:and|vs\.?|versus) "
)
# Between the numbers of a pair: "and", after the noun or after a group's short name in capitals ("78 IG and").
AND_PAIR = re.compile(
    r"(?: (?:patients|participants|women|men|subjects|children|[A-Z][A-Z0-9/+-]{1,14}))?,? (?:and|vs\.?|versus|or) "
)


def are_named_pair(lower: str, before: WholeNumber, number: WholeNumber, noun: CountedNoun | None) -> bool:
    """Whether `before` and `number`, which stands next, count two kinds of the people that `noun` names; not two sexes.

    `lower` is the normalised text in lower case.
    """
    if noun is None or not 0 < len(noun.modifiers) < 3 or min(before.value, number.value) < 3:
        return False
    named = NAMED_PAIR.fullmatch(lower, before.end, number.start)
    return named is not None and not splits_by_trait(lower, [before, number], noun.end)
