"""Chroma's engine as we call it, held against Chroma's own client over the same files."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings

from index.stores import open_vectors
from index.stores.chroma_engine import EmbeddedClient, EmbeddedCollection, is_fault
from index.types import Vectors

_GRAPH = {"hnsw": {"space": "cosine", "ef_search": 400, "sync_threshold": 1}}
_IDS = [f"c{number}/0" for number in range(40)]
_VECTORS = list(np.random.default_rng(7).normal(size=(40, 16)).astype(np.float32))


def _theirs(folder: Path) -> Any:
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _said(client: Any) -> tuple[int, list[str], list[str], list[float]]:
    found = client.get_collection("chunks", embedding_function=None)
    near = found.query(query_embeddings=[_VECTORS[3]], n_results=9, include=["distances"])
    return (
        found.count(),
        sorted(found.get(include=[])["ids"]),
        list(near["ids"][0]),
        [round(float(one), 6) for one in near["distances"][0]],
    )


@pytest.mark.parametrize("writer", [EmbeddedClient, _theirs])
def test_both_read_alike_what_either_wrote(tmp_path: Path, writer: Any) -> None:
    with closing(writer(tmp_path)) as client:
        made = client.create_collection("chunks", embedding_function=None, configuration=_GRAPH)
        made.add(ids=_IDS, embeddings=_VECTORS)
        made.delete(ids=_IDS[10:12])
    with closing(EmbeddedClient(tmp_path)) as ours:
        said = _said(ours)
    with closing(_theirs(tmp_path)) as theirs:
        assert _said(theirs) == said
    assert said[0] == 38
    assert said[2][0] == _IDS[3]


def test_a_collection_that_is_not_there_is_chromas_own_fault(tmp_path: Path) -> None:
    with closing(EmbeddedClient(tmp_path)) as client, pytest.raises(Exception) as caught:  # noqa: PT011
        client.get_collection("nosuch", embedding_function=None)
    assert is_fault(caught.value)
    assert not is_fault(ValueError("another"))


def test_known_numbers_are_not_counted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_vectors.create(tmp_path / "vectors")
    made.add(Vectors.CHUNKS, _IDS, _VECTORS)
    made.close()
    monkeypatch.setattr(EmbeddedCollection, "count", lambda _: pytest.fail("it was counted"))

    counts = {which: len(_IDS) if which is Vectors.CHUNKS else 0 for which in Vectors}
    store = open_vectors.in_folder(tmp_path / "vectors", counts)

    assert [one.id for one in store.nearest(_VECTORS[3], 1)] == ["c3"]
    assert store.nearest(_VECTORS[3], 1, Vectors.ASKED) == []
    store.close()
