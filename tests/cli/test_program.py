"""The group of commands, and the little that it costs to ask for help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("spacy", "scispacy", "pandas", "numpy", "xlsxwriter", "duckdb", "pyarrow", "rispy")
LOADED = "import sys; print(*sorted(set(sys.modules) & set({heavy!r})))"
ASK_HELP = """
from structurer.cli import app
app({arguments!r}, standalone_mode=False)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["extract", "--help"],
        ["evaluate", "--help"],
        ["gold", "--help"],
        ["train", "--help"],
        ["bench", "--help"],
        ["review", "--help"],
        ["--version"],
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = ASK_HELP.format(arguments=arguments) + LOADED.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_version(run: Any) -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout.split()[0]) == (0, "structurer")


def test_every_command_and_option_has_help() -> None:
    import typer.main

    from structurer.cli import app

    group: Any = typer.main.get_command(app)
    commands = {
        "bench",
        "compare",
        "evaluate",
        "export",
        "extract",
        "gold",
        "growth",
        "pool",
        "report",
        "review",
        "train",
    }
    assert set(group.commands) == commands
    for command in group.commands.values():
        assert command.help
        assert [option.name for option in command.params if not getattr(option, "help", None)] == []


def test_no_arguments_show_the_help(run: Any) -> None:
    done = run()
    assert "extract" in done.stdout + done.stderr
    assert done.exit_code == 2


def test_a_run_to_json_lines_does_without_pandas(tmp_path: Path) -> None:
    source = tmp_path / "one.jsonl"
    source.write_text('{"id": "1", "abstract": "Of 40 adults, 3 (8%) died."}\n')
    code = (
        "import sys; from structurer.cli import app; app(sys.argv[1:], standalone_mode=False); "
        "print(sorted({'pandas', 'xlsxwriter', 'starlette', 'distributed'} & set(sys.modules)))"
    )
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        code,
        "extract",
        str(source),
        "-o",
        str(tmp_path / "o.jsonl"),
        "-q",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
