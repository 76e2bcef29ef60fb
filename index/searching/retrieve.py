"""Words, vectors and what a question wants to one ranking."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import VectorsAway
from index.searching.features import NAMES, UNMATCHED, Signals, Wanted, features
from index.searching.reranker import reranked
from index.types import Hit, Near, Scored, Search, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.searching.reader import IndexReader

_CANDIDATES = 50
"""Of each ranking. With 30 a search is hardly faster, and evidence is among the first five in half
a point to a point fewer of the questions (docs/decisions/0026-own-models.md)."""
_ASKED = 60
"""Question vectors looked at; several belong to one chunk. With 120 nothing more is found, and a
search takes a twelfth longer."""
_MOST_COMPARED = 4000
"""Chunks of documents that are compared one by one where a search is restricted to these."""
_SUPERSEDED = 1.5
"""Taken off the score of a superseded document, about what separates the first passage from the
tenth: it is shown where its successor says nothing."""
_HISTORY = re.compile(
    r"\b(?:previous(?:ly)?|former(?:ly)?|earlier|in the past|used to|superseded|historical(?:ly)?|"
    r"old(?:er)? (?:version|page|document)|at that time|back then|until (?:19|20)\d\d)\b",
    re.I,
)
"""Questions about what was so before."""
WEIGHTS = Path(__file__).parent / "weights.json"
"""Weights of the features, fitted on the dev split by `python -m evals.fitting.retrieval`."""


def search(index: IndexReader, wanted: Search, limit: int = 20) -> list[Hit]:
    """Return the chunks that fit best, by a weighted sum of features."""
    found, rows = candidates(index, wanted)
    every = _scored(rows)
    chunks = index.catalog.chunks([pair.id for pair in every])
    if not _HISTORY.search(wanted.text):
        every = [_behind_successor(pair, chunks[pair.id].document, index) for pair in every]
    scored = sorted(every, key=lambda pair: (-pair.score, pair.id))
    if index.reranker is not None:
        scored = reranked(index.reranker, wanted.text, scored, chunks)
    words = found.ranks[2]
    return [
        Hit(
            chunk=chunks[id_],
            score=score,
            similarity=found.nearest(id_),
            passage=found.passages.get(id_, 0.0),
            asked=max(found.asked.get(id_, (0.0,))),
            match=found.matches.get(id_, UNMATCHED),
            words=words.get(id_, 0),
        )
        for id_, score in scored[:limit]
    ]


def _behind_successor(pair: Scored, document: str, index: IndexReader) -> Scored:
    """Put what a document says behind what the one that takes its place says."""
    return Scored(pair.id, pair.score - (_SUPERSEDED if document in index.successors else 0.0))


def candidates(
    index: IndexReader, wanted: Search
) -> tuple[Signals, list[tuple[str, tuple[float, ...]]]]:
    """Return the rankings, and the features of every chunk that one of them found."""
    vector = index.encoder.encode(wanted.text)
    words = index.words.search(wanted.text, _CANDIDATES, only=wanted.only)
    asked_words = index.words.search(wanted.text, _CANDIDATES, asked=True, only=wanted.only)
    try:
        near = _near(index, vector) if not wanted.only else _near_within(
            index, vector, wanted.only, [scored.id for scored in (*words, *asked_words)]
        )  # fmt: skip
    except VectorsAway:
        # `index.vectors.fault` has it for whoever answers.
        near = _near_among(index, vector, [scored.id for scored in (*words, *asked_words)])
    near = _comparable(near, index.encoder.apart)
    found = Signals.of(near.passages, near.asked, words, asked_words)
    ids = found.ids
    asked = index.encoder.asked(wanted.text)
    found = replace(found, matches=index.pieces.match(asked, ids))
    chunks, notes = index.catalog.chunks(ids), index.catalog.notes(ids)
    read = Wanted.of(wanted)
    rows = [(id_, features(read, chunks[id_], notes[id_], found)) for id_ in ids if id_ in chunks]
    return found, rows


def _comparable(near: Near, apart: float) -> Near:
    """Return cosines as they would be were the encoder's texts as far apart as is usual: to some
    encoders all texts are near, and no threshold would tell what is not.
    """
    if apart == 1.0:
        return near
    return Near(*([Scored(id_, 1 - apart * (1 - score)) for id_, score in row] for row in near))


def _near(index: IndexReader, vector: NDArray[Any]) -> Near:
    return Near(
        _passages(index, vector),
        index.vectors.nearest(vector, _ASKED, Vectors.ASKED, every=True),
    )


def _near_within(
    index: IndexReader, vector: NDArray[Any], documents: frozenset[str], found: Sequence[str]
) -> Near:
    """Return what is near of some documents: what the store finds of them, what words found, and
    the nearest of all their chunks whose vectors are at hand, where these are not too many.

    The store has no documents to search within; of thousands it may find none of these.
    """
    near = _near(index, vector)
    chunks = index.catalog.chunks([scored.id for row in near for scored in row])
    inside = [id_ for id_, chunk in chunks.items() if chunk.document in documents]
    ids = index.catalog.chunk_ids(documents, _MOST_COMPARED + 1)
    if len(ids) <= _MOST_COMPARED:
        inside += [scored.id for scored in index.known.passages(vector, ids, _CANDIDATES)]
    return _near_among(index, vector, [*inside, *found])


def _near_among(index: IndexReader, vector: NDArray[Any], chunks: Sequence[str]) -> Near:
    """Return what is near of some chunks alone, as many as a search gives."""
    near = index.known.near(vector, sorted(set(chunks)))
    return Near(near.passages[:_CANDIDATES], near.asked[:_ASKED])


def _passages(index: IndexReader, vector: NDArray[Any]) -> list[Scored]:
    """Return the nearest chunks of all documents, and of those about where data is."""
    near = index.vectors.nearest(vector, _CANDIDATES)
    apart = index.vectors.nearest(vector, _CANDIDATES, Vectors.PLACED)
    known = {scored.id for scored in near}
    near += [scored for scored in apart if scored.id not in known]
    return sorted(near, key=lambda scored: -scored.score)


def _scored(rows: Sequence[tuple[str, tuple[float, ...]]]) -> list[Scored]:
    import numpy as np

    if not rows:
        return []
    scores = np.array([row for _, row in rows]) @ np.array(read_weights())
    return [Scored(id_, float(score)) for (id_, _), score in zip(rows, scores, strict=True)]


@cache
def read_weights() -> tuple[float, ...]:
    """Return the weights in the order of the features."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(float(stored.get(name, 0.0)) for name in NAMES)
