"""The weights of the sentence-role model as shipped: names of features, and one small whole number a label.

All weights of one feature are packed into one integer, a lane of 32 bits each, so that adding up a sentence's
features adds up all lanes at once. A weight w (-127 to 127) is kept as w + 128, so no lane ever borrows from the next.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from struct import Struct
from typing import Any

from structurer.errors import ModelNotFoundError
from structurer.schema import SectionLabel
from structurer.sections.sequence import Chain

ROLES = (SectionLabel.BACKGROUND, SectionLabel.METHODS, SectionLabel.FINDINGS, SectionLabel.INTERPRETATION)
# For each feature: its sentence's label, and where one begins; the next sentence's, and the one before's.
LANES = 3 * 2 * len(ROLES)
_ZERO = 128
_LANE_BYTES = 4
_LANES = Struct(f"<{LANES}I")
_CONFIG, _WEIGHTS = "config.json", "weights.bin"


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """A model ready for use: `packed` maps a feature to its lanes, `scale` turns a lane's sum into a score."""

    packed: dict[str, int]
    scale: float
    chain: Chain

    def lanes(self, features: Collection[str]) -> list[float]:
        """The summed scores of a sentence's features, one a lane."""
        get = self.packed.get
        known = [lanes for feature in features if (lanes := get(feature))]
        zero = _ZERO * len(known)
        summed = _LANES.unpack(sum(known).to_bytes(LANES * _LANE_BYTES, "little"))
        return [(lane - zero) * self.scale for lane in summed]


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
    spread = bytearray(len(rows) * _LANE_BYTES)
    spread[::_LANE_BYTES] = rows
    size = LANES * _LANE_BYTES
    number = int.from_bytes
    packed = {
        feature: number(spread[at : at + size], "little")
        for feature, at in zip(features, range(0, len(spread), size), strict=True)
    }
    return RoleWeights(packed, scale, chain)


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
