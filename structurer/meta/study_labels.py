"""A short label for each study, as the rows of a forest plot have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_LONGEST = 37
# The trial's short name: in brackets, or before or behind a colon; capitals with digits, hyphens, one or two words.
_ACRONYM = re.compile(
    r"\((?P<in>[A-Z][A-Z0-9][\w-]{1,20}(?: [A-Z0-9][\w-]{0,12})?)\)"
    r"|^(?P<before>[A-Z][A-Z0-9][\w-]{1,20}(?: [A-Z0-9]{1,6})?):"
    r"|: (?:the )?(?P<behind>[A-Z][A-Z0-9][\w-]{1,20})(?: |\Z)"
)
# A drug's number at its maker stands in brackets too: "everolimus and apitolisib (GDC-0980)".
_DRUG_CODE = re.compile(r"[A-Z]{2,4}[ -]?\d{3,7}[A-Z]?\Z")
# Words at which no label ends.
_JOINING = re.compile(
    r"(?: (?:a|an|and|after|among|as|at|by|for|from|in|of|on|or|the|to|versus|vs|with))+\Z", re.IGNORECASE
)
_CAPITALS = re.compile(r"[A-Z].*[A-Z].*[A-Z]")


class Study(NamedTuple):
    """What names a study: the title and year of its report, and its id."""

    record_id: str
    title: str | None
    year: int | None


def study_labels(studies: Iterable[Study]) -> Mapping[str, str]:
    """The label of each study by record id: the trial's short name, else its title's first words, and the year.

    Where two studies would have the same label, the record id is added.

    >>> titles = "Corvatinib in cancer (HELICON): a trial", "Warm tea versus cold tea for chapped lips in winter"
    >>> list(study_labels([Study("1", titles[0], 2020), Study("2", titles[1], None)]).values())
    ['HELICON 2020', 'Warm tea versus cold tea for chapped']
    """
    studies = list(studies)
    labels = {study.record_id: _label(study) for study in studies}
    often = Counter(labels.values())
    return {key: label if often[label] == 1 else f"{label} [{key}]" for key, label in labels.items()}


def _label(study: Study) -> str:
    name = _short_name(study.title or "") or study.record_id
    return f"{name} {study.year}" if study.year else name


def _short_name(title: str) -> str:
    for match in _ACRONYM.finditer(title):
        found = match["in"] or match["before"] or match["behind"]
        if _CAPITALS.search(found) and not (match["in"] and _DRUG_CODE.match(found)):
            return found
    if len(title) <= _LONGEST:
        return title.rstrip(". ")
    cut = title[: _LONGEST + 1].rsplit(" ", 1)[0]
    return _JOINING.sub("", cut.rstrip(" ,;:.-")).rstrip(" ,;:.-")
