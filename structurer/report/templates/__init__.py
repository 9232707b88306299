"""The templates of the pages."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

from structurer.report.shown import shown

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class _Unindented(Extension):
    """Takes the indentation out of templates: in a thousand records it would be a quarter of the file."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """`source` without the blanks that its lines begin with."""
        return _INDENTATION.sub("", source)


@cache
def templates() -> Environment:
    """The templates; every text that they are given is escaped, and the filter `shown` leaves nothing in it unseen."""
    environment = Environment(
        loader=PackageLoader("structurer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=[_Unindented],
    )
    environment.filters["shown"] = lambda text: shown(str(text))
    return environment
