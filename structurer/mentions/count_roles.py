"""What a count counts, from the words around it: the role of a number with a noun, alone, or after `n =`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from structurer.mentions.count_cues import CountedNoun, Cue, cue_after, cue_before
from structurer.mentions.whole_numbers import WholeNumber
from structurer.schema import SampleSizeRole, SectionLabel

Role = SampleSizeRole
Met = tuple[SampleSizeRole, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its sentence (`begin`, `stop`) in the text in lower case, and what that says.

    `allocation`: the sentence speaks of assigning people to groups; `design`: it names a trial's design; `will`: it tells of what is to come; `clustered`:
    the text randomises clusters; `last`: the role of the sample size before it in the sentence; `findings`: the text has come to its
    findings; `totalled`: an earlier sentence has told how many took part; `left`: where the words before the count end; `solitary`: the sentence's only `n =`; `adds_up`: numbers
    after it add up to it.
    """

    lower: str
    begin: int
    stop: int
    label: SectionLabel | None
    allocation: bool
    design: bool
    will: bool
    clustered: bool
    last: SampleSizeRole | None
    findings: bool
    totalled: bool
    left: int
    solitary: bool
    adds_up: bool


_ASIDE = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_CLAUSE = re.compile(r";|(?<![a-z])(?:while|whereas)(?![a-z])|[)\]]")
_PERCENT = re.compile(r" ?[(\[,] ?(?:approximately |about |[<>~≤≥] ?)?\d{1,3}(?:\.\d+)? ?(?:%|[)\]])")
_PERCENT_BEFORE = re.compile(r"\d ?%(?:[^()\[\]]{0,4}| of [^()\[\]]{0,30})[(\[,;] ?n ?= ?\Z")
_GROUP_AFTER = re.compile(
    r"(?: ?[(\[][^()\[\]]{0,40}[)\]])? (?:were |was )?(?:assessed |evaluated |treated |randomi[sz]ed |allocated |assigned |included |analy[sz]ed |remaining |enrolled )?(?:in|from|of|to|on|for|into|with) (?:the |each |an? )?(?:(?:[^\s,;()]{1,25} ){1,6}?(?:groups?|arms?|cohorts?|conditions?|schedule|program(?:me)?|clusters?|phase)|(?:group|arm|cohort)s? [a-z0-9]{1,3})(?![a-z])"
)
_GROUP_BEFORE = re.compile(r"(?:group|arm|cohort|condition|controls?|placebo|sham)[ ,:;]{0,2}[(\[]?(?:n ?= ?)?\Z")
_ALSO_RANDOMIZED = re.compile(r".{0,45}?\band (?:then |subsequently |were |was |underwent )*(?:randomi[sz]|randomly|allocated|assigned)")
_CHAIN_BEFORE = re.compile(r"(?:,|;|and|versus|vs\.?|:|with|to|whereas|while|or) (?:the (?:other|remaining) )?\Z")
_CHAIN_AFTER = re.compile(
    r"(?: ?[(\[][^()\[\]]{0,40}[)\]])? (?:(?:were |was |subsequently )?(?:randomly )?(?:assigned |allocated |randomi[sz]ed )?(?:to|in|on|into) |receiving |received |assigned |allocated |given |treated with |with |the |underwent )(?!the final|the analy)"
)
_BARE_BEFORE = re.compile(r"(?:^|[.;:,(\[] |and |whom |which |these, |with |leaving |of them,? |[(\[]|remaining |the |only |data (?:from|for|of) |total of )\Z")
_BARE_LAST = frozenset({"and", "whom", "which", "with", "leaving", "them", "remaining", "the", "only", "from", "for", "of"})
_TOTAL = re.compile(r"(?:total(?: number)? of|in total,?|overall,?|altogether,?|in all,?|total,) (?:the )?\Z")
_OF = re.compile(r"(?:^|[^a-z])(?:of|among|amongst|out of|from)(?: a total of| the| these| all| our| those)? \Z")
_IN = re.compile(r"(?:^|[^a-z])(?:in|on|with|for|between|by|to)(?: a total of| the| these| all| up to)? \Z")
_OCCURRED = re.compile(
    r"(?:occurred|occurring|observed|seen|reported|detected|noted|found|achieved|developed|recorded|present|identified|documented|"
    r"diagnosed|discontinu\w+|positive|increased|decreased|failed|confirmed|performed|required|experienced|led to [a-z ]{0,40}|obtained|response[s]?|event[s]?|toxicity|death[s]?) (?:\w+ )?(?:in|by|for|with) (?:a total of )?\Z"
)
_START = re.compile(r"(?:^|[.:;] ?|findings|results?|participants?|patients?|subjects?|methods?|population|setting|animals):? ?(?:a |the |there were |there was |these |our )?\Z")
_DEMOGRAPHIC = re.compile(r"(?:m[ae]n|wom[ae]n|males?|females?|boys?|girls?)\Z")


