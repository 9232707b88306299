"""A small gold file of two made-up abstracts, and predictions with known faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

TEXTS = {
    "a": "AIMS: To test zolarex. METHODS: We randomised 80 adults to zolarex or placebo. "
    "RESULTS: Fewer died (RR 0.70, 95% CI 0.52 to 0.94; P=0.02). Falls: 3/40 (7.5%) v 5/40 (12.5%). ISRCTN55555555.",
    "b": "Pain fell by 4 mm more with heat (P<0.001). HR 1.2 (0.9-1.6).",
}
GOLD: list[dict[str, Any]] = [
    {
        "id": "a",
        "design": "rct",
        "sections": [
            ["BACKGROUND", "AIMS", "To test zolarex"],
            ["METHODS", "METHODS", "We randomised 80 adults"],
            ["FINDINGS", "RESULTS", "Fewer died (RR 0.70"],
        ],
        "registry_ids": [["ISRCTN55555555", "ISRCTN"]],
        "p_values": [["P=0.02", "=", 0.02, "result"]],
        "effects": [
            {
                "quote": "RR 0.70, 95% CI 0.52 to 0.94",
                "measure": "RR",
                "estimate": 0.7,
                "unit": None,
                "ci_level": 95,
                "ci_low": 0.52,
                "ci_high": 0.94,
                "p": ["=", 0.02],
                "outcome": "died | death",
                "comparison": ["zolarex", "placebo"],
                "timepoint": None,
            }
        ],
        "sample_sizes": [["80 adults", 80, "randomized", None], ["12 centres", 12, "other", None]],
        "n_total": 80,
        "arms": [["zolarex", 40], ["placebo", None]],
        "arm_values": [
            {"quote": "3/40 (7.5%)", "kind": "events", "events": 3, "n": 40, "percent": 7.5}
            | {"outcome": "falls", "arm": "zolarex", "timepoint": None},
            {"quote": "5/40 (12.5%)", "kind": "events", "events": 5, "n": 40, "percent": 12.5}
            | {"outcome": "falls", "arm": "placebo", "timepoint": None},
        ],
    },
    {
        "id": "b",
        "design": "rct",
        "sections": [["FINDINGS", "", "Pain fell by 4 mm"]],
        "registry_ids": [],
        "p_values": [["P<0.001", "<", 0.001, "result"]],
        "effects": [
            {"quote": "fell by 4 mm more", "measure": "MD", "estimate": 4, "unit": "mm", "ci_level": None}
            | {"ci_low": None, "ci_high": None, "p": ["<", 0.001], "outcome": "pain"}
            | {"comparison": None, "timepoint": None},
            {"quote": "HR 1.2 (0.9-1.6)", "measure": "HR", "estimate": 1.2, "unit": None, "ci_level": 95}
            | {"ci_low": 0.9, "ci_high": 1.6, "p": None, "outcome": None, "comparison": None, "timepoint": None},
        ],
        "sample_sizes": [],
        "n_total": None,
        "arms": [],
        "arm_values": [],
    },
]
# Right but for: the measure, the group and the outcome of the first effect, one made-up p-value and one made-up
# effect, the second arm value, n_total.
PREDICTIONS: list[dict[str, Any]] = [
    {
        "record_id": "a",
        "sections": [
            {"label": "BACKGROUND", "start": 0},
            {"label": "METHODS", "start": TEXTS["a"].index(". METHODS")},
            {"label": "FINDINGS", "start": TEXTS["a"].index(". RESULTS")},
        ],
        "registry_ids": [{"id": "isrctn55555555"}, {"id": "ISRCTN55555555"}],
        "p_values": [{"operator": "=", "value": 0.02, "role": "trend"}, {"operator": "<", "value": 0.5}],
        "effects": [
            {"measure": "OR", "estimate": 0.7, "ci_low": 0.52, "ci_high": 0.94, "p_operator": "=", "p_value": 0.02}
            | {"outcome": "falls", "comparison": ["zolarex", "sham"], "timepoint": None, "confidence": 0.4}
        ],
        "sample_sizes": [{"value": 80, "role": "randomized"}, {"value": 12, "role": "other"}],
        "n_total": 40,
        "arms": [{"label": "zolarex", "n": 40}],
        "arm_values": [{"kind": "percent", "events": 3, "percent": 7.5, "arm": "zolarex group", "outcome": "falls"}],
    },
    {
        "record_id": "b",
        "sections": [{"label": "FINDINGS", "start": 0}],
        "p_values": [{"operator": "<", "value": 0.001, "role": "result"}],
        "effects": [
            {"measure": "RD", "estimate": 4, "p_operator": "<", "p_value": 0.001, "outcome": "pain", "confidence": 0.9},
            {"measure": "HR", "estimate": 1.2, "ci_low": 0.9, "ci_high": 1.6, "timepoint": "week 2", "confidence": 0.8},
            {"measure": "HR", "estimate": 1.2, "ci_low": 0.9, "ci_high": 1.6, "confidence": None},
        ],
        "n_total": 9,
    },
]


class Files(NamedTuple):
    """Paths of a gold file, its corpus, and predictions."""

    gold: Path
    corpus: Path
    predictions: Path


def write_lines(path: Path, items: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The small gold file, its corpus and the predictions, as files."""
    corpus = [{"id": key, "title": None, "abstract": text} for key, text in TEXTS.items()]
    return Files(
        write_lines(tmp_path / "gold.jsonl", GOLD),
        write_lines(tmp_path / "corpus.jsonl", corpus),
        write_lines(tmp_path / "predictions.jsonl", PREDICTIONS),
    )
