"""What is said of a store that cannot be used: object, cause and next step."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings
from index.build_store import store_faults
from index.build_store.published import opened
from index.build_store.sharing import fetch_into, publish_from
from index.build_store.store_address import BuildStore, StoreAddress
from index.building.build import build_index
from index.building.options import Options
from index.errors import BuildStoreUnusable, HomeUnusable
from index.home.manifest import read_manifest
from index.home.paths import Home
from tests.fakes.s3_server import BUCKET, S3Server


def _store(url: str) -> BuildStore:
    return BuildStore(StoreAddress(url))


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("memory://builds", "memory is of one process alone"),
        ("s3://", "no address of a folder or a bucket"),
        ("/srv/builds", "no address of a folder or a bucket"),
        ("file://builds", "no address of a folder or a bucket"),
        ("https://builds.example", "no address of a folder or a bucket"),
        ("s3://ann:hunter2@bucket/builds", "leave them to the environment"),
        ("s3://hunter2@bucket/builds", "leave them to the environment"),
        ("s3://bucket/builds?key=hunter2", "no address of a folder or a bucket"),
    ],
)
def test_what_is_no_store_is_refused_without_a_secret(
    url: str, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESIDENCY_BUILD_STORE", url)
    with pytest.raises(SettingsError, match=rf"^RESIDENCY_BUILD_STORE: .*{cause}") as raised:
        Settings.load()
    assert "hunter2" not in str(raised.value)


def test_a_container_of_azure_is_an_address() -> None:
    assert StoreAddress("abfss://box@account.dfs.core.windows.net/builds").protocol == "abfss"


def test_a_folder_that_is_not_there_is_not_made(home: Path, tmp_path: Path) -> None:
    """A mount that is missing must not look like a store with nothing in it."""
    store = _store((tmp_path / "missing").as_uri())
    wanted = r"/missing: the store of builds is not there \(no such folder\)\. Make it, or correct"
    with pytest.raises(BuildStoreUnusable, match=wanted):
        publish_from(home, store, None, wait_s=0)
    with pytest.raises(BuildStoreUnusable, match=wanted):
        fetch_into(home, store, None, wait_s=0)
    before = read_manifest(Home(home).current()).id
    (home / "documents" / "acme.md").write_text("# Acme\n\nVaults rest in Oslo.\n")
    with pytest.raises(BuildStoreUnusable, match=wanted):
        build_index(home, options=Options(store=store))
    assert read_manifest(Home(home).current()).id == before


def test_a_bucket_that_is_not_there_is_named(
    home: Path, bucket_store: BuildStore, tmp_path: Path
) -> None:
    assert bucket_store
    store = _store("s3://no-such-bucket/builds")
    for act in (publish_from, fetch_into):
        with pytest.raises(BuildStoreUnusable, match=r"^s3://no-such-bucket/builds: .*not there"):
            act(home, store, None, wait_s=0)


def test_a_server_that_is_away_is_named(
    home: Path, bucket_store: BuildStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(BuildStoreUnusable, match=r"cannot be reached or used \(Could not connect"):
        fetch_into(home, bucket_store, None, wait_s=0)


def test_missing_credentials_are_named(
    home: Path, bucket_store: BuildStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with pytest.raises(BuildStoreUnusable, match=r"no credentials for it .*AWS_ACCESS_KEY_ID"):
        publish_from(home, bucket_store, None, wait_s=0)


def test_credentials_that_are_refused_are_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with S3Server(asks=True) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        store = _store(f"s3://{BUCKET}/builds")
        for act in (publish_from, fetch_into):
            with pytest.raises(BuildStoreUnusable, match=r"it refuses these credentials") as raised:
                act(home, store, None, wait_s=0)
            assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "package", "step"),
    [
        ("s3://bucket/builds", "s3fs", r"pip install 'residency-assistant\[s3\]'"),
        ("gs://bucket/builds", "gcsfs", "pip install 'gcsfs'"),
        ("abfs://box/builds", "adlfs", "pip install 'adlfs'"),
    ],
)
def test_a_package_that_is_missing_is_named(
    url: str, package: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_faults, "find_spec", lambda name: None)
    with pytest.raises(BuildStoreUnusable, match=rf"package {package} is not installed\. {step}"):
        opened(_store(url)).pointer()


def test_a_full_store_is_named_and_keeps_nothing_half(home: Path, small_disk: Path) -> None:
    store = _store(small_disk.as_uri())
    with pytest.raises(BuildStoreUnusable, match=r"is full \(.*No space left.* Free space there"):
        publish_from(home, store, None, wait_s=0)
    assert opened(store).pointer() is None
    assert not [*small_disk.rglob("*.part")]


def test_a_full_home_is_named(home: Path, small_disk: Path, folder_store: BuildStore) -> None:
    publish_from(home, folder_store, None, wait_s=0)
    with pytest.raises(HomeUnusable, match=r"cannot be written \(.*No space left|do not fit"):
        fetch_into(small_disk / "home", folder_store, None, wait_s=0)
    assert not Home(small_disk / "home").pointer.exists()


class _Full(BaseHTTPRequestHandler):
    """Answers as a server of S3's protocol does whose disk is full."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = b"<Error><Code>XMinioStorageFull</Code><Message>Drive is full</Message></Error>"
        self.send_response(507)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def test_a_full_bucket_is_named(bucket_store: BuildStore, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Full)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    try:
        with pytest.raises(BuildStoreUnusable, match=r"full \(.*Drive is full.*Free space there"):
            opened(bucket_store).objects.write("pointers/1.json", b"{}")
    finally:
        server.shutdown()
        server.server_close()