_GROUP_ASIDE = re.compile(r" ?[(\[](?![^()]{0,40}(?:each|per |both))(?:[^()\[\]\d]{0,40} )?(?:groups?|arms?)(?: [a-z0-9]{1,3})?[)\]]")
_OF_ARM = re.compile(r" (?:receiving|allocated|assigned|given|treated with|randomi[sz]ed to|on|in the) ")
_GROUP_STANDS_BEFORE = re.compile(r"(?:^|[^a-z])in (?:the |both |each )?(?:[^\s,;()]{1,25} ){1,4}(?:groups?|arms?),? \Z")
_ANY_TREATMENT = re.compile(r".{0,20}received (?:the (?:study|protocol|intervention|allocated|assigned)|at least|study|any|one|all|protocol)")
_SEVERAL = re.compile(
    r"(?<![a-z])(?:either|or|one of|group a|(?:two|three|four|five|six|2|3|4|5|6) (?:\w+ ){0,3}(?:groups|arms|conditions|treatments|regimens)|in (?:a )?\d ?: ?\d)(?![a-z])"
)
# "and 235 to tamoxifen", ", 47 patients received", "; fifty patients were randomised"
_ANOTHER_ARM = re.compile(
    r"(?:(?<![a-z])and|while|whereas|versus|vs\.?|,|;) (?:the (?:other|remaining) )?(?:\d{1,3}(?:,\d{3})*|\d{1,6}|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty)) (?:\([^()]{0,30}\) )?"
    r"(?:(?:patients|participants|subjects|women|men|children|infants|adults|dogs|eyes|others?) )?(?:were |was )?(?:to |in (?!each|both|total)|received|on |assigned|allocated|randomi|underwent|placebo|controls?|treated|given|radio)"
)


