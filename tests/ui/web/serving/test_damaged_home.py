"""A page whose stores are damaged answers, with a caveat, and `readyz` names them."""

from __future__ import annotations

import html
import json
import logging
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import Settings
from tests.ui.conftest import serving
from ui.shared.logs import JsonLines, dead_threads, dead_told
from ui.web.access.known_places import KnownPlaces
from ui.web.serving.home_stores import faults, kept_checks

QUESTION = "How long are Intune audit logs kept?"


def _ready(page: str) -> tuple[int, dict[str, Any]]:
    found = httpx.get(f"{page}readyz", timeout=30)
    return found.status_code, found.json()


def _shown(page: str, thread: str = "") -> list[dict[str, Any]]:
    asked = {"question": QUESTION, "thread": thread}
    sent = httpx.post(f"{page}answers", json=asked, timeout=60)
    assert sent.status_code == 200
    return [json.loads(line) for line in sent.text.splitlines()]


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 1_000, b"SQLite format 3\0" + bytes(9_000)]
)
def test_a_page_answers_whose_conversations_are_damaged(
    untouched_home: Path, tmp_path: Path, damage: bytes
) -> None:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    with serving(Settings(home=home, questions_per_minute=0)) as page:
        whole = _shown(page)[-1]
        assert whole["answer"]
        assert _ready(page)[1]["status"] == "ok"
        for one in home.glob("conversations.sqlite*"):
            one.unlink()
        (home / "conversations.sqlite").write_bytes(damage)
        assert httpx.get(page, timeout=30).status_code == 200
        for thread in ("", whole["thread"]):
            last = _shown(page, thread)[-1]
            assert last["answer"]
            told = html.unescape(last["latest"])
            assert "conversations.sqlite" in told
            assert "leans on neither" in told
            assert told.count("Move the file away") == 1
        # What a look found is told for a second.
        time.sleep(1.1)
        status, said = _ready(page)
        assert (status, said["status"]) == (200, "degraded")
        assert said["checks"]["stores"] == {"ok": False, "faults": {"conversations": "damaged"}}
        assert str(home) not in json.dumps(said)
        assert (home / "conversations.sqlite").read_bytes() == damage


def test_a_store_that_is_emptied_is_named_by_readyz(untouched_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    for name in ("library.sqlite", "embedded.sqlite", "slack.sqlite", "model.sqlite"):
        (home / name).write_bytes(b"")
    with serving(Settings(home=home, questions_per_minute=0)) as page:
        faults = _ready(page)[1]["checks"]["stores"]["faults"]
    assert faults == dict.fromkeys(
        ("approved answers", "embedded texts", "what Slack told", "the model's use"), "damaged"
    )


def test_a_thread_that_dies_says_why(caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        raise RuntimeError("secret of a user")

    with dead_told(), caplog.at_level(logging.ERROR, "residency"):
        thread = threading.Thread(target=work, name="residency-tried")
        thread.start()
        thread.join(10)
        assert dead_threads() == {"residency-tried": "RuntimeError"}
        (record,) = caplog.records
        told = json.loads(JsonLines().format(record))
        assert (told["event"], told["thread"], told["error"]) == (
            "thread died", "residency-tried", "RuntimeError"
        )  # fmt: skip
        assert any("in work" in one or " work" in one for one in told["at"])
        assert "secret" not in json.dumps(told)
    assert dead_threads() == {}


def test_a_dead_thread_degrades_a_page(built_home: Path) -> None:
    with dead_told(), serving(Settings(home=built_home, questions_per_minute=0)) as page:
        thread = threading.Thread(target=lambda: 1 / 0, name="residency-tried")
        thread.start()
        thread.join(10)
        time.sleep(0.1)
        status, said = _ready(page)
    assert (status, said["status"]) == (200, "degraded")
    assert said["checks"]["threads"]["dead"] == {"residency-tried": "ZeroDivisionError"}


def test_where_users_log_in_is_looked_at_too(tmp_path: Path) -> None:
    KnownPlaces(tmp_path / "logins.sqlite").note("ann", "10.0.0.1")
    settings = Settings(home=tmp_path)
    assert "where users log in" not in faults(settings)
    told = {check.name: check for check in kept_checks(settings)}
    assert told["where users log in"].ok
    for one in tmp_path.glob("logins.sqlite*"):
        one.unlink()
    (tmp_path / "logins.sqlite").write_bytes(b"no database" * 1_000)
    assert faults(settings)["where users log in"] == "damaged"
    told = {check.name: check for check in kept_checks(settings)}
    assert not told["where users log in"].ok
    assert "Delete the file: users log in as before" in told["where users log in"].detail
