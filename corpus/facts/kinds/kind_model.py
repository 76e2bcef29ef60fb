"""Which kinds of statement a passage makes: a linear model over what is seen of it.

One score a kind: weights of the features that are seen, and of the passage's vector where one is
given. A score can be traced to the propositions or cells that it comes from. The weights are made
by `evals.training.kinds` from documents that were written for the purpose and read by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import WeightsDamaged
from corpus.facts.kinds.kind_features import AROUND, Feature
from corpus.facts.types import StatementKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "model"
WEIGHTS, ABOUT = "kinds.npz", "kinds.json"
KINDS = tuple(StatementKind)
DENIED = len(KINDS)
"""Column of the weights that tell whether a passage denies what it says."""
VECTOR_SCALE = 6.0
"""What unit vectors are multiplied with, so that they weigh as much as words do."""


class Vectors(Protocol):
    """What turns texts into unit vectors, as the index does for passages."""

    def __call__(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return a row for each text."""
        ...


@dataclass(frozen=True, slots=True)
class Scores:
    """Log odds of each kind, in the order of `KINDS`, and of a denial in the last place."""

    total: NDArray[Any]
    parts: NDArray[Any]
    """What each proposition or cell adds, (parts, kinds + 1)."""


@dataclass(frozen=True, slots=True)
class KindModel:
    """Weights of features and of vectors."""

    names: dict[str, int]
    with_vectors: tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
    """Weights of features (features, kinds + 1), of vectors (dimensions, kinds + 1), and biases."""
    without: tuple[NDArray[Any], NDArray[Any]]
    """Weights of features and biases, for passages without a vector."""

    def score(
        self, seen: Sequence[Sequence[Feature]], vectors: NDArray[Any] | None
    ) -> list[Scores]:
        """Return the scores of passages by what is seen of them, and by their vectors."""
        return [
            self._score(one, None if vectors is None else vectors[number])
            for number, one in enumerate(seen)
        ]

    def _score(self, seen: Sequence[Feature], vector: NDArray[Any] | None) -> Scores:
        import numpy as np

        weights, bias = self.without if vector is None else self.with_vectors[::2]
        count = 1 + max((feature.part for feature in seen), default=AROUND)
        total = bias.astype(np.float32).copy()
        if vector is not None:
            total += (vector * VECTOR_SCALE) @ self.with_vectors[1]
        parts = np.zeros((count, len(bias)), dtype=np.float32)
        heaviest: dict[str, float] = {}
        for feature in seen:
            row = self.names.get(feature.name)
            if row is None:
                continue
            if feature.part != AROUND:
                parts[feature.part] += weights[row] * feature.weight
            heaviest[feature.name] = max(heaviest.get(feature.name, 0.0), feature.weight)
        if heaviest:
            rows = [self.names[name] for name in heaviest]
            total += np.array(list(heaviest.values()), dtype=np.float32) @ weights[rows]
        return Scores(total, parts)


@lru_cache(maxsize=1)
def load_model(folder: Path = FOLDER) -> KindModel:
    """Return the model that comes with the product; raise WeightsDamaged where it is not whole."""
    import numpy as np

    path = folder / WEIGHTS
    try:
        content = path.read_bytes()
        stated = json.loads((folder / ABOUT).read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise WeightsDamaged(
            f"{path}: the weights cannot be read ({error}). Install the product again"
        ) from error
    if hashlib.sha256(content).hexdigest() != stated:
        raise WeightsDamaged(
            f"{path}: the weights are not those that {ABOUT} describes. Install the product again"
        )
    with np.load(path) as held:
        names = held["names"].tobytes().decode("utf-8").split("\n")
        arrays = {key: held[key].astype(np.float32) for key in held.files if key != "names"}
    return KindModel(
        {name: number for number, name in enumerate(names)},
        (arrays["words"], arrays["vectors"], arrays["bias"]),
        (arrays["words_alone"], arrays["bias_alone"]),
    )
