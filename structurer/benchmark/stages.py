"""How the time of the pipeline falls to its stages.

Every function that the pipeline calls is timed where it is called, without what others take inside it, so the stages
add up to the whole and need no second list of what the pipeline does.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any

import structurer.components.sections
import structurer.components.short_forms
import structurer.mentions
import structurer.pipeline
import structurer.text.reading
from structurer.schema import Record

# The floors whose functions are a stage each, with the place that calls them.
_CALLERS: dict[ModuleType, tuple[str, ...]] = {
    structurer.text.reading: ("structurer.text.",),
    structurer.components.short_forms: ("structurer.components.short_forms", "structurer.text.abbreviations"),
    structurer.components.sections: ("structurer.sections",),
    structurer.mentions: ("structurer.mentions.",),
    structurer.pipeline: ("structurer.linking.", "structurer.checks."),
}
_SMALL = frozenset({"is_definition", "is_measure", "prepare", "text_of", "RctAbbreviations", "Reading"})
REST = "joining"


def time_stages(records: Sequence[Record], repeats: int) -> dict[str, float]:
    """Milliseconds of processor time for each abstract, by stage; of `repeats` passes the median of each.

    The clock costs some: the sum is a few per cent above what `structurer.extract` takes without it.
    """
    nlp = structurer.pipeline.load()
    passes: list[dict[str, float]] = []
    for _ in range(repeats + 1):
        with _timed() as spent:
            for _report in structurer.pipeline.extract(records, nlp):
                pass
        passes.append(dict(spent))
    names = {name: None for one in passes for name in one}
    # The first pass fills caches.
    return {
        name: sorted(one.get(name, 0.0) for one in passes[1:])[repeats // 2] / max(1, len(records)) * 1000
        for name in names
    }


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """The seconds of each stage while this lasts."""
    spent: dict[str, float] = defaultdict(float)
    inside: list[float] = []
    replaced: list[tuple[ModuleType, str, Any]] = []
    for module, homes in _CALLERS.items():
        for name, function in list(vars(module).items()):
            if callable(function) and getattr(function, "__module__", "").startswith(homes) and name not in _SMALL:
                if isinstance(function, type):
                    continue
                replaced.append((module, name, function))
                setattr(module, name, _timing(function, _stage(function), spent, inside))
    begun = time.process_time()
    try:
        yield spent
    finally:
        total = time.process_time() - begun
        for module, name, function in replaced:
            setattr(module, name, function)
        spent[REST] = total - sum(spent.values())


def _stage(function: Any) -> str:
    floor = function.__module__.removeprefix("structurer.").split(".")[0]
    return f"{floor}: {function.__name__.strip('_').replace('_', ' ')}"


def _timing(function: Any, stage: str, spent: dict[str, float], inside: list[float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        begun = time.process_time()
        inside.append(0.0)
        try:
            result = function(*given, **named)
            # What a generator yields is made while it is asked; asked here, its time falls to it.
            return list(result) if isinstance(result, Iterator) else result
        finally:
            took = time.process_time() - begun
            spent[stage] += took - inside.pop()
            if inside:
                inside[-1] += took

    return timed