def equals_role(number: WholeNumber, place: Place) -> Met | None:
    """The role of the number of `n = 61`, or None where it is an event count (`44% (n = 54)`, `(n = 54; 11%)`)."""
    lower = place.lower
    before = lower[max(place.begin, number.start - 60) : number.start]
    bare = re.sub(r"n'?s? ?[=:] ?\Z", "", before)
    if _PERCENT_BEFORE.search(before) and not place.allocation:
        return None
    if place.adds_up and place.last is None:
        stage = Role.ANALYZED if place.findings else Role.ENROLLED
        return (Role.RANDOMIZED if place.allocation else stage), "n-equals"
    group = bool(_GROUP_BEFORE.search(before))
    percent = re.match(r" ?(?:patients?)?[,;(\[ ]{1,3}\d{1,3}(?:\.\d+)? ?%", lower[number.end : number.end + 20])
    if percent and not (place.allocation or group):
        return None
    if re.search(r"\bwill\b", lower[place.begin : place.stop]) and not place.allocation:
        return Role.PLANNED, "n-equals"
    if re.search(r"(?:sample size|target|planned)[^.;]{0,20}\Z", bare):
        return Role.PLANNED, "n-equals"
    if re.search(r"(?:died|deaths?|events?|due to[^()]{0,25}|adverse[^()]{0,20}|because of[^()]{0,25}|most common[^()]{0,30}|years?|samples?|studies|sites|centers|centres|practices|trials)[ ,]{0,2}[(\[] ?\Z|(?:adverse|due to|because of)[^()]{0,25}[(\[][^()]{0,45}\Z", bare):
        return None
    if re.search(r"(?:per[ -]protocol|intention|intent|itt|safety|efficacy|analy[sz]|evaluable|completers|population|set)[^()]{0,25}[(\[]? ?\Z", bare):
        return Role.ANALYZED, "n-equals"
    if re.search(r"(?:withdr|dropp?ed? ?out|lost to|excluded|exclusion|discontinu|refus|declin)[^()]{0,30}[(\[] ?\Z", bare):
        return Role.LOST, "n-equals"
    if re.search(r"(?:complet|retained|followed)[^()]{0,25}[(\[]? ?\Z", bare):
        return Role.COMPLETED, "n-equals"
    if re.search(r"(?:screened|eligible|approached|invited)[^()]{0,20}[(\[]? ?\Z", bare) and not place.allocation:
        return Role.SCREENED, "n-equals"
    if re.search(r"(?:sub-?group|subset|sub-?sample|sub-?study)[^()]{0,30}[(\[]? ?\Z", bare):
        return Role.SUBGROUP, "n-equals"
    people = re.search(
        r"(?:patients|participants|subjects|adults|women|men|volunteers|children|individuals|people|students|smokers|adolescents|infants|sample|pairs|dyads|couples|families|households|survivors|veterans|cohort|enrolled|recruited|included|trial|study|total|overall|all)(?: [^()]{0,30})?[ ,]?[(\[]? ?\Z",
        bare,
    )
    if re.search(r"(?:fatal|deaths?|mortality|cvd|strokes?|infections?|fractures?|events?|relapses?|recurrences?|complications?|infarctions?|visits?|specimens?|lesions?|tumou?rs)[ ,]{0,2}[(\[] ?\Z", bare):
        return None
    if place.solitary and not group and place.last in {None, Role.SCREENED}:
        closed = lower.find(")", number.end, number.end + 90)
        cue = cue_after(_clause(lower, closed + 1, place.stop), at_start=False) if closed >= 0 else None
        if place.allocation:
            return Role.RANDOMIZED, "n-equals"
        if cue is not None and cue.start < 60 and cue.role in {"enrolled", "randomized", "analyzed", "completed", "lost", "screened"}:
            return Role(cue.role), "n-equals"
        if not place.findings:
            return (Role.RANDOMIZED if place.design else Role.ENROLLED), "n-equals"
    trait = _WITH_TRAIT.search(bare) or place.last is Role.SUBGROUP
    if trait and not _ALLOCATED_BEFORE.search(lower, place.begin, number.start):
        return Role.SUBGROUP, "n-equals"
    if place.allocation:
        if people and not group and place.last is None and re.search(r"(?:patients|participants|subjects|adults|women|men|volunteers|children|individuals|people|students|sample|randomi[sz]ed|assigned|allocated)[ ,]{0,2}[(\[] ?\Z", bare):
            return Role.RANDOMIZED, "n-equals"
        return Role.ARM, "n-equals"
    if people and not group:
        if place.findings:
            return (Role.ANALYZED if place.last is None else Role.SUBGROUP), "n-equals"
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), "n-equals"
    if place.findings:
        return Role.ANALYZED, "n-equals"
    return Role.ARM, "n-equals"


def counted_role(number: WholeNumber, noun: CountedNoun, place: Place) -> Met | None:
    """The role of a number with the noun that it counts, or None where it counts events or a characteristic."""
    lower = place.lower
    before = lower[max(place.begin, place.left - 110) : place.left]
    if noun.kind == "cluster":
        return (Role.OTHER, "cluster") if place.clustered else None
    if noun.kind == "unit" and not (place.allocation or place.design):
        return None
    if _in_brackets(before):
        return _in_brackets_role(lower, number, noun, place, before)
    percent = bool(_PERCENT.match(lower, number.end) or _PERCENT.match(lower, noun.end))
    if place.will:
        return Role.PLANNED, "will"
    left = cue_before(before)
    right = cue_after(_clause(lower, noun.end, place.stop, shared=not _OF.search(before)))
    if left is not None and not (left.rule == "enrolled-before" and before.rstrip().endswith("including") and place.last):
        return _introduced(lower, noun, place, left, right, percent)
    if not percent and _GROUP_ASIDE.match(lower, noun.end, place.stop):
        return Role.ARM, "group-aside"
    if _OCCURRED.search(before):
        return None
    if not percent and re.search(r"(?:^|[^a-z])(?:for|in|than|of|to) the \Z", before) and _OF_ARM.match(lower, noun.end, place.stop):
        return Role.ANALYZED, "of-arm"
    if place.findings and not percent and noun.modifiers and re.search(r"(?:^|whereas |while |and |versus |, )in \Z", before):
        return Role.ANALYZED, "in"
    return _told(lower, noun, place, right, before, percent)


