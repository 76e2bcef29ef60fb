"""Pages that share a database: any of them answers any request."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from tests.ui.conftest import serving
from ui.web.access.users_file import Users

QUESTION = "How long does Intune keep audit logs?"
LOGIN = {"username": "ann", "password": "correct horse battery"}


@pytest.fixture
def settings(built_home: Path, tmp_path: Path, database_url: str) -> Settings:
    """Of each replica."""
    users = tmp_path / "users.json"
    Users(users).add(*LOGIN.values())
    return Settings(home=built_home, users_file=users, database_url=SecretStr(database_url))


def test_logins_and_conversations_hold_at_each_replica(settings: Settings) -> None:
    with (
        serving(settings) as first,
        serving(settings) as second,
        httpx.Client(timeout=60) as client,
    ):
        assert client.post(f"{first}login", data=LOGIN).json() == {"success": True}
        token = dict(client.cookies)
        asked = client.post(f"{second}api/ask", json={"question": QUESTION, "thread": "t"})
        assert "one year" in asked.json()["text"]
        # What "them" are stands in an answer of the other one.
        follow_up = {"question": "And who can read them?", "thread": "t"}
        told = client.post(f"{first}api/ask", json=follow_up).json()
        assert "audit log" in told["text"], told
        client.post(f"{second}logout")
        assert httpx.get(f"{second}api/facts", cookies=token).status_code == 401


def test_questions_are_counted_by_all_together(built_home: Path, database_url: str) -> None:
    settings = Settings(
        home=built_home, database_url=SecretStr(database_url), questions_per_minute=2
    )
    empty = {"question": " "}
    with (
        serving(settings) as first,
        serving(settings) as second,
        httpx.Client(timeout=60) as client,
    ):
        client.get(f"{first}api/facts")
        told = [
            client.post(f"{at}api/ask", json=empty).status_code for at in (second, first, second)
        ]
    assert told == [422, 422, 429]


def test_a_database_that_is_away_degrades_a_page_and_does_not_take_it_away(
    built_home: Path, database_url: str
) -> None:
    gone = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", database_url)
    for url, status in ((database_url, "ok"), (gone, "degraded")):
        with serving(Settings(home=built_home, database_url=SecretStr(url))) as page:
            ready = httpx.get(f"{page}readyz", timeout=30)
            assert (ready.status_code, ready.json()["status"]) == (200, status)
            assert ready.json()["checks"]["database"]["ok"] == (status == "ok")


def test_who_cannot_be_looked_up_is_told_so_and_not_turned_away_for_good(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    gone = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", settings.database_url.get_secret_value())
    without = settings.model_copy(update={"database_url": SecretStr(gone)})
    with serving(without) as page:
        for told in (
            httpx.get(f"{page}api/facts", cookies={"residency": "t" * 43}, timeout=30),
            httpx.post(f"{page}login", data=LOGIN, timeout=30),
        ):
            assert (told.status_code, told.headers["retry-after"]) == (503, "5")
            assert "cannot be looked up at the moment" in told.text
            assert "postgresql" not in told.text
    assert "postgresql://residency@127.0.0.1:1/" in caplog.text
