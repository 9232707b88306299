"""Sections against the labelled sets, where these lie beside the repository: the figures do not fall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from structurer.sections import find_sections

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


@dataclass(frozen=True)
class Figure:
    name: str
    characters_right: float
    whole_splits_right: float


FIGURES = [Figure("headless_trials", 0.98, 0.75), Figure("headless_mixed", 0.868, 0.28), Figure("dev", 0.98, 0.85)]


def rows(name: str) -> Iterator[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def starts(sections: list[list[str]], text: str) -> list[tuple[str, int]]:
    """Where each labelled section begins, by its heading and first words."""
    found: list[tuple[str, int]] = []
    cursor = 0
    for label, heading, first in sections:
        for words in (heading.split() + first.split(), first.split()):
            match = re.compile(r"\W*?".join(map(re.escape, words))).search(text, cursor) if words else None
            if match:
                found.append((label, match.start()))
                cursor = match.start() + 1
                break
    return found


def paint(begun: list[tuple[str, int]], length: int) -> list[str | None]:
    labels: list[str | None] = [None] * length
    for (label, start), (_, stop) in zip(begun, [*begun[1:], ("", length)], strict=True):
        labels[start:stop] = [label] * (stop - start)
    return labels


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled sets do not lie beside the repository")
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_figures(figure: Figure) -> None:
    texts = {row["id"]: row["abstract"] for row in rows(f"{figure.name}_corpus")}
    characters = right = whole = abstracts = 0
    for gold in rows(figure.name):
        text = texts[gold["id"]]
        wanted = paint(starts(gold["sections"], text), len(text))
        found = paint([(str(s.label), s.start) for s in find_sections(text)], len(text))
        solid = [i for i, sign in enumerate(text) if not sign.isspace() and wanted[i] is not None]
        same = sum(wanted[i] == found[i] for i in solid)
        characters, right, abstracts = characters + len(solid), right + same, abstracts + 1
        whole += not solid or same / len(solid) >= 0.995
    assert right / characters >= figure.characters_right
    assert whole / abstracts >= figure.whole_splits_right
