"""Counts that other counts are taken from: the n of `x of n`, `x (p%) of n`, `x/n` and `p% of n`."""

from __future__ import annotations

import re

from structurer.mentions.sample_sizes.count_context import Role, clause_after
from structurer.mentions.sample_sizes.count_cues import CountedNoun, counted_noun, cue_after
from structurer.mentions.sample_sizes.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole

# What stands between a numerator and its denominator: " of ", " (12%) of the ", " [12%] of a total of ",.
_OF = re.compile(
    r"(?: ?[(\[][^()\[\]]{1,40}[)\]])?(?: (?:eligible |evaluable )?(?:patients|participants|women|men|"
    r"subjects|children|eyes|individuals|infants|cases|animals))?"
    r"(?: ?[(\[][^()\[\]]{1,40}[)\]])?,? (?:out )?(?:of|from|among)(?: (?:the|all|a total of|these|those|our))? \Z"
)
_PERCENT_OF = re.compile(r"%(?: ?[(\[][^()\[\]]{1,40}[)\]])?,? of (?:the |all |a total of |these )?\Z")
# "124 [3.8%] in 3295 women": told to be a share by its own arithmetic
_SHARE_IN = re.compile(r" ?[(\[](\d{1,3}(?:\.\d+)?) ?%[)\]] in (?:the )?\Z")
_PERCENT_GOES_ON = re.compile(r" (?:in|of) the|[),;]| (?:for|receiving|given|treated with|on) ")
_NONE_OF = re.compile(
    r"(?<![a-z])(?:none|all|both|most|half|majority|any|each|neither|proportion|subset|"
    r"group) (?:out )?of (?:the |these )?\Z"
)
# What may follow a denominator that names no one: "8 of 14 in the placebo group", "8 of 14)".
_GOES_ON = re.compile(
    r" ?[),;.\]\[(]| ?\Z|-{1,2} | (?:in|with|who|given|treated|assigned|allocated|randomi[sz]ed|"
    r"receiving|had|have|has|were|was|and|vs|versus|"
    r"compared|on|for|at|met|responded|completed|recurred|died|showed|achieved|developed|experienced|taking|or|"
    r"(?:[a-z-]+ ){1,3}(?:patients|participants|women|men|subjects|children|eyes))(?![a-z])"
)
_SLASH = re.compile(
    r"(\d(?<![\w./-].)(?:\d{0,2}(?:,\d{3})+|\d{0,5})) ?/ ?(\d{1,3}(?:,\d{3})+|\d{1,6})"
    r"(?![\d/,]\d)(?![\d%/.]\d)(?![\d%/])"
)
# "amlodipine 10 mg/valsartan 160 mg (10/160)" gives a dose its short name
_DOSE_PAIR = re.compile(r"\d ?mg \((\d{1,4}/\d{1,4})\)")
_SLASH_NO = re.compile(
    r"(?<![a-z])(?:hpv|non-hpv|grades?|stages?|types?|level|phase|class|vision|acuity|ratio|days?|bp|"
    r"pressure|visual|hz|scale|scores?|score of|dose[sd]?|\d) ?\Z"
)
_SLASH_UNIT = re.compile(
    r" ?(?:swollen|tender|hla|mm ?hg|mg|ml|µg|mcg|kg|weeks?|days?|months?|years?|hours?|h|min)(?![a-z])"
)


_ONE_OF = re.compile(r"(?<![a-z])one(?: ?[(\[][^()\[\]]{1,20}[)\]])? of (?:the )?\Z")
# "42 eyes of 40 patients": whose they are
_PARTS_OF = re.compile(r" (?:eyes|knees|hips|ears|teeth|limbs|legs|breasts|shoulders) (?:of|from) \Z")
_THINGS = re.compile(
    r" (?:[a-z-]+ ){0,2}?(?!(?:was|is|has|vs|versus|as|this|less|across|plus|previous|his|its|"
    r"cases)(?![a-z]))[a-z-]{2,}[a-rt-z]s(?![a-z])"
)


def counts_things(lower: str, end: int, stop: int) -> bool:
    """Whether the number that ends at `end` counts something other than people (`of 238 nodes`, `151/177 cycles`)."""
    return bool(_THINGS.match(lower, end, stop)) and counted_noun(lower, end, stop) is None


def slash_pairs(lower: str) -> list[tuple[int, WholeNumber]]:
    """The `x/n` of a text in lower case: where each begins, and its n."""
    pairs: list[tuple[int, WholeNumber]] = []
    if "/" not in lower:
        return pairs
    doses = set(_DOSE_PAIR.findall(lower)) if "mg (" in lower else set()
    for match in _SLASH.finditer(lower):
        if match.group().replace(" ", "") in doses:
            continue
        x, n = (int(part.replace(",", "")) for part in match.groups())
        start, end = match.span()
        if not x <= n or n < 2 or _SLASH_NO.search(lower, max(0, start - 12), start) or _SLASH_UNIT.match(lower, end):
            continue
        if (1985 <= x <= n <= 2035 and n - x < 5) or (x <= 12 and 1985 <= n <= 2035 and match.group(1)[0] == "0"):
            continue
        if x == 1 and n >= 1000 and n % 1000 == 0:
            continue
        if counts_things(lower, end, min(len(lower), end + 60)):
            continue
        if n < 5 and not _small_pair_counts_people(lower, start, end):
            continue
        pairs.append((start, WholeNumber(match.start(2), end, n)))
    return pairs


