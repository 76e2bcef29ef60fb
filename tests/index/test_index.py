"""Real Chroma, real SQLite, real encoders: built aside, swapped in whole, read whole or refused."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.language.terms import query_terms
from corpus.types import BlockKind, Chunk, Span
from index.building.build import build_index
from index.encoding import chunk_encoder
from index.encoding.chunk_encoder import ChunkEncoder, checked_weights
from index.encoding.query_encoder import GRAPH, QueryEncoder
from index.errors import (
    BuildLocked,
    DamagedIndex,
    ForeignIndex,
    HomeUnusable,
    MissingIndex,
    ModelMismatch,
)
from index.home.paths import CATALOG, PIECES, VECTORS, WORDS, Home
from index.searching.features import NAMES, Signals
from index.searching.reader import IndexReader
from index.searching.retrieve import WEIGHTS, read_weights, search
from index.stores import word_index
from index.types import Scored, Search
from index.upkeep.doctor import inspect


def test_an_exported_encoder_agrees_with_sentence_transformers(tmp_path: Path) -> None:
    texts = ["Where does Intune keep data?", "word " * 400, "é 日本 😀 hello", "x"]
    encoder = ChunkEncoder(chunk_encoder.PACKAGED)
    theirs = encoder.encode(texts)
    info = encoder.export(tmp_path)
    question = QueryEncoder(tmp_path / info.sha256[:16])
    ours = np.stack([question.encode(text) for text in texts])
    assert np.abs(theirs - ours).max() < 1e-4
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_questions_and_chunks_are_encoded_alike(built_home: Path) -> None:
    reader = IndexReader.open(built_home)
    texts = ["Where does Intune keep data?", "word " * 400, "é 日本 😀 hello", "x"] * 20
    chunks = ChunkEncoder().said(texts)
    questions = [reader.encoder.said(text) for text in texts]
    reader.close()
    for chunk, question in zip(chunks, questions, strict=True):
        assert np.array_equal(chunk.vector, question.vector)
        assert np.array_equal(chunk.pieces, question.pieces)


def test_the_packaged_weights_are_the_published_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked_weights(chunk_encoder.PACKAGED)[1] == chunk_encoder.PACKAGED_SHA256
    monkeypatch.setattr(chunk_encoder, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ModelMismatch, match="is not the published"):
        ChunkEncoder(chunk_encoder.PACKAGED)


def test_an_unknown_embedding_model_is_named() -> None:
    with pytest.raises(ModelMismatch, match="no-such-model"):
        ChunkEncoder("no-such-model")


def test_every_vector_candidate_comes_from_chroma(full_home: Path) -> None:
    reader = IndexReader.open(full_home)
    question = reader.encoder.encode("Where does Intune keep data?")
    assert len(reader.vectors.nearest(question, 10)) == 10
    assert any(hit.similarity > 0 for hit in search(reader, Search("qqq zzz")))
    reader.vectors.clear()
    assert reader.vectors.nearest(question, 10) == []
    assert search(reader, Search("qqq zzz")) == []
    reader.close()


def test_the_nearest_vectors_are_those_of_brute_force(built_home: Path) -> None:
    reader = IndexReader.open(built_home)
    chunks = reader.catalog.all_chunks()
    vectors = ChunkEncoder().encode([chunk.context for chunk in chunks])
    question = reader.encoder.encode("Which countries keep mailbox data at rest?")
    expected = np.sort(vectors @ question)[::-1][:20]
    found = [score for _, score in reader.vectors.nearest(question, 20)]
    reader.close()
    assert np.allclose(found, expected, atol=1e-4)


def test_nothing_changed_builds_nothing(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Home(built_home).current()
    monkeypatch.setattr(ChunkEncoder, "said", None)
    assert build_index(built_home) == before.name


def test_own_documents_are_indexed_and_bad_ones_reported(home: Path) -> None:
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "acme.md").write_text("# Acme Vault\n\nVaults rest in Reykjavik only.\n")
    (home / "documents" / "bad.md").write_bytes(b"caf\xe9")
    messages: list[str] = []
    build_index(home, progress=messages.append)
    reader = IndexReader.open(home)
    assert "acme" in reader.documents
    assert search(reader, Search("Where do Acme vaults rest?"))[0].chunk.document == "acme"
    reader.close()
    assert any("bad.md" in message and "UTF-8" in message for message in messages)
    assert [check.name for check in inspect(home) if not check.ok] == ["files", "bad.md"]


def test_a_failed_build_leaves_the_last_index(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "new.md").write_text("# New\n\nSomething new.\n")
    before = Home(home).current()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ChunkEncoder, "said", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build_index(home)
    assert Home(home).current() == before
    assert [path.name for path in (home / "builds").iterdir()] == [before.name]
    IndexReader.open(home).close()


def test_a_damaged_build_is_made_again_and_collected(home: Path) -> None:
    damaged = Home(home).current()
    (damaged / CATALOG).write_bytes(b"not what it was")
    assert build_index(home) == damaged.name
    assert [path.name for path in (home / "builds").iterdir()] == [Home(home).current().name]
    assert Home(home).current() != damaged
    IndexReader.open(home).close()


def test_what_a_killed_builder_did_not_collect_goes_with_the_next_build(home: Path) -> None:
    current = Home(home).current()
    shutil.copytree(current, current.with_name("0123456789ab"))
    assert build_index(home) == current.name
    assert [path.name for path in (home / "builds").iterdir()] == [current.name]


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="residency index"):
        IndexReader.open(tmp_path)


@pytest.mark.parametrize(
    "broken", ["manifest.json", CATALOG, f"{VECTORS}/chroma.sqlite3", WORDS, f"{PIECES}/rows.int8"]
)
def test_a_damaged_build_is_refused_by_name(home: Path, broken: str) -> None:
    (Home(home).current() / broken).write_bytes(b"not what it was")
    with pytest.raises(DamagedIndex, match="Run `residency index`"):
        IndexReader.open(home)
    assert not all(check.ok for check in inspect(home))


def test_a_foreign_build_is_refused(home: Path) -> None:
    (Home(home).current() / "manifest.json").write_text('{"format": 999}')
    with pytest.raises(ForeignIndex, match="format 999"):
        IndexReader.open(home)


def test_a_missing_encoder_is_named(home: Path) -> None:
    next((home / "models").rglob(GRAPH)).unlink()
    with pytest.raises(DamagedIndex, match=GRAPH):
        IndexReader.open(home)
    build_index(home)
    IndexReader.open(home).close()


def test_a_damaged_encoder_is_named(tmp_path: Path) -> None:
    (tmp_path / GRAPH).write_bytes(b"junk")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelMismatch, match="cannot be loaded"):
        QueryEncoder(tmp_path)


def test_a_changed_file_shows_in_the_inspection(home: Path) -> None:
    with (Home(home).current() / CATALOG).open("ab") as handle:
        handle.write(b"\0")
    assert [check.name for check in inspect(home) if not check.ok] == [CATALOG, "stores"]


def _hold(lock: str, ready: object, release: object) -> None:
    from filelock import FileLock

    with FileLock(lock):
        ready.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_one_builder_at_a_time(tmp_path: Path) -> None:
    Home(tmp_path).create()
    context = multiprocessing.get_context("spawn")
    ready, release = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(Home(tmp_path).lock), ready, release))
    holder.start()
    try:
        assert ready.wait(60)
        with pytest.raises(BuildLocked, match="another process"):
            build_index(tmp_path)
    finally:
        release.set()
        holder.join(30)


def test_an_unusable_home_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="RESIDENCY_HOME"):
        build_index(tmp_path / "file" / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(HomeUnusable, match="cannot be written"):
        build_index(tmp_path / "home")


def test_rankings_are_gathered_by_chunk() -> None:
    found = Signals.of(
        [Scored("a", 0.9), Scored("b", 0.8)],
        [Scored("b", 0.95), Scored("b", 0.7), Scored("c", 0.5)],
        [Scored("c", 3.0)],
        [],
    )
    assert found.ids == ("a", "b", "c")
    assert found.asked["b"] == (0.95, 0.7)
    assert found.nearest("b") == 0.95
    assert found.nearest("a") == 0.9
    passages, nearer, words, asked_words = found.ranks
    assert passages == {"a": 1, "b": 2}
    assert nearer == {"b": 1, "a": 2, "c": 3}
    assert (words, asked_words) == ({"c": 1}, {})


def test_every_feature_has_a_weight() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(stored) == set(NAMES)
    assert len(read_weights()) == len(NAMES)


def test_query_terms_leave_out_what_every_text_has() -> None:
    assert query_terms('Where is "Multi-Geo" data? OR NEAR(x)') == [
        "multi-geo",
        "data",
        "near",
        "x",
    ]


def test_words_that_most_passages_hold_are_left_out_where_others_tell_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "_COMMON", 3)
    writer = word_index.WordWriter(tmp_path / "words.sqlite")
    texts = ["data in Oslo", "data in Rome", "data in Bern", "data in Kyiv"]
    for number, text in enumerate(texts):
        chunk = Chunk(f"c{number}", "d", Span(0, 1), text, BlockKind.PARAGRAPH, (), "", 0, -1, text)
        writer.add("d", [chunk], [])
    writer.close()
    index = word_index.WordIndex(tmp_path / "words.sqlite")
    assert [one.id for one in index.search("data Bern", 9)] == ["c2"]
    assert len(index.search("data", 9)) == len(texts)
    index.close()
