"""Texts and numbers as a page shows them."""

from __future__ import annotations

from decimal import Decimal

from structurer.exports.visible import visible

# A number of more digits than this was never measured; written out, its exponent could fill the page.
_MOST_DIGITS = 40


def shown(text: str) -> str:
    """`text` (not escaped) with nothing in it unseen, and without half surrogate pairs, which no page can hold.

    >>> shown("p = \\u202e50.0"), shown("half \\ud835")
    ('p = <U+202E>50.0', 'half ?')
    """
    text = visible(text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def number_text(number: Decimal | int) -> str:
    """A number with the places that it was printed with, in digits wherever that is short.

    >>> number_text(Decimal("0.80")), number_text(Decimal("1E+3")), number_text(Decimal("1E-7")), number_text(12)
    ('0.80', '1000', '0.0000001', '12')
    """
    if isinstance(number, int):
        return str(number)
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS else str(number)
