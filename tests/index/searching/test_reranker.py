"""A cross-encoder of the user's own judges what was found anew; without one nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.errors import ModelMismatch
from index.searching.reader import IndexReader
from index.searching.reranker import JUDGED, LocalCrossEncoder, reranked
from index.searching.retrieve import search
from index.types import Search
from tests.commands import residency
from tests.fakes.local_models import (
    write_cross_encoder,
    write_encoder,
    write_multilingual_cross_encoder,
)
from tests.paths import ROOT
from tests.sharing import WITHOUT_NETWORK, made_once

QUESTION = Search("Where is customer data at rest kept?")


class Fixed:
    """Judges by a word alone."""

    name = "fixed"

    def __init__(self, word: str, scale: float = 1.0) -> None:
        self._word = word
        self._scale = scale
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def judged(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return 1 where the word stands, 0 elsewhere."""
        self.seen.append((question, tuple(passages)))
        return [self._scale * float(self._word in passage) for passage in passages]


@pytest.fixture(scope="session")
def model(run_folder: Path) -> Path:
    """A small cross-encoder with random weights."""
    return made_once(run_folder, "judge", lambda path: write_cross_encoder(path) and None)


def test_the_best_are_judged_with_their_context_and_the_rest_is_left(built_home: Path) -> None:
    with closing(IndexReader.open(built_home)) as plain:
        before = search(plain, QUESTION, limit=JUDGED + 10)
        word = before[JUDGED - 1].chunk.context.split()[-1]
        judge = Fixed(word)
        after = search(replace(plain, reranker=judge), QUESTION, limit=JUDGED + 10)
        contexts = tuple(hit.chunk.context for hit in before[:JUDGED])
        assert judge.seen == [(QUESTION.text, contexts)]
        assert {hit.chunk.id for hit in after[:JUDGED]} == {h.chunk.id for h in before[:JUDGED]}
        assert after[JUDGED:] == before[JUDGED:]
        # The scores are those of before, dealt out in the new order.
        assert [hit.score for hit in after] == [hit.score for hit in before]
        last = before[JUDGED - 1].chunk.id
        places = [[hit.chunk.id for hit in hits].index(last) for hits in (before, after)]
        assert places[1] < places[0]


def test_the_scale_of_the_model_does_not_matter(built_home: Path) -> None:
    with closing(IndexReader.open(built_home)) as plain:
        orders = [
            [hit.chunk.id for hit in search(replace(plain, reranker=judge), QUESTION)]
            for judge in (Fixed("region"), Fixed("region", 1000.0))
        ]
        level = search(replace(plain, reranker=Fixed("no such word")), QUESTION)
        assert orders[0] == orders[1]
        assert level == search(plain, QUESTION)


def test_nothing_found_is_nothing_judged() -> None:
    assert reranked(Fixed("x"), "x", [], {}) == []


def test_a_local_model_judges_as_its_library_does(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    passages = ["Data is kept in Norway.", "A backup of the region.", "data " * 400]
    theirs = CrossEncoder(str(model), device="cpu", local_files_only=True)
    expected = theirs.predict([("Where is data?", one) for one in passages])
    reranker = LocalCrossEncoder(str(model))
    assert reranker.judged("Where is data?", passages) == pytest.approx(expected, abs=1e-5)
    assert len(set(reranker.judged("Where is data?", passages))) == 3


def test_a_model_of_many_languages_judges_as_its_library_does(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = write_multilingual_cross_encoder(tmp_path / "many")
    question = "Wo werden die Daten gespeichert?"
    passages = ["Τα δεδομένα φυλάσσονται στην Αθήνα.", "データは東京に保存。", "Хранятся в Москве."]
    theirs = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    expected = theirs.predict([(question, one) for one in passages])
    judged = LocalCrossEncoder(str(folder)).judged(question, passages)
    assert judged == pytest.approx(expected, abs=1e-5)
    assert len({round(one, 4) for one in judged}) == 3


def test_answers_come_by_a_local_model_without_a_network(built_home: Path, model: Path) -> None:
    done = subprocess.run(
        [*WITHOUT_NETWORK, sys.executable, "-m", "ui.command_line.main", "ask",
         "Where does Intune keep data?"],
        cwd=ROOT, capture_output=True, text=True, timeout=240,
        env={**os.environ, "RESIDENCY_HOME": str(built_home), "RESIDENCY_RERANKER": str(model)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Intune" in done.stdout


def test_the_record_of_an_answer_names_it(built_home: Path, model: Path) -> None:
    settings = Settings(home=built_home, reranker=str(model))
    with closing(Assistant.open(settings)) as assistant:
        answer = assistant.ask("Where does Intune keep data?", keep=True)
        made = assistant.record(answer.id).circumstances.configuration
    assert made is not None
    assert made.reranker == str(model)
    assert made.digest != replace(made, reranker="").digest


def test_doctor_says_which_one_is_in_use_and_whether_it_loads(
    built_home: Path, model: Path, tmp_path: Path
) -> None:
    assert "reranker:         (not set)" in residency("doctor", home=built_home).stdout
    done = residency("doctor", home=built_home, RESIDENCY_RERANKER=str(model))
    assert f"ok       reranker: {model} judges the best {JUDGED} passages" in done.stdout
    broken = write_cross_encoder(tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"no weights")
    done = residency("doctor", home=built_home, RESIDENCY_RERANKER=str(broken))
    assert done.returncode == 1
    assert f"PROBLEM  reranker: RESIDENCY_RERANKER={broken}: cannot be loaded" in done.stdout


def test_what_cannot_judge_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(ModelMismatch, match=r"^RESIDENCY_RERANKER=a/b: .*`hf download a/b`"):
        LocalCrossEncoder("a/b")
    encoder = write_encoder(tmp_path / "encoder")
    with pytest.raises(ModelMismatch, match=r"no cross-encoder .*unset it"):
        LocalCrossEncoder(str(encoder))
    three = write_cross_encoder(tmp_path / "three", labels=3)
    with pytest.raises(ModelMismatch, match=r"gives 3 scores for a pair.*unset it"):
        LocalCrossEncoder(str(three)).judged("Where?", ["Here."])
