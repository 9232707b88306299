"""Read what an evaluation needs: gold annotations, the texts that they speak of, and predictions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from structurer.errors import ReaderError

# One object of a JSON Lines file.
Object: TypeAlias = dict[str, Any]


_PARTS = ("sections", "registry_ids", "p_values", "effects", "sample_sizes", "arms", "arm_values")
# All that a gold file may hold of an abstract.
PARTS = frozenset({*_PARTS, "n_total"})


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader wrote down of one abstract, in the form of the gold files.

    `sections`: [label, heading, first words]; `registry_ids`: [id, registry]; `p_values`: [quote, operator, value,
    role]; `effects`, `arm_values`: objects; `sample_sizes`: [quote, value, role, arm]; `arms`: [label, n].
    `judged` names the parts that the reader looked at; a part left out of it says nothing, and is not scored.
    """

    record_id: str
    sections: list[list[str]] = field(default_factory=list)
    registry_ids: list[list[str]] = field(default_factory=list)
    p_values: list[list[Any]] = field(default_factory=list)
    effects: list[Object] = field(default_factory=list)
    sample_sizes: list[list[Any]] = field(default_factory=list)
    n_total: int | None = None
    arms: list[list[Any]] = field(default_factory=list)
    arm_values: list[Object] = field(default_factory=list)
    judged: frozenset[str] = PARTS


def read_objects(path: str | Path, required: Iterable[str]) -> list[Object]:
    """The objects of a JSON Lines file, each of which has the keys `required`.

    Raises ReaderError, naming file and line, for a file that cannot be read, a line that is no JSON object, and a
    key that is not there.
    """
    required = tuple(required)
    found: list[Object] = []
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    item = json.loads(line)
                except ValueError as error:
                    raise ReaderError(f"not JSON: {error}", file=str(path), line=number) from error
                if not isinstance(item, dict):
                    raise ReaderError("not a JSON object", file=str(path), line=number)
                for key in required:
                    if key not in item:
                        raise ReaderError("missing", file=str(path), line=number, field=key)
                found.append(item)
    except UnicodeDecodeError as error:
        raise ReaderError("not UTF-8", file=str(path)) from error
    except OSError as error:
        raise ReaderError(error.strerror or str(error), file=str(path)) from error
    return found


def read_gold(path: str | Path) -> list[Gold]:
    """The annotations of a gold file; a part that an annotation leaves out is empty.

    An annotation with the key `judged`, a list of names of parts, speaks of these parts only. Raises ReaderError as
    `read_objects` does.
    """
    return [
        Gold(
            record_id=str(item["id"]),
            n_total=item.get("n_total"),
            judged=PARTS if item.get("judged") is None else PARTS.intersection(item["judged"]),
            **{part: item.get(part) or [] for part in _PARTS},
        )
        for item in read_objects(path, ("id",))
    ]


def read_texts(path: str | Path) -> dict[str, str]:
    """The abstract of each record of a corpus file, by its id. Raises ReaderError as `read_objects` does."""
    return {str(item["id"]): item["abstract"] or "" for item in read_objects(path, ("id", "abstract"))}


def read_predictions(path: str | Path) -> dict[str, Object]:
    """The objects that `structurer extract` wrote, by record id. Raises ReaderError as `read_objects` does."""
    return {str(item["record_id"]): item for item in read_objects(path, ("record_id",))}
