"""Find p-values: an operator and a value, with the role that the words around give them.

The shapes are those of medical abstracts: `P<.05`, `p = 0·03`, `P values of .02 and .03, respectively`,
`Pinteraction=0.3`, `p for non-inferiority <0.001`, `P less than .05`, `P=1.2 x 10(-5)`, `p = NS`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from structurer.mentions.p_value_roles import p_value_role, subscript_role
from structurer.schema import PValue
from structurer.text.numerals import NUMBER, TEN_POWER, parse_number, scale_by_ten
from structurer.text.reading import Reading

# --- patterns, over the normalised text -----------------------------------------------------------------------------

_OPERATOR = r"""(?:
    (?:[<>]|&[lg]t;)\ ?(?:or|/)?\ ?= | =\ ?[<>] | =\ ?[≤≥] | [<>=≤≥≈]{1,2}  # <, < or =, </=, ≤
  | (?:(?:is|was|were)\ )?(?:equal\ to\ or\ )?(?:less|lower|smaller|greater|higher|more|larger)\ than
      (?:\ or\ equal\ to)?
  | equals?(?:\ to)? | &[lg]t;
)"""
# What may stand between the p and its operator, each optional and bounded:
_SUBSCRIPT = r"""(?:
    [_ -]{0,2}(?P<subscript>for\ )?
    (?:interactions?|inter|int|trend|tr|heterogeneity|hetero|het|superiority|sup|ni|NI|non-?inferiority|logrank|log-rank
     |adj|adjusted|corrected|unadjusted|diff|difference|between|group|time|nominal|one-sided|two-sided|exact)(?![a-z])
)"""
# "values", "'s"
_VALUE_WORD = r"(?:[ -]?[Vv](?:alue)?s?(?![a-z])|-?levels?|'?s)"
_ASIDE = r"(?:\ ?[(\[]\ ?[A-Za-z][A-Za-z0-9\ ,'-]{1,45}[)\]])"  # "P (two-sided) =", "P (for trend) ="
# Words without brackets, as in "P for linear trend ="
_FOR = r"(?:\ (?:for|of|from|in|by|between|with|using)\ (?:the\ )?(?=[A-Za-z])[A-Za-z][A-Za-z\ '-]{2,60}?)"
_COPULA = r"(?:,?\ ?(?:of|was|were|is|are|being|at|:|,))"

_P = re.compile(
    # The letters that can follow are told first: most p are the first of a word.
    rf"""(?P<p>[Pp])(?<![A-Za-z\d.'_/].)(?=[^A-Za-z]|[VvNsnithcudbgmw]|ad|l[eoa]|on|e[xq])
    (?P<between>{_SUBSCRIPT}?{_VALUE_WORD}?{_SUBSCRIPT.replace("?P<subscript>", "?:")}?{_ASIDE}?{_FOR}?{_COPULA}?)
    \ ?(?:(?P<operator>{_OPERATOR})\ ?)?
    (?:(?P<ns>N\.?[ ]?S\.?(?![A-Za-z])|n\.?s\.?(?![A-Za-z])|non-?significant|not\ significant)
      |(?P<number>{NUMBER}|\.\ \d+)(?P<power>{TEN_POWER})?(?P<percent>\ ?%)?)
    """,
    re.VERBOSE,
)
# Further values of a list: ", .03", "and <0.001", "or 0.2".
_NEXT = re.compile(
    rf"""\ ?(?:,|;|/)?\ ?(?:(?:and|or|&|vs\.?|versus|then)\ )?(?:[Pp]\ ?(?=[<>=≤≥]))?
    (?P<operator>{_OPERATOR})?\ ?(?P<number>0?\.\d+|[01]\.\d+)(?P<power>{TEN_POWER})?
    (?=\ ?(?:[,;.)\]]|and\b|or\b|respectively|for\b|in\b|at\b|vs|versus|$))(?!\ ?[,.;]?\d)""",
    re.VERBOSE,
)
_BARE_TEN = re.compile(r"10\ ?(?:\^|\*\*)?\ ?[\[({]?\ ?(-\ ?\d{1,3})\ ?[\])}]?(?![\d.])", re.VERBOSE)

# "P for the drug 0.6" without an operator is no p-value unless a role or the word "value" is named.
_UNNAMED_FOR = re.compile(r"^(?!.*[Vv]alue).*\b(?:for|of|from|in|by|between) [a-z ]+$")


def _operator(printed: str | None) -> str:
    """The canonical operator of a printed one; a p-value without one is "="."""
    if not printed:
        return "="
    printed = printed.replace("&lt;", "<").replace("&gt;", ">")
    if printed.startswith(("= <", "= >")):  # "P = < .001": the equals sign is the copula
        return printed[2]
    sign = printed.replace(" ", "").replace("or", "").replace("/", "")
    if "≤" in sign or sign in {"<=", "=<"}:
        return "<="
    if "≥" in sign or sign in {">=", "=>"}:
        return ">="
    if sign[0] in "<>":
        return sign[0]
    words = printed.strip()
    if words[0] in "=≈":
        return "="
    less = any(word in words for word in ("less", "lower", "smaller"))
    if "equal" in words:
        return ("<=" if less else ">=") if "than" in words else "="
    return "<" if less else ">"


def _value(number: str, exponent: str | None) -> Decimal | None:
    value = parse_number(number.replace(" ", "")) if number.startswith(".") else parse_number(number)
    if value is None or exponent is None:
        return value
    return scale_by_ten(value, int(exponent.replace(" ", "")))


def find_p_values(text: str | Reading) -> list[PValue]:
    """Every explicit p-value of a text, in order; each value of a list is one. Never raises.

    >>> [(p.operator, str(p.value), p.role.value) for p in find_p_values("P = .02 and .03, respectively; pint<0·1")]
    [('=', '0.02', 'result'), ('=', '0.03', 'result'), ('<', '0.1', 'interaction')]
    """
    reading = Reading.of(text)
    norm = reading.norm
    found: list[PValue] = []
    position = 0
    while match := _P.search(norm, position):
        position = match.end()
        made = _read(reading, match)
        if made is None:
            position = match.start() + 1
            continue
        found.append(made)
        position = max(made.end, match.start() + 1)
        if made.value is not None:
            position = _continue_list(reading, found, made, position)
    return found


def _read(reading: Reading, match: re.Match[str]) -> PValue | None:
    """The p-value of one match, or None where the match is something else (a phosphate, a probe, P2)."""
    norm = reading.norm
    between, printed = match["between"], match["operator"]
    end = match.end()
    if match["ns"]:
        if not printed and not between.strip() and match["ns"][0] == "n":
            return None
        return PValue(
            start=match.start(),
            end=end,
            text=reading.text[match.start() : end],
            rule="p-value-ns",
            operator="NS",
            value=None,
            role=p_value_role(reading, match.start(), end, between),
        )
    value = _value(match["number"], match["exponent"] or match["exponent_e"])
    bare = _BARE_TEN.match(norm, match.start("number"))
    if bare and not match["power"]:  # p < 10^-4
        value, end = scale_by_ten(Decimal(1), int(bare.group(1).replace(" ", ""))), bare.end()
    if value is not None and match["percent"]:
        value = value.scaleb(-2)
    if value is None or not 0 <= value <= 1:
        return None
    # Without an operator only a decimal is a p-value: "p 0.03", "P value of .02", and not "p 1 of 3".
    if not printed and ("." not in match["number"] and "," not in match["number"] and not bare):
        return None
    if not printed and _UNNAMED_FOR.search(between) and not subscript_role(between) is not None:
        return None
    return PValue(
        start=match.start(),
        end=end,
        text=reading.text[match.start() : end],
        rule="p-value",
        operator=_operator(printed),
        value=value,
        role=p_value_role(reading, match.start(), end, between),
    )


def _continue_list(reading: Reading, found: list[PValue], first: PValue, position: int) -> int:
    """Add the further values of a list that `first` begins; where nothing follows, `position` is unchanged."""
    norm = reading.norm
    further: list[PValue] = []
    at = position
    while match := _NEXT.match(norm, at):
        joined = norm[at : match.start("number")]
        if not joined.strip(" ") or len(further) > 12:
            break
        value = _value(match["number"], match["exponent"] or match["exponent_e"])
        if value is None or value > 1:
            break
        start = match.start("operator") if match["operator"] else match.start("number")
        operator = _operator(match["operator"]) if match["operator"] else first.operator
        further.append(
            PValue(
                start=start,
                end=match.end(),
                text=reading.text[start : match.end()],
                rule="p-value-list",
                operator=operator,
                value=value,
                role=first.role,
            )
        )
        at = match.end()
    if not further:
        return position
    rest = norm[at : at + 40]
    last_joint = norm[position:at]
    # Numbers after a comma alone are often something else; "and", an operator or "respectively" makes them a list.
    if (
        "and" in last_joint
        or "respectively" in rest
        or "or" in last_joint
        or any(p.text[0] in "<>=≤≥" for p in further)
    ):
        found.extend(further)
        return at
    return position
