"""What becomes of a file whose task a cluster finished, gave up, lost or could not begin: Dask itself is played."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from structurer.scale.dask_cluster import ClusterError, by_dask
from structurer.scale.parts import Failure, Options


class KilledWorker(Exception):  # noqa: N818  (Dask's name)
    pass


@dataclass(frozen=True)
class Future:
    path: str

    @property
    def status(self) -> str:
        return {"done": "finished", "gone": "finished"}.get(self.path, "cancelled" if self.path == "lost" else "error")

    def result(self) -> Failure:
        if self.path == "gone":
            raise OSError("no worker holds it")
        return Failure("as the worker said")

    def exception(self) -> Exception:
        return KilledWorker("four died") if self.path == "killed" else MemoryError("no room")


class Client:
    def __init__(self, address: str, timeout: int) -> None:
        if "nowhere" in address:
            raise OSError("nobody answers")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, _work: object, path: str, *_: object, pure: bool) -> Future:
        assert not pure, "a file may change between two runs"
        return Future(path)


@pytest.fixture
def dask(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("distributed")
    module.Client, module.scheduler = Client, SimpleNamespace(KilledWorker=KilledWorker)

    def as_completed(futures: list[Future]) -> Iterator[Future]:
        return iter(futures)

    module.as_completed = as_completed
    monkeypatch.setitem(sys.modules, "distributed", module)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("done", Failure("as the worker said")),
        ("gone", Failure("OSError: no worker holds it")),
        ("lost", Failure("the scheduler was lost before it was done: run the same again to go on")),
        ("killed", Failure("KilledWorker: four died", ended=True)),
        ("refused", Failure("MemoryError: no room")),
    ],
)
def test_each_task_has_its_outcome(dask: None, path: str, outcome: Failure) -> None:
    assert list(by_dask("tcp://here:1")([path], "out", Options())) == [(path, outcome)]


@pytest.mark.parametrize("address", ["tcp://nowhere:1", "local:two"])
def test_a_cluster_that_is_not_there(dask: None, address: str) -> None:
    with pytest.raises(ClusterError, match=f"no Dask scheduler at {address}: "):
        list(by_dask(address)(["done"], "out", Options()))


def test_dask_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install '\.\[dask\]'"):
        list(by_dask("local")(["done"], "out", Options()))
