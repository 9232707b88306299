"""Check registry IDs: those whose number holds a year must hold a possible one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.schema import Flag, RegistryId

_YEAR = re.compile(
    r"(?:ACTRN126(?P<actrn>\d{2})|CTRI/(?P<ctri>\d{4})/|PACTR(?P<pactr>\d{4})|IRCT(?P<irct>\d{4})|CRD42(?P<crd>0?\d{4})|(?P<eudract>\d{4})-\d{6}-\d{2})"
)
# The first registries of trials opened in the late 1990s; Iran's counts in its own calendar, from 1385.
_FIRST, _LAST = 1997, 2035
_FIRST_SOLAR, _LAST_SOLAR = 1385, 1420
_SOURCE = "WHO ICTRP, registry pages"


def check_registry_ids(ids: Sequence[RegistryId]) -> list[Flag]:
    """A flag for each ID whose year of registration can't be, or whose number is all zeros."""
    flags: list[Flag] = []
    for found in ids:
        if re.fullmatch(r"[A-Z]+0+", found.id):
            message = f"{found.id} has no number"
            flags.append(Flag("registry_id_impossible", message, found.start, found.end, _SOURCE))
            continue
        match = _YEAR.match(found.id)
        if match is None or match.lastgroup is None:
            continue
        year = int(match[match.lastgroup]) + (2000 if match.lastgroup == "actrn" else 0)
        solar = match.lastgroup == "irct" and _FIRST_SOLAR <= year <= _LAST_SOLAR
        if not (_FIRST <= year <= _LAST or solar):
            message = f"{found.id} would have been registered in {year}"
            flags.append(Flag("registry_id_impossible", message, found.start, found.end, _SOURCE))
    return flags