def _introduced(
    lower: str, noun: CountedNoun, place: Place, left: Cue, right: Cue | None, percent: bool
) -> Met | None:
    role = Role(left.role)
    if role in {Role.ENROLLED, Role.ANALYZED, Role.SCREENED}:
        if right is not None and right.role == "randomized" and right.start < 90:
            return _arm_or_total(lower, noun.end, place, right)
        if role is not Role.ENROLLED and percent:
            return None
        if role is Role.ENROLLED and place.design and not place.findings and "random" in lower[place.begin : place.stop]:
            return Role.RANDOMIZED, left.rule
    if role is Role.RANDOMIZED and not place.adds_up and _ANOTHER_ARM.search(lower, noun.end, min(place.stop, noun.end + 200)):
        return Role.ARM, left.rule
    return role, left.rule


def _told(
    lower: str, noun: CountedNoun, place: Place, right: Cue | None, before: str, percent: bool
) -> Met | None:
    """The role that the words after the noun give."""
    first = place.last is None
    total = bool(_TOTAL.search(before))
    of = bool(_OF.search(before)) and not total
    if any(word.startswith(("randomi", "randomly")) for word in noun.modifiers):
        return Role.RANDOMIZED, "modifier"
    group = _GROUP_AFTER.match(lower, noun.end, place.stop)
    clause = _clause(lower, noun.end, place.stop)
    findings = place.findings
    told = right is not None and right.role in {"enrolled", "randomized"} and right.start < 4
    if of and not place.adds_up and not told and _OTHERS_RANDOMIZED.search(lower, noun.end, place.stop):
        return Role.SCREENED, "of-total"
    if "planned" in noun.modifiers:
        return Role.PLANNED, "modifier"
    if right is not None and right.role != "event":
        role = Role(right.role)
        who = re.search(r"who (?:\w+ ){0,2}\Z", clause[: right.start]) or clause[right.start :].startswith("who")
        if percent and who and not of:
            return None
        if role is Role.ENROLLED and _ALSO_RANDOMIZED.match(clause[right.end :]):
            return Role.RANDOMIZED, "randomized-after"
        if role in {Role.ARM, Role.RANDOMIZED}:
            if percent and not place.allocation:
                return None
            return _arm_or_total(lower, noun.end, place, right)
        if _GROUP_STANDS_BEFORE.search(before) and role in {Role.SCREENED, Role.ENROLLED}:
            return Role.ARM, right.rule
        if role is Role.PLANNED and findings:
            return None
        if percent and findings and not (total or of) and role in {Role.ENROLLED, Role.ANALYZED, Role.LOST}:
            sure = re.match(r"[a-z ]*(?:analy|evaluable|assessable|included|enrol|available)", clause[right.start : right.end])
            if not sure or right.start > 25:
                return None
        if role is Role.LOST and re.search(r"treatment|therapy|drug|medication|adverse|toxicity", clause[:60]) and "withdrew" not in clause[:30]:
            return None
        if role in {Role.COMPLETED, Role.ANALYZED} and first and not findings and place.design and not percent and place.label is not None:
            return Role.RANDOMIZED, right.rule
        if role is Role.SCREENED and place.adds_up:
            return Role.ENROLLED, right.rule
        return role, right.rule
    if _GROUP_STANDS_BEFORE.search(before) and place.last is not None and not percent and right is None:
        return place.last, "group"
    if group is not None and not percent and right is None and (place.allocation or place.last in {Role.ARM, Role.ANALYZED, Role.COMPLETED, Role.ENROLLED}):
        last = Role.ARM if place.last is Role.ENROLLED else place.last
        return (Role.ARM if place.allocation and not place.findings else last or Role.ANALYZED), "group"
    if of and place.adds_up:
        return Role.RANDOMIZED if place.allocation else Role.ENROLLED, "of-total"
    if of and _OTHERS_RANDOMIZED.search(lower, noun.end, place.stop):
        return Role.SCREENED, "of-total"
    if of or total:
        if place.findings and not place.allocation:
            return Role.ANALYZED, "of-total"
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), "of-total"
    if lower.endswith("controls", 0, noun.end) and place.last in {Role.ANALYZED, Role.ENROLLED, Role.ARM} and right is None:
        return place.last, "group"
    if place.adds_up and (right is None or right.role != "event"):
        return (Role.ANALYZED if findings else Role.ENROLLED), "adds-up"
    if percent or not first:
        return None
    start = bool(_START.search(before)) or not before.strip()
    inside = bool(_IN.search(before))
    if place.findings:
        had = right is None or clause[right.start : right.end] == "had"
        if had and start and not group and not place.totalled:
            return Role.ENROLLED, "subject"
        return (Role.ANALYZED, "in") if inside and group and not percent else None
    if right is not None and not (inside or start):
        return None
    if start and group and right is None:
        return Role.ARM, "group"
    if start or inside or before.endswith(", "):
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), "in" if inside else "subject"
    return None


