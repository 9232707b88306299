"""Reports -> one HTML file that needs nothing but a browser."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from structurer.exports.replacement import replacing
from structurer.report.account import Account, Fate
from structurer.report.assets import asset
from structurer.report.estimates import Estimate, estimates, scales
from structurer.report.places import Result
from structurer.report.record_html import render_record, unsure
from structurer.report.shown import shown
from structurer.report.templates import templates
from structurer.schema import TrialReport

_STYLES = ("colours.css", "layout.css", "marks.css", "record.css", "forest.css", "account.css", "print.css")
_SCRIPTS = ("links.js", "cells.js", "records.js", "axis.js", "plot.js", "forest.js", "views.js")
# What ends a script, or begins a comment in one, whatever the script is.
_MARKUP = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def write_page(
    reports: Iterable[TrialReport],
    target: str | Path,
    *,
    title: str,
    account: Account,
    complete: Callable[[Account], None] = lambda account: None,
) -> Account:
    """Write `reports` as one HTML file to `target`, and return their account.

    Each record is written as it comes, so a file of any size needs little memory. `account` is filled from the
    reports; `complete` is called with it when all have come, for what only then is known of records that gave none.
    The page asks nothing of any network: its policy admits no script and no style but its own, by their hashes.
    Raises ExportError where the file cannot be written.
    """
    index: list[dict[str, Any]] = []
    found: list[Estimate] = []

    def records() -> Iterator[Markup]:
        for number, report in enumerate(reports):
            account.add(report, number)
            index.append(_entry(report))
            found.extend(estimates(report, number))
            yield render_record(report, number)
        complete(account)

    style = "\n".join(asset(name) for name in _STYLES)
    script = "\n".join(asset(name) for name in _SCRIPTS)
    pieces = (
        templates()
        .get_template("page.html")
        .generate(
            title=title,
            version=_version(),
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
            records=records(),
            index=lambda: _data(index),
            estimates=lambda: _data({"scales": scales(found), "estimates": [asdict(one) for one in found]}),
            account=lambda: account,
            fates=list(Fate),
        )
    )
    with replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    return account


def _entry(report: TrialReport) -> dict[str, Any]:
    """What the list of records shows of one, and what it is searched and sorted by."""
    record = report.record
    results: list[Result] = [*report.effects, *report.arm_values]
    sure = [result.confidence for result in results if result.confidence is not None]
    return {
        "title": shown(record.title or record.record_id),
        "year": record.year,
        "results": len(results),
        "flags": len(report.flags),
        "least": min(sure, default=None),
        "unsure": sum(unsure(confidence) for confidence in sure),
        "state": "problem" if report.error else "" if record.abstract else "no abstract",
        "text": shown(f"{record.record_id}\n{record.pmid or ''}\n{record.abstract or ''}"),
    }


def _data(content: Any) -> Markup:
    """`content` as JSON that no parser of HTML takes for markup."""
    return Markup(json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_MARKUP))


def _policy(style: str, script: str) -> str:
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (style, script)]
    return (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; "
        "base-uri 'none'; form-action 'none'; img-src data:"
    )


def _version() -> str:
    import structurer

    return str(structurer.__version__)
