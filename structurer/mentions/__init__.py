"""Find every mention in a text, in order: registry IDs, p-values, counts of participants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from structurer.mentions.p_values import find_p_values
from structurer.mentions.registry_ids import find_registry_ids
from structurer.schema import Mention
from structurer.text.reading import Reading

FINDERS: Mapping[str, Callable[[str | Reading], Sequence[Mention]]] = MappingProxyType(
    {
        "registry_id": find_registry_ids,
        "p_value": find_p_values,
    }
)


def find_mentions(text: str | Reading, kinds: Collection[str] | None = None) -> list[Mention]:
    """The mentions in `text` by their place in it; of the named `kinds` of `FINDERS` only, or of all where None.

    >>> [(found.text, type(found).__name__) for found in find_mentions("Pain fell (P = .02; NCT03124598).")]
    [('P = .02', 'PValue'), ('NCT03124598', 'RegistryId')]
    """
    reading = Reading.of(text)
    found = [mention for kind, find in FINDERS.items() if kinds is None or kind in kinds for mention in find(reading)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
