"""Readers move on between questions; builds go when nobody reads them."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.building.build import build_index
from index.building.options import Options
from index.building.watch import watch
from index.errors import DamagedIndex
from index.home.lease import Lease
from index.home.paths import CATALOG, Home
from index.searching.current import CurrentIndex
from index.searching.reader import IndexReader
from tests.paths import ROOT


def _change(home: Path, text: str) -> None:
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "acme.md").write_text(f"# Acme\n\n{text}\n")
    build_index(home)


def _builds(home: Path) -> list[str]:
    return sorted(folder.name for folder in (home / "builds").iterdir())


def test_a_question_keeps_its_build_and_the_next_one_gets_the_new(home: Path) -> None:
    current = CurrentIndex(home)
    with current.held() as before:
        _change(home, "Vaults rest in Oslo.")
        assert before.catalog.counts()["documents"] == 1
        with current.held() as after:
            assert after.catalog.counts()["documents"] == 2
        assert before.vectors.counts()
        assert len(_builds(home)) == 2
    _change(home, "Vaults rest in Turku.")
    with current.held() as last:
        assert "Turku" in last.documents["acme"].text
        assert last.encoder is before.encoder
    _change(home, "Vaults rest in Bergen.")
    current.close()
    _change(home, "Vaults rest in Vaasa.")
    assert _builds(home) == [Home(home).current().name]


def test_a_build_that_cannot_be_opened_leaves_the_one_before(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    current = CurrentIndex(home)
    build = current.reader.manifest.id
    _change(home, "Vaults rest in Oslo.")
    with (Home(home).current() / CATALOG).open("r+b") as handle:
        handle.seek(5000)
        handle.write(b"damage")
    with current.held() as reader:
        assert reader.manifest.id == build
        assert reader.catalog.counts()["documents"] == 1
    assert "goes on answering" in caplog.text
    with pytest.raises(DamagedIndex, match=CATALOG):
        IndexReader.open(home)
    build_index(home)
    with current.held() as reader:
        assert reader.catalog.counts()["documents"] == 2
    current.close()


def test_a_flipped_bit_anywhere_is_noticed_when_the_build_is_opened(home: Path) -> None:
    folder = Home(home).current()
    for path in sorted(folder.rglob("*")):
        if (
            not path.is_file()
            or path.name in ("chroma.sqlite3", "lease")
            or not path.stat().st_size
        ):
            continue
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(DamagedIndex):
            IndexReader.open(home)
        path.write_bytes(content)
    IndexReader.open(home).close()


def test_a_damaged_build_is_built_again_beside_its_readers(home: Path) -> None:
    reader = IndexReader.open(home)
    folder = Home(home).current()
    with (folder / "words.sqlite").open("ab") as handle:
        handle.write(b"more")
    assert build_index(home) == reader.manifest.id
    assert Home(home).current() != folder
    assert folder.exists()
    reader.close()
    IndexReader.open(home).close()


def test_a_lease_ends_with_its_process(home: Path) -> None:
    folder = Home(home).current()
    code = (
        "import sys, os, pathlib\nfrom index.home.lease import Lease\n"
        f"lease = Lease.take(pathlib.Path({str(folder)!r}))\n"
        "print(lease is not None, flush=True)\nsys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"True\n"
    assert Lease.take(folder, alone=True) is None
    shared = Lease.take(folder)
    assert shared is not None
    shared.close()
    holder.kill()
    holder.communicate()
    alone = Lease.take(folder, alone=True)
    assert alone is not None
    assert Lease.take(folder) is None
    alone.close()


def test_watching_builds_when_a_document_changes(home: Path) -> None:
    stop, built = threading.Event(), []
    seen = threading.Semaphore(0)

    def heard(build: str) -> None:
        built.append(build)
        seen.release()

    watcher = threading.Thread(
        target=watch, args=(home, Options()), kwargs={"stop": stop, "built": heard}
    )
    watcher.start()
    try:
        assert seen.acquire(timeout=60)
        (home / "documents" / "acme.md").write_text("# Acme\n\nVaults rest in Oslo.\n")
        assert seen.acquire(timeout=60)
    finally:
        stop.set()
        watcher.join(60)
    assert len(set(built)) == 2
    reader = IndexReader.open(home)
    assert "acme" in reader.documents
    reader.close()
