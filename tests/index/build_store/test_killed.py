"""Publishers and fetchers that are killed in the middle leave what was current."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from index.build_store import one_writer
from index.build_store.fetch import Outcome
from index.build_store.published import opened
from index.build_store.sharing import fetch_into, publish_from
from index.build_store.store_address import BuildStore
from index.home.manifest import read_manifest
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.upkeep.doctor import inspect
from tests.index.build_store.conftest import Change
from tests.index.build_store.other_process import kill_in_the_middle


def _id(home: Path) -> str:
    return read_manifest(Home(home).current()).id


@pytest.fixture(autouse=True)
def soon_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead writer is noticed sooner."""
    monkeypatch.setattr(one_writer, "_DEAD_S", 1.0)


def test_a_publisher_that_is_killed_publishes_nothing(
    home: Path, replica: Path, store: BuildStore, change: Change
) -> None:
    publish_from(home, store, None, wait_s=5)
    fetch_into(replica, store, None, wait_s=5)
    kept = _id(replica)
    change(home, "Vaults rest in Oslo.")
    before = len(opened(store).files())
    kill_in_the_middle(store, home, after=2, fetching=False)
    assert len(opened(store).files()) == before + 2
    assert fetch_into(replica, store, None, wait_s=5).outcome is Outcome.HAD
    assert _id(replica) == kept
    again = publish_from(home, store, None, wait_s=10)
    assert fetch_into(replica, store, None, wait_s=5).outcome is Outcome.FETCHED
    assert _id(replica) == _id(home)
    # What the dead one had written is used.
    build = opened(store).build(again.name)
    assert again.files == len({one.sha256 for one in build.parts()} - _known(before, store)) - 2


def _known(before: int, store: BuildStore) -> set[str]:
    """Return the files of the first build."""
    first = opened(store).pointer_of(1)
    assert first is not None
    files = {one.sha256 for one in opened(store).build(first.build).parts()}
    assert len(files) == before
    return files


def test_a_fetcher_that_is_killed_has_the_build_before(
    home: Path, replica: Path, store: BuildStore, change: Change
) -> None:
    publish_from(home, store, None, wait_s=5)
    fetch_into(replica, store, None, wait_s=5)
    kept = _id(replica)
    change(home, "Vaults rest in Oslo.")
    written = publish_from(home, store, None, wait_s=5)
    kill_in_the_middle(store, replica, after=2, fetching=True)
    assert _id(replica) == kept
    with closing(IndexReader.open(replica)) as reader:
        assert reader.vectors.counts()
    found = fetch_into(replica, store, None, wait_s=5)
    assert found.outcome is Outcome.FETCHED
    # What was whole is not fetched again.
    assert 0 < found.bytes < written.bytes
    assert _id(replica) == _id(home)
    assert [check for check in inspect(replica) if not check.ok] == []
    assert [one.name for one in Home(replica).builds.iterdir()] == [Home(replica).current().name]


def test_a_first_fetcher_that_is_killed_leaves_a_home_without_an_index(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    publish_from(home, folder_store, None, wait_s=5)
    kill_in_the_middle(folder_store, replica, after=4, fetching=True)
    assert not Home(replica).pointer.exists()
    assert fetch_into(replica, folder_store, None, wait_s=5).outcome is Outcome.FETCHED
    assert _id(replica) == _id(home)
