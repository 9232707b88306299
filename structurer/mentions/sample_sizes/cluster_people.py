"""The people that an aside counts after their clusters: `40 schools (3188 pupils)`, `A (21 practices, 1583 adults)`."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.count_context import Met, Place, Role
from structurer.mentions.sample_sizes.count_cues import CountedNoun

_CLUSTERS = (
    r"(?:trials|studies|practices|schools|clusters|villages|homes|hospitals|clinics|centres|centers|communities|sites"
    r"|wards|teams|units|districts|pharmacies|households|classes|classrooms|areas|streets)"
)
# clusters stand before the bracket ("40 schools (118 teams, 3188") or in it only ("reminders (21 practices, 1583")
_CLUSTERS_AND = re.compile(
    rf"(?P<whole>(?<![a-z]){_CLUSTERS} )?[(\[](?:(?:n ?= ?)?\d[\d,]* (?:[a-z-]+ )?{_CLUSTERS}(?:,|;| and|, and) )?"
    r"(?:n ?= ?)?\Z"
)
STAFF = ("practitioners", "physicians", "doctors", "clinicians", "nurses", "teachers", "gps", "workers")
_CLUSTERS_HOLD = re.compile(rf"(?<![a-z]){_CLUSTERS} [(\[](?:n ?= ?)?\d")


def people_of_clusters(lower: str, noun: CountedNoun, place: Place, before: str) -> Met | None:
    """The role of people counted in brackets behind their clusters: all of them, or one arm's; None for others.

    `before` ends where their count begins.
    """
    match = _CLUSTERS_AND.search(before)
    if match is None or not (match.group("whole") or "," in match.group() or " and " in match.group()):
        return None
    several = len(_CLUSTERS_HOLD.findall(lower, place.begin, min(place.stop, noun.end + 200))) > 1
    if match.group("whole") is None or several:
        return Role.ARM, "of-clusters"
    if place.allocation or (place.clustered and place.design):
        return Role.RANDOMIZED, "of-clusters"
    return (Role.ANALYZED if place.findings else Role.ENROLLED), "of-clusters"