_OTHERS_RANDOMIZED = re.compile(r"(?:\d|[a-z]{3,5}ty|[a-z]{3,5}teen|[a-z]{3}|[a-z]{4,5}) (?:\([^()]{0,20}\) )?(?:\w+ )?(?:were |was |underwent |agreed to )(?:\w+ and |\w+ly )?(?:randomi|randomly|assigned|allocated|enrolled|recruited|included in (?:the|this) (?:study|trial))")


# "patients with squamous (N = 40) or adenoid (N = 52) tumours were randomised": who they are, not what they got
_WITH_TRAIT = re.compile(r"(?:patients|participants|subjects|women|men|adults|children|those) with(?:out)? [^()]{0,60}[(\[] ?\Z")
_ALLOCATED_BEFORE = re.compile(r"random|assigned|allocated|received|receive|compar|versus|into|group|arm")


def _arm_or_total(lower: str, at: int, place: Place, cue: Cue) -> Met | None:
    """Whether those assigned or treated, counted by the number ending before `at`, are one arm or all."""
    clause = _without_asides(lower[at : place.stop])
    another = bool(_ANOTHER_ARM.search(clause[:260]))
    if place.adds_up and not (another and place.last in {Role.ENROLLED, Role.RANDOMIZED}):
        return (Role.RANDOMIZED if cue.role == "randomized" or place.allocation else Role.ENROLLED), cue.rule
    if place.last is None and re.search(r",? (?:of whom|of which|of these|of them)(?![a-z])", clause[:120]):
        another = False
    if "respectively" in clause[:160]:
        return (Role.ANALYZED if "analys" in clause[:200] else Role.ARM), cue.rule
    if cue.role == "randomized":
        if place.last is Role.ARM:
            return Role.ARM, cue.rule
        return (Role.ARM if another and not _SEVERAL.search(clause[:120]) else Role.RANDOMIZED), cue.rule
    if not another and _SEVERAL.search(clause[:160]):
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), cue.rule
    if another or (place.allocation and place.last is not None) or place.last is Role.ARM:
        return Role.ARM, cue.rule
    if _GROUP_ASIDE.match(lower, at, place.stop):
        return Role.ARM, cue.rule
    if not place.findings and place.last is None:
        return (Role.RANDOMIZED if place.design else Role.ENROLLED), cue.rule
    if place.last in {Role.RANDOMIZED, Role.ENROLLED}:
        return (Role.ANALYZED if _ANY_TREATMENT.match(clause) else Role.ARM), cue.rule
    return (Role.ANALYZED, cue.rule) if _ANY_TREATMENT.match(clause) else None


