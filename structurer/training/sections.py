"""Train the sentence-role model and write it as the package reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from structurer.errors import ReaderError
from structurer.sections.role_features import sentence_features
from structurer.sections.role_weights import ROLES, write_role_weights
from structurer.sections.sequence import Chain
from structurer.training.chain_fit import FittedChain, fit_chain
from structurer.training.role_examples import RoleExample, read_role_examples

_GREATEST = 127
PENALTY = 30.0
ITERATIONS = 40
FEWEST = 4


def train_sections(
    paths: Sequence[Path],
    out_dir: Path,
    seed: int = 0,
    *,
    sources: Collection[str] = (),
    iterations: int = ITERATIONS,
    fewest: int = FEWEST,
) -> int:
    """Train on the labelled abstracts in `paths` (JSON Lines) and write the model into `out_dir`.

    Returns the number of abstracts used. A feature counts where at least `fewest` sentences have it. The same files
    and seed give the same bytes; the fit itself draws nothing at random, `seed` orders the abstracts.
    Raises ReaderError for unreadable files, or where no abstract has labelled sections.
    """
    examples = list(read_role_examples(paths, sources))
    if not examples:
        raise ReaderError("no record has labelled sections to learn from", file=", ".join(map(str, paths)))
    order = np.random.default_rng(seed).permutation(len(examples))
    examples = [examples[i] for i in order]
    described = [features for example in examples for features in sentence_features(example.sentences)]
    counts = Counter(feature for features in described for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= fewest)
    fitted = fit_chain(
        _matrix(described, names),
        [len(example.sentences) for example in examples],
        _allowed(examples),
        penalty=PENALTY,
        iterations=iterations,
    )
    _write(out_dir, names, fitted, {"seed": seed, "abstracts": len(examples), "sentences": len(described)})
    return len(examples)


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


def _write(out_dir: Path, names: Sequence[str], fitted: FittedChain, settings: dict[str, object]) -> None:
    scale = float(np.abs(fitted.weights).max()) / _GREATEST or 1.0
    weights = np.rint(fitted.weights / scale).astype(int)
    # A feature whose every weight rounds to nothing says nothing.
    kept = np.flatnonzero(np.abs(weights).max(axis=1))
    chain = Chain(
        tuple(tuple(round(float(value), 4) for value in row) for row in fitted.step),
        tuple(round(float(value), 4) for value in fitted.first),
        tuple(round(float(value), 4) for value in fitted.last),
    )
    write_role_weights(out_dir, [names[i] for i in kept], weights[kept].tolist(), chain, round(scale, 8), settings)
