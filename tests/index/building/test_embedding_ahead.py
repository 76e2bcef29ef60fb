"""Texts are embedded beside the reading of documents, each once, and no longer than wanted."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.building.build import build_index
from index.building.embedding_ahead import EmbeddingAhead, sharing_the_interpreter
from index.building.options import Sources
from index.encoding.chunk_encoder import ChunkEncoder
from index.home.paths import CATALOG, Home
from index.stores.catalog import Catalog
from index.stores.vector_cache import EmbeddedTexts
from index.types import Encoded, Vectors

_RESIDENCY = "# Mail\n\nCustomer data is stored in Norway. Backups are kept in Sweden for a year.\n"
_OTHER = "# Colours\n\nClick the button to open the list of colours.\n"


class Lengths:
    """An encoder whose vector of a text is its length."""

    sha256 = "lengths"

    def __init__(self) -> None:
        self.given: list[str] = []
        self.begun = threading.Event()
        self.goes_on = threading.Event()
        self.goes_on.set()

    def said(self, texts: Sequence[str]) -> list[Encoded]:
        self.begun.set()
        assert self.goes_on.wait(60)
        self.given.extend(texts)
        row = np.zeros((1, 2), np.float32)
        return [Encoded(np.array([len(text), 0], np.float32), row) for text in texts]


@pytest.fixture
def lengths() -> Lengths:
    return Lengths()


@pytest.fixture
def ahead(tmp_path: Path, lengths: Lengths) -> Iterator[EmbeddingAhead]:
    with closing(EmbeddingAhead(EmbeddedTexts(tmp_path / "texts"), lengths, lengths)) as ahead:
        yield ahead


def test_equal_texts_are_embedded_once(ahead: EmbeddingAhead, lengths: Lengths) -> None:
    vectors = ahead.contexts(["one", "three", "one"]).result()
    ahead.embed(["three", "seventeen"])
    ahead.finish()
    assert vectors[:, 0].tolist() == [3, 5, 3]
    assert sorted(lengths.given) == ["one", "seventeen", "three"]


def test_vectors_alone_are_those_that_come_with_word_pieces(tmp_path: Path) -> None:
    encoder, cache = ChunkEncoder(), EmbeddedTexts(tmp_path / "texts")
    texts = ["Where is mail kept?", "x", "Where is mail kept?"]
    vectors = cache.vectors(encoder, texts)
    assert np.array_equal(vectors, np.stack([one.vector for one in cache.said(encoder, texts)]))
    assert cache.vectors(encoder, []).shape == (0, 0)


def test_nothing_is_embedded_after_the_end(tmp_path: Path, lengths: Lengths) -> None:
    lengths.goes_on.clear()
    ahead = EmbeddingAhead(EmbeddedTexts(tmp_path / "texts"), lengths, lengths)
    ahead.embed([f"text {number}" for number in range(5000)])
    assert lengths.begun.wait(60)
    threading.Timer(0.2, lengths.goes_on.set).start()
    ahead.close()
    assert 0 < len(lengths.given) < 5000


def test_what_cannot_be_embedded_is_told(tmp_path: Path) -> None:
    class Broken(Lengths):
        def said(self, texts: Sequence[str]) -> list[Encoded]:
            raise RuntimeError("no encoder")

    cache = EmbeddedTexts(tmp_path / "texts")
    with closing(EmbeddingAhead(cache, Broken(), Broken())) as ahead:
        ahead.embed(["one"])
        ahead.embed([])
        with pytest.raises(RuntimeError, match="no encoder"):
            ahead.finish()


def test_threads_switch_as_before_when_a_build_is_done() -> None:
    usual = sys.getswitchinterval()
    with sharing_the_interpreter():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_documents_about_data_are_searched_apart_as_soon_and_as_long_as_there_are_others(
    tmp_path: Path,
) -> None:
    home, folder = tmp_path / "home", tmp_path / "documents"
    folder.mkdir()

    def build() -> tuple[int, int]:
        build_index(home, sources=Sources((folder,)))
        with closing(Catalog(Home(home).current() / CATALOG)) as catalog:
            counts = catalog.counts()
        return counts[f"vectors of {Vectors.CHUNKS}"], counts[f"vectors of {Vectors.PLACED}"]

    (folder / "mail.md").write_text(_RESIDENCY)
    chunks, placed = build()
    assert placed == 0
    (folder / "colours.md").write_text(_OTHER)
    assert build()[1] == chunks
    # Of copies under other titles every passage is embedded with its own headings.
    (folder / "again.md").write_text(_OTHER.replace("# Colours", "# Shades"))
    assert build()[1] == chunks
    (folder / "colours.md").unlink()
    (folder / "again.md").unlink()
    assert build() == (chunks, 0)


def test_a_corpus_with_no_residency_in_it_is_built_and_many_copies_are_embedded_once(
    tmp_path: Path,
) -> None:
    home, folder = tmp_path / "home", tmp_path / "documents"
    folder.mkdir()
    for number in range(20):
        more = f"Choose colour number {number}.\n"
        (folder / f"{number}.md").write_text(f"{_OTHER}\n{more if number % 2 else ''}")
    build_index(home, sources=Sources((folder,)))
    with closing(Catalog(Home(home).current() / CATALOG)) as catalog:
        counts = catalog.counts()
    # Ten files are one file, ten have a sentence more each.
    assert counts["documents"] == 11
    assert counts[f"vectors of {Vectors.PLACED}"] == 0
    with closing(sqlite3.connect(Home(home).embedded)) as kept:
        embedded = int(kept.execute("SELECT count(*) FROM texts").fetchone()[0])
    assert embedded < counts[f"vectors of {Vectors.CHUNKS}"]