def bare_role(number: WholeNumber, place: Place) -> Met | None:
    """The role of a number without a noun: `of whom 399 were randomly assigned`, `and 32 received placebo`."""
    lower = place.lower
    before = lower[max(place.begin, number.start - 60) : number.start]
    if before and before.rstrip()[-1:].isalnum() and before.rstrip().rsplit(" ", 1)[-1] not in _BARE_LAST:
        return None
    if before and not _BARE_BEFORE.search(before):
        return None
    after = _without_asides(lower[number.end : min(place.stop, number.end + 220)])
    cue = cue_after(after, at_start=True)
    percent = bool(_PERCENT.match(lower, number.end))
    if percent and after.lstrip().startswith("who "):
        return None
    if before.endswith("of whom ") and re.match(r" +had [^,;.]{1,50} and were (?:enrolled|randomi|included)", after):
        return Role.ENROLLED, "of-whom"
    if cue is not None and cue.role != "event":
        role = Role(cue.role)
        if role is Role.ENROLLED and _ALSO_RANDOMIZED.match(after[cue.end :]):
            return Role.RANDOMIZED, "randomized-after"
        if role is Role.SCREENED and _ALSO_RANDOMIZED.match(after[cue.end :]):
            return Role.RANDOMIZED, "randomized-after"
        if role is Role.RANDOMIZED and place.last in {Role.RANDOMIZED, Role.ARM} and not place.adds_up:
            return Role.ARM, cue.rule
        if role is Role.RANDOMIZED:
            return _arm_or_total(lower, number.end, place, cue)
        if role is Role.ARM and not (place.allocation or place.last in {Role.ARM, Role.RANDOMIZED, Role.ENROLLED, Role.ANALYZED}):
            return None
        if role is Role.ARM and percent and not place.allocation:
            return None
        if role is Role.ARM:
            return _arm_or_total(lower, number.end, place, cue)
        if role is Role.LOST and percent:
            return None
        return role, cue.rule
    if cue is None and place.adds_up and re.search(r"of (?:these|whom|them),? \Z", before):
        return Role.ANALYZED, "adds-up"
    if cue is None and before.endswith("the ") and place.allocation and re.match(r" in the [^,;.]{2,40}(?:group|arm)", lower[number.end : place.stop]):
        return Role.ARM, "chain"
    if cue is None and place.last is not None and _CHAIN_BEFORE.search(before) and _CHAIN_AFTER.match(lower, number.end, place.stop):
        role = Role.ARM if place.last in {Role.RANDOMIZED, Role.ENROLLED, Role.SCREENED} and place.allocation else place.last
        return role, "chain"
    return None


def _in_brackets(before: str) -> bool:
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def _in_brackets_role(lower: str, number: WholeNumber, noun: CountedNoun, place: Place, before: str) -> Met | None:
    """`olaparib (256 patients)`, `Seventeen homes (189 residents)`: an arm's size in an aside."""
    first = before.rstrip()[-1:] in {"(", "["}
    closed = lower[noun.end : noun.end + 1] in {")", "]", ";", ","}
    if _DEMOGRAPHIC.search(lower[:noun.end]) and not (place.allocation and first and closed):
        return None
    if first and closed and (place.allocation or re.search(r"(?:group|arm|homes|practices|clusters|schools|villages) ?[(\[] ?\Z", before)):
        return Role.ARM, "aside"
    return None


def _clause(lower: str, at: int, stop: int, *, shared: bool = True) -> str:
    """The rest of the clause that begins at `at`; not `shared`: only up to the next count (`of 90 women, 40 were`)."""
    clause = _without_asides(lower[at : min(stop, at + 300)])
    if not shared:
        count = _NEXT_COUNT.search(clause)
        clause = clause[: count.start()] if count else clause
    cut = _CLAUSE.search(clause)
    return clause[: cut.start()] if cut else clause


_NEXT_COUNT = re.compile(
    r", (?:only |a total of |we )?(?:\d{1,6}|(?:[a-z]+-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|[a-z]{3,5}ty)) "
)


def _without_asides(text: str) -> str:
    """`text` without its brackets, those inside brackets too."""
    return _ASIDE.sub(" ", _ASIDE.sub(" ", text)) if "(" in text or "[" in text else text


def taken_role(lower: str, noun: CountedNoun, stop: int) -> SampleSizeRole | None:
    """The role of the x of `x of n` where the x are the sample, told by the words around the noun of n."""
    clause = _clause(lower, noun.end, stop)
    cue = cue_after(clause)
    if cue is not None and cue.role == "screened":
        cue = cue_after(clause[cue.end :])
    if cue is not None and cue.start < 60 and cue.role in {"randomized", "enrolled"}:
        return Role(cue.role)
    return Role.ENROLLED if {"planned", "eligible", "screened", "invited"} & set(noun.modifiers) else None
