"""The name of the group that a count is of, read beside it: `imiquimod (n = 54)`, `54 in the imiquimod group`."""

from __future__ import annotations

import re

from structurer.linking.arms.names import LETTERED_AT_END, Span, trimmed
from structurer.schema import SampleSize
from structurer.text.reading import Reading

_NAMED_HEAD = re.compile(r"(?:groups?|arms?|conditions?|cohort|controls?|placebo|sham)[ ,:]{0,2}\Z")
_DOSE_ONLY = re.compile(
    r"(?:\d|[ ,.;:/x×*-]|mg|g|µg|mcg|ml|iu|u|bid|tid|qd|day|daily|once|twice|weekly|kg|per|every|"
    r"hours?|days?|weeks?|%|patients|mean|dosed)*\Z"
)
_LAST_BREAK = re.compile(
    r".*((?<![a-z])(?:to receive|receiving|received|receive|either after|or after|either|"
    r"versus|vs\.?|compared (?:with|to)|"
    r"comparing|assigned to|allocated to|"
    r"randomi[sz]ed (?:in)?to|divided into|undergo|given|between|treated with|assigned|into|"
    r"(?<!according )to(?! (?:\d+|two|three|four|five|six|eight|ten|twelve) (?:hours?|days?|weeks?|months?))|or|"
    r"who took|conditions?:|arms?:|groups?:|treatment (?:with|of)|"
    r"while an?|whereas an?|i\.e\.,?)(?![a-z])|[;:](?= )|, (?:and|or) |\) and )",
    re.IGNORECASE | re.DOTALL,
)
_WEAK_BREAK = re.compile(r".*(?<![a-z])(consisting of|with|of|in|had|for)(?![a-z])", re.IGNORECASE | re.DOTALL)
AFTER = re.compile(
    r"[)\]]?(?:,? ?[(\[][^()\[\]]{0,60}[)\]])?,? ?(?:(?:eligible |evaluable |treated )?(?:patients|"
    r"participants|subjects|women|men|children|infants|eyes|people|individuals|adults|persons|"
    r"residents|households|families|contacts|animals|dogs|rats|mice|boys|girls|dyads|students|smokers|"
    r"volunteers|controls?(?= in))(?![a-z])[ ,]?)?"
    r"(?:[(\[][^()\[\]]{0,40}[)\]] ?)?(?:(?:who|that|which|of whom|assessed|evaluated|"
    r"included) )?(?:(?:were|was|being|had been) )?(?:subsequently )?(?:randomly |at random )?"
    r"(?:(?:assigned|allocated|allotted|randomi[sz]ed|assessed|treated|given|receiving|received|"
    r"receive|taking|started|offered|underwent|undergoing|took|administered|placed|exposed|in|on|for|"
    r"with|of|from|among|into|to|by)(?![a-z]) ?){1,4}"
)
_AFTER_END = re.compile(
    r"[;()\[\]]|,(?!\d)|\.(?:\s|\Z)|,? (?:and|or|vs\.?|versus|compared|than|while|"
    r"whereas) (?:the )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|no |"
    r"no\Z|with \d|in |[a-z]+-?[a-z]* (?:\(|\[|of |patients|participants)|with the|for)|"
    r" (?:compared|versus|vs\.?) | (?:had|has|have|did|were|was|died|completed|reported|experienced|"
    r"achieved|developed|withdrew|discontinued|initiated|because|due|showed|who|at|after|during|"
    r"within|until|over|before|respectively)(?![a-z])"
)
_ITEM_AFTER = re.compile(
    r" (?:of |were |was |in |on |to |with |for |the |received |receive |had |patients |randomly |assigned |allocated |"
    r"randomi[sz]ed |given |participants )*([^();,\[\]]{2,70}?)(?=[);,\[\]]| (?:and|or|vs\.?|versus) (?:the )?[\dn]|"
    r" and [a-z]+ [a-z]+ *\)|\.\s|\.\Z)"
)


# "78 IG and", "67 CG patients": the group's short name in capitals right after the count
_SHORT_NAME = re.compile(
    r"\d[\d,]* ([A-Z][A-Z0-9/+-]{1,11})(?= (?:patients|participants|subjects|women|men|children|and)(?![a-z]))"
)


# "(400 patients)": the count is all that the bracket holds.
_ALONE = re.compile(r"(?: (?:patients|participants|subjects|women|men|children|eyes|infants|people|adults))?\)")


