"""The page's own style sheets and scripts, with those that it shares with the report."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from structurer.report.assets import asset as report_asset

_OWN = ("review.css", "bar.css", "rows.css", "keys.js", "review.js", "icon.svg")
_SHARED = ("colours.css", "marks.css", "links.js")
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def all_assets() -> dict[str, str]:
    """The text of each asset by its file name.

    >>> sorted(name for name in all_assets() if name.endswith(".js"))
    ['keys.js', 'links.js', 'review.js']
    """
    own = {name: files(__name__).joinpath(name).read_text(encoding="utf-8") for name in _OWN}
    return own | {name: report_asset(name) for name in _SHARED}


def addresses(assets: dict[str, str]) -> dict[str, str]:
    """Where each asset is served; another text has another address, so that a browser may keep what it has.

    >>> addresses({"a.css": "p {}"})
    {'a.css': '/assets/a.css?v=48d24394'}
    """
    return {name: f"/assets/{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}" for name, text in assets.items()}


def media_type(name: str) -> str:
    """The type of the asset `name`, as HTTP calls it.

    >>> media_type("keys.js")
    'text/javascript'
    """
    return _TYPES[name.rsplit(".", 1)[1]]
