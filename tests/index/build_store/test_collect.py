"""What nobody needs is deleted from a store, and what is current never."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from index.build_store.collect import listings
from index.build_store.fetch import Outcome
from index.build_store.followed import replica_id
from index.build_store.published import FILES, Published, opened
from index.build_store.sharing import collect_from, fetch_into, publish_from
from index.build_store.store_address import BuildStore
from index.errors import NewerBuild
from index.home.paths import Home
from tests.index.build_store.conftest import Change


def _collect(store: BuildStore, after_s: float = 0.0) -> tuple[str, ...]:
    return collect_from(store, None, wait_s=5, after_s=after_s).builds


def _expect_whole(published: Published) -> None:
    """Every build has its files, and there are no others."""
    builds = [published.build(name) for name in published.builds()]
    assert all(not published.missing(one) for one in builds)
    assert set(published.files()) == {one.sha256 for build in builds for one in build.parts()}


def test_what_no_home_reports_goes_and_the_current_one_stays(
    home: Path, replica: Path, store: BuildStore, published: Published, change: Change
) -> None:
    first = publish_from(home, store, None, wait_s=5).name
    fetch_into(replica, store, None, wait_s=5)
    change(home, "Vaults rest in Oslo.")
    second = publish_from(home, store, None, wait_s=5).name
    change(home, "Vaults rest in Turku.")
    third = publish_from(home, store, None, wait_s=5).name
    by_name = {one.name: one for one in listings(published)}
    assert [one.name for one in by_name.values() if one.current] == [third]
    assert [len(by_name[one].homes) for one in (first, second, third)] == [1, 0, 0]
    # Replaced or reported a moment ago.
    assert _collect(store, 60) == ()
    assert set(by_name) == set(published.builds())
    time.sleep(1.1)
    assert set(_collect(store, 1)) == {first, second}
    assert set(published.builds()) == {third}
    _expect_whole(published)
    assert fetch_into(replica, store, None, wait_s=5).outcome is Outcome.FETCHED


def test_what_a_home_reports_stays(
    home: Path, replica: Path, folder_store: BuildStore, change: Change
) -> None:
    first = publish_from(home, folder_store, None, wait_s=5).name
    fetch_into(replica, folder_store, None, wait_s=5)
    change(home, "Vaults rest in Oslo.")
    second = publish_from(home, folder_store, None, wait_s=5).name
    folder = folder_store.address.folder
    assert folder is not None
    hour_ago = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (hour_ago, hour_ago))
    os.utime(folder / "replicas" / f"{replica_id(Home(replica))}.json")
    assert _collect(folder_store, 1800) == ()
    os.utime(folder / "replicas" / f"{replica_id(Home(replica))}.json", (hour_ago, hour_ago))
    assert _collect(folder_store, 1800) == (first,)
    assert set(opened(folder_store).builds()) == {second}
    assert not opened(folder_store).reports()


def test_what_killed_publishers_left_goes(home: Path, folder_store: BuildStore) -> None:
    published, folder = opened(folder_store), folder_store.address.folder
    assert folder is not None
    name = publish_from(home, folder_store, None, wait_s=5).name
    published.objects.write(f"{FILES}/{'0' * 64}", b"of a build that was never finished")
    (folder / FILES / f"{'1' * 64}.abc.part").write_bytes(b"cut short")
    _collect(folder_store)
    _expect_whole(published)
    assert set(published.builds()) == {name}
    assert not [*folder.rglob("*.part")]


def test_a_damaged_list_goes_and_while_it_is_current_no_file_does(
    home: Path, folder_store: BuildStore
) -> None:
    published = opened(folder_store)
    name = publish_from(home, folder_store, None, wait_s=5).name
    published.objects.write(f"{FILES}/{'0' * 64}", b"unused")
    published.objects.write(f"builds/{name}.json", b"{}")
    assert _collect(folder_store) == ()
    assert f"{'0' * 64}" in published.files()
    publish_from(home, folder_store, None, wait_s=5)
    _collect(folder_store)
    _expect_whole(published)
    published.objects.write("builds/0000-00000000.json", b"{}")
    assert _collect(folder_store) == ("0000-00000000",)


@pytest.mark.parametrize("where", ["builds/later-00000000.json", "pointers/0000000009.json"])
def test_what_a_later_version_published_is_left_alone(
    home: Path, folder_store: BuildStore, where: str
) -> None:
    published = opened(folder_store)
    publish_from(home, folder_store, None, wait_s=5)
    published.objects.write(f"{FILES}/{'0' * 64}", b"of the later one")
    content = b'{"layout": 3}'
    if where.startswith("builds"):
        where = f"builds/later-{hashlib.sha256(content).hexdigest()[:8]}.json"
    published.objects.write(where, content)
    with pytest.raises(NewerBuild, match="layout 3, this version knows 2"):
        _collect(folder_store)
    assert "0" * 64 in published.files()
