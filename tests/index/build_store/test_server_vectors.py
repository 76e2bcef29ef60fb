"""Builds whose vectors lie on a Chroma server: the list names them, and they stay as long."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.build_store.fetch import Outcome
from index.build_store.published import opened
from index.build_store.sharing import collect_from, fetch_into
from index.build_store.store_address import BuildStore
from index.building.build import build_index
from index.building.options import Options
from index.errors import ForeignIndex
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.stores.vector_store import Server
from tests.fakes.chroma import ChromaProcess


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaProcess]:
    """A server with nothing in it."""
    with ChromaProcess(tmp_path / "chroma") as process:
        yield process


def _prefixes(chroma: ChromaProcess) -> set[str]:
    return {name.rpartition("-")[0] for name in chroma.collections()}


def _build(home: Path, options: Options, text: str) -> str:
    (home / "documents" / "acme.md").write_text(f"# Acme\n\n{text}\n", encoding="utf-8")
    return build_index(home, options=options)


def test_collections_stay_while_the_store_has_their_build(
    home: Path, replica: Path, folder_store: BuildStore, chroma: ChromaProcess
) -> None:
    server = Server(chroma.url)
    options = Options(server=server, store=folder_store)
    _build(home, options, "Vaults rest in Oslo.")
    assert fetch_into(replica, folder_store, server, wait_s=5).outcome is Outcome.FETCHED
    for town in ("Turku", "Vaasa", "Bergen"):
        _build(home, options, f"Vaults rest in {town}.")
    published = opened(folder_store)
    builds = [published.build(name) for name in published.builds()]
    assert len(builds) == 4
    assert not [name for one in builds for name in one.files if "vectors" in name]
    assert _prefixes(chroma) == {one.collections for one in builds}
    with closing(IndexReader.open(replica, server=server)) as reader:
        # Three builds behind, and its vectors are there.
        assert reader.vectors.counts() == reader.manifest.vector_counts
    fetch_into(replica, folder_store, server, wait_s=5)
    gone = collect_from(folder_store, server, wait_s=5, after_s=0)
    assert len(gone.builds) == 3
    (left,) = (published.build(name) for name in published.builds())
    assert _prefixes(chroma) == {left.collections}
    with closing(IndexReader.open(replica, server=server)) as reader:
        assert reader.vectors.counts() == reader.manifest.vector_counts


def test_a_build_is_left_while_its_server_is_away(
    home: Path, folder_store: BuildStore, chroma: ChromaProcess
) -> None:
    server = Server(chroma.url)
    options = Options(server=server, store=folder_store)
    _build(home, options, "Vaults rest in Oslo.")
    _build(home, options, "Vaults rest in Turku.")
    chroma.kill()
    assert collect_from(folder_store, server, wait_s=5, after_s=0).builds == ()
    assert len(opened(folder_store).builds()) == 2


def test_a_replica_with_another_server_refuses(
    home: Path, replica: Path, folder_store: BuildStore, chroma: ChromaProcess
) -> None:
    server = Server(chroma.url)
    build_index(home, options=Options(server=server, store=folder_store))
    with pytest.raises(ForeignIndex, match=r"are on http.*Set RESIDENCY_CHROMA_URL to it"):
        fetch_into(replica, folder_store, None, wait_s=5)
    left_out = shutil.ignore_patterns("builds", "current", "followed.json")
    other = shutil.copytree(home, replica, ignore=left_out, dirs_exist_ok=True)
    said: list[str] = []
    build_index(other, options=Options(store=folder_store), progress=said.append)
    assert [line for line in said if line.startswith("built without what is published: file:")]
    with pytest.raises(ForeignIndex, match=r"are in it, not on http.*Unset RESIDENCY_CHROMA_URL"):
        fetch_into(home, folder_store, server, wait_s=5)
    assert Home(home).pointer.exists()