def name_beside(reading: Reading, size: SampleSize, previous_end: int) -> Span | None:
    """Where the name of the group that `size` counts stands; None where no name stands beside it.

    `previous_end` is the end of the size before it in the same sentence, or the sentence's start.
    """
    text, lower = reading.norm, reading.lower
    begin, stop = reading.sentence_at(size.start)
    floor, begin = begin, max(begin, previous_end)
    number = _number_start(lower, size)
    before_number = lower[max(begin, number - 8) : number]
    if _N_EQUALS.search(before_number):
        return _before_bracket(text, lower, (floor, begin), size.start, stop, size.end)
    if size.rule == "aside" or (size.rule == "list" and _ALONE.match(lower, size.end) and lower[size.start - 1] == "("):
        if _ASSIGNED_TO.match(lower, size.end, stop):
            return _after(text, lower, size.end, stop)
        if re.search(
            r"(?:homes|practices|clusters|schools|villages|wards|centres|clinics|pharmacies) [(\[]\Z",
            lower[max(0, size.start - 14) : size.start],
        ):
            return _after(text, lower, size.end, stop)
        return _before_bracket(text, lower, (floor, begin), size.start, stop, size.end)
    if size.rule == "list" and lower[size.start - 1] == "(" and lower[size.end : size.end + 1] == ")":
        return _before_bracket(text, lower, (floor, begin), size.start, stop, size.end)
    if size.rule == "list":
        return _list_name(text, lower, begin, size, stop)
    short = _SHORT_NAME.match(text, number)
    if short is not None and not before_number.endswith("="):
        return short.span(1)
    if lower.endswith("controls", size.start, size.end):
        return size.end - len("controls"), size.end
    if size.rule in {"of", "slash"}:
        after = _after(text, lower, size.end, stop)
        return after or _lead_in(text, lower, begin, size.start)
    group = re.search(
        r"(?:^|[^a-z])in (?:the |both |each )?((?:[^\s,;()]{1,25} ){1,4}?)(?:groups?|arms?),? \Z",
        lower[max(begin, size.start - 90) : size.start],
    )
    if group is not None:
        offset = max(begin, size.start - 90)
        return trimmed(text, offset + group.start(1), offset + group.end(1))
    return _after(text, lower, size.end, stop)


# An aside that tells of allocation: 88 patients randomised to tea, 90 to milk
_ASSIGNED_TO = re.compile(r" (?:who were |were )?(?:randomi[sz]ed|(?:randomly )?(?:assigned|allocated)) to ")
_N_EQUALS = re.compile(r"(?<![a-z])n'?s? ?[=:] ?\Z")
_DIGITS = re.compile(r"\d[\d, ]*\Z")


def _number_start(lower: str, size: SampleSize) -> int:
    match = _DIGITS.search(lower, size.start, size.end)
    return match.start() if match else size.start


def _before_bracket(text: str, lower: str, begins: Span, at: int, stop: int, end: int) -> Span | None:
    floor, begin = begins
    opened = max(lower.rfind("(", floor, at), lower.rfind("[", floor, at))
    closed = max(lower.rfind(")", floor, at), lower.rfind("]", floor, at))
    if 0 <= opened < begin and closed < opened:
        # a later item of a list in one bracket
        item = re.match(r"[),;:\]. ]*(?:and |or |vs\.? |versus )?", lower[begin:at])
        return trimmed(text, begin + (item.end() if item else 0), at)
    if opened > closed:
        if re.match(r"\d[^()]*(?:; |, )\Z", lower[opened + 1 : at]) or _DOSE_ONLY.match(lower[opened + 1 : at]):
            return _outer(text, lower, begin, opened)
        lettered = LETTERED_AT_END.search(text, max(begin, opened - 20), opened)
        if lettered is not None and lower[at - 2 : at] in {"; ", ", "} and lower[at].isdigit():
            return lettered.span(1)
        separator = max(lower.rfind(";", opened, at), lower.rfind(", ", opened, at))
        inner_start = separator + 1 if separator > opened else opened + 1
        inner = lower[inner_start:at]
        if re.search(r"[a-z]", inner) and (_NAMED_HEAD.search(inner) or not _DOSE_ONLY.match(inner)):
            named = trimmed(text, inner_start, at)
            if named is not None and not re.match(
                r"(?:mean|aged?|median|range|\d|total)\b", lower[named[0] : named[1]]
            ):
                return named
        after = re.match(
            r" ?(?:in the |in |for |on |to )?([a-z][^();,\[\]]{2,40}?)(?=[);,\[\]])", lower[end : min(stop, end + 60)]
        )
        if after and not re.match(
            r"patients|participants|women|men|each|years|dosed|respectively|subjects|children", after.group(1)
        ):
            named = trimmed(text, end + after.start(1), end + after.end(1))
            if named is not None and lower[opened + 1 : at].strip() in {"", "and", ";"}:
                outer = _outer(text, lower, begin, opened)
                return outer or named
        if separator > opened and not inner.strip():
            return trimmed(text, opened + 1, separator)
        return _outer(text, lower, begin, opened)
    after_name = _after(text, lower, end, stop)
    head = re.search(r"([^();,:\[\]]{2,60}?)[ ,:]{1,3}\Z", lower[max(begin, at - 70) : at])
    if head is not None and not re.search(r"\b(?:and|or|were|was)\s*\Z", head.group(1)):
        named = _outer(text, lower, begin, at)
        if named is not None:
            return named
    return after_name


