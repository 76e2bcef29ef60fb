"""Vectors in a folder whose files go, or are damaged, while they are open."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import DamagedIndex, VectorsLost
from index.stores import chroma
from index.stores.chroma import ChromaVectors
from index.stores.chroma_engine import is_fault
from index.stores.chroma_notes import NOTES
from index.types import Vectors

_SOUGHT = np.ones(8, np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few vectors of every set."""
    folder = tmp_path / "vectors"
    folder.mkdir()
    rows = np.random.default_rng(1).standard_normal((20, 8)).astype(np.float32)
    with closing(ChromaVectors.create(folder)) as store:
        for which in Vectors:
            store.add(which, [f"c{number}/x" for number in range(20)], list(rows))
    return folder


@pytest.fixture
def store(folder: Path) -> Iterator[ChromaVectors]:
    """The same, open; nothing of it was looked for yet."""
    # Their numbers are known, as to readers: to count them is to open the graphs.
    with closing(ChromaVectors.open(folder, dict.fromkeys(Vectors, 20))) as opened:
        yield opened


def _without_collections(folder: Path) -> None:
    with closing(sqlite3.connect(folder / NOTES)) as database, database:
        database.execute("DELETE FROM collections")


def _without_graphs(folder: Path) -> None:
    for path in folder.rglob("*.bin"):
        path.unlink()


def _with_bytes_that_are_no_text(folder: Path) -> None:
    with closing(sqlite3.connect(folder / NOTES)) as database, database:
        database.execute("UPDATE migrations SET filename = CAST(x'41ff' AS TEXT) WHERE rowid = 1")


_DAMAGE: dict[str, Callable[[Path], object]] = {
    "folder deleted": shutil.rmtree,
    "no database": lambda folder: (folder / NOTES).write_bytes(b"no database" * 1000),
    "empty": lambda folder: (folder / NOTES).write_bytes(b""),
    "no collections": _without_collections,
    "no graphs": _without_graphs,
}


@pytest.mark.parametrize("damage", _DAMAGE.values(), ids=_DAMAGE.keys())
def test_damage_is_told_with_folder_and_next_step(
    folder: Path, store: ChromaVectors, damage: Callable[[Path], object]
) -> None:
    damage(folder)
    with pytest.raises(VectorsLost, match=r"cannot be read \(.*Run `residency index`") as raised:
        store.nearest(_SOUGHT, 5)
    assert str(raised.value).startswith(f"{folder}: ")
    assert store.fault is raised.value
    assert "missing or damaged" in raised.value.notice


def test_no_empty_store_is_made_where_the_files_went(
    folder: Path, store: ChromaVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "_REST_S", 0.0)
    monkeypatch.setattr(chroma, "_REST_FACTOR", 0.0)
    (folder / NOTES).write_bytes(b"")
    with pytest.raises(VectorsLost):
        store.nearest(_SOUGHT, 5)
    (folder / NOTES).unlink()
    with pytest.raises(VectorsLost, match=f"{NOTES} is missing"):
        store.nearest(_SOUGHT, 5)
    assert not (folder / NOTES).exists()


def test_an_error_of_the_program_is_none_of_the_folder(store: ChromaVectors) -> None:
    with pytest.raises(TypeError):
        store.nearest(_SOUGHT, "five")  # type: ignore[arg-type]
    assert store.fault is None


def test_a_folder_that_may_not_be_written_is_read(
    folder: Path, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with closing(ChromaVectors.open(folder)) as store:
        wanted = store.nearest(_SOUGHT, 5)
    shutil.copytree(folder, small_disk / "vectors")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with closing(ChromaVectors.open(small_disk / "vectors")) as store:
        assert store.nearest(_SOUGHT, 5) == wanted
        assert len(list(temporary.iterdir())) == 1
    assert list(temporary.iterdir()) == []


def test_a_database_that_is_no_text_is_not_given_to_the_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_bytes_that_are_no_text(folder)
    monkeypatch.setattr(chroma, "_embedded", lambda folder: pytest.fail("the engine was asked"))
    with pytest.raises(DamagedIndex, match=r"cannot open it .*Run `residency index`") as raised:
        ChromaVectors.open(folder)
    assert str(raised.value).startswith(f"{folder}: ")


def test_a_locked_database_is_opened_by_the_engine(folder: Path) -> None:
    with closing(sqlite3.connect(folder / NOTES)) as database:
        database.execute("BEGIN IMMEDIATE")
        with closing(ChromaVectors.open(folder, dict.fromkeys(Vectors, 20))) as store:
            database.rollback()
            assert len(store.nearest(_SOUGHT, 5)) == 5


def test_a_panic_of_the_engine_is_a_fault_of_the_folder() -> None:
    assert is_fault(type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})())


def test_a_finished_store_gives_its_space_back(tmp_path: Path) -> None:
    rows = np.random.default_rng(2).standard_normal((2000, 64)).astype(np.float32)
    sizes = []
    for ending in (ChromaVectors.close, ChromaVectors.finish):
        made = tmp_path / ending.__name__
        made.mkdir()
        store = ChromaVectors.create(made)
        store.add(Vectors.CHUNKS, [f"c{number}/x" for number in range(2000)], list(rows))
        ending(store)
        sizes.append((made / NOTES).stat().st_size)
        with closing(ChromaVectors.open(made)) as again:
            assert again.nearest(rows[7], 1)[0].id == "c7"
    assert sizes[1] < 0.6 * sizes[0]
