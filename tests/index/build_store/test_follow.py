"""A server that runs takes over what is published, between two questions."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.build_store import follow
from index.build_store.follow import following
from index.build_store.published import FILES, opened
from index.build_store.sharing import fetch_into, publish_from
from index.build_store.store_address import BuildStore
from index.errors import BuildStoreUnusable
from index.home.manifest import read_manifest
from index.home.paths import CATALOG, Home
from tests.index.build_store.conftest import Change

_WAIT_S = 60.0


def _settings(home: Path, store: BuildStore) -> Settings:
    return Settings(home=home, build_store=store.address.url, build_poll_seconds=1)


def _comes(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + _WAIT_S
    while not true():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.1)


def _quiet(text: str) -> None:
    assert text


def test_a_server_moves_on_to_what_is_published(
    home: Path, replica: Path, store: BuildStore, change: Change
) -> None:
    publish_from(home, store, None, wait_s=5)
    told: list[str] = []
    with closing(Assistant.open(_settings(replica, store), progress=_quiet)) as served:
        first = served.ask("Where are files of Quay stored?")
        assert "Bergen" in first.text
        with served.following(told.append):
            change(home, "Files of Acme are stored in Oslo.")
            name = publish_from(home, store, None, wait_s=5).name
            _comes(lambda: bool(told))
            second = served.ask("Where are files of Acme stored?")
    assert told == [f"the build {name} of {store.address} is taken over"]
    assert "Oslo" in second.text
    assert second.index != first.index


def test_what_keeps_a_server_from_it_is_told_once_and_tried_again(
    home: Path, replica: Path, folder_store: BuildStore, change: Change
) -> None:
    publish_from(home, folder_store, None, wait_s=5)
    fetch_into(replica, folder_store, None, wait_s=5)
    kept = Home(replica).current()
    change(home, "Files of Acme are stored in Oslo.")
    name = publish_from(home, folder_store, None, wait_s=5).name
    published = opened(folder_store)
    lacking = f"{FILES}/{published.build(name).files[CATALOG].sha256}"
    content = published.objects.read(lacking)
    assert content is not None
    published.objects.delete(lacking)
    told: list[str] = []
    with following(replica, folder_store, None, 0.1, told.append):
        _comes(lambda: bool(told))
        time.sleep(0.5)
        assert len(told) == 1
        assert "the index before goes on answering" in told[0]
        assert Home(replica).current() == kept
        published.objects.write(lacking, content)
        _comes(lambda: len(told) == 2)
    assert read_manifest(Home(replica).current()).id == read_manifest(Home(home).current()).id


def test_a_server_goes_on_saying_what_it_has(
    home: Path, replica: Path, folder_store: BuildStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "_REPORT_S", 0.2)
    name = publish_from(home, folder_store, None, wait_s=5).name
    fetch_into(replica, folder_store, None, wait_s=5)
    published = opened(folder_store)
    (known,) = published.reports()
    published.forget_report(known)
    with following(replica, folder_store, None, 0.1, _quiet):
        _comes(lambda: known in published.reports())
    assert published.reports()[known][0].build == name


def test_a_home_without_an_index_fetches_and_builds_only_where_nothing_is_published(
    home: Path, replica: Path, folder_store: BuildStore, tmp_path: Path
) -> None:
    publish_from(home, folder_store, None, wait_s=5)
    said: list[str] = []
    settings = _settings(replica, folder_store)
    with closing(Assistant.open(settings, progress=said.append)) as served:
        assert [one.id for one in served.documents] == ["quay"]
    assert not [line for line in said if "building" in line or "reading" in line]
    with (Home(replica).current() / CATALOG).open("r+b") as handle:
        handle.seek(5000)
        handle.write(b"damage")
    with closing(Assistant.open(settings, progress=said.append)) as served:
        assert [one.id for one in served.documents] == ["quay"]
    assert not [line for line in said if "building" in line or "reading" in line]


def test_a_home_without_an_index_builds_and_publishes_where_nothing_is(
    home: Path, folder_store: BuildStore
) -> None:
    Home(home).pointer.unlink()
    with closing(Assistant.open(_settings(home, folder_store), progress=_quiet)) as served:
        built = served.index_id
    pointer = opened(folder_store).pointer()
    assert pointer is not None
    assert opened(folder_store).build(pointer.build).id == built


def test_a_home_with_an_index_answers_while_the_store_is_away(
    home: Path, tmp_path: Path, folder_store: BuildStore
) -> None:
    settings = _settings(home, folder_store)
    folder = folder_store.address.folder
    assert folder is not None
    folder.rename(tmp_path / "away")
    with closing(Assistant.open(settings, progress=_quiet)) as served:
        assert "Bergen" in served.ask("Where are files of Quay stored?").text
    Home(home).pointer.unlink()
    with pytest.raises(BuildStoreUnusable, match="the store of builds is not there"):
        Assistant.open(settings, progress=_quiet)
