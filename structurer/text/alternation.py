"""One pattern for many literal names, arranged as a tree of their letters.

The `re` module tries the branches of an alternation one after another; hundreds of names at each word would cost
hundreds of attempts. Arranged by common beginnings, a place that begins no name is left after one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_Tree = dict[str, "_Tree"]
_END = ""


def alternation(names: Iterable[str], *, loose_space: bool = True) -> str:
    """A pattern that matches the longest of `names` at a place; a space matches a hyphen too if `loose_space`.

    >>> alternation(["odds ratio", "odds", "or"])
    'o(?:dds(?:[ -]ratio)?|r)'
    """
    tree: _Tree = {}
    for name in names:
        branch = tree
        for letter in name:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return _pattern(tree, loose_space)


def _pattern(tree: _Tree, loose_space: bool) -> str:
    branches = []
    for letter, rest in tree.items():
        if letter == _END:
            continue
        sign = "[ -]" if loose_space and letter == " " else re.escape(letter)
        branches.append(sign + (_pattern(rest, loose_space) if rest else ""))
    ends_here = _END in tree
    if not branches:
        return ""
    if len(branches) == 1 and not ends_here:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if ends_here else "")
