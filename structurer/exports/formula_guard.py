"""Texts that a spreadsheet would take for a formula, kept from it by an apostrophe, and read back without it."""

from __future__ import annotations

import re

from structurer.exports.visible import visible

# A spreadsheet takes a text that begins with one of these (or its wide form) for a formula, some
# also behind spaces; alone ("=") it is none.
_FORMULA = re.compile(r"\s{0,9}[=+\-@\t\r\uff1d\uff0b\uff0d\uff20].", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")


def neutralised(text: str) -> str:
    """`text`, which no spreadsheet takes for a formula, with nothing in it unseen.

    >>> neutralised("=1+1"), neutralised("-2.3"), neutralised("-2.3 (SD 1)")
    ("'=1+1", '-2.3', "'-2.3 (SD 1)")
    """
    text = visible(text)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text.lstrip()) else text


def without_apostrophe(cell: str) -> str:
    """The text that `neutralised` made `cell` of.

    >>> without_apostrophe("'=1+1"), without_apostrophe("'tis"), without_apostrophe("-2.3")
    ('=1+1', "'tis", '-2.3')
    """
    text = cell.removeprefix("'")
    return text if text != cell and neutralised(text) == cell else cell
