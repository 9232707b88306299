"""What a stopped run leaves is taken over only where it is whole, and of the same run."""

from __future__ import annotations

from pathlib import Path

import pytest

from structurer.errors import ExportError
from structurer.exports.journal import Journal

LINE = '{"record_id": "%d", "effects": [], "arm_values": []}\n'


def stopped(target: Path, run: str, text: str) -> Path:
    journal = Journal(target, run)
    with pytest.raises(KeyboardInterrupt), journal as stream:
        stream.write(text)
        raise KeyboardInterrupt
    return journal.path


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    stopped(target, "a", LINE % 1)
    assert target.read_text() == "old"
    journal = Journal(target, "a")
    assert [line["record_id"] for line in journal.finished()] == ["1"]
    with journal as stream:
        stream.write(LINE % 2)
    assert target.read_text() == LINE % 1 + LINE % 2
    assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize(
    "left", ['{"record_id": "2", "eff', '{"record_id": "2"}\n', "\0\0\0\n" + LINE % 3, "[1]\n"], ids=repr
)
def test_a_damaged_end_is_written_again(tmp_path: Path, left: str) -> None:
    target = tmp_path / "out.jsonl"
    stopped(target, "a", LINE % 1 + left)
    journal = Journal(target, "a")
    assert [line["record_id"] for line in journal.finished()] == ["1"]
    with journal as stream:
        stream.write(LINE % 2)
    assert target.read_text() == LINE % 1 + LINE % 2


def test_another_run_takes_nothing_over(tmp_path: Path) -> None:
    stopped(tmp_path / "out.jsonl", "a", LINE % 1)
    assert list(Journal(tmp_path / "out.jsonl", "b").finished()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is no file"):
        Journal(tmp_path, "a")
