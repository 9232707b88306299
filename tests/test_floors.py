"""The house: who imports whom, who may know which library, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "structurer").rglob("*.py"))
LONGEST_FILE = 300
# The only places that may import each library.
HOMES = {
    "spacy": ("components/", "pipeline.py", "annotation/", "benchmark/contenders.py"),
    "scispacy": ("components/short_forms.py", "benchmark/contenders.py"),
    "pandas": ("tables/", "exports/", "review/", "comparison/", "meta/"),
    "xlsxwriter": ("exports/", "comparison/tables.py"),
    "duckdb": ("exports/",),
    "pyarrow": ("exports/",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "rispy": ("readers/",),
    "sqlite3": ("readers/", "review/"),
    "distributed": ("scale/",),
    "dask": ("scale/",),
    "python_calamine": ("readers/",),
    "jinja2": ("report/", "web/"),
    "starlette": ("web/",),
    "uvicorn": ("web/",),
    "matplotlib": ("meta/forest_plot.py",),
    "requests": (),
    "urllib.request": (),
    "http.client": (),
    "huggingface_hub": (),
}
NOT_A_JOB = {"utils.py", "helpers.py", "common.py", "base.py", "constants.py", "misc.py"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT / "structurer").as_posix()


def imported(file: Path) -> set[str]:
    """The modules that `file` imports anywhere, those for type checking only left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_is_named_by_its_job(file: Path) -> None:
    assert file.name not in NOT_A_JOB


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(library: str) -> None:
    strangers = [
        name_of(file)
        for file in FILES
        if not name_of(file).startswith(HOMES[library])
        and any(module == library or module.startswith(f"{library}.") for module in imported(file))
    ]
    assert strangers == []


def test_a_file_imports_only_from_floors_below() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "Contracts: 2 kept, 0 broken." in done.stdout) == (0, True), done.stdout + done.stderr
