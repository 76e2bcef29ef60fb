"""A home in one file: packed while it is used, brought back whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import threading
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

import index.upkeep.backup
from assistant.app import Assistant
from assistant.history.thread_store import Threads
from assistant.query import Turn
from assistant.settings import Settings
from assistant.types import Answer, Verdict
from index.building.build import build_index
from index.errors import BackupError, BuildLocked
from index.home.added_sources import Registry, Source
from index.home.manifest import read_manifest
from index.home.paths import CATALOG, Home
from index.searching.reader import IndexReader
from index.upkeep.archive import CONTENTS, FORMAT, pack
from index.upkeep.backup import backup, default_name, restore
from index.upkeep.doctor import inspect

QUESTIONS = ("How long are audit logs kept in Intune?", "Where do Acme vaults rest?")
FOLLOW_UP = "and for how long are they kept?"


class Kept(NamedTuple):
    """A home with everything in it, and its backup."""

    home: Path
    archive: Path


@pytest.fixture(scope="module")
def kept(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A home with an index of own documents too, conversations and sources, and its backup."""
    place = tmp_path_factory.mktemp("kept")
    home = Path(shutil.copytree(untouched_home, place / "home"))
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "acme.md").write_text("# Acme Vault\n\nVaults rest in Reykjavik only.\n")
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "more.md").write_text("# More\n\nMore is kept in Oslo.\n")
    Registry(Home(home).registry).add(Source(str(place / "elsewhere"), place / "elsewhere"))
    build_index(home)
    _asked(home, QUESTIONS)
    backup(home, place / "kept.tar.gz")
    return Kept(home, place / "kept.tar.gz")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A home without an index: conversations and documents."""
    home = tmp_path / "small"
    (home / "documents" / "deep").mkdir(parents=True)
    (home / "documents" / "deep" / "a.md").write_text("# A\n")
    Threads(home / "conversations.sqlite").add("", "t", Turn("Q?", "Q?", ""), _answer("first"))
    return home


def test_a_home_comes_back_with_its_answers(kept: Kept, tmp_path: Path) -> None:
    home = tmp_path / "new"
    done = restore(kept.archive, home)
    assert done.build == read_manifest(Home(home).current()).id
    assert (done.missing, done.notes, done.replaced) == ((), (), None)
    assert [check for check in inspect(home) if not check.ok] == []
    assert _asked(home, QUESTIONS) == _asked(kept.home, QUESTIONS)
    assert _followed(home) == _followed(kept.home)
    ours, theirs = kept.home / "documents" / "acme.md", home / "documents" / "acme.md"
    assert ours.read_bytes() == theirs.read_bytes()
    assert ours.stat().st_mtime == pytest.approx(theirs.stat().st_mtime, abs=1e-3)
    messages: list[str] = []
    assert build_index(home, progress=messages.append) == done.build
    assert "up to date" in messages[-1]


def test_only_what_cannot_be_made_again_is_packed(kept: Kept) -> None:
    with tarfile.open(kept.archive) as tar:
        names = tar.getnames()
        stated = json.loads(_read(tar, CONTENTS))
    build = f"builds/{Home(kept.home).current().name}"
    assert names[0] == CONTENTS
    assert {name.split("/")[0] for name in names[1:]} == {
        "builds", "conversations.sqlite", "current", "documents", "models", "sources.sqlite",
    }  # fmt: skip
    assert {"/".join(name.split("/")[:2]) for name in names if name.startswith("b")} == {
        CONTENTS, build,
    }  # fmt: skip
    assert set(stated["members"]) == set(names[1:])
    assert kept.archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.archive.parent.iterdir() if path.name[0] == "."] == []


def test_questionnaires_come_back(small: Path, tmp_path: Path) -> None:
    folder = Home(small).questionnaires
    (folder / "one").mkdir(parents=True)
    (folder / "one" / "asked.csv").write_text("Where?\n", encoding="utf-8")
    with closing(sqlite3.connect(folder / "jobs.sqlite")) as store, store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE jobs (id TEXT)")
        store.execute("INSERT INTO jobs VALUES ('one')")
        store.commit()
        backup(small, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "back")
    back = Home(tmp_path / "back").questionnaires
    assert (back / "one" / "asked.csv").read_text(encoding="utf-8") == "Where?\n"
    with closing(sqlite3.connect(back / "jobs.sqlite")) as store:
        assert store.execute("SELECT id FROM jobs").fetchall() == [("one",)]


def test_embedded_texts_are_packed_when_asked_for(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "conversations.sqlite", small / "embedded.sqlite")
    assert backup(small, tmp_path / "without.tar.gz").files == 2
    assert backup(small, tmp_path / "with.tar.gz", embedded=True).files == 3
    restore(tmp_path / "with.tar.gz", tmp_path / "new")
    assert (tmp_path / "new" / "embedded.sqlite").is_file()


def test_a_home_without_an_index_says_so(small: Path, tmp_path: Path) -> None:
    done = backup(small, tmp_path / "b.tar.gz")
    assert done.build == ""
    assert "needs `residency index`" in done.notes[0]
    again = restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert again.notes == done.notes
    assert Threads(tmp_path / "new" / "conversations.sqlite").turns("", "t")[0].question == "Q?"


def test_conversations_are_packed_while_they_are_written(small: Path, tmp_path: Path) -> None:
    threads, stop = Threads(small / "conversations.sqlite"), threading.Event()

    def write() -> None:
        while not stop.is_set():
            threads.add("", "busy", Turn("Q?", "Q?", ""), _answer("long " * 3000))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(small, tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        restore(tmp_path / f"{number}.tar.gz", tmp_path / f"new-{number}")
        with closing(sqlite3.connect(tmp_path / f"new-{number}/conversations.sqlite")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            last, count = database.execute(
                "SELECT max(position), count(*) FROM turns WHERE thread = 'busy'"
            ).fetchone()
            assert last in (count, None)


def test_the_build_of_the_moment_is_packed_while_another_takes_its_place(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(kept.home, tmp_path / "home"))
    before = Home(home).current()

    def swapped(*given: Any) -> None:
        (home / "documents" / "acme.md").write_text("# Acme Vault\n\nVaults rest in Bergen.\n")
        build_index(home)
        pack(*given)

    monkeypatch.setattr(index.upkeep.backup, "pack", swapped)
    done = backup(home, tmp_path / "b.tar.gz")
    assert Home(home).current() != before
    assert before.is_dir()
    assert done.build == before.name
    restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert [check for check in inspect(tmp_path / "new") if not check.ok] == []
    with closing(IndexReader.open(tmp_path / "new")) as reader:
        assert "Reykjavik" in reader.documents["acme"].text
    assert "Reykjavik" in (tmp_path / "new" / "documents" / "acme.md").read_text()


def test_links_are_packed_as_what_they_point_to(small: Path, tmp_path: Path) -> None:
    documents = small / "documents"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "o.md").write_text("# O\n")
    (documents / "linked.md").symlink_to(tmp_path / "outside" / "o.md")
    (documents / "broken.md").symlink_to(tmp_path / "none")
    (documents / "round.md").symlink_to(documents / "round.md")
    (documents / "folder").symlink_to(tmp_path / "outside")
    os.mkfifo(documents / "pipe")
    odd = Path(os.fsdecode(os.fsencode(documents) + b"/caf\xe9\n.md"))
    odd.write_text("# Odd\n")
    done = backup(small, tmp_path / "b.tar.gz")
    assert [note.split(" is not in it: ") for note in done.notes[:4]] == [
        ["documents/broken.md", "a link to nothing"],
        ["documents/folder", "a link to a folder, which is kept where it is"],
        ["documents/pipe", "not a file"],
        ["documents/round.md", "a link to nothing"],
    ]
    restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert (tmp_path / "new" / "documents" / odd.name).read_text() == "# Odd\n"
    linked = tmp_path / "new" / "documents" / "linked.md"
    assert not linked.is_symlink()
    assert linked.read_text() == "# O\n"


def test_sources_of_the_home_follow_it_and_missing_ones_are_told(
    small: Path, tmp_path: Path
) -> None:
    (small / "fetched").mkdir()
    page = small / "fetched" / "page.html"
    page.write_text("<p>Page</p>")
    registry = Registry(small / "sources.sqlite")
    registry.add(Source("https://example.org/page", page))
    registry.add(Source(str(tmp_path / "gone"), tmp_path / "gone"))
    registry.leave_out("https://example.org/page", "x")
    backup(small, tmp_path / "b.tar.gz")
    shutil.rmtree(small)
    done = restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert done.missing == (str(tmp_path / "gone"),)
    there = Registry(tmp_path / "new" / "sources.sqlite")
    assert there.sources()[1].path == tmp_path / "new" / "fetched" / "page.html"
    assert there.left_out() == {("https://example.org/page", "x")}


def test_vectors_on_a_server_are_told_and_made_anew(kept: Kept, tmp_path: Path) -> None:
    home = Path(shutil.copytree(kept.home, tmp_path / "home"))
    folder = Home(home).current()
    manifest = read_manifest(folder)
    files = {name: sums for name, sums in manifest.files.items() if "vectors/" not in name}
    replace(manifest, server="http://chroma:8000", files=files).write(folder)
    shutil.rmtree(folder / "vectors")
    done = backup(home, tmp_path / "b.tar.gz")
    assert "http://chroma:8000" in done.notes[0]
    again = restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert "`residency index`" in again.notes[0]
    # Nobody may read collections that another home deletes.
    assert not Home(tmp_path / "new").pointer.exists()
    assert (tmp_path / "new" / "builds" / folder.name / CATALOG).is_file()


def test_an_index_of_another_version_is_told(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.home.manifest.FORMAT", 999)
    done = restore(kept.archive, tmp_path / "new")
    assert done.notes == ("its index is one of another version. Run `residency index`",)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("small/conversations.sqlite", "already there"),
        ("small/builds/b.tar.gz", "within"),
        ("small/documents/deep/b.tar.gz", "within"),
        ("none/b.tar.gz", "no such folder"),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    small: Path, tmp_path: Path, target: str, said: str
) -> None:
    (small / "builds").mkdir()
    before = _state(tmp_path)
    with pytest.raises(BackupError, match=said):
        backup(small, tmp_path / target)
    assert _state(tmp_path) == before


def test_a_target_that_appears_meanwhile_is_not_overwritten(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed(*given: Any) -> None:
        pack(*given)
        (tmp_path / "b.tar.gz").write_text("mine")

    monkeypatch.setattr(index.upkeep.backup, "pack", packed)
    for links in (True, False):
        if not links:
            (tmp_path / "b.tar.gz").unlink()
            monkeypatch.setattr(Path, "hardlink_to", _fail(OSError(1, "no links here")))
        with pytest.raises(BackupError, match="already there"):
            backup(small, tmp_path / "b.tar.gz")
        assert (tmp_path / "b.tar.gz").read_text() == "mine"


def test_a_file_system_without_hard_links_will_do(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", _fail(OSError(1, "no links here")))
    backup(small, tmp_path / "b.tar.gz")
    assert restore(tmp_path / "b.tar.gz", tmp_path / "new").files == 2


def test_a_home_that_cannot_be_packed_is_named(
    kept: Kept, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.tar.gz"
    with pytest.raises(BackupError, match="no such home"):
        backup(tmp_path / "none", target)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BackupError, match="nothing to keep"):
        backup(tmp_path / "empty", target)
    home = Path(shutil.copytree(kept.home, tmp_path / "home"))
    with (Home(home).current() / CATALOG).open("ab") as handle:
        handle.write(b"\0")
    with pytest.raises(BackupError, match=rf"{CATALOG} missing or changed. Run `residency index`"):
        backup(home, target)
    (small / "conversations.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(BackupError, match=r"conversations\.sqlite: cannot be copied"):
        backup(small, target)
    (small / "conversations.sqlite").unlink()
    monkeypatch.setattr(shutil, "copy2", _fail(OSError(28, "No space left on device")))
    with pytest.raises(BackupError, match="No space left"):
        backup(small, target)
    assert not target.exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_document_that_keeps_changing_is_named(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy2, times = shutil.copy2, [2]

    def touched(source: Path, target: Path) -> None:
        copy2(source, target)
        if times[0]:
            times[0] -= 1
            source.write_text(f"# A{times[0]}\n" * times[0])

    monkeypatch.setattr(shutil, "copy2", touched)
    backup(small, tmp_path / "b.tar.gz")
    times[0] = 5
    with pytest.raises(BackupError, match=r"a\.md: it is being changed"):
        backup(small, tmp_path / "c.tar.gz")


def test_what_is_no_whole_backup_is_refused_and_nothing_touched(
    small: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "b.tar.gz"
    (small / "documents" / "noise.bin").write_bytes(os.urandom(100_000))
    backup(small, archive)
    whole = archive.read_bytes()
    other = io.BytesIO()
    with tarfile.open(fileobj=other, mode="w:gz") as tar:
        tar.add(small / "documents", "documents")
    middle = len(whole) // 2
    cases = {
        "not a backup": b"no archive at all",
        "not a backup of this program": other.getvalue(),
        "cut short at its beginning": whole[:40],
        "cut short or damaged": whole[:middle],
        "damaged|changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    }
    before = _state(small)
    for said, content in cases.items():
        archive.write_bytes(content)
        with pytest.raises(BackupError, match=said):
            restore(archive, tmp_path / "new")
        with pytest.raises(BackupError, match=said):
            restore(archive, small, replace=True)
    with pytest.raises(BackupError, match="No such file"):
        restore(tmp_path / "none", small, replace=True)
    assert _state(small) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "small"]


class Member(NamedTuple):
    """A member of a forged archive."""

    name: str
    content: bytes = b"x"
    kind: bytes = tarfile.REGTYPE
    stated: bytes | None = b"x"
    """The content that the list of contents tells of; None for no word of it."""


FORGED: Mapping[str, tuple[tuple[Member, ...], str]] = {
    "absolute": ((Member("/tmp/evil"),), "leads out of the folder"),
    "upwards": ((Member("documents/../../evil"),), "leads out of the folder"),
    "not plain": ((Member("documents//evil"),), "leads out of the folder"),
    "another place": ((Member("evil/x"),), "no file of a home"),
    "the lock": ((Member("build.lock"),), "no file of a home"),
    "a symbolic link": ((Member("documents/x", kind=tarfile.SYMTYPE),), "a link or a device"),
    "a hard link": ((Member("documents/x", kind=tarfile.LNKTYPE),), "a link or a device"),
    "a device": ((Member("documents/x", kind=tarfile.CHRTYPE),), "a link or a device"),
    "a folder": ((Member("documents/x", kind=tarfile.DIRTYPE),), "a link or a device"),
    "not listed": ((Member("documents/x", stated=None),), "not in its list"),
    "twice": ((Member("documents/x"), Member("documents/x")), "not in its list"),
    "other bytes": ((Member("documents/x", b"y"),), "was changed"),
    "more bytes": ((Member("documents/x", b"xx"),), "was changed"),
    "a file as folder": ((Member("documents/x"), Member("documents/x/y")), "cannot be restored"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_archive_is_refused_and_nothing_touched(
    small: Path, tmp_path: Path, case: str
) -> None:
    members, said = FORGED[case]
    archive = _forged(tmp_path / "forged.tar.gz", members)
    before = _state(tmp_path)
    with pytest.raises(BackupError, match=said):
        restore(archive, tmp_path / "new" / "home")
    with pytest.raises(BackupError, match=said):
        restore(archive, small, replace=True)
    shutil.rmtree(tmp_path / "new")
    assert _state(tmp_path) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": FORMAT + 1}, f"format {FORMAT + 1} by version 9.*Install that version"),
        ({"format": None}, "format None"),
        ({"members": {"documents/x": {"size": -1, "sha256": ""}}}, "a size below 0"),
        ({"members": {"documents/x": {"size": 1}}}, "says of itself cannot be read"),
        ({"members": []}, "says of itself cannot be read"),
        ({"members": {"documents/y": {"size": 1, "sha256": "0"}}}, "not in its list"),
        ({"members": {"documents/x": {"size": 10**18, "sha256": "0"}}}, "do not fit"),
        ({"build": "b"}, "what is in it cannot be used"),
    ],
)
def test_a_list_of_contents_that_cannot_be_followed_is_refused(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    archive = _forged(tmp_path / "forged.tar.gz", (Member("documents/x"),), **changes)
    with pytest.raises(BackupError, match=said):
        restore(archive, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["forged.tar.gz"]


def test_a_member_that_is_missing_is_named(tmp_path: Path) -> None:
    sums = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    members = {"documents/x": sums, "documents/y": sums}
    archive = _forged(tmp_path / "forged.tar.gz", (Member("documents/x"),), members=members)
    with pytest.raises(BackupError, match="documents/y is not in it"):
        restore(archive, tmp_path / "new")


def test_a_home_in_use_is_moved_aside_and_nothing_is_lost(small: Path, tmp_path: Path) -> None:
    backup(small, tmp_path / "b.tar.gz")
    (small / "documents" / "later.md").write_text("# Later\n")
    with pytest.raises(BackupError, match=r"it has files already. Use `--replace`"):
        restore(tmp_path / "b.tar.gz", small)
    before = _state(small)
    first = restore(tmp_path / "b.tar.gz", small, replace=True)
    assert first.replaced == tmp_path / "small.before-restore-1"
    assert _state(first.replaced) == before
    assert not (small / "documents" / "later.md").exists()
    second = restore(tmp_path / "b.tar.gz", small, replace=True)
    assert second.replaced == tmp_path / "small.before-restore-2"
    assert _state(first.replaced) == before


def test_a_home_with_empty_folders_is_filled(small: Path, tmp_path: Path) -> None:
    backup(small, tmp_path / "b.tar.gz")
    Home(tmp_path / "new").create()
    Home(tmp_path / "new").lock.touch()
    (tmp_path / "link").symlink_to(tmp_path / "new")
    assert restore(tmp_path / "b.tar.gz", tmp_path / "link").replaced is None
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new" / "documents" / "deep" / "a.md").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "link", "new", "small"]


def test_a_home_that_is_being_built_is_left_alone(small: Path, tmp_path: Path) -> None:
    backup(small, tmp_path / "b.tar.gz")
    with FileLock(Home(small).lock), pytest.raises(BuildLocked, match="another process"):
        restore(tmp_path / "b.tar.gz", small, replace=True)


@pytest.mark.parametrize("error", [OSError(16, "Device or resource busy"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 2])
def test_an_interrupted_restore_leaves_the_home_as_it_was(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    backup(small, tmp_path / "b.tar.gz")
    (small / "documents" / "later.md").write_text("# Later\n")
    before = _state(tmp_path)
    rename, calls = Path.replace, [0]

    def failing(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == at:
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((BackupError, KeyboardInterrupt), match=r"busy|^$"):
        restore(tmp_path / "b.tar.gz", small, replace=True)
    assert calls[0] >= at
    assert _state(tmp_path) == before


def test_a_place_that_cannot_hold_a_home_is_named(small: Path, tmp_path: Path) -> None:
    backup(small, tmp_path / "b.tar.gz")
    (tmp_path / "file").write_text("")
    for root in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(BackupError, match="RESIDENCY_HOME"):
            restore(tmp_path / "b.tar.gz", root)


def test_the_default_name_tells_the_time() -> None:
    assert default_name().startswith("residency-backup-2")
    assert default_name().endswith("Z.tar.gz")


def _asked(home: Path, questions: tuple[str, ...]) -> list[Any]:
    with closing(Assistant.open(Settings(home=home))) as assistant:
        return [
            _told(assistant.ask(question, thread=f"t{number}"))
            for number, question in enumerate(questions)
        ]


def _followed(home: Path) -> Any:
    with closing(Assistant.open(Settings(home=home))) as assistant:
        return _told(assistant.ask(FOLLOW_UP, thread="t0"))


def _told(answer: Answer) -> Mapping[str, Any]:
    told = answer.to_json()
    return {name: told[name] for name in told if name not in ("id", "latency_ms")}


def _answer(text: str) -> Answer:
    return Answer(
        uuid.uuid4().hex, "q", text, Verdict.ANSWERED, (), (), (), (), "structured", "i", 1.0
    )


def _state(root: Path) -> dict[str, bytes]:
    """Return the files below a folder with their bytes; the lock is no part of a home."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "build.lock"
    }


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    handle = tar.extractfile(name)
    assert handle is not None
    return handle.read()


def _fail(error: OSError) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def _forged(path: Path, forged: tuple[Member, ...], **changes: object) -> Path:
    stated = {
        one.name: {"size": len(one.stated), "sha256": hashlib.sha256(one.stated).hexdigest()}
        for one in forged
        if one.stated is not None
    }
    contents: dict[str, object] = {
        "format": FORMAT, "program": "9", "created": "", "home": "/h", "build": "", "server": "",
        "notes": [], "members": stated,
    }  # fmt: skip
    first = Member(CONTENTS, json.dumps(contents | changes).encode())
    with tarfile.open(path, "w:gz") as tar:
        for one in (first, *forged):
            header = tarfile.TarInfo(one.name)
            header.type, header.linkname = one.kind, "backup.json"
            header.size = len(one.content) if one.kind == tarfile.REGTYPE else 0
            tar.addfile(header, io.BytesIO(one.content))
    return path
