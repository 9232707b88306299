"""Read the unit right after a number, and rates: `17.8 mm Hg`, `2.3 per 100 person-years`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from structurer.mentions.arm_values.shape import Shape
from structurer.text.notation import Token

_UNIT = re.compile(
    r"""[ ]?(
      %|per[ ]?cent(?![a-z])
    | mm[ ]?[Hh][Gg](?![a-z]) | cm[ ]?H2O(?![a-z])
    | (?:person|patient)-(?:years?|months?|days?)
    | (?:U?S?[$]|€|£)
    | (?:percentage[ ]points?|euros?|dollars|points?|months?|weeks?|days?|years?|hours?|minutes?|mins?|seconds?
        |sessions?|letters?|units?|kcal|fibers|mos?|wks?|yrs?|hrs?|sec)(?![a-z])
      (?:(?:/|[ ]per[ ])(?:week|day|month|year|night|wk)(?![a-z]))?
    | (?:/|[ ]per[ ])(?:day|week|wk|month|year|night|hour|minute)(?![a-z])
    | (?:[µμmnpkcd]?(?:mol|g|l|L|m|M|IU|U|eq|Eq|N|J|W|V|Pa|s|h|Gy|sec)|IU|mIU|dB|D|cc|mcg|ug|ng|pg|bpm
        |beats|copies|cells|ms|kPa|logMAR|cm2|mm2|cm3|mm3|m2|µm|μm|ppm|ppb|lb|lbs|log10)
      (?:[ ]?[*·.]?[ ]?(?:/|[ ]per[ ])[ ]?(?:100[ ]?)?
        (?:1[.·]73[ ]?m(?:2|²|\(2\))?|[A-Za-zµμ0-9.²³]{0,7}[A-Za-zµμ0-9²³](?:\(\d\)|[- ]?h(?:ours?)?(?![a-z]))?)){0,3}
      (?![a-zA-Z])
    )""",
    re.VERBOSE,
)


MONEY = frozenset({"usd", "eur", "gbp", "aud", "cad", "us$"})


def read_unit(tokens: Sequence[Token], shape: Shape, text: str) -> None:
    """The unit right after the shape's last number."""
    end = tokens[shape.last].end
    match = _UNIT.match(text, end, end + 40)
    if match is None:
        return
    shape.unit = match.group(1)
    last = shape.last
    while last + 1 < len(tokens) and tokens[last + 1].start < match.end():
        last += 1
    shape.last = last


_PERSON_TIME = (
    r" ?(?:(?:new )?(?:events?|cases?|deaths?|exacerbations?|episodes?|infections?|fractures?|falls|relapses"
    r"|attacks|seizures) ?)?(?:/|per) ?"
    r"(?:(?:\d[\d, ]{0,9}) ?)?(?:person|patient|woman|women|child|participant|subject|infant|man|catheter|device"
    r"|ventilator|hospital)[s']{0,2}[- ]?(?:years?|months?|days?|yrs?|py)(?![a-z])"
)
_OVER_PERSON_TIME = re.compile(rf"(?=/){_PERSON_TIME}", re.I)
_RATE = re.compile(
    rf"{_PERSON_TIME}"
    r"|(?: [a-z]{3,12})? ?(?:/|per) ?(?:100 |100,? ?000 |10,? ?000 |1[, ]?000 )(?:of )?[a-z-]{3,15}",
    re.I,
)


def is_over_person_time(text: str, at: int) -> bool:
    """Whether the slash at `at` begins `/100 person-years`."""
    return _OVER_PERSON_TIME.match(text, at, at + 70) is not None


def read_rate(tokens: Sequence[Token], shape: Shape, text: str) -> bool:
    """`2.3 per 100 person-years`, `8 deaths per 1000 births`."""
    end = tokens[shape.last].end
    window = text[end : end + 70]
    if "/" not in window and "per" not in window.lower():
        return False
    match = _RATE.match(text, end, end + 70)
    if match is None:
        return False
    shape.form, shape.unit = "rate", match.group().strip()
    while shape.last + 1 < len(tokens) and tokens[shape.last + 1].start < match.end():
        shape.last += 1
    return True
