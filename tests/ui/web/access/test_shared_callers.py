"""What replicas know of callers together: logins, and how often somebody came."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from index.errors import StoreUnusable
from index.home.database_server import DatabaseServer
from tests.postgresql_server import PostgresqlServer, running_server
from tests.ui.web.access.test_callers import Clock
from ui.shared.rates import take_each
from ui.shared.replicas.shared_rates import SharedRate
from ui.web.access.callers import COOKIE, Members, Refused
from ui.web.access.sessions import OwnSessions, Sessions
from ui.web.access.shared_sessions import SharedSessions
from ui.web.access.users_file import Users


@pytest.fixture
def server(database_url: str) -> DatabaseServer:
    return DatabaseServer(database_url)


@pytest.fixture(params=["own", "shared"])
def sessions(request: pytest.FixtureRequest) -> Sessions:
    """Sessions of a minute, of either kind."""
    if request.param == "own":
        return OwnSessions(60)
    return SharedSessions(DatabaseServer(request.getfixturevalue("database_url")), 60)


def test_a_session_is_found_by_its_token_until_it_is_ended(sessions: Sessions) -> None:
    first, second = sessions.begin("ann", "kept"), sessions.begin("ann", "kept")
    found = sessions.find(first)
    assert found is not None
    assert (found.user, found.is_of("kept"), found.is_of("another")) == ("ann", True, False)
    sessions.end(first)
    assert sessions.find(first) is None
    assert sessions.find("") is None
    assert sessions.find(second) is not None


def test_a_login_at_one_replica_holds_at_another(server: DatabaseServer) -> None:
    clock = Clock()
    here, there = SharedSessions(server, 60), SharedSessions(server, 60, clock)
    token = here.begin("ann", "kept")
    found = there.find(token)
    assert found is not None
    assert found.user == "ann"
    here.end(token)
    clock.now += 3
    assert there.find(token) is None


def test_a_session_ends_by_the_clock_of_the_server(server: DatabaseServer) -> None:
    # This replica's own clock says anything.
    late = SharedSessions(server, 1, Clock())
    token = late.begin("ann", "kept")
    assert late.find(token) is not None
    time.sleep(1.1)
    assert SharedSessions(server, 60).find(token) is None


def test_nothing_of_a_token_or_password_is_in_the_database(
    server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    token = SharedSessions(server, 60).begin("ann", "scrypt$kept")
    rows = str(postgresql.run("SELECT * FROM sessions", server.url))
    assert "ann" in rows
    assert token not in rows
    assert "scrypt" not in rows


def test_replicas_count_a_rate_together(server: DatabaseServer) -> None:
    replicas = [SharedRate(server, "questions", 3, 3600) for _ in range(3)]
    with ThreadPoolExecutor(12) as many:
        waits = list(many.map(lambda number: replicas[number % 3].take("ann"), range(24)))
    assert waits.count(0.0) == 3
    assert all(1100 < wait <= 1200 for wait in waits if wait)
    assert replicas[0].wait("ann") > 1100
    assert replicas[1].wait("ben") == 0.0
    assert SharedRate(server, "passwords", 3, 3600).take("ann") == 0.0


def test_what_was_given_back_is_there_for_all(server: DatabaseServer) -> None:
    here, there = (SharedRate(server, "passwords", 1, 3600) for _ in range(2))
    assert here.take("ann") == 0.0
    assert there.take("ann") > 0
    here.give_back("ann")
    assert there.take("ann") == 0.0


def test_a_bucket_fills_again_with_time(server: DatabaseServer) -> None:
    rate = SharedRate(server, "questions", 1, 0.3)
    assert rate.take("ann") == 0.0
    wait = rate.take("ann")
    assert 0 < wait <= 0.3
    time.sleep(wait + 0.05)
    assert rate.take("ann") == 0.0


def test_who_waits_for_one_limit_is_charged_nothing_by_the_other(server: DatabaseServer) -> None:
    both = ((SharedRate(server, "a", 2, 3600), "ann"), (SharedRate(server, "b", 1, 3600), "ann"))
    assert take_each(both) == 0.0
    assert take_each(both) > 0
    assert both[0][0].take("ann") == 0.0


def _connection(token: str) -> HTTPConnection:
    cookie = f"{COOKIE}={token}".encode()
    return HTTPConnection({"type": "http", "headers": [(b"cookie", cookie)], "client": None})


def test_a_new_password_ends_the_sessions_at_every_replica(
    server: DatabaseServer, tmp_path: Path
) -> None:
    users = Users(tmp_path / "users.json")
    users.add("ann", "correct horse battery")
    here, there = (Members(users, SharedSessions(server, 60)) for _ in range(2))
    token = here.log_in("ann", "correct horse battery", "10.0.0.9")
    assert isinstance(token, str)
    assert there.caller(_connection(token), "").name == "ann"  # type: ignore[union-attr]
    users.add("ann", "another horse battery")
    assert isinstance(there.caller(_connection(token), ""), Refused)


@pytest.fixture
def stopping() -> Iterator[PostgresqlServer]:
    """A server of one test, which may stop it."""
    with running_server() as server:
        yield server


def test_while_the_database_is_away_who_is_logged_in_stays_and_each_counts_alone(
    stopping: PostgresqlServer,
) -> None:
    server = DatabaseServer(stopping.new_database())
    clock = Clock()
    sessions, rate = SharedSessions(server, 3600, clock), SharedRate(server, "questions", 2, 3600)
    token, other = sessions.begin("ann", "kept"), sessions.begin("ben", "kept")
    assert sessions.find(token) is not None
    assert rate.take("ann") == 0.0
    stopping.stop()
    clock.now += 60
    assert sessions.find(token) is not None
    # Nobody has seen this one here.
    with pytest.raises(StoreUnusable):
        sessions.find(other)
    assert [rate.take("ann") == 0.0 for _ in range(3)] == [True, True, False]
    clock.now += 3000
    with pytest.raises(StoreUnusable):
        sessions.find(token)
    stopping.start()
    assert sessions.find(token) is not None
    assert sessions.find(other) is not None
    assert [rate.take("ann") == 0.0 for _ in range(2)] == [True, False]
