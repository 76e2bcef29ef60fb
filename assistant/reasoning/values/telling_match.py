"""How well passages match a question word piece by word piece, where that tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.searching.reader import IndexReader

_LEAST = 0.01
"""What a word piece weighs that all passages answer to alike, as they do to their subject."""


def telling_match(question: str, chunks: Sequence[str], index: IndexReader) -> Mapping[str, float]:
    """Return the mean cosine of each passage with the question's word pieces, each weighed by how
    differently the passages answer to it; passages without word pieces are left out.
    """
    import numpy as np

    # The search has encoded the question already; the encoder remembers it.
    best = index.pieces.best(index.encoder.asked(question), chunks)
    rows = np.array(list(best.values()), dtype=np.float64)
    if not rows.size:
        return {}
    weights = rows.std(axis=0) + _LEAST
    means = rows @ weights / weights.sum()
    return dict(zip(best, means.tolist(), strict=True))
