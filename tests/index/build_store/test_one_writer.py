"""One who writes to a store at a time, by a database or by the store itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.build_store import one_writer
from index.build_store.object_store import ObjectStore
from index.build_store.one_writer import writing_alone
from index.build_store.published import Published, opened
from index.build_store.sharing import publish_from
from index.build_store.store_address import BuildStore
from index.building.build import build_index
from index.building.options import Options
from index.errors import BuildLocked, StoreUnusable
from index.home.database_server import DatabaseServer
from tests.index.build_store.other_process import holding
from tests.paths import ROOT
from tests.postgresql_server import running_server


def _take(store: BuildStore, objects: ObjectStore, wait_s: float = 0) -> None:
    with writing_alone(store, objects, wait_s) as turn:
        turn.check()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life come and are missed sooner."""
    monkeypatch.setattr(one_writer, "_BEAT_S", 0.1)
    monkeypatch.setattr(one_writer, "_DEAD_S", 1.0)
    monkeypatch.setattr(one_writer, "_LOOK_S", 0.05)


@pytest.mark.usefixtures("quick")
def test_one_writes_and_the_other_is_told_where(store: BuildStore, published: Published) -> None:
    objects = published.objects
    with writing_alone(store, objects, 0) as turn:
        # Longer than a dead one would be waited for: this one lives.
        with pytest.raises(BuildLocked, match=rf"{store.address}: another builder writes there, o"):
            _take(store, objects, 2.5)
        turn.check()
    _take(store, objects)


@pytest.mark.usefixtures("quick")
def test_a_writer_that_was_killed_is_taken_for_dead(folder_store: BuildStore) -> None:
    objects = opened(folder_store).objects
    with holding(folder_store) as holder:
        holder.kill()
        holder.wait()
    with pytest.raises(BuildLocked, match="a dead one is noticed by whoever waits 1 s"):
        _take(folder_store, objects)
    _take(folder_store, objects, 5)


@pytest.mark.usefixtures("quick")
def test_a_writer_that_another_took_for_dead_notices(
    home: Path, folder_store: BuildStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = opened(folder_store)
    upload = published.objects.upload

    def taken_over(source: Path, name: str) -> None:
        upload(source, name)
        published.objects.write("writer.json", b'{"token": "another"}')

    monkeypatch.setattr(type(published.objects), "upload", lambda self, *given: taken_over(*given))
    with pytest.raises(BuildLocked, match="another builder took this one for dead"):
        publish_from(home, folder_store, None, wait_s=0)
    assert published.pointer() is None
    assert published.objects.read("writer.json") == b'{"token": "another"}'


def test_a_pointer_is_made_once(
    home: Path, other_home: Path, store: BuildStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that both believe to write alone: the second pointer of a number is refused."""
    published = opened(store)
    point = Published.point

    def after_another(self: Published, pointer: object) -> bool:
        monkeypatch.setattr(Published, "point", point)
        monkeypatch.setattr(one_writer, "_OBJECT", "writer-of-another.json")
        publish_from(other_home, store, None, wait_s=0)
        monkeypatch.setattr(one_writer, "_OBJECT", "writer.json")
        return point(self, pointer)  # type: ignore[arg-type]

    monkeypatch.setattr(Published, "point", after_another)
    with pytest.raises(BuildLocked, match="another builder has published meanwhile"):
        publish_from(home, store, None, wait_s=0)
    assert list(published.pointers()) == [1]


def test_a_lock_of_the_database_keeps_another_builder_out(
    home: Path, folder_store: BuildStore, database_url: str
) -> None:
    store = BuildStore(folder_store.address, DatabaseServer(database_url))
    with holding(store) as holder:
        for act in (
            lambda: publish_from(home, store, None, wait_s=0.3),
            lambda: build_index(home, options=Options(store=store, wait_s=0.3)),
        ):
            with pytest.raises(BuildLocked, match=r"another builder writes there, as postgresql:"):
                act()
        holder.kill()
        holder.wait()
    # The lock ends with the process: nobody waits for a sign of life.
    assert publish_from(home, store, None, wait_s=5).files > 0


def test_a_lock_that_went_with_its_server_is_noticed(
    home: Path, folder_store: BuildStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_server() as server:
        store = BuildStore(folder_store.address, DatabaseServer(server.url()))
        published = opened(store)
        upload = published.objects.upload

        def restarted(source: Path, name: str) -> None:
            upload(source, name)
            if len(published.files()) == 1:
                server.stop()
                server.start()

        monkeypatch.setattr(
            type(published.objects), "upload", lambda self, *given: restarted(*given)
        )
        with pytest.raises(StoreUnusable, match=r"^postgresql://residency@127.0.0.1"):
            publish_from(home, store, None, wait_s=0)
        assert published.pointer() is None


def test_without_a_database_none_is_loaded() -> None:
    code = (
        "import sys, index.build_store.sharing\n"
        "print([one for one in ('sqlalchemy', 'psycopg', 'fsspec', 's3fs') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
