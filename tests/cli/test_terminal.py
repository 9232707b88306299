"""What the commands say on standard error."""

from __future__ import annotations

import io
import sys

import pytest
import typer

from structurer.cli.terminal import counting, failing_in_one_line, tell
from structurer.errors import ExportError


class Terminal(io.StringIO):
    """A standard error that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "quiet", "shown"), [(Terminal(), False, True), (Terminal(), True, False), (io.StringIO(), False, False)]
)
def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, quiet: bool, shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    assert list(counting(range(3), quiet=quiet)) == [0, 1, 2]
    assert ("records" in stream.getvalue()) is shown


def test_a_message_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell("first\nsecond\tthird")
    assert capsys.readouterr() == ("", "structurer: first second third\n")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (ExportError("no room", target="out.csv"), "structurer: out.csv: no room\n"),
        (PermissionError(13, "Permission denied", "in.ris"), "structurer: in.ris: Permission denied\n"),
        (BrokenPipeError(), "structurer: the output was closed before its end\n"),
    ],
)
def test_a_failure_is_one_line_and_status_1(capsys: pytest.CaptureFixture[str], failure: Exception, said: str) -> None:
    with pytest.raises(typer.Exit) as stopped, failing_in_one_line():
        raise failure
    assert stopped.value.exit_code == 1
    assert capsys.readouterr() == ("", said)


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), failing_in_one_line():
        _ = 1 / 0
