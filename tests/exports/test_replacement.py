"""A file is written whole or not at all, also when the program is killed while it writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from structurer.errors import ExportError
from structurer.exports import TABLE_EXTENSIONS
from structurer.exports.replacement import replacing

ROOT = Path(__file__).parents[2]
# Says when it is in the midst of writing, and then waits to be killed.
WRITER = """
import sys
from structurer.exports import write_tables
from structurer.exports.jsonl import write_jsonl
from structurer.schema import Record, TrialReport
from structurer.tables.frames import to_tables

def reports():
    yield TrialReport(record=Record(record_id="1", abstract="New."))
    print("writing", flush=True)
    sys.stdin.read()

write_jsonl(reports(), sys.argv[1])
"""
TABLE_WRITER = """
import sys
from structurer.exports import write_batches
from structurer.tables.frames import to_tables

def batches():
    yield to_tables([])
    print("writing", flush=True)
    sys.stdin.read()

write_batches(batches(), sys.argv[1])
"""


@pytest.mark.parametrize(
    ("program", "extension"),
    [(WRITER, ".jsonl"), *((TABLE_WRITER, extension) for extension in TABLE_EXTENSIONS)],
)
def test_a_killed_writer_leaves_the_old_output(tmp_path: Path, program: str, extension: str) -> None:
    target = tmp_path / f"out{extension}"
    target.write_text("old")
    command = [sys.executable, "-c", program, str(target)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.kill()
        assert writer.wait() == -9
    assert target.read_text() == "old"


def test_what_is_written_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    with replacing(target) as beside:
        beside.write_text("new")
        assert target.read_text() == "old"
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.txt", "new")]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with replacing(tmp_path / "link.txt") as beside:
        beside.write_text("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_directly() -> None:
    with replacing("/dev/null") as place:
        place.write_text("gone")
    assert Path("/dev/null").is_char_device()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"), replacing(tmp_path):
        pytest.fail("there is nothing to write to")
