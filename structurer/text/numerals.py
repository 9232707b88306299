"""A printed number in digits becomes a Decimal that keeps its printed places."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

# One number without its sign. Parts, in the order tried, each with what it should catch:
NUMBER = r"""(?:
    (?<![\d.])\d{1,3}(?:[ ,']\d{3})+(?![\d])(?:\.\d+)?   # 20 211   1,234   12,345.6
  | 0,\d{1,4}(?![\d,])                                     # 0,85 (a decimal comma; a thousand never begins with 0)
  | (?<![\d.])0\ \.\ ?\d+ | (?<![\d.])0\.\ \d+           # 0 .85   0. 85
  | \d+(?:\.\d+)?                                          # 12   0.85
  | (?<![\d.])\.\d+                                        # .05
)"""

# A power of ten after a number: `x 10(-5)`, `×10-4`, `x 10^-4`, `x 10 -5`, `* 10−4`, `E-05`
TEN_POWER = r"""(?:
    \ ?(?:[x×*X]|\.(?=\ ?10\b))\ ?10\ ?(?:\^|\*\*)?\ ?[\[({]?\ ?(?P<exponent>[-+]?\ ?\d{1,3})\ ?[\])}]?
  | [eE](?P<exponent_e>[-+]\d{1,3})
)"""

_SEPARATORS = re.compile(r"[ ']")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")


def parse_number(text: str) -> Decimal | None:
    """The number that a normalised printed form stands for, or None where it is none.

    >>> parse_number("20 211"), parse_number(".05"), parse_number("0,85"), parse_number("0. 80")
    (Decimal('20211'), Decimal('0.05'), Decimal('0.85'), Decimal('0.80'))
    """
    compact = _SEPARATORS.sub("", text)
    if "," in compact:
        compact = (
            compact.replace(",", "") if _THOUSANDS.match(compact) and compact[0] != "0" else compact.replace(",", ".")
        )
    try:
        return Decimal(compact)
    except InvalidOperation:
        return None


def scale_by_ten(value: Decimal, exponent: int) -> Decimal:
    """`value` times ten to the `exponent`, its printed digits kept.

    >>> scale_by_ten(Decimal("1.2"), -5)
    Decimal('0.000012')
    """
    return value.scaleb(exponent).normalize() if exponent > 0 else value.scaleb(exponent)


def places(value: Decimal) -> int:
    """How many decimal places a number was printed with.

    >>> places(Decimal("0.80")), places(Decimal("12"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
