"""Files spread over real processes and a real Dask cluster: what is killed is done again, and nothing half is seen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from structurer.scale.intake import Intake
from structurer.scale.parts import Options, Summary, attempt, process_file
from structurer.schema import Record

psutil = pytest.importorskip("psutil", reason="comes with Dask, which is not installed")
pytest.importorskip("distributed", reason="Dask is not installed")
ROOT = Path(__file__).parents[2]
FILES, RECORDS = 4, 40
COMMAND = "import sys; from structurer.cli import main; sys.argv[0] = 'structurer'; main()"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for file in range(FILES):
        rows = [
            {
                "id": str(n),
                "abstract": f"METHODS: We randomised {100 + n} adults to rovacept or placebo. RESULTS: Flares were "
                f"rarer with rovacept (odds ratio 0.{n + 10}; 95% CI, 0.{n + 10}-0.93; P=0.02).",
            }
            for n in range(RECORDS)
        ]
        (folder / f"f{file}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return folder


@pytest.fixture(scope="module")
def expected(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts as one process writes them."""
    folder = tmp_path_factory.mktemp("one")
    for file in sorted(inputs.iterdir()):
        process_file(str(file), str(folder))
    return parts_of(folder)


def parts_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.jsonl"))}


def start(inputs: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-c", COMMAND, "extract", str(inputs), "-o", str(out), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def workers_of(process: subprocess.Popen[str]) -> Iterator[Any]:
    for child in psutil.Process(process.pid).children(recursive=True):
        if "spawn_main" in " ".join(child.cmdline()):
            yield child


def wait_for_parts(process: subprocess.Popen[str], out: Path, number: int) -> None:
    while len(list(out.glob("*.jsonl"))) < number and process.poll() is None:
        time.sleep(0.01)


@pytest.mark.parametrize("options", [("--dask", "local:2"), ("--jobs", "2")], ids=["dask", "processes"])
def test_a_worker_is_killed_in_the_middle(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, options: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    run = start(inputs, out, *options)
    wait_for_parts(run, out, 1)
    victim = next(workers_of(run), None)
    assert victim is not None, "the run was over before a worker could be killed"
    victim.kill()
    _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert parts_of(out) == expected
    assert list(out.glob(".*.tmp")) == []
    manifest = json.loads((out / "manifest.json").read_text())
    assert (manifest["whole"], manifest["counts"]["records"]) == (True, FILES * RECORDS)


def test_the_scheduler_is_killed_and_the_next_run_goes_on(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start(inputs, out, "--dask", "local:2")
    wait_for_parts(run, out, 2)
    workers = list(workers_of(run))
    # The cluster's scheduler lives in this process.
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=30)
    assert run.returncode == -signal.SIGKILL
    # Workers that nobody asks any more end by themselves, once they have done what they had begun.
    _, living = psutil.wait_procs(workers, timeout=60)
    assert living == []
    seen = parts_of(out)
    assert seen.items() <= expected.items()
    times = {name: (out / name).stat().st_mtime_ns for name in seen}
    again = start(inputs, out)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    assert f"{FILES} of {FILES} parts in {out}, " in said
    assert parts_of(out) == expected
    finished = [name for name in seen if (out / name).stat().st_mtime_ns == times[name]]
    assert len(finished) >= 2


class Deadly(str):
    """An abstract that ends the process which receives it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)


def test_a_record_that_ends_its_process_is_reported_and_the_others_are_kept(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Intake.records

    def with_a_deadly_one(intake: Intake) -> Iterator[Record]:
        for record in whole(intake):
            yield replace(record, abstract=Deadly("It ends here.")) if record.number == 9 else record

    monkeypatch.setattr(Intake, "records", with_a_deadly_one)
    outcome = attempt(str(inputs / "f0.jsonl"), str(tmp_path), Options(), shielded=True)
    assert isinstance(outcome, Summary)
    assert (outcome.balanced, outcome.counts["extracted"], outcome.counts["problems"]) == (True, RECORDS - 1, 1)
    assert outcome.lost == (f"{inputs / 'f0.jsonl'}, record 9: the process that read it ended with exit status 7",)
    written, others = (parts["f0.jsonl.jsonl"].splitlines() for parts in (parts_of(tmp_path), expected))
    assert [line for n, line in enumerate(written) if n != 8] == [line for n, line in enumerate(others) if n != 8]


def test_a_worker_of_another_version_is_refused(inputs: Path, tmp_path: Path) -> None:
    outcome = attempt(str(inputs / "f0.jsonl"), str(tmp_path), Options(version="0"))
    assert "StructurerError: this process runs structurer" in getattr(outcome, "why", "")
    assert list(tmp_path.iterdir()) == []
