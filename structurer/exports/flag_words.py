"""The flags of a row of results in words: the code, and what the number would have to be."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def flag_words(frames: Mapping[str, pd.DataFrame]) -> list[str | None]:
    """The cell `flags` of each row of the results, with the message of the problem behind each code.

    A code without a problem of its record at its place stands alone. None for a row without a flag.
    """
    results, problems = frames["results"], frames.get("problems")
    messages: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    if problems is not None:
        columns = (problems[name].tolist() for name in ("record_id", "problem", "start", "end", "message"))
        for record_id, code, start, end, message in zip(*columns, strict=True):
            if not (pd.isna(record_id) or pd.isna(start) or pd.isna(end)):
                messages.setdefault((record_id, code), []).append((start, end, message))
    rows = zip(*(results[name].tolist() for name in ("record_id", "flags", "start", "end")), strict=True)
    return [None if pd.isna(flags) else _worded(messages, *row) for row in rows for flags in row[1:2]]


def _worded(
    messages: Mapping[tuple[str, str], list[tuple[int, int, str]]], record_id: str, flags: str, start: int, end: int
) -> str:
    lines = []
    for code in flags.split("; "):
        here = [
            message
            for begin, stop, message in messages.get((record_id, code), ())
            if not (pd.isna(start) or pd.isna(end)) and begin < end and start < stop
        ]
        lines.append(f"{code}: {'; '.join(dict.fromkeys(here))}" if here else code)
    return "\n".join(lines)
