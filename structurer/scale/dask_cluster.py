"""The files of a run over the workers of a Dask cluster (extra `dask`), which may be killed at any moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from structurer.errors import StructurerError
from structurer.scale.parts import Failure, Options, attempt
from structurer.scale.spread import Outcome, Runner

LOCAL = "local"


class ClusterError(StructurerError, OSError):
    """A cluster that cannot be reached or started; the message says why."""


def by_dask(address: str) -> Runner:
    """A runner that spreads the files over a Dask cluster, one task a file.

    `address` is a scheduler's (`tcp://host:8786`), whose workers see the same folders under the same names and have
    the same version of this package, or `local` or `local:N` for a cluster of N processes (by default one a core) that
    lasts as long as the run. A file whose worker is killed goes to another one; after the cluster gave it up, or lost
    its scheduler, its outcome is a failure.
    Raises ClusterError where Dask is not installed, or the cluster cannot be reached.
    """

    def run(paths: Sequence[str], folder: str, options: Options) -> Iterator[Outcome]:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise ClusterError(f"--dask needs Dask: pip install '.[dask]' in its folder ({error})") from error
        # What happens to a file is said by its outcome; Dask would tell each lost connection in forty lines.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with ExitStack() as stack:
            try:
                client = stack.enter_context(distributed.Client(_cluster(distributed, address, stack), timeout=30))
            except (OSError, ValueError) as error:
                raise ClusterError(f"no Dask scheduler at {address}: {error}") from error
            futures = {client.submit(attempt, path, folder, options, pure=False): path for path in paths}
            for future in distributed.as_completed(list(futures)):
                path = futures.pop(future)
                if future.status == "finished":
                    try:
                        outcome = future.result()
                    except Exception as error:  # its worker, which held the result, is gone in this moment
                        outcome = Failure(f"{type(error).__name__}: {error}")
                    yield path, outcome
                elif future.status == "error":
                    fault = future.exception()
                    given_up = isinstance(fault, distributed.scheduler.KilledWorker)
                    yield path, Failure(f"{type(fault).__name__}: {fault}", ended=given_up)
                else:
                    yield path, Failure("the scheduler was lost before it was done: run the same again to go on")

    return run


def _cluster(distributed: Any, address: str, stack: ExitStack) -> object:
    name, _, number = address.partition(":")
    if name != LOCAL:
        return address
    if number and not number.isdecimal():
        raise ValueError(f"{number!r} is no number of workers")
    # A record needs little memory, and a worker that is stopped for its use of it would stop for ever.
    cluster: object = stack.enter_context(
        distributed.LocalCluster(
            n_workers=int(number) if number else None,
            threads_per_worker=1,
            processes=True,
            memory_limit=0,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    )
    return cluster
