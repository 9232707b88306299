"""One spelling for dashes, points, spaces and operators, one character for one character.

`len(normalise(text)) == len(text)` always, so an offset in the normalised text is an offset in the text as read.
Whatever changes lengths (entities, tags) is the readers' job.
"""

from __future__ import annotations

import re

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u02d7\u2796\xad"
# The middle dots that the Lancet prints as decimal points, in all the characters that exports turn them into.
_POINTS = "\u00b7\u2219\u22c5\u2027\u30fb\u0387\uff0e\u2024\uff65"
_SPACES = (
    "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_TABLE = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _POINTS), "."),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, "\u2264\u2a7d\u2266\u22dc"), "\u2264"),
    **dict.fromkeys(map(ord, "\u2265\u2a7e\u2267"), "\u2265"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4\u0060\u2032\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u00d7\u2715\u2a2f\u2716"), "\u00d7"),
    **dict.fromkeys(map(ord, "\u223c\u02dc\uff5e"), "~"),
    ord("\uff1c"): "<",
    ord("\uff1e"): ">",
    ord("\uff1d"): "=",
    ord("\uff05"): "%",
    ord("\ufe6a"): "%",
    ord("\uff08"): "(",
    ord("\uff09"): ")",
    ord("\uff3b"): "[",
    ord("\uff3d"): "]",
    ord("\uff0c"): ",",
    ord("\uff1b"): ";",
    ord("\uff1a"): ":",
    ord("\u2236"): ":",
    ord("\ufe55"): ":",
    **{ord("\uff10") + i: str(i) for i in range(10)},
}


def normalise(text: str) -> str:
    """`text` with one spelling for each sign of notation, of the same length.

    >>> normalise("HR 0·72 (0·60–0·85)")
    'HR 0.72 (0.60-0.85)'
    """
    if text.isascii() and not _CONTROL.intersection(text):
        return text
    # `str.translate` looks up each character of such a text; most have a handful that are spelt otherwise.
    return _OTHERWISE.sub(_spelt, text)


def lowered(text: str) -> str:
    """`text` in lower case, of the same length.

    >>> lowered("RR 0.8"), len(lowered("İ 4"))
    ('rr 0.8', 3)
    """
    lower = text.lower()
    # A few capitals (the dotted I of Turkish) grow when lowered; offsets must not move.
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_CONTROL = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f")
_OTHERWISE = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")


def _spelt(sign: re.Match[str]) -> str:
    return _TABLE[ord(sign.group())]
