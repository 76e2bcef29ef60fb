"""A PostgreSQL server of our own, as the system's packages have it, for the tests of the stores."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

REQUIRED = "RESIDENCY_REQUIRE_POSTGRESQL"
"""Set where a machine is to have PostgreSQL: without it the tests fail in place of being left out.
"""
_PACKAGED = Path("/usr/lib/postgresql")
_STARTS_S = 60
_SETTINGS = (
    "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200",
    # What it holds lives as long as the tests.
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "lc_messages=C",
)  # fmt: skip


def programs() -> Path:
    """Return the folder with the server's programs; leave the test out where there is none."""
    found = sorted(_PACKAGED.glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    if os.environ.get(REQUIRED):
        pytest.fail(f"no PostgreSQL in {_PACKAGED}, and {REQUIRED} is set")
    pytest.skip(f"PostgreSQL is not installed in {_PACKAGED} (apt-get install postgresql)")


@dataclass
class PostgresqlServer:
    """A server on a port of its own, with one user who has a password."""

    programs: Path
    folder: Path
    port: int
    password: str = field(default_factory=lambda: f"p@ss/{secrets.token_hex(8)}")
    settings: Sequence[str] = ()
    _process: subprocess.Popen[bytes] | None = None
    _made: int = 0

    def url(
        self, database: str = "postgres", password: str | None = None, options: str = ""
    ) -> str:
        """Return the address of a database, as a user would set it."""
        secret = (self.password if password is None else password).replace("@", "%40")
        secret = secret.replace("/", "%2F")
        return f"postgresql://residency:{secret}@127.0.0.1:{self.port}/{database}{options}"

    def new_database(self) -> str:
        """Make an empty place for the tables of one test; return the address of it."""
        self._made += 1
        name = f"test_{self._made}"
        self.run(f"CREATE SCHEMA {name}")
        return self.url(options=f"?options=-csearch_path%3D{name}")

    def run(self, statement: str, url: str = "") -> list[tuple[Any, ...]]:
        """Run a statement by a connection of its own; return what it finds."""
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        given = [
            part
            for one in (*_SETTINGS, f"port={self.port}", *self.settings)
            for part in ("-c", one)
        ]
        self._process = self._program("postgres", "-D", str(self.folder / "data"), *given)
        ends = time.monotonic() + _STARTS_S
        while True:
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                assert self._process.poll() is None, "the server ended"
                assert time.monotonic() < ends, "the server does not start"
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it and all connections: at once, and without loss."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_STARTS_S)
            self._process = None

    def initialize(self) -> None:
        """Make its folder, with the one user."""
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        _give_away(self.folder)
        _give_away(secret)
        done = self._program(
            "initdb", "-D", str(self.folder / "data"), "-U", "residency", "--pwfile", str(secret),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        assert done.wait(_STARTS_S) == 0, "initdb failed"

    def _program(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(self.programs / name), *arguments], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_unprivileged(),
        )  # fmt: skip


def _user() -> pwd.struct_passwd | None:
    """Return who runs the server: it refuses to run as root; None where this is somebody else."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _unprivileged() -> Mapping[str, Any]:
    user = _user()
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _give_away(path: Path) -> None:
    user = _user()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


@contextmanager
def running_server(*settings: str) -> Iterator[PostgresqlServer]:
    """Yield a server that was just started; it is stopped, and all that it wrote deleted."""
    found = programs()
    # Beside the folders of pytest: those are root's alone where root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="residency-postgresql-"))
    server = PostgresqlServer(found, folder, _free_port(), settings=settings)
    try:
        server.initialize()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
