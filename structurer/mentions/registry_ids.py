"""Find registration numbers of trials and reviews, each in its registry's canonical spelling, each once.

What an ID looks like stands in `resources/registries.csv`, one shape a row. A shape with its registry's own letters
(`NCT`, `ISRCTN`) stands by itself; bare digits count only beside the registry's name. Grant numbers, ethics numbers,
protocol codes and telephone numbers of the same shape are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from structurer.resources import load_vocabulary
from structurer.schema import RegistryId
from structurer.text.reading import Reading

_COLUMNS = ("registry", "anchor", "pattern", "canonical", "continues", "refuse", "url", "ictrp", "example_id")

# What may stand between a registry's name and the bare number: ", number", " (Registration no. ", " website http://..."
_CONNECT = (
    r"(?:[ ,:;.#=()\[\]'\"/°-]|(?i:numbers?|no|nr|nos|registry|registration|register|registered|registers|identifiers?"
    r"|identification|identified|unique|id|reference|ref|clinical|trials?|website|site|code|database|study|the|with|as|at"
    r"|under|is|was|japan|https?|www|controlled-trials|isrctn|com|org|ac|jp|ctr)(?![A-Za-z])){0,16}"
)
# In a list the letters are printed once: "NCT03124598 and 03124599", "NTR5512/5513"
_LIST_JOINT = r"(?: ?(?:,|;|/|&|and|or|, and) ?)"
# Words before a number that say it belongs to something else: "grant 2011-004821-37", "ethics approval no. ..."
_OTHER_NUMBER = re.compile(
    r"(?:grants?|awards?|ethic\w{0,3}|irb|rec|contract|approv\w{0,3}|licen[cs]e|patent|doi|phone|tel|fax|isbn|issn|pmid"
    r"|protocol|committee|agreement|project|batch|lot)[ a-z]{0,24}[ .:#(,-]{0,4}\Z",
    re.IGNORECASE,
)
_TRIAL_WORDS = re.compile(r"eudra|euctr|ctis|regist|trial|eu ct|nct0|isrctn|\bct\b", re.IGNORECASE)
# What every text with an ID has at least one of: five digits on end, or letters of those whose digits are fewer.
_DIGITS = bytes(48 if 48 <= sign < 58 else 32 for sign in range(256))
_LETTERS = (
    "egist",
    "EGIST",
    "NCT",
    "N CT",
    "NC T",
    "ISRCTN",
    "NTR",
    "RBR",
    "SLCTR",
    "PER-",
    "NMRR",
    "HKUCTR",
    "1111",
    "DOH-27",
    " TC",
    "12,6",
)
_SEPARATORS = re.compile(r"[\s:.,#(-]")
_YEARS = range(2003, 2036)


@dataclass(frozen=True, slots=True)
class _Shape:
    rule: str
    registry: str
    anchors: frozenset[str]  # letters of which one must stand in the text, in any case, or in capitals as they are
    pattern: re.Pattern[str]
    canonical: str
    continues: re.Pattern[str] | None
    refuses: bool
    url: str


@cache
def _shapes() -> tuple[_Shape, ...]:
    return tuple(
        _Shape(
            rule=row["id"],
            registry=row["registry"],
            anchors=frozenset(row["anchor"].split("|")),
            pattern=re.compile(row["pattern"].replace("{CONNECT}", _CONNECT)),
            canonical=row["canonical"],
            continues=re.compile(rf"{_LIST_JOINT}(?P<id>(?P<a>{row['continues']}))(?![\d-]\d)(?!\d)")
            if row["continues"]
            else None,
            refuses=row["refuse"] == "grants",
            url=row["url"],
        )
        for row in load_vocabulary("registries", _COLUMNS)
    )


@cache
def _anchors() -> tuple[frozenset[str], frozenset[str]]:
    """All anchors of all shapes: those of any case, and those in capitals."""
    every = frozenset().union(*(shape.anchors for shape in _shapes()))
    small = frozenset(anchor for anchor in every if anchor == anchor.lower())
    return small, every - small


def find_registry_ids(text: str | Reading) -> list[RegistryId]:
    """The registration numbers in `text`, in its order, each at its first mention.

    `id` is canonical (spaces, signs and misprinted letters mended), `text` as printed, `url` the registry's page of
    this study or None.

    >>> [(found.id, found.registry, found.text) for found in find_registry_ids("Registered (NCT: 0312 4598).")]
    [('NCT03124598', 'ClinicalTrials.gov', 'NCT: 0312 4598')]
    """
    reading = Reading.of(text)
    norm = reading.norm
    if b"00000" not in norm.encode("ascii", "replace").translate(_DIGITS) and not any(map(norm.__contains__, _LETTERS)):
        return []
    lower = reading.lower
    anchors, capitals = _anchors()
    present = {anchor for anchor in anchors if anchor in lower}
    present.update(anchor for anchor in capitals if anchor in norm)
    found: list[RegistryId] = []
    for shape in _shapes():
        if shape.anchors.isdisjoint(present):
            continue
        for match in shape.pattern.finditer(norm):
            if shape.refuses and not _is_plausible(norm, match):
                continue
            _add(found, reading.text, shape, match)
            following = shape.continues.match(norm, match.end("id")) if shape.continues else None
            while following is not None and shape.continues is not None:
                _add(found, reading.text, shape, following)
                following = shape.continues.match(norm, following.end("id"))
    return _first_mentions(found)


def _add(found: list[RegistryId], text: str, shape: _Shape, match: re.Match[str]) -> None:
    start, end = match.span("id")
    identifier = _canonical(shape.canonical, match)
    url = shape.url.replace("{id}", identifier) or None
    found.append(
        RegistryId(
            start=start, end=end, text=text[start:end], rule=shape.rule, id=identifier, registry=shape.registry, url=url
        )
    )


def _canonical(template: str, match: re.Match[str]) -> str:
    parts = {name: _compact(part) for name, part in match.groupdict().items() if part is not None}
    if template == "chictr":
        # "ChiCTR-TRC-12003345" until 2017; "ChiCTR1900021234" since.
        kind, number = parts.get("a", "").upper(), parts["b"]
        return f"ChiCTR-{kind}-{number}" if kind else f"ChiCTR{number}" if len(number) == 10 else f"ChiCTR-{number}"
    if template == "rebec":
        return f"RBR-{parts['a'].lower()}"
    parts.setdefault("d", "00")
    return template.format_map(parts)


def _compact(part: str) -> str:
    """A part of an ID without the spaces and signs that crept in; a letter O at its head is a zero."""
    compact = _SEPARATORS.sub("", part)
    return "0" + compact[1:] if compact[:1] == "O" and compact[1:].isdigit() else compact


def _is_plausible(norm: str, match: re.Match[str]) -> bool:
    """Whether digits in the shape of a European trial number are one: a year there was, and no grant's number."""
    if int(match.group("a")) not in _YEARS:
        return False
    before = norm[max(0, match.start("id") - 90) : match.start("id")]
    if _OTHER_NUMBER.search(before[-45:]):
        return bool(re.search(r"eudra|euctr|ctis|eu ct", before[-45:], re.IGNORECASE))
    if match.groupdict().get("d"):
        return True
    return bool(_TRIAL_WORDS.search(before) or _TRIAL_WORDS.search(norm[match.end("id") : match.end("id") + 60]))


def _first_mentions(found: list[RegistryId]) -> list[RegistryId]:
    kept: list[RegistryId] = []
    seen: set[str] = set()
    end = 0
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if mention.id.upper() in seen or mention.start < end:
            continue
        seen.add(mention.id.upper())
        kept.append(mention)
        end = mention.end
    return kept
