"""Extracting by several processes writes what one writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from structurer.cli import app


def write_records(folder: Path, broken: bool) -> Path:
    file = folder / "records.jsonl"
    rows = [
        f'{{"id": "{i}", "abstract": "We randomised {100 + i} adults. Flares were rarer (OR 0.{i + 10}; P=.02)."}}'
        for i in range(150)
    ]
    if broken:
        rows[70] = '{"id": "70", "abstract":'
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "with a record that cannot be read"])
def test_the_output_is_byte_for_byte_the_same(tmp_path: Path, broken: bool) -> None:
    file = write_records(tmp_path, broken)
    made = {}
    for jobs in ("1", "2"):
        out = tmp_path / f"out{jobs}.jsonl"
        done = CliRunner().invoke(app, ["extract", str(file), "-o", str(out), "--jobs", jobs])
        made[jobs] = (done.exit_code, done.stderr, out.read_bytes())
    assert made["1"] == made["2"]
    assert made["1"][0] == int(broken)
    assert made["1"][2].count(b"\n") == 150


def test_there_is_a_job_at_least(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["extract", str(write_records(tmp_path, False)), "--jobs", "0"]).exit_code == 2
