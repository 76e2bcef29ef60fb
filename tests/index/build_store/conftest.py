"""Stores of builds that tests may break: a folder, and a bucket of a server of S3's protocol."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build_store.published import Published, opened
from index.build_store.store_address import BuildStore, StoreAddress
from index.building.build import build_index
from tests.fakes.s3_server import BUCKET, S3Server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """A server for the tests that leave it alone."""
    with S3Server() as server:
        yield server


@pytest.fixture
def folder_store(tmp_path: Path) -> BuildStore:
    """A store in a folder with nothing in it."""
    folder = tmp_path / "shared builds"
    folder.mkdir()
    return BuildStore(StoreAddress(folder.as_uri()))


@pytest.fixture
def bucket_store(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> BuildStore:
    """A store in a bucket with nothing in it."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return BuildStore(StoreAddress(f"s3://{BUCKET}/{uuid.uuid4().hex}/builds"))


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest) -> BuildStore:
    """A store with nothing in it, of either kind, one after the other."""
    found: BuildStore = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
def published(store: BuildStore) -> Published:
    """What lies in that store."""
    return opened(store)


Change = Callable[[Path, str], str]


@pytest.fixture
def change() -> Change:
    """What builds another index in a home, without publishing it."""

    def build(home: Path, text: str) -> str:
        (home / "documents").mkdir(exist_ok=True)
        (home / "documents" / "acme.md").write_text(f"# Acme\n\n{text}\n", encoding="utf-8")
        return build_index(home)

    return build


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    """A home that is not there yet."""
    return tmp_path / "replica"


@pytest.fixture
def other_home(untouched_small_home: Path, tmp_path: Path) -> Path:
    """A second home that builds."""
    return Path(shutil.copytree(untouched_small_home, tmp_path / "other"))