_DOSE_OF = re.compile(r"\d[\d.,]* ?(?:mg|g|µg|mcg|ml|iu|u|units)(?:/[a-z]+)* of (?=[a-z]{3})")
_GROUP_AT_END = re.compile(
    r"(?<![a-z])(?:in|for|with|of|to|than|into) (?:the|an?) ([^,;()]{2,50}?) (?:groups?|arms?) ?\Z"
)


def _outer(text: str, lower: str, begin: int, opened: int) -> Span | None:
    """The noun phrase right before the bracket that opens at `opened`."""
    # another aside may stand between: "brimonidine (Alphagan) (n = 30)"
    left = max(begin, opened - 170)
    if left > begin:
        # never from the middle of a word
        left = max(lower.find(" ", left, opened), left)
    inside = lower.rfind("(", left, opened)
    if inside > lower.rfind(")", left, opened):
        left = inside + 1
    lettered = LETTERED_AT_END.search(text, left, opened)
    if lettered is not None:
        return lettered.span(1)
    group = _GROUP_AT_END.search(lower, max(left, opened - 70), opened)
    if group is not None:
        return group.span(1) if group.group(1) in {"treatment", "study"} else trimmed(text, *group.span(1))
    strong = _LAST_BREAK.match(lower, left, opened)
    if strong is None and not (left == begin and opened - left < 70):
        strong = _WEAK_BREAK.match(lower, left, opened)
    named = trimmed(text, strong.end() if strong else left, opened)
    if named is not None and (dose := _DOSE_OF.match(lower, *named)) is not None:
        return dose.end(), named[1]
    if named is not None and not re.match(r"\d[\d.,]* ?(?:mg|g|µg|mcg|ml|iu|%)(?![a-z])", lower[named[0] : named[1]]):
        return named
    # a dose after "titrated to", or nothing after "treated with": the name stands before
    earlier = _LAST_BREAK.match(lower, left, strong.start(1)) if strong else None
    before = (
        trimmed(text, earlier.end() if earlier else left, strong.start(1))
        if strong and strong.start(1) > left
        else None
    )
    return before or named


def _list_name(text: str, lower: str, begin: int, size: SampleSize, stop: int) -> Span | None:
    """`219` of `pertuzumab, 219`, `C + P: 386`, or of `135 eltrombopag`, `69 in arm A`, `243 to placebo`."""
    item = _ITEM_AFTER.match(lower, size.end, stop)
    if item is not None:
        named = trimmed(text, *item.span(1))
        if named is not None and re.match(r" ?(?:[(\[][^)\]]*[)\]] )?[a-z]", lower[size.end : size.end + 30]):
            return named
    after = _after(text, lower, size.end, stop)
    if after is not None:
        return after
    window = max(begin - 1, size.start - 90, 0)
    label = None
    for match in re.finditer(r"[^()\[\];,]{1,70}(?=[,:=]? ?(?:n ?[=:] ?)?\Z)", lower[window : size.start]):
        label = match
        break
    return trimmed(text, window + label.start(), window + label.end()) if label else None


def _after(text: str, lower: str, end: int, stop: int) -> Span | None:
    lead = AFTER.match(lower, end, stop)
    if lead is None:
        return None
    finish = _AFTER_END.search(lower, lead.end(), min(stop, lead.end() + 110))
    close = finish.start() if finish else min(stop, lead.end() + 110)
    head = re.search(r"(?<![a-z-])(?:groups?|arms?)(?![a-z-])", lower[lead.end() : close])
    if head and not re.match(r"(?:groups?|arms?) [a-z0-9]{1,2}\b", lower[lead.end() + head.start() : close]):
        close = lead.end() + head.end()
    if _OR_ANOTHER.match(lower, close) or " or " in lower[lead.end() : close]:
        return None
    return trimmed(text, lead.end(), close)


_OR_ANOTHER = re.compile(r",? (?:or|versus|vs\.?) (?!\d|in |none|no |one |two |three )")


def _lead_in(text: str, lower: str, begin: int, start: int) -> Span | None:
    """The group named before its values: `in the eradication group 13% (20/152`, `with PA (1,611/2,815`."""
    offset = max(begin, start - 110)
    told = lower.rfind("; ", offset, start) + 1
    if lower.rfind("(", offset, told) <= lower.rfind(")", offset, told):
        offset = max(offset, told)  # what stands before is told of other results
    window = lower[offset:start]
    matches = list(
        re.finditer(
            r"(?:^|[ (])(?:in|with|for|of|on|the|receiving|given|versus|vs\.?|than|and|"
            r"to) ((?:[^\s,;()]{1,25} ){1,7}?)(?:groups?|arms?)(?![a-z])",
            window,
        )
    )
    if matches:
        return trimmed(text, offset + matches[-1].start(1), offset + matches[-1].end(1))
    near = re.search(
        r"(?:with|for|on|receiving|given|versus|vs\.?|,|;|than|"
        r"and) ((?:[^\s,;()]{1,25} ){0,3}[^\s,;()\d]{2,25}) ?(?:\d{1,3}(?:\.\d+)?%|[(\[]) ?[(\[]?\Z",
        window,
    )
    return trimmed(text, offset + near.start(1), offset + near.end(1)) if near else None
