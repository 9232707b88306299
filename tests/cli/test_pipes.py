"""The real program between other programs: pipes that close, devices that are full, files that may not grow."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from structurer.cli import main; main()"]
ABSTRACT = "RESULTS: Relapse was rarer with heat (hazard ratio 0.71, 95% CI 0.55 to 0.92)."


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text(
        "".join(json.dumps({"id": str(n), "abstract": f"Trial {n}. {ABSTRACT * 20}"}) + "\n" for n in range(60))
    )
    return path


def test_a_pipe_that_is_closed_ends_with_one_line_and_status_1(many: Path) -> None:
    command = [*PROGRAM, "extract", str(many)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert json.loads(program.stdout.readline())["record_id"] == "0"
        program.stdout.close()
        assert program.stderr.read() == "structurer: the output was closed before its end\n"
        assert program.wait() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_device_ends_with_one_line_and_status_1(many: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "extract", str(many)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("extension", [".jsonl", ".csv", ".xlsx"])
def test_no_room_for_the_file_keeps_the_old_one(many: Path, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"out{extension}"
    target.write_text("old")

    def no_file_larger_than_100_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    done = subprocess.run(
        [*PROGRAM, "extract", str(many), "-o", str(target)],
        cwd=ROOT,
        env={"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=no_file_larger_than_100_bytes,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"structurer: {target}: File too large\n")
    assert target.read_text() == "old"
    assert {file.name for file in tmp_path.iterdir()} == {"many.jsonl", f"out{extension}"}


def test_a_whole_run_from_standard_input_in_a_poor_locale() -> None:
    record = {"id": "x", "title": "Étude — α", "abstract": ABSTRACT}
    done = subprocess.run(
        [*PROGRAM, "extract", "-"],
        cwd=ROOT,
        env={"PATH": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        input=json.dumps(record, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert (done.returncode, found["title"]) == (0, "Étude — α")
    assert [(e["measure"], e["estimate"], e["ci_low"], e["ci_high"]) for e in found["effects"]] == [
        ("HR", 0.71, 0.55, 0.92)
    ]
