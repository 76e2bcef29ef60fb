"""A build goes from one home into a store and from there into another, whole and verified."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.intake.describe import Given
from corpus.intake.sources import BUNDLED
from index.build_store import published as layout
from index.build_store.fetch import Outcome
from index.build_store.published import FILES, Published
from index.build_store.shared_uploads import uploads_of
from index.build_store.sharing import fetch_into, publish_from
from index.build_store.store_address import BuildStore
from index.building.build import BUNDLED_SOURCE, build_index
from index.building.options import Options
from index.building.uploads import delete_upload, take_upload
from index.errors import ForeignIndex, IndexingError, MissingIndex, NewerBuild, PublishedDamaged
from index.home.added_sources import Registry
from index.home.manifest import FORMAT, read_manifest
from index.home.paths import CATALOG, Home
from index.searching.current import CurrentIndex
from index.searching.reader import IndexReader
from index.upkeep.doctor import inspect
from tests.index.build_store.conftest import Change


def _publish(home: Path, store: BuildStore, *, anew: bool = False) -> str:
    return publish_from(home, store, None, wait_s=5, anew=anew).name


def _fetch(home: Path, store: BuildStore, *, again: bool = False) -> tuple[Outcome, int]:
    found = fetch_into(home, store, None, wait_s=5, again=again)
    return found.outcome, found.bytes


def _documents(home: Path) -> dict[str, str]:
    with closing(IndexReader.open(home)) as reader:
        assert reader.vectors.counts()
        return {one.id: one.text for one in reader.documents.values()}


def _id(home: Path) -> str:
    return read_manifest(Home(home).current()).id


def test_what_one_home_publishes_another_has_whole(
    home: Path, replica: Path, store: BuildStore
) -> None:
    assert _fetch(replica, store) == (Outcome.NOTHING, 0)
    with pytest.raises(MissingIndex):
        IndexReader.open(replica)
    _publish(home, store)
    outcome, taken = _fetch(replica, store)
    assert outcome is Outcome.FETCHED
    assert taken > 0
    assert _documents(replica) == _documents(home)
    assert [check for check in inspect(replica) if not check.ok] == []
    assert _fetch(replica, store) == (Outcome.HAD, 0)


def test_what_is_there_already_is_neither_published_nor_fetched_again(
    home: Path, replica: Path, store: BuildStore, published: Published, change: Change
) -> None:
    _publish(home, store)
    assert publish_from(home, store, None, wait_s=5).files == 0
    assert len(published.pointers()) == 1
    whole = _fetch(replica, store)[1]
    change(home, "Vaults rest in Oslo.")
    written = publish_from(home, store, None, wait_s=5)
    assert 0 < written.bytes < whole / 2
    outcome, taken = _fetch(replica, store)
    assert outcome is Outcome.FETCHED
    assert taken == written.bytes
    assert "Oslo" in _documents(replica)["acme"]
    before, now = (Home(one).current() / "places.sqlite" for one in (home, replica))
    assert before.read_bytes() == now.read_bytes()


def test_a_reader_moves_on_between_two_questions(
    home: Path, replica: Path, folder_store: BuildStore, change: Change
) -> None:
    _publish(home, folder_store)
    _fetch(replica, folder_store)
    current = CurrentIndex(replica)
    change(home, "Vaults rest in Oslo.")
    _publish(home, folder_store)
    with current.held() as before:
        _fetch(replica, folder_store)
        assert "acme" not in before.documents
        assert before.vectors.counts()
        with current.held() as after:
            assert "acme" in after.documents
    current.close()


def test_a_build_is_begun_from_what_is_published_and_published_itself(
    home: Path, replica: Path, folder_store: BuildStore, change: Change
) -> None:
    published = layout.opened(folder_store)
    change(home, "Vaults rest in Oslo.")
    _publish(home, folder_store)
    shutil.copytree(home, replica, ignore=shutil.ignore_patterns("builds", "current", "models"))
    said: list[str] = []
    built = build_index(replica, options=Options(store=folder_store), progress=said.append)
    assert not [line for line in said if "reading" in line or "embedding" in line]
    assert built == _id(home)
    (replica / "documents" / "acme.md").write_text("# Acme\n\nVaults rest in Turku.\n")
    build_index(replica, options=Options(store=folder_store))
    pointer = published.pointer()
    assert pointer is not None
    assert published.build(pointer.build).id == _id(replica)
    assert _fetch(home, folder_store)[0] is Outcome.FETCHED
    assert "Turku" in _documents(home)["acme"]


def test_documents_of_another_home_are_not_built_away(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    options = Options(store=folder_store)
    _publish(home, folder_store)
    _fetch(replica, folder_store)
    # Here there is another document, and not the one that is published.
    for path in BUNDLED.iterdir():
        Registry(Home(replica).registry).leave_out(BUNDLED_SOURCE, path.name)
    for _ in range(2):
        with pytest.raises(IndexingError, match=r"does not have 1 of .* published \(quay\)"):
            build_index(_with_acme(replica), options=options)
    assert _documents(replica).keys() == _documents(home).keys() == {"quay"}
    shutil.copy(home / "documents" / "quay.md", replica / "documents")
    build_index(replica, options=options)
    # The one who had it before does not have the other one now.
    with pytest.raises(IndexingError, match=r"published \(acme\)"):
        build_index(home, options=options)
    # Who built it may leave a document out.
    (replica / "documents" / "acme.md").unlink()
    build_index(replica, options=options)
    assert _fetch(home, folder_store)[0] is Outcome.FETCHED
    assert _documents(home).keys() == {"quay"}


def _with_acme(home: Path) -> Path:
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "acme.md").write_text("# Acme\n\nVaults rest in Turku.\n")
    return home


def test_what_was_built_and_not_published_is_not_taken_back(
    home: Path, folder_store: BuildStore, change: Change
) -> None:
    _publish(home, folder_store)
    newer = change(home, "Vaults rest in Oslo.")
    assert _fetch(home, folder_store)[0] is Outcome.HAD
    assert _id(home) == newer


def _flipped(published: Published, name: str) -> None:
    content = published.objects.read(name)
    assert content is not None
    at = len(content) // 2
    published.objects.write(name, content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


def test_another_checksum_is_refused_and_publishing_anew_mends_it(
    home: Path, replica: Path, store: BuildStore, published: Published, change: Change
) -> None:
    _publish(home, store)
    _fetch(replica, store)
    kept = _id(replica)
    change(home, "Vaults rest in Oslo.")
    name = _publish(home, store)
    sums = published.build(name).files[CATALOG]
    _flipped(published, f"{FILES}/{sums.sha256}")
    wanted = rf"{CATALOG} of the build .* has another checksum.*publish --anew"
    with pytest.raises(PublishedDamaged, match=wanted):
        _fetch(replica, store)
    assert _id(replica) == kept
    assert _documents(replica)
    _publish(home, store, anew=True)
    assert _fetch(replica, store)[0] is Outcome.FETCHED
    assert "acme" in _documents(replica)


def test_a_list_of_files_that_was_changed_is_refused(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    published = layout.opened(folder_store)
    name = _publish(home, folder_store)
    _flipped(published, f"builds/{name}.json")
    with pytest.raises(PublishedDamaged, match=f"list of files of the build {name} has another"):
        _fetch(replica, folder_store)
    _publish(home, folder_store)
    assert _fetch(replica, folder_store)[0] is Outcome.FETCHED


def test_a_damaged_pointer_is_named_and_publishing_mends_it(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    published = layout.opened(folder_store)
    _publish(home, folder_store)
    published.objects.write("pointers/0000000001.json", b"{")
    with pytest.raises(PublishedDamaged, match=r"pointers/0000000001.json cannot be read"):
        _fetch(replica, folder_store)
    build_index(home, options=Options(store=folder_store))
    assert _fetch(replica, folder_store)[0] is Outcome.FETCHED


def test_what_is_published_by_half_is_never_taken(
    home: Path, replica: Path, folder_store: BuildStore, change: Change
) -> None:
    published = layout.opened(folder_store)
    _publish(home, folder_store)
    _fetch(replica, folder_store)
    kept = _id(replica)
    change(home, "Vaults rest in Oslo.")
    name = _publish(home, folder_store)
    sha256 = published.build(name).files[CATALOG].sha256
    published.objects.delete(f"{FILES}/{sha256}")
    with pytest.raises(PublishedDamaged, match=f"{name} is published by half: {CATALOG} is miss"):
        _fetch(replica, folder_store)
    published.forget(name)
    with pytest.raises(PublishedDamaged, match=f"{name} is published by half: its list of files"):
        _fetch(replica, folder_store)
    assert _id(replica) == kept
    # Publishing writes what is missing, without being told to.
    _publish(home, folder_store)
    assert _fetch(replica, folder_store)[0] is Outcome.FETCHED


def test_files_outside_of_the_folder_are_refused(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    published = layout.opened(folder_store)
    name = _publish(home, folder_store)
    plain = json.loads(published.objects.read(f"builds/{name}.json") or b"")
    plain["files"]["../../stolen"] = plain["files"].pop(CATALOG)
    content = json.dumps(plain).encode()
    name = f"{plain['id']}-{hashlib.sha256(content).hexdigest()[:8]}"
    published.objects.write(f"builds/{name}.json", content)
    with pytest.raises(PublishedDamaged, match=r"stolen' leads out of the folder"):
        published.build(name)


@pytest.mark.parametrize("later", ["format", "layout"])
def test_a_build_of_a_later_version_leaves_the_one_before(
    home: Path,
    replica: Path,
    folder_store: BuildStore,
    change: Change,
    later: str,
) -> None:
    published = layout.opened(folder_store)
    _publish(home, folder_store)
    _fetch(replica, folder_store)
    kept = _id(replica)
    row = {"number": 2, "build": "later", "sha256": "0", "published": "", "by": "", "program": ""}
    known, next_one = layout.LAYOUT, layout.LAYOUT + 1
    formats = {"format": 99, "layout": known}, {"format": FORMAT, "layout": next_one}
    row |= formats[later == "layout"]
    published.objects.write("pointers/0000000002.json", json.dumps(row).encode())
    for act in (_fetch, _publish):
        with pytest.raises(NewerBuild, match=r"^file:.*: a later version .*Install that"):
            act(replica, folder_store)
    with pytest.raises(NewerBuild):
        build_index(home, options=Options(store=folder_store))
    assert _id(replica) == kept


def test_a_home_without_an_index_takes_an_earlier_build_that_it_can_read(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    published = layout.opened(folder_store)
    _publish(home, folder_store)
    row = {"layout": 1, "number": 2, "build": "later", "sha256": "0", "format": 99}
    row |= {"published": "", "by": "", "program": ""}
    published.objects.write("pointers/0000000002.json", json.dumps(row).encode())
    assert _fetch(replica, folder_store)[0] is Outcome.FETCHED
    assert _documents(replica) == _documents(home)
    with pytest.raises(NewerBuild):
        _fetch(replica, folder_store)


def test_a_build_of_an_earlier_version_is_replaced_by_who_builds(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    published = layout.opened(folder_store)
    row = {"layout": 1, "number": 1, "build": "earlier", "sha256": "0", "format": 1}
    row |= {"published": "", "by": "", "program": ""}
    published.objects.write("pointers/0000000001.json", json.dumps(row).encode())
    with pytest.raises(ForeignIndex, match=r"format 1 is published there.*where it is built"):
        _fetch(replica, folder_store)
    build_index(home, options=Options(store=folder_store))
    assert _fetch(replica, folder_store)[0] is Outcome.FETCHED


def test_a_damaged_home_is_fetched_again(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    _publish(home, folder_store)
    _fetch(replica, folder_store)
    with (Home(replica).current() / CATALOG).open("r+b") as handle:
        handle.seek(5000)
        handle.write(b"damage")
    outcome, taken = _fetch(replica, folder_store, again=True)
    assert outcome is Outcome.FETCHED
    assert taken > 0
    assert _documents(replica) == _documents(home)


def _hand_over(home: Path, name: str, text: str) -> None:
    file = home.parent / f"{name}.md"
    file.write_text(f"# {name.capitalize()}\n\n{text}\n", encoding="utf-8")
    take_upload(Home(home), file, file.name, Given(title=name.capitalize()))


def _remove(home: Path, document: str) -> None:
    with closing(IndexReader.open(home)) as reader:
        record = next(one for one in reader.catalog.files() if one.document == document)
    assert delete_upload(Home(home), record)


def test_what_users_hand_over_to_one_home_the_others_have(
    home: Path, other_home: Path, store: BuildStore
) -> None:
    options = Options(store=store)
    _hand_over(home, "north", "North keeps letters in Oslo.")
    build_index(home, options=options)
    _fetch(other_home, store)
    assert uploads_of(Home(other_home)).keys() == {"north.md", "north.md.about.toml"}
    assert uploads_of(Home(other_home))["north.md"].stat().st_mode & 0o077 == 0

    # What is handed over there is built beside it, and both are everybody's.
    _hand_over(other_home, "east", "East keeps letters in Turku.")
    build_index(other_home, options=options)
    _fetch(home, store)
    assert {"uploads-north", "uploads-east"} <= _documents(home).keys()
    assert "Turku" in uploads_of(Home(home))["east.md"].read_text()

    # Removed by one, it is gone for all; what is not published yet stays.
    _remove(home, "uploads-east")
    build_index(home, options=options)
    _hand_over(other_home, "south", "South keeps letters in Graz.")
    _fetch(other_home, store)
    assert "uploads-east" not in _documents(other_home)
    left = {name for name in uploads_of(Home(other_home)) if name.endswith(".md")}
    assert left == {"north.md", "south.md"}

    # A home that took it may remove it as well.
    _remove(other_home, "uploads-north")
    build_index(other_home, options=options)
    _fetch(home, store)
    assert {one for one in _documents(home) if one.startswith("uploads-")} == {"uploads-south"}
    assert not [one for one in uploads_of(Home(home)) if one.startswith("north")]


def test_what_was_changed_here_is_not_replaced_by_what_is_published(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    _hand_over(home, "north", "North keeps letters in Oslo.")
    build_index(home, options=Options(store=folder_store))
    _fetch(replica, folder_store)
    _hand_over(replica, "north", "North keeps letters in Lima.")
    _hand_over(home, "north", "North keeps letters in Rome.")
    build_index(home, options=Options(store=folder_store))
    _fetch(replica, folder_store)
    assert "Rome" in _documents(replica)["uploads-north"]
    assert "Lima" in uploads_of(Home(replica))["north.md"].read_text()
