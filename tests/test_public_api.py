"""The public names: which there are, where they live, that each shows its use, and that importing them costs little."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import structurer

ROOT = Path(__file__).parents[1]
PUBLIC = [
    "Record",
    "StructurerError",
    "TrialReport",
    "extract",
    "load",
    "read_records",
    "to_tables",
    "write_excel",
]


def test_the_public_names_are_these_eight() -> None:
    assert structurer.__all__ == PUBLIC
    assert set(PUBLIC) <= set(dir(structurer))


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_found_and_shows_its_use(name: str) -> None:
    thing = getattr(structurer, name)
    assert thing.__name__ == name
    assert doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")


def test_no_public_name_is_that_of_a_sub_package() -> None:
    assert not {path.stem for path in (ROOT / "structurer").iterdir()} & set(PUBLIC)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'tabulate'"):
        structurer.tabulate  # noqa: B018


def test_the_version_is_a_text() -> None:
    assert isinstance(structurer.__version__, str)


@pytest.mark.parametrize(
    "code", ["import structurer", "import structurer; structurer.Record; structurer.StructurerError"]
)
def test_import_loads_nothing_heavy_and_opens_no_connection(code: str) -> None:
    guard = "import socket\nsocket.socket = None\n"
    heavy = "import sys; print(sorted({'spacy', 'scispacy', 'pandas', 'numpy', 'typer'} & set(sys.modules)))"
    command = [sys.executable, "-c", f"{guard}{code}\n{heavy}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
