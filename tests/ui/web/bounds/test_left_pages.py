"""What is kept of pages that nobody has open any more; of a page that is really served."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from tests.ui.conftest import serving
from ui.web.access.open_pages import Tabs
from ui.web.bounds import left_pages
from ui.web.bounds.left_pages import LeftPages

QUESTION = "How long does Intune keep audit logs?"


@pytest.fixture
def looked_at(
    built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, list[LeftPages]]]:
    """A page that gives back after a moment, and what does it."""
    made: list[LeftPages] = []
    before = LeftPages.__init__

    def making(self: LeftPages, *parts: object) -> None:
        before(self, *parts)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(LeftPages, "__init__", making)
    for name, value in (("_EVERY_S", 0.2), ("_GRACE_S", 1.0), ("_KEPT", 3), ("_KEPT_EACH", 2)):
        monkeypatch.setattr(left_pages, name, value)
    with serving(Settings(home=built_home, questions_per_minute=0)) as url:
        yield url, made


def _asked(client: httpx.Client, tab: str) -> None:
    config = client.get("config").json()
    number = next(one["id"] for one in config["dependencies"] if one["api_name"] == "ask")
    body = {"data": [QUESTION, ""], "fn_index": number, "session_hash": tab}
    assert client.post("gradio_api/queue/join", json=body).status_code == 200


def _until(is_so: object, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_was_answered_to_pages_that_left_is_dropped(
    looked_at: tuple[str, list[LeftPages]],
) -> None:
    url, made = looked_at
    with httpx.Client(base_url=url, timeout=60) as browser:
        for number in range(12):
            _asked(browser, f"left-{number}")
        # Programs that call without a page leave as much.
        for _ in range(5):
            call = browser.post("gradio_api/call/ask", json={"data": [QUESTION, ""]})
            assert call.status_code == 200
        (left,) = made
        queue, states = left._page._queue, left._page.state_holder
        _until(lambda: not queue.event_ids_to_events)
        _until(lambda: not queue.pending_event_ids_session)
        _until(lambda: not queue.pending_messages_per_session)
        # The last pages are kept, for one who comes back.
        _until(lambda: len(states.session_data) <= 3)
        assert "left-11" in states.session_data
        assert "left-0" not in states.session_data


def test_a_page_that_is_open_keeps_what_it_has(looked_at: tuple[str, list[LeftPages]]) -> None:
    url, made = looked_at
    with (
        httpx.Client(base_url=url, timeout=60) as browser,
        browser.stream("GET", "gradio_api/heartbeat/open-one"),
    ):
        _asked(browser, "open-one")
        for number in range(6):
            _asked(browser, f"left-{number}")
        (left,) = made
        _until(lambda: "left-0" not in left._page.state_holder.session_data)
        assert "open-one" in left._page.state_holder.session_data
        heard = browser.get("gradio_api/queue/data", params={"session_hash": "open-one"}).text
        assert "audit logs" in heard


def test_a_page_is_left_when_nobody_listens_or_speaks() -> None:
    now = [0.0]
    tabs = Tabs(lambda: now[0])
    assert tabs.claim("one", "ann")
    with tabs.opened("one"):
        now[0] = 100.0
        assert not tabs.is_left("one", 45)
    assert tabs.left(45) == []
    now[0] = 146.0
    assert tabs.left(45) == ["one"]
    assert not tabs.claim("one", "ben")
    tabs.forget("one")
    assert tabs.claim("one", "ben")


def test_a_page_has_a_name_of_a_bounded_length() -> None:
    assert not Tabs().claim("x" * 101, "ann")
