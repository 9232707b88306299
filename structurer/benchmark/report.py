"""What was measured, as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from structurer.benchmark.timing import Measured


def as_table(measured: Sequence[Measured], stages: Mapping[str, float], start_up: Mapping[str, float]) -> str:
    """The figures in columns: contenders, then the stages of the pipeline, then starting up."""
    lines = [f"{'':44} {'abstracts/s':>11} {'speed / floor':>13} {'(low - high)':>15} {'peak MB':>8}"]
    lines += [
        f"{m.name[:44]:44} {m.per_second:11,.0f} {m.ratio:13.3f} "
        f"{f'({m.lowest:.3f} - {m.highest:.3f})':>15} {m.peak:8.0f}"
        for m in measured
    ]
    if stages:
        total = sum(stages.values()) or 1.0
        lines += ["", f"{'stage of structurer.extract':44} {'ms/abstract':>11} {'share':>13}"]
        for name, spent in sorted(stages.items(), key=lambda item: -item[1]):
            lines.append(f"{name[:44]:44} {spent:11.3f} {spent / total:13.1%}")
    if start_up:
        lines += ["", f"{'starting up':44} {'seconds':>11}"]
        lines += [f"{name[:44]:44} {seconds:11.2f}" for name, seconds in start_up.items()]
    return "\n".join(lines)


def as_json(
    measured: Sequence[Measured], stages: Mapping[str, float], start_up: Mapping[str, float], texts: int, repeats: int
) -> dict[str, Any]:
    """The same figures under their own names."""
    return {
        "texts": texts,
        "repeats": repeats,
        "contenders": [asdict(m) for m in measured],
        "stages_ms_per_abstract": dict(stages),
        "start_up_seconds": dict(start_up),
    }
