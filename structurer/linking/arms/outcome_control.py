"""Tell the control of an outcome ("pain control", "control of blood pressure") from a group called control."""

from __future__ import annotations

import re

_CONTROLLED_BEFORE = re.compile(
    r"(?<![a-z])(?:pain|glucose|sugar|glyca?emic|glycaemic|diabetes|metabolic|lipid|cholesterol|disease|symptoms?"
    r"|asthma|tumou?r|cancer|local|locoregional|regional|distant|intracranial|pressure|bp|hypertension|weight"
    r"|appetite|seizures?|birth|cycle|bleeding|ha?emorrhage|infection|malaria|vector|viral|rate|rhythm|motor"
    r"|postural|balance|cognitive|impulse|inhibitory|attentional|executive|self|quality|nausea|vomiting|emesis"
    r"|fever|anxiety|spasticity|plaque|temperature|fluid|volume|phosphate|phosphorus|iop|tobacco|complete|adequate"
    r"|optimal|good|better|poor|improved|perceived|behaviou?ral|neuromuscular|damage|airway)[ -]\Z"
)
_GROUP_AFTER = re.compile(
    r" (?:groups?|arms?|patients|participants|subjects|children|women|men|cohort|condition)(?![a-z])"
)
_CONTROLLED_AFTER = re.compile(r" (?:of|over) (?!(?:the )?\d)")


def controls_an_outcome(lower: str, start: int, end: int) -> bool:
    """Whether the word "control" at `lower[start:end]` is of what the words around it name, and so no group.

    >>> text = "pain control was better than in the control group"
    >>> [controls_an_outcome(text, at, at + 7) for at in (5, 35)]
    [True, False]
    """
    if lower[start:end] not in ("control", "controls") or _GROUP_AFTER.match(lower, end):
        return False
    if _CONTROLLED_AFTER.match(lower, end):
        return True
    return _CONTROLLED_BEFORE.search(lower, max(0, start - 20), start) is not None