def _small_pair_counts_people(lower: str, start: int, end: int) -> bool:
    in_brackets = lower[start - 1 : start] in {"(", "["} and lower[end : end + 1] in {")", "]", ","}
    return in_brackets or counted_noun(lower, end, end + 60) is not None


def is_denominator(lower: str, number: WholeNumber, previous: WholeNumber | None, stop: int) -> bool:
    """Whether `number` is what a count or a percentage is taken from; `previous` is the number before it, if any."""
    if lower.endswith((" in ", " in the "), 0, number.start):
        return previous is not None and is_share_of(lower, previous, number)
    before = lower[max(0, number.start - 60) : number.start]
    if not before.endswith((" of ", " the ", " from ", " among ", " all ", " these ", " those ", " our ")):
        return False
    if _PERCENT_OF.search(before):
        noun = counted_noun(lower, number.end, stop)
        return (noun is not None and noun.kind != "cluster") or bool(_PERCENT_GOES_ON.match(lower, number.end, stop))
    if _NONE_OF.search(before):
        noun = counted_noun(lower, number.end, stop)
        return bool(re.search(r"(?:none|any) of \Z", before)) and (
            noun is not None or bool(_GOES_ON.match(lower, number.end, stop))
        )
    if _ONE_OF.search(before):
        noun = counted_noun(lower, number.end, stop)
        if number.value == 2:
            return False
        return noun.kind != "cluster" if noun is not None else bool(_GOES_ON.match(lower, number.end, stop))
    if previous is None or previous.value > number.value or number.start - previous.end > 90:
        return False
    if not _OF.fullmatch(lower, previous.end, number.start) or _PARTS_OF.fullmatch(lower, previous.end, number.start):
        return False
    noun = counted_noun(lower, number.end, stop)
    if noun is not None:
        return noun.kind != "cluster"
    if counts_things(lower, number.end, stop):
        return False
    shared = "%" in lower[previous.end : number.start] and number.value >= 5
    return (bool(_GOES_ON.match(lower, number.end, stop)) and number.value >= 2) or shared


def is_share_of(lower: str, taken: WholeNumber, number: WholeNumber) -> bool:
    """Whether `x (p%) in n` is printed and x is p per cent of n."""
    printed = _SHARE_IN.fullmatch(lower, taken.end, number.start) if number.value > 0 else None
    return printed is not None and abs(100 * taken.value / number.value - float(printed.group(1))) < 0.6


def is_count_before(lower: str, taken: WholeNumber, number: WholeNumber) -> bool:
    """Whether `taken` is the x of `x of n`, and not a number that only stands before `p% of n`."""
    return taken.value <= number.value and (
        bool(_OF.fullmatch(lower, taken.end, number.start)) or is_share_of(lower, taken, number)
    )


# Those taken out of all who were asked: 75/950 women approached agreed to randomisation
_TAKEN_AFTER = re.compile(
    r" (?:(?:who were |were )?(?:approached|screened|invited|eligible|contacted|assessed),? (?:and )?)?"
    r"(?P<verb>were (?:enrolled|recruited|randomi[sz]ed)|(?:agreed|consented) to |consented|participated|took part)"
)
_ALSO_RANDOMIZED = re.compile(r"[^.;]{0,40}randomi[sz]")


def taken_of_slash(lower: str, noun: CountedNoun, stop: int) -> SampleSizeRole | None:
    """The role of the x of `x/n` where those are the sample, taken from n who were asked."""
    match = _TAKEN_AFTER.match(lower, noun.end, stop)
    if match is None:
        return None
    return Role.RANDOMIZED if _ALSO_RANDOMIZED.match(lower, match.start("verb"), stop) else Role.ENROLLED


def taken_role(lower: str, noun: CountedNoun, stop: int) -> SampleSizeRole | None:
    """The role of the x of `x of n` where the x are the sample, told by the words around the noun of n."""
    clause = clause_after(lower, noun.end, stop)
    cue = cue_after(clause)
    if cue is not None and cue.role == "screened":
        cue = cue_after(clause[cue.end :])
    if cue is not None and cue.start < 60 and cue.role in {"randomized", "enrolled"}:
        return Role(cue.role)
    return Role.ENROLLED if {"planned", "eligible", "screened", "invited"} & set(noun.modifiers) else None
