"""Processes that hold, publish or fetch, and may be killed in the middle of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.build_store.store_address import BuildStore
from tests.paths import ROOT

_STORE = """
import os, sys, time
from pathlib import Path
from index.build_store.cloud_store import CloudStore
from index.build_store.folder_store import FolderStore
from index.build_store.published import opened
from index.build_store.sharing import fetch_into, publish_from
from index.build_store.one_writer import writing_alone
from index.build_store.store_address import BuildStore, StoreAddress
from index.home.database_server import DatabaseServer
url = os.environ["TEST_DATABASE"]
store = BuildStore(StoreAddress(os.environ["TEST_STORE"]), DatabaseServer(url) if url else None)

def slow(kind, method):
    done = getattr(kind, method)
    def slowly(self, *given):
        found = done(self, *given)
        print(method, flush=True)
        time.sleep(0.5)
        return found
    setattr(kind, method, slowly)
"""
_HOLD = """
with writing_alone(store, opened(store).objects, 0):
    print("held", flush=True)
    time.sleep(600)
"""
_PUBLISH = """
for kind in (CloudStore, FolderStore):
    slow(kind, "upload")
publish_from(Path(os.environ["TEST_HOME"]), store, None, wait_s=0)
"""
_FETCH = """
for kind in (CloudStore, FolderStore):
    slow(kind, "download")
fetch_into(Path(os.environ["TEST_HOME"]), store, None, wait_s=0)
"""


@contextmanager
def holding(store: BuildStore) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that has the right to write."""
    with _running(_HOLD, store, {}) as process:
        _wait_for(process, 1)
        yield process


def kill_in_the_middle(store: BuildStore, home: Path, *, after: int, fetching: bool) -> None:
    """Kill a process that publishes or fetches when so many files are through."""
    with _running(_FETCH if fetching else _PUBLISH, store, {"TEST_HOME": str(home)}) as process:
        _wait_for(process, after)
        process.kill()
        process.wait(10)


@contextmanager
def _running(
    code: str, store: BuildStore, more: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ, **more, "TEST_STORE": store.address.url,
        "TEST_DATABASE": store.database.url if store.database else "",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", _STORE + code], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_for(process: subprocess.Popen[str], lines: int) -> None:
    assert process.stdout is not None
    for _ in range(lines):
        assert process.stdout.readline(), "the process ended before it was killed"
