"""An encoder of the user's own: of any pooling and dimension, for passages and questions alike."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.building.build import build_index
from index.building.options import Options, Sources
from index.encoding import graph_export
from index.encoding.chunk_encoder import PACKAGED, SHIPPED, ChunkEncoder, checked_weights
from index.encoding.query_encoder import QueryEncoder
from index.errors import ModelMismatch
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.searching.retrieve import search
from index.types import Search, Vectors
from index.upkeep.doctor import inspect
from tests.commands import residency
from tests.fakes.local_models import (
    write_cross_encoder,
    write_encoder,
    write_multilingual_encoder,
)
from tests.sharing import made_once

TEXTS = ("Where are files of Quay kept?", "Data is kept in Bergen. " * 40, "é 日本 😀", "x")


@pytest.fixture(scope="session")
def model(run_folder: Path) -> Path:
    """A model of 48 dimensions that takes the first word piece for the whole."""
    return made_once(run_folder, "encoder-cls", lambda path: write_encoder(path) and None)


@pytest.fixture
def own(home: Path, model: Path) -> Path:
    """A home whose index was built with that model."""
    build_index(home, model=str(model))
    return home


@pytest.mark.parametrize(
    ("pooling", "dense", "prompts"),
    [
        ("cls", 0, {}),
        ("mean", 24, {"query": "which data: ", "document": "kept data: "}),
        ("lasttoken", 0, {"document": "the region: "}),
    ],
)
def test_passages_and_questions_are_encoded_as_the_model_does(
    tmp_path: Path, pooling: str, dense: int, prompts: dict[str, str]
) -> None:
    from sentence_transformers import SentenceTransformer

    folder = write_encoder(tmp_path / "model", pooling=pooling, dense=dense, prompts=prompts)
    encoder = ChunkEncoder(str(folder))
    info = encoder.export(tmp_path / "models")
    exported = QueryEncoder(tmp_path / "models" / info.sha256[:16])
    theirs = SentenceTransformer(str(folder), device="cpu")
    passages = theirs.encode_document(list(TEXTS), normalize_embeddings=True)
    questions = theirs.encode_query(list(TEXTS), normalize_embeddings=True)
    assert info.dimension == passages.shape[1] == (dense or 48)
    assert np.abs(encoder.encode(TEXTS) - passages).max() < 1e-4
    assert np.abs(np.stack([exported.said(t).vector for t in TEXTS]) - passages).max() < 1e-4
    assert np.abs(np.stack([exported.encode(t) for t in TEXTS]) - questions).max() < 1e-4


MANY_LANGUAGES = (
    "Die Daten von Quay werden in München gespeichert.",
    "Τα δεδομένα του Quay φυλάσσονται στην Αθήνα.",
    "Данные Quay хранятся в Москве.",
    "クアイのデータは東京に保存されます。",
    "Les données de Quay sont conservées à Québec.",
)


def test_a_model_of_many_languages_finds_passages_in_each_of_them(
    home: Path, tmp_path: Path
) -> None:
    folder = write_multilingual_encoder(tmp_path / "many")
    page = tmp_path / "languages" / "quay.md"
    page.parent.mkdir()
    page.write_text("# Quay\n\n" + "\n\n".join(MANY_LANGUAGES) + "\n", encoding="utf-8")
    build_index(home, model=str(folder), sources=Sources((page.parent,)))
    with closing(IndexReader.open(home)) as reader:
        assert reader.encoder.encode("Πού;").shape == (48,)
        texts = dict(reader.catalog.texts(Vectors.CHUNKS))
        assert all(any(said in text for text in texts.values()) for said in MANY_LANGUAGES)
        for key, text in texts.items():
            nearest = reader.vectors.nearest(reader.encoder.said(text).vector, 1)[0]
            assert key.startswith(nearest.id)
            assert nearest.score == pytest.approx(1, abs=1e-4)


def test_a_model_of_many_languages_is_exported_as_it_is(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    folder = write_multilingual_encoder(tmp_path / "many")
    info = ChunkEncoder(str(folder)).export(tmp_path / "models")
    exported = QueryEncoder(tmp_path / "models" / info.sha256[:16])
    theirs = SentenceTransformer(str(folder), device="cpu")
    passages = theirs.encode_document(list(MANY_LANGUAGES), normalize_embeddings=True)
    questions = theirs.encode_query(list(MANY_LANGUAGES), normalize_embeddings=True)
    ours = [(exported.said(text).vector, exported.encode(text)) for text in MANY_LANGUAGES]
    assert np.abs(np.stack([said for said, _ in ours]) - passages).max() < 1e-4
    assert np.abs(np.stack([asked for _, asked in ours]) - questions).max() < 1e-4
    # Each script has pieces of its own: none is a row of unknown words.
    assert np.triu(passages @ passages.T, 1).max() < 0.9999


def test_an_index_says_which_model_it_was_built_with_and_searches_with_it(
    own: Path, model: Path
) -> None:
    with closing(IndexReader.open(own)) as reader:
        assert reader.manifest.encoder.name == str(model)
        assert reader.manifest.encoder.dimension == 48
        assert reader.encoder.encode("Where is Quay?").shape == (48,)
        nearest = reader.vectors.nearest(reader.encoder.encode("Where is Quay?"), 5)
        assert nearest
        texts = dict(reader.catalog.texts(Vectors.CHUNKS))
        for id_, score in nearest:
            text = next(text for key, text in texts.items() if key.startswith(id_))
            said = reader.encoder.said(text).vector
            assert float(said @ reader.encoder.encode("Where is Quay?")) == pytest.approx(
                score, abs=1e-4
            )
        hits = search(reader, Search("Where are files of Quay stored?"))
        assert "Bergen" in hits[0].chunk.text


def test_what_is_near_means_what_it_means_to_the_packaged_encoder(own: Path) -> None:
    question = "Where are files of Quay stored?"
    with closing(IndexReader.open(own)) as reader:
        apart = reader.encoder.apart
        hit = search(reader, Search(question))[0]
        cosine = float(reader.encoder.encode(question) @ reader.encoder.said(hit.chunk.context)[0])
    # Random weights put all texts close together.
    assert apart > 1.2
    assert 1 - hit.passage == pytest.approx(apart * (1 - cosine), abs=1e-3)
    with closing(IndexReader.open(own)) as reader:
        unlike = [reader.encoder.said(text).vector for text in graph_export.UNLIKE]
        questions = [reader.encoder.encode(text) for text in graph_export.UNLIKE]
    distances = [
        apart * (1 - float(one @ other))
        for i, one in enumerate(questions)
        for j, other in enumerate(unlike)
        if i != j
    ]
    packaged = ChunkEncoder(PACKAGED).encode(graph_export.UNLIKE)
    theirs = [1 - float(a @ b) for i, a in enumerate(packaged) for b in packaged[i + 1 :]]
    assert np.mean(distances) == pytest.approx(np.mean(theirs), abs=0.01)


def test_what_the_model_does_not_have_falls_back(own: Path) -> None:
    with closing(IndexReader.open(own)) as reader:
        assert reader.encoder.asked("Where is Quay?").shape == (0, 0)
        hits = search(reader, Search("Where are files of Quay stored?"))
        assert (hits[0].match.mean, hits[0].match.worst) == (0.0, 0.0)
        # Its vocabulary has neither; which words are common does not depend on it.
        assert reader.encoder.is_one_piece("tenant")
        assert not reader.encoder.is_one_piece("quayvault")


def test_another_model_builds_everything_anew_and_says_so(
    own: Path, model: Path, tmp_path: Path
) -> None:
    other = write_encoder(tmp_path / "other", pooling="mean", dense=24)
    before, told = Home(own).current(), list[str]()
    build_index(own, model=str(other), progress=told.append)
    assert told[0] == f"the index was built with {model}; all is embedded anew with {other}"
    assert Home(own).current() != before
    with closing(IndexReader.open(own)) as reader:
        assert reader.manifest.encoder.dimension == 24
        assert reader.vectors.nearest(reader.encoder.encode("Where is Quay?"), 5)
    told.clear()
    build_index(own, options=Options(str(other)), progress=told.append)
    assert [line for line in told if "anew" in line or "embedding" in line] == []


def test_an_assistant_whose_setting_changed_builds_with_the_new_model(
    own: Path, model: Path
) -> None:
    told: list[str] = []
    settings = Settings(home=own)
    with closing(Assistant.open(settings, progress=told.append)) as assistant:
        assert assistant.index.manifest.encoder.name == SHIPPED
        answer = assistant.ask("Where are files of Quay stored?")
    assert f"the index was built with {model}; building it with {SHIPPED}" in told[0]
    assert "Bergen" in answer.text


def test_the_same_model_in_another_folder_is_the_same(
    own: Path, model: Path, tmp_path: Path
) -> None:
    moved = Path(shutil.copytree(model, tmp_path / "moved"))
    before, told = Home(own).current(), list[str]()
    settings = Settings(home=own, embedding_model=str(moved))
    with closing(Assistant.open(settings, progress=told.append)) as assistant:
        assert "Bergen" in assistant.ask("Where are files of Quay stored?").text
    assert (Home(own).current(), told) == (before, [])
    assert [check for check in inspect(own, model=str(moved)) if not check.ok] == []


def test_another_pooling_of_the_same_weights_is_another_model(model: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(model, tmp_path / "other"))
    (other / "README.md").write_text("Notes.\n", encoding="utf-8")
    assert checked_weights(str(other))[1] == checked_weights(str(model))[1]
    config = other / "1_Pooling" / "config.json"
    said = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps(said | {"pooling_mode": "mean"}), encoding="utf-8")
    assert checked_weights(str(other))[1] != checked_weights(str(model))[1]


def test_doctor_tells_of_another_model(own: Path, model: Path) -> None:
    done = residency("doctor", home=own, RESIDENCY_EMBEDDING_MODEL=str(model))
    assert f"ok       encoder: {model}, 48 dimensions" in done.stdout
    done = residency("doctor", home=own)
    said = f"the index was built with {model}, {SHIPPED} is set. Run `residency index`"
    assert done.returncode == 1
    assert f"PROBLEM  encoder: {said}" in done.stdout


def test_a_model_by_the_name_it_was_downloaded_by(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    place = tmp_path / "models--quay--tiny"
    shutil.copytree(model, place / "snapshots" / "ab12")
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text("ab12", encoding="utf-8")
    assert checked_weights("quay/tiny")[1] == checked_weights(str(model))[1]


def test_what_is_no_such_model_is_named_with_the_next_step(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelMismatch, match=r"^RESIDENCY_EMBEDDING_MODEL=a/b: .*`hf download a/b`"):
        ChunkEncoder("a/b")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelMismatch, match=r"empty has no weights .*Name the folder"):
        ChunkEncoder(str(tmp_path / "empty"))
    judge = write_cross_encoder(tmp_path / "judge")
    with pytest.raises(ModelMismatch, match=r"a cross-encoder.*as RESIDENCY_RERANKER"):
        ChunkEncoder(str(judge))
    broken = Path(shutil.copytree(model, tmp_path / "broken"))
    (broken / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelMismatch, match=r"broken: cannot be loaded .*Name another model"):
        ChunkEncoder(str(broken)).export(tmp_path / "models")
    # What the exported graph would give otherwise than the model is not used.
    monkeypatch.setattr(graph_export, "_ALIKE", 1.1)
    with pytest.raises(ModelMismatch, match="other vectors than by itself"):
        ChunkEncoder(str(model)).export(tmp_path / "models")
