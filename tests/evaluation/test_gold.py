"""Gold files as written, and files that are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from structurer.errors import ReaderError
from structurer.evaluation.gold import Gold, read_gold, read_predictions, read_texts


def test_a_gold_file(files: Any) -> None:
    first = read_gold(files.gold)[0]
    assert (first.record_id, first.n_total, first.arms) == ("a", 80, [["zolarex", 40], ["placebo", None]])
    assert list(read_texts(files.corpus)) == list(read_predictions(files.predictions)) == ["a", "b"]


def test_parts_left_out_are_empty(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": 7}\n\n')
    assert read_gold(tmp_path / "gold.jsonl") == [Gold("7")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": "a"}\n{"id": \n', "line 2: not JSON"),
        (b'["a"]\n', "line 1: not a JSON object"),
        (b'{"name": "a"}\n', "line 1, field id: missing"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_what_is_no_gold_file(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "gold.jsonl").write_bytes(content)
    with pytest.raises(ReaderError, match=message):
        read_gold(tmp_path / "gold.jsonl")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="No such file"):
        read_gold(tmp_path / "none.jsonl")
