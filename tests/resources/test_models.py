"""A model's folder is found in the checkout; one that is missing is told with the command that makes it."""

from __future__ import annotations

import pytest

from structurer.errors import ModelNotFoundError
from structurer.resources.models import model_folder


def test_the_shipped_model_is_found() -> None:
    assert {"config.json", "weights.bin", "README.md"} <= {file.name for file in model_folder("sections").iterdir()}


def test_a_missing_model_names_the_command() -> None:
    with pytest.raises(ModelNotFoundError, match="structurer train handwriting"):
        model_folder("handwriting")
