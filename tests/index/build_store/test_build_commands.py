"""`residency build` and `residency index`, as whoever shares an index uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from index.build_store.published import opened
from index.build_store.store_address import BuildStore
from tests.commands import residency
from tests.paths import ROOT


def test_indexes_are_shared_by_commands(
    home: Path, replica: Path, folder_store: BuildStore
) -> None:
    url = folder_store.address.url

    def on(place: Path, *words: str) -> str:
        done = residency(*words, home=place, RESIDENCY_BUILD_STORE=url)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert on(replica, "build", "fetch") == f"{url}: nothing is published yet\n"
    assert on(home, "build", "list") == f"{url}: nothing is published yet\n"
    on(home, "index")
    (home / "documents" / "acme.md").write_text("# Acme\n\nVaults rest in Oslo.\n")
    assert "PROBLEM  build store: build" not in on(home, "doctor")
    on(home, "index")
    pointer = opened(folder_store).pointer()
    assert pointer is not None
    lacking = residency("doctor", home=replica, RESIDENCY_BUILD_STORE=url)
    assert f"PROBLEM  build store: build {pointer.build} is current at" in lacking.stdout
    assert "this home has none of it. Run `residency build fetch`" in lacking.stdout
    assert on(replica, "build", "fetch").startswith(f"build {pointer.build}: fetched, ")
    assert on(replica, "build", "fetch") == f"build {pointer.build}: was there already\n"
    assert "Oslo" in on(replica, "ask", "Where do vaults of Acme rest?")
    current, before = on(home, "build", "list").splitlines()
    assert f"{pointer.build}  " in current
    assert "  current  on " in current
    assert "  replaced 2" in before
    assert on(home, "build", "publish") == f"build {pointer.build}: 0 files, 0.0 MB written\n"
    assert on(home, "build", "collect").startswith("0 builds, 0 files")
    assert on(home, "build", "collect", "--after", "0m").startswith("1 builds, ")
    assert len(on(home, "build", "list").splitlines()) == 1


def test_what_commands_cannot_do_is_said_in_a_line(home: Path, folder_store: BuildStore) -> None:
    done = residency("build", "list", home=home)
    assert done.returncode == 1
    assert "RESIDENCY_BUILD_STORE: not set, so that no index is shared. Set it as" in done.stderr
    url = folder_store.address.url
    done = residency("build", "collect", "--after", "soon", home=home, RESIDENCY_BUILD_STORE=url)
    assert done.returncode == 1
    assert "--after soon: no time. Write it as 30m, 24h or 7d" in done.stderr
    done = residency("index", home=home, RESIDENCY_BUILD_STORE=f"{url}/missing")
    assert done.returncode == 1
    assert "the store of builds is not there (no such folder). Make it" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_store_nothing_of_it_is_loaded(home: Path) -> None:
    code = (
        "import sys\nfrom assistant.app import Assistant\nfrom assistant.settings import Settings\n"
        "Assistant.open(Settings.load()).close()\n"
        "print([one for one in sys.modules if one.startswith(('fsspec', 's3fs', "
        "'index.build_store.')) and one != 'index.build_store.store_address'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "RESIDENCY_HOME": str(home)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
