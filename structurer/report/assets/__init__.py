"""Style sheets and scripts of the pages, each with one job."""

from __future__ import annotations

from importlib.resources import files


def asset(name: str) -> str:
    """The text of the style sheet or script `name`, with line feeds as its line ends.

    >>> asset("links.js").startswith("// A cell of a table and the words that it was read from")
    True
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
