"""How well passages match a question word piece by word piece, where that tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import pstdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.searching.reader import IndexReader

_LEAST = 0.01
"""What a word piece weighs that all passages answer to alike, as they do to their subject."""


def telling_match(question: str, chunks: Sequence[str], index: IndexReader) -> Mapping[str, float]:
    """Return the mean cosine of each passage with the question's word pieces, each weighed by how
    differently the passages answer to it; passages without word pieces are left out.
    """
    # The search has encoded the question already; the encoder remembers it.
    best = index.pieces.best(index.encoder.asked(question), chunks)
    rows = {id_: [float(cosine) for cosine in row] for id_, row in best.items()}
    if not rows or not all(rows.values()):
        return {}
    weights = [pstdev(column) + _LEAST for column in zip(*rows.values(), strict=True)]
    total = sum(weights)
    return {
        id_: sum(weight * cosine for weight, cosine in zip(weights, row, strict=True)) / total
        for id_, row in rows.items()
    }
