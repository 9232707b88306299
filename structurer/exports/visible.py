"""Characters that show nothing, and change how what stands around them is shown, made visible."""

from __future__ import annotations

import re

# Marks that turn the direction of text, by which "p = 0.05" can be made to show as "50.0 = p".
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f{DIRECTION_MARKS}]")


def visible(text: str) -> str:
    """`text` with its control characters and marks of direction as `<U+202E>`.

    >>> visible("a\\u202eb\\x07"), visible("a\\tb")
    ('a<U+202E>b<U+0007>', 'a\\tb')
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda match: f"<U+{ord(match.group()):04X}>", text)
