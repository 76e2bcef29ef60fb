"""A question is run through the graph once, whoever looks at it, and may be begun ahead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from index.encoding import query_encoder
from index.encoding.query_encoder import QueryEncoder
from index.searching.reader import IndexReader
from index.types import Vectors

ASKED = "Where are files of Quay stored?"


class Counting:
    """A session of the graph that notes how often it is run."""

    def __init__(self, session: Any) -> None:
        self.runs = 0
        self._session = session

    def run(self, *given: Any) -> Any:
        """Run the graph."""
        self.runs += 1
        return self._session.run(*given)


@pytest.fixture
def index(home: Path) -> Iterator[IndexReader]:
    """An index of one small document."""
    with closing(IndexReader.open(home)) as reader:
        yield reader


@pytest.fixture
def session(index: IndexReader, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Its encoder's session."""
    counting = Counting(index.encoder._session)
    monkeypatch.setattr(index.encoder, "_session", counting)
    return counting


def test_all_that_is_asked_of_a_text_comes_of_one_run(
    index: IndexReader, session: Counting
) -> None:
    encoder = index.encoder
    places, words = encoder.said_words(ASKED)
    vector, content = encoder.encode(ASKED), encoder.asked(ASKED)
    assert session.runs == 1
    assert len(places) == len(words) > len(content)
    assert [ASKED[start:end] for start, end in places[:3]] == ["Where", "are", "files"]
    assert np.array_equal(vector, encoder.said(ASKED).vector)


def test_what_was_begun_is_not_run_again(index: IndexReader, session: Counting) -> None:
    index.encoder.begin(ASKED)
    begun = index.encoder.encode(ASKED)
    assert session.runs == 1
    assert np.array_equal(begun, index.encoder.said(ASKED).vector)


def test_what_nobody_waits_for_is_let_go(
    index: IndexReader, session: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_encoder, "_MOST_BEGUN", 2)
    for text in ("one", "two", "three"):
        index.encoder.begin(text)
    index.encoder.encode("three")
    assert session.runs <= 3
    assert len(index.encoder._begun) == 1


def test_a_fault_is_told_to_whoever_waits(
    index: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(encoder: QueryEncoder, text: str) -> None:
        raise MemoryError(text)

    monkeypatch.setattr(QueryEncoder, "_run", fails)
    index.encoder.begin(ASKED)
    with pytest.raises(MemoryError, match="Quay"):
        index.encoder.encode(ASKED)


def test_matrices_are_multiplied_on_one_thread(index: IndexReader) -> None:
    assert index.manifest.id
    blas = [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
    assert set(blas) == {1}


def test_known_vectors_are_those_of_the_store(index: IndexReader) -> None:
    vector = index.encoder.encode(ASKED)
    stored = index.vectors.nearest(vector, 5)
    ids = [one.id for one in stored]
    near = index.known.near(vector, ids).passages
    assert [one.id for one in near] == ids
    assert np.allclose([one.score for one in near], [one.score for one in stored], atol=1e-4)
    assert index.known.passages(vector, ids, 1) == near[:1]


def test_known_vectors_are_read_once(index: IndexReader, monkeypatch: pytest.MonkeyPatch) -> None:
    vector = index.encoder.encode(ASKED)
    ids = [one.id for one in index.vectors.nearest(vector, 5)]
    first = index.known.near(vector, ids)

    def asked(chunks: object, which: Vectors) -> list[tuple[str, str]]:
        raise AssertionError("read again")

    monkeypatch.setattr(index.catalog, "asked", asked)
    assert index.known.near(vector, ids) == first
