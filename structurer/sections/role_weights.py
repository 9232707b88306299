"""The weights of the sentence-role model as shipped: names of features, and one small whole number a label.

All weights of one feature are packed into one integer, a lane of 16 bits each, so that adding up a sentence's
features adds up all lanes at once. The lanes are signed: a bias added to the sum at the end makes them readable.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from struct import Struct
from typing import Any

from structurer.errors import ModelNotFoundError
from structurer.schema import SectionLabel
from structurer.sections.role_features import Described, affix_features
from structurer.sections.sequence import Chain

ROLES = (SectionLabel.BACKGROUND, SectionLabel.METHODS, SectionLabel.FINDINGS, SectionLabel.INTERPRETATION)
# For each feature: its sentence's label, and where one begins; the next sentence's, and the one before's.
LANES = 3 * 2 * len(ROLES)
_ZERO = 128
_LANE_BITS = 16
_BIAS = 1 << (_LANE_BITS - 1)
_ALL_BIASED = sum(_BIAS << (_LANE_BITS * lane) for lane in range(LANES))
_LANES = Struct(f"<{LANES}H")
# So many weights of 127 and less, with those of their affixes and of a sentence's groups, fit a lane whatever they are.
_FITTING = 75
_CONFIG, _WEIGHTS = "config.json", "weights.bin"


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """A model ready for use: `packed` maps a feature to its lanes, `scale` turns a lane's sum into a score."""

    packed: dict[str, int]
    scale: float
    chain: Chain
    of_group: Callable[[tuple[str, ...]], int]

    def lanes(self, described: Described) -> Sequence[int]:
        """The summed weights of a sentence's features, one a lane. The affixes of known words are already in them."""
        known = list(filter(None, map(self.packed.get, described.names)))
        groups = sum(map(self.of_group, described.groups))
        if len(known) <= _FITTING:
            return _unpack(sum(known) + groups)
        parts = [_unpack(sum(known[at : at + _FITTING])) for at in range(0, len(known), _FITTING)]
        return [sum(lane) for lane in zip(_unpack(groups), *parts, strict=True)]


def _unpack(packed: int) -> list[int]:
    return [lane - _BIAS for lane in _LANES.unpack((packed + _ALL_BIASED).to_bytes(_LANES.size, "little"))]


def read_role_weights(folder: Traversable) -> RoleWeights:
    """The weights kept in `folder`; raises ModelNotFoundError where they are missing or damaged."""
    try:
        config = json.loads(folder.joinpath(_CONFIG).read_text(encoding="utf-8"))
        names, _, rows = zlib.decompress(folder.joinpath(_WEIGHTS).read_bytes()).partition(b"\0")
        features = names.decode("utf-8").split("\n")
        if len(rows) != len(features) * LANES:
            raise ValueError("the number of weights does not fit the number of features")
        chain = Chain(tuple(tuple(row) for row in config["step"]), tuple(config["first"]), tuple(config["last"]))
        scale = float(config["scale"])
    except (OSError, ValueError, KeyError, zlib.error) as error:
        raise ModelNotFoundError(
            f"{folder}: no usable sentence-role model ({error}); make it with: structurer train sections"
        ) from error
    packed = _pack(features, rows)

    @lru_cache(maxsize=8192)
    def of_group(group: tuple[str, ...]) -> int:
        return sum(packed.get(feature, 0) for feature in group)

    return RoleWeights(_fold_affixes(packed), scale, chain, of_group)


def _pack(features: Sequence[str], rows: bytes) -> dict[str, int]:
    size = _LANES.size
    spread = bytearray(2 * len(rows))
    spread[::2] = rows
    # Lanes hold w + 128 at first; taking 128 from all at once leaves signed sums that still add up exactly.
    zero = sum(_ZERO << (_LANE_BITS * lane) for lane in range(LANES))
    number = int.from_bytes
    return {
        feature: number(spread[at : at + size], "little") - zero
        for feature, at in zip(features, range(0, len(spread), size), strict=True)
    }


def _fold_affixes(packed: dict[str, int]) -> dict[str, int]:
    """The same weights, with those of a known word's beginning and end added to the word's own."""
    folded = dict(packed)
    for feature in packed:
        if feature[0].isalpha() and " " not in feature and "~" not in feature:
            folded[feature] += sum(packed.get(affix, 0) for affix in affix_features(feature))
    return folded


def write_role_weights(
    folder: Path,
    features: Sequence[str],
    weights: Sequence[Sequence[int]],
    chain: Chain,
    scale: float,
    settings: dict[str, Any],
) -> None:
    """Keep a model in `folder`: `weights[i]` are the lanes of `features[i]`, from -127 to 127.

    The same arguments always give the same bytes. `settings` are written into the config for the reader's knowledge.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = bytes(lane + _ZERO for row in weights for lane in row)
    content = "\n".join(features).encode("utf-8") + b"\0" + rows
    (folder / _WEIGHTS).write_bytes(zlib.compress(content, 9))
    config = {
        "labels": [str(role) for role in ROLES],
        "step": [list(row) for row in chain.step],
        "first": list(chain.first),
        "last": list(chain.last),
        "scale": scale,
        "features": len(features),
        **settings,
    }
    (folder / _CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
