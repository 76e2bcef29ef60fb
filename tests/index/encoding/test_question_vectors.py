"""Vectors of the written questions that come with the project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.intake.question_bank import FILE as QUESTIONS
from corpus.intake.question_bank import read_questions
from corpus.intake.sources import BUNDLED
from index.encoding.chunk_encoder import ChunkEncoder
from index.encoding.question_vectors import QuestionVectors, shipped_questions
from index.stores.vector_cache import EmbeddedTexts
from index.types import Encoded


def _questions() -> list[str]:
    rows = read_questions(BUNDLED / QUESTIONS)
    return [question for row in rows for question in row.questions]


def test_every_written_question_has_the_vector_that_the_encoder_gives() -> None:
    encoder, questions = ChunkEncoder(), _questions()
    keyed = {text.encode(): text for text in questions}
    known = shipped_questions().known(encoder.sha256, keyed)
    assert set(known) == set(keyed), "run python -m evals.training.question_vectors"
    some = questions[:: len(questions) // 20]
    for text, vector in zip(some, encoder.encode(some), strict=True):
        # Processors that add up products of eight bits in sixteen come out farther apart: 0.11
        # where others have 0.002. Vectors of two questions are some 0.5 apart at least.
        assert np.linalg.norm(known[text.encode()] - vector) < 0.25
        assert np.linalg.norm(known[text.encode()]) == pytest.approx(1, abs=1e-6)


class _Counting:
    """An encoder that counts what it is given."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        self.given: list[str] = []

    def said(self, texts: list[str]) -> list[Encoded]:
        self.given.extend(texts)
        return [Encoded(np.eye(384, dtype=np.float32)[0], np.zeros((0, 0))) for _ in texts]


@pytest.mark.parametrize("shipped", [True, False])
def test_only_what_has_no_vector_is_embedded(tmp_path: Path, *, shipped: bool) -> None:
    encoder = _Counting(shipped_questions().weights if shipped else "of another encoder")
    known, own = _questions()[0], "Where do badgers keep their winter coats?"
    vectors = EmbeddedTexts(tmp_path / "embedded.sqlite").vectors(encoder, [own, known])
    assert encoder.given == ([own] if shipped else sorted([own, known], key=lambda x: -len(x)))
    assert vectors.shape == (2, 384)
    assert vectors[0][0] == 1
    assert bool(vectors[1][0] != 1) == shipped


def test_a_file_that_is_absent_holds_none(tmp_path: Path) -> None:
    assert QuestionVectors.read(tmp_path / "none.npz").known("", {b"a": "A"}) == {}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    made = QuestionVectors.of("w", ["b", "a", "b"], np.eye(3, dtype=np.float32))
    made.write(tmp_path / "q.npz")
    read = QuestionVectors.read(tmp_path / "q.npz")
    assert read.weights == "w"
    assert len(read.keys) == 2
    assert read.known("w", {b"x": "a"})[b"x"].tolist() == [0, 1, 0]
    assert read.known("v", {b"x": "a"}) == {}
    assert read.known("w", {b"x": "c"}) == {}


def test_who_looks_for_vectors_at_hand_finds_those_that_were_shipped(tmp_path: Path) -> None:
    """A search compares them within documents; encoding them anew would take a cold one seconds."""
    texts, shipped = _questions()[:20], shipped_questions()
    found = EmbeddedTexts(tmp_path / "embedded.sqlite").known(shipped.weights, texts)
    assert set(found) == set(texts)
    assert EmbeddedTexts(tmp_path / "embedded.sqlite").known("of another encoder", texts) == {}
