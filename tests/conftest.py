"""Fixtures that every test may use: an environment without settings, and one built home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import certifi
import pytest
from xdist.remote import Producer

from assistant.app import Assistant
from assistant.settings import PREFIX, Settings
from corpus.places import Gazetteer, compile_gazetteer
from index.building import build
from index.home.database_server import DatabaseServer, Place
from tests.paths import ROOT
from tests.postgresql_server import REQUIRED, PostgresqlServer, running_server
from tests.scheduling import ByPart
from tests.scheduling import place as turn_of
from tests.sharing import WITHOUT_NETWORK, made_once

# Workers share the cores: threads of a model that wait for each other would spin on them.
os.environ.setdefault("OMP_NUM_THREADS", "1")
_KEPT = (PREFIX + "REQUIRE_BROWSER", REQUIRED)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: turn_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByPart:
    """Give the workers of `make test` whole modules, or folders, in that order."""
    return ByPart(config, log)


@pytest.fixture(scope="session")
def one_certificate(run_folder: Path) -> Path:
    """A file with one certificate, of somebody whom no test meets."""

    def write(path: Path) -> None:
        every = Path(certifi.where()).read_text(encoding="ascii")
        end = "-----END CERTIFICATE-----\n"
        path.write_text(every.partition(end)[0] + end, encoding="ascii")

    return made_once(run_folder, "certificate.pem", write)


@pytest.fixture(autouse=True)
def clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, one_certificate: Path
) -> None:
    """No setting of the machine reaches a test, and no test writes into the project."""
    # Every client over HTTP reads all certificates that it trusts, which takes it longest.
    monkeypatch.setenv("SSL_CERT_FILE", str(one_certificate))
    for name in list(os.environ):
        if name.startswith((PREFIX, "LANGSMITH_", "LANGCHAIN_")) and name not in _KEPT:
            monkeypatch.delenv(name)
    monkeypatch.setenv("RESIDENCY_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session")
def gazetteer(run_folder: Path) -> Iterator[Gazetteer]:
    """The places that texts may name."""
    with closing(Gazetteer(_places(run_folder))) as opened:
        yield opened


def _places(folder: Path) -> Path:
    return made_once(folder, "places.sqlite", compile_gazetteer)


@pytest.fixture(scope="session", autouse=True)
def places_compiled_once(run_folder: Path) -> Iterator[None]:
    """Builds in this process copy the places, which are the same in every one."""

    def copied(path: Path) -> None:
        shutil.copyfile(_places(run_folder), path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "compile_gazetteer", copied)
        yield


@pytest.fixture(scope="session")
def untouched_home(run_folder: Path) -> Path:
    """A home with a finished index of the bundled documents, for copies of it alone.

    Where a network can be taken away from a process, it is built without one.
    """
    return made_once(run_folder, "built", _built)


def _built(home: Path) -> None:
    done = subprocess.run(
        [*WITHOUT_NETWORK, sys.executable, "-m", "ui.command_line.main", "index"],
        cwd=ROOT, env={**os.environ, "RESIDENCY_HOME": str(home)},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    home.with_name("built.said").write_text(done.stdout, encoding="utf-8")


@pytest.fixture(scope="session")
def built_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished index of the bundled documents, in which conversations are kept."""
    return Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("built") / "home"))


@pytest.fixture(scope="session")
def assistant(built_home: Path) -> Iterator[Assistant]:
    """An assistant over the built home; use `thread` and `owner` of your own."""
    opened = Assistant.open(Settings(home=built_home))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server of this worker."""
    with running_server() as server:
        yield server


@pytest.fixture
def database_url(postgresql: PostgresqlServer) -> str:
    """The address of a database with nothing in it."""
    return postgresql.new_database()


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a store with nothing in it may lie: on either engine, one after the other."""
    if request.param == "server":
        return DatabaseServer(request.getfixturevalue("database_url"))
    return tmp_path / "kept.sqlite"
