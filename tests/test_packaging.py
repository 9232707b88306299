"""What pyproject.toml promises to installers."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_dev_extra_and_the_dev_group_are_the_same_tools() -> None:
    assert PROJECT["project"]["optional-dependencies"]["dev"] == PROJECT["dependency-groups"]["dev"]


def test_the_optional_formats_of_the_tests_are_those_of_the_extras() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert {*extras["parquet"], *extras["duckdb"]} <= set(extras["dev"])


def test_no_dependency_is_fetched_from_an_address() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(name for extra in extras for name in extra)]
    assert [name for name in wanted if "@" in name or "://" in name] == []
