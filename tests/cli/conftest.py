"""The command line over a pipeline of three lines, so that these tests speak of the commands alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from structurer.schema import Record, TrialReport


@pytest.fixture
def pipeline(report: TrialReport, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pipeline that finds the same in every abstract, and fails on the abstract "boom"."""

    def extract(records: Iterable[Record], nlp: object = None) -> Iterator[TrialReport]:
        for record in records:
            if record.abstract == "boom":
                yield TrialReport(record=record, error="it went off")
            elif record.abstract:
                yield replace(report, record=replace(record, abstract=report.record.abstract))
            else:
                yield TrialReport(record=record)

    module = ModuleType("structurer.pipeline")
    vars(module).update(extract=extract, load=lambda: None)
    monkeypatch.setitem(sys.modules, "structurer.pipeline", module)
    return module


@pytest.fixture
def run(pipeline: ModuleType) -> Any:
    """Run a command in this process, over the pipeline of three lines."""
    from structurer.cli import app

    def invoke(*arguments: str | Path, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return invoke


@pytest.fixture
def search(tmp_path: Path) -> Path:
    """Four records: one good, one that is no JSON, one that makes the pipeline fail, one without an abstract."""
    lines = [
        json.dumps({"id": "one", "abstract": "Some words.", "pmid": "11"}),
        "{not json",
        json.dumps({"id": "three", "abstract": "boom"}),
        json.dumps({"id": "four", "abstract": None}),
    ]
    path = tmp_path / "search.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path
