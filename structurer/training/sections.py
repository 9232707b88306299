"""Train the sentence-role model and write it as the package reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix

from structurer.errors import ReaderError
from structurer.sections.role_features import sentence_features
from structurer.sections.role_weights import ROLES, RoleWeights, read_role_weights, write_role_weights
from structurer.sections.roles import label_sentences
from structurer.sections.sequence import Chain
from structurer.training.chain_fit import FittedChain, fit_chain
from structurer.training.role_examples import RoleExample, read_role_examples
from structurer.training.role_variants import cut_variant, spoken_variant

_GREATEST = 127
# A feature whose every weight is less than this (of _GREATEST) changes no label worth its room and its look-up.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """How the model is fitted: see `fit_chain` for the first three.

    A feature counts where at least `fewest` sentences have it. `spoken` and `cut` are the shares of abstracts that
    are added a second time in those variants, counted `variant_weight` each. Abstracts without headings are labelled
    by a first fit where it is `sure`, and added, counted `bare_weight` each.
    """

    penalty: float = 15.0
    beside: float = 3.0
    iterations: int = 40
    fewest: int = 4
    spoken: float = 0.3
    cut: float = 0.35
    variant_weight: float = 0.7
    bare_weight: float = 0.5
    sure: float = 0.9


def train_sections(
    paths: Sequence[Path],
    out_dir: Path,
    seed: int = 0,
    *,
    sources: Collection[str] = (),
    held_out: Sequence[Path] = (),
    settings: RoleSettings | None = None,
) -> int:
    """Train on the abstracts in `paths` (JSON Lines) and write the model into `out_dir`.

    Returns the number of abstracts used. `read_role_examples` says what the files hold and what `sources` and
    `held_out` do. The same files, seed and settings give the same bytes.
    Raises ReaderError for unreadable files, or where no abstract has labelled sections.
    """
    chosen = settings or RoleSettings()
    headed, bare = read_role_examples(paths, sources, held_out)
    if not headed:
        raise ReaderError("no record has labelled sections to learn from", file=", ".join(map(str, paths)))
    chance = Random(seed)
    examples = list(headed)
    for example in headed:
        if chance.random() < chosen.spoken:
            examples.append(spoken_variant(example, chance))
        if chance.random() < chosen.cut and (variant := cut_variant(example, chance)) is not None:
            examples.append(variant)
    importance = [1.0] * len(headed) + [chosen.variant_weight] * (len(examples) - len(headed))
    told = {"seed": seed, "abstracts": len(headed), "unlabelled_abstracts": len(bare), "settings": asdict(chosen)}
    _write(out_dir, *_fit(examples, importance, chosen), told, least=1 if bare else _LEAST)
    if bare:
        first = read_role_weights(out_dir)
        examples += [_labelled(example, first, chosen.sure) for example in bare]
        importance += [chosen.bare_weight] * len(bare)
        _write(out_dir, *_fit(examples, importance, chosen), told)
    return len(headed) + len(bare)


def _labelled(example: RoleExample, weights: RoleWeights, sure: float) -> RoleExample:
    """An abstract without headings with the labels that a first model leaves open."""
    allowed = [
        frozenset({role.label})
        if role.confidence >= sure
        else frozenset(label for label, share in zip(ROLES, role.probabilities, strict=True) if share >= 1 - sure)
        or frozenset(ROLES)
        for role in label_sentences(example.sentences, weights=weights, sharpness=1.0)
    ]
    return RoleExample(example.record_id, example.sentences, tuple(allowed))


def _fit(
    examples: Sequence[RoleExample], importance: Sequence[float], settings: RoleSettings
) -> tuple[list[str], FittedChain]:
    described = [features for example in examples for features in sentence_features(example.sentences)]
    counts = Counter(feature for features in described for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= settings.fewest)
    fitted = fit_chain(
        _matrix(described, names),
        [len(example.sentences) for example in examples],
        _allowed(examples),
        penalty=settings.penalty,
        beside=settings.beside,
        iterations=settings.iterations,
        importance=np.array(importance),
    )
    return names, fitted


def _matrix(described: Sequence[Collection[str]], names: Sequence[str]) -> csr_matrix:
    column = {name: i for i, name in enumerate(names)}
    indices: list[int] = []
    ends = [0]
    for features in described:
        indices += sorted(column[feature] for feature in features if feature in column)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(described), len(names)))


def _allowed(examples: Sequence[RoleExample]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.array([[role in labels for role in ROLES] for example in examples for labels in example.allowed])


def _write(
    out_dir: Path, names: Sequence[str], fitted: FittedChain, settings: dict[str, object], least: int = _LEAST
) -> None:
    scale = float(np.abs(fitted.weights).max()) / _GREATEST or 1.0
    weights = np.rint(fitted.weights / scale).astype(int)
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= least)
    chain = Chain(
        tuple(tuple(round(float(value), 4) for value in row) for row in fitted.step),
        tuple(round(float(value), 4) for value in fitted.first),
        tuple(round(float(value), 4) for value in fitted.last),
    )
    write_role_weights(out_dir, [names[i] for i in kept], weights[kept].tolist(), chain, round(scale, 8), settings)
