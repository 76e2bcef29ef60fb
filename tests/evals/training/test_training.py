"""What the encoder is trained on, and that a model that is not what it says is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ManifestError
from evals.training import pairs
from evals.training.pairs import Passage, read_material
from evals.training.train import Recipe, batches, train
from index.encoding import chunk_encoder
from index.encoding.chunk_encoder import ChunkEncoder, checked_weights, model_folder
from index.encoding.local_models import file_sha256
from index.encoding.query_encoder import GRAPH
from index.errors import ModelMismatch


def _passages() -> list[Passage]:
    return [
        Passage(
            f"d{n // 20}", f"heading | text {n}", f"text {n}", tuple(f"q{n}-{m}" for m in range(7))
        )
        for n in range(60)
    ]


def test_every_question_comes_once_in_an_epoch() -> None:
    recipe = Recipe(epochs=2)
    asked = {question for passage in _passages() for question in passage.questions}
    for epoch in batches(_passages(), recipe):
        found = [question for batch in epoch for question in batch.questions]
        assert sorted(found) == sorted(asked)
        for batch in epoch:
            assert len(batch.passages) <= recipe.passages
            for question, owner in zip(batch.questions, batch.owners, strict=True):
                number = question[1:].split("-")[0]
                assert batch.passages[owner] in (f"text {number}", f"heading | text {number}")


def test_the_same_seed_gives_the_same_batches() -> None:
    first, again = (list(batches(_passages(), Recipe())) for _ in range(2))
    assert first == again
    assert first != list(batches(_passages(), Recipe(seed=18)))


def test_the_material_is_bound_and_can_be_left_out() -> None:
    material = read_material()
    assert len(material.passages) > 1_400
    assert sum(len(passage.questions) for passage in material.passages) > 10_000
    assert len(material.unbound) < 20
    left = [("intune", "Audit logs are retained for up to one year for security purposes.")]
    without = read_material(left)
    gone = {p.text for p in material.passages} - {p.text for p in without.passages}
    assert gone == {left[0][1]}


def test_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    read = read_material().passages[:8]
    passages = [replace(passage, questions=passage.questions[:2]) for passage in read]
    recipe = Recipe(epochs=1, longest=48)
    made = []
    for name in ("first", "again"):
        train(passages, tmp_path / name, recipe)
        files = ("model.safetensors", "pieces.npy")
        made.append([file_sha256(tmp_path / name / file) for file in files])
    assert made[0] == made[1]


def test_a_damaged_file_of_questions_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vault.md").write_text("# Vault\n\nData is here.\n", encoding="utf-8")
    (tmp_path / "vault.jsonl").write_text('{"passage": "Data is here."}\n', encoding="utf-8")
    monkeypatch.setattr(pairs, "FICTIONAL", tmp_path)
    with pytest.raises(ManifestError, match=r"vault\.jsonl:1: no passage and questions"):
        read_material()


def test_a_model_with_another_hash_or_shape_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder(chunk_encoder.SHIPPED), folder)
    assert checked_weights(str(folder))[1] == checked_weights(chunk_encoder.SHIPPED)[1]
    about = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(about | {"dimension": 256}))
    with pytest.raises(ModelMismatch, match=r"gives 384 dimensions, model\.json says 256"):
        ChunkEncoder(str(folder)).encode(["one"])
    with (folder / GRAPH).open("ab") as handle:
        handle.write(b"\0")
    with pytest.raises(ModelMismatch, match=r"encoder\.onnx: SHA-256 \w+ is not"):
        checked_weights(str(folder))
    (folder / "model.json").write_text("{}")
    with pytest.raises(ModelMismatch, match=r"model\.json: cannot be read"):
        checked_weights(str(folder))
