"""Real servers on 127.0.0.1, in threads of the test process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from assistant.settings import Settings
from ui.telemetry.incoming import Door
from ui.telemetry.observed import observed
from ui.web.access.callers import access_of
from ui.web.access.limits import Guarded
from ui.web.access.users_file import Users
from ui.web.serving.closed import closed
from ui.web.serving.ending import Server
from ui.web.serving.server import Address, application, made, queues

ANN = ("ann", "a long pass phrase")
"""A manager."""
BEN = ("ben", "another pass phrase")
PREFIX = "/residency"


@contextmanager
def serving(settings: Settings, prefix: str = "", host: str = "127.0.0.1") -> Iterator[str]:
    """Serve the page of settings; yield its address, with a slash at the end."""
    assistant = Guarded.open(settings)
    ports: queue.Queue[int] = queue.Queue()
    with closed(), ExitStack() as stack:
        parts = made(assistant, access_of(settings, host), prefix)
        telemetry = stack.enter_context(observed(assistant, Door.PAGE, queues(parts)))
        server = Server(
            application(parts, Address("127.0.0.1", 0, prefix), telemetry), "127.0.0.1", 0,
            announce=ports.put, busy=lambda: 0, ending=parts.ending,
        )  # fmt: skip
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{ports.get(timeout=60)}{prefix}/"
        server.force_exit = server.should_exit = True
        thread.join(30)
    assistant.close()


@pytest.fixture(scope="session")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two users, one of them a manager."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    users = Users(path)
    users.add(*ANN, manager=True)
    users.add(*BEN)
    return path


@pytest.fixture(scope="session")
def with_users(built_home: Path, users_file: Path) -> Iterator[str]:
    """A page with users, below a prefix."""
    settings = Settings(
        home=built_home, users_file=users_file, questions_per_minute=0, max_upload_mb=5
    )
    with serving(settings, PREFIX) as url:
        yield url


@pytest.fixture(scope="session")
def for_anybody(built_home: Path) -> Iterator[str]:
    """A page for whoever sits at this machine."""
    with serving(Settings(home=built_home, questions_per_minute=0)) as url:
        yield url
