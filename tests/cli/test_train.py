"""structurer train sections: a model from files, and one line for what went wrong."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from structurer.cli.train import app
from structurer.sections.role_weights import read_role_weights


def test_a_model_is_written(tmp_path: Path) -> None:
    parts = [["Aim", "To see whether lamps help."], ["Results", "Sleep rose (P = 0.02). It fell in none."]]
    rows = [json.dumps({"id": number, "labels": parts}) for number in range(8)]
    (tmp_path / "made.jsonl").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "model"
    ran = CliRunner().invoke(app, ["sections", "--from", str(tmp_path / "made.jsonl"), "-o", str(out)])
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ran.stderr == f"{out}: trained on 8 abstracts\n"
    assert read_role_weights(out).packed


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["sections", "--from", str(tmp_path / "none.jsonl"), "-o", str(tmp_path)])
    assert ran.exit_code == 1
    assert ran.stderr.count("\n") == 1
    assert "none.jsonl" in ran.stderr
