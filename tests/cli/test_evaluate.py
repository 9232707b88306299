"""structurer evaluate, over the small gold file of tests/evaluation."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def files(tmp_path: Path) -> Any:
    """The gold file, the corpus and the predictions that the tests of the evaluation use."""
    place = Path(__file__).parents[1] / "evaluation" / "conftest.py"
    spec = importlib.util.spec_from_file_location("evaluation_files", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    corpus = [{"id": key, "abstract": text} for key, text in module.TEXTS.items()]
    return module.Files(
        module.write_lines(tmp_path / "gold.jsonl", module.GOLD),
        module.write_lines(tmp_path / "corpus.jsonl", corpus),
        module.write_lines(tmp_path / "predictions.jsonl", module.PREDICTIONS),
    )


def test_figures_of_saved_predictions(run: Any, files: Any) -> None:
    done = run("evaluate", files.gold, files.corpus, "--predictions", files.predictions)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0] == "registry_ids              precision 1.0000  recall 1.0000  f1 1.0000  gold 1  found 1"
    assert lines[-1] == "records                   gold 2  without_prediction 0"


def test_json(run: Any, files: Any) -> None:
    done = run(
        "evaluate",
        files.gold,
        files.corpus,
        "--predictions",
        files.predictions,
        "--json",
        "--coverage",
        "--errors",
        "-",
    )
    found = json.loads(done.stdout)
    assert found["n_total"] == {"recall": 0.0, "precision": 0.0, "gold": 1, "found": 2}
    assert [row["rows"] for row in found["coverage"]] == [1, 1, 2, 2, 2, 3, 3, 4, 4, 4]
    assert len(found["errors"]) == 15


def test_misses_in_a_file(run: Any, files: Any, tmp_path: Path) -> None:
    run("evaluate", files.gold, files.corpus, "--predictions", files.predictions, "--errors", tmp_path / "misses.tsv")
    lines = (tmp_path / "misses.tsv").read_text().splitlines()
    assert (lines[0], len(lines)) == ("a\tp_values\tmade up\t('<', 0.5)", 15)


def test_extracting_saving_and_comparing(run: Any, files: Any, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    done = run(
        "evaluate", files.gold, files.corpus, "--save", saved, "--against", files.predictions, "--time", "--coverage"
    )
    assert done.exit_code == 0
    assert "effects kept" in done.stdout
    assert "lost\ta\tregistry_ids\tmissed\t'ISRCTN55555555'" in done.stdout.splitlines()
    assert "gained\ta\tp_values\tmade up\t('<', 0.5)" in done.stdout.splitlines()
    assert "abstracts a second" in done.stderr
    assert [json.loads(line)["record_id"] for line in saved.read_text().splitlines()] == ["a", "b"]
    again = run("evaluate", files.gold, files.corpus, "--predictions", saved, "--against", saved)
    assert again.stdout.endswith("nothing gained, nothing lost\n")


def test_a_record_that_fails_is_named(run: Any, files: Any) -> None:
    files.corpus.write_text('{"id": "a", "abstract": "boom"}\n{"id": "b", "abstract": "Words."}\n')
    done = run("evaluate", files.gold, files.corpus)
    assert (done.exit_code, done.stderr) == (1, "structurer: record a: it went off\n")
    assert done.stdout.splitlines()[-1] == "records                   gold 2  without_prediction 0"


def test_a_gold_file_of_other_abstracts(run: Any, files: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "z", "abstract": "Words."}\n')
    done = run("evaluate", files.gold, other, "--predictions", files.predictions)
    assert (done.exit_code, done.stderr) == (1, f"structurer: {other}: holds no abstract of a\n")


@pytest.mark.parametrize(
    "arguments", [["--predictions", "none.jsonl"], ["--predictions", "{saved}", "--time"], ["--against", "none.jsonl"]]
)
def test_a_wrong_command_line_is_status_2(run: Any, files: Any, arguments: list[str]) -> None:
    done = run("evaluate", files.gold, files.corpus, *(word.format(saved=files.predictions) for word in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
