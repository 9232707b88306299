"""A run that is killed, whenever, leaves the old output or the whole new one, and can go on where it was stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDS = 60
# Runs the command in children that it kills, for a fresh interpreter each time would take a minute.
DRIVER = """
import os, random, signal, sys, time, types
from pathlib import Path
from structurer.schema import Record, TrialReport
import structurer.cli, structurer.scale.accounts, structurer.scale.intake, structurer.exports.journal
import structurer.exports, structurer.tables.frames, structurer.exports.delimited

def extract(records, nlp=None):
    for record in records:
        time.sleep(0.0005)
        yield TrialReport(record=record, n_total=record.number)

fake = types.ModuleType("structurer.pipeline")
fake.extract, fake.load = extract, lambda: None
sys.modules["structurer.pipeline"] = fake
source, target, option, kills = sys.argv[1], Path(sys.argv[2]), sys.argv[3:-1], int(sys.argv[-1])
chance = random.Random(20)

def run(seconds):
    '''Whether the run came to its end before it was killed after so many seconds.'''
    child = os.fork()
    if not child:
        code = 1
        try:
            structurer.cli.app(["extract", source, "-o", str(target), "--quiet", *option])
        except SystemExit as end:
            code = end.code or 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status == 0

assert run(None)
whole = target.read_bytes()
start = time.monotonic()
assert run(None)
usual = time.monotonic() - start
killed = gone_on = 0
while killed < kills:
    target.write_bytes(b"old")
    ended = False
    while not ended and killed < kills:
        parts = {part: part.stat().st_size for part in target.parent.glob(".*.part")}
        gone_on += any(parts.values())
        ended = run(chance.uniform(0, usual))
        killed += not ended
        assert target.read_bytes() in (b"old", whole), "neither old nor new"
    if not ended:
        assert run(None)
    assert target.read_bytes() == whole, "not what an uninterrupted run writes"
    assert not list(target.parent.glob(".*.part"))
print(killed, gone_on)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "search.jsonl"
    lines = [{"id": str(n), "abstract": f"Trial {n // 2} of {'x' * 400}."} for n in range(RECORDS)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize(
    ("name", "options", "kills"), [("out.jsonl", ["--resume"], 30), ("out.jsonl", [], 10), ("out.csv", [], 10)]
)
def test_a_kill_at_any_moment(source: Path, tmp_path: Path, name: str, options: list[str], kills: int) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    # Python 3.12 warns of a fork beside threads; the libraries' threads are idle here.
    quiet = ["-W", "ignore::DeprecationWarning"]
    command = [sys.executable, *quiet, "-c", DRIVER, str(source), str(folder / name), *options, str(kills)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[-2000:]) == (0, "")
    killed, gone_on = map(int, done.stdout.split())
    assert killed == kills
    # Some of the runs that were killed had finished lines to go on from.
    assert (gone_on > 0) == bool(options)
