"""Vectors of the written questions that come with the project, made ahead with its encoder.

Half of the time of a first build would go into embedding them. `python -m
evals.training.question_vectors` makes the file; it holds for the encoder whose hash it names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "questions.npz"
_SHIPPED = Path(__file__).parent / "model" / FILE
_KEY_BYTES = 8


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """Vectors of texts, by a hash of each."""

    weights: str
    """SHA-256 of the encoder that they are of."""
    keys: NDArray[np.uint64]
    """Ascending; the first eight bytes of a text's SHA-256."""
    vectors: NDArray[np.float16]
    """Shape (len(keys), dimension)."""

    @classmethod
    def of(
        cls, weights: str, texts: Sequence[str], vectors: NDArray[np.float32]
    ) -> QuestionVectors:
        """Return the vectors of texts, which may stand there twice."""
        keys, first = np.unique(np.array([_key(text) for text in texts]), return_index=True)
        return cls(weights, keys, vectors[first].astype(np.float16))

    @classmethod
    def read(cls, path: Path) -> QuestionVectors:
        """Read what `write` has written; a file that is absent holds none."""
        if not path.is_file():
            return cls("", np.zeros(0, np.uint64), np.zeros((0, 0), np.float16))
        with np.load(path, allow_pickle=False) as stored:
            return cls(str(stored["weights"]), stored["keys"], stored["vectors"])

    def write(self, path: Path) -> None:
        """Write them, the same bytes each time."""
        np.savez(path, weights=np.array(self.weights), keys=self.keys, vectors=self.vectors)

    def known(self, weights: str, texts: Mapping[bytes, str]) -> dict[bytes, NDArray[np.float32]]:
        """Return the unit vectors of those of some texts that are here, by their keys."""
        if weights != self.weights or not len(self.keys):
            return {}
        wanted = np.array([_key(text) for text in texts.values()], np.uint64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found: dict[bytes, NDArray[np.float32]] = {}
        for key, place, is_here in zip(texts, at, self.keys[at] == wanted, strict=True):
            if is_here:
                vector = self.vectors[place].astype(np.float32)
                found[key] = vector / np.linalg.norm(vector)
        return found


def _key(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:_KEY_BYTES], "big"))


@cache
def shipped_questions() -> QuestionVectors:
    """Return the vectors that come with the project, read once."""
    return QuestionVectors.read(_SHIPPED)
