"""Find every mention in a text, in order: registry IDs, p-values, counts, effect estimates, values of single arms."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from structurer.mentions.arm_values import find_arm_values
from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values
from structurer.mentions.registry_ids import find_registry_ids
from structurer.mentions.sample_sizes import counts_only_people, find_sample_sizes
from structurer.schema import EffectEstimate, Mention, Section
from structurer.text.reading import Reading

__all__ = ["KINDS", "find_mentions"]

# The kinds of mention, by the names that select them.
KINDS = ("registry_id", "p_value", "sample_size", "effect_estimate", "arm_value")


def find_mentions(
    text: str | Reading, kinds: Collection[str] | None = None, sections: Sequence[Section] = ()
) -> list[Mention]:
    """The mentions in `text` by their place in it; of the named `kinds` only, or of all `KINDS` where None.

    `sections` (offsets into the same text) tell what a count counts and keep values out of background.

    >>> [(found.text, type(found).__name__) for found in find_mentions("Pain fell (P = .02; NCT03124598).")]
    [('P = .02', 'PValue'), ('NCT03124598', 'RegistryId')]
    """
    reading = Reading.of(text)
    wanted = KINDS if kinds is None else kinds
    found: list[Mention] = []
    ids = find_registry_ids(reading) if {"registry_id", "arm_value"}.intersection(wanted) else []
    sizes = find_sample_sizes(reading, sections) if {"sample_size", "arm_value"}.intersection(wanted) else []
    if "registry_id" in wanted:
        found += ids
    if "sample_size" in wanted:
        found += sizes
    # A value inside an ID or an estimate is no arm's value, and one inside a p-value no estimate.
    in_turn = {"p_value", "effect_estimate", "arm_value"}.intersection(wanted)
    p_values = find_p_values(reading) if in_turn else []
    effects = find_effect_estimates(reading, p_values) if in_turn - {"p_value"} else []
    if "p_value" in wanted:
        found += p_values
    if "effect_estimate" in wanted:
        found += effects
    if "arm_value" in wanted:
        claimed = [(mention.start, mention.end) for mention in (*ids, *p_values, *effects)]
        counted = [(size.start, size.end) for size in sizes if counts_only_people(reading.lower, size)]
        found += find_arm_values(reading, sections, [*claimed, *_interval_spans(effects)], counted)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _interval_spans(effects: Sequence[EffectEstimate]) -> list[tuple[int, int]]:
    return [(effect.interval.start, effect.interval.end) for effect in effects if effect.interval is not None]
