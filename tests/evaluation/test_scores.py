"""Scores of predictions with known faults, counted by hand; and the same figures as the reference scorer's."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from structurer.evaluation.gold import Gold, read_gold, read_predictions, read_texts
from structurer.evaluation.scores import Miss, Scores, score

SHARED = Path(__file__).parents[2].parent / "shared" / "gold"


@pytest.fixture
def scores(files: Any) -> Scores:
    return score(read_gold(files.gold), read_texts(files.corpus), read_predictions(files.predictions))


def counted(precision: float, recall: float, f1: float, gold: int, found: int) -> dict[str, Any]:
    return {"precision": precision, "recall": recall, "f1": pytest.approx(f1), "gold": gold, "found": found}


def test_figures_by_hand(scores: Scores) -> None:
    assert scores.rows() == {
        "registry_ids": counted(1.0, 1.0, 1.0, 1, 1),
        "p_values": counted(2 / 3, 1.0, 0.8, 2, 3),
        "intervals": counted(2 / 3, 1.0, 0.8, 2, 3),
        "intervals+measure": counted(1 / 3, 0.5, 0.4, 2, 3),
        "effects without interval": counted(1.0, 1.0, 1.0, 1, 1),
        "whole effect rows": counted(0.5, 2 / 3, 4 / 7, 3, 4),
        "sample sizes": counted(1.0, 1.0, 1.0, 1, 1),
        "arm sizes": counted(1.0, 1.0, 1.0, 1, 1),
        "arm values": counted(1.0, 0.5, 2 / 3, 2, 1),
        "arm values, whole rows": counted(0.0, 0.0, 0.0, 2, 1),
        "sections": {"characters_right": 1.0, "whole_splits_right": 1.0},
        "n_total": {"recall": 0.0, "precision": 0.0, "gold": 1, "found": 2},
        "p_role": {"accuracy": 0.5, "of": 2},
        "outcome": {"accuracy": 0.5, "of": 2},
        "comparison": {"accuracy": 0.0, "of": 1},
        "timepoint": {"accuracy": pytest.approx(2 / 3), "of": 3},
        "arm of an arm value": {"accuracy": 1.0, "of": 1},
        "outcome of an arm value": {"accuracy": 1.0, "of": 1},
        "records": {"gold": 2, "without_prediction": 0},
    }


def test_each_miss_is_listed(scores: Scores) -> None:
    key, wrong = "(0.7, 0.52, 0.94)", "(1.2, 0.9, 1.6)"
    assert scores.misses == [
        Miss("a", "p_values", "made up", "('<', 0.5)"),
        Miss("a", "intervals+measure", "missed", "('RR', 0.7, 0.52, 0.94)"),
        Miss("a", "intervals+measure", "made up", "('OR', 0.7, 0.52, 0.94)"),
        Miss("a", "whole effect rows", "missed", "('RR', 0.7, 0.52, 0.94, ('=', 0.02))"),
        Miss("a", "whole effect rows", "made up", "('OR', 0.7, 0.52, 0.94, ('=', 0.02))"),
        Miss("a", "outcome", "differs", f"{key}: gold 'died | death' found 'falls'"),
        Miss("a", "arm values", "missed", "('share', 12.5, 5.0)"),
        Miss("a", "arm values, whole rows", "missed", "('share', 7.5, 3.0, 40.0, None, None, None, None)"),
        Miss("a", "arm values, whole rows", "missed", "('share', 12.5, 5.0, 40.0, None, None, None, None)"),
        Miss("a", "arm values, whole rows", "made up", "('share', 7.5, 3.0, None, None, None, None, None)"),
        Miss("a", "n_total", "differs", "gold 80 found 40"),
        Miss("b", "intervals", "made up", wrong),
        Miss("b", "intervals+measure", "made up", "('HR', 1.2, 0.9, 1.6)"),
        Miss("b", "whole effect rows", "made up", "('HR', 1.2, 0.9, 1.6, None)"),
        Miss("b", "n_total", "differs", "gold None found 9"),
    ]


def test_a_record_without_prediction_found_nothing(files: Any) -> None:
    found = score(read_gold(files.gold), read_texts(files.corpus), {}).rows()
    assert found["records"] == {"gold": 2, "without_prediction": 2}
    assert found["p_values"] == counted(1.0, 0.0, 0.0, 2, 0)
    assert found["sections"] == {"characters_right": 0.0, "whole_splits_right": 0.0}


def test_nothing_annotated_and_nothing_found_is_all_right() -> None:
    found = score([Gold("x")], {"x": "No words."}, {}).rows()
    assert found["intervals"] == counted(1.0, 1.0, 1.0, 0, 0)


def test_same_figures_as_the_reference_scorer(files: Any, tmp_path: Path) -> None:
    if not (SHARED / "score.py").exists():
        pytest.skip("the reference scorer is not beside this repository")
    assert reference(files.gold, files.corpus, files.predictions, tmp_path) == ours(*files)


@pytest.mark.parametrize("seed", range(3))
def test_same_figures_as_the_reference_scorer_on_spoiled_gold(seed: int, tmp_path: Path) -> None:
    gold, corpus = SHARED / "dev.jsonl", SHARED / "dev_corpus.jsonl"
    if not gold.exists():
        pytest.skip("the development gold is not beside this repository")
    spoiled = tmp_path / "spoiled.jsonl"
    chance = random.Random(seed)
    with spoiled.open("w", encoding="utf-8") as file:
        for line in gold.read_text(encoding="utf-8").splitlines():
            if chance.random() < 0.9:
                file.write(json.dumps(as_prediction(json.loads(line), chance)) + "\n")
    assert reference(gold, corpus, spoiled, tmp_path) == ours(gold, corpus, spoiled)


def ours(gold: Path, corpus: Path, predictions: Path) -> tuple[Any, list[str]]:
    found = score(read_gold(gold), read_texts(corpus), read_predictions(predictions))
    return found.rows(), sorted("\t".join(miss) for miss in found.misses)


def reference(gold: Path, corpus: Path, predictions: Path, folder: Path) -> tuple[Any, list[str]]:
    misses = folder / "misses.tsv"
    arguments = [SHARED / "score.py", gold, corpus, predictions, "--json", "--errors", misses]
    done = subprocess.run([sys.executable, *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout), sorted(misses.read_text(encoding="utf-8").split("\n")[:-1])


def as_prediction(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What a prediction of `gold` with faults in every field would look like."""

    def kept(items: list[Any]) -> list[Any]:
        return [item for item in items if chance.random() < 0.8]

    def spoiled(item: dict[str, Any], **faults: Any) -> dict[str, Any]:
        return item | {name: fault for name, fault in faults.items() if chance.random() < 0.15}

    effects = [
        spoiled(
            {name: cell for name, cell in effect.items() if name != "p"}
            | {"p_operator": (effect["p"] or [None])[0], "p_value": (effect["p"] or [None, None])[1]},
            measure="OR",
            ci_low=0.1,
            estimate=None,
            outcome="another thing",
            comparison=None,
            timepoint="day 3",
        )
        for effect in kept(gold["effects"])
    ]
    return {
        "record_id": gold["id"],
        "sections": [{"label": row[0], "start": 150 * place} for place, row in enumerate(kept(gold["sections"]))],
        "registry_ids": [{"id": row[0].lower()} for row in kept(gold["registry_ids"])],
        "p_values": [
            spoiled({"operator": sign, "value": value, "role": role}, operator="≤", role="trend")
            for _, sign, value, role in kept(gold["p_values"])
        ],
        "effects": effects + effects[:1],
        "arm_values": [
            spoiled(value, arm="x", outcome="another thing", percent=1.5, sd=9, kind="events")
            for value in kept(gold.get("arm_values", []))
        ],
        "sample_sizes": [{"value": value, "role": role} for _, value, role, _ in kept(gold["sample_sizes"])],
        "n_total": gold["n_total"] if chance.random() < 0.8 else 7,
        "arms": [{"label": label, "n": n} for label, n in kept(gold["arms"])],
    }
