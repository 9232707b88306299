"""Find a trained model's folder: in the installed package, or beside it in a source checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from structurer.errors import ModelNotFoundError


def model_folder(name: str) -> Traversable:
    """The folder of the model called `name`, such as `sections`.

    Raises ModelNotFoundError where it is not installed; the message names the command that makes it.
    """
    package = files("structurer")
    beside = Path(str(package)).parent / "models" / name
    for folder in (package.joinpath("models").joinpath(name), beside):
        if folder.is_dir():
            return folder
    raise ModelNotFoundError(
        f"the model {name!r} is not installed; make it with: structurer train {name} --from FILE -o {beside}"
    )
